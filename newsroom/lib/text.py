"""How is Vietnamese text cleaned, searched, sorted, compared and turned into addresses?

Pure Python. The rules exist because the ready-made ones lose letters: Django's ``slugify`` drops "đ", a database sorts
"Đan" after "Thanh", and one word may reach us composed, decomposed or half of each.
"""

import re
import unicodedata
from typing import Final

READING_SPEED: Final = 230  # syllables a minute
SORT_KEY_LENGTH: Final = 255  # longest key that sort_key() returns

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\u2028\u2029]")

# Look-alikes of đ, and characters that nobody sees: controls (tab and line feed stay), zero-width and soft-hyphen
# leftovers of word processors, direction marks (they can disguise a name), and two that XML feeds may not hold.
_LETTERS: Final = {"\u00f0": "đ", "\u0256": "đ", "\u00d0": "Đ", "\u0189": "Đ"}
_UNSEEN: Final = (
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"),
    *"\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2060\ufeff\ufffe\uffff",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_CLEANING: Final = str.maketrans(_LETTERS | dict.fromkeys(_UNSEEN))
_UNCLEAN: Final = re.compile(f"[{re.escape(''.join((*_LETTERS, *_UNSEEN)))}\r\u2028\u2029\ud800-\udfff]")

# The joiner U+200D stays only where it glues emoji together (a family, a flag). Arrows need their variation selector,
# else a following mark could compose with them and cleaning twice would differ from cleaning once.
_EMOJI: Final = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_STRAY_JOINER: Final = re.compile(
    f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}]|[\u2194\u2195]\ufe0f)",
)


def clean(text: str) -> str:
    """Return the text in NFC, with line feeds as line ends, "đ" for its look-alikes, and nothing invisible in it.

    Cleaning twice gives the same as cleaning once, and the composed and decomposed spelling of a word become equal.
    """
    if _UNCLEAN.search(text):  # seldom, and looking is much faster than replacing
        text = _LINE_ENDS.sub("\n", _SURROGATES.sub("", text)).translate(_CLEANING)
    text = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text)) if "\u200d" in text else text


def clean_line(text: str) -> str:
    """Return the cleaned text as one line: every run of white space (no-break spaces too) is one space, ends bare."""
    return " ".join(clean(text).split())


