"""What differs between two versions of a story, so that a person can read it?

Plain values, no HTML and no database: pictures, authors, sections and tags stay keys, which templates' views resolve.
"""

from collections.abc import Hashable
from dataclasses import dataclass, fields
from typing import Any, Final

from articles.differences.blocks import Block, BlockChange, blocks, compare_bodies
from articles.differences.words import ADDED, REMOVED, SAME, Item, Segment, is_changed, items, words
from articles.models.snapshot import PictureRef, Snapshot

__all__ = [
    "ADDED",
    "NAMES",
    "REMOVED",
    "SAME",
    "Block",
    "BlockChange",
    "Change",
    "Item",
    "Segment",
    "blocks",
    "compare",
    "compare_bodies",
    "difference",
    "items",
    "words",
]

# As a reader meets them; what a snapshot gains later comes at the end.
_ORDER: Final = ("headline", "subheadline", "lead", "picture", "body", "bylines", "source", "section")
_CHOICES: Final = frozenset({"comment_policy", "presentation"})
NAMES: Final = (
    *_ORDER,
    *(each.name for each in fields(Snapshot) if each.name not in {*_ORDER, "schema"}),
)


@dataclass(frozen=True)
class Change:
    """What became of one field. A text has segments, a body blocks, a list items; a picture items and its caption."""

    name: str
    segments: tuple[Segment, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def is_changed(self) -> bool:
        return (
            is_changed(self.segments)
            or any(block.is_changed for block in self.blocks)
            or any(item.kind != SAME for item in self.items)
        )


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Every field of both, changed or not, in the order in which a reader meets them."""
    return [difference(name, getattr(old, name), getattr(new, name)) for name in NAMES]


def difference(name: str, old: Any, new: Any) -> Change:
    """What became of this field, given its two values as a Snapshot has them."""
    if name == "body":
        return Change(name, blocks=compare_bodies(old, new))
    if name == "picture":
        return _pictures(name, old, new)
    if isinstance(old, str) and isinstance(new, str) and name not in _CHOICES:
        return Change(name, segments=words(old, new))
    return Change(name, items=items(_listed(old), _listed(new)))


def _pictures(name: str, old: PictureRef | None, new: PictureRef | None) -> Change:
    keys = [() if ref is None else (ref.image,) for ref in (old, new)]
    captions = ["" if ref is None else ref.caption for ref in (old, new)]
    return Change(name, segments=words(*captions), items=items(*keys))


def _listed(value: Any) -> tuple[Hashable, ...]:
    """A list as it is; a single value as a list of one; nothing as an empty one."""
    if isinstance(value, (tuple, list)):
        return tuple(value)
    return () if value in (None, "") else (value,)
