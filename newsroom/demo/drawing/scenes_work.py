"""How does the region earn its living? Bank, station, supermarket, factory, river port."""

from newsroom.demo.drawing import built, moving, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, Point, mix


def ngan_hang(c: Canvas) -> None:
    """A classical bank front with columns, palms before it."""
    c.gradient((0, 0, 1500, 860), "#6fa3b5", "#b5d2cd", "#f3e6c6")
    nature.cloud(c, (330, 170), 560, "#ffffff", 0.7)
    built.skyline(c, 800, 330, ("#a9c0c0", "#b5cac4"))
    built.tower(c, (60, 160, 220, 820), ("#a9c4c6", "#7d9ca4"), ("#dce8e2", "#8fb0b5"))
    built.tower(c, (1310, 90, 1460, 820), ("#a9c4c6", "#7d9ca4"), ("#dce8e2", "#8fb0b5"))
    c.shade([(270, 330), (1230, 330), (1230, 830), (270, 830)], "#ecd9ae", "#cdb488")
    c.shade([(240, 300), (1260, 300), (1240, 345), (260, 345)], "#f4e6c4", "#c4a878")
    c.shade([(480, 300), (750, 170), (1020, 300)], "#f4e6c4", "#d9c296")
    c.poly([(540, 290), (750, 192), (960, 290)], "#b59a6c", 0.6)
    c.dot((750, 256), 30, "#f4e6c4")
    c.dot((750, 256), 22, "#2f6258")
    for n in range(6):
        x = 388 + n * 160
        c.gradient((x - 76, 400, x, 780), "#3d5a66", "#24384a")
        c.rect((x - 84, 388, x + 8, 400), "#f4e6c4")
        c.line([(x - 38, 400), (x - 38, 780)], 4, "#d9c296")
    for n in range(7):
        x = 270 + n * 160
        c.shade([(x - 22, 345), (x + 22, 345), (x + 25, 800), (x - 25, 800)], "#f7ecd0", "#d3bd92")
        c.rect((x + 8, 345, x + 23, 800), "#9c875f", 0.4)
        c.rect((x - 32, 345, x + 32, 362), "#f4e6c4")
        c.rect((x - 32, 786, x + 32, 804), "#e6d3a8")
    for n in range(4):
        c.rect((240 - n * 26, 800 + n * 16, 1260 + n * 26, 818 + n * 16), mix("#e6d8b8", "#a8977a", n / 5))
    c.gradient((0, 862, 1500, 1000), "#c9bda4", "#a39a8c")
    c.dashes((0, 870, 1500, 1000), ["#e0d4b8", "#8a8378"], 70, 0.2)
    built.flag(c, (750, 180), 130, 96)
    for x, size, shirt in (
        (430, 180, "#345a86"),
        (520, 176, "#f1e6cf"),
        (1010, -190, "#8c4a5e"),
        (820, 150, "#2f6f73"),
    ):
        people.person(c, (x, 950 if abs(size) > 160 else 880), size, "walk", (shirt, "#2a3341"))
    for x, tall in ((150, 520), (1380, 560)):
        nature.palm(c, (x, 940), tall, "#2f5b49", 0.06 if x < 700 else -0.06)
        c.dabs((x, 935), (90, 26), nature.LEAVES, 60, 18)


