"""What did readers have, when, and can that be proved? The record of everything that was ever public.

Each story (and each formal correction) has a chain of its own: the digest of a version covers the digest of the one
before. Stories are thus published side by side, without waiting for one chain of the house; the seal of a day ties
the versions of all chains of that day together, and to the day before. The database refuses to change or delete a row.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.lib.fields import NFCCharField


class PublicVersion(models.Model):
    """A copy of what readers have had since `at`, or of how it was taken from them."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first publication")
        TYPO = "typo", _("small mistake mended")
        UPDATE = "update", _("update")
        CORRECTION = "correction", pgettext_lazy("kind of change", "correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        RETURN = "return", _("published again")
        UNSCHEDULED = "unscheduled", _("taken back before it appeared")

    # What a change of a published story can be, and what of that readers are told.
    CHANGES = (Kind.TYPO, Kind.UPDATE, Kind.CORRECTION)
    TOLD = (Kind.UPDATE, Kind.CORRECTION)

    article = models.ForeignKey("articles.Article", models.PROTECT, null=True, related_name="public_versions")
    correction = models.ForeignKey("articles.Correction", models.PROTECT, null=True, related_name="public_versions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind of change"), max_length=12, choices=Kind.choices)
    line = NFCCharField(_("line for readers"), max_length=500, blank=True)
    content = models.JSONField(_("content"))  # names beside keys: it can be read without the rest of the database
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+")
    at = models.DateTimeField(_("at"))
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("public version")
        verbose_name_plural = _("public versions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at"], name="publicversion_at"),
            models.Index(
                fields=["-at"], name="publicversion_told", condition=models.Q(kind__in=["update", "correction"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="publicversion_article_number"),
            models.UniqueConstraint(fields=["correction", "number"], name="publicversion_correction_number"),
            models.CheckConstraint(
                condition=models.Q(article=None, correction__isnull=False)
                | models.Q(article__isnull=False, correction=None),
                name="publicversion_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.number}"

    @property
    def chain(self) -> str:
        """The story or correction that this is a version of, by its number."""
        return f"story {self.article_id}" if self.article_id else f"correction {self.correction_id}"

    def envelope(self) -> dict[str, Any]:
        """All that the digest vouches for, as it is exported."""
        return {
            "article": self.article_id,
            "correction": self.correction_id,
            "number": self.number,
            "kind": str(self.kind),
            "line": self.line,
            "content": self.content,
            "by": self.by_id,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "previous": self.previous,
        }


class RecordSeal(models.Model):
    """The versions of one day in Hà Nội, tied to each other and to the seal before."""

    day = models.DateField(_("day"), unique=True)
    count = models.PositiveIntegerField(_("versions"))
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("seal of a day")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.digest}"


def digest_of(envelope: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON: UTF-8, keys in order, no spaces."""
    canonical = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
