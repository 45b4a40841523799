"""Is an uploaded file a picture that we take, and what of it do we keep?

Judged by content alone. What is kept is always encoded anew: turned upright, in sRGB, without camera data, place,
comments, or anything that stood before, between or after the pixels. Knows no rows: it may run in a thread.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image as Pixels
from PIL import ImageCms

from articles import renditions, tones
from articles.models import FOCUS
from articles.pictures.captions import Words, read_words

if TYPE_CHECKING:
    from articles.models import Image

_JPEG: Final = ("jpg", {"format": "JPEG", "quality": 92, "optimize": True})
_PNG: Final = ("png", {"format": "PNG", "compress_level": 3})
_WEBP: Final = ("webp", {"format": "WEBP", "quality": 92, "method": 2})
FORMATS_TAKEN: Final = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_LONGEST_SIDE: Final = 16_383  # pixels; the most that WebP can hold
_ORIENTATION: Final = 0x0112  # EXIF 2.32, 4.6.4
_TURNS: Final = {
    2: Pixels.Transpose.FLIP_LEFT_RIGHT,
    3: Pixels.Transpose.ROTATE_180,
    4: Pixels.Transpose.FLIP_TOP_BOTTOM,
    5: Pixels.Transpose.TRANSPOSE,
    6: Pixels.Transpose.ROTATE_270,
    7: Pixels.Transpose.TRANSVERSE,
    8: Pixels.Transpose.ROTATE_90,
}


class PictureRefused(ValidationError):
    """The file cannot become a picture of the library; `duplicate` is the picture that it already is, if any."""

    def __init__(self, message: str, code: str = "invalid", duplicate: "Image | None" = None) -> None:
        super().__init__(message, code)
        self.duplicate = duplicate


@dataclass(frozen=True)
class Prepared:
    """An upload, checked and turned into what will be stored."""

    digest: str  # SHA-256 of the file as it came, to find duplicates
    format: str
    width: int
    height: int
    original: bytes
    extension: str
    renditions: dict[str, bytes]
    colour: str  # as `articles.tones` finds it
    words: Words


def read_upload(upload: File) -> bytes:
    """The bytes of an upload. Raises PictureRefused if it is empty or has more than settings.IMAGE_MAX_BYTES."""
    upload.seek(0)
    data = upload.read(settings.IMAGE_MAX_BYTES + 1)
    if len(data) > settings.IMAGE_MAX_BYTES:
        limit = filesizeformat(settings.IMAGE_MAX_BYTES)
        raise PictureRefused(_("The file is larger than %(limit)s.") % {"limit": limit}, "too_large")
    if not data:
        raise PictureRefused(_("The file is empty."), "empty")
    return data


def prepare(data: bytes, focus: renditions.Focus = FOCUS) -> Prepared:
    """Check a file and make all that is stored of it: seconds of work without a database.

    Raises PictureRefused for what is not a whole picture of a known format within the limits.
    """
    try:
        format_name, words, clean = decoded(data)
    except PictureRefused:
        raise
    except (Pixels.DecompressionBombError, Pixels.DecompressionBombWarning):
        raise too_many_pixels() from None
    except Pixels.UnidentifiedImageError:
        raise PictureRefused(_("This is not a JPEG, PNG, WebP, AVIF or GIF picture."), "not_a_picture") from None
    except Exception:  # decoders raise nearly anything for files made to break them
        raise PictureRefused(_("The picture is damaged or incomplete."), "damaged") from None
    extension, manner = kept_as(format_name, clean.mode)
    kept = BytesIO()
    clean.save(kept, **manner)
    return Prepared(
        digest=hashlib.sha256(data).hexdigest(),
        format=format_name,
        width=clean.width,
        height=clean.height,
        original=kept.getvalue(),
        extension=extension,
        renditions=renditions.render(clean, clean.size, focus),
        colour=tones.dominant(clean),
        words=words,
    )


def decoded(data: bytes) -> tuple[str, Words, Pixels.Image]:
    """Format, words and cleaned pixels of a file; nothing else of it stays in memory."""
    with Pixels.open(BytesIO(data), formats=FORMATS_TAKEN) as picture:
        check_size(*picture.size)
        # MPO is what phones and cameras call a JPEG with extras.
        return "JPEG" if picture.format == "MPO" else str(picture.format), read_words(picture), cleaned(picture)


def kept_as(format_name: str, mode: str) -> tuple[str, dict[str, Any]]:
    """Extension and manner in which an original is kept: lossless what came so, else JPEG unless it is transparent."""
    if format_name in ("PNG", "GIF"):
        return _PNG
    return _WEBP if mode == "RGBA" else _JPEG


def check_size(width: int, height: int) -> None:
    """Raise PictureRefused for more pixels than we decode; asked before anything is decoded."""
    if width * height > settings.IMAGE_MAX_PIXELS:
        raise too_many_pixels()
    if max(width, height) > _LONGEST_SIDE:
        raise PictureRefused(
            _("The picture is longer than %(limit)s pixels on one side.") % {"limit": _LONGEST_SIDE}, "too_large"
        )


def too_many_pixels() -> PictureRefused:
    limit = settings.IMAGE_MAX_PIXELS // 1_000_000
    return PictureRefused(_("The picture has more than %(limit)s million pixels.") % {"limit": limit}, "too_large")


def cleaned(picture: Pixels.Image) -> Pixels.Image:
    """The first frame, upright, as RGB or RGBA in sRGB, with nothing attached."""
    picture.load()  # before anything else: reading the camera data of a damaged PNG would hide the damage
    turn = _TURNS.get(_orientation(picture))
    picture = in_srgb(picture)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] == 255:
        picture = picture.convert("RGB")
    picture = picture.transpose(turn) if turn is not None else picture.copy()
    picture.info.clear()
    return picture


def in_srgb(picture: Pixels.Image) -> Pixels.Image:
    """The picture as RGB or RGBA; colours are moved from its own profile to sRGB where it carries a readable one."""
    if picture.mode.startswith("I;16"):
        # A plain conversion would cut off at 255 instead of scaling down.
        picture = picture.point(lambda value: value * (1 / 257)).convert("L")
    target = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if not profile and picture.mode == target:
        return picture
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            result = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=target)
            return result if result is not None else picture.convert(target)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # an unreadable profile: the numbers are taken as sRGB
    return picture.convert(target)


def _orientation(picture: Pixels.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # broken camera data must not cost the picture
        return 1
