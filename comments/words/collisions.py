"""Which other words look like a term once their marks are gone?"""

from collections import Counter

from comments.words.reading import read
from comments.words.spelling import bare, key


class Samples:
    """Counts, over texts, the words that would be the term without their marks: "lớn" and "lộn" beside another."""

    def __init__(self, term: str) -> None:
        tokens = read(term).tokens
        self._keys = [key(token.text) for token in tokens]
        self._bare = [bare(syllable) for syllable in self._keys]
        self.found: Counter[str] = Counter()

    def add(self, text: str) -> None:
        reading, length = read(text), len(self._bare)
        keys = [key(token.text) for token in reading.tokens] if length else []
        folded = [bare(syllable) for syllable in keys]
        for place in range(len(keys) - length + 1):
            end = place + length
            if folded[place:end] == self._bare and keys[place:end] != self._keys:
                self.found[" ".join(token.text for token in reading.tokens[place:end])] += 1
