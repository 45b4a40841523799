"""What did readers say under a story?

Shown to readers = `state` is visible and the comment above it is not hidden: `CommentQuerySet.shown()`, with
`Comment.is_shown` as its twin. The verbs of comments (posting, moderation …) are the only writers.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.commenter import Commenter
from comments.models.thread import Thread
from comments.models.words import BODY_MAX, NAME_LENGTH, NOTE_LENGTH, Badge, Reason, State
from newsroom.lib.fields import NFCCharField, NFCTextField

SHOWN = Q(state="visible", hidden_by_root=False)


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> Self:
        """What readers see: the one definition that threads and counts start from."""
        return self.filter(SHOWN)

    def roots(self) -> Self:
        return self.filter(root=None)

    def waiting(self) -> Self:
        return self.filter(state=State.PENDING)

    def reported(self) -> Self:
        """Shown, with reports that nobody has answered."""
        return self.filter(state=State.VISIBLE, report_count__gt=0)

    def unseen(self) -> Self:
        """Shown without a moderator having looked."""
        return self.filter(state=State.VISIBLE, reviewed_at=None)

    def since(self, moment: datetime) -> Self:
        return self.filter(created_at__gte=moment)


class Comment(models.Model):
    """A reader's words under a story, or under another reader's: one level deep."""

    thread = models.ForeignKey(Thread, models.PROTECT, verbose_name=_("story"), related_name="comments")
    # Stands under it. Its index leaves out the roots: SQLite would take it for them, and sort a whole newspaper.
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, db_index=False, related_name="replies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # answers this one
    commenter = models.ForeignKey(
        Commenter, models.SET_NULL, verbose_name=_("commenter"), null=True, blank=True, related_name="comments"
    )
    author_name = NFCCharField(_("name"), max_length=NAME_LENGTH)  # as it was when written
    badge = models.CharField(max_length=10, choices=Badge.choices, default=Badge.NONE, blank=True)
    body = NFCTextField(_("text"), max_length=BODY_MAX)  # plain text
    body_hash = models.CharField(max_length=64, editable=False)
    similarity = models.BigIntegerField(null=True, editable=False)  # near-equal texts have near-equal bits
    fold = models.TextField(editable=False)  # name and text, for the desk's search
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    hidden_by_root = models.BooleanField(default=False)  # the comment above is not visible, so neither is this one
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    findings = models.JSONField(_("findings"), default=list, blank=True)  # of comments.screening
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    published_at = models.DateTimeField(_("shown since"), null=True, blank=True)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)  # when the desk should look; reports and heat bring it forward
    reviewed_at = models.DateTimeField(null=True, blank=True)  # when a moderator looked last
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    appealed_at = models.DateTimeField(null=True, blank=True)  # its writer asked for a second look, once
    appeal = NFCTextField(max_length=NOTE_LENGTH, blank=True)
    featured_at = models.DateTimeField(_("featured"), null=True, blank=True)
    like_count = models.PositiveIntegerField(_("likes"), default=0)  # counted ones
    reply_count = models.PositiveIntegerField(_("replies"), default=0)  # shown ones, of a root
    report_count = models.PositiveIntegerField(_("reports"), default=0)  # open ones
    report_weight = models.PositiveIntegerField(default=0)  # of the open ones
    rank = models.IntegerField(default=0)  # for "most liked"; reckoned by comments.likes
    nonce = models.CharField(max_length=32, editable=False)  # of the form it came with: sent twice, stored once
    version = models.PositiveIntegerField(default=1)  # raised by every decision and edit
    ip_key = models.CharField(max_length=64, editable=False, blank=True)
    ip_prefix = models.CharField(max_length=64, editable=False, blank=True)  # the network, 203.0.113.0/24
    device_key = models.CharField(max_length=64, editable=False, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(
                F("thread"),
                F("published_at").desc(),
                F("id").desc(),
                name="comment_shown_roots",
                condition=SHOWN & Q(root=None),
            ),
            models.Index(
                F("thread"),
                F("rank").desc(),
                F("id").desc(),
                name="comment_liked_roots",
                condition=SHOWN & Q(root=None),
            ),
            models.Index(
                fields=["root", "published_at", "id"],
                name="comment_shown_replies",
                condition=SHOWN & Q(root__isnull=False),
            ),
            models.Index(
                fields=["thread", "featured_at"], name="comment_featured", condition=Q(featured_at__isnull=False)
            ),
            models.Index(fields=["root"], name="comment_replies", condition=Q(root__isnull=False)),
            models.Index(fields=["state", "-created_at", "-id"], name="comment_by_state"),
            models.Index(fields=["-created_at", "-id", "thread"], name="comment_newest"),
            models.Index(fields=["due_at", "id"], name="comment_waiting", condition=Q(state="pending")),
            models.Index(
                fields=["due_at", "id"], name="comment_reported", condition=Q(state="visible", report_count__gt=0)
            ),
            models.Index(
                fields=["due_at", "id"], name="comment_unseen", condition=Q(state="visible", reviewed_at=None)
            ),
            models.Index(
                fields=["reviewed_by", "-reviewed_at"],
                name="comment_by_moderator",
                condition=Q(reviewed_by__isnull=False),
            ),
            models.Index(fields=["body_hash", "created_at"], name="comment_same_text"),
            models.Index(fields=["commenter", "created_at"], name="comment_by_commenter"),
            models.Index(
                fields=["commenter", "-reviewed_at", "-id"],
                name="comment_decided",
                condition=Q(reviewed_at__isnull=False),
            ),
            models.Index(fields=["device_key", "created_at"], name="comment_by_device", condition=~Q(device_key="")),
            models.Index(fields=["ip_prefix", "created_at"], name="comment_by_network", condition=~Q(ip_prefix="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "nonce"], name="comment_sent_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state"),
            models.CheckConstraint(
                condition=Q(root=None, parent=None) | Q(root__isnull=False, parent__isnull=False),
                name="comment_reply_is_whole",
            ),
            models.CheckConstraint(condition=~Q(root=F("id")), name="comment_not_under_itself"),
            models.CheckConstraint(
                condition=Q(hidden_by_root=False) | Q(root__isnull=False), name="comment_only_replies_hide"
            ),
            models.CheckConstraint(
                condition=~Q(state="visible") | Q(published_at__isnull=False), name="comment_shown_since"
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="comment_rejected_why"),
            models.CheckConstraint(
                condition=Q(featured_at=None) | Q(state="visible"), name="comment_only_shown_are_featured"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """It in its context, wherever it stands in a long thread."""
        return f"{reverse('comments:thread', args=[self.thread_id])}?c={self.pk}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"c-{self.pk}"

    @property
    def is_shown(self) -> bool:
        """The twin of `shown()` for a comment at hand."""
        return self.state == State.VISIBLE and not self.hidden_by_root

    @property
    def seen_by_its_writer_as(self) -> str:
        """The state as its writer may know it: what only a machine took for spam still waits for a moderator."""
        if self.state == State.SPAM:
            return State.REJECTED if self.reason else State.PENDING
        return self.state


class CommentRevision(models.Model):
    """What a comment said before its writer changed it, or a change that waits while the old text stands."""

    class State(models.TextChoices):
        REPLACED = "replaced", _("replaced")
        PROPOSED = "proposed", _("waits for a moderator")
        TAKEN = "taken", _("taken over")
        REFUSED = "refused", _("refused")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    body = NFCTextField(_("text"), max_length=BODY_MAX)
    state = models.CharField(max_length=10, choices=State.choices)
    findings = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a comment")
        verbose_name_plural = _("versions of comments")
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="commentrevision_number")]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.number}"
