"""What speaks against showing a comment at once? Every rule runs and every finding is kept; one function decides.

Pure Python: what a rule needs to know is handed to it in a Submission.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

TOO_FAST: Final = 3  # seconds: nobody reads a preview and sends it sooner
LINKS_HELD: Final = 1
SHOUTING_LETTERS: Final = 20  # shorter texts may be an abbreviation
SHOUTING_SHARE: Final = 0.7
COPY_LENGTH: Final = 20  # characters: "Hay quá!" under many stories is no campaign
COPIES_HELD, COPIES_SPAM = 2, 5  # other stories with the same text
PER_NETWORK: Final = 30  # posts of one network in RATE_WINDOW: a café or a mobile operator shares one address
PER_PERSON: Final = 5  # posts of one device or e-mail in RATE_WINDOW; comments.posting refuses more
RATE_WINDOW: Final = 5 * 60  # seconds


class Effect(StrEnum):
    """What a finding asks for by itself."""

    HOLD = "hold"
    SPAM = "spam"


class Verdict(StrEnum):
    PASS = "pass"
    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True)
class Submission:
    """A comment as it arrived, with what the database knows about it."""

    text: str
    trap: str = ""  # the field that people do not see
    age: float = 60.0  # seconds between form and post
    copies_elsewhere: int = 0  # other stories with the same text in the last day
    recent_of_network: int = 0  # posts of the network in RATE_WINDOW
    writer_is_held: bool = False


@dataclass(frozen=True)
class Finding:
    """One reason to look at a comment, with the part of the text that it speaks of."""

    code: str
    effect: Effect
    span: tuple[int, int] | None = None
    number: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


Rule = Callable[[Submission], Iterator[Finding]]

_LINK: Final = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|vn|xyz|top|shop|club|site|online|me|io|ru|cn)\b",
    re.IGNORECASE,
)


def filled_trap(submission: Submission) -> Iterator[Finding]:
    """Only programs fill a field that is out of sight."""
    if submission.trap:
        yield Finding("trap", Effect.SPAM)


def too_fast(submission: Submission) -> Iterator[Finding]:
    if submission.age < TOO_FAST:
        yield Finding("fast", Effect.HOLD, number=max(0, int(submission.age)))


def links(submission: Submission) -> Iterator[Finding]:
    found = list(_LINK.finditer(submission.text))
    if len(found) >= LINKS_HELD:
        yield from (Finding("link", Effect.HOLD, span=match.span()) for match in found)


def capitals(submission: Submission) -> Iterator[Finding]:
    letters = [char for char in submission.text if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    if len(letters) >= SHOUTING_LETTERS and upper > SHOUTING_SHARE * len(letters):
        yield Finding("capitals", Effect.HOLD, number=round(100 * upper / len(letters)))


def copies(submission: Submission) -> Iterator[Finding]:
    """The same text under several stories is a campaign."""
    number = submission.copies_elsewhere
    if number >= COPIES_HELD and len(submission.text) >= COPY_LENGTH:
        yield Finding("copies", Effect.SPAM if number >= COPIES_SPAM else Effect.HOLD, number=number)


def crowded_network(submission: Submission) -> Iterator[Finding]:
    """Thousands of readers may share an address, so a network is never refused: its posts wait."""
    if submission.recent_of_network >= PER_NETWORK:
        yield Finding("network", Effect.HOLD, number=submission.recent_of_network)


def held_writer(submission: Submission) -> Iterator[Finding]:
    if submission.writer_is_held:
        yield Finding("writer", Effect.HOLD)


RULES: Final[Sequence[Rule]] = (filled_trap, too_fast, links, capitals, copies, crowded_network, held_writer)


def screen(submission: Submission) -> list[Finding]:
    """The findings of all rules: none hides another from the moderator."""
    return [finding for rule in RULES for finding in rule(submission)]


def verdict(findings: Sequence[Finding], policy: str) -> Verdict:
    """Shown at once only without findings and where the policy is "open"; otherwise a moderator looks at it."""
    effects = {finding.effect for finding in findings}
    if Effect.SPAM in effects:
        return Verdict.SPAM
    if Effect.HOLD in effects or policy != "open":
        return Verdict.HOLD
    return Verdict.PASS
