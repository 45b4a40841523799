"""How does the city move and build? Metro, bus, rush hour and building site."""

from newsroom.demo.drawing import built, moving, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, Point, mix


def metro(c: Canvas) -> None:
    """A metro train on its viaduct above the avenue, morning."""
    c.gradient((0, 0, 1500, 760), "#5f9bb3", "#a9cdd0", "#efe6cb")
    for x, y, wide in ((300, 150, 520), (1050, 100, 700), (760, 260, 420)):
        nature.cloud(c, (x, y), wide, "#ffffff", 0.8)
    built.skyline(c, 740, 330, ("#a9bfc2", "#b7c7c4"))
    for n, (left, top, right) in enumerate(((70, 250, 190), (1190, 170, 1330), (1350, 300, 1490), (220, 360, 330))):
        built.tower(
            c, (left, top, right, 760), (("#e6dcc4", "#a5a9a2"), ("#d9cdb4", "#8fa0a2"))[n % 2], ("#6f93a0", "#88a9b0")
        )
    nature.grove(c, 775, 90, nature.LEAVES[1:])
    c.gradient((0, 770, 1500, 1000), "#8d9694", "#6d7579", "#565e66")
    c.poly([(0, 905), (1500, 905), (1500, 912), (0, 912)], "#e9e3d2", 0.7)
    for x in (180, 640, 1100):
        c.shade(
            [(x - 70, 560), (x + 130, 560), (x + 62, 640), (x + 62, 860), (x - 2, 860), (x - 2, 640)],
            "#cfcabb",
            "#9b9b95",
        )
        c.rect((x + 36, 640, x + 62, 860), "#6f7678", 0.5)
    moving.train(c, (-200, 385, 1130, 505), ("#eef0ea", "#2f7d5f"), 3)
    c.gradient((0, 505, 1500, 572), "#e4decd", "#b5b3aa")
    c.rect((0, 560, 1500, 574), "#83898a")
    for x in range(0, 1500, 115):
        c.rect((x, 505, x + 3, 572), "#a3a49d")
    built.lamp(c, (1340, 505), 190, -1)
    for x, size, paint in (
        (330, -1, ("#c8452f", "#345a86")),
        (850, 1, ("#e0a843", "#f1e6cf")),
        (1010, 1, ("#345a86", "#8c4a5e")),
    ):
        people.motorbike(c, (x, 890), 120 * size, paint)
    moving.car(c, (1300, 985), -300, "#b5442f")
    nature.tree(c, (960, 800), 210, nature.LEAVES, 0.42)
    nature.tree(c, (420, 800), 190, nature.LEAVES, 0.42)


def xe_buyt(c: Canvas) -> None:
    """An electric bus at a tree-lined stop."""
    c.gradient((0, 0, 1500, 640), "#a8c9c4", "#dfe5cf", "#f5e9c9")
    built.skyline(c, 620, 300, ("#b9c9bd", "#c8d0bd"))
    for left, top in ((900, 180), (1090, 240), (1290, 150)):
        built.shophouse(c, (left, top, left + 186, 690), mix(built.WALLS[left % 5], "#dfe5cf", 0.25))
    nature.grove(c, 690, 150, nature.LEAVES[1:], (0, 900))
    c.gradient((0, 680, 1500, 800), "#d6ccb3", "#c3b79f")
    c.gradient((0, 790, 1500, 1000), "#7b8083", "#5b6269")
    for x in range(40, 1500, 240):
        c.poly([(x, 930), (x + 120, 930), (x + 112, 940), (x - 10, 940)], "#efe7d0", 0.8)
    for x in (80, 420, 1120, 1420):
        nature.tree(c, (x, 735), 470, nature.LEAVES, 0.36)
    c.rect((640, 470, 1010, 486), "#345a50")
    for x in (660, 990):
        c.rect((x, 486, x + 9, 765), "#345a50")
    c.rect((680, 500, 980, 680), "#dbe7e0", 0.35)
    for x, shirt in ((700, "#c8452f"), (770, "#f1e6cf"), (930, "#345a86")):
        people.person(c, (x, 775), 165, "stand", (shirt, "#2a3341"))
    moving.bus(c, (90, 600, 850, 880), "#2f7d6a")
    people.person(c, (1130, 830), -190, "walk", ("#e0a843", "#33414f"))
    people.motorbike(c, (1310, 945), 190, ("#c8452f", "#f1e6cf"))


def un_tac(c: Canvas) -> None:
    """The evening rush hour: rows of motorbikes and cars towards a low sun."""
    c.gradient((0, 0, 1500, 560), "#6d6a80", "#d59a7f", "#f6c489")
    nature.sun(c, (760, 440), 52, "#fff0c4", "#ffc27d")
    built.skyline(c, 540, 230, ("#a97f79", "#96747a"))
    for n, left in enumerate((-60, 90, 1260, 1400)):
        built.tower(
            c,
            (left, (140, 270, 240, 90)[n], left + 160, 580),
            ("#8a6570", "#4d4257"),
            ("#f2c07c", "#6a5566", "#6a5566"),
        )
    nature.grove(c, 572, 80, ("#5f4f55", "#6f5a58", "#85685c"))
    c.gradient((0, 562, 1500, 1000), "#c48f78", "#6d5a66", "#3a3444")
    c.glow((760, 590), 420, "#ffd59a", 0.5)
    for row in range(7):
        level, size = 585 + row * row * 8.2 + row * 10, 34 + row * 27
        tint = 0.55 - row * 0.06
        x = -40 + c.between(0, size)
        while x < 1540:
            ride(c, (x, level), size, tint)
            x += size * (c.between(0.95, 1.25) if row < 5 else c.between(1.0, 1.5))
    for side in (-1, 1):
        built.lamp(c, (750 + side * 640, 640), 420, -side, "#ffdf9e")


