"""Which letters are decomposed, or only look like the letters of Vietnamese?"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from newsroom.lib.proofreading.findings import Finding, Kind
from newsroom.lib.proofreading.leftovers import WORD
from newsroom.lib.proofreading.syllables import is_word

_CYRILLIC: Final = dict(zip("асеоухірһАСЕОУХІРНКМТВ", "aceoyxiphACEOYXIPHKMTB", strict=True))
_LOOK_ALIKE: Final = str.maketrans({"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ", "ɑ": "a", **_CYRILLIC})
_SUSPECT: Final = re.compile("[\u0300-\u036fðÐƉɖɑ\u0400-\u04ff]")
_OTHER_SCRIPT: Final = re.compile("[\u0370-\u05ff]")


def characters(text: str) -> Iterator[Finding]:
    """Words that become Vietnamese, or composed, when their letters are what they look like."""
    if not _SUSPECT.search(text):
        return
    for match in WORD.finditer(text):
        typed = match[0]
        if not _SUSPECT.search(typed):
            continue
        composed = unicodedata.normalize("NFC", typed)
        looked = unicodedata.normalize("NFC", composed.translate(_LOOK_ALIKE))
        is_mixed = any(letter.isascii() or letter in "ðÐƉɖɑ" for letter in typed)
        mend = looked if is_mixed and is_word(looked) and not _OTHER_SCRIPT.search(looked) else composed
        if mend != typed:
            yield Finding(match.start(), match.end(), typed, mend, Kind.CHARACTERS)
