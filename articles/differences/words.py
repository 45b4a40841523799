"""Which words of a text were taken out, which were put in, and which were left alone?

Vietnamese is written in syllables: a syllable is a word here, punctuation stands apart, a number such as 1.200 is one
word. Whatever is left alone is never reported as changed, except a word or two stranded between two rewritten
stretches: a sentence written anew is read more easily as one removal and one addition.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from os.path import commonprefix
from typing import Any, Final, NamedTuple

SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"

_TOKEN: Final = re.compile(r"\d+(?:[.,:/]\d+)*|[\w\u0300-\u036f]+|\s+|[^\w\s]")
_LONGEST_ANCHOR: Final = 3  # words; a stretch of three that is unique in both texts joins them first
_SMALL: Final = 40_000  # old words times new words: what difflib compares in a moment
_STRANDED: Final = 2  # words
_REWRITTEN: Final = 4  # words on either side of the stranded ones


@dataclass(frozen=True)
class Segment:
    """A stretch of text: joining what is same and removed gives the old text, same and added the new one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Item:
    """A member of a list (an author, a tag, a section): kept, added or removed."""

    kind: str
    value: Any


class Pair(NamedTuple):
    """The old item at `old` and the new one at `new` are equal."""

    old: int
    new: int


def words(old: str, new: str) -> tuple[Segment, ...]:
    """The difference of two texts, word by word; no segments where both are empty."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    old_places = [place for place, token in enumerate(before) if not token.isspace()]
    new_places = [place for place, token in enumerate(after) if not token.isspace()]
    old_words, new_words = [before[place] for place in old_places], [after[place] for place in new_places]
    kept = _without_stranded(matches(old_words, new_words), old_words, new_words)
    pieces = _pieces(before, after, [Pair(old_places[pair.old], new_places[pair.new]) for pair in kept])
    return tuple(
        Segment(kind, "".join(segment.text for segment in group))
        for kind, group in groupby(pieces, key=lambda segment: segment.kind)
    )


def is_changed(segments: Iterable[Segment]) -> bool:
    return any(segment.kind != SAME for segment in segments)


def items(old: tuple[Hashable, ...], new: tuple[Hashable, ...]) -> tuple[Item, ...]:
    """The members of both lists, in order: same and removed ones are the old list, same and added ones the new."""
    found: list[Item] = []
    done = Pair(0, 0)
    for pair in [*matches(old, new), Pair(len(old), len(new))]:
        found += [Item(REMOVED, value) for value in old[done.old : pair.old]]
        found += [Item(ADDED, value) for value in new[done.new : pair.new]]
        if pair.old < len(old):
            found.append(Item(SAME, old[pair.old]))
        done = Pair(pair.old + 1, pair.new + 1)
    return tuple(found)


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Which items of both stay, in order. Time grows with the length, not with its square, whatever the texts are.

    Patience first: stretches that are unique in both texts join them, long ones before short ones; difflib looks at
    what is left between them.
    """
    return list(_matches(old, new, Pair(0, 0), Pair(len(old), len(new)), _LONGEST_ANCHOR))


def _matches(old: Sequence[Hashable], new: Sequence[Hashable], start: Pair, end: Pair, length: int) -> Iterator[Pair]:
    first, last = start.old, end.old
    shift = start.new - start.old
    while first < end.old and first + shift < end.new and old[first] == new[first + shift]:
        yield Pair(first, first + shift)
        first += 1
    start, shift = Pair(first, first + shift), end.new - end.old
    while last > start.old and last + shift > start.new and old[last - 1] == new[last - 1 + shift]:
        last -= 1
    middle = Pair(last, last + shift)
    if start.old < middle.old and start.new < middle.new:
        yield from _between(old, new, start, middle, length)
    yield from (Pair(place, place + shift) for place in range(last, end.old))


