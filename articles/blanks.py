"""What in a text is still to be filled in? Blanks stand between braces: {ngày}, {tác giả}, {địa điểm}."""

import re
from collections.abc import Mapping
from typing import Final

from newsroom.lib import text

BLANK: Final = re.compile(r"\{([^\W\d_][\w ]{0,39})\}")


def filled(written: str, values: Mapping[str, str]) -> str:
    """The text with the blanks that `values` knows filled in (by `key`); the others stay for whoever writes."""
    return BLANK.sub(lambda blank: values.get(key(blank[1]), blank[0]), written)


def key(name: str) -> str:
    """The name of a blank however it is typed: {Tác giả}, {tac_gia} and {tác giả} are one."""
    return text.fold(name.replace("_", " ")).strip()


def left(written: str) -> list[str]:
    """The blanks of a text, each once, in order."""
    return list(dict.fromkeys(blank[0] for blank in BLANK.finditer(written)))
