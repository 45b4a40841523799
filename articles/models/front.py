"""How is the home page, or the front of a section, arranged: live, in the draft, and at every launch before?"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.front_slots import HOME_AREAS, SECTION_AREAS, Area, Arrangement
from articles.models.section import Section


class Front(models.Model):
    """The home page (no section) or a section's front, once somebody arranged it. Written by articles.arranging."""

    section = models.OneToOneField(
        Section, models.PROTECT, verbose_name=_("section"), null=True, blank=True, related_name="front"
    )
    live = models.JSONField(default=dict, blank=True)  # an Arrangement; empty: everything fills itself
    draft = models.JSONField(null=True, blank=True)  # None: nobody is arranging
    version = models.PositiveIntegerField(default=0)  # grows with every change of either
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
        constraints = [models.UniqueConstraint(Coalesce("section", 0), name="front_one_a_page")]

    def __str__(self) -> str:
        return str(self.section or _("Home page"))

    def get_absolute_url(self) -> str:
        return self.section.get_absolute_url() if self.section else reverse("home")

    @property
    def desk_url(self) -> str:
        """Its board; the home page has the number 0 there."""
        return reverse("admin:articles_front_board", args=[self.section_id or 0])

    @property
    def areas(self) -> tuple[Area, ...]:
        """From top to bottom; on the home page the blocks of the sections follow."""
        return SECTION_AREAS if self.section_id else HOME_AREAS

    @property
    def live_arrangement(self) -> Arrangement:
        return Arrangement.from_json(self.live)

    @property
    def drafted(self) -> Arrangement:
        """The draft, or what is live while there is none."""
        return self.live_arrangement if self.draft is None else Arrangement.from_json(self.draft)


class FrontVersion(models.Model):
    """What a launch put on the page: the log of front pages, which only grows."""

    front = models.ForeignKey(Front, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    content = models.JSONField()
    shown = models.JSONField(default=list)  # [place, key, headline] of what stood there at that moment, in order
    restores = models.PositiveIntegerField(null=True, blank=True)  # an undo: the number it went back to, 0: before all
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")

    class Meta:
        verbose_name = _("launch of a front page")
        default_permissions = ()
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["front", "number"], name="frontversion_front_number")]

    def __str__(self) -> str:
        return f"{self.front_id} #{self.number}"

    @property
    def origin(self) -> int:
        """The number of the launch whose content this is."""
        return self.number if self.restores is None else self.restores
