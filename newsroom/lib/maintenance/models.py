"""Is the house closed for writing, since when, and what is said about it?

A row in the database, so that it holds for every server of the site. Each process looks again after KNOWN seconds.
"""

import time
from typing import Final

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from newsroom.lib.audit.models import record
from newsroom.lib.fields import NFCCharField

KNOWN: Final = 2  # seconds


class Maintenance(models.Model):
    """While this row is there, staff and comments wait."""

    since = models.DateTimeField(default=timezone.now)
    message = NFCCharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(default=15)  # after which browsers and robots try again

    class Meta:
        verbose_name = "maintenance"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="maintenance_single")]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M} {self.message}".strip()


class Known:
    """What this process saw last, and when."""

    def __init__(self) -> None:
        self.row: Maintenance | None = None
        self.until = 0.0

    def look(self) -> Maintenance | None:
        """The row, at most KNOWN seconds old; a database that does not answer changes nothing of what is known."""
        now = time.monotonic()
        if now >= self.until:
            try:
                self.row = Maintenance.objects.first()
            except DatabaseError:
                return self.row
            self.until = now + KNOWN
        return self.row

    def forget(self) -> None:
        self.until = 0.0


known = Known()


def current() -> Maintenance | None:
    """The maintenance that is on; None: the house is open."""
    return known.look()


def begin(message: str = "", minutes: int = 15) -> None:
    """Close the house for writing, or change what is said about it. In force everywhere after KNOWN seconds."""
    with transaction.atomic():
        Maintenance.objects.update_or_create(pk=1, defaults={"message": message, "minutes": minutes})
        record("maintenance.began", by=None, label=message)
    known.forget()


def end() -> bool:
    """Open it again; False where it was open."""
    with transaction.atomic():
        gone, _of_each = Maintenance.objects.all().delete()
        if gone:
            record("maintenance.ended", by=None)
    known.forget()
    return bool(gone)