# --- search -----------------------------------------------------------------------------------------------------

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARK_RUN: Final = re.compile(f"[{_MARKS}]+")
_SPELLED_OUT: Final = str.maketrans(
    {"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
_FINAL_Y: Final = re.compile(r"(?<=[hklmst])y(?!\w)")


def fold(text: str) -> str:
    """Return the key under which a text is searched: lower case, without marks, one line.

    "Hoà", "hòa" and "hoa" are equal, and so are "kỹ" and "kĩ" (final i/y after h k l m s t). The length may change:
    highlight with fold_chars().
    """
    return _FINAL_Y.sub("i", _without_marks(text))


def fold_chars(text: str) -> str:
    """Return the text in lower case without marks, one character for each character of the given NFC text."""
    return text.translate(_BARE_CHARS)


def _without_marks(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", clean_line(text).translate(_BARE)).split())


class _Bare(dict[int, str]):
    """A table for str.translate() that learns what is left of a character when it is first met: nothing of a mark."""

    def __missing__(self, code: int) -> str:
        lower = unicodedata.normalize("NFKD", clean(chr(code))).casefold()
        bare = _MARK_RUN.sub("", unicodedata.normalize("NFKD", lower)).translate(_SPELLED_OUT)
        self[code] = unicodedata.normalize("NFC", bare)
        return self[code]


class _BareChars(dict[int, str]):
    """The same table, but a character for which not exactly one is left stands for itself."""

    def __missing__(self, code: int) -> str:
        self[code] = _BARE[code] if len(_BARE[code]) == 1 else chr(code)
        return self[code]


_BARE: Final = _Bare()
_BARE_CHARS: Final = _BareChars()


# --- order and equality -----------------------------------------------------------------------------------------

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPED: Final = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
_CODES: Final = (
    {digit: f"1{digit}" for digit in "0123456789"}
    | {letter: f"{letter}0" for letter in "abcdefghijklmnopqrstuvwxyz"}
    | {unicodedata.normalize("NFD", letter): code for letter, code in _SHAPED.items()}
)
_WORD: Final = re.compile(rf"(?:[^\W_][{_MARKS}]*)+")
_LETTER: Final = re.compile(rf"([^\W_])([{_MARKS}]*)")
_WORD_END: Final = "01"  # below every digit and letter, so "an b" comes before "ana"
_LEVEL_END: Final = "00"  # below the end of a word, so "an" comes before "an b"


def sort_key(text: str) -> str:
    """Return a key of [0-9a-z] that puts texts in Vietnamese order, whatever collation the database compares with.

    The letters of the whole text decide first (a ă â b c d đ e ê … y), then the tones word by word (ngang, huyền,
    hỏi, ngã, sắc, nặng; Vietnam's dictionaries and CLDR agree). Case, punctuation and tone placement do not count;
    other scripts come after z. At most SORT_KEY_LENGTH characters.
    """
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", clean_line(text)).casefold())
    words = [_LETTER.findall(word) for word in _WORD.findall(spelled)]
    letters = _WORD_END.join("".join(_letter_code(base, marks) for base, marks in word) for word in words)
    tones = "".join(_tone("".join(marks for _, marks in word)) for word in words)
    return f"{letters}{_LEVEL_END}{tones}"[:SORT_KEY_LENGTH]


def _letter_code(base: str, marks: str) -> str:
    shape = next((mark for mark in marks if mark in "\u0302\u0306\u031b"), "")
    code = _CODES.get(base + shape) or _CODES.get(base)
    if code is None:
        plain = base.translate(_SPELLED_OUT)
        code = "".join(_CODES.get(letter, f"z9{ord(letter):07d}") for letter in plain)
    return code


def _tone(marks: str) -> str:
    return next((_TONES[mark] for mark in marks if mark in _TONES), "0")


def identity(text: str) -> str:
    """Return the key that must be unique: one clean line in lower case with its marks, for Bảo and Bão are two."""
    return unicodedata.normalize("NFC", clean_line(text).lower())


# --- addresses and house style ----------------------------------------------------------------------------------

_NOT_SLUG: Final = re.compile("[^a-z0-9]+")


def slugify(text: str, max_length: int = 80) -> str:
    """Return the text as part of an address, [a-z0-9-] only, cut between words; "" if nothing is left of it."""
    slug = _NOT_SLUG.sub("-", _without_marks(text)).strip("-")
    if len(slug) <= max_length:
        return slug
    whole_words = slug[: max_length + 1].rpartition("-")[0]
    return whole_words or slug[:max_length]


_NEW_PLACEMENT: Final = re.compile(r"(?<![qQ])([oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])")


def old_tone_placement(text: str) -> str:
    """Return the text with the tone of open oa, oe and uy on their first letter: "hoà" -> "hòa", but "quý", "hoàn".

    Newspapers and school books place it so; personal names may not, so never rewrite a stored text unasked.
    """
    return _NEW_PLACEMENT.sub(_move_tone, unicodedata.normalize("NFC", text))


def _move_tone(match: re.Match[str]) -> str:
    first, second = match[0]
    plain, tone = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + tone) + plain


# --- lengths ----------------------------------------------------------------------------------------------------


def word_count(text: str) -> int:
    """Return the number of syllables ("chữ"), the way Vietnamese newsrooms measure: what stands between spaces."""
    return len(clean(text).split())


def reading_minutes(words: int) -> int:
    """Return how many minutes a text of that many syllables takes to read, 1 at least."""
    return max(1, round(words / READING_SPEED))


def excerpt(text: str, length: int) -> str:
    """Return the text on one line in at most `length` characters, cut between words and ended by "…" if it is cut."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    whole_words = line[:length].rpartition(" ")[0]
    return (whole_words or line[: length - 1]).rstrip(" ,;:.-–—…") + "…"
