"""How does the region celebrate? Opera house, museum, village festival, lanterns."""

import math

from newsroom.demo.drawing import built, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, mix


def nha_hat(c: Canvas) -> None:
    """The opera house at blue hour, lit from within."""
    c.gradient((0, 0, 1500, 860), "#1f2f54", "#5a6390", "#c99a94")
    nature.stars(c, 300, 70)
    c.glow((750, 560), 700, "#ffcf8a", 0.5)
    built.skyline(c, 780, 230, ("#4a4f78", "#565680"), ("#f2c888", "#6a6488"))
    c.shade([(230, 420), (1270, 420), (1270, 790), (230, 790)], "#c99a62", "#9a6a48")
    for x in (310, 1190):
        c.shade([(x - 110, 400), (x - 70, 300), (x + 70, 300), (x + 110, 400)], "#55606f", "#3a4456")
        c.shade([(x - 100, 400), (x + 100, 400), (x + 100, 790), (x - 100, 790)], "#d6a86c", "#a67550")
        c.rect((x - 42, 250, x + 42, 302), "#55606f", 1, 20)
    c.shade([(430, 410), (560, 250), (940, 250), (1070, 410)], "#5a6675", "#39435a")
    c.shade([(600, 252), (650, 190), (850, 190), (900, 252)], "#646f7d", "#4a5566")
    c.line([(750, 190), (750, 130)], 5, "#d9c08a")
    c.shade([(560, 400), (750, 318), (940, 400)], "#f6e2b4", "#e0bd7f")
    c.rect((0, 790, 1500, 852), "#3d3f63")
    c.rect((210, 400, 1290, 424), "#fbecc4")
    c.rect((220, 598, 1280, 612), "#fbecc4")
    for n in range(11):
        x = 270 + n * 96
        for top, foot, arch in ((460, 596, 26), (640, 786, 30)):
            c.glow((x, (top + foot) / 2), 60, "#fff0b8", 0.45)
            c.rect((x - arch, top, x + arch, foot), "#ffe39a")
            c.dot((x, top), arch, "#ffe39a")
            c.line([(x, top - arch), (x, foot)], 3, "#b9854a")
            c.line([(x - arch, top + 30), (x + arch, top + 30)], 3, "#b9854a")
    for n in range(12):
        x = 222 + n * 96
        c.shade([(x - 11, 424), (x + 11, 424), (x + 12, 786), (x - 12, 786)], "#f3d9a4", "#c08f5c")
    for n in range(5):
        c.rect((330 - n * 40, 786 + n * 13, 1170 + n * 40, 801 + n * 13), mix("#ecd3a0", "#6a5f72", n / 5))
    c.gradient((0, 850, 1500, 1000), "#5f5a78", "#35385a")
    square(c)


def square(c: Canvas) -> None:
    """The square before the opera house: lamplight, trees, people on their way in."""
    for n in range(8):
        nature.glints(c, 200 + n * 160, 856, "#ffd894", 38)
    for x in (120, 1380):
        nature.tree(c, (x, 880), 420, nature.NIGHT_LEAVES)
        built.lamp(c, (x + (90 if x < 700 else -90), 890), 300, 1 if x < 700 else -1, "#ffe2a0")
    for x, size, colour in ((560, 150, "#c9576b"), (900, 152, "#e0a843")):
        people.tunic(c, (x, 930), size, colour)
    for x, size in ((610, 160), (850, -158), (700, 120)):
        people.person(c, (x, 930 if abs(size) > 150 else 880), size, "walk", ("#2a3150", "#20263f"))


def bao_tang(c: Canvas) -> None:
    """A museum hall: bronze drum under a skylight, visitors."""
    c.gradient((0, 0, 1500, 720), "#d9d0bb", "#e9dfc6", "#d3c4a6")
    c.shade([(420, 0), (1080, 0), (980, 90), (520, 90)], "#fffdf0", "#f6eed4")
    c.poly([(520, 90), (980, 90), (1200, 900), (300, 900)], "#fffbe4", 0.35)
    c.shade([(0, 0), (260, 130), (260, 690), (0, 820)], "#a99c86", "#94876f")
    c.shade([(1500, 0), (1240, 130), (1240, 690), (1500, 820)], "#b5a88f", "#9c8f76")
    for left, top, right, colours in (
        (330, 240, 470, ("#5f8f88", "#c9b26a", "#2f4f5a")),
        (1030, 240, 1170, ("#b5553a", "#e0b45a", "#5a3a34")),
    ):
        c.rect((left - 12, top - 12, right + 12, top + 232), "#6b4a30")
        c.gradient((left, top, right, top + 220), *colours)
        c.poly(
            ((left, top + 220), (left + 50, top + 110), (left + 90, top + 160), (right, top + 90), (right, top + 220)),
            mix(colours[2], "#101820", 0.3),
        )
    c.gradient((0, 690, 1500, 1000), "#b08a5e", "#8a6846")
    c.poly([(0, 820), (260, 690), (1240, 690), (1500, 820), (1500, 1000), (0, 1000)], "#a9814f", 0.4)
    for n in range(9):
        c.line([(750 + (n - 4) * 110, 690), (750 + (n - 4) * 330, 1000)], 2, "#6b4a30", 0.5)
    c.oval((750, 846), 330, 40, "#4a3626", 0.4)
    c.shade([(540, 700), (960, 700), (990, 840), (510, 840)], "#f3ead4", "#c4b598")
    c.oval((750, 700), 210, 26, "#fbf5e4")
    drum(c, (750, 690))
    for x, y, size, pose, shirt in (
        (240, 920, 400, "stand", "#2f6f73"),
        (370, 900, 250, "reach", "#e0a843"),
        (1140, 930, -410, "walk", "#8c4a5e"),
        (1290, 905, -370, "stand", "#345a86"),
    ):
        c.oval((x, y), abs(size) * 0.2, 12, "#4a3626", 0.4)
        people.person(c, (x, y), size, pose, (shirt, "#2f3442"))


