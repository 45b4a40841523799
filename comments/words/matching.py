"""Which terms stand in a text, in which spelling, and where?

Terms are paths of syllables in one tree, so a text costs the same with ten terms and with ten thousand.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from comments.words.reading import LONGEST, Reading, Token, read
from comments.words.runs import runs
from comments.words.spelling import BARE_SYLLABLES, agrees, bare, is_odd, key, mask, squeezed, typed, unleet, unmasked
from newsroom.lib.proofreading.foreign import FOREIGN

MOSTLY: Final = 0.8  # of the words without marks: the text is written without them
LONGEST_TERM: Final = 12  # syllables
_APART: Final = re.compile(r"[.!?…]\s|\n|.{4}", re.DOTALL)  # between two words: no phrase goes on over it
_SYMBOL: Final = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+")


class Kind(StrEnum):
    BANNED = "banned"
    SUSPECT = "suspect"
    ALLOW = "allow"  # no other term hits inside it


class Form(StrEnum):
    """The spelling in which a term was met, the surest first."""

    EXACT = "exact"
    STRETCHED = "stretched"
    SPACED = "spaced"
    TYPED = "typed"
    LEET = "leet"
    MASKED = "masked"
    UNMARKED = "unmarked"


_ORDER: Final = {form: place for place, form in enumerate(Form)}
_UNSURE: Final = frozenset({Form.LEET, Form.MASKED, Form.UNMARKED})


@dataclass(frozen=True)
class Term:
    """What is looked for. Without a section it counts everywhere; on trial it takes nothing from other terms."""

    id: int
    text: str
    kind: Kind = Kind.SUSPECT
    section: int | None = None
    is_trial: bool = False


class Match(NamedTuple):
    """text[start:end] is the term in that form. What is not sure asks for a second look, never for more."""

    term: Term
    start: int
    end: int
    form: Form
    is_sure: bool


@dataclass(slots=True)
class _Node:
    """The syllables that may come next: by their key, and by what is left of the key in a disguise."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    disguised: dict[str, list[tuple[str, "_Node"]]] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)

    def grow(self, syllable: str) -> "_Node":
        if syllable not in self.next:
            child = self.next[syllable] = _Node()
            for disguise in {bare(syllable), mask(syllable)} - {syllable, ""}:
                self.disguised.setdefault(disguise, []).append((syllable, child))
        return self.next[syllable]


_Front = list[tuple[_Node, Form, bool]]  # where the paths have come to, in which form, and whether that is sure


class _Spelling(NamedTuple):
    """One way to understand a word: a whole key, or what is left of one in a disguise."""

    key: str
    form: Form
    is_sure: bool = True
    is_whole: bool = True


class _Met(NamedTuple):
    """A term that stands at reading.text[start:end], before it is weighed."""

    term: Term
    start: int
    end: int
    form: Form
    is_sure: bool
    syllables: int


