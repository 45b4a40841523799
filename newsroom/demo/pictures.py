"""Which pictures does the demonstration have, and how is one made? Scenes and a chart, painted on demand."""

from dataclasses import dataclass

from newsroom.demo.captions import CAPTIONS
from newsroom.demo.drawing import (
    scenes_city,
    scenes_country,
    scenes_craft,
    scenes_culture,
    scenes_figures,
    scenes_learning,
    scenes_oldtown,
    scenes_sport,
    scenes_traffic,
    scenes_work,
)
from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, Painter

CREDIT = "minh họa của Tòa soạn"

# Key -> (the function that paints the scene, focal point as percent from the left, percent from the top).
SCENES: dict[str, tuple[Painter, int, int]] = {
    **scenes_oldtown.SCENES,
    **scenes_traffic.SCENES,
    **scenes_city.SCENES,
    **scenes_learning.SCENES,
    **scenes_sport.SCENES,
    **scenes_culture.SCENES,
    **scenes_craft.SCENES,
    **scenes_country.SCENES,
    **scenes_work.SCENES,
    **scenes_figures.SCENES,
}


@dataclass(frozen=True)
class Picture:
    """What the picture library stores about a picture beside its file; the focal point is in percent."""

    title: str
    caption: str
    credit: str
    alt: str
    focal_x: int
    focal_y: int


def _picture(key: str) -> Picture:
    title, caption, alt = CAPTIONS[key]
    _, focal_x, focal_y = SCENES[key]
    return Picture(title, caption, CREDIT, alt, focal_x, focal_y)


PICTURES: dict[str, Picture] = {key: _picture(key) for key in CAPTIONS}


def draw(key: str, size: tuple[int, int] = (1600, 1067)) -> bytes:
    """The scene as a JPEG of `size` pixels, the same bytes every time. An unknown key raises KeyError."""
    paint = SCENES[key][0]
    canvas = Canvas(key, max(size[0], round(size[1] * WIDTH / HEIGHT)))
    paint(canvas)
    return canvas.jpeg(size)