def drum(c: Canvas, foot: tuple[float, float]) -> None:
    """A Đông Sơn bronze drum."""
    x, y = foot
    bronze, dark = "#6f8a6a", "#33443a"
    profile = [
        (-150, -300),
        (-165, -235),
        (-105, -190),
        (-100, -90),
        (-150, 0),
        (150, 0),
        (100, -90),
        (105, -190),
        (165, -235),
        (150, -300),
    ]
    c.shade([(x + dx, y + dy) for dx, dy in profile], mix(bronze, "#d9c07a", 0.25), dark)
    c.poly(
        [
            (x + dx, y + dy)
            for dx, dy in ((60, -300), (150, -300), (165, -235), (105, -190), (100, -90), (150, 0), (60, 0))
        ],
        "#1f2c28",
        0.3,
    )
    for lift, half in ((-262, 158), (-240, 163), (-180, 103), (-110, 100), (-40, 128)):
        c.line([(x - half, y + lift), (x + half, y + lift)], 3, "#b9b07a", 0.7)
    for n in range(12):
        at = x - 88 + n * 16
        c.line([(at, y - 170), (at + 8, y - 120)], 2, "#b9b07a", 0.6)
        c.poly([(at - 4, y - 20), (at + 4, y - 34), (at + 12, y - 20)], "#b9b07a", 0.5)
    for n, colour in enumerate(("#8aa27a", "#6f8a6a", "#9ab08a", "#7f9a76", "#c9c08a")):
        c.oval((x, y - 300), 150 - n * 30, 40 - n * 8, colour)
    for n in range(3):
        c.arc((x - 130 + n * 34, y - 334 + n * 9, x + 130 - n * 34, y - 266 - n * 9), (0, 360), 2, "#4a5a48")


def le_hoi(c: Canvas) -> None:
    """A village festival: temple gate, banners, dragon dancers, a crowd."""
    c.gradient((0, 0, 1500, 760), "#7fb0b0", "#d3dfc0", "#fbe6b4")
    nature.cloud(c, (1050, 130), 560, "#ffffff", 0.7)
    c.poly(nature.ridge(c, 560, 120), "#a9c2ae")
    nature.grove(c, 690, 190, nature.LEAVES[1:])
    for left, right, top in ((360, 1140, 400), (520, 980, 250)):
        c.shade(
            [(left + 60, top + 60), (right - 60, top + 60), (right - 60, 740), (left + 60, 740)], "#e8c98a", "#b98a54"
        )
        roof = [
            (left - 40, top + 40),
            (left + 30, top + 52),
            (left + 130, top - 30),
            (right - 130, top - 30),
            (right - 30, top + 52),
            (right + 40, top + 40),
            (right, top + 92),
            (left, top + 92),
        ]
        c.shade(roof, "#b5553a", "#7d3228")
        c.line([(left + 120, top - 32), (right - 120, top - 32)], 14, "#8a3b2e")
        for side, edge in ((-1, left - 40), (1, right + 40)):
            c.line([(edge, top + 42), (edge + side * 22, top + 8)], 13, "#8a3b2e")
    for n in range(6):
        x = 450 + n * 120
        c.rect((x - 11, 490, x + 11, 740), "#8f3a2c")
    for x, half in ((510, 40), (630, 40), (750, 46), (870, 40), (990, 40)):
        c.rect((x - half, 540, x + half, 740), "#4a2a26")
    banners(c)
    c.gradient((0, 740, 1500, 1000), "#d9c08e", "#b59468")
    people.crowd(c, 800, 115, (10, 1490), ("#c9a878", 0.25))
    dragon(c)
    people.crowd(c, 1060, 230, (-10, 1510), ("#3a2f33", 0.5))


