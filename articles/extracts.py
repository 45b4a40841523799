"""Which stretch of a story shows best what the reader looked for, and which words in it are marked?"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from articles.queries import Query
from newsroom.lib import text

LENGTH: Final = 240  # characters of an extract

_FINAL_I: Final = re.compile("(?<=[hklmst])i$")  # "ki" stands for kỹ and kĩ

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `marked` where it is what the reader looked for."""

    text: str
    marked: bool = False


def spans(original: str, query: Query) -> list[Span]:
    """Where the query stands in an NFC text: all words side by side if they do anywhere, else phrases and words."""
    plain = text.fold_chars(text.old_tone_placement(original))
    parts = sorted(map(_pattern, query.parts), key=len, reverse=True)
    for pattern in (_pattern(query.folded), "|".join(parts)):
        found = re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", plain) if pattern else []
        if at := [(match.start(), _whole(original, match.end())) for match in found]:
            return at
    return []


def _pattern(words: list[str]) -> str:
    return r"[\W_]+".join(_FINAL_I.sub("[iy]", word) for word in words)


def pieces(original: str, found: Iterable[Span]) -> list[Piece]:
    """The text cut at the spans, nothing lost."""
    cut, at = [], 0
    for start, end in found:
        cut += [Piece(original[at:start]), Piece(original[start:end], marked=True)]
        at = end
    return [piece for piece in [*cut, Piece(original[at:])] if piece.text]


def extract(original: str, query: Query) -> list[Piece]:
    """About LENGTH characters where most of the query stands together; places with words as typed come first."""
    found = spans(original, query)
    as_typed = text.old_tone_placement(_lower(original))
    plain = text.fold_chars(original)
    starts = [start for start, _ in found]

    def worth(number: int) -> tuple[bool, int, int]:
        start, end = found[number]
        exact = any(word in as_typed[start:end] for word in query.as_typed)
        near = found[number : bisect_left(starts, start + LENGTH * 2 // 3)]
        return exact, len({plain[first:last] for first, last in near}), len(near)

    best = max(range(len(found)), key=worth, default=None)  # the first of equals
    first, last = _window(original, 0 if best is None else found[best][0])
    inside = [(start - first, end - first) for start, end in found if start >= first and end <= last]
    shown = pieces(original[first:last], inside)
    return [*([Piece("… ")] if first else []), *shown, *([Piece(" …")] if last < len(original) else [])]


def _lower(original: str) -> str:
    """In lower case and as long as the original: letters that would become two stay."""
    lower = original.lower()
    if len(lower) == len(original):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in original)


def _window(original: str, around: int) -> Span:
    """Where an extract begins and ends so that it shows this place and cuts no word that is shorter than itself."""
    if len(original) <= LENGTH:
        return 0, len(original)
    first = max(0, min(around - LENGTH // 4, len(original) - LENGTH))
    if first:
        space = original.find(" ", first, around)
        first = space + 1 if space >= 0 else around
    last = min(len(original), first + LENGTH)
    if last < len(original):
        space = original.rfind(" ", around, last)
        last = space if space > around else _whole(original, last)
    return first, last


def _whole(original: str, at: int) -> int:
    """The next place that does not cut a letter from its marks, or an emoji from what is joined to it."""
    while at < len(original) and (
        unicodedata.category(original[at])[0] == "M" or "\u200d" in original[at - 1 : at + 1]
    ):
        at += 1
    return at
