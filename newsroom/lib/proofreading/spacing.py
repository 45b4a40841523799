"""Where are spaces missing, too many, or of the kind that does not break?"""

import re
from collections.abc import Iterator
from typing import Final

from newsroom.lib.proofreading.findings import Finding, Kind
from newsroom.lib.proofreading.syllables import is_word

_GAP: Final = "[ \u00a0]"
_BEFORE_MARK: Final = re.compile(rf"(?<=[^\W_])({_GAP}+)([,;:!?]|\.(?!\.))(?=\s|$)", re.MULTILINE)
_ASTRAY: Final = re.compile(rf"(?<=[^\W_]){_GAP}+,(?=[^\W\d_])")
_AFTER_OPENING: Final = re.compile(rf"(?<=[(“])({_GAP}+)(?=[^\W_])")
_BEFORE_CLOSING: Final = re.compile(rf"(?<=[^\W_])({_GAP}+)(?=[)”](?:[\s,.;:!?)]|$))", re.MULTILINE)
_MANY: Final = re.compile(rf"(?<=\S){_GAP}{{2,}}(?=\S)")
_NO_BREAK: Final = re.compile("(?<=\\S)\u00a0(?=\\S)")
_GLUED: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})([,.;:!?])([^\W\d_]{2,})")
_KEPT_TOGETHER: Final = re.compile(r"(?:[0-9%$€]|\b(?:TP|Tp|tp|ông|bà|anh|chị|em|Ông|Bà|Số|số)\.?|[-–—«])$")


def spacing(text: str) -> Iterator[Finding]:
    """Spaces beside marks first, for what stands there are often several."""
    for match in _BEFORE_MARK.finditer(text):
        if not (match[2] == ":" and text[match.start() - 1].isdigit()):  # 3 : 2
            yield _found(match, match[2], Kind.PUNCTUATION)
    for match in _ASTRAY.finditer(text):
        yield _found(match, ", ", Kind.PUNCTUATION)
    for pattern in (_AFTER_OPENING, _BEFORE_CLOSING):
        for match in pattern.finditer(text):
            yield _found(match, "", Kind.PUNCTUATION)
    yield from _glued(text)
    for match in _MANY.finditer(text):
        yield _found(match, " ", Kind.SPACES)
    for match in _NO_BREAK.finditer(text):
        if not _is_wanted(text, match.start()):
            yield _found(match, " ", Kind.NO_BREAK)


def _glued(text: str) -> Iterator[Finding]:
    """Two words around a mark without a space; both must be Vietnamese, for addresses and abbreviations are not."""
    place = 0
    while match := _GLUED.search(text, place):
        place = match.end(2)
        before, mark, after = match.groups()
        if mark in ".:!?;" and not (before.islower() and after[0].isupper() and after[1:].islower()):
            continue
        if mark == "," and (before.isupper() or not after.islower()) and not (before.islower() and after.istitle()):
            continue
        if is_word(before) and is_word(after):
            start, end = match.start(2), match.start(3) + 1
            yield Finding(start, end, text[start:end], f"{mark} {after[0]}", Kind.PUNCTUATION)


def _is_wanted(text: str, place: int) -> bool:
    """Between a number and its unit, and after a title, a line should not break."""
    return bool(_KEPT_TOGETHER.search(text, max(0, place - 5), place)) or text[place + 1] in "0123456789%»–—-"


def _found(match: re.Match[str], mend: str, kind: Kind) -> Finding:
    return Finding(match.start(), match.end(), match[0], mend, kind)
