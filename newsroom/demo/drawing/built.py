"""What has been built in the pictures? Houses, towers, cranes, lamps, lanterns, umbrellas and flags."""

import math

from newsroom.demo.drawing.canvas import Box, Canvas, Point, mix

WALLS = ("#e3b04f", "#d9a441", "#ecc977", "#d88f4e", "#e8d7ae", "#9fb5a0")
SHUTTERS = ("#2f6258", "#3a5f6d", "#6b4a34", "#467a66")
INK = "#1f2733"


def windows(canvas: Canvas, box: Box, grid: tuple[int, int], colours: tuple[str, ...], share: float = 1.0) -> None:
    """A grid (columns, rows) of windows in a rectangle, a `share` of them drawn."""
    left, top, right, bottom = box
    wide, tall = (right - left) / grid[0], (bottom - top) / grid[1]
    for row in range(grid[1]):
        for col in range(grid[0]):
            if canvas.random.random() < share:
                x, y = left + col * wide, top + row * tall
                spot = (x + wide * 0.2, y + tall * 0.22, x + wide * 0.8, y + tall * 0.78)
                canvas.rect(spot, canvas.random.choice(colours))


def tower(canvas: Canvas, box: Box, colours: tuple[str, str], panes: tuple[str, ...], share: float = 0.8) -> None:
    """A block of flats or offices: (lit, shaded) wall colours and window panes."""
    left, top, right, bottom = box
    lit, shaded = colours
    edge = left + (right - left) * 0.68
    canvas.shade([(left, top), (right, top), (right, bottom), (left, bottom)], lit, mix(lit, shaded, 0.4))
    canvas.rect((edge, top, right, bottom), shaded, 0.55)
    canvas.rect((left + (right - left) * 0.2, top - 10, left + (right - left) * 0.5, top + 2), shaded)
    rows, inset = max(int((bottom - top) / 22), 2), (right - left) * 0.06
    windows(
        canvas,
        (left + inset, top + 10, edge - inset * 0.5, bottom),
        (max(int((edge - left) / 18), 2), rows),
        panes,
        share,
    )
    windows(
        canvas,
        (edge + inset * 0.4, top + 10, right - inset * 0.4, bottom),
        (max(int((right - edge) / 16), 1), rows),
        panes,
        share * 0.7,
    )


def skyline(
    canvas: Canvas, level: float, height: float, colours: tuple[str, str], panes: tuple[str, ...] = ()
) -> None:
    """A far row of buildings along a level, flat but for lit windows."""
    x = -20.0
    while x < 1520:
        width = canvas.between(40, 110)
        tall = height * canvas.between(0.25, 1) ** 1.3
        wall = mix(colours[0], colours[1], canvas.random.random())
        canvas.rect((x, level - tall, x + width, level + 2), wall)
        if canvas.random.random() < 0.3:
            canvas.line([(x + width / 2, level - tall), (x + width / 2, level - tall - 26)], 2, wall)
        if panes:
            grid = max(int(width / 13), 2), max(int(tall / 16), 2)
            windows(canvas, (x + 4, level - tall + 6, x + width - 4, level), grid, panes, 0.45)
        x += width * canvas.between(0.75, 1.15)


def shophouse(canvas: Canvas, box: Box, wall: str, lights: bool = False) -> None:
    """A narrow old-quarter house: tiled eaves, shuttered windows with a balcony, an awning over the shop."""
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    shade, shutter = mix(wall, "#4a3a3a", 0.35), canvas.random.choice(SHUTTERS)
    canvas.shade([(left, top), (right, top), (right, bottom), (left, bottom)], wall, mix(wall, "#6b4a3a", 0.3))
    canvas.dashes(
        (left + wide * 0.3, top, right - wide * 0.3, bottom), [shade, mix(wall, "#ffffff", 0.3)], 16, 0.2, wide * 0.25
    )
    roof = mix("#a4492f", wall, 0.15)
    canvas.shade(
        [
            (left - 6, top + 6),
            (left + wide * 0.1, top - tall * 0.07),
            (right - wide * 0.1, top - tall * 0.07),
            (right + 6, top + 6),
        ],
        roof,
        "#6e3126",
    )
    canvas.rect((left - 6, top + 4, right + 6, top + 11), mix(shade, "#221a1c", 0.3))
    storeys = 2 if tall < 520 else 3
    high = tall * 0.68 / storeys
    for storey in range(storeys):
        _storey(
            canvas,
            (left, top + tall * 0.03 + storey * high, right, top + tall * 0.03 + (storey + 1) * high),
            (wall, shutter),
            lights,
        )
    _shop(canvas, box, lights)


