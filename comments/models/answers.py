"""How do readers answer a comment without words: likes and reports?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.commenter import Commenter
from comments.models.words import NOTE_LENGTH, Complaint
from newsroom.lib.fields import NFCTextField


class Like(models.Model):
    """One device likes one comment. Beyond the cap of its network a like is kept, and not counted."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="likes")
    voter_key = models.CharField(max_length=64)  # of the device
    net_key = models.CharField(max_length=64, blank=True)
    is_counted = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        indexes = [
            models.Index(fields=["comment", "net_key"], name="like_by_network"),
            models.Index(fields=["comment", "created_at"], name="like_by_time"),
            models.Index(fields=["voter_key", "created_at"], name="like_by_voter"),
        ]
        constraints = [models.UniqueConstraint(fields=["comment", "voter_key"], name="like_once")]

    def __str__(self) -> str:
        return f"{self.comment_id}"


class Report(models.Model):
    """One device reports one comment."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("right")
        DISMISSED = "dismissed", _("dismissed")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    reporter_key = models.CharField(max_length=64)  # of the device
    net_key = models.CharField(max_length=64, blank=True)
    commenter = models.ForeignKey(Commenter, models.SET_NULL, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=Complaint.choices)
    note = NFCTextField(_("note"), max_length=NOTE_LENGTH, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["comment"], name="report_open", condition=Q(state="open")),
            models.Index(fields=["reporter_key", "created_at"], name="report_by_reporter"),
        ]
        constraints = [models.UniqueConstraint(fields=["comment", "reporter_key"], name="report_once")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.get_reason_display()}"
