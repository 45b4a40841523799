"""How do two changes of one text become one? Field by field; what cannot be both is told as a conflict, never guessed.

Knows no database: snapshots come in, a snapshot and the conflicts go out. The body is merged by blocks (it is stored a
block a line), and inside a block that both sides changed by words, where GAP words lie unchanged between the changes.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from articles.models.snapshot import BylineRef, Snapshot

GAP: Final = 3  # words; changes that stand closer in one block may bear on each other
TOKEN: Final = re.compile(r"<[^>]*>|[^<\s]+\s*|\s+|<")
TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
VOID: Final = frozenset({"br", "hr", "img"})


@dataclass(frozen=True)
class Conflict:
    """A field that both sides changed and that cannot be both."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """Both changes in one text; in a field of `conflicts` it has what `mine` says."""

    snapshot: Snapshot
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.conflicts


class Clash(Exception):
    """Both sides changed the same place."""


def merge(base: Snapshot, mine: Snapshot, theirs: Snapshot) -> Merged:
    """Both changes of `base`. What only one side changed is that side's; what both made the same is that."""
    conflicts: list[Conflict] = []
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(Snapshot) if field.name != "schema"):
        versions = getattr(base, name), getattr(mine, name), getattr(theirs, name)
        try:
            values[name] = one_of(*versions, WAYS.get(name, clash))
        except Clash:
            conflicts.append(Conflict(name, *versions))
    return Merged(replace(mine, **values), tuple(conflicts))


def one_of(base: Any, mine: Any, theirs: Any, both: Callable[[Any, Any, Any], Any]) -> Any:
    """The value of the side that changed, or what `both` makes of two changes. Raises Clash."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else both(base, mine, theirs)


def clash(_base: Any, _mine: Any, _theirs: Any) -> Any:
    raise Clash


# --- the body ---------------------------------------------------------------------------------------------------


class Edit(NamedTuple):
    """A stretch of the base, from `start` to before `end`, and what stands there instead on one side."""

    start: int
    end: int
    instead: list[str]


def body(base: str, mine: str, theirs: str) -> str:
    """Bodies by blocks. Raises Clash where both changed a block beyond what words can tell apart."""
    merged = sequence(base.split("\n"), mine.split("\n"), theirs.split("\n"), are_one_place, blocks)
    return "\n".join(block for block in merged if block)


def blocks(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """A stretch of blocks that both changed: block by block, if it has as many of them on both sides."""
    if not len(base) == len(mine) == len(theirs):
        raise Clash
    return [one_of(*versions, words) for versions in zip(base, mine, theirs, strict=True)]


def words(base: str, mine: str, theirs: str) -> str:
    """One block by its words and tags; a result whose tags do not pair is a Clash."""
    merged = "".join(sequence(TOKEN.findall(base), TOKEN.findall(mine), TOKEN.findall(theirs), are_near, clash))
    if not is_paired(merged):
        raise Clash
    return merged


def sequence(
    base: list[str],
    mine: list[str],
    theirs: list[str],
    meet: Callable[[Edit, Edit], bool],
    both: Callable[[list[str], list[str], list[str]], list[str]],
) -> list[str]:
    """Apply the edits of both sides to the base; `both` decides where edits of the two sides meet."""
    sides = edits(base, mine), edits(base, theirs)
    merged: list[str] = []
    done = 0
    while sides[0] or sides[1]:
        group = next_group(sides, meet)
        start = min(edit.start for side in group for edit in side)
        end = max(edit.end for side in group for edit in side)
        merged += base[done:start]
        here, there = (applied(base, start, end, side) for side in group)
        if group[0] and group[1]:
            merged += one_of(base[start:end], here, there, both)
        else:
            merged += here if group[0] else there
        done = end
    return merged + base[done:]


def edits(base: Sequence[str], side: Sequence[str]) -> list[Edit]:
    """What the side changed, in the order of the base."""
    steps = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [Edit(i1, i2, list(side[j1:j2])) for tag, i1, i2, j1, j2 in steps if tag != "equal"]


def next_group(
    sides: tuple[list[Edit], list[Edit]], meet: Callable[[Edit, Edit], bool]
) -> tuple[list[Edit], list[Edit]]:
    """Take from both sides the first edit and all that meet it, directly or by way of others."""
    group: tuple[list[Edit], list[Edit]] = ([], [])
    first = min((0, 1), key=lambda n: (sides[n][0].start, sides[n][0].end) if sides[n] else (float("inf"), 0))
    group[first].append(sides[first].pop(0))
    grows = True
    while grows:
        grows = False
        for here, there in ((0, 1), (1, 0)):
            while sides[here] and any(meet(sides[here][0], edit) for edit in group[there]):
                group[here].append(sides[here].pop(0))
                grows = True
    return group


def applied(base: list[str], start: int, end: int, side: list[Edit]) -> list[str]:
    """The stretch of the base as one side has it."""
    merged: list[str] = []
    for edit in side:
        merged += base[start : edit.start] + edit.instead
        start = edit.end
    return merged + base[start:end]


def are_one_place(one: Edit, other: Edit) -> bool:
    """The edits share a block, or add at the same point; neighbours do not bear on each other."""
    if one.start == one.end or other.start == other.end:
        point, stretch = (one, other) if one.start == one.end else (other, one)
        return stretch.start < point.start < stretch.end or (point.start, point.end) == (stretch.start, stretch.end)
    return one.start < other.end and other.start < one.end


def are_near(one: Edit, other: Edit) -> bool:
    """Fewer than GAP words lie unchanged between the edits."""
    return one.start < other.end + GAP and other.start < one.end + GAP


def is_paired(html: str) -> bool:
    """Every tag is closed, in the order in which they were opened."""
    stack: list[str] = []
    for is_end, name in TAG.findall(html):
        if not is_end and name not in VOID:
            stack.append(name)
        elif is_end and (not stack or stack.pop() != name):
            return False
    return not stack


# --- lists ----------------------------------------------------------------------------------------------------


def listed(
    base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...], key: Callable[[Any], Hashable] = lambda x: x
) -> tuple[Any, ...]:
    """Lists as sets with an order: what one side put in or took out. Raises Clash where both set another order."""
    for one in {key(item) for item in (*base, *mine, *theirs)}:
        before, here, there = ({item for item in side if key(item) == one} for side in (base, mine, theirs))
        one_of(before, here, there, clash)
    kept = [item for item in base if item in mine and item in theirs]
    my_order, their_order = ([item for item in side if item in kept] for side in (mine, theirs))
    merged = list(one_of(kept, my_order, their_order, clash))
    for side in (theirs, mine):
        for place, item in enumerate(side):
            if item not in base and item not in merged:
                ahead = next((other for other in reversed(side[:place]) if other in merged), None)
                merged.insert(merged.index(ahead) + 1 if ahead is not None else 0, item)
    return tuple(merged)


def names(
    base: tuple[BylineRef, ...], mine: tuple[BylineRef, ...], theirs: tuple[BylineRef, ...]
) -> tuple[BylineRef, ...]:
    """Bylines; the same person given two different roles is a Clash."""
    return listed(base, mine, theirs, key=lambda ref: ref.author)


WAYS: Final[dict[str, Callable[[Any, Any, Any], Any]]] = {
    "body": body,
    "bylines": names,
    "tags": listed,
    "other_sections": listed,
    "related": listed,
}