def nha_ga(c: Canvas) -> None:
    """A railway station: a train at the platform under an iron roof."""
    c.gradient((0, 0, 1500, 700), "#7d98a6", "#cdbfa6", "#f6d6a0")
    c.glow((300, 420), 560, "#fff0c8", 0.8)
    built.skyline(c, 560, 150, ("#bda88c", "#b09e8a"))
    c.gradient((0, 556, 1500, 1000), "#b59f84", "#7d6d64")
    c.poly([(-20, 60), (1520, 60), (1520, 0), (-20, 0)], "#3b4650")
    c.shade([(-20, 0), (1520, 0), (1520, 150), (-20, 250)], "#2f3a45", "#46525a")
    for n in range(6):
        x, near = 120 + n * 265, n / 5
        top, foot = 240 - n * 18, 640 + n * 12
        c.rect((x - 9, top, x + 9, foot + 60), "#33404a")
        for side in (-1, 1):
            c.sag((x, top + 130), (x + side * 110, top + 6), -24, 7, "#33404a")
        c.line([(x - 132, top + 6), (x + 132, top - 8)], 9, "#3f4c55")
        c.glow((x + 132, top + 26), 70 + 30 * near, "#ffe2a4", 0.7)
    moving.train(c, (-120, 400, 1290, 690), ("#b5442f", "#f1e6cf"), 3)
    for hub in range(14):
        c.dot((40 + hub * 78, 700), 19, "#23282f")
    c.poly([(-20, 716), (1520, 716), (1520, 734), (-20, 734)], "#5a5350")
    c.gradient((0, 728, 1500, 1000), "#d3c2a2", "#a08f7c", "#7a6d66")
    c.rect((0, 742, 1500, 754), "#e0a843")
    for x, size, pose, shirt in (
        (210, 250, "stand", "#2f6f73"),
        (330, 240, "walk", "#8c4a5e"),
        (700, -270, "walk", "#345a86"),
        (1010, 255, "stand", "#e0a843"),
        (1105, 170, "stand", "#c8452f"),
        (1350, -280, "walk", "#f1e6cf"),
    ):
        c.oval((x, 935), abs(size) * 0.25, 10, "#3a3338", 0.35)
        people.person(c, (x, 935), size, pose, (shirt, "#2a3341"))
    for x, colour in ((265, "#6b4a34"), (648, "#2f5b49"), (1295, "#8c4a5e")):
        c.rect((x - 26, 860, x + 26, 932), colour, 1, 8)
        c.rect((x - 10, 838, x + 10, 862), "#2a2f36", 1, 4)
        c.rect((x - 18, 868, x + 18, 922), mix(colour, "#ffffff", 0.15), 1, 6)


def sieu_thi(c: Canvas) -> None:
    """A supermarket aisle in perspective, shoppers with baskets."""
    c.gradient((0, 0, 1500, 420), "#f2ead4", "#e6dcc0")
    c.shade([(0, 1000), (1500, 1000), (850, 430), (650, 430)], "#d9cdb4", "#efe6d0")
    c.rect((650, 250, 850, 432), "#c8d3c4")
    for n in range(6):
        t = (n / 6) ** 1.4
        y, half = 20 + 250 * t, 330 * (1 - t) + 40
        c.poly(
            [
                (750 - half, y),
                (750 + half, y),
                (750 + half * 0.93, y + 16 * (1 - t) + 3),
                (750 - half * 0.93, y + 16 * (1 - t) + 3),
            ],
            "#fffbe8",
        )
    for side in (-1, 1):
        for shelf in range(5):
            shelf_row(c, side, shelf)
        c.line([(750 + side * 800, 20), (750 + side * 100, 262)], 10, "#2f6258")
    for n in range(5):
        t = 0.12 + (n / 5) ** 1.6
        y, half = 430 + 570 * t, 100 + 650 * t
        c.line([(750 - half, y), (750 + half, y)], 1 + 3 * t, "#bfb197", 0.6)
    for x, y, size, pose, shirt in (
        (800, 560, 190, "stand", "#8c4a5e"),
        (700, 640, -250, "reach", "#345a86"),
        (860, 860, -420, "walk", "#c8452f"),
    ):
        c.oval((x, y), abs(size) * 0.2, abs(size) * 0.035, "#6d6152", 0.4)
        people.person(c, (x, y), size, pose, (shirt, "#2f3a4a"))
    trolley(c)


def trolley(c: Canvas) -> None:
    """A shopping trolley heaped with greens."""
    c.poly([(590, 650), (745, 650), (720, 770), (615, 770)], "#4b7564")
    for n in range(6):
        c.line([(602 + n * 27, 652), (622 + n * 19, 768)], 2.5, "#dfe6da", 0.7)
    c.dabs((668, 640), (66, 26), ("#6a9167", "#e0a843", "#c8452f", "#f1e6cf", "#44735a"), 46, 17)
    c.line([(745, 652), (790, 610)], 7, "#33404a")
    c.line([(615, 770), (606, 862)], 5, "#33404a")
    c.line([(720, 770), (730, 862)], 5, "#33404a")
    for x in (606, 730):
        c.dot((x, 868), 10, "#23282f")


