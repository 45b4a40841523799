"""What do the craft villages and the flower market make and sell? Pots, silk, flowers by the bicycle-load."""

from newsroom.demo.drawing import built, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, Point, mix

GLAZES = ("#3f6f8f", "#a8553a", "#e6dcc4", "#4b7564", "#8a5a3c", "#c9a25a")
BLOSSOMS = (
    ("#c93f5e", "#e0677e", "#f0a0a8"),
    ("#e9a23f", "#f6c95a", "#d9802c"),
    ("#f4ecd8", "#fffaf0", "#e0d6c0"),
    ("#8a5aa8", "#b08ac9", "#d3b8df"),
    ("#d2492f", "#ee7a52", "#f4a67a"),
)


def lang_gom(c: Canvas) -> None:
    """A potter at the wheel, kiln glowing, shelves of jars."""
    c.gradient((0, 0, 1500, 1000), "#8a5f45", "#7a4f3c", "#4a3029")
    for row in range(12):
        for n in range(17):
            x = n * 94 - (47 if row % 2 else 0)
            c.rect((x, row * 58, x + 90, row * 58 + 54), mix("#96664a", "#5f3f33", c.random.random() * 0.8), 0.55)
    c.gradient((90, 90, 420, 440), "#dfe9d4", "#f9edc4")
    nature.palm(c, (230, 440), 250, "#7fa37a")
    for x in (84, 250, 416):
        c.rect((x, 84, x + 12, 446), "#4a3029")
    c.poly([(90, 90), (420, 90), (1000, 1000), (420, 1000)], "#fff0c0", 0.12)
    for row in range(3):
        y = 270 + row * 170
        at = 560.0
        while at < 960:
            size = c.between(34, 58)
            jar(c, (at + size, y), size, c.random.choice(GLAZES))
            at += size * 2.1
        c.rect((540, y, 1010, y + 14), "#4a3228")
    kiln(c)
    c.gradient((0, 756, 1500, 1000), "#7a5a44", "#4f382e")
    c.glow((1270, 830), 300, "#ff9a4a", 0.4)
    people.person(c, (330, 985), 560, "sit", ("#2f5f6d", "#33333f"))
    c.rect((270, 850, 400, 880), "#5a3f2e")
    c.rect((560, 890, 590, 1000), "#3f2e28")
    c.oval((575, 880), 150, 34, "#5f4a3c")
    c.oval((575, 870), 150, 32, "#8a7460")
    jar(c, (575, 870), 86, "#b98a66")
    c.line([(468, 752), (512, 772)], 24, people.SKIN)
    for n, (x, size) in enumerate(((830, 66), (950, 90), (1090, 74), (745, 44))):
        jar(c, (x, 980), size, GLAZES[n])


def kiln(c: Canvas) -> None:
    """The brick kiln, its mouth aglow."""
    c.shade([(1040, 760), (1060, 330), (1180, 210), (1360, 210), (1480, 330), (1510, 760)], "#b5694a", "#7a3f30")
    for n in range(7):
        c.arc((1060 + n * 6, 230 + n * 70, 1490 - n * 6, 330 + n * 70), (190, 350), 2, "#6b3a2c")
    c.glow((1270, 640), 380, "#ff9a4a", 0.75)
    c.poly([(1165, 760), (1165, 600), (1200, 540), (1340, 540), (1375, 600), (1375, 760)], "#3a1f1c")
    c.shade([(1185, 760), (1185, 610), (1215, 565), (1325, 565), (1355, 610), (1355, 760)], "#ffd98a", "#e0602c")
    for x, size in ((1225, 34), (1300, 42)):
        jar(c, (x, 756), size, "#8a3a24")


