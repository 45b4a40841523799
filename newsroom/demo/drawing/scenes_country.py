"""How does the land around the city look? Rice terraces, Ba Vì, the Red River, flower and vegetable gardens."""

import math
from collections.abc import Sequence

from newsroom.demo.drawing import built, moving, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, Point, mix

# The outline of the three peaks.
PEAKS: tuple[Point, ...] = tuple(
    zip(
        (
            -20,
            120,
            260,
            360,
            420,
            480,
            560,
            660,
            740,
            780,
            830,
            900,
            980,
            1060,
            1120,
            1180,
            1290,
            1400,
            1520,
            1520,
            -20,
        ),
        (560, 500, 440, 330, 290, 330, 400, 330, 230, 205, 240, 330, 390, 330, 300, 340, 430, 480, 530, 700, 700),
        strict=True,
    )
)


def ruong_lua(c: Canvas) -> None:
    """Terraced rice before the harvest, hills behind, reapers in front."""
    c.gradient((0, 0, 1500, 520), "#7fb2bd", "#cfdcc4", "#fbe6b4")
    nature.cloud(c, (420, 130), 640, "#ffffff", 0.8)
    nature.cloud(c, (1150, 190), 500, "#fff6e0", 0.7)
    for level, height, colour in ((380, 190, "#a9bfc0"), (440, 150, "#8dab9e"), (500, 110, "#6f9580")):
        hill = nature.ridge(c, level, height)
        c.shade(hill, colour, mix(colour, "#e6e3c0", 0.5))
    terraces(c)
    nature.palm(c, (1270, 560), 210, "#3f6a4c")
    nature.palm(c, (1330, 580), 170, "#3f6a4c", -0.06)
    c.shade([(1130, 560), (1150, 505), (1240, 505), (1262, 560)], "#b5553a", "#8a3b2e")
    c.rect((1145, 556, 1248, 592), "#efd9a4")
    for x, y, size, pose, shirt in (
        (420, 880, 280, "bend", "#8c4a5e"),
        (640, 850, -240, "bend", "#2f6f73"),
        (910, 900, 300, "carry", "#c8452f"),
        (1120, 740, 130, "bend", "#345a86"),
    ):
        people.person(c, (x, y), size, pose, (shirt, "#3a3442"), "cone")
    c.dabs((1010, 740), (44, 34), ("#d9b04a", "#efd27a", "#a8863a"), 60, 15)
    nature.reeds(c, 1010, 150, ("#d9b04a", "#c9a03f", "#e6c667", "#8f8f45"))


def terraces(c: Canvas) -> None:
    """Nine steps of ripening rice, each with its winding edge."""
    greens = ("#8fae5a", "#b3bd58", "#d6c557", "#e6bf4c", "#c9c05a", "#e0b445", "#d9a83c")
    for n in range(9):
        base, depth = 470 + n * n * 4.6 + n * 18, 16 + n * 9
        phase, swing = c.between(0, 6), 16 + n * 7
        edge = [
            (x, base + swing * math.sin(x / 260 + phase) + swing * 0.5 * math.sin(x / 113 + phase * 2))
            for x in range(-20, 1530, 15)
        ]
        colour = greens[n % 7]
        c.shade([*edge, (1520, 1010), (-20, 1010)], mix(colour, "#fff3c0", 0.25), mix(colour, "#5f7a3a", 0.25))
        c.line(edge, 3 + n * 0.9, mix(colour, "#4b5f33", 0.55))
        for _ in range(90 + n * 30):
            x, y = c.random.choice(edge)
            y += c.between(4, depth * 1.6)
            c.line(
                [(x, y), (x + c.between(-4, 4), y - 5 - n * 2)],
                1.5 + n * 0.15,
                mix(colour, c.random.choice(("#fff3c0", "#5f7a3a")), 0.4),
                0.8,
            )


