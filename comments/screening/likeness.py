"""Do two texts say nearly the same? Each gets 64 bits, of which near-equal texts share nearly all."""

from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from newsroom.lib import text

BITS: Final = 64
FEWEST: Final = 8  # syllables: shorter texts are alike by chance
NEAR: Final = 10  # bits in which near-equal texts may differ


def similarity(body: str) -> int | None:
    """The bits as a signed number, as databases store it; None for a text too short to compare.

    A bit is what most pairs of neighbouring syllables say of it, so a word more or less turns few of them.
    """
    syllables = "".join(char if char.isalnum() else " " for char in text.fold(body)).split()
    if len(syllables) < FEWEST:
        return None
    votes = [0] * BITS
    for pair in {*pairwise(syllables)}:
        bits = int.from_bytes(blake2b(" ".join(pair).encode(), digest_size=BITS // 8).digest(), "big")
        for place in range(BITS):
            votes[place] += 1 if bits >> place & 1 else -1
    found = sum(1 << place for place, vote in enumerate(votes) if vote > 0)
    return found - (1 << BITS) if found >> (BITS - 1) else found


def count_alike(one: int | None, others: Iterable[int | None]) -> int:
    """How many of the others differ from the one in a few bits at most."""
    if one is None:
        return 0
    return sum(other is not None and ((one ^ other) & (1 << BITS) - 1).bit_count() <= NEAR for other in others)
