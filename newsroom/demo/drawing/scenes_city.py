"""How does the new city look through the day? Bridge, flats, avenue of trees, downpour, night, morning at the lake."""

from newsroom.demo.drawing import built, moving, nature, people
from newsroom.demo.drawing.canvas import Canvas, Painter, mix


def cau_moi(c: Canvas) -> None:
    """A new cable-stayed bridge, lit at blue hour."""
    c.gradient((0, 0, 1500, 680), "#22385c", "#5c6f92", "#c79d97", "#f0bd93")
    nature.stars(c, 240, 60)
    built.skyline(c, 650, 130, ("#6f6a80", "#7c7186"), ("#f6d492", "#e8b878"))
    nature.grove(c, 662, 40, ("#4d5468", "#575d6e", "#646676"))
    c.shade([(-20, 548), (1520, 470), (1520, 502), (-20, 572)], "#dfd8c9", "#8d8fa0")
    pylons(c)
    for n in range(26):
        x = 20 + n * 58
        c.glow((x, 538 - n * 3.0), 20, "#ffe2a8", 0.9)
        c.dot((x, 538 - n * 3.0), 2.6, "#fff6dc")
    c.mirror(668, "#3c4c6e", (0.82, 0.3), 5)
    for n in range(9):
        nature.glints(c, 110 + n * 160, 690, "#f6d492", 22)
    c.dashes((0, 680, 1500, 1000), ["#e0b39c", "#22385c", "#8a8aa2"], 140, 0.22)
    moving.barge(c, (1010, 850), 420, "#2a3248", "#8f7a6a")


def pylons(c: Canvas) -> None:
    """Five pylons with their fans of cables, nearer ones taller."""
    for n in range(5):
        x, base = 150 + n * 290, 562 - n * 17.0
        tall = 250 + n * 32
        for k in range(1, 11):
            reach = (92 + n * 11) * k / 7
            for side in (-1, 1):
                c.line(
                    [(x, base - tall * (0.42 + 0.05 * k)), (x + side * reach, base - side * reach * 0.05)],
                    1.6,
                    "#f3d9a4",
                    0.75,
                )
        for side in (-1, 1):
            c.poly(
                [
                    (x + side * 22, base + 8),
                    (x + side * 30, base + 8),
                    (x + side * 6, base - tall),
                    (x - side * 2, base - tall),
                ],
                "#f2e3c6",
            )
        c.rect((x - 16, base - tall * 0.45, x + 16, base - tall * 0.43), "#f2e3c6")
        c.shade([(x - 34, base + 8), (x + 34, base + 8), (x + 24, 672), (x - 24, 672)], "#b9b0ac", "#6b6b7e")
        c.glow((x, base - tall), 60, "#ffdf9e", 0.8)


def chung_cu(c: Canvas) -> None:
    """Apartment blocks with laundry and plants, late morning."""
    c.gradient((0, 0, 1500, 1000), "#7fb3bd", "#bcd8cd", "#f3e7c6")
    nature.cloud(c, (420, 150), 640, "#ffffff", 0.8)
    nature.cloud(c, (1180, 90), 500, "#ffffff", 0.6)
    built.skyline(c, 830, 330, ("#a9c3c0", "#b6ccc4"))
    for left, top, right in ((60, 300, 220), (1330, 260, 1470), (700, 340, 850)):
        built.tower(c, (left, top, right, 850), ("#d6d3bd", "#98a7a3"), ("#7f9ea4", "#93b0b0"))
    for left, top, right, wall in ((250, 120, 640, "#e8c98f"), (880, 60, 1280, "#e6ddc4")):
        block(c, (left, top, right, 870), wall)
    nature.grove(c, 880, 120, nature.LEAVES[1:])
    c.gradient((0, 870, 1500, 1000), "#c8b892", "#9fae7a", "#7f9a66")
    c.poly([(620, 1000), (720, 880), (820, 880), (1000, 1000)], "#e6dabd")
    for x, size, shirt, pose in (
        (760, 86, "#c8452f", "walk"),
        (800, 60, "#e0a843", "run"),
        (860, 112, "#345a86", "walk"),
        (690, 118, "#8c4a5e", "stand"),
    ):
        people.person(c, (x, 985 if size > 100 else 935), size, pose, (shirt, "#2f3a4a"))
    nature.tree(c, (120, 985), 300)
    nature.tree(c, (1370, 990), 330, nature.FLAME)


