"""Who may do what in the newsroom, and who did what to which story?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Stage


class Role(models.TextChoices):
    """What a member of staff is in the newsroom; an administrator publishes nothing by that alone."""

    REPORTER = "reporter", _("Reporter")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Managing editor")
    CHIEF = "chief", _("Editor-in-chief")
    MODERATOR = "moderator", _("Comment moderator")
    ADMINISTRATOR = "administrator", _("Administrator")


class RoleGrant(models.Model):
    """A role held by a person, in one section (and its sub-sections) or in all. The workflow reads nothing else."""

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

    class Meta:
        verbose_name = _("role of a member of staff")
        verbose_name_plural = _("roles of the staff")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "section"], name="rolegrant_user_role_section"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(section=None), name="rolegrant_user_role_all"
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

    def __str__(self) -> str:
        return f"{self.verb} {self.from_stage}→{self.to_stage}"
