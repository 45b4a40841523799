"""Which addresses do search engines find? The sitemap index, its files, and the news of the last two days.

Sitemap protocol 0.9 (sitemaps.org) and Google's news extension 0.9. Stories stand in a file for each month, so that
a crawler that knows the old months fetches the new one alone. A month's state is told by counts and times that are
read from indexes; its addresses are streamed, and only to who does not have them yet.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from math import ceil
from typing import Any, Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import changes, editions, fronts, keys, pages
from articles.addresses import absolute
from articles.archive import Period
from articles.models import Article, Author, Byline, DayCount, Placement, Section, StaticPage, Tag, Tagging
from articles.structured import moment
from newsroom.lib import dates, text
from newsroom.lib.pagecache.responses import publish_response
from newsroom.lib.pieces import Shelf
from newsroom.lib.routes import address

MOST: Final = 50_000  # addresses a file, says the protocol
MOST_NEWS: Final = 1_000
NEWS_AGE: Final = timedelta(days=2)
CHUNK: Final = 1_000  # addresses that are written at once
PROTOCOL: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
CONTENT_TYPE: Final = "application/xml; charset=utf-8"

_NAME: Final = re.compile(
    "(?P<stem>(?P<year>[0-9]{4})-(?P<month>[0-9]{2})|[a-z-]+?)(?:-(?P<part>[2-9]|[1-9][0-9]{1,3}))?"
)

Entry = tuple[str, datetime | None]  # a path, and when what stands there last changed


# --- the index --------------------------------------------------------------------------------------------------


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every file that has an address in it; those of the months say when they last changed."""
    edition = editions.current()
    around = pages.chrome(edition)
    written = INDEX.fetch(edition, [None], lambda _keys: {None: files(len(around.sections), edition.now)})[None]
    response = HttpResponse(written, content_type=CONTENT_TYPE)
    return publish_response(request, response, {keys.CHROME, keys.ARCHIVE}, around.next_change)


INDEX: Final = Shelf[None, str](1)


def files(sections: int, now: datetime) -> str:
    """The index as it is written."""
    # One file holds the fixed pages and the sections of any paper.
    sizes = {"trang": 1, "chuyen-muc": sections, "tac-gia": authors().count(), "chu-de": tags().count()}
    found: list[Entry] = []
    for name, size in sizes.items():
        found += [(file_address(name, part), None) for part in parts(size)]
    for month in months(now):
        name = f"{month.period.year}-{month.period.month:02d}"
        found += [(file_address(name, part), month.changed_at) for part in parts(month.stories)]
    return "".join(document("sitemapindex", (element("sitemap", *entry) for entry in found)))


def file_address(name: str, part: int) -> str:
    return reverse("sitemap_file", args=[name if part == 1 else f"{name}-{part}"])


def parts(addresses: int) -> range:
    """The numbers of the files that so many addresses fill: none without any, an empty file would be invalid."""
    return range(1, ceil(addresses / MOST) + 1)


