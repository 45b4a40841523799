"""Which colour stands where a picture is still on its way?

The one that most of it has, found once when the picture comes in. Pages may carry no styles of their own, so they name
the nearest of 216 classes; `manage.py draw_tones` writes their style sheet.
"""

from io import BytesIO
from typing import Any, Final

from PIL import Image as Pixels

NONE: Final = "none"  # of a picture that is transparent somewhere: a colour would shine through for good
SAMPLE: Final = 64  # pixels on a side, enough to see what a picture looks like from afar
SHADES: Final = 8  # told apart in the sample
LEVELS: Final = 6  # of red, of green and of blue: no part is farther than 22 from what it was


def dominant(picture: Pixels.Image) -> str:
    """The colour that most of the picture is near to, "#7a8c91"; NONE for a transparent one."""
    if picture.mode == "RGBA":
        return NONE
    sample = picture.convert("RGB").resize((SAMPLE, SAMPLE), Pixels.Resampling.BOX, reducing_gap=2.0)
    shades = sample.quantize(SHADES, Pixels.Quantize.MEDIANCUT, dither=Pixels.Dither.NONE)
    index: Any = max(shades.getcolors() or [(0, 0)])[1]
    red, green, blue = (shades.getpalette() or [0, 0, 0])[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def of_file(original: bytes) -> str:
    """The same, of a kept original. Raises OSError if it cannot be read."""
    with Pixels.open(BytesIO(original), formats=("JPEG", "PNG", "WEBP")) as picture:
        picture.draft("RGB", (SAMPLE, SAMPLE))  # a JPEG decoder can leave out what the sample does not need
        return dominant(picture)


def css_class(colour: str) -> str:
    """The class whose colour is nearest, "tone-137"; "" where there is no colour."""
    if not colour.startswith("#"):
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) * LEVELS // 256 for at in (1, 3, 5))
    return f"tone-{(red * LEVELS + green) * LEVELS + blue}"


def stylesheet() -> str:
    """The classes with their colours: the middle of what each stands for."""
    shown = [(2 * level + 1) * 128 // LEVELS for level in range(LEVELS)]
    colours = [f"#{red:02x}{green:02x}{blue:02x}" for red in shown for green in shown for blue in shown]
    rules = "\n".join(f"  .tone-{number} {{ background: {colour}; }}" for number, colour in enumerate(colours))
    return (
        "/* Colours of pictures that are still on their way. Drawn by `manage.py draw_tones`: do not edit. */\n"
        f"@layer components {{\n{rules}\n}}\n"
    )