def _shop(canvas: Canvas, box: Box, lights: bool) -> None:
    """The ground floor: goods in the open front, an awning above."""
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    shop = top + tall * 0.74
    canvas.rect((left + wide * 0.08, shop, right - wide * 0.08, bottom), "#f3c46a" if lights else "#3a2c2a")
    for _ in range(18):
        x, y = canvas.between(left + wide * 0.1, right - wide * 0.14), canvas.between(shop + tall * 0.07, bottom - 12)
        canvas.rect(
            (x, y, x + wide * 0.07, y + wide * 0.09),
            canvas.random.choice(("#c8452f", "#e0a843", "#2f6f73", "#f1e6cf")),
            0.75,
        )
    awning = canvas.random.choice(("#b5442f", "#2f6258", "#c98a35", "#345a86"))
    canvas.shade(
        [
            (left + 2, shop - 6),
            (right - 2, shop - 6),
            (right + 12, shop + tall * 0.075),
            (left - 12, shop + tall * 0.075),
        ],
        mix(awning, "#ffffff", 0.15),
        awning,
    )
    canvas.rect((left - 12, shop + tall * 0.075, right + 12, shop + tall * 0.087), mix(awning, "#15181f", 0.4))


def _storey(canvas: Canvas, box: Box, colours: tuple[str, str], lights: bool) -> None:
    """One upper floor: two shuttered windows, a balcony rail with plants."""
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    wall, shutter = colours
    for centre in (0.3, 0.7):
        x, w = left + wide * centre, wide * 0.1
        canvas.rect((x - w * 1.25, top + tall * 0.17, x + w * 1.25, top + tall * 0.86), mix(wall, "#fff6e0", 0.45))
        glass = "#ffd98a" if lights and canvas.random.random() < 0.6 else "#2a2f36"
        canvas.rect((x - w, top + tall * 0.22, x + w, top + tall * 0.84), glass)
        opening = canvas.random.choice((0.9, 0.9, 0.45))
        for side in (-1, 1):
            edge = x + side * w
            canvas.rect(
                (
                    min(edge, edge - side * w * opening),
                    top + tall * 0.22,
                    max(edge, edge - side * w * opening),
                    top + tall * 0.84,
                ),
                shutter,
            )
        for n in range(7):
            y = top + tall * (0.27 + n * 0.08)
            canvas.line([(x - w * 0.9, y), (x + w * 0.9, y)], 1, mix(shutter, "#101418", 0.4), 0.6)
    rail = bottom - tall * 0.02
    canvas.rect((left - 4, rail - 5, right + 4, rail + 3), mix(wall, "#3a2a2a", 0.45))
    canvas.rect((left + 2, rail - tall * 0.22, right - 2, rail - tall * 0.2), INK, 0.8)
    for n in range(13):
        x = left + 4 + (wide - 8) * n / 12
        canvas.line([(x, rail - tall * 0.2), (x, rail - 4)], 1.4, INK, 0.8)
    if canvas.random.random() < 0.75:
        canvas.dabs(
            (left + wide * canvas.between(0.2, 0.8), rail - tall * 0.17),
            (wide * 0.2, tall * 0.1),
            ["#2f5b49", "#44735a", "#6a9167", "#c8605a"],
            22,
            7,
        )


def wires(canvas: Canvas, start: Point, end: Point, count: int = 7) -> None:
    """A bundle of street cables between two poles."""
    for n in range(count):
        canvas.sag((start[0], start[1] + n * 7), (end[0], end[1] + n * 6), canvas.between(14, 44), 1.8, "#20242b")


def lamp(canvas: Canvas, foot: Point, height: float, side: int = 1, light: str = "") -> None:
    """A street lamp with its arm to one side, shining if a light colour is given."""
    x, y = foot
    head = (x + side * height * 0.2, y - height)
    canvas.line(
        [(x, y), (x, y - height * 0.93), (x + side * height * 0.06, y - height), head],
        max(height * 0.014, 2.5),
        "#2b323b",
    )
    canvas.oval(head, height * 0.05, height * 0.014, "#2b323b")
    if light:
        canvas.glow(head, height * 0.55, light, 0.6)
        canvas.oval((head[0], head[1] + height * 0.012), height * 0.04, height * 0.012, "#fff3cf")