def jar(c: Canvas, foot: Point, size: float, glaze: str) -> None:
    """A thrown pot, round-bellied, light from the left."""
    x, y = foot
    c.oval((x, y), size * 0.7, size * 0.12, "#1c1512", 0.4)
    c.poly(
        [
            (x - size * 0.42, y),
            (x + size * 0.42, y),
            (x + size * 0.7, y - size * 0.6),
            (x - size * 0.7, y - size * 0.6),
        ],
        glaze,
    )
    c.oval((x, y - size * 0.75), size * 0.8, size * 0.52, glaze)
    c.oval((x + size * 0.34, y - size * 0.7), size * 0.42, size * 0.44, "#1c1512", 0.2)
    c.oval((x - size * 0.36, y - size * 0.86), size * 0.14, size * 0.24, "#ffffff", 0.35)
    c.rect((x - size * 0.34, y - size * 1.5, x + size * 0.34, y - size * 1.15), glaze)
    c.oval((x, y - size * 1.5), size * 0.44, size * 0.12, mix(glaze, "#ffffff", 0.25))
    c.oval((x, y - size * 1.5), size * 0.32, size * 0.08, "#2a1d1a")
    c.line(
        [(x - size * 0.76, y - size * 0.72), (x + size * 0.76, y - size * 0.72)],
        size * 0.06,
        mix(glaze, "#ffffff", 0.4),
        0.7,
    )


def lang_lua(c: Canvas) -> None:
    """Lengths of silk drying in the wind, a weaver at the loom."""
    c.gradient((0, 0, 1500, 640), "#9cc3c6", "#dfe6d0", "#f9ebc9")
    nature.cloud(c, (1050, 120), 560, "#ffffff", 0.8)
    nature.grove(c, 640, 170, ("#6f9a76", "#86ab80", "#a4bf94"))
    for left, right in ((980, 1260), (1240, 1530)):
        c.shade([(left - 20, 420), (left + 40, 340), (right - 40, 340), (right + 20, 420)], "#a8503a", "#7d3a2e")
        c.rect((left, 418, right, 660), "#e9c985")
        c.rect((left + 100, 500, left + 180, 660), "#5a4034")
    c.gradient((0, 640, 1500, 1000), "#c9b98a", "#a8946c", "#86735a")
    colours = ("#c9476b", "#e9b23f", "#2f7d7a", "#e6dcc4", "#7a4f8a", "#d2613f", "#4f7fa8")
    for row, (top, foot, wide, start) in enumerate(((210, 600, 96, 40), (120, 780, 150, -40))):
        c.line([(start - 60, top), (1100 if row == 0 else 900, top + 20)], 6, "#6b4a30")
        for n in range(9 - row * 3):
            x, colour = start + n * wide * 1.12, colours[(n + row * 3) % 7]
            cloth(c, (x, top + n * 2, x + wide, foot), colour)
        for x in (start - 40, 1060 if row == 0 else 870):
            c.line([(x, top - 30), (x, foot + 60)], 11, "#6b4a30")
    people.tunic(c, (960, 925), 380, "#c9576b", "cone")
    loom(c, (1230, 930))
    people.person(c, (1100, 985), 380, "sit", ("#f4ecdd", "#33333f"))
    c.rect((1050, 890, 1150, 912), "#6b4a30")


def cloth(c: Canvas, box: tuple[float, float, float, float], colour: str) -> None:
    """A hanging length of silk with folds, blown a little to the right."""
    left, top, right, bottom = box
    drift, wide = c.between(14, 46), right - left
    c.shade(
        [
            (left, top),
            (right, top),
            (right + drift * 0.4, (top + bottom) / 2),
            (right + drift, bottom - 14),
            (left + drift, bottom + 8),
            (left + drift * 0.2, (top + bottom) / 2),
        ],
        mix(colour, "#ffffff", 0.12),
        mix(colour, "#3a2a3a", 0.15),
    )
    for n in range(4):
        x, fold = left + wide * (0.12 + 0.22 * n), wide * c.between(0.05, 0.11)
        tone = ("#ffffff", "#2a1d2a")[n % 2]
        c.poly(
            [(x, top), (x + fold * 0.4, top), (x + fold + drift, bottom - 4), (x - fold * 0.4 + drift, bottom)],
            tone,
            0.14,
        )
    c.line([(left + drift, bottom - 16), (right + drift, bottom - 36)], 4, mix(colour, "#f6e2a4", 0.6))


