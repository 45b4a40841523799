"""What did readers say under a story, who are they to us, and who decided about it?

Shown to readers = `state` is visible and the comment above it is not hidden: `CommentQuerySet.shown()`, with
`Comment.is_shown` as its twin. Written by comments.posting and comments.moderation alone.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField, NFCTextField

NAME_LENGTH = 60
BODY_MIN, BODY_MAX = 2, 2000


class State(models.TextChoices):
    """Where a comment stands: only visible ones are read by others."""

    PENDING = "pending", _("Waiting for a moderator")
    VISIBLE = "visible", _("Shown")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    WITHDRAWN = "withdrawn", _("Withdrawn by its writer")


class Reason(models.TextChoices):
    """Why a comment was turned down; its writer reads this."""

    INSULT = "insult", _("insulting or vulgar")
    HATE = "hate", _("stirs up hatred")
    FALSE = "false", _("untrue")
    PRIVATE = "private", _("reveals somebody's personal data")
    OFF_TOPIC = "off-topic", _("off the subject")
    ADVERTISING = "advertising", _("advertising")
    REPEATED = "repeated", _("says the same again")
    UNLAWFUL = "unlawful", _("against the law")
    SPAM = "spam", _("spam")
    OTHER = "other", _("against the rules for comments")


class Verb(models.TextChoices):
    """What a moderator does with a comment."""

    APPROVE = "approve", _("approved")
    REJECT = "reject", _("rejected")
    SPAM = "spam", _("marked as spam")
    RESTORE = "restore", _("put back into the queue")


class ThreadQuerySet(models.QuerySet["Thread"]):
    def move(self, article_id: int, *, visible: int = 0, pending: int = 0) -> None:
        """Move the counters of one thread, in the transaction of what they count; readers' changes raise `version`."""
        self.filter(pk=article_id).update(
            visible_count=F("visible_count") + visible,
            pending_count=F("pending_count") + pending,
            version=F("version") + (1 if visible else 0),
        )


class Thread(models.Model):
    """The comments of one story, counted. A story that was never commented on has no row."""

    article = models.OneToOneField(
        "articles.Article", models.PROTECT, verbose_name=_("story"), primary_key=True, related_name="+"
    )
    visible_count = models.IntegerField(_("shown"), default=0)  # what readers can reach, replies included
    pending_count = models.IntegerField(_("waiting"), default=0)
    version = models.PositiveIntegerField(default=0)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("comments of a story")
        verbose_name_plural = _("comments by story")
        constraints = [
            models.CheckConstraint(condition=Q(visible_count__gte=0), name="thread_visible_count"),
            models.CheckConstraint(condition=Q(pending_count__gte=0), name="thread_pending_count"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}: {self.visible_count}"

    def get_absolute_url(self) -> str:
        return reverse("comments:thread", args=[self.pk])


class Commenter(models.Model):
    """Whoever writes with one e-mail address. The address is not confirmed: it is a claim, never a proof."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("as everybody")
        HELD = "held", _("always checked first")
        BANNED = "banned", _("may not comment")

    name = NFCCharField(_("name"), max_length=NAME_LENGTH)
    email = models.EmailField(_("e-mail"))
    email_key = models.CharField(max_length=64, unique=True, editable=False)  # keyed hash of the address
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")

    def __str__(self) -> str:
        return self.name


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> Self:
        """What readers see: the one definition that threads and counts start from."""
        return self.filter(state=State.VISIBLE, hidden_by_root=False)

    def roots(self) -> Self:
        return self.filter(root=None)

    def waiting(self) -> Self:
        return self.filter(state=State.PENDING)

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
    body = NFCTextField(_("text"), max_length=BODY_MAX)  # plain text
    body_hash = models.CharField(max_length=64, editable=False)
    fold = models.TextField(editable=False)  # name and text, for the desk's search
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    hidden_by_root = models.BooleanField(default=False)  # the comment above is not visible, so neither is this one
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    findings = models.JSONField(_("findings"), default=list, blank=True)  # of comments.screening
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    published_at = models.DateTimeField(_("shown since"), null=True, blank=True)
    nonce = models.CharField(max_length=32, editable=False)  # of the form it came with: sent twice, stored once
    version = models.PositiveIntegerField(default=1)  # raised by every decision
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
                condition=Q(state="visible", hidden_by_root=False, root=None),
            ),
            models.Index(
                fields=["root", "published_at", "id"],
                name="comment_shown_replies",
                condition=Q(state="visible", hidden_by_root=False, root__isnull=False),
            ),
            models.Index(fields=["root"], name="comment_replies", condition=Q(root__isnull=False)),
            models.Index(fields=["state", "-created_at", "-id"], name="comment_by_state"),
            models.Index(fields=["body_hash", "created_at"], name="comment_same_text"),
            models.Index(fields=["commenter", "created_at"], name="comment_by_commenter"),
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
        ]

    def __str__(self) -> str:
        return f"{self.author_name} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return f"{reverse('comments:thread', args=[self.thread_id])}#{self.anchor}"

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


class ModAction(models.Model):
    """One decision about a comment. The log only grows, and holds no reader's words."""

    comment = models.ForeignKey(Comment, models.PROTECT, verbose_name=_("comment"), related_name="actions")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    verb = models.CharField(_("decision"), max_length=10, choices=Verb.choices)
    before = models.CharField(_("from"), max_length=10, choices=State.choices)
    after = models.CharField(_("to"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    note = NFCTextField(_("note"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="modaction_newest"),
            models.Index(fields=["actor", "-at"], name="modaction_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.before}→{self.after}"
