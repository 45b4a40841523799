"""With which pictures is the showcase illustrated? Drawn ones; their files are made when they are first asked for."""

from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string
from PIL import Image as Pixels

from articles import renditions
from articles.models import Image

VERSION: Final = "1"  # in the names of the files: another one after a change of the drawing
USED: Final = (renditions.FULL, renditions.CARD)
SIZES: Final = {"wide": (960, 640), "tall": (640, 960)}
NUMBERS: Final = {"wide": 1, "tall": 2}  # by which a body names them
FOCUS: Final = (50, 50)


def drawn(name: str) -> Image:
    """A landscape, "wide" or "tall", that is in no library. Its files are written if the store has none."""
    width, height = SIZES[name]
    image = Image(
        pk=NUMBERS[name],
        key=f"showcase-{name}",
        caption="Bãi giữa sông Hồng lúc sáng sớm.",
        credit="Minh Hà",
        alt="Mặt trời mọc trên sông",
        width=width,
        height=height,
        colour="#d98e5f",
    )
    for family in USED:
        across = renditions.crop_box(width, height, family.shape, FOCUS)[2]
        image.renditions[family.name] = {"v": VERSION, "widths": sorted(renditions.widths_for(across, family))}
    last = renditions.name(image.key, USED[-1].name, VERSION, image.renditions[USED[-1].name]["widths"][0], "jpg")
    if not default_storage.exists(last):
        write(image)
    return image


def write(image: Image) -> None:
    """The files under the names that pages use; one that another visitor has just written stays."""
    size = (image.width, image.height)
    for label, content in renditions.render(landscape(*size), size, FOCUS, USED).items():
        stem, _dot, fmt = label.partition(".")
        family, _dash, width = stem.partition("-")
        target = renditions.name(image.key, family, VERSION, int(width), fmt)
        if not default_storage.exists(target):
            default_storage.save(target, ContentFile(content))


def landscape(width: int, height: int) -> Pixels.Image:
    """The sun over a river between hills."""
    picture = Pixels.new("RGB", (width, height), "#f3d9b1")
    pen, line = import_string("PIL.ImageDraw.Draw")(picture), height * 3 // 5  # with its fonts 1 MB of a process
    for row in range(line):  # the sky grows warmer towards the water
        pen.line((0, row, width, row), fill=(236, 180 + 40 * row // line, 130 + 60 * row // line))
    radius = min(width, height) // 9
    pen.ellipse((width * 2 // 3 - radius, line - 3 * radius, width * 2 // 3 + radius, line - radius), fill="#fff3d0")
    pen.polygon([(0, line), (width // 4, line - height // 4), (width // 2, line)], fill="#6f8f7a")
    pen.polygon([(width // 4, line), (width * 3 // 5, line - height // 6), (width, line)], fill="#55765f")
    pen.rectangle((0, line, width, height), fill="#5f8fa3")
    for row in range(line + 12, height, 24):
        pen.line((row % 70, row, width - row % 110, row), fill="#7aa7b8", width=3)
    return picture
