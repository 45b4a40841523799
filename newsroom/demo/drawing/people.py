"""Who is in the pictures? Figures made of rounded limbs in a few postures, with their hats and wheels."""

from collections.abc import Sequence

from newsroom.demo.drawing.canvas import Canvas, Point, mix

SKIN, HAIR, STRAW = "#c98f68", "#241c1d", "#e9cf94"
CLOTHES = ("#c8452f", "#2f6f73", "#e0a843", "#f1e6cf", "#345a86", "#8c4a5e", "#6f8a5b")

Limb = tuple[Point, Point]
# Joints as shares of the figure's height from the foot point, x in the direction faced, y upwards:
# (hip, neck), then (knee, foot) of both legs, then (elbow, hand) of both arms, the far limb first.
POSTURES: dict[str, tuple[Limb, Limb, Limb, Limb, Limb]] = {
    "stand": (
        ((0, 0.5), (0, 0.82)),
        ((0.04, 0.26), (0.05, 0)),
        ((-0.04, 0.26), (-0.05, 0)),
        ((0.12, 0.64), (0.11, 0.48)),
        ((-0.12, 0.64), (-0.11, 0.48)),
    ),
    "walk": (
        ((0, 0.5), (0.02, 0.82)),
        ((-0.02, 0.27), (-0.14, 0.03)),
        ((0.09, 0.28), (0.12, 0)),
        ((0.11, 0.66), (0.17, 0.53)),
        ((-0.08, 0.65), (-0.08, 0.49)),
    ),
    "run": (
        ((0, 0.5), (0.1, 0.8)),
        ((-0.06, 0.3), (-0.26, 0.24)),
        ((0.15, 0.38), (0.12, 0.1)),
        ((0.2, 0.64), (0.29, 0.74)),
        ((-0.07, 0.64), (0.0, 0.54)),
    ),
    "stride": (
        ((0, 0.5), (0.08, 0.81)),
        ((-0.12, 0.3), (-0.28, 0.12)),
        ((0.14, 0.32), (0.22, 0.04)),
        ((-0.05, 0.64), (-0.14, 0.56)),
        ((0.17, 0.62), (0.27, 0.7)),
    ),
    "kick": (
        ((0, 0.5), (-0.06, 0.81)),
        ((-0.05, 0.26), (-0.1, 0)),
        ((0.15, 0.36), (0.34, 0.22)),
        ((0.12, 0.72), (0.24, 0.76)),
        ((-0.2, 0.7), (-0.32, 0.66)),
    ),
    "shoot": (
        ((0, 0.52), (0.03, 0.84)),
        ((-0.02, 0.28), (-0.1, 0.06)),
        ((0.08, 0.3), (0.03, 0.05)),
        ((0.12, 0.98), (0.12, 1.14)),
        ((0.0, 1.0), (0.06, 1.16)),
    ),
    "reach": (
        ((0, 0.5), (0.02, 0.82)),
        ((0.05, 0.26), (0.06, 0)),
        ((-0.04, 0.26), (-0.05, 0)),
        ((0.14, 0.78), (0.27, 0.86)),
        ((0.13, 0.66), (0.25, 0.66)),
    ),
    "carry": (
        ((0, 0.5), (0.02, 0.82)),
        ((0.05, 0.26), (0.08, 0)),
        ((-0.05, 0.26), (-0.1, 0.02)),
        ((0.13, 0.65), (0.24, 0.62)),
        ((0.1, 0.63), (0.22, 0.58)),
    ),
    "bend": (
        ((-0.06, 0.5), (0.2, 0.58)),
        ((0.04, 0.27), (0.02, 0)),
        ((-0.08, 0.26), (-0.1, 0)),
        ((0.24, 0.4), (0.27, 0.2)),
        ((0.18, 0.38), (0.22, 0.17)),
    ),
    "sit": (
        ((0, 0.28), (0.02, 0.6)),
        ((0.22, 0.3), (0.22, 0.02)),
        ((0.2, 0.28), (0.18, 0)),
        ((0.14, 0.44), (0.25, 0.42)),
        ((0.1, 0.42), (0.22, 0.38)),
    ),
    "ride": (
        ((-0.05, 0.42), (0.02, 0.73)),
        ((0.17, 0.36), (0.13, 0.12)),
        ((0.15, 0.34), (0.11, 0.1)),
        ((0.13, 0.56), (0.26, 0.53)),
        ((0.12, 0.54), (0.25, 0.51)),
    ),
    "cheer": (
        ((0, 0.5), (0, 0.82)),
        ((0.05, 0.26), (0.07, 0)),
        ((-0.05, 0.26), (-0.07, 0)),
        ((0.14, 0.92), (0.2, 1.1)),
        ((-0.14, 0.92), (-0.2, 1.1)),
    ),
}


