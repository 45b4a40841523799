"""Which stories stand on the home page, on section fronts and in other lists, and in which order?

No story stands twice on a page. Lists take their keys from an index first (placements, bylines, taggings), so that
page 50 costs what page 1 costs, and fetch only the stories they show.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Value
from django.http import Http404
from django.utils import timezone

from articles import changes
from articles.addresses import MAX_PAGES
from articles.models import Article, Byline, Correction, Placement, Section, Tag, Tagging

PER_PAGE = 20
BESIDE, UNDER = 3, 2  # the neighbours of the lead story
FEATURED = 1 + BESIDE + UNDER
LATEST = 6
BLOCK = 5  # stories of a section on the home page
FEED = 30
RELATED, MORE = 4, 6  # stories that a story leads on to
TAGS_ASKED = 5  # of a story, the first ones, for related stories

Listed = QuerySet[Placement] | QuerySet[Byline] | QuerySet[Tagging]


@dataclass(frozen=True)
class Block:
    """A section on the home page: its newest story large, the others as a list."""

    section: Section
    lead: Article
    stories: list[Article]


@dataclass(frozen=True)
class Home:
    """The home page from top to bottom."""

    lead: Article | None = None
    beside: list[Article] = field(default_factory=list)
    under: list[Article] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)  # formal ones, of the last days


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


def home(sections: Iterable[Section]) -> Home:
    """The newest stories on top, those with a picture first, then each section's newest that are not there yet."""
    now = timezone.now()
    fresh = list(Article.objects.published(now).newest_first().for_cards()[: FEATURED + 2 * LATEST])
    featured = _with_pictures_first(fresh)[:FEATURED]
    latest = [story for story in fresh if story not in featured][:LATEST]
    lead = featured[0] if featured else None
    shown = {story.pk for story in [*featured, *latest]}
    beside, under = featured[1 : 1 + BESIDE], featured[1 + BESIDE :]
    return Home(lead, beside, under, latest, _blocks(list(sections), shown, now), changes.for_home(now))


def _with_pictures_first(stories: list[Article]) -> list[Article]:
    """The top of the page needs pictures: they come first among the newest, otherwise by time."""
    pool = stories[: FEATURED + LATEST]
    return sorted(pool, key=lambda story: story.lead_image_id is None)


def _blocks(sections: list[Section], shown: set[int], now: datetime) -> list[Block]:
    """Two queries for all sections: the keys of their newest stories, then the stories chosen from them."""
    chosen: dict[int, list[int]] = {}
    candidates = _newest_of_each(sections, BLOCK + len(shown), now)
    taken = set(shown)
    for section in sections:
        chosen[section.pk] = [pk for pk in candidates[section.pk] if pk not in taken][:BLOCK]
        taken.update(chosen[section.pk])
    stories = cards(pk for keys in chosen.values() for pk in keys)
    blocks = [(section, [stories[pk] for pk in chosen[section.pk] if pk in stories]) for section in sections]
    return [Block(section, found[0], found[1:]) for section, found in blocks if found]


def _newest_of_each(sections: list[Section], limit: int, now: datetime) -> dict[int, list[int]]:
    """Keys of the newest stories by section, each found at the head of its own stretch of the index."""
    found: dict[int, list[int]] = defaultdict(list)
    parts = [
        Placement.objects.filter(pk__in=newest(section.placements.all(), now).values("pk")[:limit])
        .order_by()
        .values_list("section", "published_at", "article")
        for section in sections
    ]
    if parts:
        rows = list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])
        for section_pk, _, article_pk in sorted(rows, key=lambda row: row[1:], reverse=True):
            found[section_pk].append(article_pk)
    return found


def newest(rows: Listed, now: datetime | None = None) -> Listed:
    """Rows of what readers may see, newest first, read from the index; the few stories that ended are left out."""
    now = now or timezone.now()
    ended = Article.objects.filter(visible_until__lte=now).values("pk")
    seen = rows.filter(published_at__lte=now).exclude(article__in=ended).order_by("-published_at", "-article")
    if rows.model is Placement:
        return seen
    # Withdrawn stories, and those of hidden sections, keep bylines and tags but stand in no section.
    return seen.filter(Exists(Placement.objects.filter(article=OuterRef("article"))))


def cards(keys: Iterable[int]) -> dict[int, Article]:
    """The published stories among these, by key, with what a list shows of them."""
    return {story.pk: story for story in Article.objects.published().for_cards().filter(pk__in=list(keys))}


def page_of(rows: Listed, number: int) -> tuple[list[Article], Paging]:
    """One page of a list in two queries. Raises Http404 beyond the last page; an empty list has one empty page."""
    most = PER_PAGE * MAX_PAGES
    # An author may stand under a story twice (text and photo): a story counts once.
    keys = list(dict.fromkeys(newest(rows).values_list("article", flat=True)[: most + 1]))
    pages = max(1, min(MAX_PAGES, ceil(len(keys) / PER_PAGE)))
    if number > pages:
        raise Http404
    wanted = keys[(number - 1) * PER_PAGE : number * PER_PAGE]
    stories = cards(wanted)
    return [stories[pk] for pk in wanted if pk in stories], Paging(number, pages, len(keys) > most)


@dataclass(frozen=True)
class Around:
    """What a story leads on to: related stories, and more from its section; no story stands in both."""

    related: list[Article] = field(default_factory=list)
    more: list[Article] = field(default_factory=list)


def around(article: Article, tags: Iterable[Tag] = ()) -> Around:
    """The related stories that the desk chose, or else those that share most tags; and more from the section.

    Two queries.
    """
    now = timezone.now()
    listed: list[Listed] = [article.section.line[0].placements.all()] if article.section else []
    listed += [] if article.related else [tag.taggings.all() for tag in list(tags)[:TAGS_ASKED]]
    parts = [_head(rows.exclude(article=article), now) for rows in listed]
    found = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[1:], reverse=True) if parts else []
    shared = Counter(pk for is_placed, _at, pk in found if not is_placed)
    wanted = article.related or sorted(shared, key=lambda pk: -shared[pk])
    more = [pk for is_placed, _at, pk in found if is_placed]
    stories = cards({*wanted, *more} - {article.pk})
    related = [stories[pk] for pk in wanted if pk in stories][:RELATED]
    return Around(related, [stories[pk] for pk in more if pk in stories and stories[pk] not in related][:MORE])


def _head(rows: Listed, now: datetime) -> QuerySet[Any, Any]:
    """Whether these are places in a section, with times and keys of the newest stories in them."""
    head = rows.model._default_manager.filter(pk__in=newest(rows, now).values("pk")[: MORE + RELATED])
    return head.order_by().values_list(Value(rows.model is Placement), "published_at", "article")


def for_feed(rows: Listed | None = None) -> list[Article]:
    """The newest stories with their whole text: of a list, or of the paper. Three queries."""
    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    taggings = Prefetch("taggings", Tagging.objects.select_related("tag"))
    rows_shown = Article.objects.select_related("section__parent", "lead_image").defer("body", "lead_image__fold")
    stories = rows_shown.published().newest_first().prefetch_related(bylines, taggings)
    if rows is not None:
        return list(stories.filter(pk__in=newest(rows).values("article")[:FEED]))
    return list(stories[:FEED])