def block(c: Canvas, box: tuple[float, float, float, float], wall: str) -> None:
    """A block of flats seen close enough to tell the balconies apart."""
    left, top, right, bottom = box
    side = right - (right - left) * 0.16
    c.shade([(left, top), (side, top), (side, bottom), (left, bottom)], mix(wall, "#ffffff", 0.2), wall)
    c.shade(
        [(side, top), (right, top + 14), (right, bottom), (side, bottom)],
        mix(wall, "#4a5a68", 0.45),
        mix(wall, "#4a5a68", 0.6),
    )
    c.rect((left - 6, top - 12, side + 4, top + 4), mix(wall, "#4a4a52", 0.4))
    rows, cols = 12, 4
    tall, wide = (bottom - top - 40) / rows, (side - left - 16) / cols
    for row in range(rows):
        for col in range(cols):
            x, y = left + 10 + col * wide, top + 20 + row * tall
            c.rect((x, y, x + wide - 10, y + tall * 0.78), mix("#4b6670", "#2f4450", c.random.random()))
            if c.random.random() < 0.45:
                c.rect(
                    (x, y, x + wide * c.between(0.2, 0.5), y + tall * 0.78),
                    c.random.choice(("#f1e6cf", "#d99a72", "#8fb0a4")),
                )
            for n in range(c.random.choice((0, 0, 0, 3, 4))):
                c.rect((x + 8 + n * 14, y + 6, x + 18 + n * 14, y + tall * 0.5), c.random.choice(people.CLOTHES))
            c.rect((x - 4, y + tall * 0.5, x + wide - 6, y + tall * 0.84), mix(wall, "#ffffff", 0.35))
            c.rect((x - 4, y + tall * 0.78, x + wide - 6, y + tall * 0.86), mix(wall, "#4a4a52", 0.4))
            if c.random.random() < 0.4:
                c.dabs(
                    (x + wide * c.between(0.2, 0.7), y + tall * 0.48),
                    (wide * 0.18, tall * 0.12),
                    nature.LEAVES[1:],
                    12,
                    5,
                )


def cay_xanh(c: Canvas) -> None:
    """An avenue of great trees, light falling through on a cyclist."""
    c.gradient((0, 0, 1500, 640), "#c9dcae", "#eef0cc", "#fbf3d0")
    c.glow((750, 520), 620, "#fffbe0", 0.9)
    nature.grove(c, 640, 130, ("#a9c294", "#b7cc9e", "#c7d8ac"))
    c.gradient((0, 630, 1500, 1000), "#cdbf98", "#a89a80", "#7d7668")
    c.poly([(-10, 1010), (-10, 700), (640, 632), (700, 632), (330, 1010)], "#93a868")
    c.poly([(1510, 1010), (1510, 700), (860, 632), (800, 632), (1180, 1010)], "#93a868")
    for n in range(6):
        near = ((n + 1) / 6) ** 1.9
        for side in (-1, 1):
            x, y, tall = 750 + side * (90 + 560 * near), 640 + 250 * near, 190 + 780 * near
            leaves = [mix(leaf, "#e6efc4", 0.62 * (1 - near)) for leaf in nature.LEAVES]
            nature.tree(c, (x, y), tall, leaves, 0.46)
            c.oval((x - side * 40 * near, y + 6), 150 * near + 20, 10 * near + 3, "#3f4a3c", 0.35)
    for _ in range(46):
        y = c.between(660, 990)
        near = (y - 630) / 370
        c.oval(
            (750 + c.between(-420, 420) * near, y),
            c.between(20, 80) * near + 8,
            c.between(3, 9) * near + 1,
            "#fff3c0",
            0.3,
        )
    people.bicycle(c, (690, 880), 210, "#b5442f")
    people.tunic(c, (610, 890), 215, "#f4ecdd", "cone")
    people.person(c, (880, 780), 120, "run", ("#c8452f", "#2f3a4a"))
    for _ in range(40):
        c.oval((c.between(60, 1440), c.between(700, 990)), 8, 3.5, c.random.choice(("#d9a441", "#c9b24f", "#b5763a")))