def shelf_row(c: Canvas, side: int, shelf: int) -> None:
    """One shelf along an aisle, goods growing as they come nearer."""
    colours = ("#c8452f", "#e0a843", "#2f6f73", "#f6efdc", "#6f8a5b", "#d88f4e", "#345a86")
    top, foot = shelf / 5, (shelf + 1) / 5
    for n in range(15):
        near, next_near = (n / 15) ** 1.5, ((n + 1) / 15) ** 1.5
        c.poly(on_wall(side, (near, next_near), (top, foot)), "#6d5f52" if side < 0 else "#7d6d5d")
        colour, tall = c.random.choice(colours), c.between(0.25, 0.4)
        for part in range(3):
            left, right = (near + (next_near - near) * (part + k) / 3 for k in (0.06, 0.9))
            upper = top + (foot - top) * tall
            c.poly(on_wall(side, (left, right), (upper, foot - 0.02)), mix(colour, "#ffffff", 0.12 * part))
            c.poly(on_wall(side, (left, right), (foot - 0.09, foot - 0.05)), mix(colour, "#fffbe8", 0.7))
        c.line(on_wall(side, (near, next_near), (foot, foot))[:2], 2 + 6 * near, "#efe3c8")


def on_wall(side: int, depths: Point, shares: Point) -> list[Point]:
    """A rectangle on the left (-1) or right (1) shelf wall: depths from far 0 to near 1, shares from top to foot."""

    def spot(depth: float, share: float) -> Point:
        high, low = 250 - depth * 250, 430 + depth * 620
        return 750 + side * (100 + 720 * depth), high + (low - high) * share

    (far, near), (top, foot) = depths, shares
    return [spot(far, top), spot(near, top), spot(near, foot), spot(far, foot)]


def nha_may(c: Canvas) -> None:
    """A bright workshop: machines in a row, workers at a line, light from the saw-tooth roof."""
    c.gradient((0, 0, 1500, 620), "#52707a", "#8fa8a4", "#c9cdb4")
    for n in range(6):
        x = -60 + n * 280
        c.poly([(x, 250), (x + 200, 70), (x + 200, 250)], "#f6efd4")
        c.poly([(x + 200, 70), (x + 280, 250), (x + 200, 250)], "#3d545e")
        c.poly([(x + 60, 250), (x + 200, 250), (x + 380, 900), (x + 160, 900)], "#fff6d8", 0.1)
        for k in range(1, 5):
            c.line([(x + k * 40, 250), (x + k * 40, 250 - 36 * k)], 3, "#52707a")
    c.rect((0, 250, 1500, 272), "#2f434d")
    for n in range(7):
        c.rect((60 + n * 240, 272, 74 + n * 240, 640), "#46606a")
    c.gradient((0, 620, 1500, 1000), "#a9ab9a", "#8a9088", "#6b7474")
    c.line([(0, 700), (1500, 660)], 8, "#e0a843")
    for n in range(4):
        x, tall = 130 + n * 330, 250
        c.shade([(x, 640 - tall), (x + 190, 640 - tall), (x + 190, 660), (x, 660)], "#e3d7b8", "#a99c82")
        c.rect((x + 120, 640 - tall, x + 190, 660), "#4b7564")
        c.rect((x + 18, 420, x + 100, 500), "#2b3f4a", 1, 6)
        c.rect((x + 26, 428, x + 92, 492), "#9cc7c4", 0.8, 4)
        c.dot((x + 155, 450), 12, "#c8452f")
        c.dot((x + 155, 490), 12, "#f1e6cf")
        c.line([(x + 60, 390), (x + 60, 330), (x + 230, 300)], 14, "#d88f2c")
        c.line([(x + 230, 300), (x + 250, 380)], 11, "#d88f2c")
        c.dot((x + 60, 330), 15, "#33404a")
        c.dot((x + 230, 300), 12, "#33404a")
    c.shade([(-10, 760), (1510, 740), (1510, 815), (-10, 850)], "#4a575d", "#2b353c")
    c.line([(-10, 760), (1510, 740)], 7, "#d9cfb4")
    for n in range(11):
        x, y = 30 + n * 140, 752 - n * 1.8
        c.rect((x, y - 62, x + 84, y), "#c79a5a" if n % 3 else "#d8b27a", 1, 3)
        c.rect((x + 34, y - 62, x + 50, y), "#ecd9ae", 0.8)
    for x, pose in ((250, "reach"), (560, "carry"), (900, "reach"), (1220, "carry")):
        people.person(c, (x, 985), 370 if x != 900 else -370, pose, ("#345a86", "#2a3a52"), "helmet")


