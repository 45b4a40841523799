"""How many stories had a day, a month or a year, which story days lie around it, and what did a day bring?

Counts are read from DayCount: one indexed range, less the few stories that are not due yet or have ended.
"""

from calendar import Calendar, monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, Self

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from articles import editions, section_bar
from articles.editions import Edition
from articles.heads import LISTS
from articles.models import Article, ArticleQuerySet, Author, DayCount, Placement, Publication, Section, Tag
from newsroom.lib import dates, routes
from newsroom.lib.pieces import Shelf
from newsroom.lib.prepared import Prepared

MONDAY = 0
Of = Section | Author | Tag  # what a part of the archive is of; None: the whole paper
PARAMETERS: Final = {"section": "chuyen-muc", "author": "tac-gia", "tag": "chu-de"}  # in addresses, by model name


@dataclass(frozen=True, order=True)
class Period:
    """A year, a month of it or a day of that, as the addresses of the archive name it."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, year: str, month: str = "", day: str = "") -> Self | None:
        """The period written in digits, or None if the calendar has no such thing (see `dates.parse_day`)."""
        first = dates.parse_day(year, month or 1, day or 1)
        if first is None:
            return None
        return cls(first.year, first.month if month else None, first.day if day else None)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_future(self) -> bool:
        return self.first > dates.today()

    @property
    def parts(self) -> list[str]:
        """2021, 01, 14: as addresses and forms write it."""
        return [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]

    @property
    def line(self) -> list["Period"]:
        """The year, the month and the day, down to the period itself."""
        line = [Period(self.year), Period(self.year, self.month), Period(self.year, self.month, self.day)]
        return line[: len(self.parts)]

    def around(self, day: date) -> "Period":
        """The period of this kind in which the day lies."""
        return Period(day.year, day.month if self.month else None, day.day if self.day else None)


def address(period: Period | None = None, of: Of | None = None) -> str:
    """Where the archive shows the period (or all years), of the whole paper or of one section, author or tag."""
    names = ("archive", "archive_year", "archive_month", "archive_day")
    parts = period.parts if period else []
    return routes.address(names[len(parts)], *parts) + (f"?{parameter(of)}={of.slug}" if of else "")


def parameter(of: Of) -> str:
    """How an address names it: `?chuyen-muc=do-thi`."""
    return PARAMETERS[of._meta.model_name or ""]


@dataclass(frozen=True)
class Picked:
    """What stands in the fields of the date picker, and what is wrong with it."""

    day: str = ""
    month: str = ""
    year: str = ""
    error: str = ""

    @classmethod
    def of(cls, period: Period | None) -> Self:
        return cls(**dict(zip(("year", "month", "day"), period.parts, strict=False))) if period else cls()

    @property
    def is_empty(self) -> bool:
        return not (self.day or self.month or self.year)

    @property
    def period(self) -> Period | None:
        """The day, or without a day the month, or without a month the year; None if the calendar has no such thing."""
        return Period.read(self.year, self.month, self.day if self.month else "")


# --- how many -----------------------------------------------------------------------------------------------------

COUNTS: Final = Shelf[tuple[Any, ...], Counter[date]](12)


def per_day(first: date, last: date, of: Of | None = None, now: datetime | None = None) -> Counter[date]:
    """How many stories readers have of each day from first to last, days without stories left out.

    Two queries; one for an author or a tag, whose few stories are counted themselves.
    """
    now = now or timezone.now()
    if isinstance(of, (Author, Tag)):
        stories = _stories_of(of._meta.model_name, of.pk, now).filter(published_on__range=(first, last)).order_by()
        return Counter(dict(stories.values_list("published_on").annotate(n=Count("pk"))))
    rows = DayCount.objects.filter(section=of, day__range=(first, last), count__gt=0)
    counts = Counter(dict(rows.values_list("day", "count")))
    counts.subtract(day for day in _unseen(of, now) if day in counts)
    return +counts


def counts(first: date, last: date, of: Of | None, edition: Edition) -> Counter[date]:
    """The same in this edition; kept, so never changed."""
    place = (first, last, of and (of._meta.model_name, of.pk))
    return COUNTS.fetch(edition, [place], lambda _places: {place: per_day(first, last, of, edition.now)})[place]


def _stories_of(kind: str | None, key: int, now: datetime | None, **within: datetime) -> ArticleQuerySet:
    """What readers have. `within` comes first: of two bounds of one column, SQLite reads by the first."""
    stories = Article.objects.filter(**within).published(now)
    return stories.filter(Exists(LISTS[kind](key).filter(article=OuterRef("pk")).order_by())) if kind else stories


def _unseen(section: Section | None, now: datetime) -> Iterable[date | None]:
    """The day of each story that is counted but not due yet, or ended: few, so each kind is read by its own index."""
    listed = Placement.objects.filter(article=OuterRef("pk"))
    counted = Exists(listed.filter(section=section) if section else listed)
    stories = Article.objects.filter(counted, withdrawn_at=None)
    due, ended = stories.filter(published_at__gt=now), stories.ending().filter(ends_at__lte=now)
    # Grouping in SQL would make SQLite read every story, in the order of the groups.
    return due.values_list("published_on", flat=True).union(ended.values_list("published_on", flat=True), all=True)


def per_month(counts: Counter[date]) -> Counter[Period]:
    """The same by months."""
    return _summed(counts, 2)


def per_year(counts: Counter[date]) -> Counter[Period]:
    return _summed(counts, 1)


def _summed(counts: Counter[date], parts: int) -> Counter[Period]:
    sums: Counter[tuple[int, ...]] = Counter()
    for day, stories in counts.items():
        sums[(day.year, day.month)[:parts]] += stories
    return Counter({Period(*period): stories for period, stories in sums.items()})


# --- which days have stories --------------------------------------------------------------------------------------


def first_day(of: Of | None = None, now: datetime | None = None) -> date | None:
    """The day of the oldest story that readers have."""
    return _day_of(_times(of, now).order_by("published_at").first())


def story_day_before(day: date, of: Of | None = None, now: datetime | None = None) -> date | None:
    """The nearest earlier day of which readers have stories."""
    start, _ = dates.day_bounds(day)
    return _day_of(_times(of, now, published_at__lt=start).order_by("-published_at").first())


def story_day_after(day: date, of: Of | None = None, now: datetime | None = None) -> date | None:
    _, end = dates.day_bounds(day)
    return _day_of(_times(of, now, published_at__gte=end).order_by("published_at").first())


def _times(of: Of | None, now: datetime | None, **within: datetime) -> QuerySet[Any, Any]:
    return _times_of(of._meta.model_name if of else None, of.pk if of else 0, now, **within)


def _times_of(kind: str | None, key: int, now: datetime | None, **within: datetime) -> QuerySet[Any, Any]:
    """When the stories appeared that readers have: read in order from one index, whatever there is."""
    if kind is None:
        return _stories_of(None, 0, now, **within).values_list("published_at", flat=True)
    public = Exists(Article.objects.published(now).filter(pk=OuterRef("article")))
    return LISTS[kind](key).order_by().filter(public, **within).values_list("published_at", flat=True)


@dataclass(frozen=True)
class Opened:
    """The edition in which a period is read, and the nearest days that have stories, before it and after it."""

    edition: Edition
    before: date | None
    after: date | None


def opened(period: Period, of: Of | None = None, now: datetime | None = None) -> Opened:
    """One query."""
    now = now or timezone.now()
    start, end = dates.day_bounds(period.first)[0], dates.day_bounds(period.last)[1]
    rows = OPENED.fetch(of._meta.model_name if of else None, now=now, start=start, end=end, key=of.pk if of else 0)
    if not rows:  # no masthead yet
        return Opened(editions.apart(now), story_day_before(period.first, of), story_day_after(period.last, of))
    before, after, *_edition = rows[0]
    return Opened(editions.of(rows[0], now), _day_of(before), _day_of(after))


def _opened(kind: str | None, now: datetime, start: datetime, end: datetime, key: int) -> QuerySet[Any, Any]:
    before = _times_of(kind, key, now, published_at__lt=start).order_by("-published_at")[:1]
    after = _times_of(kind, key, now, published_at__gte=end).order_by("published_at")[:1]
    return Publication.objects.values_list(Subquery(before), Subquery(after), *editions.columns(now))


OPENED: Final = Prepared(_opened)


def _day_of(moment: datetime | None) -> date | None:
    return dates.local(moment).date() if moment else None


# --- a month as a calendar, a day as a paper ----------------------------------------------------------------------


@dataclass(frozen=True)
class Square:
    """A day in the calendar of a month with the number of its stories."""

    day: date
    stories: int
    address: str


def calendar(month: Period, counts: Counter[date], of: Of | None = None) -> list[list[Square | None]]:
    """The weeks of the month from Monday to Sunday; None stands for days of the months beside it."""
    return [
        [square(day, counts[day], of) if day.month == month.month else None for day in week]
        for week in Calendar(MONDAY).monthdatescalendar(month.year, month.month or 1)
    ]


def square(day: date, stories: int, of: Of | None) -> Square:
    return Square(day, stories, address(Period(day.year, day.month, day.day), of) if stories else "")


@dataclass(frozen=True)
class Group:
    """The stories of a day that stand in one section."""

    section: Section
    stories: list[Article]


def keys_of_day(day: date, of: Of | None, edition: Edition) -> list[int]:
    """The day's stories as that day's paper has them: by section in the order of the section bar, newest first."""
    start, end = dates.day_bounds(day)
    kind, key = (of._meta.model_name, of.pk) if of else (None, 0)
    rows = OF_DAY.fetch(kind, now=edition.now, start=start, end=end, key=key)
    sections = section_bar.at(edition).by_key
    listed = {own: under_which(sections[own], of) for own in {row[1] for row in rows} if own in sections}
    places = {
        own: (under.parent_id is not None, under.position, under.sort, under.pk) for own, under in listed.items()
    }
    return [story for story, own in sorted(rows, key=lambda row: places.get(row[1], ())) if own in places]


def _of_day(kind: str | None, now: datetime, start: datetime, end: datetime, key: int) -> QuerySet[Any, Any]:
    stories = _stories_of(kind, key, now, published_at__gte=start, published_at__lt=end)
    return stories.newest_first().values_list("pk", "section")


OF_DAY: Final = Prepared(_of_day)


def under_which(own: Section, of: Of | None = None) -> Section:
    """The section under which the day lists a story: a main section, or in one section that or its sub-section."""
    if not isinstance(of, Section):
        return own.parent or own
    # A story whose home is elsewhere is listed here too: it stands under the section that was asked for.
    return own if of.pk in (own.pk, own.parent_id) else of


def grouped(stories: Iterable[Article], of: Of | None = None) -> list[Group]:
    """The stories, in the order of `keys_of_day`, under their sections."""

    def heading(story: Article) -> Section:
        assert story.section is not None, "published() asks for a section"
        return under_which(story.section, of)

    return [Group(under, list(group)) for under, group in groupby(stories, key=heading)]
