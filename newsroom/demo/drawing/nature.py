"""What grows, flows and drifts in the pictures? Clouds, ridges, trees, reeds, rain and light on the water."""

import math
from collections.abc import Sequence

from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, Point, mix

LEAVES = ("#24473f", "#2f5b49", "#44735a", "#6a9167")
AUTUMN = ("#6b4a2b", "#9a6a35", "#c08a43", "#d9ae63")
NIGHT_LEAVES = ("#0f2029", "#152c33", "#1c3a3d", "#2a4d48")
FLAME = ("#7d2b26", "#b33f2f", "#d65a3a", "#ee8a55")


def ridge(canvas: Canvas, level: float, height: float, waves: float = 3.0) -> list[Point]:
    """A hill line across the sheet, closed at the bottom."""
    parts = [
        (waves * factor, weight * canvas.between(0.7, 1.2), canvas.between(0, 6.3))
        for factor, weight in ((1, 0.6), (2.3, 0.3), (5.1, 0.12), (11.0, 0.05))
    ]
    line = [
        (x, level - height * (0.5 + sum(w * math.sin(f * x / WIDTH * 3.1 + phase) for f, w, phase in parts)))
        for x in range(-20, WIDTH + 31, 10)
    ]
    return [*line, (WIDTH + 30, HEIGHT + 10), (-20, HEIGHT + 10)]


def cloud(canvas: Canvas, centre: Point, width: float, colour: str, alpha: float = 0.5) -> None:
    """A low bank of cloud: long flat strokes, thicker in the middle."""
    for _ in range(16):
        offset = canvas.random.gauss(0, 0.3)
        half = width * canvas.between(0.14, 0.34) * (1 - min(abs(offset), 0.8))
        rise = width * 0.06 * canvas.between(-1, 0.5) * (1 - min(abs(offset), 0.9))
        canvas.oval((centre[0] + offset * width, centre[1] + rise), half, half * 0.11 + 2, colour, alpha * 0.3)


def sun(canvas: Canvas, centre: Point, radius: float, colour: str, halo: str) -> None:
    """A disc of light with its halo."""
    canvas.glow(centre, radius * 9, halo, 0.55)
    canvas.glow(centre, radius * 3.4, colour, 0.55)
    canvas.dot(centre, radius, colour)


def glints(canvas: Canvas, x: float, top: float, colour: str, width: float = 60) -> None:
    """The broken column of light that a lamp or the sun lays on water below `top`."""
    y = top
    while y < HEIGHT:
        near = (y - top) / (HEIGHT - top)
        half = width * (0.25 + near) * canvas.between(0.25, 1)
        canvas.oval(
            (x + canvas.between(-0.5, 0.5) * width * near, y), half, 1.2 + 3 * near, colour, 0.65 - 0.35 * near
        )
        y += 5 + 12 * near


def tree(canvas: Canvas, foot: Point, height: float, leaves: Sequence[str] = LEAVES, spread: float = 0.42) -> None:
    """A broad city tree; `leaves` run from shadow to light, light falls from the upper left."""
    x, y = foot
    bark = mix(leaves[0], "#3a2a22", 0.6)
    width = height * 0.035
    canvas.poly(
        [
            (x - width, y),
            (x - width * 0.5, y - height * 0.6),
            (x + width * 0.6, y - height * 0.6),
            (x + width * 1.1, y),
        ],
        bark,
    )
    for side, reach in ((-1, 0.2), (1, 0.24), (-0.4, 0.3)):
        canvas.line([(x, y - height * 0.38), (x + side * reach * height, y - height * 0.66)], width * 0.8, bark)
    crowns = [(0, 0.72, 1.0), (-0.55, 0.6, 0.7), (0.55, 0.62, 0.72), (-0.2, 0.86, 0.66), (0.3, 0.84, 0.6)]
    for tone, (shift, lift, share) in enumerate(
        ((0.0, 0.0, 1.0), (-0.04, 0.03, 0.86), (-0.08, 0.07, 0.66), (-0.12, 0.11, 0.4))
    ):
        for dx, dy, size in crowns:
            centre = (x + (dx * spread + shift) * height, y - (dy + shift * -0.2 + lift * 0.6) * height)
            reach = spread * size * 0.62 * height * share
            dabs = round(26 * (1 if tone else 1.5))
            canvas.dabs(centre, (reach, reach * 0.62), [leaves[tone]], dabs, height * (0.055 - 0.008 * tone))