def loom(c: Canvas, foot: Point) -> None:
    """A wooden loom from the side, a web of threads on it."""
    x, y = foot
    for dx in (-20, 210):
        c.rect((x + dx, y - 330, x + dx + 20, y + 40), "#7a5236")
    for dy in (-330, -150, 0):
        c.rect((x - 40, y + dy, x + 250, y + dy + 18), "#8f6440")
    for n in range(22):
        c.line([(x - 30, y - 140), (x + 40 + n * 8, y - 312)], 1.3, "#f4e6c8", 0.9)
    c.shade([(x - 50, y - 160), (x + 120, y - 160), (x + 130, y - 60), (x - 60, y - 60)], "#e9b23f", "#c98a35")
    c.rect((x - 60, y - 172, x + 140, y - 152), "#6b4a30")


def cho_hoa(c: Canvas) -> None:
    """The flower market before dawn: bicycles heaped with blossoms, lamps."""
    c.gradient((0, 0, 1500, 620), "#2a3a5e", "#6f6a8a", "#d99f8a")
    built.skyline(c, 600, 200, ("#565a80", "#625f82"), ("#f2c888", "#6f6a8a"))
    for n, left in enumerate((-50, 150, 1180, 1370)):
        built.shophouse(
            c, (left, (120, 230, 210, 90)[n], left + 190, 660), mix(built.WALLS[n], "#3a3a60", 0.45), lights=True
        )
    c.gradient((0, 620, 1500, 1000), "#8a6f78", "#5d5064", "#3d3a52")
    for x in (430, 760, 1090):
        c.line([(x, 640), (x, 330)], 6, "#33304a")
        c.glow((x, 330), 270, "#ffe0a0", 0.75)
        c.dot((x, 330), 13, "#fff6d8")
    people.crowd(c, 690, 135, (60, 1450), ("#5d5070", 0.35))
    blossoms(c)
    for x, size, kind in ((380, 400, 0), (1020, 430, 1)):
        people.bicycle(c, (x, 965), size, "#2f4a5e")
        for dx, lift, heap in ((-0.24, 0.62, 0.3), (0.2, 0.66, 0.22)):
            centre = (x + dx * size, 965 - lift * size)
            c.dabs(
                (centre[0], centre[1] + 14), (heap * size * 1.05, heap * size * 0.8), ("#2f5b49", "#44735a"), 50, 26
            )
            c.dabs(centre, (heap * size, heap * size * 0.8), BLOSSOMS[kind + (2 if dx > 0 else 0)], 130, 17)
        people.person(
            c, (x + size * 0.52, 975), -size * 0.98, "carry", (("#2f6f73", "#8c4a5e")[kind], "#2a2f42"), "cone"
        )


def blossoms(c: Canvas) -> None:
    """Two rows of buckets full of cut flowers."""
    for row, (level, size, step) in enumerate(((770, 62, 170), (880, 98, 240))):
        for n in range(10 - row * 3):
            x = -10 + n * step + row * 70
            c.poly(
                [
                    (x - size * 0.6, level - size * 0.2),
                    (x + size * 0.6, level - size * 0.2),
                    (x + size * 0.42, level + size * 0.6),
                    (x - size * 0.42, level + size * 0.6),
                ],
                "#4a5f6a",
            )
            c.dabs((x, level - size * 0.35), (size * 0.9, size * 0.5), ("#35604f", "#47755a"), 26, size * 0.22)
            c.dabs((x, level - size * 0.6), (size * 0.86, size * 0.5), BLOSSOMS[(n + row * 2) % 5], 60, size * 0.16)


SCENES: dict[str, tuple[Painter, int, int]] = {
    "lang-gom": (lang_gom, 40, 68),
    "lang-lua": (lang_lua, 60, 58),
    "cho-hoa": (cho_hoa, 45, 68),
}