@require_safe
def listing(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the index. Raises Http404 for one that has no addresses."""
    asked = _NAME.fullmatch(name)
    if asked is None:
        raise Http404
    part = int(asked["part"] or 1)
    if asked["year"]:
        return month_file(request, Period.read(asked["year"], asked["month"]), part)
    return list_file(request, asked["stem"], part)


# --- stories by month -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Month:
    """How many stories readers have of a month, and when a story of it last came, changed or went."""

    period: Period
    stories: int
    changed_at: datetime


def months(now: datetime, first: date = date.min, last: date = date.max) -> list[Month]:
    """The months with stories, the oldest first: three queries, which read a row for each day."""
    rows = DayCount.objects.filter(section=None, day__range=(first, last)).values(month=TruncMonth("day"))
    # The stories of a day before today have all appeared, so that its newest is the month's newest.
    before_today = Max("day", filter=Q(day__lt=dates.local(now).date(), count__gt=0))
    totals = rows.annotate(stories=Sum("count"), changed_at=Max("changed_at"), last=before_today).order_by("month")
    found = {(row["month"].year, row["month"].month): row for row in totals}
    unseen, ended_at = _unseen(now)
    newest_at = _newest(now, {row["last"] for row in found.values() if row["last"]})
    told = [
        Month(
            Period(*key),
            row["stories"] - unseen[key],
            max([row["changed_at"], *(at[key] for at in (ended_at, newest_at) if key in at)]),
        )
        for key, row in found.items()
    ]
    return [month for month in told if month.stories > 0]


MonthKey = tuple[int, int]


def _unseen(now: datetime) -> tuple[Counter[MonthKey], dict[MonthKey, datetime]]:
    """Stories that are counted but not due yet, or ended, by month; and when the last of a month ended."""
    counted = Exists(Placement.objects.filter(article=OuterRef("pk")))
    stories = Article.objects.filter(counted, withdrawn_at=None)
    unseen: Counter[MonthKey] = Counter()
    ended_at: dict[MonthKey, datetime] = {}
    due, ended = stories.filter(published_at__gt=now), stories.ending().filter(ends_at__lte=now)
    days = ("published_on", "visible_until")
    for day, end in due.values_list(*days).union(ended.values_list(*days), all=True):
        assert day, "a story that has a time has a day"
        key = (day.year, day.month)
        unseen[key] += 1
        if end and end <= now:
            ended_at[key] = max(end, ended_at.get(key, end))
    return unseen, ended_at


def _newest(now: datetime, days: set[date]) -> dict[MonthKey, datetime]:
    """When the newest story of each month appeared, looked for on these days and today."""
    stories = Article.objects.filter(
        withdrawn_at=None, published_on__in={*days, dates.local(now).date()}, published_at__lte=now
    )
    newest: dict[MonthKey, datetime] = {}
    for day, at in stories.values_list("published_on").annotate(Max("published_at")).order_by("published_on"):
        newest[day.year, day.month] = at
    return newest


def month_file(request: HttpRequest, period: Period | None, part: int) -> HttpResponseBase:
    """The stories of a month in the order in which they appeared, so that full parts stay as they are."""
    around, now = pages.chrome(), timezone.now()
    found = months(now, period.first, period.last) if period else []
    if not found or part not in parts(found[0].stories):
        raise Http404
    month = found[0]
    start, _ = dates.day_bounds(month.period.first)
    _, end = dates.day_bounds(month.period.last)
    stories = Article.objects.published(now).filter(published_at__gte=start, published_at__lt=end)
    rows = stories.order_by("published_at", "pk").values_list("slug", "pk", "published_at", "updated_at")
    shown = rows[(part - 1) * MOST : part * MOST].iterator(chunk_size=CHUNK)
    entries = (
        element("url", reverse("article", args=[slug, pk]), updated or published)
        for slug, pk, published, updated in shown
    )
    response = StreamingHttpResponse(document("urlset", entries), content_type=CONTENT_TYPE)
    version = f"{settings.SITE_URL} {month} {part}"
    days = {keys.day(month.period.first + timedelta(days=n)) for n in range(month.period.last.day)}
    return publish_response(request, response, {keys.CHROME, *days}, around.next_change, version)


# --- everything else --------------------------------------------------------------------------------------------


def list_file(request: HttpRequest, name: str, part: int) -> HttpResponse:
    around, (rows, shows) = pages.chrome(), LISTS.get(name, (list, set()))
    shown = list(rows()[(part - 1) * MOST : part * MOST])
    if not shown:
        raise Http404
    entries = (element("url", *(row if isinstance(row, tuple) else of_row(row))) for row in shown)
    response = HttpResponse("".join(document("urlset", entries)), content_type=CONTENT_TYPE)
    return publish_response(request, response, {keys.CHROME, *shows}, around.next_change)


def of_row(row: Any) -> Entry:
    return row.get_absolute_url(), row.newest_at


def fixed_pages() -> list[Entry]:
    """Pages that stand by themselves: fronts, what the paper says of itself, and the formal corrections."""
    names = ("home", "archive", "authors", "corrections", "rss")
    corrections = [(found.get_absolute_url(), found.published_at) for found in changes.published_corrections()]
    about = [(page.get_absolute_url(), page.updated_at) for page in StaticPage.objects.filter(is_shown=True)]
    return [*((reverse(name), None) for name in names), *about, *corrections]


def sections() -> QuerySet[Section]:
    """Those that readers see, with or without stories."""
    return Section.objects.public().annotate(newest_at=_newest_of(Placement.objects.filter(section=OuterRef("pk"))))


def authors() -> QuerySet[Author]:
    """Those with a published story: pages of the others are not for search engines."""
    newest_at = _newest_of(Byline.objects.filter(author=OuterRef("pk")))
    return Author.objects.annotate(newest_at=newest_at).filter(newest_at__isnull=False).order_by("pk")


def tags() -> QuerySet[Tag]:
    newest_at = _newest_of(Tagging.objects.filter(tag=OuterRef("pk")))
    return Tag.objects.annotate(newest_at=newest_at).filter(newest_at__isnull=False).order_by("pk")


def _newest_of(rows: fronts.Listed) -> Subquery:
    return Subquery(fronts.newest(rows).values("published_at")[:1])


Rows = Sequence[Entry] | QuerySet[Section] | QuerySet[Author] | QuerySet[Tag]
# The files beside the months: what stands in them, and what makes them stale.
LISTS: Final[dict[str, tuple[Callable[[], Rows], set[str]]]] = {
    "trang": (fixed_pages, {keys.CORRECTIONS, keys.CHROME}),
    "chuyen-muc": (sections, {keys.HOME}),
    "tac-gia": (authors, {keys.HOME, keys.AUTHORS}),
    "chu-de": (tags, {keys.HOME, keys.TAGS}),
}


# --- news -------------------------------------------------------------------------------------------------------


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The newest stories of the last two days; without any it is empty, as Google allows."""
    around, now = pages.chrome(), timezone.now()
    stories = Article.objects.published(now).filter(published_at__gt=now - NEWS_AGE).newest_first()
    name = around.publication.name
    entries = (
        element("url", address("article", slug, pk), updated or published, story_news(name, headline, published))
        for slug, pk, published, updated, headline in stories.values_list(
            "slug", "pk", "published_at", "updated_at", "headline"
        )[:MOST_NEWS]
    )
    response = HttpResponse("".join(document("urlset", entries, news=NEWS)), content_type=CONTENT_TYPE)
    return publish_response(request, response, {keys.CHROME, keys.HOME}, around.next_change)


def story_news(publication: str, headline: str, published: datetime | None) -> str:
    return (
        f"<news:news><news:publication><news:name>{plain(publication)}</news:name>"
        f"<news:language>{settings.LANGUAGE_CODE}</news:language></news:publication>"
        f"<news:publication_date>{moment(published)}</news:publication_date>"
        f"<news:title>{plain(headline)}</news:title></news:news>"
    )


# --- XML --------------------------------------------------------------------------------------------------------


def document(root: str, entries: Iterable[str], **extensions: str) -> Iterator[str]:
    """The file in pieces of CHUNK entries."""
    named = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in extensions.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{PROTOCOL}"{named}>\n'
    rest = iter(entries)
    while piece := "".join(islice(rest, CHUNK)):
        yield piece
    yield f"</{root}>\n"


def element(name: str, path: str, changed_at: datetime | None, more: str = "") -> str:
    lastmod = f"<lastmod>{moment(changed_at)}</lastmod>" if changed_at else ""
    return f"<{name}><loc>{escape(absolute(path))}</loc>{lastmod}{more}</{name}>\n"


def plain(words: str) -> str:
    """Text without what XML cannot hold."""
    return escape(text.clean_line(words))