def person(
    canvas: Canvas,
    foot: Point,
    height: float,
    posture: str = "stand",
    clothes: Sequence[str] = ("#2f6f73", "#27323f"),
    hat: str = "",
) -> None:
    """A figure in (shirt, trousers[, skin[, shins]]); negative height faces left; hat: "", cone, cap or helmet."""
    x, y = foot
    shirt, trousers = clothes[0], clothes[1]
    skin = clothes[2] if len(clothes) > 2 else SKIN
    size = abs(height)

    def at(joint: Point) -> Point:
        return x + joint[0] * height, y - joint[1] * size

    (hip, neck), *limbs = POSTURES[posture]
    for number, (middle, end) in enumerate(limbs[:2]):
        colour = mix(trousers, "#10151c", 0.25) if number == 0 else trousers
        canvas.line(
            [at(middle), at(end)],
            size * (0.085 if len(clothes) < 4 else 0.06),
            clothes[3] if len(clothes) > 3 else colour,
        )
        canvas.line([at(hip), at(middle)], size * 0.085, colour)
        canvas.line([at(end), at((end[0] + 0.05, end[1]))], size * 0.045, "#2a2526")
    shoulder = at((neck[0], neck[1] - 0.03))
    arms = [(at(elbow), at(hand)) for elbow, hand in limbs[2:]]
    for number, (elbow, hand) in enumerate(arms):
        if number == 1:
            _torso(canvas, at(hip), shoulder, size, shirt)
        canvas.line([shoulder, elbow], size * 0.07, mix(shirt, "#10151c", 0.22))
        canvas.line([elbow, hand], size * 0.05, skin)
    _head(canvas, at((neck[0] + (neck[0] - hip[0]) * 0.3, neck[1] + 0.095)), height, (skin, hat, shirt))


def _torso(canvas: Canvas, hip: Point, shoulder: Point, size: float, shirt: str) -> None:
    """The trunk between hip and shoulder, a little wider above."""
    wide, slim = size * 0.095, size * 0.075
    canvas.poly(
        [
            (shoulder[0] - wide, shoulder[1]),
            (shoulder[0] + wide, shoulder[1]),
            (hip[0] + slim, hip[1]),
            (hip[0] - slim, hip[1]),
        ],
        shirt,
    )
    canvas.oval(shoulder, wide, size * 0.045, shirt)
    canvas.oval(hip, slim, size * 0.04, shirt)


def _head(canvas: Canvas, centre: Point, height: float, look: tuple[str, str, str]) -> None:
    """Neck, face, hair and what is worn on it."""
    (x, y), size, (skin, hat, shirt) = centre, abs(height), look
    side = 1 if height > 0 else -1
    canvas.line([(x, y + size * 0.03), (x - side * size * 0.01, y + size * 0.1)], size * 0.05, skin)
    canvas.oval((x, y), size * 0.058, size * 0.07, skin)
    canvas.oval((x - side * size * 0.016, y - size * 0.022), size * 0.06, size * 0.056, HAIR)
    if hat == "cone":
        canvas.poly(
            [(x - size * 0.17, y - size * 0.005), (x, y - size * 0.16), (x + size * 0.17, y - size * 0.005)], STRAW
        )
        canvas.poly(
            [(x, y - size * 0.16), (x + size * 0.17, y - size * 0.005), (x + size * 0.03, y - size * 0.005)],
            mix(STRAW, "#8a6a3a", 0.35),
        )
    elif hat:
        colour = "#f0b429" if hat == "helmet" else mix(shirt, "#10151c", 0.3)
        canvas.oval((x, y - size * 0.035), size * 0.072, size * 0.052, colour)
        canvas.line(
            [(x - side * size * 0.05, y - size * 0.02), (x + side * size * 0.1, y - size * 0.02)], size * 0.022, colour
        )


