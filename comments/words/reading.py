"""How does the matcher read a text: which letters are meant, which words do they make, and where does each stand?

Disguises of the letters end here: composed and decomposed text, zero-width characters, strokes through letters,
full-width and mathematical alphabets, and letters of other scripts that look like Latin ones.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SHAPES: Final = "\u0302\u0306\u031b"  # of â ă ơ; every other mark on a letter is a disguise
_MARKS: Final = frozenset(TONES + _SHAPES)
_LOOKS_LIKE: Final = {
    "a": "аАΑαɑᴀ", "b": "вВΒβьЬʙ", "c": "сСϲᴄ", "d": "ԁᴅ", "đ": "ðÐƉɖƋƌᴆ", "e": "еЕёЁΕεєЄᴇ", "g": "ɡɢ", "h": "нНһΗʜ",
    "i": "іІїЇΙιıɩɪ", "j": "јЈ", "k": "кКΚκᴋ", "l": "ӏʟłŁℓ", "m": "мМΜᴍ", "n": "пПΝηɴ", "o": "оОΟοøØσᴏ", "p": "рРΡρᴘ",
    "q": "ԛ", "s": "ѕЅꜱ", "t": "тТΤτᴛ", "u": "υцЦᴜ", "v": "νѵᴠ", "w": "ԝωᴡ", "x": "хХΧχ", "y": "уУүΥγʏ", "z": "Ζᴢ",
}  # fmt: skip
_LOOK_ALIKES: Final = {char: letter for letter, chars in _LOOKS_LIKE.items() for char in chars}
# Letters in dark circles and squares have no decomposition.
_LOOK_ALIKES.update({chr(first + n): chr(ord("a") + n) for first in (0x1F150, 0x1F170) for n in range(26)})

_TOKEN: Final = re.compile(r"[^\W_](?:[@$!*]++(?=[^\W_])|[^\W_])*")
_VIETNAMESE: Final = unicodedata.normalize(
    "NFC", "".join(vowel + tone for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in ["", *TONES]) + "đĐ"
)
_PLAIN: Final = re.compile(f"[\t\n -~{_VIETNAMESE}“”‘’–—]*")
LONGEST: Final = 64  # characters of a word that is looked at


class Token(NamedTuple):
    """A word of the text as read: lower case, composed; `start` and `end` count characters of the reading."""

    text: str
    start: int
    end: int


class Reading(NamedTuple):
    """The text as the matcher reads it; each of its characters stands for original[starts[n]:ends[n]]."""

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    tokens: list[Token]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] of the reading stands in the original."""
        return self.starts[start], self.ends[end - 1]

    def is_disguised(self, start: int, end: int) -> bool:
        """Letters of another script stand there for Latin ones."""
        first, last = self.span(start, end)
        return any(char in _LOOK_ALIKES for char in self.original[first:last])


def read(text: str) -> Reading:
    """Linear in the length of the text, whatever it holds."""
    if _PLAIN.fullmatch(text):  # most comments, in a fifth of the time
        lower = text.lower()
        return Reading(text, lower, range(len(text)), range(1, len(text) + 1), _tokens(lower))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(text):
        meant = _MEANT[ord(char)]
        for piece in meant:
            if piece not in _MARKS:
                letters.append(piece)
                starts.append(place)
                ends.append(place + 1)
            elif letters and letters[-1][0].isalpha() and len(letters[-1]) < 4:  # a letter, its shape and its tone
                letters[-1] += piece
        if ends and (not meant or meant in _MARKS) and unicodedata.combining(char):
            ends[-1] = place + 1
    composed = "".join(letter if len(letter) == 1 else _COMPOSED[letter] for letter in letters)
    return Reading(text, composed, starts, ends, _tokens(composed))


def _tokens(text: str) -> list[Token]:
    return [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]


class _Meant(dict[int, str]):
    """What is meant by a character, learnt when it is first met: a lower-case letter, its marks apart; or nothing."""

    def __missing__(self, code: int) -> str:
        pieces = unicodedata.normalize("NFKD", _look(chr(code)))
        meant = "".join(_look(piece).lower() for piece in pieces)
        meant = unicodedata.normalize("NFKD", meant)
        self[code] = "".join(char for char in meant if not _is_unseen(char))
        return self[code]


def _look(char: str) -> str:
    return _LOOK_ALIKES.get(char, char)


def _is_unseen(char: str) -> bool:
    """Format characters, variation selectors, and marks that no Vietnamese letter has."""
    category = unicodedata.category(char)
    return category in {"Cf", "Mn", "Me", "Cs"} and char not in _MARKS or char in "\u115f\u1160\u3164\uffa0\u2800"


_MEANT: Final = _Meant()


class _Composed(dict[str, str]):
    """One character for a letter with its marks; marks that do not belong to it are left out."""

    def __missing__(self, letter: str) -> str:
        made = letter[0]
        for mark in sorted(letter[1:], key=lambda mark: mark in TONES):  # the shape first
            with_mark = unicodedata.normalize("NFC", made + mark)
            made = with_mark if len(with_mark) == 1 else made
        self[letter] = made
        return made


_COMPOSED: Final = _Composed()
