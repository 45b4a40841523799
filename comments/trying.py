"""What would a term do? Looked up before it is saved: what else is spelled like it, and whom it would have hit.

People read comments faster than this reads a month of them, so it begins with the newest and stops after some seconds.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from comments.listed import wanted
from comments.models import Comment, CommentQuerySet, State, Term
from comments.words import Kind, Match, Samples, WordList
from comments.words import Term as Wanted

WITHIN: Final = timedelta(days=30)
PATIENCE: Final = 3.0  # seconds
SAMPLES, COLLISIONS = 20, 12


@dataclass(frozen=True)
class Sample:
    """A comment that the term would have hit: the text before, the hit, the text after."""

    comment_id: int
    state: str
    before: str
    hit: str
    after: str


@dataclass
class Tried:
    """What was found. Approved and turned down are decisions of people; `is_whole` is False if time ran out."""

    looked_at: int = 0
    hits: int = 0
    sure: int = 0  # hits that do what the term says; the others only wait
    approved: int = 0
    turned_down: int = 0
    is_whole: bool = True
    forms: Counter[str] = field(default_factory=Counter)
    collisions: list[tuple[str, int]] = field(default_factory=list)  # other words without marks alike: how often
    samples: list[Sample] = field(default_factory=list)

    @property
    def undecided(self) -> int:
        return self.hits - self.approved - self.turned_down

    @property
    def is_doubtful(self) -> bool:
        """People let more of these comments pass than not."""
        return self.approved > self.turned_down


def tried(term: Term) -> Tried:
    """The term, saved or not, on the comments of the last 30 days, with the harmless terms in force."""
    harmless = Term.objects.filter(kind=Term.Kind.ALLOW, is_trial=False).exclude(pk=term.pk)
    asked = Wanted(-1, term.text, Kind.SUSPECT if term.kind == Term.Kind.ALLOW else Kind(term.kind))
    words, alike = WordList([asked, *map(wanted, harmless)]), Samples(term.text)
    result, stop = Tried(), time.monotonic() + PATIENCE
    rows = _lately(term).values_list("pk", "body", "state", "reviewed_at")
    for pk, body, state, reviewed_at in rows.iterator(chunk_size=200):
        result.looked_at += 1
        alike.add(body)
        if matches := words.find(body):
            _note(result, matches, Sample(pk, str(State(state).label), *_cut(body, matches[0])))
            result.approved += state == State.VISIBLE and reviewed_at is not None
            result.turned_down += state in {State.REJECTED, State.SPAM} and reviewed_at is not None
        if time.monotonic() > stop:
            result.is_whole = False
            break
    result.collisions = alike.found.most_common(COLLISIONS)
    return result


def _lately(term: Term) -> CommentQuerySet:
    comments = Comment.objects.since(timezone.now() - WITHIN).order_by("-pk")
    if term.section_id:
        section, parent = "thread__article__section", "thread__article__section__parent"
        comments = comments.filter(Q(**{section: term.section_id}) | Q(**{parent: term.section_id}))
    return comments


def _note(result: Tried, matches: list[Match], sample: Sample) -> None:
    result.hits += 1
    result.sure += any(match.is_sure for match in matches)
    result.forms.update({match.form.value for match in matches})
    if len(result.samples) < SAMPLES:
        result.samples.append(sample)


def _cut(body: str, match: Match, around: int = 60) -> tuple[str, str, str]:
    """The line around a hit."""
    before, after = body[: match.start], body[match.end :]
    start = f"…{before[-around:]}" if len(before) > around else before
    end = f"{after[:around]}…" if len(after) > around else after
    return start, body[match.start : match.end], end
