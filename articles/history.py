"""What happened to a story, version by version: in which stage, by whom, which of them were milestones?"""

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db.models.fields.json import KeyTextTransform

from articles.models import Article, BylineRef, PictureRef, Revision, Transition
from articles.models.snapshot import LATER

SITTING: Final = timedelta(minutes=15)  # a longer pause between two saves ends a sitting
PUBLISHING: Final = frozenset({"publish", "hotfix", "release"})  # steps that give readers a version
# Steps that say something about the text itself; the others are shown as steps only.
MILESTONES: Final = PUBLISHING | {"submit", "forward", "approve", "return", "schedule_update", "sign_off"}
TEXTS: Final = frozenset({"headline", "subheadline", "lead", "body", "source", "comment_policy", "presentation"})


@dataclass(frozen=True)
class Version:
    """A revision with what it was to the newsroom."""

    revision: Revision
    stage: str  # of the story when it was saved
    steps: tuple[Transition, ...] = ()  # milestones of this text, the first one first
    publication: int = 0  # readers got it as the n-th version of the story; 0: never
    is_live: bool = False  # readers have it
    is_due: bool = False  # readers get it at a time to come
    is_working: bool = False
    is_aside: bool = False  # kept beside the working text, in whose line it never stood

    @property
    def is_milestone(self) -> bool:
        """Never hidden among the other saves of a sitting."""
        is_somewhere = self.is_live or self.is_due or self.is_working
        return bool(self.steps or self.revision.label or is_somewhere)


@dataclass
class Sitting:
    """Saves of one person one after the other: the newest is shown, the older ones on demand."""

    newest: Version
    older: list[Version] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.newest.revision.created_at

    @property
    def began_at(self) -> datetime:
        return (self.older[-1] if self.older else self.newest).revision.created_at


@dataclass(frozen=True)
class Step:
    """A step from hand to hand."""

    transition: Transition

    @property
    def at(self) -> datetime:
        return self.transition.at


def timeline(article: Article) -> list[Sitting | Step]:
    """Steps and versions, the newest first. Two queries."""
    steps = list(article.transitions.select_related("actor").order_by("at", "pk"))
    revisions = article.revisions.select_related("author").defer("content").order_by("number")
    events: list[Version | Step] = [*versions(article, list(revisions), steps), *map(Step, steps)]
    return gathered(sorted(events, key=moment, reverse=True))


def moment(event: Version | Step) -> tuple[datetime, bool]:
    """A step comes after the save that was made for it."""
    return (event.at, True) if isinstance(event, Step) else (event.revision.created_at, False)


def gathered(events: list[Version | Step]) -> list[Sitting | Step]:
    """The events, newest first, with the saves of a sitting in one."""
    found: list[Sitting | Step] = []
    for event in events:
        last = found[-1] if found else None
        if isinstance(event, Step):
            found.append(event)
        elif isinstance(last, Sitting) and belongs(event, last):
            last.older.append(event)
        else:
            found.append(Sitting(event))
    return found


def belongs(version: Version, sitting: Sitting) -> bool:
    """The version is an earlier save of this sitting, and none that must be seen."""
    is_same_person = version.revision.author_id == sitting.newest.revision.author_id
    is_near = sitting.began_at - version.revision.created_at < SITTING
    return is_same_person and is_near and not version.is_milestone


def versions(article: Article, revisions: list[Revision], steps: list[Transition]) -> Iterator[Version]:
    """What each revision was, given all steps of the story from the first on."""
    times = [step.at for step in steps]
    published = [step for step in steps if step.verb in PUBLISHING]
    first = steps[0].from_stage if steps else article.stage
    is_to_come = article.readers_state == "scheduled"
    for revision in revisions:
        before = bisect_right(times, revision.created_at)
        own = tuple(step for step in steps if step.revision_id == revision.pk and step.verb in MILESTONES)
        is_live = revision.pk == article.live_revision_id
        yield Version(
            revision,
            stage=steps[before - 1].to_stage if before else first,
            steps=own,
            publication=next((n for n, step in enumerate(published, 1) if step in own), 0),
            is_live=is_live and not is_to_come,
            is_due=revision.pk == article.due_revision_id or (is_live and is_to_come),
            is_working=revision.pk == article.working_revision_id,
            is_aside=revision.base_id is not None,
        )


@dataclass(frozen=True)
class FieldChange:
    """A save that changed one field; `old` is None for the first version that there is."""

    number: int
    before: int  # number of the version compared with; 0 for the first
    author: AbstractBaseUser | None
    at: datetime
    old: Any
    new: Any


def field_changes(article: Article, name: str) -> list[FieldChange]:
    """Who changed this field of the snapshot when, the newest first. One query, which reads that field alone.

    Texts that were kept beside the working text are left out: they changed nothing.
    """
    rows = article.revisions.filter(base=None).select_related("author").defer("content").order_by("number")
    found: list[FieldChange] = []
    last, before = None, 0
    for row in rows.annotate(kept=KeyTextTransform(name, "content")):
        value = field_value(name, row.kept)
        if not before or value != last:
            found.append(FieldChange(row.number, before, row.author, row.created_at, last, value))
        last, before = value, row.number
    return found[::-1]


def field_value(name: str, kept: Any) -> Any:
    """A field out of a revision's JSON as a Snapshot has it; databases hand out null and numbers in their own ways."""
    if name in TEXTS:
        return "" if kept is None else kept
    value = json.loads(kept) if isinstance(kept, str) else kept
    if name == "bylines":
        return tuple(BylineRef(**ref) for ref in value or ())
    if name == "picture":
        return PictureRef(**value) if value else None
    if name in LATER:  # versions from before this field do not have it
        value = LATER[name] if value is None else value
    return tuple(value) if isinstance(value, list) else value
