"""What do readers have of a story, and how far is the text that the newsroom works on?

The row holds the live text; what is being worked on stands in `working_revision`. Visibility is said once:
`ArticleQuerySet.published()`, with `Article.is_public` as its tested twin.
"""

from datetime import datetime
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.presentation import Presentation
from articles.models.section import CommentPolicy, Section
from articles.models.timing import Timing
from newsroom.lib.fields import NFCCharField, NFCTextField
from newsroom.lib.routes import address

HEADLINE_LENGTH = 200
LEAD_LENGTH = 600


class Stage(models.TextChoices):
    """How far the working text is; `done` means that it is the live text (see `articles.workflow`)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for an editor")
    EDITING = "editing", _("Being edited")
    RETURNED = "returned", _("Returned")
    REVIEW = "review", _("Waiting for approval")
    APPROVED = "approved", _("Ready to publish")
    DONE = "done", _("Nothing pending")


# One expression, with an index: of two conditions PostgreSQL does not know that hardly a story fulfils both.
ENDS_AT: Final = Case(When(is_over=False, then=F("visible_until")))


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, now: datetime | None = None) -> Self:
        """What readers may see at this moment: the one definition that lists, feeds, search and counts start from."""
        now = now or timezone.now()
        return self.filter(
            Q(visible_until=None) | Q(visible_until__gt=now),
            published_at__lte=now,
            withdrawn_at=None,
            section__is_public=True,
        )

    def ending(self) -> Self:
        """What stands in lists until `ends_at`, which may have passed; `releasing.clear` takes it out soon after."""
        return self.alias(ends_at=ENDS_AT).filter(ends_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> Self:
        """With what a list shows, and without the long texts."""
        return self.select_related("section__parent", "lead_image").defer("body", "html", "lead_image__fold")


class Article(Timing):
    """A story; what the clock has to do with it is said in Timing."""

    # What readers have (written by articles.publishing alone)
    headline = NFCCharField(_("headline"), max_length=HEADLINE_LENGTH, blank=True)
    subheadline = NFCCharField(_("sub-headline"), max_length=HEADLINE_LENGTH, blank=True)
    lead = NFCTextField(_("lead"), max_length=LEAD_LENGTH, blank=True)
    body = NFCTextField(_("text"), blank=True)
    html = models.TextField(blank=True)  # the body as pages show it, pictures resolved
    slug = models.CharField(max_length=100, blank=True)
    source = NFCCharField(_("source"), max_length=200, blank=True)
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("section"), null=True, blank=True, related_name="+"
    )
    sections = models.ManyToManyField(Section, through="Placement", related_name="+")
    authors = models.ManyToManyField("articles.Author", through="Byline", related_name="+")
    tags = models.ManyToManyField("articles.Tag", through="Tagging", related_name="+")
    lead_image = models.ForeignKey("articles.Image", models.PROTECT, null=True, blank=True, related_name="+")
    lead_caption = NFCTextField(blank=True)
    word_count = models.PositiveIntegerField(_("words"), default=0)
    comment_policy = models.CharField(
        _("comments"), max_length=10, choices=CommentPolicy.choices, default=CommentPolicy.INHERIT, blank=True
    )
    presentation = models.CharField(_("form"), max_length=12, choices=Presentation.choices, default="", blank=True)
    related = models.JSONField(default=list, blank=True)  # keys of stories to read on, chosen by the desk, in order
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_on = models.DateField(_("day"), null=True, blank=True)  # its local day, for the archive
    first_published_at = models.DateTimeField(null=True, blank=True)  # when the desk pressed the button
    updated_at = models.DateTimeField(_("updated at"), null=True, blank=True)
    visible_until = models.DateTimeField(_("visible until"), null=True, blank=True)
    is_over = models.BooleanField(default=False, db_default=False, editable=False)  # ended, and in no list any more
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    headline_fold = models.CharField(max_length=220, editable=False, blank=True)
    live_revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, blank=True, related_name="+")

    # What the newsroom works on (written by articles.writing and articles.workflow)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    working_revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    desk_headline = NFCCharField(_("headline"), max_length=HEADLINE_LENGTH, blank=True)
    desk_fold = models.CharField(max_length=220, editable=False, blank=True)
    desk_section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("section"), null=True, blank=True, related_name="+"
    )
    # The author of working_revision, NULL if there is none; its index serves the list of stories.
    desk_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    desk_changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("written by"), related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    trashed_at = models.DateTimeField(_("in the trash since"), null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(
                F("published_at").desc(), F("id").desc(), name="article_newest", condition=Q(withdrawn_at=None)
            ),
            models.Index(
                F("published_at").desc(), F("id").desc(), name="article_photos", condition=Q(presentation="photos")
            ),
            models.Index(fields=["published_on", "published_at"], name="article_day", condition=Q(withdrawn_at=None)),
            models.Index(ENDS_AT, name="article_ends"),
            models.Index(fields=["due_at"], name="article_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["held_until"], name="article_held", condition=Q(held_until__isnull=False)),
            # Of the desk: its list in every order, narrowed by one thing, and what is pending.
            models.Index(
                fields=["-desk_changed_at", "-id", "desk_section", "trashed_at"], name="article_last_changed"
            ),
            models.Index(fields=["desk_fold"], name="article_headline"),
            models.Index(fields=["published_at"], name="article_published"),
            models.Index(fields=["stage", "-desk_changed_at", "-id"], name="article_by_stage"),
            models.Index(fields=["-stage", "-desk_changed_at", "-id"], name="article_by_stage_down"),
            models.Index(fields=["desk_section", "-desk_changed_at", "-id"], name="article_by_section"),
            models.Index(fields=["created_by", "-desk_changed_at", "-id"], name="article_mine"),
            models.Index(fields=["desk_author", "-desk_changed_at", "-id"], name="article_by_last_author"),
            models.Index(fields=["created_by", "-desk_changed_at"], name="article_begun", condition=~Q(stage="done")),
            *(
                models.Index(fields=["-desk_changed_at", "-id"], name=name, condition=condition)
                for name, condition in {
                    "article_never": Q(published_at=None),
                    "article_trash": Q(trashed_at__isnull=False),
                    "article_gone": Q(withdrawn_at__isnull=False),
                    "article_ended": Q(visible_until__isnull=False),
                }.items()
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="article_stage"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(published_on__isnull=False, live_revision__isnull=False),
                name="article_live_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(published_at=None) | Q(visible_until__gt=F("published_at")),
                name="article_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None, due_revision=None) | Q(due_at__isnull=False, due_revision__isnull=False),
                name="article_due_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(trashed_at=None) | Q(first_published_at=None), name="article_trash_never_published"
            ),
            models.CheckConstraint(
                condition=~Q(stage="done") | Q(published_at__isnull=False), name="article_done_is_live"
            ),
            models.CheckConstraint(
                condition=Q(held_until=None) | (~Q(stage="done") & Q(trashed_at=None, due_at=None)),
                name="article_held_is_pending",
            ),
        ]

    def __str__(self) -> str:
        return self.desk_headline or self.headline or str(_("(no headline yet)"))

    def get_absolute_url(self) -> str:
        return address("article", self.slug, self.pk)

    def is_public_at(self, now: datetime) -> bool:
        """The twin of `published()` for a story at hand."""
        return (
            self.published_at is not None
            and self.published_at <= now
            and (self.visible_until is None or self.visible_until > now)
            and self.withdrawn_at is None
            and self.section is not None
            and self.section.is_public
        )

    @property
    def is_public(self) -> bool:
        return self.is_public_at(timezone.now())

    @property
    def public_headline(self) -> str:
        """What readers read above it; empty while they do not have the story."""
        return self.headline if self.is_public else ""

    @property
    def was_published(self) -> bool:
        """Readers have, had or will have this story: it can be withdrawn, not thrown away."""
        return self.first_published_at is not None

    @property
    def has_been_out(self) -> bool:
        """Readers have or had this story: whatever changes in it now is told or classified."""
        return self.was_published and self.published_at is not None and self.published_at <= timezone.now()

    @property
    def readers_state(self) -> str:
        """What readers have: never, scheduled, live, ended or withdrawn."""
        now = timezone.now()
        if self.published_at is None:
            return "never"
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.visible_until is not None and self.visible_until <= now:
            return "ended"
        return "scheduled" if self.published_at > now else "live"


class Placement(models.Model):
    """A published story in a list: of its sections and their parents. Serves section pages by one index."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="placements")
    section = models.ForeignKey(Section, models.CASCADE, related_name="placements")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("place in a section")
        indexes = [
            models.Index(F("section"), F("published_at").desc(), F("article").desc(), name="placement_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["article", "section"], name="placement_article_section")]

    def __str__(self) -> str:
        return f"{self.article_id} › {self.section_id}"


class Tagging(models.Model):
    """A keyword of the published story, in order."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey("articles.Tag", models.PROTECT, related_name="taggings")
    position = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("keyword of a story")
        ordering = ["position"]
        indexes = [models.Index(F("tag"), F("published_at").desc(), F("article").desc(), name="tagging_newest")]
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="tagging_article_tag")]

    def __str__(self) -> str:
        return f"{self.article_id} #{self.tag_id}"