def nui_ba_vi(c: Canvas) -> None:
    """The three peaks of Ba Vì in layers of morning mist."""
    c.gradient((0, 0, 1500, 700), "#6f97ac", "#b9cfcc", "#f4e0bf")
    c.glow((420, 330), 520, "#fff3cc", 0.8)
    nature.cloud(c, (1050, 130), 700, "#f9eedb", 0.8)
    c.shade(roughen(c, PEAKS), "#6f93a6", "#c4d2cc")
    for level, height, top in ((560, 130, "#6b95a0"), (640, 140, "#51837f"), (740, 150, "#3c6d64")):
        c.haze(level - 180, level + 20, "#f6ead2", (0.0, 0.55))
        c.shade(roughen(c, nature.ridge(c, level, height, 4)), top, mix(top, "#e6e6cc", 0.55))
    c.haze(660, 800, "#f6ead2", (0.0, 0.5))
    nature.grove(c, 850, 110, ("#35604f", "#47755a", "#6a9167"))
    c.shade([(-10, 840), (600, 815), (1510, 850), (1510, 1010), (-10, 1010)], "#8aa45c", "#54763f")
    c.shade(
        [(820, 1010), (880, 905), (760, 850), (800, 826), (860, 828), (830, 850), (985, 905), (1090, 1010)],
        "#ead9ae",
        "#d3bb8c",
    )
    c.dashes((0, 850, 1500, 1000), ["#a9bb68", "#456a3c"], 110, 0.3)
    for x, y, size in ((250, 905, 62), (380, 930, 84), (150, 950, 90)):
        cow(c, (x, y), size)
    c.shade([(1120, 800), (1170, 742), (1310, 742), (1360, 800)], "#b5553a", "#8a3b2e")
    c.rect((1140, 798, 1340, 868), "#efd9a4")
    c.rect((1215, 815, 1262, 868), "#6b4a34")
    nature.tree(c, (1430, 930), 330)
    people.person(c, (880, 920), 92, "walk", ("#8c4a5e", "#2f3442"), "cone")
    nature.birds(c, (620, 190), 6, "#4f6470")


def roughen(c: Canvas, outline: Sequence[Point]) -> list[Point]:
    """The same outline with a rougher line between its points."""
    rough: list[Point] = []
    for start, end in zip(outline, outline[1:], strict=False):
        steps = max(int(abs(end[0] - start[0]) / 14), 1)
        rough += [
            (start[0] + (end[0] - start[0]) * n / steps, start[1] + (end[1] - start[1]) * n / steps + c.between(-5, 5))
            for n in range(steps)
        ]
    return [*rough, outline[-1]]


def cow(c: Canvas, foot: Point, size: float) -> None:
    """A grazing cow."""
    x, y = foot
    for dx in (-0.5, -0.38, 0.3, 0.42):
        c.line([(x + dx * size, y), (x + dx * size, y - size * 0.4)], size * 0.1, "#5a3f33")
    c.rect((x - size * 0.6, y - size * 0.8, x + size * 0.5, y - size * 0.32), "#a8683f", 1, size * 0.2)
    c.rect((x - size * 0.2, y - size * 0.8, x + size * 0.1, y - size * 0.4), "#f1e6cf", 0.9, size * 0.1)
    c.poly(
        [
            (x + size * 0.4, y - size * 0.75),
            (x + size * 0.62, y - size * 0.6),
            (x + size * 0.86, y - size * 0.12),
            (x + size * 0.68, y - size * 0.08),
            (x + size * 0.42, y - size * 0.42),
        ],
        "#8f5534",
    )


