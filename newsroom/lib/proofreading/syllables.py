"""Is this a Vietnamese syllable, and how is it spelled? From the tables of what may begin and what may end one."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng
VOWELS: Final = frozenset("aăâeêioôơuưy")

ONSETS: Final = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()) | {""}
# What follows the onset, without its tone.
RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """.split()
)
_AFTER_QU: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê ên ênh êt êu
    i it ich inh ơ ơi ơn ơt ôc y yên yêt ych yn ynh yp yt
    """.split()
)
_ALONE: Final = frozenset("boong coóc goòng moong noọng soóc soong toòng xoong".split())  # borrowed
_WITH_Y: Final = frozenset("h k l m s t v".split()) | {""}  # onsets that "y" alone may follow
_STOPS: Final = ("c", "ch", "p", "t")
_CLEAR: Final = ("\u0301", "\u0323")  # tones that a syllable with a stop may have
_STRESSED: Final = re.compile("[ăâêôơ]|ư(?!ơ)")  # vowels that draw the tone


class Placement(StrEnum):
    """Where the tone of open oa, oe and uy stands: "hòa, khỏe, thúy" or "hoà, khoẻ, thuý"."""

    OLD = "old"
    NEW = "new"


class Syllable(NamedTuple):
    """A lower-case syllable in its parts; `tone` is a combining mark or nothing."""

    onset: str
    rime: str
    tone: str

    def spelled(self, placement: Placement) -> str:
        """The syllable with its tone where that placement has it."""
        if not self.tone:
            return self.onset + self.rime
        place = _tone_place(self.rime, self.onset, placement)
        toned = self.rime[: place + 1] + self.tone + self.rime[place + 1 :]
        return unicodedata.normalize("NFC", self.onset + toned)

    @property
    def is_movable(self) -> bool:
        """The two placements differ."""
        return bool(self.tone) and self.onset != "qu" and self.rime in {"oa", "oe", "uy"}


@lru_cache(maxsize=20_000)
def syllable(word: str) -> Syllable | None:
    """The word as a Vietnamese syllable, wherever its tone stands; None if it is none, or has two tones."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in decomposed if mark in TONES]
    if len(tones) > 1 or any(mark in unicodedata.normalize("NFC", decomposed) for mark in tones):  # on no vowel
        return None
    bare = unicodedata.normalize("NFC", decomposed.translate(_WITHOUT_TONES))
    return parted(bare, "".join(tones))


def parted(bare: str, tone: str) -> Syllable | None:
    """The syllable of these letters, which are in lower case and without a tone, in that tone."""
    for length in (3, 2, 1, 0):
        onset, rime = bare[:length], bare[length:]
        if onset in ONSETS and _goes_with(onset, rime) and (tone in _CLEAR or not rime.endswith(_STOPS)):
            return Syllable(onset, rime, tone)
    return None


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """A syllable with its tone in a place where one of the styles has it."""
    lower = unicodedata.normalize("NFC", word.lower())
    found = syllable(lower)
    return lower in _ALONE or bool(found and lower in {found.spelled(Placement.OLD), found.spelled(Placement.NEW)})


_WITHOUT_TONES: Final = dict.fromkeys(map(ord, TONES))


def _goes_with(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _AFTER_QU
    if rime not in RIMES:
        return False
    first, is_front = rime[0], rime[0] in "eêi"
    if onset in {"gh", "ngh"}:
        return is_front
    if onset == "gi":
        return first not in "iy"
    if onset == "g":
        return not is_front or rime in {"i", "in", "iêc", "iêng"}
    if onset in {"c", "ng"}:
        return not is_front and first != "y"
    if onset == "k":
        return is_front or rime == "y"
    return first != "y" or (rime == "y" and onset in _WITH_Y) or not onset


def _tone_place(rime: str, onset: str, placement: Placement) -> int:
    if stressed := list(_STRESSED.finditer(rime)):
        return stressed[-1].start()
    vowels = [place for place, letter in enumerate(rime) if letter in VOWELS]
    is_open = vowels[-1] == len(rime) - 1
    if len(vowels) == 3:
        return vowels[1]
    if len(vowels) == 2 and is_open and rime in {"oa", "oe", "uy"}:
        return vowels[0 if placement is Placement.OLD else 1]
    return vowels[0] if is_open else vowels[-1]
