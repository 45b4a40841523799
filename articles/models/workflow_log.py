"""Who may do what in the newsroom, and who did what to which story?"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Stage
from newsroom.lib.fields import NFCCharField


class Role(models.TextChoices):
    """What a member of staff is in the newsroom; an administrator publishes nothing by that alone."""

    REPORTER = "reporter", _("Reporter")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Managing editor")
    CHIEF = "chief", _("Editor-in-chief")
    MODERATOR = "moderator", _("Comment moderator")
    ADMINISTRATOR = "administrator", _("Administrator")
    WITHDRAWER = "withdrawer", _("May withdraw stories")  # a right of the chief's, delegated for a time


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, now: datetime | None = None) -> Self:
        """Held at this moment: from `valid_from` on, and until `valid_until` has come."""
        now = now or timezone.now()
        begun, lasting = Q(valid_from=None) | Q(valid_from__lte=now), Q(valid_until=None) | Q(valid_until__gt=now)
        return self.filter(begun & lasting)

    def not_over(self, now: datetime | None = None) -> Self:
        """In force, or to come."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=now or timezone.now()))


class RoleGrant(models.Model):
    """A role held by a person, in one section (and its sub-sections) or in all. The workflow reads nothing else.

    It may have a time; who holds the same role twice at once holds it until the last of them ends.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("member of staff"), related_name="role_grants"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    section = models.ForeignKey(
        "articles.Section",
        models.CASCADE,
        verbose_name=_("section"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: in all sections."),
    )
    valid_from = models.DateTimeField(_("from"), null=True, blank=True)  # None: since ever
    valid_until = models.DateTimeField(_("until"), null=True, blank=True)  # None: until it is taken away
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("given by"), null=True, blank=True, related_name="+"
    )
    note = NFCCharField(_("note"), max_length=200, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a member of staff")
        verbose_name_plural = _("roles of the staff")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "section"],
                condition=Q(valid_from=None, valid_until=None),
                name="rolegrant_user_role_section",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(section=None, valid_from=None, valid_until=None),
                name="rolegrant_user_role_all",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="rolegrant_from_before_until",
                violation_error_message=_("The end comes before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Transition(models.Model):
    """One step of a story through the newsroom. The log only grows."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="transitions")
    verb = models.CharField(_("step"), max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    role = models.CharField(_("as"), max_length=20, choices=Role.choices)
    from_stage = models.CharField(_("from"), max_length=10, choices=Stage.choices)
    to_stage = models.CharField(_("to"), max_length=10, choices=Stage.choices)
    note = models.TextField(_("note"), blank=True)
    exception = models.CharField(_("relaxed rule"), max_length=20, blank=True)  # "four_eyes" in a one-person newsroom
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["actor", "-at"], name="transition_by_actor"),
            models.Index(fields=["-at", "-id"], name="transition_noted", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.from_stage}→{self.to_stage}"
