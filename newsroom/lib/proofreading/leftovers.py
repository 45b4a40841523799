"""Where in a text did keys of Telex or VNI stay what they were?

Only what is no Vietnamese syllable and becomes one is looked at, and what might as well be a name, a code or a word of
another language is taken for one: a leftover that nobody marks costs less than a mark that nobody believes. Beside a
sure leftover an unsure one is sure enough; a run of them is one finding.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from newsroom.lib.proofreading.findings import Finding, Kind
from newsroom.lib.proofreading.foreign import FOREIGN
from newsroom.lib.proofreading.keystrokes import Meant, cased, telex, vni
from newsroom.lib.proofreading.syllables import Placement, is_word

WORD: Final = re.compile("[^\\W_][\\w\u0300-\u036f]*")
_TELEX_KEYS: Final = re.compile("[sfrxjw]|aa|ee|oo|dd")
_LONG: Final = 5  # letters from which a word in capitals is no abbreviation


class _Leftover(NamedTuple):
    match: re.Match[str]
    meant: Meant
    kind: Kind
    is_sure: bool


def leftovers(text: str, placement: Placement) -> Iterator[Finding]:
    """The runs of leftovers, with tones placed as told in what they should be."""
    found = [leftover for match in WORD.finditer(text) if (leftover := _leftover(match))]
    for run in _runs(found, text):
        if any(leftover.is_sure for leftover in run):
            yield _finding(run, text, placement)


def _runs(found: list[_Leftover], text: str) -> Iterator[list[_Leftover]]:
    """Leftovers of one kind with nothing but a space between them."""
    run = found[:1]
    for before, after in pairwise(found):
        if before.kind != after.kind or text[before.match.end() : after.match.start()] != " ":
            yield run
            run = []
        run.append(after)
    if run:
        yield run


def _finding(run: list[_Leftover], text: str, placement: Placement) -> Finding:
    start, end = run[0].match.start(), run[-1].match.end()
    mend = " ".join(cased(one.meant.syllable.spelled(placement), one.match[0]) for one in run)
    return Finding(start, end, text[start:end], mend, run[0].kind)


def _leftover(match: re.Match[str]) -> _Leftover | None:
    typed = unicodedata.normalize("NFC", match[0])
    lower = typed.lower()
    if len(lower) > 12 or not _is_plain_case(typed):
        return None
    if lower.isalpha():
        return _of_telex(match, typed, lower)
    if any(sign.isdigit() for sign in lower) and lower.isalnum() and (meant := vni(lower)):
        return _Leftover(match, meant, Kind.VNI, _is_sure_vni(typed, meant))
    return None


def _of_telex(match: re.Match[str], typed: str, lower: str) -> _Leftover | None:
    if not _TELEX_KEYS.search(lower) or lower in FOREIGN or is_word(lower) or not (meant := telex(lower)):
        return None
    return _Leftover(match, meant, Kind.TELEX, _is_sure_telex(typed, meant))


def _is_plain_case(typed: str) -> bool:
    return typed.islower() or typed[1:].islower() or (typed.isupper() and len(typed) >= _LONG)


def _is_sure_telex(typed: str, meant: Meant) -> bool:
    has_marks, is_name = not typed.isascii(), typed[0].isupper()
    if typed.isupper():
        return meant.is_shaped and bool(meant.tone_key)
    if meant.is_shaped and (meant.tone_key or typed[:2].lower() == "dd"):
        return not is_name or not _ENDS_LIKE_A_NAME.search(typed)
    if meant.is_spread:
        return has_marks
    if "uow" in typed or "uw" in typed:
        return True
    return not is_name or meant.tone_key in set("fj")


def _is_sure_vni(typed: str, meant: Meant) -> bool:
    """Codes end in their digits: "u23", "co2"."""
    return meant.is_spread or (meant.is_shaped and bool(meant.tone_key) and not typed[0].isupper())


_ENDS_LIKE_A_NAME: Final = re.compile("^[^dD].*(?:aa|ee|oo)[sr]$|^[dD][^d].*(?:aa|ee|oo)[sr]$")