def lantern(canvas: Canvas, top: Point, size: float, colour: str, lit: bool = True) -> None:
    """A silk lantern that hangs from `top`."""
    x, y = top[0], top[1] + size * 0.75
    if lit:
        canvas.glow((x, y), size * 2.3, mix(colour, "#ffd27a", 0.6), 0.5)
    canvas.line([top, (x, y - size * 0.5)], 1.6, "#3a2320")
    canvas.oval((x, y), size * 0.56, size * 0.5, mix(colour, "#2a0f12", 0.2))
    for share, lift in ((0.46, 0.25), (0.3, 0.5), (0.13, 0.75)):
        canvas.oval((x, y), size * share, size * 0.49, mix(colour, "#ffd98a", lift if lit else lift * 0.3))
    for edge in (-0.5, 0.44):
        canvas.rect((x - size * 0.2, y + size * edge, x + size * 0.2, y + size * (edge + 0.07)), "#7a4a24")
    canvas.line([(x, y + size * 0.5), (x, y + size * 0.95)], size * 0.07, mix(colour, "#e0a843", 0.4), 0.95)


def umbrella(canvas: Canvas, foot: Point, height: float, colours: tuple[str, str]) -> None:
    """A market umbrella with two-coloured panels."""
    x, y = foot
    top, half = y - height, height * 0.56
    rim = top + height * 0.27
    canvas.line([(x, y), (x, top)], max(height * 0.018, 3), "#5a4636")
    edges = [x + half * share for share in (-1, -0.66, -0.24, 0.24, 0.66, 1)]
    for n, (left, right) in enumerate(zip(edges, edges[1:], strict=False)):
        colour = mix(colours[n % 2], "#2a1d2a", 0.07 * n)
        middle = (left + right) / 2
        bulge = (x + (middle - x) * 0.62, top + height * 0.09)
        canvas.poly(
            [
                (x, top),
                ((x * 0.4 + left * 0.6), bulge[1]),
                (left, rim),
                (middle, rim + height * 0.035),
                (right, rim),
                ((x * 0.4 + right * 0.6), bulge[1]),
            ],
            colour,
        )


def flag(canvas: Canvas, foot: Point, height: float, size: float) -> None:
    """The national flag on a pole, waving."""
    x, y = foot[0], foot[1] - height
    canvas.line([foot, (x, y - 8)], 5, "#d8d2c4")
    upper = [(x + size * n / 12, y + size * 0.05 * math.sin(n * 0.62)) for n in range(13)]
    canvas.poly([*upper, *[(px, py + size * 0.64) for px, py in reversed(upper)]], "#d2372c")
    canvas.poly(
        [upper[4], upper[5], upper[6], *[(px, py + size * 0.64) for px, py in (upper[6], upper[5], upper[4])]],
        "#b52a24",
        0.6,
    )
    star(canvas, (x + size * 0.5, y + size * 0.33), size * 0.19, "#f5cf3d")


def star(canvas: Canvas, centre: Point, radius: float, colour: str) -> None:
    """A five-pointed star."""
    canvas.poly(
        [
            (centre[0] + r * math.sin(n * math.pi / 5), centre[1] - r * math.cos(n * math.pi / 5))
            for n, r in enumerate((radius, radius * 0.4) * 5)
        ],
        colour,
    )


def crane(canvas: Canvas, foot: Point, height: float, reach: float, colour: str) -> None:
    """A tower crane; a negative reach points its jib to the left."""
    x, y = foot
    half, top = height * 0.016, y - height
    for side in (-half, half):
        canvas.line([(x + side, y), (x + side, top)], 3, colour)
    for n in range(int(height / (half * 3))):
        low = y - n * half * 3
        canvas.line([(x - half, low), (x + half, low - half * 3)], 1.6, colour)
    counter = -reach * 0.32
    for lift in (0, half * 1.5):
        canvas.line([(x + counter, top - lift * 0.5), (x + reach, top - lift * 0.7)], 3, colour)
    for n in range(16):
        a, b = x + reach * n / 16, x + reach * (n + 0.5) / 16
        canvas.line([(a, top), (b, top - half * 1.1), (x + reach * (n + 1) / 16, top)], 1.5, colour)
    peak = (x, top - height * 0.13)
    canvas.line([(x - half, top), peak, (x + half, top)], 3, colour)
    for tip in (reach * 0.75, counter):
        canvas.line([peak, (x + tip, top - half)], 1.6, colour)
    canvas.rect(
        (min(x + counter, x + counter * 0.72), top - 2, max(x + counter, x + counter * 0.72), top + half * 2.6), colour
    )
    canvas.rect((x - half, top, x + half * 2.4, top + half * 2.8), colour)
    hook = x + reach * 0.62
    canvas.line([(hook, top), (hook, top + height * 0.3)], 1.8, colour)
    canvas.rect((hook - 12, top + height * 0.3, hook + 12, top + height * 0.33), colour)
