"""How does the old town look? The lake, the long bridge, the old quarter by day and by night."""

from collections.abc import Callable

from newsroom.demo.drawing import built, moving, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, Point, mix


def ho_guom(c: Canvas) -> None:
    """The Turtle Tower at dusk, the red bridge on the right."""
    c.gradient((0, 0, 1500, 600), "#5f7f92", "#c9b9a2", "#f3c795", "#f6d9ab")
    nature.sun(c, (980, 470), 34, "#fff1cf", "#ffd59a")
    for x, y, wide in ((300, 130, 620), (1100, 200, 700), (700, 280, 500)):
        nature.cloud(c, (x, y), wide, "#fbe3bf", 0.7)
    built.skyline(c, 590, 170, ("#b9a595", "#a8988f"))
    nature.grove(c, 606, 110, ("#6f8172", "#7d8f7a", "#94a184"))
    nature.grove(c, 612, 60, ("#4b6659", "#5a7562", "#6f886b"))
    c.poly([(395, 612), (430, 590), (640, 588), (690, 612)], "#5d7a4e")
    turtle_tower(c, (540, 598), 300)
    red_bridge(c, (1010, 612), 560)
    c.mirror(612, "#7d8c86", (0.86, 0.35))
    nature.glints(c, 980, 640, "#ffe9bd", 70)
    c.dashes((0, 620, 1500, 1000), ["#f6d9ab", "#3f5f62", "#cfae8a"], 130, 0.22)
    nature.willow(c, -10, 330, nature.LEAVES[:3], (-10, 330))
    nature.bough(c, (1520, 60), (1130, 40), nature.LEAVES[:3])
    nature.birds(c, (760, 240), 7, "#4b5a60")


def turtle_tower(c: Canvas, foot: Point, height: float) -> None:
    """The three-storeyed tower with arched openings on its island."""
    x, y = foot
    tiers = ((0.62, 0.0, 0.36), (0.46, 0.4, 0.68), (0.27, 0.72, 0.9))
    for half, low, high in tiers:
        w, top, bottom = height * half / 1.6, y - height * high, y - height * low
        c.shade([(x - w, top), (x + w, top), (x + w, bottom), (x - w, bottom)], "#d8c7a4", "#a3937c")
        c.rect((x + w * 0.45, top, x + w, bottom), "#6f665e", 0.45)
        c.poly(
            [
                (x - w * 1.13, top),
                (x - w * 0.9, top - height * 0.06),
                (x + w * 0.9, top - height * 0.06),
                (x + w * 1.13, top),
            ],
            "#6d5e55",
        )
        c.rect((x - w * 1.06, bottom - 5, x + w * 1.06, bottom), "#82766a")
        arches = 3 if half > 0.3 else 1
        for n in range(arches):
            at, r = x + w * (n - (arches - 1) / 2) * 0.58, w * 0.15 if arches == 3 else w * 0.32
            base = bottom - height * 0.04
            c.rect((at - r, base - height * 0.15, at + r, base), "#3d3a3b")
            c.dot((at, base - height * 0.15), r, "#3d3a3b")
    c.poly([(x - 12, y - height * 0.95), (x, y - height * 1.12), (x + 12, y - height * 0.95)], "#6d5e55")
    c.dabs((x, y + 6), (height * 0.55, 10), ["#4b6b45", "#5f7f4f", "#7c965c"], 60, 11)


def red_bridge(c: Canvas, start: Point, length: float) -> None:
    """The arched wooden bridge, red, on slender piles."""
    x, y = start
    deck = [(x + length * t / 24, y - 36 - 46 * (1 - (t / 12 - 1) ** 2)) for t in range(25)]
    for n, (px, py) in enumerate(deck):
        if n % 3 == 0:
            c.line([(px, py), (px, y + 2)], 7, "#7f2f2a")
        c.line([(px, py), (px, py - 32)], 4, "#c5402f")
    for lift, width in ((0, 11), (-16, 3), (-32, 5)):
        c.line([(px, py + lift) for px, py in deck], width, "#d24a34" if lift else "#a8382c")
    for n, hat in ((7, "cone"), (11, ""), (12, ""), (17, "")):
        people.person(c, (deck[n][0], deck[n][1] - 4), 52, "walk", (people.CLOTHES[n % 7], "#2a3341"), hat)


