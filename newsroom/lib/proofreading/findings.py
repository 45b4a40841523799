"""What is a finding of the writing aids?"""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What is wrong, in order of precedence where two findings meet."""

    CHARACTERS = "characters"  # decomposed, or letters that only look like the right ones
    TELEX = "telex"
    VNI = "vni"
    MISPLACED = "misplaced"  # a tone on a vowel where no style puts it: "hòan"
    TONES = "tones"  # not where the house style puts it: "hoà"
    PUNCTUATION = "punctuation"  # spaces missing or too many beside a mark
    SPACES = "spaces"
    NO_BREAK = "no-break"
    QUOTES = "quotes"
    UNBALANCED = "unbalanced"  # nobody but the writer knows where the other one belongs


class Finding(NamedTuple):
    """text[start:end] is `there` and should be `mend`; None where there is no sure mend."""

    start: int
    end: int
    there: str
    mend: str | None
    kind: Kind
