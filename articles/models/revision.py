"""What did a story say, when, and who wrote that?"""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.snapshot import Snapshot


class Revision(models.Model):
    """A full snapshot of a story, made by a deliberate save; only a name is given afterwards."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)
    label = models.CharField(_("label"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    # Only of a text that was kept beside the working text (writing.keep_aside): the version it started from.
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_article_number")]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot.from_json(self.content)

    @staticmethod
    def digest_of(snapshot: Snapshot) -> str:
        """SHA-256 over the canonical JSON: equal digests mean that a reader sees the same."""
        return hashlib.sha256(
            json.dumps(snapshot.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        ).hexdigest()
