"""Which stories stand in the lists of sections, authors and tags, beside a story and in feeds, and in which order?

No story stands twice on a page. Lists take their keys from an index first (placements, bylines, taggings), so that
page 50 costs what page 1 costs, and fetch only the stories they show.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Value
from django.http import Http404
from django.utils import timezone

from articles import readership
from articles.addresses import MAX_PAGES
from articles.cards import cards
from articles.models import Article, Byline, Placement, Tag, Tagging, Window
from articles.readership import TopList
from newsroom.lib.prepared import Prepared

PER_PAGE = 20
FEED = 30
RELATED, MORE = 4, 6  # stories that a story leads on to
TAGS_ASKED = 5  # of a story, the first ones, for related stories

PLACED, TAGGED = "placed", "tagged"  # in which list around a story another one stands

Listed = QuerySet[Placement] | QuerySet[Byline] | QuerySet[Tagging]


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


def newest(rows: Listed, now: datetime | None = None) -> Listed:
    """Rows of what readers may see, newest first, read from the index; the few stories that ended are left out."""
    now = now or timezone.now()
    ended = Article.objects.filter(visible_until__lte=now).values("pk")
    seen = rows.filter(published_at__lte=now).exclude(article__in=ended).order_by("-published_at", "-article")
    if rows.model is Placement:
        return seen
    # Withdrawn stories, and those of hidden sections, keep bylines and tags but stand in no section.
    return seen.filter(Exists(Placement.objects.filter(article=OuterRef("article"))))


def page_keys(rows: Listed, number: int, now: datetime | None = None) -> tuple[list[int], Paging]:
    """Keys of the stories on one page of a list. Raises Http404 beyond the last; an empty list has one empty page."""
    most = PER_PAGE * MAX_PAGES
    # An author may stand under a story twice (text and photo): a story counts once.
    keys = list(dict.fromkeys(newest(rows, now).values_list("article", flat=True)[: most + 1]))
    pages = max(1, min(MAX_PAGES, ceil(len(keys) / PER_PAGE)))
    if number > pages:
        raise Http404
    return keys[(number - 1) * PER_PAGE : number * PER_PAGE], Paging(number, pages, len(keys) > most)


def page_of(rows: Listed, number: int) -> tuple[list[Article], Paging]:
    """One page of a list in two queries. Raises Http404 beyond the last page."""
    wanted, paging = page_keys(rows, number)
    stories = cards(wanted)
    return [stories[pk] for pk in wanted if pk in stories], paging


@dataclass(frozen=True)
class Around:
    """What a story leads on to: related stories, and more from its section; no story stands in both."""

    related: list[Article] = field(default_factory=list)
    more: list[Article] = field(default_factory=list)
    most_read: list[TopList] = field(default_factory=list)  # of the whole paper


def around(article: Article, tags: Iterable[Tag] = ()) -> Around:
    """The related stories that the desk chose, or else those that share most tags; more from the section; most read.

    Two queries.
    """
    lists = {"section": article.section.line[0].pk} if article.section else {}
    asked = [] if article.related else list(tags)[:TAGS_ASKED]
    lists |= {f"tag{n}": tag.pk for n, tag in enumerate(asked)}
    found = LISTED_AROUND.fetch(None, now=timezone.now(), story=article.pk, **lists)
    newest_first = sorted((row for row in found if row[0] in (PLACED, TAGGED)), key=lambda row: row[1:], reverse=True)
    shared = Counter(pk for kind, _at, pk, _place in newest_first if kind == TAGGED)
    wanted = [pk for pk in article.related or sorted(shared, key=lambda pk: -shared[pk]) if pk != article.pk]
    more = [pk for kind, _at, pk, _place in newest_first if kind == PLACED]
    top = [(kind, pk) for kind, _at, pk, _place in sorted(found, key=lambda row: row[3]) if kind in Window.values]
    stories = cards({*wanted, *more, *(pk for _window, pk in top)})
    related = [stories[pk] for pk in wanted if pk in stories][:RELATED]
    others = [stories[pk] for pk in more if pk in stories and stories[pk] not in related][:MORE]
    return Around(related, others, readership.listed(top, stories))


def _listed_around(_shape: None, now: datetime, story: int, **lists: int) -> QuerySet[Any, Any]:
    """The heads of the lists around a story, and the most read of the paper."""
    ranked = readership.places().values_list("window", "article__published_at", "article", "position")
    rows = [
        Placement.objects.filter(section=key) if name == "section" else Tagging.objects.filter(tag=key)
        for name, key in lists.items()
    ]
    return ranked.union(*(_head(listed.exclude(article=story), now) for listed in rows), all=True)


LISTED_AROUND: Final = Prepared(_listed_around)


def _head(rows: Listed, now: datetime) -> QuerySet[Any, Any]:
    """Which list these are of, times and keys of the newest stories in it, and no place."""
    head = rows.model._default_manager.filter(pk__in=newest(rows, now).values("pk")[: MORE + RELATED])
    kind = PLACED if rows.model is Placement else TAGGED
    return head.order_by().values_list(Value(kind), "published_at", "article", Value(0))


def for_feed(rows: Listed | None = None) -> list[Article]:
    """The newest stories with their whole text: of a list, or of the paper. Three queries."""
    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    taggings = Prefetch("taggings", Tagging.objects.select_related("tag"))
    rows_shown = Article.objects.select_related("section__parent", "lead_image").defer("body", "lead_image__fold")
    stories = rows_shown.published().newest_first().prefetch_related(bylines, taggings)
    if rows is not None:
        return list(stories.filter(pk__in=newest(rows).values("article")[:FEED]))
    return list(stories[:FEED])
