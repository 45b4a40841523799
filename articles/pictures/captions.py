"""What does a press picture say about itself in its IPTC data: headline, caption, photographer, agency?

IPTC-IIM 4.2 datasets, as agencies and cameras write them into JPEG files.
"""

from typing import Final, NamedTuple

from PIL import Image as Pixels
from PIL.IptcImagePlugin import getiptcinfo
from PIL.JpegImagePlugin import JpegImageFile

from newsroom.lib import text

_CHARACTER_SET: Final = (1, 90)
_HEADLINE: Final = (2, 105)
_CAPTION: Final = (2, 120)
_BYLINE: Final = (2, 80)
_CREDIT: Final = (2, 110)
_UTF8: Final = b"\x1b%G"


class Words(NamedTuple):
    title: str = ""
    caption: str = ""
    credit: str = ""


def read_words(picture: Pixels.Image) -> Words:
    """The words in the picture's IPTC data, cleaned; empty where there are none or they cannot be read."""
    if not isinstance(picture, JpegImageFile):
        return Words()
    try:
        found = getiptcinfo(picture) or {}
    except Exception:  # a broken caption must not cost the picture, and hostile files raise anything
        return Words()
    declared_utf8 = _first(found.get(_CHARACTER_SET)) == _UTF8

    def words(dataset: tuple[int, int]) -> str:
        return text.clean_line(_decoded(_first(found.get(dataset)), declared_utf8))

    byline, agency = words(_BYLINE), words(_CREDIT)
    names = [byline] if text.fold(agency) in text.fold(byline) else [byline, agency]
    credit = "/".join(name for name in names if name)
    return Words(words(_HEADLINE)[:200], words(_CAPTION)[:2000], credit[:150])


def _first(value: bytes | list[bytes] | None) -> bytes:
    if isinstance(value, list):
        value = value[0] if value else None
    return value or b""


def _decoded(value: bytes, declared_utf8: bool) -> str:
    """Many programs write UTF-8 without declaring it; what is not UTF-8 is Latin-1, the common case of IIM."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace") if declared_utf8 else value.decode("latin-1")
