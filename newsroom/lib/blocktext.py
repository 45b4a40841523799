"""Where in HTML does each character of its text stand, so that the text can be changed and the markup cannot?"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import escape, unescape
from typing import Final, NamedTuple

from newsroom.lib.markup import INLINE, TOKEN

_QUIET: Final = INLINE | {"span", "b", "i", "u", "font", "s", "small", "code", "mark"}
_SIGN: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});|[ \t\n\r\f]+|.", re.DOTALL)
_SPACE: Final = frozenset(" \t\n\r\f")
_UNSEEN: Final = frozenset("\u200b\ufeff\u00ad")  # an editor's own, and none of the writer's

Span = tuple[int, int]


class Change(NamedTuple):
    """text[start:end] becomes `new`."""

    start: int
    end: int
    new: str


class BlockText:
    """The text of HTML as it is read, a line for each block; white space between words is one space."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._signs: list[str] = []
        self._spans: list[Span] = []
        read = 0
        for token in TOKEN.finditer(html):
            self._read(read, token.start())
            read = token.end()
            if (token["name"] or "").lower() not in _QUIET and token["name"]:
                self._break(read)
        self._read(read, len(html))
        self._trim(" \n")
        self.text = "".join(self._signs)

    def changed(self, changes: Iterable[Change]) -> str:
        """The HTML with these changes, which do not touch each other; only letters that differ are replaced."""
        html = self.html
        steps = [step for change in changes for step in self._steps(change)]
        for start, end, new in sorted(steps, reverse=True):
            spans = self._spans[start:end]
            for first, last in reversed(spans[1:]):
                html = html[:first] + html[last:]
            first, last = spans[0] if spans else (self._after(start), self._after(start))
            html = html[:first] + escape(new, quote=False) + html[last:]
        return html

    def _steps(self, change: Change) -> Iterator[Change]:
        """The change letter by letter, so that each stays in the markup in which it stands; word by word if it can."""
        start, old, new = change.start, self.text[change.start : change.end], change.new
        is_even = old.count(" ") == new.count(" ")
        for word, fresh in zip(old.split(" "), new.split(" "), strict=True) if is_even else [(old, new)]:
            for tag, i1, i2, j1, j2 in SequenceMatcher(None, word, fresh, autojunk=False).get_opcodes():
                if tag != "equal":
                    yield Change(start + i1, start + i2, fresh[j1:j2])
            start += len(word) + 1

    def _after(self, place: int) -> int:
        """Where to write what comes before this character: behind the one before it."""
        return self._spans[place - 1][1] if place else self._spans[0][0] if self._spans else 0

    def _read(self, start: int, end: int) -> None:
        for sign in _SIGN.finditer(self.html, start, end):
            seen = unescape(sign[0])
            if seen[0] in _SPACE:
                if self._signs and self._signs[-1] not in " \n":
                    self._add(" ", sign.span())
            elif seen not in _UNSEEN:
                self._add(seen[0], sign.span())

    def _break(self, place: int) -> None:
        self._trim()
        if self._signs and self._signs[-1] != "\n":
            self._add("\n", (place, place))

    def _trim(self, signs: str = " ") -> None:
        while self._signs and self._signs[-1] in signs:
            self._signs.pop()
            self._spans.pop()

    def _add(self, sign: str, span: Span) -> None:
        self._signs.append(sign)
        self._spans.append(span)
