"""Which words did the reader mean? "Có phải bạn tìm …": keys of Telex, marks that are missing or misplaced.

What the paper writes decides: how the best hits spell these words, counted when it is asked, so that it is never
behind. Nothing is looked for instead of what was typed; the reader is offered a link.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from articles import search
from articles.models import SearchDoc
from articles.queries import Order, Query, Within, folded, is_marked
from articles.ranking import ranked, unknown

CLEARLY: Final = 3  # times as often as what was typed

Words = tuple[str, ...]
Keys = tuple[int, ...]
Text = tuple[str, str]  # the same words without and with their marks
Forms = Counter[Words]


@dataclass(frozen=True)
class Advice:
    """What to try instead: a better spelling; words that no story has, and the query without them if it finds any."""

    better: str = ""
    unknown: Words = ()
    without: str = ""


def advice(query: Query, within: Within, found: search.Found) -> Advice:
    """One more statement where something was found, else at most three. Whatever is offered finds something."""
    if not query:
        return Advice()
    if found.total:
        return Advice(better=as_printed(as_written(query, found.best), found.hits))
    meant = query.decoded()
    if meant.line != query.line and (keys := ranked(meant, within, Order.RELEVANCE)):
        return Advice(better=as_written(meant, tuple(keys[: search.BEST])) or meant.line)
    return without_unknown(meant, within)


def without_unknown(query: Query, within: Within) -> Advice:
    missing = unknown(query)
    rest = Query.read(" ".join(word for word in query.words if word not in missing))
    finds = missing and rest and ranked(rest, within, Order.RELEVANCE)
    return Advice(unknown=tuple(missing), without=rest.line if finds else "")


def as_printed(line: str, hits: list[search.Hit]) -> str:
    """The line with the capitals that a hit has where it is marked: "hà nội" is "Hà Nội"."""
    marked = (piece.text for hit in hits for piece in (*hit.headline, *hit.extract) if piece.marked)
    return next((shown for shown in marked if shown.lower() == line.lower()), line)


def as_written(query: Query, keys: Keys) -> str:
    """The query in the marks that these stories mostly give its words, or "" where it has them already."""
    columns = SearchDoc.objects.filter(pk__in=keys).values_list("headline", "headline_exact", "body", "body_exact")
    texts = [text for row in columns for text in (row[:2], row[2:])]
    words = [word for group in query.groups for word in _spelled(group, texts)]
    return query.with_words(words) if words != query.words else ""


def _spelled(typed: list[str], texts: list[Text]) -> list[str]:
    """In the longest runs that stand side by side somewhere: a single "ha" may be many words."""
    plain, words = folded(" ".join(typed)), list[str]()
    if len(plain) != len(typed):
        return typed
    while (at := len(words)) < len(typed):
        size, forms = next(_runs(plain[at:], texts), (1, Counter()))
        words += _choice(tuple(typed[at : at + size]), forms)
    return words


def _runs(plain: list[str], texts: list[Text]) -> Iterator[tuple[int, Forms]]:
    """The forms of the words from the first on, the longest runs first, where the texts have any."""
    for size in range(len(plain), 0, -1):
        forms = sum((_forms(plain[:size], *text) for text in texts), Forms())
        if forms:
            yield size, forms


def _forms(sought: list[str], plain: str, marked: str) -> Forms:
    """In which marks a text writes these words side by side; it comes without and with them, word by word."""
    forms, words, run = Forms(), marked.split(" "), f" {' '.join(sought)} "
    line = f" {plain} "
    if len(words) != line.count(" ") - 1:
        return forms
    at = line.find(run)
    while at >= 0:
        first = line.count(" ", 0, at)
        forms[tuple(words[first : first + len(sought)])] += 1
        at = line.find(run, at + 1)
    return forms


def _choice(typed: Words, forms: Forms) -> Words:
    """The most frequent form, if it is clearly more frequent. Marks that stand in a story so are no mistake."""
    best, times = forms.most_common(1)[0] if forms else (typed, 0)
    is_right = forms[typed] * CLEARLY > times or (forms[typed] and any(map(is_marked, typed)))
    return typed if is_right else best
