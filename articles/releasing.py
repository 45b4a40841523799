"""What has come due? Scheduled updates appear, and pages learn of stories that began or ended meanwhile.

First publication and end are decided in the query; nothing here is needed for them but fresh pages and short lists.
`release_due` may run twice and in parallel: every update and every stretch of time is claimed by one conditional
UPDATE, in the transaction that acts on it. What fails is kept on the story, tried again after PAUSES, and stops no
other.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import gates, publishing, readiness, timing
from articles.models import Article, Clock, Role, Stage, Transition
from newsroom.lib.pagecache.models import bump

logger = logging.getLogger(__name__)
LATE: Final = timedelta(minutes=2)
FIRST_LOOK_BACK: Final = timedelta(days=1)  # of the first run, which knows of none before it


@dataclass(frozen=True)
class Failure:
    """An update that did not appear: the story, why, and whether this is the first time (then somebody is told)."""

    article: Article
    error: str
    is_first: bool


def due(now: datetime) -> list[Article]:
    """The stories whose update is to appear now, the longest wait first; failed ones after their pause."""
    rows = Article.objects.filter(due_at__lte=now).defer("body", "html").select_related("due_revision", "due_by")
    return [
        article
        for article in rows.order_by("due_at", "pk")
        if article.next_try is not None and article.next_try <= now
    ]


def release(article: Article, now: datetime) -> Transition | None:
    """Let the scheduled update appear; None where another run, or a person, was faster.

    Raises Refused where the text may not appear any more: a sign-off lapsed, a correction collides, something lacks.
    """
    seen = Q(pk=article.pk, due_at=article.due_at, version=article.version, stage=Stage.APPROVED, withdrawn_at=None)
    revision, notice = article.due_revision, timing.due_notice(article)
    if revision is None or article.due_by is None or article.published_at is None:
        raise readiness.Refused(_("The story has no text."))
    with transaction.atomic():
        claimed = Article.objects.filter(seen).update(
            version=F("version") + 1, desk_changed_at=now, **timing.NO_UPDATE
        )
        if not claimed:
            return None
        story = Article.objects.select_related("desk_section", "working_revision").get(pk=article.pk)
        lacking = readiness.for_readers(revision.snapshot) + readiness.for_change(story, notice)
        readiness.require(lacking + gates.for_publication(story, now))
        change = publishing.go_live(
            story, revision, published_at=article.published_at, now=now, by=article.due_by, notice=notice
        )
        Article.objects.filter(pk=story.pk).update(stage=Stage.DONE)
        step = log(story, article, now)
        bump(change.keys)
    return step


def log(story: Article, seen: Article, now: datetime) -> Transition:
    """The step, done in the name and the role of whoever scheduled it."""
    ordered = story.transitions.filter(verb="schedule_update").first()
    late = now - (seen.due_at or now)
    return Transition.objects.create(
        article=story,
        verb="release",
        actor_id=seen.due_by_id,
        role=ordered.role if ordered else Role.PUBLISHER,
        from_stage=Stage.APPROVED,
        to_stage=Stage.DONE,
        note=_("%d minutes late.") % (late.total_seconds() // 60) if late > LATE else "",
        revision_id=seen.due_revision_id,
        at=now,
    )


def fail(article: Article, error: Exception, now: datetime) -> Failure | None:
    """Keep on the story why its update did not appear; None where the story moved on meanwhile."""
    reason = str(error) or type(error).__name__
    seen = Article.objects.filter(pk=article.pk, due_at=article.due_at, due_tries=article.due_tries)
    counted = seen.update(due_tries=F("due_tries") + 1, due_error=reason[:2000], due_failed_at=now)
    return Failure(article, reason, is_first=article.due_tries == 0) if counted else None


def release_all(now: datetime | None = None) -> tuple[list[Transition], list[Failure]]:
    """Let everything appear that is due, each story by itself."""
    now = now or timezone.now()
    released: list[Transition] = []
    failures: list[Failure] = []
    with translation.override(settings.LANGUAGE_CODE):  # reasons are read by the desk
        for article in due(now):
            try:
                step = release(article, now)
            except Exception as error:  # whatever it is, it concerns one story: it is kept there, and told
                if not isinstance(error, readiness.Refused):
                    # No error: the alarm (`announce`) writes the letter.
                    logger.warning("the update of story %s did not appear", article.pk, exc_info=True)
                if failure := fail(article, error, now):
                    failures.append(failure)
            else:
                released += [step] if step else []
    return released, failures


def announce(now: datetime | None = None) -> list[Article]:
    """Make the pages stale on which stories began or ended since the last run; returns those stories.

    Each stretch of time is announced once: whoever moves the clock on announces, the other run finds it moved.
    """
    now = now or timezone.now()
    clock, _made = Clock.objects.get_or_create(pk=1, defaults={"until": now - FIRST_LOOK_BACK, "ran_at": now})
    with transaction.atomic():
        moved = Clock.objects.filter(pk=1, until=clock.until, until__lt=now).update(until=now, ran_at=now)
        if not moved:
            return []
        stories = list(turned(clock.until, now))
        bump({key for story in stories for key in publishing.stale_pages(story)})
    return stories


def turned(after: datetime, until: datetime) -> QuerySet[Article]:
    """The stories that readers got (at a time set before) or lost in this stretch."""
    began = Q(published_at__gt=after, published_at__lte=until, first_published_at__lt=F("published_at"))
    ended = Q(visible_until__gt=after, visible_until__lte=until, is_over=False)
    return Article.objects.filter(began | ended, withdrawn_at=None).defer("body", "html").order_by("pk")


def clear(now: datetime | None = None, most: int = 500) -> int:
    """Take stories that ended out of the lists, each in its own transaction; returns how many, `most` at most.

    Lists pass over what has ended, so nothing depends on when this runs: only how much they have to pass over.
    """
    now = now or timezone.now()
    ended, cleared = Article.objects.ending().filter(ends_at__lte=now), 0
    for story in ended.defer("body", "html").order_by("ends_at", "pk")[:most]:
        with transaction.atomic():
            if ended.filter(pk=story.pk, version=story.version).update(is_over=True):
                bump(publishing.clear(story).keys)
                cleared += 1
    return cleared


def late_or_failed(now: datetime | None = None) -> QuerySet[Article]:
    """The stories whose update should have appeared: two minutes late, or failed at least once."""
    now = now or timezone.now()
    troubled = Q(due_at__lte=now - LATE) | Q(due_at__isnull=False, due_failed_at__isnull=False)
    return Article.objects.filter(troubled).select_related("desk_section", "due_by").order_by("due_at", "pk")


def last_run() -> datetime | None:
    """When `release_due` ran last; None: never."""
    return Clock.objects.values_list("ran_at", flat=True).first()


def ahead(now: datetime | None = None, span: timedelta = timedelta(days=1)) -> list[tuple[datetime, str, Article]]:
    """What happens by the clock in this span, in its order: "first", "update" or "end", with the story."""
    now = now or timezone.now()
    window, happenings = (now, now + span), []
    stories = Article.objects.filter(withdrawn_at=None).defer("body", "html").select_related("desk_section")
    for column, kind in (("published_at", "first"), ("due_at", "update"), ("visible_until", "end")):
        rows = stories.filter(**{f"{column}__gt": window[0], f"{column}__lte": window[1]})
        happenings += [(getattr(article, column), kind, article) for article in rows]
    return sorted(happenings, key=lambda row: (row[0], row[2].pk))
