"""Which letters does the newsroom owe to commenters, and who asked for their data?

A letter is written when it is sent: what stands here names a person by key only.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.commenter import Commenter


class Letter(models.Model):
    """A letter to a commenter: sent once, tried again while the mail server is away."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("please confirm your e-mail")
        REPLY = "reply", _("somebody answered you")
        DECISION = "decision", _("what became of your comment")
        THANKS = "thanks", _("your hint was right")
        DATA = "data", _("your data")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    commenter = models.ForeignKey(Commenter, models.CASCADE, related_name="letters")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="letters")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  # not before; the next try after a failed one
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)  # no longer true, or tried too often

    class Meta:
        verbose_name = _("letter to a commenter")
        verbose_name_plural = _("letters to commenters")
        indexes = [
            models.Index(fields=["due_at", "id"], name="letter_due", condition=Q(sent_at=None, dropped_at=None)),
            models.Index(fields=["commenter", "kind", "-created_at"], name="letter_of_commenter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "comment", "commenter"],
                condition=Q(comment__isnull=False, kind__in=["reply", "thanks"]),
                name="letter_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Subscription(models.Model):
    """A commenter wants to hear of answers to a comment; mail goes out once the address is confirmed."""

    commenter = models.ForeignKey(Commenter, models.CASCADE, related_name="subscriptions")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="subscriptions")  # own, root or reply
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.UniqueConstraint(fields=["commenter", "comment"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.commenter_id}: {self.comment_id}"


class DataRequest(models.Model):
    """A person asks for own data, or to have it erased; the proof of what was done outlives the data.

    Law 91/2025/QH15 on personal data, decree 356/2025: an answer within 2 working days, done within 20 days.
    """

    class Kind(models.TextChoices):
        EXPORT = "export", _("a copy of my data")
        ERASE = "erase", _("erase text and name")
        ANONYMISE = "anonymise", _("keep the text, erase the name")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    email_key = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    refused = models.TextField(_("not done because"), blank=True)  # a legal hold
    proof = models.JSONField(default=dict, blank=True)  # numbers of rows, never contents

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["email_key", "-created_at"], name="datarequest_by_email")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
