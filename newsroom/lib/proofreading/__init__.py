"""What would a proof-reader mark in a Vietnamese text? Findings with what is there and what it should be.

A text may have several paragraphs, one a line. Nothing is marked inside addresses, and what is not sure is left alone:
a mark that nobody believes costs more than a fault that nobody marks.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from newsroom.lib.proofreading.characters import characters
from newsroom.lib.proofreading.findings import Finding, Kind
from newsroom.lib.proofreading.leftovers import leftovers
from newsroom.lib.proofreading.quotes import quotes
from newsroom.lib.proofreading.spacing import spacing
from newsroom.lib.proofreading.syllables import Placement
from newsroom.lib.proofreading.tones import misplaced, out_of_style, usual_placements

__all__ = ["Finding", "Kind", "Placement", "applied", "proofread", "usual_placements"]

_ADDRESS: Final = re.compile(
    r"""
      \b[a-z][a-z0-9+.-]{1,20}://[^\s<>“”"]+
    | (?<![\w.])www\.[^\s<>“”"]+
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+
    | (?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|vn|net|org|gov|edu|info|io|tv|me|eu|uk|us|asia)\b(?:/[^\s<>“”"]*)?
    | (?<!\w)[@\#][\w.]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LAST_MARK: Final = re.compile("[.,;:!?)]+$")
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


def proofread(
    text: str, house: Placement | None = Placement.OLD, usual: dict[str, Placement] | None = None
) -> list[Finding]:
    """The findings in order; none touches another.

    `house` is the style of the house for tones. Without one, a word that is spelled in both ways is marked where it is
    spelled in the rarer one: in this text, or as `usual` says (see usual_placements) of several.
    """
    if house is None and usual is None:
        usual = usual_placements([text])
    placement = house or Placement.OLD
    found = chain(
        characters(text),
        leftovers(text, placement),
        misplaced(text, placement),
        out_of_style(text, placement, None if house else usual),
        spacing(text),
        quotes(text),
    )
    return list(_apart(found, [_span(match) for match in _ADDRESS.finditer(text)]))


def applied(text: str, findings: Iterable[Finding]) -> str:
    """The text with these findings, which are its own, mended; those without a mend stay."""
    for finding in sorted(findings, reverse=True):
        if finding.mend is not None:
            text = text[: finding.start] + finding.mend + text[finding.end :]
    return text


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The address without the marks of the sentence around it."""
    return match.start(), match.start() + len(_LAST_MARK.sub("", match[0]))


def _apart(found: Iterable[Finding], taken: list[tuple[int, int]]) -> Iterator[Finding]:
    """Findings outside of addresses; where two meet, the one whose kind comes first."""
    spans: list[tuple[int, int, int, Finding | None]] = [(start, end, -1, None) for start, end in taken]
    spans += [(one.start, one.end, _ORDER[one.kind], one) for one in found]
    kept: list[tuple[int, int, int, Finding | None]] = []
    for span in sorted(spans, key=lambda span: (span[0], span[2])):
        if kept and span[0] < kept[-1][1]:
            if span[2] >= kept[-1][2]:
                continue
            kept.pop()
        kept.append(span)
    return (one for *_, one in kept if one is not None)
