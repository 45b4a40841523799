"""Which places do the home page and section fronts have, and what may stand in one? Values, kept as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCHEMA: Final = 1
REMOVED: Final = 12  # stories taken off that the board offers to put back
HOUR: Final = timedelta(hours=1)


class Filling(models.TextChoices):
    """With what a place is filled; whatever finds nothing is filled as if nobody had arranged it."""

    AUTOMATIC = "", _("fills itself")
    STORY = "story", _("a chosen story")
    SECTION = "section", _("newest of a section")
    TAG = "tag", _("newest with a keyword")
    MOST_READ = "most_read", _("most read")


@dataclass(frozen=True)
class Area:
    """Places that stand together; each is named after the area, with a number from 1."""

    name: str
    label: str | Promise
    count: int

    @property
    def places(self) -> list[str]:
        return [f"{self.name}-{number}" for number in range(1, self.count + 1)]


LEAD: Final = Area("lead", _("Lead story"), 1)
BESIDE: Final = Area("beside", _("Beside the lead"), 3)
UNDER: Final = Area("under", _("Under the lead"), 2)
PICTURES: Final = Area("pictures", _("Pictures"), 4)
NEXT: Final = Area("next", _("Next to the lead"), 5)
BLOCK: Final = "block"  # with a section's key: what leads its block on the home page
HOME_AREAS: Final = (LEAD, BESIDE, UNDER, PICTURES)
SECTION_AREAS: Final = (LEAD, NEXT)


@dataclass(frozen=True)
class Slot:
    """What somebody put into a place. `key` is that of a story, a section or a keyword."""

    filling: str = Filling.AUTOMATIC
    key: int | None = None
    headline: str = ""  # own words and an own picture for this place; empty: the story's
    kicker: str = ""
    image: int | None = None
    pinned_until: datetime | None = None  # then the place is filled anew
    drop_after: int | None = None  # hours after the story appeared; then the place is filled anew

    @property
    def is_story(self) -> bool:
        return self.filling == Filling.STORY

    def ends_at(self, published_at: datetime) -> datetime | None:
        """When this place lets its chosen story go, if ever."""
        too_old = published_at + self.drop_after * HOUR if self.drop_after else None
        return min((at for at in (self.pinned_until, too_old) if at), default=None)

    def to_json(self) -> dict[str, Any]:
        content = {name: value for name, value in asdict(self).items() if value not in (None, "")}
        return content | ({"pinned_until": self.pinned_until.isoformat()} if self.pinned_until else {})

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        until = content.get("pinned_until")
        return cls(**{**content, "pinned_until": datetime.fromisoformat(until) if until else None})


@dataclass(frozen=True)
class Arrangement:
    """What stands where by somebody's wish; a place that is not named fills itself."""

    slots: Mapping[str, Slot] = field(default_factory=dict)
    order: tuple[int, ...] = ()  # of section blocks, by key; sections not named follow in the order of the section bar
    removed: tuple[int, ...] = ()  # stories taken off, the last one first

    def at(self, place: str) -> Slot:
        return self.slots.get(place, Slot())

    def of(self, filling: Filling) -> Iterator[int]:
        """Keys of the stories, sections or keywords that places name."""
        return (slot.key for slot in self.slots.values() if slot.filling == filling and slot.key)

    @property
    def images(self) -> set[int]:
        return {slot.image for slot in self.slots.values() if slot.image}

    def put(self, place: str, slot: Slot) -> Self:
        """The same with this in a place. A story stands nowhere else then; the one that stood here is remembered."""
        here = self.at(place)
        others = {
            other: kept
            for other, kept in self.slots.items()
            if other != place and not (slot.is_story and kept.is_story and kept.key == slot.key)
        }
        slots = others if slot == Slot() else {**others, place: slot}
        gone = (here.key,) if here.is_story and here.key and here.key != slot.key else ()
        removed = [*gone, *(key for key in self.removed if key not in (*gone, slot.key))]
        return replace(self, slots=slots, removed=tuple(removed[:REMOVED]))

    def swap(self, one: str, other: str) -> Self:
        """The same with two places exchanged."""
        rest = {place: slot for place, slot in self.slots.items() if place not in (one, other)}
        pair = {one: self.at(other), other: self.at(one)}
        return replace(self, slots=rest | {place: slot for place, slot in pair.items() if slot != Slot()})

    def to_json(self) -> dict[str, Any]:
        slots = {place: slot.to_json() for place, slot in self.slots.items()}
        return {"schema": SCHEMA, "slots": slots, "order": list(self.order), "removed": list(self.removed)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """What a front's JSON says, if anything. Raises ValueError for a schema this code does not know."""
        if not content:
            return cls()
        if content.get("schema") != SCHEMA:
            raise ValueError(f"unknown schema of a front {content.get('schema')!r}")
        slots = {place: Slot.from_json(slot) for place, slot in content["slots"].items()}
        return cls(slots, tuple(content["order"]), tuple(content["removed"]))