class WordList:
    """Terms made ready once, to be looked for in any number of texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root = _Node()
        self._symbols: dict[str, list[Term]] = {}
        for term in terms:
            self._add(term)
        symbols = sorted(self._symbols, key=len, reverse=True)
        self._symbol = re.compile("|".join(map(re.escape, symbols))) if symbols else None
        self._begun = lru_cache(maxsize=20_000)(self._begin)

    def _add(self, term: Term) -> None:
        reading = read(term.text)
        syllables = [key(token.text) for token in reading.tokens]
        if not syllables:
            for symbol in _SYMBOL.findall(reading.text):
                self._symbols.setdefault(symbol, []).append(term)
            return
        node = self._root
        for syllable in syllables[:LONGEST_TERM]:
            node = node.grow(syllable)
        node.terms.append(term)
        if len(syllables) > 1:  # the phrase in one piece
            self._root.grow(key("".join(token.text for token in reading.tokens))).terms.append(term)

    def find(self, text: str, sections: Collection[int] | None = None) -> list[Match]:
        """Where terms stand that count in these sections (None: in all), in the order of the text.

        Linear in the length of the text. What lies inside a longer match that weighs as much is left out.
        """
        reading = read(text)
        is_unmarked = _is_unmarked(reading.tokens)
        met = [one for one in self._met(reading) if sections is None or one.term.section in {None, *sections}]
        harmless = [one for one in met if one.term.kind is Kind.ALLOW and not one.term.is_trial]
        counted = (one for one in met if one.term.kind is not Kind.ALLOW and _counts(one, reading, is_unmarked))
        matches = [_match(one, reading, is_unmarked) for one in _outside(counted, harmless)]
        return list(_longest(matches))

    def _met(self, reading: Reading) -> Iterator[_Met]:
        tokens = reading.tokens
        for place, token in enumerate(tokens):
            if len(token.text) <= LONGEST:
                yield from self._from(reading, place)
        for start, end, word, is_whole in runs(reading):
            for spelling in _spellings(word) if is_whole else [_Spelling(key(word), Form.EXACT)]:
                for node in _steps(self._root, spelling):
                    if is_whole or not word.isascii():
                        yield from (_Met(term, start, end, Form.SPACED, spelling.is_sure, 1) for term in node.terms)
        if self._symbol:
            for found in self._symbol.finditer(reading.text):
                for term in self._symbols[found[0]]:
                    yield _Met(term, found.start(), found.end(), Form.EXACT, True, 1)

    def _from(self, reading: Reading, place: int) -> Iterator[_Met]:
        """The terms whose first syllable is the word at that place."""
        tokens = reading.tokens
        front, last = self._begun(tokens[place].text), place
        while front:
            for node, form, sure in front:
                for term in node.terms:
                    yield _Met(term, tokens[place].start, tokens[last].end, form, sure, last - place + 1)
            last += 1
            if last == len(tokens) or _APART.search(reading.text, tokens[last - 1].end, tokens[last].start):
                return
            front = _advanced(front, tokens[last].text)

    def _begin(self, word: str) -> _Front:
        return _advanced([(self._root, Form.EXACT, True)], word)


def _advanced(front: _Front, word: str) -> _Front:
    """One word further along every path; each node once, in its surest form."""
    best: dict[int, tuple[_Node, Form, bool]] = {}
    for node, form, sure in front:
        if not node.next:
            continue
        for spelling in _spellings(word):
            for child in _steps(node, spelling):
                now = max(form, spelling.form, key=_ORDER.__getitem__)
                if id(child) not in best or _ORDER[now] < _ORDER[best[id(child)][1]]:
                    best[id(child)] = (child, now, sure and spelling.is_sure)
    return list(best.values())


def _steps(node: _Node, spelling: _Spelling) -> Iterable[_Node]:
    """The syllables after this one that the word may be."""
    if spelling.is_whole:
        return [node.next[spelling.key]] if spelling.key in node.next else []
    if "*" in spelling.key:
        return [child for _key, child in node.disguised.get(spelling.key, ())]
    found = node.disguised.get(bare(spelling.key), ())
    return [child for syllable, child in found if agrees(spelling.key, syllable)]


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[_Spelling, ...]:
    """The ways to understand a word of the reading."""
    own = key(word)
    ways = [_Spelling(own, Form.EXACT)]
    if not is_odd(own):
        return (*ways, _unmarked(word)) if word.isascii() else tuple(ways)
    short = squeezed(word)
    if short != word:
        ways.append(_Spelling(key(short), Form.STRETCHED))
    for spelled in {word, short}:
        made, is_shaped = typed(spelled)
        if made:
            ways.append(_Spelling(made, Form.TYPED, is_sure=is_shaped))
        if letters := unleet(spelled):
            ways += [
                _Spelling(letters, Form.LEET, is_sure=not letters.isascii()),
                _Spelling(letters, Form.LEET, is_sure=False, is_whole=False),
            ]
        if spelled.isascii() and spelled.isalpha():
            ways.append(_unmarked(spelled))
    if "*" in word:
        ways.append(_Spelling(unmasked(word), Form.MASKED, is_sure=False, is_whole=False))
    return tuple(ways)


def _unmarked(word: str) -> _Spelling:
    return _Spelling(word, Form.UNMARKED, is_sure=False, is_whole=False)


def _is_unmarked(tokens: list[Token]) -> bool:
    """The text is written without marks, as from an old telephone."""
    words = [token.text for token in tokens if token.text.isalpha()]
    return sum(map(str.isascii, words)) >= MOSTLY * len(words)


def _counts(one: _Met, reading: Reading, is_unmarked: bool) -> bool:
    """One unmarked syllable that may be an ordinary one says nothing in a text with marks, if nobody hid it.

    Nor does a foreign word that might be keystrokes: "bus".
    """
    word = reading.text[one.start : one.end]
    if one.form is Form.TYPED:
        return word not in FOREIGN
    if one.form is not Form.UNMARKED or one.syllables > 1 or is_unmarked:
        return True
    word = squeezed(word)
    return word not in BARE_SYLLABLES or reading.is_disguised(one.start, one.end)


def _match(one: _Met, reading: Reading, is_unmarked: bool) -> Match:
    """A phrase in disguise is sure where the rest is written with marks: there nobody leaves them out by habit."""
    is_sure = one.is_sure or (one.form in _UNSURE and one.syllables > 1 and not is_unmarked)
    return Match(one.term, *reading.span(one.start, one.end), one.form, is_sure)


def _outside(met: Iterable[_Met], harmless: Iterable[_Met]) -> Iterator[_Met]:
    """Those that lie in nothing harmless."""
    starts: list[int] = []
    ends: list[int] = []  # as far as what begins there or before reaches
    for one in sorted(harmless, key=lambda one: one.start):
        if one.form in {Form.EXACT, Form.STRETCHED, Form.UNMARKED}:
            starts.append(one.start)
            ends.append(max(one.end, ends[-1] if ends else 0))
    for one in met:
        before = bisect_right(starts, one.start)
        if not before or ends[before - 1] < one.end:
            yield one


def _longest(matches: Iterable[Match]) -> Iterator[Match]:
    """In the order of the text, without what lies in another that weighs as much. A term on trial hides nothing."""
    reach = {True: 0, False: 0}  # how far the kept ones go: those that ban, all
    last: set[tuple[Term, int, int]] = set()
    for match in sorted(matches, key=lambda one: (one.start, -one.end, not _bans(one), _ORDER[one.form])):
        if match.term.is_trial:
            place = (match.term, match.start, match.end)
            if place not in last:
                last.add(place)
                yield match
        elif match.end > reach[_bans(match)]:
            reach[False] = max(reach[False], match.end)
            reach[True] = max(reach[True], match.end) if _bans(match) else reach[True]
            yield match


def _bans(match: Match) -> bool:
    return match.is_sure and match.term.kind is Kind.BANNED
