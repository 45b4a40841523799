"""What happened in the house, newest first? Steps of stories, decisions about comments and all other deeds in one row.

A page begins below a row (keyset), so that it costs the same however far back one reads. Nobody learns here what the
own rights do not show: headlines and notes of stories, or notes about comments.
"""

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.desk import stage_label, step_label
from articles.models import Article, Transition
from articles.rights import Person, grants_of, readable, readable_keys
from articles.transitions import EDITORS
from comments.models import ModAction
from newsroom.journal import words
from newsroom.lib import text
from newsroom.lib.audit.models import AuditEvent
from newsroom.lib.parts import holding
from newsroom.lib.people import full_name

DEED, DECISION, STEP = 1, 2, 3  # ranks of the three logs: the order of rows of the same moment
STORY, COMMENT = "articles.article", "comments.comment"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
BATCH: Final = 500  # rows of each log fetched at once for an export


class Cursor(NamedTuple):
    """The last row that was shown."""

    at: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.rank}-{self.pk}"

    @classmethod
    def read(cls, written: str) -> "Cursor | None":
        """The cursor of an address; None for anything else."""
        found = re.fullmatch(r"([0-9]{1,17})-([123])-([0-9]{1,18})", written)
        if found is None:
            return None
        try:
            at = EPOCH + timedelta(microseconds=int(found[1]))
        except OverflowError:
            return None
        return cls(at, int(found[2]), int(found[3]))


@dataclass(frozen=True)
class Sight:
    """Who reads the log (of other stories it tells what readers know), and whether they see the comments' queue."""

    user: Person
    comments: bool

    @property
    def is_whole(self) -> bool:
        """No story is hidden from the person."""
        return grants_of(self.user).sections_as(*EDITORS) is None