def banners(c: Canvas) -> None:
    """Festival flags, square in square, along the yard."""
    for n in range(10):
        x, tall = 60 + n * 153 + (20 if n > 4 else -20), 480
        c.line([(x, 800), (x, 800 - tall)], 6, "#6b4a30")
        colours = ("#d2372c", "#e9b23f", "#2f7d6a", "#345a86")
        for ring in range(4):
            inset = ring * 15
            c.poly(
                [
                    (x + inset, 330 + inset),
                    (x + 100 - inset, 342 + inset),
                    (x + 94 - inset, 424 - inset),
                    (x + inset, 418 - inset),
                ],
                colours[(n + ring) % 4],
            )


def dragon(c: Canvas) -> None:
    """A cloth dragon on poles, carried in a wave."""
    spine = [(180 + n * 26, 640 + 58 * math.sin(n * 0.42)) for n in range(40)]
    for n in range(3, 40, 6):
        x, y = spine[n]
        c.line([(x, y), (x, 820)], 6, "#6b4a30")
        people.person(c, (x - 24, 925), 185, "shoot", ("#e9b23f", "#c8352c"))
    for width, colour in ((62, "#a82f26"), (50, "#d9482f"), (22, "#f0b23f")):
        for x, y in spine:
            c.dot((x, y), width / 2, colour)
    for n, (x, y) in enumerate(spine[:-2]):
        c.poly([(x - 10, y - 26), (x + 2, y - 50), (x + 14, y - 26)], "#f0c24a" if n % 2 else "#2f7d6a")
    x, y = spine[-1]
    c.poly(
        [
            (x - 20, y - 44),
            (x + 60, y - 52),
            (x + 128, y - 10),
            (x + 120, y + 8),
            (x + 62, y + 6),
            (x + 116, y + 40),
            (x + 40, y + 48),
            (x - 20, y + 34),
        ],
        "#d9482f",
    )
    c.poly([(x + 62, y + 6), (x + 120, y + 8), (x + 116, y + 40)], "#7d1f22")
    c.dot((x + 52, y - 26), 13, "#fbf5e0")
    c.dot((x + 56, y - 26), 6, "#20242c")
    for dx, dy in ((-30, -90), (10, -100)):
        c.line([(x + 20, y - 46), (x + dx, y + dy)], 9, "#f0c24a")
    c.dabs((x - 14, y), (30, 44), ("#f0c24a", "#2f7d6a", "#f6e0a0"), 30, 10)


def den_long(c: Canvas) -> None:
    """Rows of silk lanterns over a lane at night, their light on the wet stones."""
    c.gradient((0, 0, 1500, 700), "#16203c", "#33325a", "#7a4a5a")
    c.glow((750, 600), 520, "#ffb66a", 0.7)
    for n, (left, right, top) in enumerate(((-60, 210, -20), (205, 390, 130), (1110, 1300, 120), (1295, 1560, -30))):
        built.shophouse(c, (left, top, right, 740), mix(built.WALLS[n], "#3a2440", 0.5), lights=True)
    for n, (left, right, top) in enumerate(((388, 500, 260), (1000, 1112, 250), (498, 580, 360), (920, 1002, 350))):
        built.shophouse(c, (left, top, right, 700), mix(built.WALLS[n], "#7a4a50", 0.55), lights=True)
    c.mirror(700, "#3a2f48", (0.7, 0.25), 8)
    c.poly([(560, 700), (940, 700), (1500, 1000), (0, 1000)], "#f0a860", 0.12)
    c.dashes((0, 710, 1500, 1000), ["#ffcf8a", "#1c1c34", "#a85a5a"], 170, 0.3)
    for x, size, colour in ((690, 150, "#c9576b"), (800, 165, "#f1e0b8")):
        people.tunic(c, (x, 830), size, colour, "cone" if x > 700 else "")
    colours = ("#d8452f", "#e9a23f", "#c93f6a", "#3f8f8a", "#8a5aa8", "#e0703a")
    for row, (level, size, count, depth) in enumerate(((360, 38, 9, 60), (250, 66, 8, 90), (60, 128, 7, 100))):
        left, right = (470, 1030) if row == 0 else (180, 1320) if row == 1 else (-60, 1560)
        c.sag((left, level), (right, level), depth, 3, "#1c1a2a")
        for n in range(count):
            t = (n + 0.5) / count
            knot = (left + (right - left) * t, level + depth * 4 * t * (1 - t))
            built.lantern(c, knot, size * c.between(0.85, 1.1), colours[(n * 2 + row) % 6])


SCENES: dict[str, tuple[Painter, int, int]] = {
    "nha-hat": (nha_hat, 50, 58),
    "bao-tang": (bao_tang, 50, 60),
    "le-hoi": (le_hoi, 60, 65),
    "den-long": (den_long, 50, 40),
}
