"""What do the word lists cost a comment? `python bench/words.py` prints milliseconds for one of 2,000 characters.

10,000 terms of one to three syllables, against comments of Vietnamese syllables that were never seen before: nothing
that an earlier comment left in memory helps.
"""

import gc
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from comments.words import Kind, Term, WordList, spelling
from comments.words.matching import _spellings
from newsroom.lib.proofreading.syllables import ONSETS, RIMES, TONES, Placement, parted

TERMS, LENGTH, COMMENTS = 10_000, 2_000, 100


def syllables() -> list[str]:
    found = {parted(onset + rime, tone) for onset in sorted(ONSETS) for rime in sorted(RIMES) for tone in ("", *TONES)}
    return sorted(one.spelled(Placement.OLD) for one in found if one)


def forget(listed: WordList) -> None:
    for kept in (_spellings, spelling.typed, spelling.unleet, listed._begun):
        kept.cache_clear()


def main() -> None:
    chance, words = random.Random(1), syllables()
    texts = [" ".join(chance.choices(words, k=LENGTH))[:LENGTH] for _ in range(COMMENTS)]
    terms = [
        Term(number, " ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3)))), Kind.SUSPECT)
        for number in range(TERMS)
    ]
    start = time.process_time()
    listed = WordList(terms)
    gc.collect()  # what building left behind is not the first comment's to clear away
    sys.stdout.write(f"{TERMS} terms made ready in {1000 * (time.process_time() - start):.0f} ms\n")
    for name, prepare in (("words met before", lambda: None), ("every word new", lambda: forget(listed))):
        costs = []
        for text in texts:
            prepare()
            start = time.process_time()
            listed.find(text)
            costs.append(1000 * (time.process_time() - start))
        costs.sort()
        sys.stdout.write(f"{name:17} median {costs[COMMENTS // 2]:.2f} ms, slowest {costs[-1]:.2f} ms\n")


if __name__ == "__main__":
    main()
