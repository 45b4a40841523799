"""When does what the desk has prepared happen, and did it? The times of a story, and how far the clock has come."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.lib import dates
from newsroom.lib.fields import NFCTextField

# How long after each failed try a scheduled update is tried again; after the last one it waits for a person.
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))


class Timing(models.Model):
    """The columns of a story that say what is to happen to its approved text, and until when it is held back."""

    due_revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("update due at"), null=True, blank=True)
    due_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    due_notice = models.JSONField(default=dict, blank=True)  # kind and line of the change, as notices.Notice has them
    due_tries = models.PositiveSmallIntegerField(default=0)  # that failed
    due_error = models.TextField(blank=True)
    due_failed_at = models.DateTimeField(null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    embargo_note = NFCTextField(_("why it is held back"), blank=True)
    held_until = models.DateField(_("held until"), null=True, blank=True)  # bài gác: looked at again on this day
    held_note = NFCTextField(_("why it is held"), blank=True)

    class Meta:
        abstract = True

    @property
    def next_try(self) -> datetime | None:
        """When the scheduled update is tried (again); None: nothing is scheduled, or it is given up."""
        if self.due_at is None or self.due_failed_at is None:
            return self.due_at
        return None if self.due_tries > len(PAUSES) else self.due_failed_at + PAUSES[self.due_tries - 1]

    @property
    def is_hold_over(self) -> bool:
        """The day has come to look at the held story again."""
        return self.held_until is not None and self.held_until <= dates.today()

    def is_embargoed_at(self, moment: datetime) -> bool:
        return self.embargo_until is not None and moment < self.embargo_until


class Clock(models.Model):
    """Up to which moment first publications and ends were announced to the pages (`release_due`); one row."""

    until = models.DateTimeField()
    ran_at = models.DateTimeField()

    class Meta:
        verbose_name = "clock"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="clock_single")]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M:%S}"