def cau_long_bien(c: Canvas) -> None:
    """The steel truss bridge over the river at sunrise."""
    c.gradient((0, 0, 1500, 720), "#8fa9b5", "#d8cdbd", "#f4cfa6", "#efb98f")
    nature.sun(c, (430, 560), 46, "#fff0c9", "#ffcb8d")
    for x, y, wide in ((250, 190, 500), (900, 120, 800), (1250, 300, 600)):
        nature.cloud(c, (x, y), wide, "#fdebd2", 0.7)
    c.poly(nature.ridge(c, 650, 60), "#c9b3a6")
    nature.grove(c, 668, 46, ("#a89a8c", "#b3a593", "#bdae98"))
    deck = [(-60, 560), (1600, 330)]
    for n in range(9):
        left, right = -40 + n * n * 12 + n * 96, -40 + (n + 1) ** 2 * 12 + (n + 1) * 96
        span(c, left, right, lambda x: deck[0][1] + (x + 60) * (deck[1][1] - deck[0][1]) / 1660)
    c.mirror(670, "#b79c8b", (0.75, 0.3), 4)
    nature.glints(c, 430, 690, "#fff0cf", 80)
    c.dashes((0, 680, 1500, 1000), ["#f4d9b4", "#7d7f80", "#9a8577"], 160, 0.25)
    moving.boat(c, (330, 830), 210, "#3a2f31")
    people.person(c, (260, 826), 110, "stand", ("#5a3f44", "#2b2a33"), "cone")
    c.line([(262, 760), (180, 890)], 4, "#2b2430")
    nature.reeds(c, 1010, 150, ("#3b4a3f", "#4f5d46", "#2c3a38", "#6b6f4c"), (900, 1520))


def span(c: Canvas, left: float, right: float, deck: Callable[[float], float]) -> None:
    """One truss of the bridge between two piers, growing as it comes nearer."""
    wide, steel = right - left, mix("#7a6a68", "#33343c", min(left / 1300 + 0.1, 1) if left > 0 else 0)
    tall, thick = wide * 0.42, max(wide * 0.022, 2.5)
    pier = left + wide * 0.06
    c.shade(
        [(left, deck(left)), (pier, deck(pier)), (pier + wide * 0.03, 680), (left - wide * 0.03, 680)],
        mix(steel, "#c9a98c", 0.4),
        steel,
    )
    tops = [
        (left + wide * t, deck(left + wide * t) - tall * (0.35 + 0.65 * (1 - abs(2 * t - 1) ** 1.7)))
        for t in (0, 0.17, 0.34, 0.5, 0.66, 0.83, 1)
    ]
    feet = [(x, deck(x)) for x, _ in tops]
    c.line(tops, thick * 1.2, steel)
    c.line(feet, thick * 2.2, steel)
    c.line([(x, y + wide * 0.05) for x, y in feet], thick * 0.8, steel)
    for n in range(6):
        c.line([tops[n], feet[n]], thick, steel)
        c.line([feet[n], tops[n + 1]], thick * 0.6, steel)
        c.line([tops[n], feet[n + 1]], thick * 0.6, steel)


def pho_co(c: Canvas) -> None:
    """Old-quarter houses in the morning light, a vendor with a bicycle of fruit."""
    c.gradient((0, 0, 1500, 500), "#b9cdd0", "#f2e3c4", "#f6ddb2")
    edges = [-30, 205, 420, 660, 860, 1090, 1310, 1540]
    for n, (left, right) in enumerate(zip(edges, edges[1:], strict=False)):
        top = (150, 240, 120, 270, 170, 235, 110)[n]
        built.shophouse(c, (left, top, right - 4, 815), built.WALLS[n % len(built.WALLS)])
    c.gradient((0, 808, 1500, 1000), "#b9a48b", "#8f7d70", "#6f625d")
    c.rect((0, 806, 1500, 822), "#d3c1a4")
    c.poly([(0, 822), (0, 900), (620, 1000), (1500, 1000), (1500, 940), (700, 822)], "#4a4650", 0.28)
    c.dashes((0, 830, 1500, 1000), ["#d9c4a2", "#5d5452"], 90, 0.2)
    built.wires(c, (-20, 120), (1180, 165), 8)
    built.wires(c, (1180, 165), (1520, 90), 6)
    c.rect((1172, 80, 1188, 830), "#4b4a4c")
    nature.tree(c, (90, 850), 640, nature.LEAVES, 0.36)
    people.bicycle(c, (905, 930), 260, "#33414a")
    for dx, fill in ((-76, ("#e0a843", "#eec15c", "#c98a35")), (48, ("#c8452f", "#dd6a4a", "#a83a2c"))):
        moving.basket(c, (900 + dx, 790), 66, fill)
    people.person(c, (1040, 935), -265, "carry", ("#8c4a5e", "#2b2f3a"), "cone")
    people.motorbike(c, (430, 900), -170, ("#2f6f73", "#f1e6cf"))
    people.person(c, (640, 850), 150, "walk", ("#345a86", "#2a3341"))


