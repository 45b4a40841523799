"""How are figures drawn? A chart on the same paper as the scenes; its words stand in the caption and the story."""

from PIL import ImageFont

from newsroom.demo.drawing.canvas import Canvas, Painter, mix

RAIN = (18, 26, 44, 90, 188, 240, 288, 318, 265, 131, 43, 23)  # mm a month, made up around what is usual
FLOOR, MOST = 850, 350


def mua_muoi_hai_thang(c: Canvas) -> None:
    """Twelve bars of rain from January to December, the wettest ones dark, with their figures."""
    c.gradient((0, 0, 1500, 1000), "#f4efe2", "#ece4d2")
    for level in range(0, MOST, 50):
        y = height_of(level)
        c.line([(110, y), (1440, y)], 1.5, "#b9ae97", 0.8)
        write(c, (92, y), str(level), 26, "#6b6252", "rm")
    for month, amount in enumerate(RAIN, start=1):
        x, top = 60 + month * 110, height_of(amount)
        shade = mix("#9cc3cf", "#1f4f74", amount / max(RAIN))
        c.shade([(x - 36, top), (x + 36, top), (x + 36, FLOOR), (x - 36, FLOOR)], mix(shade, "#ffffff", 0.15), shade)
        drop(c, (x, top - 78), 15, shade)
        write(c, (x, top - 28), str(amount), 34, "#23303a")
        write(c, (x, FLOOR + 42), str(month), 34, "#4a4436")
    c.line([(110, FLOOR), (1440, FLOOR)], 4, "#4a4436")


def height_of(amount: float) -> float:
    return FLOOR - amount * 660 / MOST


def drop(c: Canvas, centre: tuple[float, float], size: float, colour: str) -> None:
    """A drop of rain."""
    x, y = centre
    c.dot((x, y), size, colour)
    c.poly([(x - size * 0.94, y - size * 0.3), (x, y - size * 2), (x + size * 0.94, y - size * 0.3)], colour)


def write(c: Canvas, at: tuple[float, float], digits: str, size: float, colour: str, anchor: str = "mm") -> None:
    """Digits only: the letters that Pillow brings along have no Vietnamese marks."""
    font = ImageFont.load_default(size * c.scale)
    c.pen.text((at[0] * c.scale, at[1] * c.scale), digits, fill=colour, font=font, anchor=anchor)


SCENES: dict[str, tuple[Painter, int, int]] = {"mua-12-thang": (mua_muoi_hai_thang, 58, 50)}
