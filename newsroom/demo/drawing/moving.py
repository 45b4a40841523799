"""What moves through the pictures? Buses, cars, trains, boats and the goods they carry."""

from newsroom.demo.drawing.canvas import Box, Canvas, Point, mix

TYRE, GLASS = "#1b1f26", "#a9c6cc"
CARGO = ("#b5442f", "#2f5f7d", "#c98a35", "#4b7564", "#8a8f94", "#7d3f4a")


def wheel(canvas: Canvas, centre: Point, radius: float) -> None:
    """A tyre with a bright hub."""
    canvas.dot(centre, radius, TYRE)
    canvas.dot(centre, radius * 0.5, "#9aa1a6")
    canvas.dot(centre, radius * 0.2, TYRE)


def bus(canvas: Canvas, box: Box, paint: str, glass: str = GLASS) -> None:
    """A city bus from the side, with passengers behind the panes."""
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    canvas.oval(((left + right) / 2, bottom + 3), wide * 0.53, 10, "#10151c", 0.35)
    canvas.rect((left, top, right, bottom - tall * 0.08), paint, 1, tall * 0.1)
    canvas.rect((left, top + tall * 0.58, right, top + tall * 0.66), "#f1e6cf")
    canvas.rect((left + 6, top + 4, right - 8, top + tall * 0.07), mix(paint, "#ffffff", 0.35), 1, 6)
    count = max(round(wide / (tall * 0.42)), 3)
    step = wide * 0.97 / count
    for n in range(count):
        x = left + wide * 0.015 + n * step
        pane = (x + 4, top + tall * 0.15, x + step - 4, top + tall * 0.53)
        canvas.gradient(pane, mix(glass, "#ffffff", 0.25), mix(glass, "#2a3a48", 0.35))
        if canvas.random.random() < 0.7:
            head = (x + step * canvas.between(0.3, 0.7), top + tall * 0.4)
            canvas.dot(head, tall * 0.055, "#3a2c2c")
            canvas.rect(
                (head[0] - tall * 0.08, head[1] + tall * 0.05, head[0] + tall * 0.08, top + tall * 0.53), "#46566a"
            )
    for door in (0.3, 0.78):
        canvas.rect(
            (left + wide * door, top + tall * 0.13, left + wide * (door + 0.1), bottom - tall * 0.1),
            mix(glass, "#22303c", 0.5),
        )
        canvas.line(
            [(left + wide * (door + 0.05), top + tall * 0.13), (left + wide * (door + 0.05), bottom - tall * 0.1)],
            3,
            paint,
        )
    for hub in (0.17, 0.68):
        canvas.dot((left + wide * hub, bottom - tall * 0.08), tall * 0.15, mix(paint, "#10151c", 0.6))
        wheel(canvas, (left + wide * hub, bottom - tall * 0.07), tall * 0.125)
    canvas.oval((right - 5, bottom - tall * 0.24), 6, 10, "#fff0bd")


def car(canvas: Canvas, foot: Point, length: float, paint: str) -> None:
    """A car from the side; negative length drives left."""
    (x, y), size = foot, abs(length)
    canvas.oval((x, y + 2), size * 0.54, size * 0.03, "#10151c", 0.35)
    shell = [
        (-0.5, 0.1),
        (-0.49, 0.22),
        (-0.36, 0.25),
        (-0.24, 0.38),
        (0.12, 0.38),
        (0.27, 0.25),
        (0.46, 0.21),
        (0.5, 0.1),
    ]
    canvas.poly([(x + dx * length, y - dy * size) for dx, dy in shell], paint)
    cabin = [(-0.31, 0.255), (-0.22, 0.36), (0.1, 0.36), (0.21, 0.255)]
    canvas.poly([(x + dx * length, y - dy * size) for dx, dy in cabin], "#5f7f8c")
    canvas.line([(x - 0.06 * length, y - 0.36 * size), (x - 0.06 * length, y - 0.25 * size)], size * 0.02, paint)
    canvas.rect((x - size * 0.49, y - size * 0.1, x + size * 0.49, y - size * 0.07), mix(paint, "#10151c", 0.5))
    for hub in (-0.3, 0.3):
        wheel(canvas, (x + hub * length, y - size * 0.07), size * 0.075)
    canvas.oval((x + 0.48 * length, y - size * 0.18), size * 0.02, size * 0.018, "#fff0bd")


