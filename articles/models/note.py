"""What do members of staff say to each other about a story, and what is each of them told of what happens to it?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCTextField

NOTE_LENGTH = 2000


class StoryNote(models.Model):
    """An internal note on a story; readers never see it. Rows are added, never changed or deleted."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    text = NFCTextField(_("note"), max_length=NOTE_LENGTH)
    at = models.DateTimeField(_("at"))
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("mentioned"), related_name="+")

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["article", "at"], name="storynote_article")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.text[:40]}"


class NoticeKind(models.TextChoices):
    """What a member of staff is told of."""

    RETURNED = "returned", _("a story of mine is returned")
    TAKEN = "taken", _("a story of mine is taken for editing")
    PUBLISHED = "published", _("a story of mine is published or scheduled")
    WITHDRAWN = "withdrawn", _("a story of mine is withdrawn")
    MENTIONED = "mentioned", _("somebody mentions me in a note")
    LATE = "late", _("a scheduled update is late or failed")
    WAITING = "waiting", _("a story waits for me")
    ANSWERED = "answered", _("a preview of mine, or of a story of mine, is answered")
    OVERTAKEN = "overtaken", _("somebody takes over a story that I am editing")


class DeskNotice(models.Model):
    """One person is told of one deed (not to be confused with what readers are told: `articles.notices`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    text = NFCTextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice to a member of staff")
        verbose_name_plural = _("notices to the staff")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="desknotice_user"),
            models.Index(fields=["user"], name="desknotice_unread", condition=Q(read_at=None)),
        ]
        constraints = [models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="desknotice_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.article_id}"


class NoticeChoice(models.Model):
    """How a person wants to be told of a kind of deed, where they said so (else: `articles.telling`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    in_admin = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="noticechoice_user_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
