"""Whose tones stand where no style puts them, or not where the house style does?"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from newsroom.lib.proofreading.findings import Finding, Kind
from newsroom.lib.proofreading.leftovers import WORD
from newsroom.lib.proofreading.syllables import Placement, Syllable, is_word, syllable

_TONED: Final = re.compile("[^\x00-\x7f]")
_NAME_BEFORE: Final = re.compile(r"(?:^|[.!?…:;\n“\"(\-–—]\s*|\s[-–—]\s+)$")
_NAME_AFTER: Final = re.compile(r"\s+[^\W\d_]")


def misplaced(text: str, placement: Placement) -> Iterator[Finding]:
    """Words whose tone stands where neither style has it: "hòan" for "hoàn", "cuả" for "của"."""
    for match in WORD.finditer(text):
        typed = match[0]
        if _TONED.search(typed) and not is_word(typed) and (found := syllable(typed)) and found.tone:
            yield _moved(match, found, placement, Kind.MISPLACED)


def out_of_style(text: str, placement: Placement, usual: dict[str, Placement] | None = None) -> Iterator[Finding]:
    """Words whose tone the style places elsewhere; with `usual` only those, as they are usually spelled there."""
    for match, found in _movable(text):
        wanted = placement if usual is None else usual.get(found.spelled(Placement.OLD))
        if wanted and match[0].lower() != found.spelled(wanted) and not _may_be_name(match, text):
            yield _moved(match, found, wanted, Kind.TONES)


def usual_placements(texts: Iterable[str]) -> dict[str, Placement]:
    """Words (in the old placement) that the texts spell in both ways, each with the more frequent one."""
    counts: dict[str, Counter[Placement]] = defaultdict(Counter)
    for text in texts:
        for match, found in _movable(text):
            if not _may_be_name(match, text):
                counts[found.spelled(Placement.OLD)][placement_of(match[0], found)] += 1
    return {
        word: Placement.OLD if count[Placement.OLD] >= count[Placement.NEW] else Placement.NEW
        for word, count in counts.items()
        if len(count) == 2
    }


def placement_of(typed: str, found: Syllable) -> Placement:
    """How the word, whose placement can differ, is spelled."""
    return Placement.OLD if typed.lower() == found.spelled(Placement.OLD) else Placement.NEW


def _movable(text: str) -> Iterator[tuple[re.Match[str], Syllable]]:
    for match in WORD.finditer(text):
        if _TONED.search(match[0]) and is_word(match[0]) and (found := syllable(match[0])) and found.is_movable:
            yield match, found


def _moved(match: re.Match[str], found: Syllable, placement: Placement, kind: Kind) -> Finding:
    spelled = "".join(
        letter.upper() if typed.isupper() else letter
        for letter, typed in zip(found.spelled(placement), unicodedata.normalize("NFC", match[0]), strict=True)
    )
    return Finding(match.start(), match.end(), match[0], spelled, kind)


def _may_be_name(match: re.Match[str], text: str) -> bool:
    """People spell their names as they like. A capital tells a name, but not that of "Ủy ban" or a first word."""
    typed = match[0]
    if not typed[0].isupper() or typed.lower() in {"ủy", "uỷ"}:
        return False
    after = _NAME_AFTER.match(text, match.end())
    if after and text[after.end() - 1].isupper():
        return True
    return not _NAME_BEFORE.search(text, max(0, match.start() - 8), match.start())