def train(canvas: Canvas, box: Box, paint: tuple[str, str], cars: int = 3) -> None:
    """A train of equal cars from the side, its nose to the right; paint is (body, stripe)."""
    left, top, right, bottom = box
    tall, each = bottom - top, (right - left) / cars
    for n in range(cars):
        x, end = left + n * each, left + (n + 1) * each - 6
        if n == cars - 1:
            canvas.poly(
                [(x, top), (end - tall * 0.5, top), (end - tall * 0.12, top + tall * 0.4), (end, bottom), (x, bottom)],
                paint[0],
            )
            canvas.poly(
                [
                    (end - tall * 0.46, top + 8),
                    (end - tall * 0.16, top + tall * 0.4),
                    (end - tall * 0.1, top + tall * 0.55),
                    (end - tall * 0.5, top + tall * 0.55),
                ],
                "#2b3a48",
            )
            end -= tall * 0.55
        else:
            canvas.rect((x, top, end, bottom), paint[0], 1, 8)
        canvas.rect((x, top + 2, end, top + tall * 0.09), mix(paint[0], "#ffffff", 0.5))
        canvas.rect((x, bottom - tall * 0.3, end, bottom - tall * 0.18), paint[1])
        count = max(round((end - x) / (tall * 0.62)), 2)
        for pane in range(count):
            at = x + 10 + pane * (end - x - 14) / count
            canvas.gradient(
                (at, top + tall * 0.2, at + (end - x) / count * 0.72, top + tall * 0.55), "#5d7f8e", "#27394a"
            )
        canvas.rect((x, bottom - 4, end, bottom + 4), "#20262e")


def boat(canvas: Canvas, centre: Point, length: float, colour: str) -> None:
    """A wooden sampan."""
    (x, y), half = centre, length / 2
    canvas.oval((x, y + half * 0.1), half * 1.05, half * 0.07, "#10202a", 0.35)
    canvas.poly(
        [
            (x - half, y - half * 0.14),
            (x - half * 0.6, y),
            (x + half * 0.6, y),
            (x + half, y - half * 0.2),
            (x + half * 0.7, y + half * 0.13),
            (x - half * 0.7, y + half * 0.13),
        ],
        colour,
    )
    canvas.line(
        [(x - half, y - half * 0.14), (x - half * 0.6, y), (x + half * 0.6, y), (x + half, y - half * 0.2)],
        3,
        mix(colour, "#f1d9a8", 0.4),
    )


def barge(canvas: Canvas, centre: Point, length: float, colour: str, heaps: str = "#c9a566") -> None:
    """A river barge loaded with sand, its cabin astern (left)."""
    (x, y), half = centre, length / 2
    for n in range(3):
        at = x - half * 0.42 + n * half * 0.5
        canvas.shade(
            [(at - half * 0.3, y - half * 0.1), (at, y - half * 0.27), (at + half * 0.32, y - half * 0.1)],
            heaps,
            mix(heaps, "#4a3a2f", 0.4),
        )
    canvas.rect((x - half * 0.92, y - half * 0.36, x - half * 0.66, y - half * 0.1), "#e9dcc0")
    canvas.rect((x - half * 0.95, y - half * 0.39, x - half * 0.63, y - half * 0.35), "#b5442f")
    for n in range(3):
        at = x - half * (0.89 - n * 0.08)
        canvas.rect((at, y - half * 0.3, at + half * 0.05, y - half * 0.22), "#2b3a48")
    canvas.poly(
        [
            (x - half, y - half * 0.12),
            (x + half, y - half * 0.14),
            (x + half * 0.9, y + half * 0.06),
            (x - half * 0.94, y + half * 0.06),
        ],
        colour,
    )
    canvas.rect((x - half * 0.97, y - half * 0.12, x + half * 0.99, y - half * 0.09), mix(colour, "#ffffff", 0.25))
    canvas.rect((x - half * 0.94, y + half * 0.03, x + half * 0.9, y + half * 0.06), "#8c3b2b")


def containers(canvas: Canvas, corner: Point, size: Point, stack: tuple[int, int]) -> None:
    """Stacked containers from a lower left corner; stack is (columns, greatest height)."""
    wide, tall = size
    for col in range(stack[0]):
        for row in range(canvas.random.randint(max(stack[1] - 2, 1), stack[1])):
            x, y = corner[0] + col * wide, corner[1] - (row + 1) * tall
            paint = canvas.random.choice(CARGO)
            canvas.shade(
                [(x + 1, y + 1), (x + wide - 2, y + 1), (x + wide - 2, y + tall), (x + 1, y + tall)],
                mix(paint, "#ffe8c0", 0.18),
                paint,
            )
            for rib in range(1, 12):
                at = x + wide * rib / 12
                canvas.line([(at, y + 4), (at, y + tall - 3)], 1.6, mix(paint, "#10151c", 0.35), 0.7)
            canvas.rect((x + 1, y + tall - 4, x + wide - 2, y + tall), mix(paint, "#10151c", 0.5))


def basket(canvas: Canvas, centre: Point, size: float, fill: tuple[str, ...]) -> None:
    """A shallow bamboo basket heaped with goods."""
    x, y = centre
    canvas.oval((x, y + size * 0.42), size * 0.9, size * 0.12, "#10151c", 0.25)
    canvas.poly(
        [(x - size, y), (x + size, y), (x + size * 0.72, y + size * 0.42), (x - size * 0.72, y + size * 0.42)],
        "#8f6436",
    )
    canvas.oval((x, y), size, size * 0.26, "#c79a5a")
    canvas.dabs((x, y - size * 0.12), (size * 0.8, size * 0.26), fill, 34, size * 0.17)
