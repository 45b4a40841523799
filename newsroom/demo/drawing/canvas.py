"""What is a scene painted on? A sheet of 1500 x 1000 units with gradients, light, haze, mirrors and paper grain."""

import io
import random
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps

WIDTH, HEIGHT = 1500, 1000
OVERSAMPLING = 2
JPEG_QUALITY = 85

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Stops = Sequence[tuple[float, str]]


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` (0 to 1) of the way from the first "#rrggbb" to the second."""
    pairs = zip(ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3], strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def rgba(colour: str, alpha: float = 1.0) -> tuple[int, int, int, int]:
    """The colour with an opacity between 0 and 1."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(255 * alpha)


def column(stops: Stops, height: int) -> Image.Image:
    """A one pixel wide strip that runs through the colour stops (position 0 to 1, colour) from top to bottom."""
    strip = Image.new("RGB", (1, max(height, 1)))
    for row in range(strip.height):
        at = row / max(strip.height - 1, 1)
        low = max((stop for stop in stops if stop[0] <= at), default=stops[0], key=lambda stop: stop[0])
        high = min((stop for stop in stops if stop[0] >= at), default=stops[-1], key=lambda stop: stop[0])
        share = 0.0 if high[0] == low[0] else (at - low[0]) / (high[0] - low[0])
        strip.putpixel((0, row), ImageColor.getrgb(mix(low[1], high[1], share)))
    return strip


class Canvas:
    """One picture in the making. Coordinates are units of the sheet, x to the right and y down; alpha is 0 to 1."""

    def __init__(self, seed: str, width: int) -> None:
        self.scale = width * OVERSAMPLING / WIDTH
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (self._px(WIDTH), self._px(HEIGHT)))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def _px(self, units: float) -> int:
        return round(units * self.scale)

    def _points(self, points: Iterable[Point]) -> list[tuple[float, float]]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _box(self, box: Box) -> tuple[int, int, int, int]:
        return self._px(box[0]), self._px(box[1]), self._px(box[2]), self._px(box[3])

    def between(self, low: float, high: float) -> float:
        """A number drawn from the scene's own, repeatable chance."""
        return self.random.uniform(low, high)

    def gradient(self, box: Box, *colours: str | tuple[float, str]) -> None:
        """Fill a rectangle from top to bottom with colours, evenly spread unless given as (position, colour)."""
        left, top, right, bottom = self._box(box)
        last = max(len(colours) - 1, 1)
        stops = [(n / last, colour) if isinstance(colour, str) else colour for n, colour in enumerate(colours)]
        strip = column(stops, min(bottom - top, 400)).resize((1, max(bottom - top, 1)), Image.Resampling.BILINEAR)
        self.image.paste(strip.resize((max(right - left, 1), strip.height)), (left, top))

    def poly(self, points: Iterable[Point], colour: str, alpha: float = 1.0) -> None:
        """A flat polygon."""
        self.pen.polygon(self._points(points), fill=rgba(colour, alpha))

    def shade(self, points: Sequence[Point], top: str, bottom: str) -> None:
        """A polygon whose colour runs from top to bottom."""
        pixels = self._points(points)
        left, upper = (max(int(min(p[axis] for p in pixels)), 0) for axis in (0, 1))
        right = min(int(max(p[0] for p in pixels)) + 1, self.image.width)
        lower = min(int(max(p[1] for p in pixels)) + 1, self.image.height)
        if right <= left or lower <= upper:
            return
        mask = Image.new("L", (right - left, lower - upper))
        ImageDraw.Draw(mask).polygon([(x - left, y - upper) for x, y in pixels], fill=255)
        fill = column([(0, top), (1, bottom)], min(mask.height, 300)).resize((1, mask.height)).resize(mask.size)
        self.image.paste(fill, (left, upper), mask)

    def rect(self, box: Box, colour: str, alpha: float = 1.0, radius: float = 0) -> None:
        """A rectangle, its corners rounded by `radius`."""
        if box[2] - box[0] < 0.5 or box[3] - box[1] < 0.5:
            return
        self.pen.rounded_rectangle(self._box(box), self._px(radius), fill=rgba(colour, alpha))

    def oval(self, centre: Point, rx: float, ry: float, colour: str, alpha: float = 1.0) -> None:
        """An ellipse around a point."""
        x, y = centre
        self.pen.ellipse(self._box((x - rx, y - ry, x + rx, y + ry)), fill=rgba(colour, alpha))

    def dot(self, centre: Point, radius: float, colour: str, alpha: float = 1.0) -> None:
        """A circle around a point."""
        self.oval(centre, radius, radius, colour, alpha)

    def line(self, points: Iterable[Point], width: float, colour: str, alpha: float = 1.0) -> None:
        """A stroke along the points, with round ends when it is thick."""
        points = list(points)
        self.pen.line(self._points(points), fill=rgba(colour, alpha), width=max(self._px(width), 1), joint="curve")
        if width > 4 and alpha == 1.0:
            for end in (points[0], points[-1]):
                self.dot(end, width / 2 - 0.3, colour)

    def arc(self, box: Box, angles: tuple[float, float], width: float, colour: str) -> None:
        """A part of an ellipse's outline; angles in degrees, clockwise from three o'clock."""
        self.pen.arc(self._box(box), *angles, fill=rgba(colour), width=max(self._px(width), 1))

    def sag(self, start: Point, end: Point, depth: float, width: float, colour: str) -> None:
        """A cable that hangs between two points."""
        steps = [n / 16 for n in range(17)]
        self.line(
            [
                (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + depth * 4 * t * (1 - t))
                for t in steps
            ],
            width,
            colour,
        )

    def glow(self, centre: Point, radius: float, colour: str, strength: float = 0.7) -> None:
        """Light that fades out around a point."""
        side = max(self._px(radius * 2), 2)
        fall = [round(255 * strength * max(0.0, 1 - n / 180) ** 2) for n in range(256)]
        mask = Image.radial_gradient("L").point(fall).resize((side, side), Image.Resampling.BILINEAR)
        corner = self._px(centre[0] - radius), self._px(centre[1] - radius)
        self.image.paste(rgba(colour)[:3], (*corner, corner[0] + side, corner[1] + side), mask)

    def haze(self, top: float, bottom: float, colour: str, alphas: tuple[float, float]) -> None:
        """A veil over the whole width whose opacity runs from the first to the second alpha."""
        box = self._box((0, top, WIDTH, bottom))
        first, last = (round(255 * alpha) for alpha in alphas)
        ramp = Image.linear_gradient("L").point([first + (last - first) * n // 255 for n in range(256)])
        size = box[2] - box[0], box[3] - box[1]
        self.image.paste(rgba(colour)[:3], box, ramp.resize(size, Image.Resampling.BILINEAR))

    def mirror(self, shore: float, tint: str, clarity: tuple[float, float], wave: float = 5) -> None:
        """Still water below `shore`: what stands above, turned over, rippled, fading into the tint."""
        height = HEIGHT - shore
        small = WIDTH // 2, round(height / 2)
        above = self.image.crop(self._box((0, max(shore - height * 1.05, 0), WIDTH, shore)))
        water = ImageOps.flip(above.resize(small, Image.Resampling.BOX))
        rippled = water.copy()
        for row in range(0, small[1], 2):
            reach = wave * (0.25 + row / small[1])
            shift = round(self.between(-reach, reach))
            rippled.paste(water.crop((0, row, small[0], row + 2)), (shift, row))
        rippled = rippled.filter(ImageFilter.GaussianBlur(1))
        first, last = clarity
        ramp = Image.linear_gradient("L").point([round(255 * (first + (last - first) * n / 255)) for n in range(256)])
        mixed = Image.composite(rippled, Image.new("RGB", small, tint), ramp.resize(small))
        box = self._box((0, shore, WIDTH, HEIGHT))
        self.image.paste(mixed.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BICUBIC), box[:2])

    def dashes(self, box: Box, colours: Sequence[str], count: int, alpha: float = 0.3, reach: float = 90) -> None:
        """Dry brush marks that lie flat in a rectangle, finer towards its far (upper) edge."""
        left, top, right, bottom = box
        for _ in range(count):
            near = self.random.random() ** 0.7
            x, y = self.between(left, right), top + (bottom - top) * near
            half, thick = reach * self.between(0.2, 1) * (0.25 + near), 0.8 + 3.2 * near
            self.oval((x, y), half, thick, self.random.choice(colours), alpha * self.between(0.4, 1))

    def dabs(self, centre: Point, spread: Point, colours: Sequence[str], count: int, size: float) -> None:
        """Brush dabs scattered over an ellipse."""
        for _ in range(count):
            x = centre[0] + spread[0] * max(-1.0, min(1.0, self.random.gauss(0, 0.5)))
            y = centre[1] + spread[1] * max(-1.0, min(1.0, self.random.gauss(0, 0.5)))
            reach = size * self.between(0.5, 1.2)
            self.oval((x, y), reach, reach * self.between(0.55, 0.9), self.random.choice(colours))

    def jpeg(self, size: tuple[int, int]) -> bytes:
        """The finished picture: mottled pigment, paper grain, darker corners, cut to `size` pixels."""
        picture = ImageOps.fit(self.image.reduce(OVERSAMPLING), size, Image.Resampling.BILINEAR)
        picture = ImageChops.soft_light(picture, self._pigment(size))
        corners = Image.radial_gradient("L").point([255 - max(0, n - 120) // 5 for n in range(256)])
        picture = ImageChops.multiply(picture, corners.resize(size, Image.Resampling.BILINEAR).convert("RGB"))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
        return out.getvalue()

    def _pigment(self, size: tuple[int, int]) -> Image.Image:
        """Uneven paint and paper: broad clouds of tone with fine grain on top, grey around the middle."""
        broad = Image.frombytes("L", (30, 20), self.random.randbytes(600)).resize(size, Image.Resampling.BICUBIC)
        fibre = Image.frombytes("L", (150, 400), self.random.randbytes(60000)).resize(size, Image.Resampling.BILINEAR)
        tile = Image.frombytes("L", (400, 400), self.random.randbytes(160000))
        grain = Image.new("L", size)
        for x in range(0, size[0], 400):
            for y in range(0, size[1], 400):
                grain.paste(tile, (x, y))
        paper = Image.blend(Image.blend(grain, fibre, 0.55), broad, 0.35)
        return paper.point([round(128 + (n - 128) * 0.3) for n in range(256)]).convert("RGB")


Painter = Callable[[Canvas], None]
