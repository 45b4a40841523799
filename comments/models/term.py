"""Which words make a comment wait, and which are harmless?"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField


class Term(models.Model):
    """A word or phrase that screening looks for; comments.words says in which spellings."""

    class Kind(models.TextChoices):
        BANNED = "banned", _("banned: the comment goes to spam or waits")
        SUSPECT = "suspect", _("suspect: the comment waits")
        ALLOW = "allow", _("harmless: no other term hits inside it")

    text = NFCCharField(_("word or phrase"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SUSPECT)
    section = models.ForeignKey(
        "articles.Section", models.CASCADE, verbose_name=_("section"), null=True, blank=True, related_name="+"
    )
    is_trial = models.BooleanField(_("on trial"), default=False, help_text=_("Is counted, and holds up nothing."))
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    note = NFCCharField(_("note"), max_length=200, blank=True)
    hits = models.PositiveIntegerField(_("hits"), default=0)
    upheld = models.PositiveIntegerField(_("turned down"), default=0)  # hits that a moderator turned down
    cleared = models.PositiveIntegerField(_("false alarms"), default=0)  # hits that a moderator approved
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [models.UniqueConstraint("text", "kind", Coalesce("section", 0), name="term_once")]

    def __str__(self) -> str:
        return self.text