def _between(old: Sequence[Hashable], new: Sequence[Hashable], start: Pair, end: Pair, length: int) -> Iterator[Pair]:
    """Matches where neither the first nor the last items are equal."""
    if length == 0:
        yield from _by_difflib(old, new, start, end)
        return
    done = start
    for anchor in _anchors(old, new, start, end, length):
        if anchor.old < done.old or anchor.new < done.new:
            continue  # overlaps the one before
        yield from _matches(old, new, done, anchor, length - 1)
        yield from (Pair(anchor.old + step, anchor.new + step) for step in range(length))
        done = Pair(anchor.old + length, anchor.new + length)
    yield from _matches(old, new, done, end, length - 1)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], start: Pair, end: Pair, length: int) -> list[Pair]:
    """Stretches of that length that occur once in both, as many of them as stand in the same order."""
    in_old, in_new = _unique(old, start.old, end.old, length), _unique(new, start.new, end.new, length)
    common = [Pair(place, in_new[stretch]) for stretch, place in in_old.items() if stretch in in_new]
    return _longest_rising(common)


def _unique(items: Sequence[Hashable], start: int, end: int, length: int) -> dict[tuple[Hashable, ...], int]:
    stretches = [tuple(items[place : place + length]) for place in range(start, end - length + 1)]
    often = Counter(stretches)
    return {stretch: start + n for n, stretch in enumerate(stretches) if often[stretch] == 1}


def _longest_rising(pairs: list[Pair]) -> list[Pair]:
    """The longest run of pairs, given in the old order, that is in the new order too (patience sorting)."""
    ends: list[int] = []  # the smallest new place on which a run of each length ends
    tops: list[int] = []
    before: list[int] = []
    for n, pair in enumerate(pairs):
        pile = bisect_left(ends, pair.new)
        before.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [pair.new]
        tops[pile : pile + 1] = [n]
    run: list[Pair] = []
    place = tops[-1] if tops else -1
    while place >= 0:
        run.append(pairs[place])
        place = before[place]
    return run[::-1]


def _by_difflib(old: Sequence[Hashable], new: Sequence[Hashable], start: Pair, end: Pair) -> Iterator[Pair]:
    """What difflib finds; nothing where much is to be compared that has no unique word in common."""
    if (end.old - start.old) * (end.new - start.new) > _SMALL:
        return
    matcher = SequenceMatcher(None, old[start.old : end.old], new[start.new : end.new], autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            yield Pair(start.old + block.a + step, start.new + block.b + step)


def _without_stranded(pairs: list[Pair], old: list[str], new: list[str]) -> list[Pair]:
    """The pairs without punctuation alone, or a word or two, between stretches that were rewritten."""
    runs: list[list[Pair]] = []
    for pair in pairs:
        if runs and Pair(runs[-1][-1].old + 1, runs[-1][-1].new + 1) == pair:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    kept: list[Pair] = []
    for run, following in zip(runs, [*runs[1:], [Pair(len(old), len(new))]], strict=False):
        done = Pair(kept[-1].old + 1, kept[-1].new + 1) if kept else Pair(0, 0)
        left = max(run[0].old - done.old, run[0].new - done.new)
        right = max(following[0].old - run[-1].old, following[0].new - run[-1].new) - 1
        size = sum(old[pair.old][0].isalnum() for pair in run)
        if not _is_stranded(size, left, right):
            kept += run
    return kept


def _is_stranded(size: int, left: int, right: int) -> bool:
    return min(left, right) > 0 and (size == 0 or (size <= _STRANDED and min(left, right) >= _REWRITTEN))


def _pieces(old: list[str], new: list[str], pairs: list[Pair]) -> Iterator[Segment]:
    done = Pair(0, 0)
    for pair in [*pairs, Pair(len(old), len(new))]:
        yield from _gap("".join(old[done.old : pair.old]), "".join(new[done.new : pair.new]))
        if pair.old < len(old):
            yield Segment(SAME, old[pair.old])
        done = Pair(pair.old + 1, pair.new + 1)


def _gap(old: str, new: str) -> Iterator[Segment]:
    """What stands between two words that are left alone; white space at both ends is no change by itself."""
    head = _common_space(old, new)
    old, new = old[len(head) :], new[len(head) :]
    tail = _common_space(old[::-1], new[::-1])[::-1]
    old, new = old[: len(old) - len(tail)], new[: len(new) - len(tail)]
    for kind, text in ((SAME, head), (REMOVED, old), (ADDED, new), (SAME, tail)):
        if text:
            yield Segment(kind, text)


def _common_space(one: str, other: str) -> str:
    common = commonprefix([one, other])
    return common[: len(common) - len(common.lstrip())]
