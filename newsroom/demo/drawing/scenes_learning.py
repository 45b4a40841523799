"""How does the region learn and heal? School, classroom, library, hospital, vaccination."""

from newsroom.demo.drawing import built, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, mix


def truong_hoc(c: Canvas) -> None:
    """A school yard: yellow building, red flag, flame trees, pupils."""
    c.gradient((0, 0, 1500, 760), "#6fa9bf", "#bcdcd6", "#f6ebc8")
    nature.cloud(c, (400, 140), 620, "#ffffff", 0.85)
    nature.cloud(c, (1150, 210), 480, "#ffffff", 0.7)
    nature.grove(c, 700, 200, nature.LEAVES[1:])
    c.shade([(180, 320), (1320, 320), (1320, 760), (180, 760)], "#efc766", "#d9a84e")
    c.shade([(150, 326), (210, 250), (1290, 250), (1350, 326)], "#b5553a", "#8a3b2e")
    c.shade([(620, 250), (750, 180), (880, 250), (880, 760), (620, 760)], "#f3d98e", "#e0b45a")
    c.poly([(600, 256), (750, 170), (900, 256), (885, 262), (750, 186), (615, 262)], "#8a3b2e")
    c.dot((750, 236), 24, "#f6efdc")
    c.line([(750, 236), (750, 220)], 3, "#33404a")
    c.line([(750, 236), (760, 242)], 3, "#33404a")
    classrooms(c)
    c.rect((680, 560, 820, 760), "#3b4a4c")
    c.rect((660, 400, 840, 500), "#3f6a70")
    c.gradient((0, 756, 1500, 1000), "#dcc9a0", "#c2a986", "#a38d74")
    c.dashes((0, 770, 1500, 1000), ["#efe0ba", "#8f7a66"], 80, 0.2)
    built.flag(c, (990, 800), 620, 150)
    for x in (40, 1450):
        nature.tree(c, (x, 860), 620, nature.FLAME, 0.42)
    for x, y, size, pose in (
        (300, 900, 150, "run"),
        (420, 860, -135, "run"),
        (560, 960, 185, "walk"),
        (640, 968, 180, "walk"),
        (1150, 930, -170, "stride"),
        (1240, 880, 145, "cheer"),
        (820, 850, 130, "stand"),
    ):
        c.oval((x, y), size * 0.25 if size > 0 else -size * 0.25, 7, "#6b5a4a", 0.35)
        people.person(c, (x, y), size, pose, ("#f8f3e4", ("#2f4a6d", "#b5442f")[x % 2], people.SKIN))
        c.line([(x - 4, y - abs(size) * 0.8), (x + 2, y - abs(size) * 0.66)], abs(size) * 0.05, "#d2372c")


def classrooms(c: Canvas) -> None:
    """Two floors of shuttered windows with a gallery in front."""
    for floor in range(2):
        y = 350 + floor * 215
        for n in range(8):
            x = 215 + n * 100 + (260 if n > 3 else 0) + (10 if n > 3 else 0)
            c.rect((x - 6, y - 4, x + 68, y + 124), "#f8ecc8")
            c.rect((x, y, x + 62, y + 120), "#3f6a70")
            c.rect((x, y, x + 16, y + 120), "#2f6258")
            c.rect((x + 46, y, x + 62, y + 120), "#2f6258")
        c.rect((170, y + 150, 1330, y + 162), "#f6e3b0")
        for n in range(58):
            c.line([(178 + n * 20, y + 120), (178 + n * 20, y + 150)], 3, "#f8ecc8", 0.7)


