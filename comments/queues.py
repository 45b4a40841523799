"""What waits for the moderators, in which order, and how much of it is there?

Numbers are sums over the few threads that have such comments; lists are read along partial indexes and paged by
keyset, so that neither grows with the archive.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Section
from articles.rights import Person, grants_of
from comments import identity
from comments.cards import with_facts
from comments.models import Comment, Commenter, CommentQuerySet, Report, State, Thread
from comments.moderation import ROLES
from comments.undoing import WITHIN
from newsroom.lib import text

PAGE: Final = 25
KNOWN_SINCE: Final = 2  # approvals after which a writer is no longer new


class Queue(StrEnum):
    WAITING = "cho-duyet"
    REPORTED = "bi-bao-cao"
    UNSEEN = "chua-xem"
    SPAM = "nghi-rac"
    REJECTED = "da-tu-choi"
    MINE = "cua-toi"  # what I decided and can still undo
    SHOWN = "da-dang"  # everything that readers see; not counted


class Trust(StrEnum):
    """Whose comments."""

    NEW = "moi"
    KNOWN = "quen"
    TRUSTED = "tin-cay"
    HELD = "giu-lai"


COUNTED: Final = {
    Queue.WAITING: "pending",
    Queue.REPORTED: "reported",
    Queue.UNSEEN: "unseen",
    Queue.SPAM: "spam",
    Queue.REJECTED: "rejected",
}
# queue -> by which column, and whether the newest come first
ORDER: Final = {
    Queue.WAITING: ("due_at", False),
    Queue.REPORTED: ("due_at", False),
    Queue.UNSEEN: ("due_at", False),
    Queue.SPAM: ("created_at", True),
    Queue.REJECTED: ("created_at", True),
    Queue.MINE: ("reviewed_at", True),
    Queue.SHOWN: ("created_at", True),
}
OF_TRUST: Final = {
    Trust.NEW: Q(commenter__approved_count__lt=KNOWN_SINCE, commenter__is_trusted=False),
    Trust.KNOWN: Q(commenter__approved_count__gte=KNOWN_SINCE, commenter__is_trusted=False),
    Trust.TRUSTED: Q(commenter__is_trusted=True),
    Trust.HELD: Q(commenter__status__in=(Commenter.Status.HELD, Commenter.Status.BANNED)),
}


@dataclass(frozen=True)
class Asked:
    """What a moderator wants to see. `why` is "rule:code", "report:reason" or "reason:reason"; `after` a place."""

    queue: Queue = Queue.WAITING
    section: int | None = None
    story: int | None = None
    why: str = ""
    trust: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class QueuePage:
    comments: list[Comment]
    next: str = ""  # the place that the following page begins after; "" at the end


@dataclass(frozen=True)
class Sight:
    """Whose sections are looked into: fetched once for a page, in one query."""

    by: Person
    sections: list[Section]
    is_all: bool  # of the paper

    def keys(self, section: int | None) -> list[int] | None:
        """The keys of the sections to look in, of this one and those below it if one is given; None: all."""
        if section is None and self.is_all:
            return None
        return [each.pk for each in self.sections if section in (None, each.pk, each.parent_id)]


def sight_of(by: Person) -> Sight:
    own = grants_of(by).sections_as(*ROLES)
    rows = Section.objects.select_related("parent")
    return Sight(by, [row for row in rows if own is None or row.pk in own or row.parent_id in own], own is None)


def page(asked: Asked, sight: Sight) -> QueuePage:
    """One page of a queue; its comments bring what their cards show."""
    column, newest_first = ORDER[asked.queue]
    rows = listed(asked, sight)
    place = _read_place(asked.after)
    if place:
        beyond = "lt" if newest_first else "gt"
        further = Q(**{f"{column}__{beyond}": place[0]}) | Q(**{column: place[0], f"pk__{beyond}": place[1]})
        rows = rows.filter(further, **{f"{column}__{beyond}e": place[0]})
    sign = "-" if newest_first else ""
    order = (f"{sign}{column}", f"{sign}pk")
    # Found first, along the index; what the cards show is asked for these few alone. Said as one statement, PostgreSQL
    # joins every comment before it looks at the keys: its planner moves no more than eight tables.
    keys = list(rows.order_by(*order).values_list("pk", flat=True)[: PAGE + 1])
    found = list(with_facts(Comment.objects.filter(pk__in=keys)).order_by(*order))
    more, found = len(found) > PAGE, found[:PAGE]
    return QueuePage(found, _write_place(getattr(found[-1], column), found[-1].pk) if more else "")


def listed(asked: Asked, sight: Sight) -> CommentQuerySet:
    """Every comment that was asked for, within the sections of this person."""
    rows = _of_queue(asked.queue, sight.by)
    sections = sight.keys(asked.section)
    if sections is not None:
        rows = rows.filter(thread__article__section__in=sections)
    if asked.story is not None:
        rows = rows.filter(thread=asked.story)
    if asked.trust:
        rows = rows.filter(OF_TRUST[Trust(asked.trust)])
    return _with_words(_with_reason(rows, asked.why), asked.words)


def counts(asked: Asked, sight: Sight) -> dict[Queue, int]:
    """How many comments are in each queue, of the section or story asked for; exact, in one query."""
    threads = Thread.objects.order_by()
    sections = sight.keys(asked.section)
    if sections is not None:
        threads = threads.filter(article__section__in=sections)
    if asked.story is not None:
        threads = threads.filter(pk=asked.story)
    mine: Any = listed(Asked(Queue.MINE, asked.section, asked.story), sight).order_by()
    parts = [_number(Queue.MINE, mine, Count("pk"))]
    for queue, name in COUNTED.items():
        parts.append(_number(queue, threads.filter(**{f"{name}_count__gt": 0}), Sum(f"{name}_count")))
    found = dict(parts[0].union(*parts[1:], all=True))
    return {queue: found.get(queue, 0) or 0 for queue in Queue if queue != Queue.SHOWN}


def _number(queue: Queue, rows: QuerySet[Any], number: Any) -> QuerySet[Any]:
    return rows.values(queue=Value(queue.value)).annotate(n=number).values_list("queue", "n")


def _of_queue(queue: Queue, by: Person) -> CommentQuerySet:
    rows = Comment.objects.all()
    match queue:
        case Queue.WAITING:
            return rows.waiting()
        case Queue.REPORTED:
            return rows.reported()
        case Queue.UNSEEN:
            return rows.unseen()
        case Queue.MINE:
            return rows.filter(reviewed_by=by.pk, reviewed_at__gt=timezone.now() - WITHIN)
        case Queue.SPAM:
            return rows.filter(state=State.SPAM)
        case Queue.REJECTED:
            return rows.filter(state=State.REJECTED)
        case Queue.SHOWN:
            return rows.filter(state=State.VISIBLE)


def _with_reason(rows: CommentQuerySet, why: str) -> CommentQuerySet:
    kind, _colon, code = why.partition(":")
    if kind == "rule":
        return _with_finding(rows, code)
    if kind == "report":
        return rows.filter(Exists(Report.objects.filter(comment=OuterRef("pk"), reason=code, state="open")))
    return rows.filter(reason=code) if kind == "reason" else rows


def _with_finding(rows: CommentQuerySet, code: str) -> CommentQuerySet:
    """PostgreSQL has an index of what was found; SQLite reads along the queue."""
    if connection.features.supports_json_field_contains:
        return rows.filter(findings__contains=[{"code": code}])
    return rows.annotate(found=Cast("findings", TextField())).filter(found__contains=f'"code": "{code}"')


def _with_words(rows: CommentQuerySet, words: str) -> CommentQuerySet:
    """Words of the comment or its writer's name, with or without marks; or the whole e-mail."""
    if "@" in words:
        return rows.filter(commenter__email_key=identity.email_key(words))
    for word in text.fold(words).split()[:8]:
        rows = rows.filter(fold__contains=word)
    return rows


def _write_place(moment: datetime, pk: int) -> str:
    return f"{int(moment.timestamp() * 1_000_000)}-{pk}"


def _read_place(written: str) -> tuple[datetime, int] | None:
    """The moment and key of a place; None for what is none."""
    moment, _dash, pk = written.partition("-")
    if not (moment.isascii() and moment.isdigit() and pk.isascii() and pk.isdigit() and len(moment) < 17 > len(pk)):
        return None
    return EPOCH + timedelta(microseconds=int(moment)), int(pk)


EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
