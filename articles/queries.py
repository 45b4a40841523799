"""What does a reader ask for: which words, which exact phrases, where in the paper, in which order?"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from articles.models import Author, Section
from newsroom.lib import text
from newsroom.lib.proofreading import keystrokes

QUERY_LENGTH: Final = 200  # characters of a query that are read
QUERY_WORDS: Final = 12  # words of a query that are looked for

_WORD: Final = re.compile(r"[^\W_]+")
_QUOTE: Final = re.compile('["“”„«»]')


class Order(StrEnum):
    """How hits are sorted; the values stand in addresses (`?xep=moi`)."""

    RELEVANCE = ""
    NEWEST = "moi"
    OLDEST = "cu"


@dataclass(frozen=True)
class Within:
    """Where hits must lie: in a section or its sub-sections, under a byline, between two days that both count."""

    section: Section | None = None
    author: Author | None = None
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return any((self.section, self.author, self.since, self.until))


@dataclass(frozen=True)
class Query:
    """What was typed, as it is looked for. Whatever was typed, there is a query; it may have no words.

    All words must occur, with or without their marks, and those in quotes side by side.
    """

    line: str = ""  # as typed, clean and not too long
    groups: list[list[str]] = field(default_factory=list)  # as `exact` gives them, cut where quotes begin and end
    phrases: list[list[str]] = field(default_factory=list)  # the groups in quotes

    @classmethod
    def read(cls, typed: str) -> "Query":
        """A quote without its partner is no quote."""
        line = text.clean_line(typed[: 2 * QUERY_LENGTH])[:QUERY_LENGTH]
        parts = _QUOTE.split(line)
        left, groups, phrases = QUERY_WORDS, [], []
        for number, part in enumerate(parts):
            if found := exact(part)[:left]:
                left -= len(found)
                groups.append(found)
                if number % 2 and number < len(parts) - 1:
                    phrases.append(found)
        return cls(line, groups, phrases)

    def __bool__(self) -> bool:
        return bool(self.folded)

    @cached_property
    def words(self) -> list[str]:
        return [word for group in self.groups for word in group]

    @cached_property
    def folded(self) -> list[str]:
        return folded(" ".join(self.words))

    @cached_property
    def as_typed(self) -> list[str]:
        """The words that count as typed where they stand in a story: the marked ones, or else all, side by side."""
        return [word for word in self.words if is_marked(word)] or self.words

    @property
    def is_plain(self) -> bool:
        """No word was typed with marks."""
        return not any(map(is_marked, self.words))

    @cached_property
    def folded_phrases(self) -> list[list[str]]:
        """What must stand side by side, without marks."""
        return [folded(" ".join(phrase)) for phrase in self.phrases]

    @cached_property
    def parts(self) -> list[list[str]]:
        """What is marked in a hit: the phrases, and each word that stands in none."""
        quoted = {word for phrase in self.folded_phrases for word in phrase}
        return [*self.folded_phrases, *([word] for word in self.folded if word not in quoted)]

    def decoded(self) -> "Query":
        """The query with its Telex and VNI keys turned into letters."""
        words = [keystrokes.decoded(word) or word for word in self.words]
        return Query.read(self.with_words(words)) if words != self.words else self

    def with_words(self, words: list[str]) -> str:
        """The line as typed, quotes and all, with other words in the place of its own, capitals where they were."""
        rest = iter(words)

        def other(match: re.Match[str]) -> str:
            word = next(rest, match[0])
            return word[:1].upper() + word[1:] if match[0][0].isupper() else word

        return _WORD.sub(other, text.old_tone_placement(self.line))


def exact(phrase: str) -> list[str]:
    """The words in lower case with their marks, tones where the house puts them: "Hoà" and "hòa" are one."""
    return _WORD.findall(text.old_tone_placement(text.clean_line(phrase).lower()))


def folded(phrase: str) -> list[str]:
    """The words without marks (see `text.fold`)."""
    return _WORD.findall(text.fold(" ".join(exact(phrase))))


def is_marked(word: str) -> bool:
    """Whether the word has marks of its own."""
    return text.fold_chars(word) != word