def mua_lon(c: Canvas) -> None:
    """A downpour on a street: umbrellas, raincoats, lights on wet asphalt."""
    c.gradient((0, 0, 1500, 660), "#4c5f6b", "#6f838a", "#94a4a2")
    built.skyline(c, 590, 300, ("#71838a", "#7b8c90"), ("#d8cba4", "#8c9a9a", "#8c9a9a"))
    for n, left in enumerate((-40, 140, 1190, 1370)):
        built.shophouse(
            c, (left, (150, 240, 220, 130)[n], left + 180, 640), mix(built.WALLS[n], "#5d7078", 0.55), lights=True
        )
    for x in (400, 1120):
        nature.tree(c, (x, 650), 400, [mix(leaf, "#62767a", 0.45) for leaf in nature.LEAVES], 0.4)
    c.haze(330, 640, "#a9b7b4", (0.0, 0.5))
    for x, size, paint in ((640, 220, "#b5442f"), (900, -240, "#d6cdb6")):
        moving.car(c, (x, 640), size, mix(paint, "#5d7078", 0.2))
    for x in (560, 790, 850, 990):
        c.glow((x, 618), 70, "#ffe2a0", 0.9)
    c.mirror(645, "#586a74", (0.75, 0.35), 9)
    for x, colour in ((230, "#ffd98a"), (560, "#ffe7b4"), (790, "#ffe7b4"), (990, "#ff8a5a"), (1290, "#ffd98a")):
        nature.glints(c, x, 660, colour, 46)
    c.dashes((0, 650, 1500, 1000), ["#cfd8d4", "#3d4c58"], 170, 0.3)
    people.motorbike(c, (1050, 850), -250, ("#345a86", "#3f8fa3"))
    c.poly([(980, 700), (1045, 640), (1130, 700), (1150, 800), (1010, 790)], "#3f8fa3", 0.9)
    for x, size, colour in ((380, 360, "#c8452f"), (560, 300, "#e0a843")):
        people.person(c, (x, 960), size, "walk", (mix(colour, "#33414f", 0.6), "#232c38"))
        c.line([(x + size * 0.08, 960 - size * 0.55), (x + size * 0.08, 960 - size * 1.15)], 5, "#232c38")
        built.umbrella(c, (x + size * 0.06, 960 - size * 0.62), size * 0.62, (colour, mix(colour, "#ffffff", 0.12)))
    nature.rain(c, 620)


def dem_thanh_pho(c: Canvas) -> None:
    """The city at night from above: towers, lit avenues, the moon."""
    c.gradient((0, 0, 1500, 1000), "#0e1730", "#22305a", "#5a4a72", "#c07a6a")
    nature.stars(c, 380, 110)
    c.glow((1130, 190), 260, "#f6e7c0", 0.45)
    c.dot((1130, 190), 44, "#f8edd0")
    c.dot((1120, 180), 9, "#e3d4b0", 0.7)
    c.dot((1142, 204), 12, "#e3d4b0", 0.6)
    built.skyline(c, 700, 270, ("#3f3d66", "#4b4470"), ("#e8b878", "#8a7a92"))
    c.haze(480, 720, "#c98a78", (0.0, 0.4))
    built.skyline(c, 780, 290, ("#2a2c52", "#30305a"), ("#f6d492", "#e8a860", "#9aa9c4"))
    for left, top, right in ((120, 330, 260), (330, 210, 450), (560, 430, 720), (930, 280, 1060), (1230, 360, 1400)):
        built.tower(
            c,
            (left, top, right, 900),
            ("#2b3158", "#171d3c"),
            ("#ffdf9e", "#f2b868", "#3a4270", "#3a4270", "#a9c0d8"),
            0.85,
        )
        c.glow(((left + right) / 2, top - 10), 36, "#ff7a5a", 0.7)
    c.gradient((0, 776, 1500, 1000), "#232650", "#171b38", "#0c1026")
    nature.grove(c, 850, 60, nature.NIGHT_LEAVES)
    c.shade([(690, 770), (790, 770), (1110, 1000), (360, 1000)], "#c98a5a", "#6a4452")
    for _ in range(60):
        t = c.random.random() ** 1.5
        side = c.random.choice((-1, 1))
        x, y = 740 + side * c.between(8, 44 + 300 * t), 775 + 225 * t
        c.glow((x, y), 8 + 20 * t, "#ffe7b4" if side < 0 else "#ff6a4a", 0.9)
        c.dot((x, y), 1.5 + 3 * t, "#fff3d4" if side < 0 else "#ff8a6a")
    for n in range(7):
        t = (n / 6) ** 1.6
        for side in (-1, 1):
            built.lamp(c, (740 + side * (58 + 360 * t), 790 + 210 * t), 60 + 130 * t, -side, "#ffcf8a")


