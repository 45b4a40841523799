"""Which syllable is meant by a word of the text? Its key, its key without marks, what its keystrokes would make.

A key is a lower-case syllable with its tone at the end, wherever the tone was typed: "hòa" and "hoà" have one key.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

from comments.words.reading import TONES
from newsroom.lib.proofreading.syllables import ONSETS, RIMES
from newsroom.lib.text import fold_chars

_VOWELS: Final = "aăâeêioôơuưy"
_TONED: Final = {unicodedata.normalize("NFC", vowel + tone): (vowel, tone) for vowel in _VOWELS for tone in TONES}
_TONED_LETTER: Final = re.compile(f"[{''.join(_TONED)}]")
_TONELESS: Final = str.maketrans({letter: vowel for letter, (vowel, _tone) in _TONED.items()})
_TONE_KEYS: Final = dict(
    zip("sfrxj12345", "\u0301\u0300\u0309\u0303\u0323\u0301\u0300\u0309\u0303\u0323", strict=True)
)
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"o": "ơ", "u": "ư"}
_RUN: Final = re.compile("(?P<run>.)(?P=run)")
_KEYED: Final = re.compile(rf"[{_VOWELS}].*[1-9sfrxj]|[w6-9]|(?P<hat>[aeo]).*(?P=hat)|^d.*d")  # may hold keystrokes
_LEETED: Final = re.compile("[0-9$@!fjwz]|k(?=[aăâoôơuư])")
_ODD: Final = re.compile("|".join([_RUN.pattern, _KEYED.pattern, _LEETED.pattern, "[*]"]))
_LEET: Final = str.maketrans("01345$7@!", "oieasstai")
_SWAPPED: Final = re.compile("ph|k(?=[aăâoôơuư])|[fjwz]")  # "ph" only to step over it
_SWAPS: Final = {"k": "c", "f": "ph", "j": "i", "w": "qu", "z": "d"}
_BENDING_KEYS: Final = frozenset("w78")

# Every syllable without its marks: "di" may be đi, "du" may be đủ, so by itself it says nothing.
BARE_SYLLABLES: Final = frozenset(fold_chars(onset + rime) for onset in ONSETS for rime in RIMES)


def key(word: str) -> str:
    """The key of a word as read; one with several tones keeps them where they are."""
    toned = _TONED_LETTER.findall(word)
    return word.translate(_TONELESS) + _TONED[toned[0]][1] if len(toned) == 1 else word


def is_odd(of_key: str) -> bool:
    """It may be more than it seems: keystrokes, a run, digits and signs in it. Most words are not, and cost less."""
    return _ODD.search(of_key) is not None


def bare(of_key: str) -> str:
    """The key without any mark."""
    return fold_chars(of_key.rstrip(TONES))


def squeezed(word: str) -> str:
    """The word with each run of one letter as that letter once, with the marks that any of the run has: chóooo, chó.

    Two letters that differ in shape are a spelling and no run: "lưu".
    """
    if not _RUN.search(fold_chars(word)):
        return word
    kept = ""
    for _letter, run in groupby(word, key=fold_chars):
        letters = list(run)
        is_run = len(letters) > 2 or len({_TONED.get(letter, letter)[0] for letter in letters}) == 1
        kept += max(letters) if is_run else "".join(letters)  # marked letters come after plain ones
    return kept


def unmasked(word: str) -> str:
    """The mask of a word whose vowels are hidden by asterisks: "c**c" and "cặc" have the mask "c*c"."""
    return re.sub(r"\*+", "*", word)


def mask(of_key: str) -> str:
    """The mask of a key, or "" for one that would not be known behind it."""
    hidden = re.sub(f"[{_VOWELS}]+", "*", of_key.rstrip(TONES))
    return hidden if len(hidden) >= 3 and hidden[0] != "*" and hidden[-1] != "*" and hidden.count("*") == 1 else ""


@lru_cache(maxsize=20_000)
def unleet(word: str) -> str:
    """The key with letters for the digits and signs inside, the usual swaps undone; or "". For l0n, c@c, kặc."""
    if not _LEETED.search(key(word)):
        return ""
    inside = word[:1] + word[1:-1].translate(_LEET) + word[-1:] if len(word) > 2 else word
    letters = _SWAPPED.sub(lambda found: _SWAPS.get(found[0], found[0]), key(inside))
    return letters if letters != key(word) and letters.rstrip(TONES).isalpha() else ""


@lru_cache(maxsize=20_000)
def typed(word: str) -> tuple[str, bool]:
    """The key that these keystrokes of Telex, VNI or both would make, and whether more than a tone speaks for it.

    ("", False) where nothing in the word is a keystroke. "loonf", "lo62n" and "lonof" have one key.
    """
    if not _KEYED.search(word):
        return "", False
    letters: list[str] = []
    tone, is_shaped = "", False
    for char in word:
        plain, own_tone = _TONED.get(char, (char, ""))
        has_vowel = any(letter in _VOWELS for letter in letters)
        if own_tone or (char in _TONE_KEYS and has_vowel):
            if tone:
                return "", False
            tone = own_tone or _TONE_KEYS[char]
            letters += [plain] if own_tone else []
        elif _shapes(letters, char):
            is_shaped = True
        else:
            letters.append(char)
    made = "".join(letters)
    if made + tone == key(word) or not made.isalpha():
        return "", False
    return made + tone, is_shaped


def _shapes(letters: list[str], char: str) -> bool:
    """Let the keystroke change a letter typed before; False if it changes none and stands for itself."""
    if (char == "9" or (char == "d" and letters)) and letters[:1] == ["d"]:
        letters[0] = "đ"
        return True
    if char in _BENDING_KEYS:
        return _horned(letters, char)
    if char == "6" or char in _HATS:
        wanted = _HATS if char == "6" else {char: _HATS[char]}
        for place in range(len(letters) - 1, -1, -1):
            if letters[place] in wanted:
                letters[place] = wanted[letters[place]]
                return True
    return False


def _horned(letters: list[str], char: str) -> bool:
    """w, 7 and 8: a horn on the last o or u (on both of "uo"), a breve on the last a."""
    shapes = {"7": _HORNS, "8": {"a": "ă"}, "w": {**_HORNS, "a": "ă"}}.get(char, {})
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in shapes:
            letters[place] = shapes[letters[place]]
            if letters[place] == "ơ" and place and letters[place - 1] == "u" and letters[:2] != ["q", "u"]:
                letters[place - 1] = "ư"
            return True
    if char == "w":
        letters.append("ư")
    return char == "w"


def agrees(with_marks: str, of_key: str) -> bool:
    """Every mark of the first key is one of the second, which may have more."""
    tone, other = with_marks[-1:], of_key[-1:]
    if tone in TONES and tone != other:
        return False
    letters = zip(with_marks.rstrip(TONES), of_key.rstrip(TONES), strict=True)
    return all(mine in (theirs, fold_chars(theirs)) for mine, theirs in letters)
