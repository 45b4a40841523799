"""Which stretch of a story shows best what the reader looked for, and which words in it are marked?"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from newsroom.lib import text

LENGTH: Final = 240  # characters of an extract

_FINAL_I: Final = re.compile("(?<=[hklmst])i$")  # "ki" stands for kỹ and kĩ

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `marked` where it is what the reader looked for."""

    text: str
    marked: bool = False


def spans(original: str, words: list[str]) -> list[Span]:
    """Where the folded words stand in an NFC text: side by side if they do anywhere, else each for itself."""
    plain = text.fold_chars(text.old_tone_placement(original))
    forms = [_FINAL_I.sub("[iy]", word) for word in words]
    for pattern in (r"[\W_]+".join(forms), "|".join(sorted(set(forms), key=len, reverse=True))):
        found = [match.span() for match in re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", plain)]
        if found:
            return found
    return []


def pieces(original: str, found: Iterable[Span]) -> list[Piece]:
    """The text cut at the spans, nothing lost."""
    cut, at = [], 0
    for start, end in found:
        cut += [Piece(original[at:start]), Piece(original[start:end], marked=True)]
        at = end
    return [piece for piece in [*cut, Piece(original[at:])] if piece.text]


def extract(original: str, words: list[str], typed: list[str]) -> list[Piece]:
    """About LENGTH characters where most of the folded words stand together; places with words as typed come first."""
    found = spans(original, words)
    if not found:
        return [Piece(text.excerpt(original, LENGTH))]
    as_typed = text.old_tone_placement(original.lower())
    plain = text.fold_chars(original)
    starts = [start for start, _ in found]

    def worth(number: int) -> tuple[bool, int, int]:
        start, end = found[number]
        exact = any(word in as_typed[start:end] for word in typed)
        near = found[number : bisect_left(starts, start + LENGTH * 2 // 3)]
        return exact, len({plain[first:last] for first, last in near}), len(near)

    best = max(range(len(found)), key=worth)  # the first of equals
    first, last = _window(original, found[best][0])
    inside = [(start - first, end - first) for start, end in found if start >= first and end <= last]
    shown = pieces(original[first:last], inside)
    return [*([Piece("… ")] if first else []), *shown, *([Piece(" …")] if last < len(original) else [])]


def _window(original: str, around: int) -> Span:
    """Where an extract begins and ends so that it shows this place and cuts no word."""
    if len(original) <= LENGTH:
        return 0, len(original)
    first = max(0, min(around - LENGTH // 4, len(original) - LENGTH))
    if first:
        space = original.find(" ", first, around)
        first = space + 1 if space >= 0 else around
    last = min(len(original), first + LENGTH)
    if last < len(original):
        space = original.rfind(" ", around, last)
        last = space if space > around else last
    return first, last