def lop_hoc(c: Canvas) -> None:
    """A classroom seen from the back: teacher at the board, pupils with hands up, sun from the left."""
    c.gradient((0, 0, 1500, 700), "#f0e2bc", "#e8d4a8")
    c.rect((0, 560, 1500, 760), "#a9c0a4")
    c.rect((0, 554, 1500, 564), "#6f8f7a")
    c.rect((420, 150, 1230, 520), "#8f6436")
    c.gradient((436, 166, 1214, 504), "#2f5b4d", "#3c6a58")
    for box, alpha in (((500, 220, 720, 226), 0.6), ((500, 260, 660, 266), 0.5)):
        c.rect(box, "#f1ead4", alpha)
    c.arc((820, 230, 980, 390), (0, 360), 4, "#f1ead4")
    c.line([(820, 310), (980, 310)], 3, "#f1ead4", 0.8)
    c.poly([(1040, 400), (1110, 250), (1180, 400)], "#3c6a58")
    c.line([(1040, 400), (1110, 250), (1180, 400), (1040, 400)], 3.5, "#f1ead4")
    for n in range(2):
        left = 30 + n * 185
        c.gradient((left, 120, left + 160, 480), "#cfe6e2", "#f8f2d2")
        nature.grove(c, 476, 120, ("#6f9a76", "#8ab084", "#a8c694"), (left + 50, left + 100))
        for x in (left, left + 78, left + 156):
            c.rect((x - 5, 112, x + 7, 488), "#2f6258")
        c.rect((left - 5, 290, left + 165, 298), "#2f6258")
    c.poly([(30, 120), (375, 120), (1100, 1000), (420, 1000)], "#fff6d0", 0.16)
    c.rect((1290, 150, 1440, 400), "#f8f1dc")
    nature.tree(c, (1365, 385), 190)
    people.tunic(c, (780, 690), 400, "#c9576b")
    c.line([(810, 470), (890, 400)], 14, people.SKIN)
    c.gradient((0, 690, 1500, 1000), "#b98d5c", "#8a6240")
    for row, (level, size, count) in enumerate(((760, 190, 8), (860, 250, 6), (1000, 330, 5))):
        for n in range(count):
            pupil(c, (1500 * (n + 0.5) / count + (30 if row % 2 else -10), level), size, (row * 3 + n) % 4 == 1)


def pupil(c: Canvas, foot: tuple[float, float], size: float, hand: bool) -> None:
    """A pupil at a desk from behind, perhaps with a hand up."""
    (x, y), skin = foot, people.SKIN
    shirt = c.random.choice(("#f8f3e4", "#f3ead2", "#e9eef0"))
    if hand:
        c.line([(x + size * 0.2, y - size * 0.4), (x + size * 0.27, y - size * 0.95)], size * 0.1, shirt)
        c.line([(x + size * 0.27, y - size * 0.95), (x + size * 0.28, y - size * 1.1)], size * 0.08, skin)
    c.rect((x - size * 0.27, y - size * 0.52, x + size * 0.27, y + 40), shirt, 1, size * 0.14)
    c.poly([(x - size * 0.12, y - size * 0.52), (x + size * 0.12, y - size * 0.52), (x, y - size * 0.36)], "#d2372c")
    c.rect((x - size * 0.07, y - size * 0.62, x + size * 0.07, y - size * 0.48), mix(skin, "#5a3a2a", 0.2))
    c.oval((x, y - size * 0.74), size * 0.17, size * 0.19, people.HAIR)
    if c.random.random() < 0.5:
        c.poly(
            [(x - size * 0.07, y - size * 0.62), (x + size * 0.07, y - size * 0.62), (x, y - size * 0.24)], people.HAIR
        )
        c.dot((x, y - size * 0.6), size * 0.045, "#e0a843")
    c.rect((x - size * 0.42, y - size * 0.17, x + size * 0.42, y - size * 0.09), "#d9ae6f")
    c.rect((x - size * 0.42, y - size * 0.09, x + size * 0.42, y + size * 0.06), "#a87846")


def thu_vien(c: Canvas) -> None:
    """A reading room: tall shelves, a lamp-lit table, readers."""
    c.gradient((0, 0, 1500, 1000), "#3b3a40", "#5a4a44", "#6b5346")
    for left, right in ((-20, 500), (1000, 1520)):
        for row in range(6):
            bookshelf(c, (left, 40 + row * 118, right, 158 + row * 118))
    c.gradient((560, 60, 940, 640), "#b9d4d0", "#f6e9c0")
    nature.grove(c, 636, 200, ("#7d9f84", "#97b394", "#b5c8a4"), (660, 830))
    for x in (560, 684, 810, 934):
        c.rect((x - 7, 50, x + 9, 650), "#4a3730")
    for y in (50, 240, 440, 640):
        c.rect((552, y - 6, 948, y + 8), "#4a3730")
    c.poly([(560, 60), (940, 60), (1250, 1000), (250, 1000)], "#fff3cc", 0.1)
    c.gradient((0, 748, 1500, 1000), "#6b4a38", "#3d2b28")
    for x, size, shirt in ((420, 400, "#2f6f73"), (1080, -400, "#c8452f"), (700, 360, "#e0a843")):
        people.person(c, (x, 985), size, "sit", (shirt, "#2a3341"))
    c.shade([(180, 842), (1320, 842), (1400, 900), (100, 900)], "#c08a52", "#a06c3e")
    c.rect((100, 900, 1400, 922), "#6e4630")
    for x in (150, 1320):
        c.rect((x, 920, x + 30, 1000), "#5a3828")
    for x in (330, 750, 1170):
        c.glow((x, 810), 210, "#ffe2a0", 0.75)
        c.line([(x, 850), (x, 770)], 6, "#c9a04a")
        c.shade([(x - 62, 780), (x - 40, 738), (x + 40, 738), (x + 62, 780)], "#4f8a70", "#2f6258")
        c.oval((x, 853), 30, 7, "#c9a04a")
    for x in (500, 640, 860, 1010):
        c.poly([(x - 52, 868), (x, 860), (x + 52, 868), (x + 60, 884), (x, 878), (x - 60, 884)], "#f6efdc")
        c.line([(x, 861), (x, 878)], 2, "#a89a82")


