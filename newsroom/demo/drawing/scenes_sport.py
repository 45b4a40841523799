"""How does the region play? Football under lights, runners by the lake, swimming, basketball."""

from newsroom.demo.drawing import built, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, mix

# Shirt, shorts, skin, socks of the two teams.
KITS = (("#c8452f", "#f4efe0", people.SKIN, "#c8452f"), ("#f4efe0", "#345a86", people.SKIN, "#f4efe0"))


def san_bong(c: Canvas) -> None:
    """A night match under floodlights, a striker in front."""
    c.gradient((0, 0, 1500, 520), "#0f1b33", "#24385a", "#3f5a70")
    for x in (190, 1310):
        c.poly([(x - 60, 110), (x + 60, 110), (x + 330 * (1 if x < 700 else -1), 900), (x - 60, 900)], "#e9f2dc", 0.07)
        c.rect((x - 9, 150, x + 9, 520), "#1a2436")
        c.glow((x, 120), 330, "#f4f3d4", 0.8)
        c.rect((x - 74, 82, x + 74, 162), "#2a374a", 1, 6)
        for n in range(12):
            c.dot((x - 58 + (n % 6) * 23, 106 + (n // 6) * 32), 9, "#fffbe6")
    c.shade([(-10, 330), (1510, 330), (1510, 540), (-10, 540)], "#2b3850", "#1d2739")
    for row in range(7):
        for n in range(125):
            colour = mix(c.random.choice(("#c8452f", "#d8553a", "#e0a843", "#e8dcc4", "#5f7f94")), "#24304a", 0.45)
            c.dot((n * 12 + c.between(-4, 4), 352 + row * 26 + c.between(-3, 3)), 6.5, colour)
    c.rect((0, 520, 1500, 552), "#345a86")
    for n in range(12):
        c.rect((n * 130, 522, n * 130 + 64, 550), ("#c8452f", "#e0a843", "#2f6f73")[n % 3])
    for n in range(8):
        top, foot = 550 + 450 * (n / 8) ** 1.5, 551 + 450 * ((n + 1) / 8) ** 1.5
        c.rect((0, top, 1500, foot), ("#4f9a5b", "#438a52")[n % 2])
    c.glow((750, 760), 700, "#d8efb0", 0.35)
    c.line([(0, 600), (1500, 600)], 4, "#f1f4e0", 0.8)
    c.line([(360, 1000), (640, 600)], 6, "#f1f4e0", 0.8)
    goal = [(1040, 640), (1040, 470), (1400, 470), (1400, 640)]
    for n in range(19):
        c.line([(1040 + n * 20, 470), (1060 + n * 18, 620)], 1.2, "#f1f4e0", 0.5)
        c.line([(1040, 470 + n * 9), (1400, 470 + n * 9)], 1.2, "#f1f4e0", 0.35)
    c.line(goal, 8, "#fbfaf0")
    people.person(c, (1215, 655), -160, "cheer", ("#e0a843", "#26303f"))
    for x, y, size, pose, kit in (
        (860, 735, 215, "run", 1),
        (300, 690, 180, "run", 0),
        (1330, 790, -250, "stride", 1),
        (120, 640, 140, "walk", 1),
    ):
        c.oval((x, y), abs(size) * 0.3, 8, "#1f4a34", 0.5)
        people.person(c, (x, y), size, pose, KITS[kit])
    striker(c)


def striker(c: Canvas) -> None:
    """The player in front, the ball just off his foot."""
    c.oval((540, 962), 150, 16, "#1f4a34", 0.5)
    people.person(c, (540, 960), 470, "kick", KITS[0])
    c.oval((742, 925), 40, 8, "#1f4a34", 0.5)
    c.dot((742, 888), 33, "#fbfaf0")
    for x, y in ((742, 888), (720, 872), (764, 876), (730, 912), (758, 910)):
        c.dot((x, y), 7.5, "#26303f")


def chay_bo(c: Canvas) -> None:
    """Morning runners on the lake path."""
    c.gradient((0, 0, 1500, 560), "#8fc0c4", "#d6e0c4", "#fbe3b0")
    nature.sun(c, (1180, 330), 52, "#fffbe0", "#ffe0a0")
    for x, y, wide in ((330, 140, 600), (880, 220, 460)):
        nature.cloud(c, (x, y), wide, "#ffffff", 0.7)
    built.skyline(c, 520, 170, ("#b3c7bd", "#c2cfbd"))
    nature.grove(c, 540, 70, ("#7fa28c", "#93b298", "#abc3a4"))
    c.mirror(540, "#a9c4b8", (0.75, 0.45))
    nature.glints(c, 1180, 560, "#fff7d4", 70)
    c.shade([(-10, 770), (1510, 690), (1510, 1010), (-10, 1010)], "#d8c19a", "#b59a7c")
    c.shade([(-10, 740), (1510, 668), (1510, 698), (-10, 776)], "#86a45f", "#6f8f52")
    c.line([(-10, 790), (1510, 706)], 5, "#f6ead0", 0.8)
    c.poly([(-10, 1010), (-10, 960), (1510, 880), (1510, 1010)], "#6f9257")
    nature.reeds(c, 1010, 70, ("#5f8350", "#7f9f5c", "#4b7048"))
    for post in range(-30, 1560, 120):
        foot = 742 - post * 0.048
        c.line([(post, foot), (post, foot - 62)], 7, "#55686a")
    for lift in (58, 34):
        c.line([(-30, 744 - lift), (1530, 669 - lift)], 5, "#55686a")
    nature.willow(c, -10, 420, ("#5f8a58", "#7fa264", "#9ab873"), (-10, 420))
    for n, (x, y, size) in enumerate(((1330, 820, 215), (1120, 850, 270), (820, 885, 330), (470, 925, 410))):
        shirt = ("#e0a843", "#2f6f73", "#f4efe0", "#d2492f")[n]
        c.oval((x + 30, y + 4), size * 0.34, size * 0.03, "#6b5a44", 0.4)
        people.person(
            c,
            (x, y),
            size,
            ("run", "stride")[n % 2],
            (shirt, ("#2f3a4a", "#5a3f5a")[n % 2], people.SKIN, people.SKIN),
            ("", "cap")[n % 3 == 0],
        )


def boi_loi(c: Canvas) -> None:
    """A swimming pool: lanes, swimmers, starting blocks."""
    c.gradient((0, 0, 1500, 330), "#dfeee6", "#c4e0dc", "#9fcfcf")
    for n in range(7):
        c.gradient((30 + n * 215, 30, 215 + n * 215, 190), "#f6f8e6", "#cfe8de")
        c.line([(0 + n * 215, 0), (20 + n * 215, 250)], 12, "#7fa8a8")
    c.rect((0, 210, 1500, 300), "#6fa3a6")
    people.crowd(c, 296, 92, (20, 1490), ("#6fa3a6", 0.35))
    c.gradient((0, 290, 1500, 352), "#efe6cf", "#d9cdb0")
    c.gradient((0, 350, 1500, 1000), "#7fd0d2", "#3fa3b4", "#1f7f9c")
    c.dashes((0, 350, 1500, 1000), ["#c9f2ec", "#e9fbf4", "#2f8fa8"], 420, 0.4, 60)
    for n in range(7):
        share = (n - 3) / 3
        top, foot = 750 + share * 560, 750 + share * 1500
        for k in range(34):
            a, b = (k / 34) ** 1.6, ((k + 0.82) / 34) ** 1.6
            colour = ("#d2492f", "#f6efdc")[k // 2 % 2]
            c.line(
                [(top + (foot - top) * a, 352 + 660 * a), (top + (foot - top) * b, 352 + 660 * b)], 3 + 13 * a, colour
            )
    for n in range(6):
        x = 750 + (n - 2.5) / 3 * 560
        c.shade([(x - 40, 300), (x + 40, 300), (x + 46, 356), (x - 46, 356)], "#f6efdc", "#b9b09a")
        c.rect((x - 34, 296, x + 34, 306), "#2f5f7d")
    for n, at in enumerate((0.25, 0.62, 0.4, 0.52, 0.3, 0.16)):
        share = (n - 2.5) / 3
        swimmer(
            c,
            (750 + share * (560 + 940 * at), 352 + 660 * at),
            70 + 190 * at,
            ("#d2492f", "#f4c542", "#26303f")[n % 3],
        )


def swimmer(c: Canvas, head: tuple[float, float], size: float, cap: str) -> None:
    """A crawl swimmer who comes towards us: cap, shoulders, one arm over, foam."""
    x, y = head
    c.oval((x, y + size * 0.06), size * 0.75, size * 0.2, "#e9fbf4", 0.7)
    c.oval((x, y - size * 0.06), size * 0.4, size * 0.16, people.SKIN)
    c.line(
        [(x + size * 0.28, y - size * 0.08), (x + size * 0.52, y - size * 0.48), (x + size * 0.36, y + size * 0.1)],
        size * 0.13,
        people.SKIN,
    )
    c.oval((x - size * 0.04, y - size * 0.04), size * 0.16, size * 0.18, people.SKIN)
    c.oval((x - size * 0.04, y - size * 0.1), size * 0.17, size * 0.15, cap)
    c.line([(x - size * 0.16, y - size * 0.0), (x + size * 0.08, y - size * 0.0)], size * 0.07, "#22303a")
    for _ in range(26):
        spot = (x + c.random.gauss(0, 0.42) * size, y + size * 0.14 + c.random.gauss(0, 0.07) * size)
        c.oval(spot, size * c.between(0.02, 0.09), size * 0.025, "#fbfffa", 0.9)


def bong_ro(c: Canvas) -> None:
    """A street basketball court at sundown."""
    c.gradient((0, 0, 1500, 700), "#5a6f94", "#d08f84", "#f6c08a")
    nature.sun(c, (330, 520), 62, "#fff0c4", "#ffc27d")
    nature.cloud(c, (850, 170), 700, "#f4c9a8", 0.6)
    built.skyline(c, 690, 330, ("#a4778a", "#8f6a80"), ("#f6c88a", "#8f6a80"))
    nature.grove(c, 715, 110, ("#5a4a5e", "#6b5566", "#7f6470"))
    c.gradient((0, 700, 1500, 1000), "#c4644a", "#a84c40", "#8a3d3c")
    c.poly([(500, 1000), (760, 720), (1330, 720), (1500, 900), (1500, 1000)], "#3f6f80")
    for line in ([(500, 1000), (760, 720), (1330, 720), (1500, 900)], [(0, 770), (640, 720)]):
        c.line(line, 7, "#f6ead0")
    c.arc((700, 800, 1300, 1010), (180, 360), 7, "#f6ead0")
    for n in range(40):
        c.line([(n * 40, 560), (n * 40 + 60, 716)], 1.4, "#4a4258", 0.55)
        c.line([(n * 40 + 60, 560), (n * 40, 716)], 1.4, "#4a4258", 0.55)
    for x in range(0, 1600, 250):
        c.line([(x, 550), (x, 720)], 7, "#4a4258")
    c.line([(0, 556), (1500, 556)], 6, "#4a4258")
    c.line([(1360, 760), (1360, 330), (1260, 270)], 22, "#33384c")
    c.shade([(1090, 130), (1280, 100), (1280, 330), (1090, 340)], "#f8f1de", "#e0d0b8")
    c.line([(1090, 130), (1280, 100), (1280, 330), (1090, 340), (1090, 130)], 7, "#d2492f")
    c.line([(1136, 230), (1226, 222), (1226, 300), (1136, 305), (1136, 230)], 5, "#d2492f")
    for n in range(9):
        c.line([(1098 + n * 15, 318), (1118 + n * 11, 410)], 2.4, "#fbf6e6", 0.9)
        c.line([(1218 - n * 15, 318), (1204 - n * 11, 410)], 2.4, "#fbf6e6", 0.9)
    c.arc((1092, 302, 1226, 336), (0, 360), 8, "#e0652f")
    c.dot((930, 190), 40, "#d9772f")
    c.arc((890, 150, 970, 230), (0, 360), 3, "#5a2f26")
    c.line([(900, 165), (930, 192), (962, 214)], 3, "#5a2f26")
    c.arc((915, 120, 1000, 205), (90, 190), 3, "#5a2f26")
    for x, y, size, pose, kit in (
        (700, 890, 520, "shoot", "#e9b23f"),
        (980, 900, -470, "cheer", "#2f5f7d"),
        (330, 880, 390, "run", "#2f5f7d"),
        (1300, 850, -330, "stride", "#e9b23f"),
    ):
        c.oval((x, max(y, 880) + 18), abs(size) * 0.24, 11, "#4a2430", 0.5)
        people.person(c, (x, y), size, pose, (kit, mix(kit, "#20263a", 0.4), people.SKIN, people.SKIN))


SCENES: dict[str, tuple[Painter, int, int]] = {
    "san-bong": (san_bong, 42, 70),
    "chay-bo": (chay_bo, 45, 68),
    "boi-loi": (boi_loi, 50, 65),
    "bong-ro": (bong_ro, 58, 45),
}
