"""Which colours and sizes does the readers' style sheet define, and can text in these colours be read?"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders

SHEET: Final = "css/base.css"
TEXT, SIGN = 4.5, 3.0  # the least contrast of text, and of what is only to be seen (WCAG 2.2, 1.4.3 and 1.4.11)
PAIRS: Final = (
    *(("ink", "paper", TEXT), ("ink", "tint", TEXT), ("ink-soft", "paper", TEXT), ("ink-soft", "tint", TEXT)),
    *(("accent", "paper", TEXT), ("accent", "tint", TEXT), ("on-accent", "accent", TEXT), ("ink", "mark", TEXT)),
    *(("focus", "paper", SIGN), ("focus", "tint", SIGN), ("rule-strong", "paper", SIGN)),
)
DEFINED: Final = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
STEP: Final = re.compile(r"--(step-[a-z0-9]+): ([^;]+);")


@dataclass(frozen=True)
class Pair:
    """A colour upon another, with their contrast in light and in dark."""

    front: str
    ground: str
    least: float
    light: float
    dark: float

    @property
    def is_enough(self) -> bool:
        return min(self.light, self.dark) >= self.least


def sheet() -> str:
    """Raises FileNotFoundError if the style sheet has been moved."""
    found = finders.find(SHEET)
    if not found:
        raise FileNotFoundError(SHEET)
    return Path(found).read_text(encoding="utf-8")


def schemes(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours by name, in light and in dark; dark repeats what it does not change."""
    light, _media, dark = css.partition("@media (prefers-color-scheme: dark)")
    ours = dict(DEFINED.findall(light))
    return ours, ours | dict(DEFINED.findall(dark))


def pairs(css: str) -> list[Pair]:
    light, dark = schemes(css)
    return [
        Pair(front, ground, least, contrast(light[front], light[ground]), contrast(dark[front], dark[ground]))
        for front, ground, least in PAIRS
    ]


def steps(css: str) -> list[tuple[str, str]]:
    """The type scale: names with sizes, the smallest first."""
    return STEP.findall(css)


def contrast(one: str, other: str) -> float:
    """Between 1 and 21, after WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
