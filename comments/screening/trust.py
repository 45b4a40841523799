"""How far is a writer trusted? From what people decided about earlier comments, never from what rules did."""

from dataclasses import dataclass
from typing import Final

from comments.screening.findings import Trust

KNOWN_AT: Final = 2  # comments approved
PROVEN_AT: Final = 10
GOOD: Final = 0.85
FEWEST: Final = 4  # decisions that make a history


@dataclass(frozen=True)
class Record:
    """What is known of a writer. The counts are decisions of moderators."""

    approved: int = 0
    turned_down: int = 0  # rejected, or spam
    is_confirmed: bool = False  # the e-mail
    is_granted: bool = False  # trusted by the desk
    is_staff: bool = False


def share(record: Record) -> float:
    """The share of good comments to be expected, 0 to 1: doubtful while little is known."""
    return (record.approved + 2) / (record.approved + record.turned_down + 3)


def level(record: Record) -> Trust:
    if record.is_staff:
        return Trust.STAFF
    if record.is_granted:
        return Trust.TRUSTED
    if record.approved >= PROVEN_AT and share(record) >= GOOD:
        return Trust.PROVEN
    return Trust.KNOWN if record.is_confirmed or record.approved >= KNOWN_AT else Trust.NEW


def turned_down_percent(record: Record) -> int:
    """Of all decisions; 0 while they are too few to say anything."""
    decisions = record.approved + record.turned_down
    return round(100 * record.turned_down / decisions) if decisions >= FEWEST else 0
