"""Where does a text spell words out with gaps between their letters?"""

from collections.abc import Iterator
from typing import Final

from comments.words.reading import LONGEST, Reading, Token

LETTERS: Final = 12  # of a term that is looked for inside a run of single letters
PIECE, GAP = 6, 3  # letters of a piece between signs, characters between two pieces


def runs(reading: Reading) -> Iterator[tuple[int, int, str, bool]]:
    """Words spelled out with gaps: start and end, the letters, and whether the run ends where they do.

    Three letters or more with spaces ("l o n"), two pieces with signs ("n.gu"). Inside a run of letters words are
    looked for in every place, for nobody knows where they end.
    """
    tokens, first = reading.tokens, 0
    while first < len(tokens) - 1:
        gap = _gap(reading, first)
        last = first + 1
        while gap and last < len(tokens) - 1 and _gap(reading, last) == gap:
            last += 1
        pieces = tokens[first : last + 1]
        letters = [piece for piece in pieces if len(piece.text) == 1]
        if gap and (len(letters) == len(pieces) > 2 or (letters and not gap.isspace())):
            yield pieces[0].start, pieces[-1].end, "".join(piece.text for piece in pieces)[:LONGEST], True
            if len(letters) == len(pieces):
                yield from _inside(pieces)
        first = last


def _gap(reading: Reading, place: int) -> str:
    """What stands between this word and the next, if both may be pieces of one that was spelled out; else ""."""
    one, two = reading.tokens[place], reading.tokens[place + 1]
    gap = reading.text[one.end : two.start]
    longest = 1 if gap.isspace() else PIECE
    is_piece = max(one.end - one.start, two.end - two.start) <= longest and (one.text + two.text).isalpha()
    is_one = len(gap) <= GAP and (gap.isspace() or not any(map(str.isspace, gap)))
    return gap if is_piece and is_one and "\n" not in gap else ""


def _inside(letters: list[Token]) -> Iterator[tuple[int, int, str, bool]]:
    for first in range(len(letters)):
        word = "".join(piece.text for piece in letters[first : first + 2])
        for last in letters[first + 2 : first + LETTERS]:
            word += last.text
            yield letters[first].start, last.end, word, False
