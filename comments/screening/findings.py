"""What is known of a comment when it is screened, and what does a rule say about it?"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from comments.words import WordList


class Effect(StrEnum):
    """What a finding asks for by itself."""

    NOTE = "note"  # the moderator reads it, and nothing waits for that
    HOLD = "hold"
    SPAM = "spam"


class Trust(IntEnum):
    """How far a writer is trusted."""

    NEW = 0
    KNOWN = 1  # a confirmed e-mail, or two comments approved
    PROVEN = 2  # ten approved, and few turned down
    TRUSTED = 3  # by the desk
    STAFF = 4


@dataclass(frozen=True)
class Finding:
    """One reason to look at a comment, with the part of the text that it speaks of."""

    code: str
    effect: Effect
    span: tuple[int, int] | None = None
    number: int | None = None
    term: int | None = None  # of the list, by key
    form: str | None = None  # the spelling in which the term was met
    words: str | None = None  # what it looks like: the term, the name, what a checker said

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Reserved:
    """Names under which no reader writes: the paper's own, and its people's."""

    offices: WordList = field(default_factory=lambda: WordList([]))  # not even as a part of a name
    people: WordList = field(default_factory=lambda: WordList([]))


@dataclass(frozen=True)
class Submission:
    """A comment as it arrived, with what the database knows about it."""

    text: str
    name: str = ""
    trap: str = ""  # the field that people do not see
    age: float = 60.0  # seconds between form and post
    copies_elsewhere: int = 0  # other stories with the same text in the last day
    alike: int = 0  # other comments of the last day in nearly the same words
    recent_of_network: int = 0  # posts of the network in RATE_WINDOW
    recent_of_thread: int = 0
    recent_of_site: int = 0
    writer_is_held: bool = False
    policy: str = "open"  # of the story
    trust: Trust = Trust.NEW
    turned_down: int = 0  # of the writer's comments that people decided about, in percent; 0 when they are too few
    terms: WordList = field(default_factory=lambda: WordList([]))
    sections: frozenset[int] | None = None  # of the story, for terms that count in some; None: in all
    reserved: Reserved = field(default_factory=Reserved)
    remote: Iterable[Finding] = ()  # what a checker outside said