def cho_dem(c: Canvas) -> None:
    """The night market: stalls under bulbs, a stream of people."""
    c.gradient((0, 0, 1500, 640), "#141d33", "#2b2d4a", "#5a3f50")
    for n, left in enumerate((-40, 170, 1120, 1330)):
        built.shophouse(
            c, (left, (60, 170, 150, 40)[n], left + 206, 700), mix(built.WALLS[n], "#2b2440", 0.6), lights=True
        )
    built.skyline(c, 640, 130, ("#3a3450", "#463a55"), ("#f2c071", "#e0a05a"))
    c.gradient((0, 640, 1500, 1000), "#7a4f45", "#3d2f3b", "#231f2c")
    c.glow((750, 600), 620, "#ffb65e", 0.6)
    for x, y, size in ((430, 690, 240), (1070, 690, 240), (620, 660, 170), (890, 660, 170)):
        stall(c, (x, y), size)
    people.crowd(c, 735, 130, (520, 1000), ("#5a3540", 0.35))
    stall(c, (190, 800), 390)
    stall(c, (1310, 800), 390)
    for height in (130, 205):
        for n in range(13):
            drop = height + 60 * (1 - ((n - 6) / 6) ** 2) - (30 if height > 150 else 0)
            built.lantern(c, (60 + n * 115, drop), 44 if n % 2 else 34, ("#d8452f", "#e08a35", "#c93f5a")[n % 3])
    people.crowd(c, 990, 330, (60, 1480), ("#1c1726", 0.72))


def stall(c: Canvas, foot: Point, size: float) -> None:
    """A lit market stall: awning, bulb, heaps of goods, a seller."""
    x, y = foot
    half = size * 0.5
    c.rect((x - half, y - size * 0.62, x + half, y), "#f0b868", 0.55)
    people.person(c, (x + size * 0.1, y + size * 0.06), size * 0.62, "reach", ("#f1e6cf", "#3a3341"))
    c.rect((x - half, y - size * 0.2, x + half, y + size * 0.1), "#6e3f36")
    for n in range(4):
        colours = (("#d8452f", "#ef7a4a"), ("#e8b54a", "#f7d88a"), ("#4f8a5f", "#86b06d"), ("#d8698a", "#f0a5a8"))[n]
        c.dabs(
            (x - half * 0.72 + n * half * 0.48, y - size * 0.22), (half * 0.2, size * 0.05), colours, 22, size * 0.035
        )
    panels = 8
    for n in range(panels):
        left, wide = x - half * 1.15, half * 2.3 / panels
        colour = "#c8452f" if n % 2 else "#f3dfb5"
        c.poly(
            [
                (x - half + n * size / panels, y - size * 0.82),
                (x - half + (n + 1) * size / panels, y - size * 0.82),
                (left + (n + 1) * wide, y - size * 0.6),
                (left + n * wide, y - size * 0.6),
            ],
            colour,
        )
    c.glow((x, y - size * 0.5), size * 0.5, "#ffe2a0", 0.9)
    c.dot((x, y - size * 0.52), size * 0.025, "#fffbe6")


SCENES: dict[str, tuple[Painter, int, int]] = {
    "ho-guom": (ho_guom, 38, 52),
    "cau-long-bien": (cau_long_bien, 55, 45),
    "pho-co": (pho_co, 60, 68),
    "cho-dem": (cho_dem, 50, 58),
}