def song_hong(c: Canvas) -> None:
    """The Red River at low sun: barges, a sandbank, a far bridge."""
    c.gradient((0, 0, 1500, 520), "#7a94a4", "#d9b9a0", "#f6c592")
    nature.sun(c, (430, 400), 56, "#fff2cf", "#ffc98c")
    nature.cloud(c, (950, 150), 800, "#f8dcc0", 0.75)
    nature.cloud(c, (280, 250), 420, "#f8dcc0", 0.6)
    c.poly(nature.ridge(c, 500, 60), "#c9ab9c")
    built.skyline(c, 505, 90, ("#bfa398", "#b39a94"))
    for n in range(9):
        x = 640 + n * 105
        c.rect((x - 6, 440, x + 6, 512), "#9a8280")
    c.rect((600, 434, 1500, 446), "#9a8280")
    nature.grove(c, 512, 40, ("#94807a", "#a08c80", "#ad9987"))
    c.mirror(508, "#b5765a", (0.6, 0.2), 5)
    nature.glints(c, 430, 525, "#ffe9c0", 90)
    c.dashes((0, 515, 1500, 1000), ["#e6ae84", "#8f5545", "#c98a6a", "#f4cfa4"], 240, 0.3, 120)
    moving.barge(c, (1120, 600), 260, "#6b4f50")
    moving.barge(c, (820, 740), 640, "#33445a")
    c.dashes((470, 750, 1180, 800), ["#f0cfa8", "#7a4a40"], 50, 0.5, 110)
    c.poly([(-10, 840), (200, 800), (420, 850), (610, 940), (700, 1010), (-10, 1010)], "#d9b384")
    c.poly([(-10, 880), (230, 850), (420, 920), (520, 1010), (-10, 1010)], "#8f9a58")
    for row in range(5):
        for n in range(12):
            x, y = -10 + n * 42 - row * 8, 900 + row * 24
            c.dabs((x, y), (16, 8), ("#5f7f45", "#7f9a52", "#a8b56a"), 9, 9)
    people.person(c, (330, 900), 130, "bend", ("#8c4a5e", "#33333f"), "cone")
    moving.boat(c, (560, 905), 200, "#3f3436")
    nature.birds(c, (1080, 300), 8, "#5f5560")


def vuon_hoa(c: Canvas) -> None:
    """A peach and marigold garden before Tết, gardeners at work."""
    c.gradient((0, 0, 1500, 560), "#a9c9cc", "#e6e6d0", "#fbeed0")
    nature.cloud(c, (350, 130), 600, "#ffffff", 0.8)
    built.skyline(c, 500, 150, ("#c4d2c8", "#cdd6c8"))
    nature.grove(c, 520, 80, ("#8fae8a", "#a4bd98", "#bccdac"))
    c.gradient((0, 515, 1500, 1000), "#a9b578", "#7d9156", "#5d7843")
    beds = (
        ("#e9a23f", "#f4c24f", "#d98a2c"),
        ("#c9476b", "#e0738a", "#f0a5ae"),
        ("#f4ecd8", "#fbf6e6", "#e6dcc0"),
        ("#8a5a9a", "#a87ab5", "#c9a5cf"),
    )
    for n in range(-7, 9):
        flowers = beds[n % 4]
        for k in range(26):
            near = ((k + c.random.random()) / 26) ** 1.6
            x, y = 750 + n * (46 + 230 * near), 530 + 480 * near
            c.dabs((x, y), (14 + 74 * near, 5 + 18 * near), ("#4b7048", "#5f8350"), 4, 6 + 24 * near)
            c.dabs((x, y - 6 - 14 * near), (14 + 74 * near, 5 + 16 * near), flowers, 9, 3.5 + 13 * near)
    for x, y, tall in ((200, 640, 300), (1290, 660, 340), (960, 570, 150), (520, 575, 160), (1480, 580, 200)):
        nature.tree(c, (x, y), tall, ("#a8485f", "#cf6a80", "#e8929f", "#f8c4c6"), 0.44)
    for x, y, size, pose, shirt in (
        (640, 760, 210, "bend", "#2f6f73"),
        (420, 690, -150, "carry", "#e8dcc4"),
        (1040, 860, -300, "bend", "#345a86"),
    ):
        people.person(c, (x, y), size, pose, (shirt, "#33333f"), "cone")
        c.dabs((x, y), (abs(size) * 0.3, abs(size) * 0.07), beds[size % 4], 40, abs(size) * 0.06)


