"""Which quotation marks are not the “ ” of newspapers, or lack their other half?

A paragraph at a time. A mark that opens and is not closed is no fault where the next paragraph opens another one: so
long quotations are set.
"""

import re
from collections.abc import Iterator
from typing import Final

from newsroom.lib.proofreading.findings import Finding, Kind

_MARK: Final = re.compile("''|``|(?<!\\S),,(?=\\w)|[\"“”„‟]")
_LETTERS_BEFORE: Final = frozenset(" \u00a0\t([{“‘«-–—/")


def quotes(text: str) -> Iterator[Finding]:
    """The findings of every paragraph (a line)."""
    start, carried = 0, False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_continued = following.startswith("“")
        found, is_open = _of_line(line, start, is_continued, carried)
        yield from found
        carried = is_open and is_continued
        start += len(line) + 1


def _of_line(line: str, start: int, is_continued: bool, carried: bool) -> tuple[list[Finding], bool]:
    found: list[Finding] = []
    opened: int | None = None
    for match in _MARK.finditer(line):
        typed, place = match[0], match.start()
        wanted = _wanted(line, match, opened is not None)
        if wanted is None:
            continue
        if wanted != typed:
            found.append(Finding(start + place, start + match.end(), typed, wanted, Kind.QUOTES))
        if wanted == "“":
            if opened is not None:
                found.append(_alone(line, start, opened))
            opened = place
        elif opened is None:
            if wanted == typed:  # one that is mended is told once
                found.append(_alone(line, start, place))
        else:
            opened = None
    if opened is not None and not is_continued:
        found.append(_alone(line, start, opened))
    return found, opened is not None


def _wanted(line: str, match: re.Match[str], is_open: bool) -> str | None:
    """Which mark belongs here; None where it is none: inches, seconds, the empty string."""
    typed = match[0]
    before = line[match.start() - 1] if match.start() else " "
    after = line[match.end()] if match.end() < len(line) else " "
    if typed in {'"', "''"} and before.isdigit() and not is_open:
        return None
    begins, ends = before in _LETTERS_BEFORE and not after.isspace(), after in _AFTER and before not in " \u00a0"
    if typed in {"“", "``", ",,", "„", "‟"}:
        return "”" if is_open and ends and not begins else "“"
    if typed == "”":
        return "“" if not is_open and begins and not ends else "”"
    return "“" if begins and not (is_open and ends) else "”" if is_open or ends else None


_AFTER: Final = frozenset(" \u00a0,.;:!?)]}…”’»-–—/")


def _alone(line: str, start: int, place: int) -> Finding:
    typed = _MARK.match(line, place)
    there = typed[0] if typed else line[place]
    return Finding(start + place, start + place + len(there), there, None, Kind.UNBALANCED)
