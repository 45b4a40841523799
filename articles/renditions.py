"""Which files of a picture do pages use, what are they called, and how are they made?

Nothing is looked up when a page is rendered: `Image.renditions` says which widths there are, names follow from it.
The part that works on pixels knows neither rows nor files, so that it may run in a thread or another process.
"""

import fnmatch
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image as Pixels

from articles.models import Image

Focus = tuple[int, int]  # percent across, percent down


# How each format is saved, best first: a browser takes the first that it knows.
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "avif": {"format": "AVIF", "quality": 50, "speed": 8},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}


@dataclass(frozen=True)
class Family:
    """One way of showing a picture: uncropped, or cropped to a shape around the focal point."""

    name: str
    widths: tuple[int, ...]
    shape: tuple[int, int] | None  # across, down; None keeps the whole picture
    sizes: str = ""  # the HTML attribute where a page names none of its own
    formats: tuple[str, ...] = tuple(FORMATS)


FULL: Final = Family("full", (480, 800, 1200, 1600), None, "(min-width: 50rem) 46rem, 100vw")
CARD: Final = Family("card", (320, 720, 960), (3, 2), "(min-width: 60rem) 20rem, (min-width: 36rem) 50vw, 100vw")
# What search engines and social networks show beside a headline; no page does, so one file of each is enough.
WIDE: Final = Family("wide", (1200,), (16, 9), formats=("jpg",))
CLASSIC: Final = Family("classic", (1200,), (4, 3), formats=("jpg",))
SQUARE: Final = Family("square", (1200,), (1, 1), formats=("jpg",))
PREVIEWS: Final = (WIDE, CLASSIC, SQUARE)
CROPPED: Final = (CARD, *PREVIEWS)
FAMILIES: Final = {family.name: family for family in (FULL, *CROPPED)}
ALL: Final = tuple(FAMILIES.values())

MIME: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


# --- what pages ask ---------------------------------------------------------------------------------------------


def has(image: Image, family: str) -> bool:
    return bool(image.renditions.get(family, {}).get("widths"))


def url(image: Image, family: str, width: int, fmt: str = "jpg") -> str:
    """The address of the smallest file at least that wide, or of the widest; "" where there is none."""
    shown = shown_width(image, family, width)
    return _url(image, family, shown, fmt) if shown else ""


def shown_width(image: Image, family: str, width: int) -> int:
    """Pixels across of the file that `url` names; 0 where there is none."""
    widths = image.renditions.get(family, {}).get("widths", [])
    return min((w for w in widths if w >= width), default=max(widths, default=0))


def weight(image: Image, family: str, width: int) -> int:
    """Bytes of the JPEG file that `url` names; 0 where nobody has weighed it."""
    weights = image.renditions.get(family, {}).get("bytes", {})
    return weights.get(str(shown_width(image, family, width)), 0)


def srcset(image: Image, family: str, fmt: str) -> str:
    """The `srcset` attribute: every width of the family in one format."""
    widths = image.renditions.get(family, {}).get("widths", [])
    return ", ".join(f"{_url(image, family, width, fmt)} {width}w" for width in widths)


def size(image: Image, family: str) -> tuple[int, int]:
    """Width and height in pixels of the largest file of the family; (0, 0) where there is none."""
    widths = image.renditions.get(family, {}).get("widths", [])
    if not widths:
        return 0, 0
    _left, _top, across, down = crop_box(image.width, image.height, FAMILIES[family].shape, (50, 50))
    return max(widths), _height(max(widths), across, down)


def _url(image: Image, family: str, width: int, fmt: str) -> str:
    return default_storage.url(name(image.key, family, image.renditions[family]["v"], width, fmt))


def folder(key: str) -> str:
    return f"p/{key[:2]}/{key}"


def name(key: str, family: str, version: str, width: int, fmt: str) -> str:
    """The name in the public store. What it holds never changes: a new crop gets a new version."""
    return f"{folder(key)}/{family}-{width}-{version}.{fmt}"


# --- files ------------------------------------------------------------------------------------------------------


def make_renditions(image: Image, families: Iterable[Family] = ALL) -> dict[str, Any]:
    """Write the files of these families anew; the return value belongs into `image.renditions`.

    The files of before stay; `was` names their version, so that the next change can take them away.
    Takes seconds: never call it inside a transaction. Raises OSError if the kept original cannot be read.
    """
    with image.file.open("rb") as original:
        files = render_files(original.read(), (image.focal_x, image.focal_y), families)
    made = store(image.key, files)
    for family in made.keys() & image.renditions.keys():
        made[family]["was"] = image.renditions[family]["v"]
    return {**image.renditions, **made}


def store(key: str, files: dict[str, bytes]) -> dict[str, Any]:
    """Write what `render_files` made, all of it or nothing; returns what belongs into `image.renditions`."""
    version = secrets.token_hex(3)
    made: dict[str, Any] = {}
    written: list[str] = []
    try:
        for label, content in files.items():
            family, width, fmt = _parts(label)
            target = name(key, family, version, width, fmt)
            written.append(target)
            if default_storage.save(target, ContentFile(content)) != target:
                raise OSError(f"{target} exists already")
            entry = made.setdefault(family, {"v": version, "widths": []})
            entry["widths"] = sorted({*entry["widths"], width})
            if fmt == "jpg":
                entry.setdefault("bytes", {})[str(width)] = len(content)
    except BaseException:
        for target in written:
            default_storage.delete(target)
        raise
    return made


