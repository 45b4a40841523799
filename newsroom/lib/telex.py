"""Which Vietnamese word was meant by "tieengs", "Vieetj" or "d9o61ng", typed where no input method was on?

Pure Python. Telex marks a letter by doubling it or by w, and a tone by s f r x j; VNI does both by digits.
"""

import re
import unicodedata
from typing import Final

ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()
RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu y ynh yt
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyn uynh uyt uyu uyên uyêt uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """.split()
)
_STOPPED: Final = re.compile("(?:c|ch|p|t)$")  # such a syllable has sắc or nặng

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"  # huyền sắc ngã hỏi nặng
_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_SHAPES: Final = {"6": "\u0302", "7": "\u031b", "8": "\u0306"}
_TAKES: Final = {"\u0302": "aeo", "\u0306": "a", "\u031b": "ou"}
_TYPED: Final = re.compile("[a-z][a-z0-9]*", re.IGNORECASE)
_LONGEST: Final = 14  # "nghieengx" and a little more


def is_syllable(word: str) -> bool:
    """Whether a Vietnamese syllable is spelled like this, in any case, with its tone where either school puts it."""
    lower = unicodedata.normalize("NFC", word.lower())
    bare, tone = _without_tone(lower)
    return _is_bare_syllable(bare, tone) and (not tone or lower in {_with_tone(bare, tone), _new_style(bare, tone)})


def decode(word: str) -> str | None:
    """The syllable that these Telex or VNI keys stand for, its tone placed as the house does, or None.

    None too for a word that is a syllable as it stands. Capitals stay: "Vieetj" is "Việt", "VIEETJ" is "VIỆT".
    """
    if len(word) > _LONGEST or not _TYPED.fullmatch(word) or is_syllable(word):
        return None
    keys = _Keys()
    for key in word.lower():
        keys.press(key)
    bare = re.sub("ươ$", "uơ", unicodedata.normalize("NFC", "".join(keys.letters)))  # thuowr: thuở
    if not _is_bare_syllable(bare, keys.tone):
        return None
    meant = _with_tone(bare, keys.tone)
    if len(word) > 1 and word.isupper():
        return meant.upper()
    return meant.capitalize() if word[0].isupper() else meant


class _Keys:
    """What stands on the screen of somebody who types with an input method: letters in NFD, and one tone."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.tone = ""

    def press(self, key: str) -> None:
        has_vowel = any(letter[0] in "aeiouy" for letter in self.letters)
        tone = _TELEX_TONES.get(key, _VNI_TONES.get(key))
        if tone is not None and has_vowel:
            self.tone = tone
        elif key in "d9" and self.letters[:1] == ["d"]:
            self.letters[0] = "đ"
        elif not self._reshaped(key):
            self.letters.append("u\u031b" if key == "w" else key)

    def _reshaped(self, key: str) -> bool:
        """Give a letter its hat, breve or horn, if this key does so here."""
        if key in "aeo":
            return self._shape("\u0302", key)
        if key == "w":
            return self._horn() or self._shape("\u0306", "a")
        shape = _VNI_SHAPES.get(key, "")
        return self._horn() if shape == "\u031b" else bool(shape) and self._shape(shape, _TAKES[shape])

    def _shape(self, shape: str, takers: str) -> bool:
        for at in reversed(range(len(self.letters))):
            if self.letters[at] in takers:
                self.letters[at] += shape
                return True
        return False

    def _horn(self) -> bool:
        """Both letters of uo, the u of ua (but not after q), else the last o or u."""
        line = "".join(letter[0] for letter in self.letters)
        pair = re.search("(?<!q)u[oa]|u(?=o)", line)
        if pair and self.letters[pair.start()] == "u":
            at = pair.start()
            self.letters[at] = "u\u031b"
            if self.letters[at + 1 : at + 2] == ["o"]:
                self.letters[at + 1] = "o\u031b"
            return True
        return "a" not in self.letters and self._shape("\u031b", "ou")


def _without_tone(word: str) -> tuple[str, str]:
    apart = unicodedata.normalize("NFD", word)
    tones = [char for char in apart if char in _TONES]
    bare = "".join(char for char in apart if char not in _TONES)
    return unicodedata.normalize("NFC", bare), tones[0] if len(tones) == 1 else "?" if tones else ""


def _is_bare_syllable(bare: str, tone: str) -> bool:
    if _STOPPED.search(bare) and tone not in ("\u0301", "\u0323"):
        return False
    return tone != "?" and any(_fit(bare[:cut], bare[cut:]) for cut in range(min(4, len(bare))))


def _fit(onset: str, rime: str) -> bool:
    """Whether these spell a syllable: k, gh and ngh stand before i, e and ê, and c, g and ng before the others."""
    if rime not in RIMES or (onset and onset not in ONSETS):
        return False
    front = rime[0] in "ieêy"
    if onset in ("k", "gh", "ngh"):
        return front
    if onset == "q":
        return rime.startswith("uy")
    if onset == "g":
        return not front or rime[0] == "i"
    return not (onset in ("c", "ng") and front)


def _with_tone(bare: str, tone: str) -> str:
    """The tone on its vowel as newspapers put it: hòa, thúy, toán, việt, mùa, quý, giờ."""
    if not tone:
        return bare
    start, end = _vowels(bare)
    shaped = [at for at in range(start, end) if bare[at] in "ăâêôơư"]
    if shaped:
        at = shaped[-1]
    elif end - start == 3 or (end - start == 2 and end < len(bare)):
        at = start + 1
    else:
        at = start
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _new_style(bare: str, tone: str) -> str:
    """The same with the tone of open oa, oe and uy on the second letter: hoà, thuý."""
    if re.search("(?<!q)(?:oa|oe|uy)$", bare):
        return unicodedata.normalize("NFC", bare + tone)
    return _with_tone(bare, tone)


def _vowels(bare: str) -> tuple[int, int]:
    """Where the vowels stand that may carry the tone: not the u of qu, nor the i of gi before another one."""
    found = re.search("(?:(?<=q)u|(?<=^g)i)?([aăâeêioôơuưy]+)", bare)
    if found is None:
        return 0, 1
    return found.span(1)