def bookshelf(c: Canvas, box: tuple[float, float, float, float]) -> None:
    """One shelf full of books."""
    left, top, right, bottom = box
    c.rect(box, "#2e2526")
    x = left + 6
    while x < right - 20:
        wide, tall = c.between(11, 24), (bottom - top) * c.between(0.58, 0.84)
        colour = mix(
            c.random.choice(("#b5442f", "#2f5f6d", "#c99a45", "#4b7564", "#8c4a5e", "#d9c9a4", "#5a4a6a", "#a8683f")),
            "#3b3236",
            0.2,
        )
        if c.random.random() < 0.06:
            c.poly(
                [(x + 14, bottom - 14), (x + 26, bottom - 14), (x + 44, bottom - tall), (x + 32, bottom - tall)],
                colour,
            )
            x += 46
            continue
        c.rect((x, bottom - 14 - tall, x + wide - 1.5, bottom - 12), colour)
        for share in (0.16, 0.78):
            c.rect(
                (x, bottom - 14 - tall * (1 - share), x + wide - 1.5, bottom - 11 - tall * (1 - share)), "#e8cf94", 0.7
            )
        x += wide
    c.rect((left, bottom - 12, right, bottom + 2), "#8a5f3f")
    c.rect((left, bottom - 12, right, bottom - 9), "#b98a58")


def benh_vien(c: Canvas) -> None:
    """A hospital front with its red cross, an ambulance, doctors on the forecourt."""
    c.gradient((0, 0, 1500, 800), "#86b5bd", "#c9e0d6", "#f6efd4")
    nature.cloud(c, (300, 170), 560, "#ffffff", 0.8)
    built.skyline(c, 760, 260, ("#b5ccc8", "#c0d2c8"))
    c.shade([(190, 260), (1120, 260), (1120, 800), (190, 800)], "#f4efdf", "#ddd5bf")
    c.shade([(1120, 260), (1330, 300), (1330, 800), (1120, 800)], "#a9bab4", "#94a6a2")
    c.rect((170, 240, 1130, 268), "#5f8f88")
    for row in range(5):
        for n in range(11):
            x, y = 226 + n * 81, 300 + row * 82
            c.gradient((x, y, x + 54, y + 50), "#7fb0b4", "#4f7f88")
            c.rect((x, y, x + 54 * c.random.choice((0, 0.3, 0.6, 1)), y + 50), "#e9efe2", 0.6)
            c.rect((x - 4, y + 50, x + 58, y + 57), "#c4bca6")
        for n in range(3):
            c.rect((1142 + n * 62, 318 + row * 84, 1180 + n * 62, 366 + row * 84), "#5f838a")
    c.rect((560, 190, 760, 800), "#5f9a90")
    c.gradient((590, 400, 730, 700), "#bfe0da", "#7fb0ae")
    c.dot((660, 300), 66, "#fbf7ea")
    c.rect((644, 252, 676, 348), "#cf3f33")
    c.rect((612, 284, 708, 316), "#cf3f33")
    c.shade([(470, 672), (850, 672), (890, 712), (430, 712)], "#e0684a", "#b5442f")
    for x in (450, 866):
        c.rect((x - 6, 712, x + 6, 806), "#8d9a98")
    c.rect((560, 712, 760, 806), "#3f5f66")
    c.gradient((0, 798, 1500, 1000), "#c5c5b4", "#a3a79d", "#878e8a")
    nature.grove(c, 812, 70, nature.LEAVES[1:], (-20, 400))
    nature.tree(c, (1400, 900), 560)
    ambulance(c, (900, 930), 400)
    for x, size, shirt, legs in (
        (330, 230, "#f8f6ec", "#6fa3a0"),
        (430, -225, "#f8f6ec", "#33414f"),
        (585, 205, "#e0a843", "#2f3a4a"),
    ):
        c.oval((x, 930), 54, 8, "#4f5a5a", 0.4)
        people.person(c, (x, 930), size, "walk", (shirt, legs))


