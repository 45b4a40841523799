"""Who is typing in which story, and what was typed that nobody has saved yet? Neither is history."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.snapshot import Snapshot

LOCK_LIFE: Final = timedelta(seconds=90)  # without a heartbeat; pages send one every 20 seconds
TAB_LENGTH: Final = 32  # characters


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def of(self, user_id: int, article_id: int | None) -> Self:
        """What this person typed into this story (None: into new ones) and has not saved, the newest first."""
        return self.filter(user=user_id, article=article_id).order_by("-saved_at", "-pk")


class Autosave(models.Model):
    """Text typed in one tab and not saved deliberately; a row is overwritten while its tab goes on."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, null=True, blank=True, related_name="autosaves"
    )  # None: a story that was never saved
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("by"), related_name="+")
    tab = models.CharField(max_length=TAB_LENGTH)  # the page that sent it
    base_version = models.PositiveIntegerField(default=0)  # of the story when its form was opened
    base = models.ForeignKey("articles.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    content = models.JSONField(_("content"))  # a Snapshot, of which tags without a row are missing
    tag_line = models.TextField(blank=True)  # the tags as they were typed
    saved_at = models.DateTimeField(_("at"))

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("autosaved text")
        verbose_name_plural = _("autosaved texts")
        indexes = [models.Index(fields=["saved_at"], name="autosave_saved")]
        constraints = [
            models.UniqueConstraint(fields=["article", "user", "tab"], name="autosave_article_user_tab"),
            models.UniqueConstraint(
                fields=["user", "tab"], condition=models.Q(article=None), name="autosave_new_user_tab"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id or '+'} {self.user_id} {self.saved_at:%Y-%m-%d %H:%M:%S}"

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot.from_json(self.content)


class EditLockQuerySet(models.QuerySet["EditLock"]):
    def alive(self, now: datetime | None = None) -> Self:
        """Whose tab was heard of lately; the others have ended by themselves."""
        return self.filter(seen_at__gte=(now or timezone.now()) - LOCK_LIFE)


class EditLock(models.Model):
    """One tab of one person in which a story is being edited. A story has one at most."""

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="edit_lock")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("by"), related_name="+")
    tab = models.CharField(max_length=TAB_LENGTH)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField()

    objects = EditLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("story being edited")
        verbose_name_plural = _("stories being edited")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.user_id}"

    def is_of(self, user_id: int, tab: str) -> bool:
        return (self.user_id, self.tab) == (user_id, tab)
