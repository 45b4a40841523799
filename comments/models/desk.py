"""What do moderators leave behind: decisions, batches of them, claims, notes and tasks for editors?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.commenter import Commenter
from comments.models.words import Complaint, Reason, State, Verb
from newsroom.lib.fields import NFCTextField


class Batch(models.Model):
    """One deed about many comments, or about a writer with them; it can be undone as a whole for a day."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    verb = models.CharField(_("decision"), max_length=12, choices=Verb.choices)
    commenter = models.ForeignKey(Commenter, models.SET_NULL, null=True, blank=True, related_name="batches")
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("batch of decisions")
        verbose_name_plural = _("batches of decisions")
        indexes = [models.Index(fields=["actor", "-at"], name="batch_by_actor")]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class ModAction(models.Model):
    """One deed about a comment or a writer. The log only grows, and holds no reader's words."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, verbose_name=_("comment"), null=True, blank=True, related_name="actions"
    )
    commenter = models.ForeignKey(Commenter, models.PROTECT, null=True, blank=True, related_name="actions")
    actor = models.ForeignKey(  # None: the writer, or the rules
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )
    verb = models.CharField(_("decision"), max_length=12, choices=Verb.choices)
    before = models.CharField(_("from"), max_length=10, choices=State.choices, blank=True)  # of a comment
    after = models.CharField(_("to"), max_length=10, choices=State.choices, blank=True)
    version = models.PositiveIntegerField(default=0)  # of the comment after the deed
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    note = NFCTextField(_("note"), blank=True)  # of the newsroom
    details = models.JSONField(default=dict, blank=True)  # what an undo needs: codes, moments, keys; never words
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="actions")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="modaction_newest"),
            models.Index(fields=["actor", "-at"], name="modaction_by_actor"),
            models.Index(fields=["verb", "at"], name="modaction_by_verb"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False) | Q(commenter__isnull=False), name="modaction_about"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.before}→{self.after}"


class Claim(models.Model):
    """Who has a comment on the screen at this moment, so that two do not decide it unknowingly."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="claim")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [models.Index(fields=["expires_at"], name="claim_expires")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.moderator_id}"


class ModNote(models.Model):
    """What moderators tell each other about a comment or a writer; readers never see it."""

    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="notes")
    commenter = models.ForeignKey(Commenter, models.CASCADE, null=True, blank=True, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    text = NFCTextField(_("note"), max_length=2000)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("note of the moderators")
        verbose_name_plural = _("notes of the moderators")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False) | Q(commenter__isnull=False), name="modnote_about"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Pointer(models.Model):
    """A reader points at a mistake in the story: passed on to its editors, thanked for once it is corrected."""

    KINDS = ((Complaint.FALSE.value, _("untrue")), ("typo", _("a typing mistake")))

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="pointer")
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    note = models.ForeignKey("articles.StoryNote", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pointer to a mistake")
        verbose_name_plural = _("pointers to mistakes")
        indexes = [models.Index(fields=["at"], name="pointer_open", condition=Q(thanked_at=None))]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.kind}"
