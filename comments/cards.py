"""What does a moderator see of a comment besides its words? Gathered for a whole page in a few queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.rights import Person
from comments.models import (
    Comment,
    CommentQuerySet,
    CommentRevision,
    ModAction,
    ModNote,
    Report,
    ThreadRules,
    Verb,
)
from comments.tallies import DECISIVE

LIMIT: Final = timedelta(minutes=60)  # within which the desk means to look, unless the site's rules say otherwise
LAST: Final = ("last0", "last1", "last2", "last3", "last4")  # decisions of the writer's record, the newest first
LATELY: Final = timedelta(days=7)  # twins, and comments of the same device


@dataclass(frozen=True)
class Earlier:
    """The decision that its writer appealed against."""

    who: str
    verb: str
    at: datetime | None


@dataclass
class Card:
    """A comment with what is known around it."""

    comment: Any  # a Comment with facts
    lately: list[Comment] = field(default_factory=list)  # the writer's last decided ones, the newest last
    reports: list[Report] = field(default_factory=list)
    earlier: Earlier | None = None
    claimed_by: Person | None = None  # a colleague who has it on the screen
    waited: timedelta = timedelta()
    limit: timedelta = LIMIT
    problem: str = ""  # why the last decision was not carried out

    @property
    def is_late(self) -> bool:
        return self.waited > self.limit


def with_facts(rows: CommentQuerySet) -> CommentQuerySet:
    """The comments with what stands on their cards, in the same query: take it for the comments of a page alone."""
    related = ("thread__article__section__parent", "parent", "root", "commenter", "reviewed_by", "claim__moderator")
    lately = timezone.now() - LATELY
    alike = Comment.objects.since(lately).exclude(pk=OuterRef("pk")).order_by()
    decided = Comment.objects.filter(commenter=OuterRef("commenter"), reviewed_at__isnull=False)
    states = decided.order_by("-reviewed_at", "-pk").values("state")  # the index finds each, however many there are
    proposals = CommentRevision.objects.filter(comment=OuterRef("pk"), state=CommentRevision.State.PROPOSED)
    decisions = ModAction.objects.filter(comment=OuterRef("pk"), actor__isnull=False, verb__in=DECISIVE)
    person = {"last": "actor__last_name", "first": "actor__first_name", "login": "actor__username"}
    said = JSONObject(verb="verb", at="at", **person)
    earlier = decisions.filter(at__lt=OuterRef("appealed_at"), undone_by=None).order_by("-version")
    site = ThreadRules.objects.filter(section=None, article=None)
    return (
        rows.select_related(*related, "pointer")
        .annotate(
            twins=_number(alike.filter(body_hash=OuterRef("body_hash")), "body_hash"),
            neighbours=_number(alike.filter(device_key=OuterRef("device_key")).exclude(device_key=""), "device_key"),
            note_count=_number(ModNote.objects.filter(comment=OuterRef("pk")).order_by(), "comment"),
            proposal=Subquery(proposals.order_by("-number").values("body")[:1]),
            earlier=Subquery(earlier.values(said=said)[:1]),
            late_minutes=Subquery(site.values("late_minutes")[:1]),
            **{name: Subquery(states[place : place + 1]) for place, name in enumerate(LAST)},
        )
        .defer("thread__article__html", "thread__article__body", "fold")
    )


def gather(comments: list[Comment], by: Person) -> list[Card]:
    """The cards of comments that were found `with_facts`; one query, for reports if there are any."""
    now = timezone.now()
    reported = [comment.pk for comment in comments if comment.report_count]
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in Report.objects.filter(comment__in=reported, state=Report.State.OPEN).order_by("pk"):
        reports[report.comment_id].append(report)
    return [_card(comment, reports.get(comment.pk, []), by, now) for comment in comments]


def _card(comment: Any, reports: list[Report], by: Person, now: datetime) -> Card:
    claim = getattr(comment, "claim", None)
    colleague = claim.moderator if claim and claim.moderator_id != by.pk and claim.expires_at > now else None
    return Card(
        comment,
        lately=[Comment(state=state) for name in reversed(LAST) if (state := getattr(comment, name))],
        reports=reports,
        earlier=_earlier(comment.earlier),
        claimed_by=colleague,
        waited=now - comment.created_at,
        limit=timedelta(minutes=comment.late_minutes) if comment.late_minutes else LIMIT,
    )


def _earlier(said: dict[str, str] | None) -> Earlier | None:
    if not said:
        return None
    name = f"{said['last']} {said['first']}".strip() or said["login"]
    at = parse_datetime(said["at"])
    if at is not None and timezone.is_naive(at):  # SQLite writes moments in UTC, and does not say so
        at = at.replace(tzinfo=UTC)
    return Earlier(name, str(Verb(said["verb"]).label), at)


def _number(rows: QuerySet[Any], column: str) -> Subquery:
    """How many there are; None for none."""
    return Subquery(rows.values(column).annotate(n=Count("pk")).values("n"))
