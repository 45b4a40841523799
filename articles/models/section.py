"""Where does a story stand in the paper? Sections, two levels deep."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.signoff import SignOffKind
from articles.models.slugs import SlugField
from newsroom.lib.fields import NFCCharField, NFCTextField
from newsroom.lib.routes import address


class CommentPolicy(models.TextChoices):
    """Who may comment: said by a story, else by its section, else by the paper."""

    INHERIT = "", _("as the section")
    OPEN = "open", _("open")
    TRUSTED = "trusted", _("open to trusted writers, others are checked first")
    HELD = "held", _("checked before they appear")
    CLOSED = "closed", _("closed")
    HIDDEN = "hidden", _("hidden")


TREE = (
    Coalesce("parent__position", "position"),
    Coalesce("parent__sort", "sort"),
    models.F("parent").asc(nulls_first=True),
    "position",
    "sort",
    "pk",
)


class SectionQuerySet(models.QuerySet["Section"]):
    def public(self) -> "SectionQuerySet":
        """Sections that readers see, in the order of the section bar, with their parents."""
        return self.filter(is_public=True).select_related("parent").order_by("position", "sort", "pk")

    def tree(self) -> "SectionQuerySet":
        """Every section with its parent, sub-sections after the section that they are part of."""
        return self.select_related("parent").order_by(*TREE)


class Section(models.Model):
    """A section (chuyên mục) or a sub-section of one."""

    name = NFCCharField(_("name"), max_length=80)
    slug = SlugField(_("address"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), null=True, blank=True, related_name="subsections"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Small numbers come first."))
    description = NFCTextField(_("description"), blank=True, help_text=_("One or two sentences for search engines."))
    is_shown = models.BooleanField(_("shown to readers"), default=True)
    is_public = models.BooleanField(default=True, editable=False)  # shown, and so is its parent: written by catalogue
    comment_policy = models.CharField(
        _("comments"), max_length=10, choices=CommentPolicy.choices, default=CommentPolicy.INHERIT, blank=True
    )
    sign_offs = models.JSONField(_("sign-offs needed"), default=list, blank=True)  # values of SignOffKind
    name_key = models.CharField(max_length=100, editable=False)
    sort = models.CharField(max_length=255, editable=False)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name_key"], name="section_parent_name"),
            models.UniqueConstraint(fields=["name_key"], condition=models.Q(parent=None), name="section_top_name"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="section_not_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.parent.name} › {self.name}" if self.parent else self.name

    def get_absolute_url(self) -> str:
        if self.parent:
            return address("section", self.parent.slug, self.slug)
        return address("section", self.slug)

    @property
    def line(self) -> list["Section"]:
        """The section with its parent before it: breadcrumbs, and the places where its stories are listed."""
        return [self.parent, self] if self.parent else [self]

    @property
    def needed_sign_offs(self) -> list[SignOffKind]:
        """What is asked of every story here, and of every story of the section above."""
        asked = {kind for section in self.line for kind in section.sign_offs}
        return [kind for kind in SignOffKind if kind.value in asked]