def ride(c: Canvas, foot: Point, size: float, tint: float) -> None:
    """One rider seen from behind with a red tail light, or now and then a car's back."""
    (x, y), dusk = foot, "#a87a70"
    shirt = mix(mix(c.random.choice(people.CLOTHES), "#3a3040", 0.35), dusk, tint)
    dark = mix("#2a2633", dusk, tint)
    if c.random.random() < 0.1:
        c.rect((x - size * 0.55, y - size * 0.85, x + size * 0.55, y - size * 0.1), shirt, 1, size * 0.16)
        c.rect((x - size * 0.42, y - size * 0.78, x + size * 0.42, y - size * 0.5), dark, 1, size * 0.08)
        lights, low = [-0.42, 0.42], 0.38
    else:
        c.rect((x - size * 0.07, y - size * 0.3, x + size * 0.07, y), dark)
        c.rect(
            (x - size * 0.2, y - size * 0.5, x + size * 0.2, y - size * 0.24), mix(dark, shirt, 0.3), 1, size * 0.08
        )
        c.rect((x - size * 0.17, y - size * 0.86, x + size * 0.17, y - size * 0.4), shirt, 1, size * 0.1)
        c.line([(x - size * 0.2, y - size * 0.75), (x - size * 0.3, y - size * 0.55)], size * 0.07, shirt)
        c.line([(x + size * 0.2, y - size * 0.75), (x + size * 0.3, y - size * 0.55)], size * 0.07, shirt)
        c.dot(
            (x, y - size * 0.97),
            size * 0.13,
            mix(c.random.choice(("#e8dcc4", "#3a4a5a", "#b5442f", "#4b7564")), dusk, tint),
        )
        lights, low = [0.0], 0.34
    for at in lights:
        c.glow((x + at * size, y - size * low), size * 0.22, "#ff7a4a", 0.7)
        c.dot((x + at * size, y - size * low), size * 0.045, "#ff5a3a")


def cong_truong(c: Canvas) -> None:
    """A building site with tower cranes at sunrise."""
    c.gradient((0, 0, 1500, 800), "#7fa0aa", "#d9c9a8", "#f4bf85")
    nature.sun(c, (1130, 610), 60, "#fff0c4", "#ffcf90")
    nature.cloud(c, (500, 180), 800, "#fbeacb", 0.7)
    built.skyline(c, 780, 260, ("#c9aa88", "#bd9f86"))
    built.crane(c, (1010, 780), 520, -330, "#9c7f6d")
    for left, top, floors in ((560, 360, 8), (830, 470, 6)):
        frame(c, (left, top, left + 240, 800), floors)
    built.crane(c, (430, 830), 690, 560, "#d18a2c")
    frame(c, (60, 480, 350, 860), 6)
    c.haze(560, 860, "#f2c690", (0.0, 0.5))
    c.shade([(-10, 850), (500, 822), (1000, 836), (1510, 812), (1510, 1010), (-10, 1010)], "#a07a58", "#4e3d38")
    c.dashes((0, 850, 1500, 1000), ["#c79a6a", "#3d302e"], 130, 0.25)
    for x in (930, 990, 1050):
        c.line([(x, 900), (x + 380, 880)], 9, "#6b5a52")
    for x, size, posture in ((620, 190, "stand"), (735, 190, "reach"), (1240, 150, "walk"), (240, 140, "carry")):
        people.person(c, (x, 940 if size > 160 else 900), size, posture, ("#e0752c", "#2f3a4a"), "helmet")
    c.rect((770, 840, 850, 846), "#f1e6cf")
    c.poly([(778, 800), (842, 792), (850, 842), (784, 848)], "#dfe6e4")


def frame(c: Canvas, box: tuple[float, float, float, float], floors: int) -> None:
    """The concrete skeleton of a building with scaffolding."""
    left, top, right, bottom = box
    tall = (bottom - top) / floors
    c.rect((left + 10, top + tall, right - 10, bottom), "#574f56", 0.85)
    for n in range(floors + 1):
        c.rect((left - 6, top + n * tall, right + 6, top + n * tall + 11), "#8b7d76" if n else "#b9a288")
        for k in range(5):
            x = left + (right - left) * k / 4
            if n or k % 2 == 0:
                c.rect(
                    (x - 7, top + n * tall - tall * (0.3 if n == 0 else 0), x + 7, min(top + (n + 1) * tall, bottom)),
                    "#756a69",
                )
    for n in range(floors * 2):
        y = top + n * tall / 2
        c.line([(right + 4, y), (right + 34, y)], 2, "#57504f")
    for x in (right + 6, right + 32):
        c.line([(x, top - 20), (x, bottom)], 3, "#57504f")
    c.rect((left - 4, top + tall * 2, left + 70, bottom - tall), "#3f7a66", 0.5)


SCENES: dict[str, tuple[Painter, int, int]] = {
    "metro": (metro, 55, 46),
    "xe-buyt": (xe_buyt, 38, 70),
    "un-tac": (un_tac, 50, 65),
    "cong-truong": (cong_truong, 40, 45),
}
