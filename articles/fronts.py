"""Which stories stand in the lists of sections, authors and tags, beside a story and in feeds, and in which order?

No story stands twice on a page. Lists take their keys from an index first (placements, bylines, taggings), so that
page 50 costs what page 1 costs, and fetch only the stories they show.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from math import ceil
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from articles import readership
from articles.addresses import MAX_PAGES
from articles.cards import cards
from articles.editions import Edition, versions_of
from articles.heads import LISTS, Listed, heads, most_read, newest
from articles.models import Article, Author, Byline, Filling, Section, Tag, Tagging, Window
from articles.readership import TopList
from newsroom.lib.pieces import Shelf
from newsroom.lib.prepared import Prepared

Of = Section | Author | Tag

PER_PAGE = 20
FEED = 30
RELATED, MORE = 4, 6  # stories that a story leads on to
TAGS_ASKED = 5  # of a story, the first ones, for related stories


@dataclass(frozen=True)
class Paging:
    """Where a reader is in a long list."""

    number: int
    pages: int
    leads_on: bool  # there is more than the pages show: the archive has it

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers worth a link, None where some are left out: 1 … 4 5 6 … 50."""
        near = {1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)}
        shown: list[int | None] = []
        for number in sorted(near):
            if shown and shown[-1] is not None and number > shown[-1] + 1:
                shown.append(None)
            shown.append(number)
        return shown


def page_keys(of: Of, number: int, edition: Edition) -> tuple[list[int], Paging]:
    """Keys of the stories on one page of a list. Raises Http404 beyond the last; an empty list has one empty page."""
    most = PER_PAGE * MAX_PAGES
    place = (of._meta.model_name or "", of.pk, most + 1)
    keys = KEYS.fetch(edition, [place], partial(_listed, edition))[place]
    pages = max(1, min(MAX_PAGES, ceil(len(keys) / PER_PAGE)))
    if number > pages:
        raise Http404
    return list(keys[(number - 1) * PER_PAGE : number * PER_PAGE]), Paging(number, pages, len(keys) > most)


Place = tuple[str, int, int]
KEYS: Final = Shelf[Place, "array[int]"](50)  # of every page of a list; few bytes each


def _listed(edition: Edition, places: list[Place]) -> dict[Place, "array[int]"]:
    found = {}
    for kind, key, count in places:
        rows = PAGED.fetch((kind, count), key=key, now=edition.now)
        # An author may stand under a story twice (text and photo): a story counts once.
        found[kind, key, count] = array("q", dict.fromkeys(story for (story,) in rows))
    return found


def _paged(shape: tuple[str, int], key: int, now: datetime) -> QuerySet[Any, Any]:
    kind, count = shape
    return newest(LISTS[kind](key), now).values_list("article")[:count]


PAGED: Final = Prepared(_paged)


def page_of(of: Of, number: int, edition: Edition) -> tuple[list[Article], Paging]:
    """One page of a list in two queries. Raises Http404 beyond the last page."""
    wanted, paging = page_keys(of, number, edition)
    stories = cards(wanted, edition)
    return [stories[pk] for pk in wanted if pk in stories], paging


@dataclass(frozen=True)
class Around:
    """What a story leads on to: related stories, and more from its section; no story stands in both."""

    related: list[Article] = field(default_factory=list)
    more: list[Article] = field(default_factory=list)
    most_read: list[TopList] = field(default_factory=list)  # of the whole paper


def around(article: Article, tags: Iterable[Tag], edition: Edition) -> Around:
    """The related stories that the desk chose, or else those that share most tags; more from the section; most read.

    Two queries at most, none while the story and the edition stay the same.
    """
    versions, find = versions_of(article), partial(_around, article, tags, edition)
    if versions is None:
        return find()
    place = article.pk, versions.own
    return AROUND.fetch(edition, [place], lambda _places: {place: find()})[place]


AROUND: Final = Shelf[tuple[int, int], Around](40)


def _around(article: Article, tags: Iterable[Tag], edition: Edition) -> Around:
    section = [(Filling.SECTION, article.section.line[0].pk)] if article.section else []
    tagged = [] if article.related else [(Filling.TAG, tag.pk) for tag in list(tags)[:TAGS_ASKED]]
    ranked = dict(zip(Window.values, most_read(), strict=True))
    found = heads(edition, dict.fromkeys([*section, *tagged, *ranked.values()], MORE + RELATED))
    newest_first = sorted({head for source in tagged for head in found[source]}, reverse=True)
    shared = Counter(head.story for source in tagged for head in found[source])
    by_tags = sorted((head.story for head in newest_first), key=lambda pk: -shared[pk])
    wanted = [pk for pk in article.related or by_tags if pk != article.pk]
    more = [head.story for source in section for head in found[source] if head.story != article.pk]
    top = [(window, head.story) for window, source in ranked.items() for head in found[source]]
    wanted, more = wanted[: MORE + RELATED], more[: MORE + RELATED]  # all but a few of them can be read
    stories = cards({*wanted, *more, *(pk for _window, pk in top)}, edition)
    related = [pk for pk in wanted if pk in stories][:RELATED]
    others = [pk for pk in more if pk in stories and pk not in related][:MORE]
    return Around([stories[pk] for pk in related], [stories[pk] for pk in others], readership.listed(top, stories))


def for_feed(rows: Listed | None = None) -> list[Article]:
    """The newest stories with their whole text: of a list, or of the paper. Three queries."""
    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    taggings = Prefetch("taggings", Tagging.objects.select_related("tag"))
    rows_shown = Article.objects.select_related("section__parent", "lead_image").defer("body", "lead_image__fold")
    stories = rows_shown.published().newest_first().prefetch_related(bylines, taggings)
    if rows is not None:
        return list(stories.filter(pk__in=newest(rows).values("article")[:FEED]))
    return list(stories[:FEED])