def ambulance(c: Canvas, corner: tuple[float, float], length: float) -> None:
    """A white van with a red stripe and a blue light; the corner is its lower left."""
    x, y = corner
    c.oval((x + length / 2, y + 4), length * 0.53, 12, "#2b353c", 0.4)
    body = [(0, 0.1), (0, 0.55), (0.62, 0.55), (0.66, 0.5), (0.82, 0.32), (0.98, 0.27), (1, 0.1)]
    c.poly([(x + dx * length, y - dy * length) for dx, dy in body], "#f8f5ea")
    c.poly(
        [(x + dx * length, y - dy * length) for dx, dy in ((0.64, 0.32), (0.64, 0.47), (0.68, 0.45), (0.79, 0.32))],
        "#3f5f6d",
    )
    c.rect((x, y - length * 0.27, x + length * 0.97, y - length * 0.21), "#cf3f33")
    c.rect((x + length * 0.26, y - length * 0.47, x + length * 0.3, y - length * 0.33), "#cf3f33")
    c.rect((x + length * 0.21, y - length * 0.42, x + length * 0.35, y - length * 0.38), "#cf3f33")
    c.rect((x + length * 0.44, y - length * 0.58, x + length * 0.56, y - length * 0.55), "#3f7fd0")
    c.glow((x + length * 0.5, y - length * 0.57), length * 0.16, "#8fc0ff", 0.7)
    for hub in (0.2, 0.8):
        c.dot((x + length * hub, y - length * 0.09), length * 0.095, "#1d2228")
        c.dot((x + length * hub, y - length * 0.09), length * 0.045, "#a9b0b2")


def tiem_chung(c: Canvas) -> None:
    """A vaccination table: a nurse, a boy with a bared arm, a queue behind."""
    c.gradient((0, 0, 1500, 700), "#d5e5dc", "#e9efdf", "#f3ecd2")
    for n in range(3):
        left = 90 + n * 500
        c.gradient((left, 90, left + 330, 420), "#a9d0d4", "#e6f0d8")
        nature.grove(c, 416, 120, ("#7fa888", "#97ba96", "#b5cfa6"), (left + 90, left + 230))
        for x in (left, left + 165, left + 330):
            c.rect((x - 6, 84, x + 6, 426), "#f8f4e6")
        c.rect((left - 6, 420, left + 336, 434), "#f8f4e6")
    c.rect((0, 520, 1500, 690), "#8fb8ae")
    c.rect((0, 514, 1500, 524), "#f8f4e6")
    c.gradient((0, 684, 1500, 1000), "#d9cdb4", "#bfb196")
    for x, size, shirt in (
        (1080, 330, "#c8452f"),
        (1180, 350, "#345a86"),
        (1290, 300, "#e0a843"),
        (1400, 345, "#8c4a5e"),
    ):
        people.person(c, (x, 790), -size, "stand", (shirt, "#2f3a4a"))
    people.person(c, (470, 965), 570, "carry", ("#fbfaf2", "#6fa3a0"))
    c.rect((458, 392, 512, 416), "#fbfaf2", 1, 10)
    c.rect((484, 452, 522, 486), "#8fd0c8", 1, 9)
    people.person(c, (800, 985), -560, "sit", ("#e0a843", "#345a86"))
    c.line([(772, 690), (722, 742)], 34, people.SKIN)
    c.line([(772, 672), (756, 700)], 42, "#e0a843")
    c.line([(612, 622), (694, 682)], 10, "#f4f7f4")
    c.line([(604, 616), (618, 626)], 18, "#6fa3a0")
    c.line([(694, 682), (728, 708)], 3.5, "#6f7f86")
    c.shade([(60, 800), (330, 800), (360, 850), (30, 850)], "#fbf8ec", "#e3dcc6")
    c.rect((50, 850, 340, 1000), "#c9d8cf")
    for n, colour in enumerate(("#6fa3a0", "#cf3f33", "#6fa3a0", "#e0a843")):
        x = 90 + n * 48
        c.rect((x, 756, x + 26, 808), "#e8f2f0")
        c.rect((x, 748, x + 26, 762), colour)
    c.rect((720, 838, 870, 860), "#6b4a34")
    for x in (732, 846):
        c.rect((x, 858, x + 12, 1000), "#6b4a34")


SCENES: dict[str, tuple[Painter, int, int]] = {
    "truong-hoc": (truong_hoc, 60, 50),
    "lop-hoc": (lop_hoc, 52, 45),
    "thu-vien": (thu_vien, 50, 70),
    "benh-vien": (benh_vien, 45, 50),
    "tiem-chung": (tiem_chung, 42, 60),
}