def rau_sach(c: Canvas) -> None:
    """Vegetable beds and a net house in the morning, farmers watering."""
    c.gradient((0, 0, 1500, 480), "#8fbcc0", "#d9e3c9", "#f9eac4")
    nature.sun(c, (1180, 250), 48, "#fffbe2", "#ffe6a8")
    c.poly(nature.ridge(c, 430, 70), "#a9c2b0")
    nature.grove(c, 460, 90, ("#6f9a76", "#86ab80", "#a4bf94"))
    net_houses(c)
    c.gradient((0, 505, 1500, 1000), "#a8865a", "#8a6845", "#6b4d38")
    vegetable_beds(c)
    people.person(c, (540, 830), 330, "carry", ("#345a86", "#33333f"), "cone")
    c.poly([(610, 620), (668, 620), (662, 680), (616, 680)], "#2f7d6a")
    c.line([(664, 660), (716, 628)], 7, "#2f7d6a")
    for n in range(11):
        c.sag((716, 628), (735 + n * 9, 740), -12 + n, 1.6, "#d9eef0")
    people.person(c, (1010, 690), -190, "bend", ("#c8452f", "#33333f"), "cone")
    moving.basket(c, (1120, 690), 52, ("#3f7a45", "#86b864", "#c9d87a"))
    moving.basket(c, (300, 880), 92, ("#c8452f", "#dd6a4a", "#86b864", "#e9b23f"))


def vegetable_beds(c: Canvas) -> None:
    """Rows of greens that run towards the horizon."""
    greens = (
        ("#3f7a45", "#5f9a50", "#86b864"),
        ("#7fa84f", "#a4c45f", "#c9d87a"),
        ("#6b3f5e", "#8a5574", "#a87a8f"),
        ("#2f6a48", "#47855a", "#6fa56f"),
    )
    for n in range(-5, 6):
        near_bed = [
            (750 + n * 62 - 24, 515),
            (750 + n * 62 + 24, 515),
            (750 + n * 330 + 120, 1010),
            (750 + n * 330 - 120, 1010),
        ]
        c.poly(near_bed, "#6f4f38")
        for k in range(17):
            near = (k / 17) ** 1.7
            x, y, size = 750 + n * (62 + 268 * near), 522 + 480 * near, 9 + 46 * near
            for side in (-0.9, 0, 0.9):
                spot = (x + side * size, y)
                c.dabs(spot, (size * 0.5, size * 0.34), greens[n % 4][:2], 7, size * 0.34)
                c.dabs((spot[0], spot[1] - size * 0.2), (size * 0.3, size * 0.2), greens[n % 4][1:], 5, size * 0.24)


def net_houses(c: Canvas) -> None:
    """Three greenhouses of white netting."""
    for n in range(3):
        left = 90 + n * 290
        c.poly(
            [
                (left, 520),
                (left, 380),
                (left + 30, 320),
                (left + 90, 290),
                (left + 180, 290),
                (left + 240, 320),
                (left + 270, 380),
                (left + 270, 520),
            ],
            "#f3f4e6",
            0.85,
        )
        for k in range(4):
            c.arc((left + k * 12, 288 + k * 4, left + 270 - k * 12, 560), (180, 360), 3, "#a4b5a4")
        c.rect((left + 100, 410, left + 170, 520), "#8fae94", 0.8)


SCENES: dict[str, tuple[Painter, int, int]] = {
    "ruong-lua": (ruong_lua, 50, 60),
    "nui-ba-vi": (nui_ba_vi, 52, 42),
    "song-hong": (song_hong, 50, 62),
    "vuon-hoa": (vuon_hoa, 45, 68),
    "rau-sach": (rau_sach, 40, 65),
}
