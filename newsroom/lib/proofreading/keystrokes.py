"""What was meant by keys of Telex or VNI that no input method read? "tieengs" -> "tiếng", "d9o61ng" -> "đống"."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from newsroom.lib.proofreading.syllables import TONES, VOWELS, Placement, Syllable, is_word, parted

_HUYEN, _HOI, _NGA, _SAC, _NANG = TONES
_TELEX_TONES: Final = {"f": _HUYEN, "r": _HOI, "x": _NGA, "s": _SAC, "j": _NANG, "": ""}
_VNI_TONES: Final = {"1": _SAC, "2": _HUYEN, "3": _HOI, "4": _NGA, "5": _NANG, "": ""}
_ONSET: Final = "(?P<onset>ngh|ng|nh|gh|gi(?=[aăâeêoôơuưw])|kh|ph|qu|th|tr|ch|dd|[bcdđghklmnprstvx]?)"
_V: Final = f"[{''.join(sorted(VOWELS))}w]"
_TELEX: Final = re.compile(
    rf"{_ONSET}(?P<first>{_V}+)(?P<inner>[sfrxj]?)(?P<rest>{_V}*)(?P<coda>ch|ng|nh|[cmnpt]?)"
    rf"(?P<late>w?)(?P<outer>[sfrxj]?)"
)
_DOUBLES: Final = {"aa": "â", "ee": "ê", "oo": "ô"}
_DOUBLE: Final = re.compile("aa|ee|oo")
_KEYS: Final = re.compile("[a-z][a-z0-9]{0,13}")
_VNI: Final = re.compile(f"{_ONSET}(?P<nucleus>{_V}+)(?P<coda>ch|ng|nh|[cmnpt]?)")
# What 6, 7 or w, and 8 or w make of the vowels of a syllable.
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"uo": ("ươ", "uơ"), "o": ("ơ",), "u": ("ư",)}


class Meant(NamedTuple):
    """The syllable, and how much in the keys speaks for it: nobody types two kinds of key by chance."""

    syllable: Syllable
    is_shaped: bool  # by dd, a double vowel, w; by 6 to 9
    tone_key: str
    is_spread: bool  # a key stands where an ordinary word would not have it


def decoded(word: str) -> str | None:
    """The syllable that a word of keys stands for, its tone in the old placement; None for what is one, or makes none.

    Capitals stay: "Vieetj" is "Việt", "VIEETJ" is "VIỆT".
    """
    keys = word.lower()
    if not _KEYS.fullmatch(keys) or is_word(word):
        return None
    meant = telex(keys) or vni(keys)
    return cased(meant.syllable.spelled(Placement.OLD), word) if meant else None


def cased(syllable: str, typed: str) -> str:
    """The syllable in the capitals in which it was typed."""
    if typed.isupper() and len(typed) > 1:
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable


@lru_cache(maxsize=20_000)
def telex(word: str) -> Meant | None:
    """What the word, in lower case and composed, was meant to be if its keys are Telex; None if nothing."""
    bare, tone = without_tone(word)
    found = _TELEX.fullmatch(bare)
    if not found or (found["inner"] and found["outer"]):
        return None
    key = found["inner"] or found["outer"]
    if tone and key:
        return None
    onset = "đ" if found["onset"] == "dd" else found["onset"]
    keys = found["first"] + found["rest"] + found["late"]
    nucleus = _doubled(found["first"]) + _doubled(found["rest"]) + found["late"]
    is_shaped = nucleus != keys or "w" in keys or onset != found["onset"]
    if not (key or is_shaped) or _is_consonant_w(onset, nucleus, key):
        return None
    for vowels in horned(nucleus.replace("w", "")) if "w" in nucleus else [nucleus]:
        if meant := parted(onset + vowels + found["coda"], tone or _TELEX_TONES[key]):
            return Meant(meant, is_shaped, key, bool(found["rest"]))
    return None


def _doubled(vowels: str) -> str:
    return _DOUBLE.sub(lambda double: _DOUBLES[double[0]], vowels)


def _is_consonant_w(onset: str, nucleus: str, key: str) -> bool:
    """Before vowels w is a consonant of other languages, and beside one letter an abbreviation: "swan", "nw"."""
    if not nucleus.startswith("w"):
        return False
    return not onset or not (nucleus.startswith("wow") or (nucleus == "w" and (len(onset) > 1 or key in set("fjx"))))


@lru_cache(maxsize=20_000)
def vni(word: str) -> Meant | None:
    """What the word, in lower case and composed, was meant to be if its digits are keys of VNI; None if nothing."""
    letters, digits = re.sub("[0-9]", "", word), re.sub("[^0-9]", "", word)
    tones, shapes = re.sub("[6-9]", "", digits), re.sub("[0-5]", "", digits)
    bare, tone = without_tone(letters)
    found = _VNI.fullmatch(bare)
    if not found or not digits or len(tones) > 1 or "0" in digits or (tone and tones) or word[0].isdigit():
        return None
    shapes = shapes.replace("77", "7") if "uo" in bare else shapes  # one for either letter of "ươ"
    if ("9" in shapes) != word.startswith("d9") or len(set(shapes)) != len(shapes):
        return None
    onset = "đ" if "9" in shapes else found["onset"]
    for vowels in _shaped(found["nucleus"], shapes.replace("9", "")):
        if meant := parted(onset + vowels + found["coda"], tone or _VNI_TONES[tones]):
            return Meant(meant, bool(shapes), tones, bool(re.search("[0-9][^0-9]", word)))
    return None


def without_tone(word: str) -> tuple[str, str]:
    """The word without its tone, and the tone; a word with two tones is left as it is."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = [mark for mark in decomposed if mark in TONES]
    if len(tones) != 1:
        return word, ""
    return unicodedata.normalize("NFC", decomposed.replace(tones[0], "")), tones[0]


def horned(vowels: str) -> Iterator[str]:
    """The vowels with a horn or a breve, the likelier first."""
    if not vowels:
        yield "ư"
    for plain, shapes in _HORNS.items():
        if plain in vowels:
            yield from (vowels.replace(plain, shape, 1) for shape in shapes)
    if "a" in vowels:
        yield vowels.replace("a", "ă", 1)


def _shaped(vowels: str, digits: str) -> Iterator[str]:
    if digits == "6":
        yield from (vowels.replace(plain, shape, 1) for plain, shape in _HATS.items() if plain in vowels)
    elif digits == "7":
        yield from (made for made in horned(vowels) if "ă" not in made)
    elif digits == "8":
        yield vowels.replace("a", "ă", 1) if "a" in vowels else ""
    elif not digits:
        yield vowels