def binh_minh_ho(c: Canvas) -> None:
    """Sunrise at West Lake: fishing boats, lotus, mist."""
    c.gradient((0, 0, 1500, 560), "#89a6b8", "#e3c3b4", "#f8c9a0", "#fbdcae")
    nature.sun(c, (1000, 440), 58, "#fff4d8", "#ffc890")
    for x, y, wide in ((350, 160, 700), (1100, 230, 560)):
        nature.cloud(c, (x, y), wide, "#fbe6d4", 0.75)
    c.poly(nature.ridge(c, 540, 90), "#cdb6b0")
    built.skyline(c, 552, 130, ("#b8a3a6", "#c2aba8"))
    nature.grove(c, 560, 44, ("#8f8f90", "#9d9a96", "#aca59c"))
    c.haze(470, 570, "#fbe3c8", (0.0, 0.6))
    c.mirror(558, "#b9a9a8", (0.8, 0.4), 5)
    c.haze(558, 700, "#fbe3c8", (0.55, 0.0))
    nature.glints(c, 1000, 580, "#fff3d0", 85)
    c.dashes((0, 570, 1500, 1000), ["#fbe0bd", "#7f8c98", "#c9a9a0"], 150, 0.25)
    for x, y, length, pose in ((420, 700, 190, "stand"), (700, 640, 110, "sit")):
        moving.boat(c, (x, y), length, "#3f3a44")
        people.person(c, (x - length * 0.2, y), length * 0.5, pose, ("#5d4a5a", "#33333f"), "cone")
    c.line([(395, 650), (470, 730)], 3.5, "#33303a")
    for _ in range(70):
        level = c.between(800, 1010)
        near = (level - 760) / 240
        at, reach = c.between(-20, 1520), 24 + 70 * near
        c.oval((at, level), reach, reach * 0.3, c.random.choice(("#3f6650", "#52795c", "#6f9068", "#2f5346")))
        c.oval((at - reach * 0.2, level - reach * 0.06), reach * 0.6, reach * 0.14, "#8fab7a", 0.5)
    for x, y, size in (
        (190, 880, 60),
        (520, 940, 80),
        (880, 900, 62),
        (1220, 930, 86),
        (1400, 860, 54),
        (330, 840, 44),
    ):
        lotus(c, (x, y), size)


def lotus(c: Canvas, foot: tuple[float, float], size: float) -> None:
    """A lotus flower on its stem."""
    x, y = foot[0], foot[1] - size * 1.2
    c.line([foot, (x, y)], size * 0.07, "#4b6b4c")
    for reach, lift, colour in (
        (0.8, 0.15, "#d77d90"),
        (-0.8, 0.15, "#d77d90"),
        (0.5, 0.5, "#e89aa6"),
        (-0.5, 0.5, "#e89aa6"),
        (0.0, 0.72, "#f6c3c4"),
    ):
        tip = (x + reach * size * 0.75, y - lift * size - size * 0.15)
        c.poly(
            [
                (x, y + size * 0.1),
                (x + (reach - 0.42) * size * 0.5, y - size * 0.22),
                tip,
                (x + (reach + 0.42) * size * 0.5, y - size * 0.22),
            ],
            colour,
        )


SCENES: dict[str, tuple[Painter, int, int]] = {
    "cau-moi": (cau_moi, 62, 45),
    "chung-cu": (chung_cu, 60, 45),
    "cay-xanh": (cay_xanh, 48, 70),
    "mua-lon": (mua_lon, 32, 65),
    "dem-thanh-pho": (dem_thanh_pho, 50, 50),
    "binh-minh-ho": (binh_minh_ho, 66, 48),
}