def cang_song(c: Canvas) -> None:
    """A river port at dusk: containers, gantry cranes, a ship."""
    c.gradient((0, 0, 1500, 640), "#4f6f86", "#c0a89c", "#f3bd8c", "#f6cf9e")
    nature.sun(c, (300, 500), 50, "#fff0cc", "#ffc48a")
    nature.cloud(c, (900, 150), 800, "#f6d8bc", 0.7)
    c.poly(nature.ridge(c, 600, 70), "#b59a98")
    nature.grove(c, 618, 44, ("#8f7f80", "#9a8984", "#a5938a"))
    for x, tall in ((560, 330), (930, 400), (1310, 470)):
        gantry(c, x, 640, tall)
    moving.containers(c, (420, 634), (104, 46), (11, 5))
    c.rect((390, 630, 1520, 652), "#5b5860")
    c.mirror(640, "#8d8189", (0.8, 0.32), 5)
    nature.glints(c, 300, 660, "#fff0cc", 75)
    c.dashes((0, 650, 1500, 1000), ["#f6cf9e", "#4f6272", "#b09a96"], 150, 0.25)
    ship = [(90, 690), (860, 690), (930, 655), (900, 800), (150, 800)]
    moving.containers(c, (300, 694), (92, 42), (6, 4))
    c.rect((120, 520, 250, 694), "#efe3cc")
    c.rect((110, 505, 262, 528), "#b5442f")
    built.windows(c, (126, 535, 246, 640), (4, 3), ("#33475a",))
    c.rect((150, 450, 190, 506), "#33475a")
    c.shade(ship, "#33536a", "#1f3345")
    c.poly([(142, 780), (903, 780), (900, 800), (150, 800)], "#8c3b2b")
    c.line([(90, 690), (860, 690), (930, 655)], 5, "#d9cdb4")
    c.dashes((60, 795, 1000, 830), ["#f0dcc0", "#22344a"], 60, 0.5, 120)
    moving.boat(c, (1180, 860), 220, "#33303a")
    people.person(c, (1130, 858), 115, "stand", ("#8c4a5e", "#2b2a33"), "cone")
    nature.birds(c, (1020, 300), 6, "#5d5a66")


def gantry(c: Canvas, x: float, level: float, tall: float) -> None:
    """A quayside crane whose boom reaches out over the water, to the left."""
    paint, top = "#a8443a", level - tall
    for at in (0, 110):
        c.line([(x + at, level), (x + at, top)], 9, paint)
    for share in (0.35, 1.0):
        c.line([(x, level - tall * share), (x + 110, level - tall * share)], 8, paint)
    c.line([(x, level - tall * 0.35), (x + 110, top)], 4, paint)
    c.line([(x - 250, top), (x + 190, top)], 10, paint)
    peak = (x + 20, top - tall * 0.3)
    c.line([(x, top), peak, (x + 110, top)], 5, paint)
    for tip in (x - 230, x - 110, x + 180):
        c.line([peak, (tip, top)], 2.5, paint)
    c.rect((x + 120, top - 34, x + 180, top - 4), "#d8cdb6")
    c.line([(x - 130, top), (x - 130, top + tall * 0.35)], 2.5, "#3a3338")
    c.rect((x - 175, top + tall * 0.35, x - 85, top + tall * 0.35 + 36), "#2f5f7d")


SCENES: dict[str, tuple[Painter, int, int]] = {
    "ngan-hang": (ngan_hang, 50, 50),
    "nha-ga": (nha_ga, 55, 60),
    "sieu-thi": (sieu_thi, 50, 60),
    "nha-may": (nha_may, 50, 65),
    "cang-song": (cang_song, 40, 60),
}