def tunic(canvas: Canvas, foot: Point, height: float, colour: str, hat: str = "") -> None:
    """A woman in an áo dài, seen from behind or in front."""
    x, y = foot
    person(canvas, foot, height, "stand", (colour, "#f4ecdd"), hat)
    canvas.poly(
        [
            (x - height * 0.085, y - height * 0.8),
            (x + height * 0.085, y - height * 0.8),
            (x + height * 0.06, y - height * 0.55),
            (x + height * 0.12, y - height * 0.1),
            (x - height * 0.1, y - height * 0.08),
            (x - height * 0.06, y - height * 0.55),
        ],
        colour,
    )
    canvas.poly(
        [
            (x + height * 0.01, y - height * 0.5),
            (x + height * 0.12, y - height * 0.1),
            (x + height * 0.03, y - height * 0.09),
        ],
        mix(colour, "#10151c", 0.2),
    )


def crowd(
    canvas: Canvas, level: float, height: float, span: Point, tint: tuple[str, float] = ("#20242e", 0.0)
) -> None:
    """A row of people with their backs to us, heads at about the same level, washed with a tint."""
    x = span[0]
    while x < span[1]:
        size = height * canvas.between(0.9, 1.08)
        shirt = mix(canvas.random.choice(CLOTHES), *tint)
        clothes = (shirt, mix("#2a3341", *tint), mix(SKIN, *tint))
        person(
            canvas,
            (x, level + canvas.between(-0.04, 0.04) * height),
            size,
            canvas.random.choice(("stand", "walk", "stand")),
            clothes,
        )
        x += size * canvas.between(0.24, 0.42)


def bicycle(canvas: Canvas, foot: Point, height: float, colour: str) -> None:
    """A bicycle that stands or is pushed to the right; `height` is a rider's."""
    (x, y), r = foot, height * 0.19
    back, front = (x - height * 0.3, y - r), (x + height * 0.3, y - r)
    for hub in (back, front):
        canvas.arc((hub[0] - r, hub[1] - r, hub[0] + r, hub[1] + r), (0, 360), height * 0.018, "#22252b")
    saddle, bar, crank = (
        (x - height * 0.12, y - height * 0.47),
        (x + height * 0.2, y - height * 0.52),
        (x - height * 0.02, y - r),
    )
    for start, end in ((back, crank), (crank, saddle), (back, saddle), (crank, bar), (saddle, bar), (bar, front)):
        canvas.line([start, end], height * 0.02, colour)
    canvas.line(
        [(bar[0] - height * 0.06, bar[1] - height * 0.03), (bar[0] + height * 0.04, bar[1] - height * 0.02)],
        height * 0.02,
        "#22252b",
    )
    canvas.line(
        [(saddle[0] - height * 0.06, saddle[1]), (saddle[0] + height * 0.04, saddle[1])], height * 0.03, "#22252b"
    )


def motorbike(
    canvas: Canvas, foot: Point, height: float, colours: tuple[str, str] = ("#c8452f", "#345a86"), rider: bool = True
) -> None:
    """A scooter and its rider (negative height: to the left); `colours` are the machine's and the shirt's."""
    (x, y), size, r = foot, abs(height), abs(height) * 0.14
    paint, shirt = colours
    for hub in (-0.3, 0.32):
        canvas.dot((x + hub * height, y - r), r, "#1d2026")
        canvas.dot((x + hub * height, y - r), r * 0.5, "#8b9197")
    if rider:
        person(canvas, (x, y), height * 1.0, "ride", (shirt, "#2a3341"), "cap")
    body = [
        (-0.44, 0.3),
        (-0.4, 0.42),
        (-0.02, 0.4),
        (0.04, 0.2),
        (0.16, 0.2),
        (0.24, 0.5),
        (0.3, 0.5),
        (0.34, 0.24),
        (0.2, 0.12),
        (-0.2, 0.14),
    ]
    canvas.poly([(x + dx * height, y - dy * size) for dx, dy in body], paint)
    canvas.poly(
        [(x + dx * height, y - dy * size) for dx, dy in ((-0.42, 0.42), (-0.02, 0.4), (-0.04, 0.45), (-0.4, 0.47))],
        "#26292f",
    )
    canvas.line([(x + 0.2 * height, y - 0.55 * size), (x + 0.29 * height, y - 0.5 * size)], size * 0.03, "#26292f")
    canvas.dot((x + 0.31 * height, y - 0.45 * size), size * 0.03, "#f6e2a4")