def grove(canvas: Canvas, level: float, height: float, leaves: Sequence[str], span: Point = (0, WIDTH)) -> None:
    """A far row of tree crowns along a level."""
    x = span[0]
    while x < span[1]:
        size = height * canvas.between(0.55, 1)
        for tone, colour in enumerate(leaves[:3]):
            reach = size * (0.62 - 0.16 * tone)
            canvas.dabs(
                (x - tone * size * 0.1, level - size * (0.4 + 0.12 * tone)),
                (reach, reach * 0.66),
                [colour],
                15,
                size * 0.19,
            )
        x += size * canvas.between(0.5, 0.8)
    canvas.rect((span[0], level - height * 0.25, span[1], level), leaves[0])


def palm(canvas: Canvas, foot: Point, height: float, colour: str, lean: float = 0.08) -> None:
    """An areca or coconut palm, drawn as a silhouette."""
    top = (foot[0] + lean * height, foot[1] - height)
    canvas.line([foot, (foot[0] + lean * height * 0.3, foot[1] - height * 0.5), top], height * 0.028, colour)
    for n in range(11):
        angle = math.radians(-205 + n * 23)
        reach = height * canvas.between(0.24, 0.33)
        ahead, rise = math.cos(angle), math.sin(angle)
        spine = [
            (top[0] + reach * ahead * t, top[1] + reach * (0.75 * rise * t + 0.62 * t * t))
            for t in (n / 8 for n in range(9))
        ]
        under = [(x, y + reach * 0.13 * math.sin(math.pi * (k / 8) ** 0.7)) for k, (x, y) in enumerate(spine)]
        canvas.poly([*spine, *reversed(under)], mix(colour, "#9fbf86", 0.18 * (n % 3)))


def bough(canvas: Canvas, start: Point, end: Point, leaves: Sequence[str], size: float = 26) -> None:
    """A branch that reaches into the picture from an edge, dark against the light."""
    canvas.sag(start, end, -20, 9, mix(leaves[0], "#2a1d18", 0.5))
    for n in range(46):
        t = (n / 46) ** 0.8
        x = start[0] + (end[0] - start[0]) * t + canvas.between(-40, 40)
        y = start[1] + (end[1] - start[1]) * t + canvas.random.gauss(0, 40) * (1.1 - t * 0.5) - 15
        canvas.dabs((x, y), (size * 1.6, size), leaves, 9, size * 0.55)


def willow(canvas: Canvas, edge: float, length: float, leaves: Sequence[str], span: Point) -> None:
    """Hanging twigs along the upper edge, as the trees around the lake let them down."""
    x = span[0]
    while x < span[1]:
        reach = length * canvas.between(0.35, 1)
        drift = canvas.between(-14, 14)
        colour = canvas.random.choice(leaves)
        canvas.line([(x, edge), (x + drift * 0.4, edge + reach * 0.6), (x + drift, edge + reach)], 1.6, colour)
        for n in range(int(reach / 13)):
            y = edge + n * 13
            shift = drift * (n * 13 / reach)
            canvas.oval((x + shift + canvas.between(-6, 6), y), 2.6, 8.5, colour)
        x += canvas.between(9, 24)


def reeds(canvas: Canvas, level: float, height: float, colours: Sequence[str], span: Point = (0, WIDTH)) -> None:
    """Grass blades in front, from `level` upwards."""
    for _ in range(int((span[1] - span[0]) / 5)):
        x = canvas.between(*span)
        reach, lean = height * canvas.between(0.4, 1), canvas.between(-0.35, 0.35)
        tip = (x + lean * reach, level - reach)
        canvas.poly(
            [(x - 3, level), (x + lean * reach * 0.4, level - reach * 0.6), tip, (x + 3, level)],
            canvas.random.choice(colours),
        )


def rain(canvas: Canvas, count: int, colour: str = "#dfe8ec", slant: float = -0.16) -> None:
    """Streaks of rain over the whole sheet, near ones longer."""
    for _ in range(count):
        x, y, near = canvas.between(0, WIDTH + 200), canvas.between(-60, HEIGHT), canvas.random.random()
        length = 22 + 70 * near
        canvas.line([(x, y), (x + slant * length, y + length)], 0.8 + 1.2 * near, colour, 0.12 + 0.28 * near)


def stars(canvas: Canvas, bottom: float, count: int, colour: str = "#f5ecd2") -> None:
    """Small stars above `bottom`."""
    for _ in range(count):
        canvas.dot(
            (canvas.between(0, WIDTH), canvas.between(0, bottom)),
            canvas.between(0.6, 1.6),
            colour,
            canvas.between(0.25, 0.8),
        )


def birds(canvas: Canvas, centre: Point, count: int, colour: str, size: float = 12) -> None:
    """A loose flight of birds."""
    for _ in range(count):
        x, y = centre[0] + canvas.between(-130, 130), centre[1] + canvas.between(-45, 45)
        reach = size * canvas.between(0.6, 1)
        canvas.line([(x - reach, y - reach * 0.45), (x, y), (x + reach, y - reach * 0.5)], 2.2, colour)
