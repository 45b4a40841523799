"""From what does a new story start? Texts that the newsroom keeps for stories of one kind."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.snapshot import Snapshot
from newsroom.lib.fields import NFCCharField, NFCTextField


class StoryTemplateQuerySet(models.QuerySet["StoryTemplate"]):
    def offered(self) -> Self:
        """What writers may choose from, in order."""
        return self.filter(is_active=True).select_related("section__parent")


class StoryTemplate(models.Model):
    """A text with blanks (`articles.blanks`). Its pictures stay (`articles.pictures.uses`); sections, authors and
    tags that it names may be gone since.
    """

    name = NFCCharField(_("name"), max_length=80, unique=True)
    description = NFCTextField(
        _("description"), max_length=300, blank=True, help_text=_("For what kind of story it is: writers see this.")
    )
    content = models.JSONField(_("content"))  # a Snapshot
    section = models.ForeignKey(  # that of the content, for lists
        "articles.Section", models.SET_NULL, verbose_name=_("section"), null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered for new stories"), default=True)

    objects = StoryTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("story template")
        verbose_name_plural = _("story templates")
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot.from_json(self.content)
