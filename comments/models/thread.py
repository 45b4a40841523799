"""How many comments does a story have in each state, and which rules hold there?

Counters are moved by comments.counting alone, in the transaction of what they count.
"""

from typing import Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

COUNTERS: Final = ("visible", "roots", "pending", "reported", "unseen", "spam", "rejected")


class Thread(models.Model):
    """The comments of one story, counted. A story that was never commented on has no row."""

    class Hold(models.TextChoices):
        """Why a thread holds everything back for a while by itself."""

        NO = "", _("no")
        LATE = "late", _("the oldest waiting comment is too old")
        REPORTS = "reports", _("a wave of reports")

    article = models.OneToOneField(
        "articles.Article", models.PROTECT, verbose_name=_("story"), primary_key=True, related_name="+"
    )
    visible_count = models.IntegerField(_("shown"), default=0)  # what readers can reach, replies included
    roots_count = models.IntegerField(default=0)  # the shown ones that answer nobody
    pending_count = models.IntegerField(_("waiting"), default=0)
    reported_count = models.IntegerField(_("reported"), default=0)  # shown, with open reports
    unseen_count = models.IntegerField(_("shown unseen"), default=0)  # shown, and no moderator has looked
    spam_count = models.IntegerField(_("spam"), default=0)
    rejected_count = models.IntegerField(_("rejected"), default=0)
    version = models.PositiveIntegerField(default=0)  # raised by every change that readers see
    hold = models.CharField(max_length=10, choices=Hold.choices, default=Hold.NO, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    rank_due_at = models.DateTimeField(null=True, blank=True)  # when to reckon `Comment.rank`; empty: it is right
    rank_round = models.PositiveIntegerField(default=0)  # how often the order by likes has changed

    class Meta:
        verbose_name = _("comments of a story")
        verbose_name_plural = _("comments by story")
        # The desk adds up these few rows, however many comments there are.
        indexes = [
            models.Index(fields=["pending_count"], name="thread_with_pending", condition=Q(pending_count__gt=0)),
            models.Index(fields=["reported_count"], name="thread_with_reported", condition=Q(reported_count__gt=0)),
            models.Index(fields=["unseen_count"], name="thread_with_unseen", condition=Q(unseen_count__gt=0)),
            models.Index(fields=["spam_count"], name="thread_with_spam", condition=Q(spam_count__gt=0)),
            models.Index(fields=["rejected_count"], name="thread_with_rejected", condition=Q(rejected_count__gt=0)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(**{f"{name}_count__gte": 0}), name=f"thread_{name}_count")
            for name in COUNTERS
        ]

    def __str__(self) -> str:
        return f"#{self.pk}: {self.visible_count}"

    def get_absolute_url(self) -> str:
        return reverse("comments:thread", args=[self.pk])


class RankOrder(models.Model):
    """How the roots of a thread stood by likes until they were ranked anew, for whoever is walking through them."""

    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False, related_name="+")
    round = models.PositiveIntegerField()  # `Thread.rank_round` as it was
    keys = models.JSONField()  # of comments, the first one first
    ended_at = models.DateTimeField()

    class Meta:
        verbose_name = _("former order of a thread")
        verbose_name_plural = _("former orders of threads")
        indexes = [models.Index(fields=["ended_at"], name="rankorder_ended")]
        constraints = [models.UniqueConstraint(fields=["thread", "round"], name="rankorder_once")]

    def __str__(self) -> str:
        return f"#{self.thread_id}, {self.round}"


class ThreadRules(models.Model):
    """How comments are taken: for the site (no section, no story), a section or a story. Empty: as one level up.

    Whether they are taken at all (open, held, closed …) is said in the story, the section and the publication.
    """

    class Identity(models.TextChoices):
        INHERIT = "", _("as one level up")
        NONE = "none", _("a name is enough")
        EMAIL = "email", _("a confirmed e-mail")

    section = models.OneToOneField(
        "articles.Section", models.CASCADE, verbose_name=_("section"), null=True, blank=True, related_name="+"
    )
    article = models.OneToOneField(
        "articles.Article", models.CASCADE, verbose_name=_("story"), null=True, blank=True, related_name="+"
    )
    close_after_days = models.PositiveSmallIntegerField(_("closes after days"), null=True, blank=True)  # 0: never
    slow_seconds = models.PositiveIntegerField(_("seconds between two of a writer"), null=True, blank=True)
    late_minutes = models.PositiveIntegerField(_("holds when the oldest waits for minutes"), null=True, blank=True)
    wave_reports = models.PositiveSmallIntegerField(_("holds at so many reports an hour"), null=True, blank=True)
    identity = models.CharField(_("writers need"), max_length=10, choices=Identity.choices, blank=True)

    class Meta:
        verbose_name = _("rules for comments")
        verbose_name_plural = _("rules for comments")
        constraints = [
            models.CheckConstraint(condition=Q(section=None) | Q(article=None), name="threadrules_one_place"),
            models.UniqueConstraint(
                models.functions.Coalesce("section", 0),
                models.functions.Coalesce("article", 0),
                name="threadrules_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.section or self.article or _("the whole paper"))