def weighed(image: Image) -> dict[str, Any]:
    """The picture's `renditions` with the bytes of its JPEG files: for those that were made before these were kept.

    Raises OSError if the store does not have one of the files.
    """
    found = {}
    for family, entry in image.renditions.items():
        files = {width: name(image.key, family, entry["v"], width, "jpg") for width in entry["widths"]}
        known = entry.get("bytes") or {str(width): default_storage.size(file) for width, file in files.items()}
        found[family] = {**entry, "bytes": known}
    return found


def remove(key: str, family: str = "*", version: str = "*") -> None:
    """Delete the public files of a picture: all, or those of one family in one version."""
    try:
        _folders, files = default_storage.listdir(folder(key))
    except FileNotFoundError:
        return
    for file in fnmatch.filter(files, f"{family}-*-{version}.*"):
        default_storage.delete(f"{folder(key)}/{file}")


def remove_after_commit(key: str, family: str = "*", version: str = "*") -> None:
    """As `remove`, once the caller's transaction is through."""
    transaction.on_commit(partial(remove, key, family, version))


# --- pixels -----------------------------------------------------------------------------------------------------


def render_files(original: bytes, focus: Focus, families: Iterable[Family] = ALL) -> dict[str, bytes]:
    """The files of a kept original as {"card-640.avif": bytes, …}. Touches neither database nor storage."""
    families = tuple(families)
    with Pixels.open(BytesIO(original), formats=("JPEG", "PNG", "WEBP")) as picture:
        width, height = picture.size
        scale = max(_needed_scale(width, height, family) for family in families)
        # A JPEG decoder can leave out pixels that no rendition needs.
        picture.draft("RGB", (min(width, round(width * scale) + 1), min(height, round(height * scale) + 1)))
        return render(picture, (width, height), focus, families)


def render(
    picture: Pixels.Image, full_size: tuple[int, int], focus: Focus, families: Iterable[Family] = ALL
) -> dict[str, bytes]:
    """As `render_files`, of a decoded picture; `full_size` is what it measured before its decoder shrank it."""
    files: dict[str, bytes] = {}
    width, height = full_size
    for family in families:
        left, top, across, down = crop_box(width, height, family.shape, focus)
        shrunk_x, shrunk_y = picture.width / width, picture.height / height
        source, box = (
            picture,
            (left * shrunk_x, top * shrunk_y, (left + across) * shrunk_x, (top + down) * shrunk_y),
        )
        for target in sorted(widths_for(across, family), reverse=True):
            resized = source.resize(
                (target, _height(target, across, down)), Pixels.Resampling.LANCZOS, box=box, reducing_gap=3.0
            )
            if source is picture:  # the smaller ones are made of the largest
                source, box = resized, (0.0, 0.0, float(resized.width), float(resized.height))
            for fmt in family.formats:
                files[f"{family.name}-{target}.{fmt}"] = encode(resized, fmt)
    return files


def encode(picture: Pixels.Image, fmt: str) -> bytes:
    """The picture in one of FORMATS; white stands behind what is transparent where the format cannot keep that."""
    if fmt == "jpg" and picture.mode == "RGBA":
        ground = Pixels.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    out = BytesIO()
    picture.save(out, **FORMATS[fmt])
    return out.getvalue()


def widths_for(available: int, family: Family) -> list[int]:
    """The widths to make of a source that is `available` pixels wide: none is enlarged, a small one gets its own."""
    widths = [width for width in family.widths if width <= available]
    widest = max(widths, default=0)
    if available < max(family.widths) and available > widest * 1.1:
        widths.append(available)
    return widths


def crop_box(width: int, height: int, shape: tuple[int, int] | None, focus: Focus) -> tuple[int, int, int, int]:
    """Left, top, width, height of the largest piece of this shape whose middle is as near as can be to the focus."""
    if shape is None:
        return 0, 0, width, height
    across = max(1, min(width, round(height * shape[0] / shape[1])))
    down = max(1, min(height, round(width * shape[1] / shape[0])))
    left = min(max(round(width * focus[0] / 100 - across / 2), 0), width - across)
    top = min(max(round(height * focus[1] / 100 - down / 2), 0), height - down)
    return left, top, across, down


def _height(target: int, across: int, down: int) -> int:
    return max(1, round(target * down / across))


def _needed_scale(width: int, height: int, family: Family) -> float:
    _left, _top, across, _down = crop_box(width, height, family.shape, (50, 50))
    return min(1.0, max(family.widths) / across)


def _parts(label: str) -> tuple[str, int, str]:
    stem, _dot, fmt = label.partition(".")
    family, _dash, width = stem.partition("-")
    return family, int(width), fmt