@dataclass(frozen=True)
class Question:
    """What is looked for; empty fields ask for everything. `thing` is type and key: "articles.section", "3"."""

    person: int | None = None
    topic: str = ""
    thing: tuple[str, str] | None = None
    start: datetime | None = None
    end: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of the journal."""

    cursor: Cursor
    who: str
    deed: str
    thing: str
    thing_ref: str  # "articles.article:12", to ask for everything about it
    address: str = ""
    url: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.cursor.at


# --- three logs, each in parts that share no row ------------------------------------------------------------------


def steps(asked: Question, sight: Sight) -> list[QuerySet[Transition]]:
    """Steps of stories that the question asks for; words are looked for in headlines and in notes."""
    if asked.topic not in ("", "stories") or (asked.thing and asked.thing[0] != STORY):
        return []
    shown = ("desk_headline", "headline", "published_at", "visible_until", "withdrawn_at", "section")
    rows = within(Transition.objects.all(), asked)
    rows = rows.select_related("actor", "article__section").only(
        *(f"article__{name}" for name in shown),
        *("actor__username", "actor__first_name", "actor__last_name", "article__section__is_public"),
        *("verb", "role", "from_stage", "to_stage", "note", "exception", "at"),
    )
    if asked.thing:
        rows = rows.filter(article=asked.thing[1])
    if not (looked_for := text.fold(asked.words).split()[:8]):
        return [rows]
    # Few steps have a note: apart from the others, each kind is found by an index.
    silent, noted = rows.filter(note=""), rows.exclude(note="")
    for word in looked_for:
        in_headline, in_note = holding("article__desk_fold", word), Q(note__icontains=word)
        silent = silent.filter(told(in_headline, word, sight))
        noted = noted.filter(told(Q(article__desk_fold__contains=word) | in_note, word, sight))
    return [silent, noted]


def told(said: Q, word: str, sight: Sight) -> Q:
    """Where a word is said of a story, or is in its public headline for who may read no more of it."""
    if sight.is_whole:
        return said
    known = Q(article__in=Article.objects.published().filter(headline_fold__contains=word))
    return said & Q(article__in=readable(Article.objects.all(), sight.user)) | known


def decisions(asked: Question, sight: Sight) -> list[QuerySet[ModAction]]:
    """Decisions about comments, those under a story included."""
    if asked.topic not in ("", "comments") or (asked.thing and asked.thing[0] not in (COMMENT, STORY)):
        return []
    if asked.words and not sight.comments:
        return []
    rows = within(ModAction.objects.exclude(actor=None).select_related("actor"), asked)
    if asked.thing:
        rows = rows.filter(**{"comment" if asked.thing[0] == COMMENT else "comment__thread": asked.thing[1]})
    for word in text.fold(asked.words).split()[:8]:
        rows = rows.filter(Q(comment__fold__contains=word) | Q(note__icontains=word))
    return [rows]


def deeds(asked: Question, _sight: Sight) -> list[QuerySet[AuditEvent]]:
    """Everything else."""
    if asked.topic in ("stories", "comments"):
        return []
    rows = within(AuditEvent.objects.select_related("actor"), asked)
    if asked.topic:
        nouns = words.TOPICS[asked.topic][1]
        of_topic = Q()
        for noun in nouns:
            of_topic |= Q(kind__startswith=f"{noun}.")
        rows = rows.filter(of_topic)
    if asked.thing:
        rows = rows.filter(object_type=asked.thing[0], object_id=asked.thing[1])
    for word in text.fold(asked.words).split()[:8]:
        rows = rows.filter(fold__contains=word)
    return [rows]


def within(rows: QuerySet[Any], asked: Question) -> QuerySet[Any]:
    """What all three logs have: a person and a time."""
    if asked.person is not None:
        rows = rows.filter(actor=asked.person)
    if asked.start is not None:
        rows = rows.filter(at__gte=asked.start)
    if asked.end is not None:
        rows = rows.filter(at__lt=asked.end)
    return rows.order_by("-at", "-pk")


# --- one journal ------------------------------------------------------------------------------------------------

LOGS: Final[dict[int, Callable[[Question, Sight], Sequence[QuerySet[Any]]]]] = {
    STEP: steps,
    DECISION: decisions,
    DEED: deeds,
}


def below(rows: QuerySet[Any], rank: int, cursor: Cursor | None) -> QuerySet[Any]:
    """The rows of one log that come after the cursor."""
    if cursor is None:
        return rows
    if rank > cursor.rank:
        return rows.filter(at__lt=cursor.at)
    rows = rows.filter(at__lte=cursor.at)
    return rows.exclude(at=cursor.at, pk__gte=cursor.pk) if rank == cursor.rank else rows


def page(asked: Question, sight: Sight, cursor: Cursor | None, size: int) -> list[Entry]:
    """The first rows below the cursor, of all logs together."""
    found: list[list[tuple[Cursor, Any]]] = []
    for rank, log in LOGS.items():
        for rows in log(asked, sight):
            fetched = below(rows, rank, cursor)[:size]
            found.append([(Cursor(row.at, rank, row.pk), row) for row in fetched])
    merged = heapq.merge(*found, key=lambda pair: pair[0], reverse=True)
    shown = list(islice(merged, size))
    stories = open_stories((row for _place, row in shown), sight)
    return [entry(place, row, sight, stories) for place, row in shown]


def walk(asked: Question, sight: Sight, limit: int) -> Iterator[Entry]:
    """Row after row, fetched by the hundred, `limit` at most."""
    cursor: Cursor | None = None
    while limit > 0:
        rows = page(asked, sight, cursor, min(BATCH, limit))
        yield from rows
        if len(rows) < min(BATCH, limit):
            return
        cursor, limit = rows[-1].cursor, limit - len(rows)


def open_stories(rows: Iterable[Any], sight: Sight) -> set[int]:
    """The stories of these rows that the person may read, by key."""
    keys = {row.article_id for row in rows if isinstance(row, Transition)}
    return readable_keys(Article.objects.filter(pk__in=keys), sight.user) if keys else set()


def entry(place: Cursor, row: Any, sight: Sight, stories: set[int]) -> Entry:
    """A row for people; `stories` are those that the reader of the log may read."""
    if place.rank == STEP:
        return of_step(place, row, row.article_id in stories)
    return of_decision(place, row, sight) if place.rank == DECISION else of_deed(place, row)


def of_step(place: Cursor, step: Transition, is_open: bool) -> Entry:
    story = step.article
    hidden = story.public_headline or _("(a story that you may not read)")
    moved = step.from_stage != step.to_stage
    lines = [f"{stage_label(step.from_stage)} → {stage_label(step.to_stage)}"] if moved else []
    lines.append(str(step.get_role_display()))
    if step.note and is_open:
        lines.append(step.note)
    return Entry(
        place,
        full_name(step.actor),
        step_label(step),
        f"#{step.article_id} {story.desk_headline if is_open else hidden}".strip(),
        f"{STORY}:{step.article_id}",
        url=reverse("admin:articles_article_history", args=[step.article_id]) if is_open else "",
        lines=lines,
    )


def of_decision(place: Cursor, action: ModAction, sight: Sight) -> Entry:
    lines = [str(action.get_reason_display())] if action.reason else []
    if action.note and sight.comments:
        lines.append(action.note)
    return Entry(
        place,
        full_name(action.actor) if action.actor else "",
        str(action.get_verb_display()),
        words.comment(action.comment_id) if action.comment_id else words.commenter(action.commenter_id),
        f"{COMMENT}:{action.comment_id}" if action.comment_id else "",
        url=_card(action.comment_id) if action.comment_id and sight.comments else "",
        lines=lines,
    )


def _card(comment_id: int) -> str:
    return reverse("admin:comments_comment_change", args=[comment_id])


def of_deed(place: Cursor, event: AuditEvent) -> Entry:
    number = f"#{event.object_id}" if event.object_id and not event.label else ""
    return Entry(
        place,
        full_name(event.actor),
        words.deed(event.kind),
        event.label or number,
        f"{event.object_type}:{event.object_id}" if event.object_id else "",
        address=event.address or "",
        lines=words.details(event.detail, event.object_type),
    )
