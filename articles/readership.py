"""Which stories are read most, and how often was a story read?

`articles.counting` writes the counts. The lists are worked out from them now and then, by one process for all, and
kept: a page asks one short query, however many stories the paper has. So a list is as old as its PAUSE at most, and
pages that show it may be kept as long as any other (PAGE_MAX_AGE): a read makes no page stale.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from articles import keys
from articles.models import Article, MostRead, Ranking, ReadCount, ReadDay, Section, Window
from newsroom.lib import dates

TOP: Final = 10  # stories of a list
CANDIDATES: Final = 5000  # the most read of the paper, among which each section finds its own
RANKED: Final = 2 * TOP  # places kept, so that a list is full when some of its stories are no longer public
FEWEST: Final = 3  # a shorter list is none
HOURS: Final = {Window.DAY: 24, Window.WEEK: 7 * 24}  # the present one included
PAUSE: Final = {Window.DAY: timedelta(minutes=1), Window.WEEK: timedelta(minutes=10)}  # between two rankings
KEPT_HOURS: Final = 8 * 24  # then they are folded into days
CHART_DAYS: Final = 7
HOUR: Final = 3600  # seconds

# Reads are summed once, then the most read are placed: for the paper (no section) and for each section that lists the
# story. Placements exist for what readers have or will have, so nothing withdrawn or hidden takes a place.
RANK: Final = """
WITH sums AS (SELECT article_id, SUM(count) AS reads FROM articles_readcount WHERE hour >= %s GROUP BY article_id
  ORDER BY reads DESC LIMIT %s),
placed AS (
  SELECT p.section_id, s.article_id, s.reads,
    ROW_NUMBER() OVER (PARTITION BY p.section_id ORDER BY s.reads DESC, s.article_id DESC) AS place
  FROM sums s JOIN articles_placement p ON p.article_id = s.article_id
),
paper AS (
  SELECT s.article_id, s.reads, ROW_NUMBER() OVER (ORDER BY s.reads DESC, s.article_id DESC) AS place
  FROM sums s WHERE EXISTS (SELECT 1 FROM articles_placement p WHERE p.article_id = s.article_id)
)
SELECT section_id, article_id, reads, place FROM placed WHERE place <= %s
UNION ALL SELECT NULL, article_id, reads, place FROM paper WHERE place <= %s
"""


@dataclass(frozen=True)
class TopList:
    """The most read of a window, the first first."""

    window: Window
    stories: list[Article]


def hour_of(moment: datetime) -> int:
    """The hour of the moment as `ReadCount` counts hours."""
    return int(moment.timestamp()) // HOUR


def first_hour(window: Window, now: datetime) -> int:
    return hour_of(now) - HOURS[window] + 1


# --- lists --------------------------------------------------------------------------------------------------------


def most_read(section: Section | None = None) -> list[TopList]:
    """The lists of a section, or of the whole paper; a window with too few stories has none. One query."""
    return lists([section])[section.pk if section else None]


def lists(sections: Iterable[Section | None]) -> dict[int | None, list[TopList]]:
    """The lists of each of these sections by key (None: the whole paper), in one query."""
    wanted = [section.pk if section else None for section in sections]
    asked = Q(ranks__section__in=[pk for pk in wanted if pk])
    if None in wanted:
        asked |= Q(ranks__section=None, ranks__isnull=False)
    stories = Article.objects.published().for_cards().filter(asked)
    stories = stories.annotate(window=F("ranks__window"), listed_in=F("ranks__section"))
    found = list(stories.order_by("ranks__position"))
    public = {story.pk: story for story in found}
    return {pk: listed([(row.window, row.pk) for row in found if row.listed_in == pk], public) for pk in wanted}


def listed(ranked: Iterable[tuple[str, int]], stories: Mapping[int, Article]) -> list[TopList]:
    """The lists that windows and keys of stories, in order, come to; what is not among the stories is not public."""
    found: dict[str, list[Article]] = defaultdict(list)
    for window, pk in ranked:
        if pk in stories:
            found[window].append(stories[pk])
    return [TopList(window, found[window][:TOP]) for window in Window if len(found[window]) >= FEWEST]


def keys_of(shown: Iterable[TopList]) -> set[str]:
    """Surrogate keys of the stories in these lists: a page that shows them is stale when one of them changes."""
    return {keys.article(story.pk) for top in shown for story in top.stories}


def rank_due(now: datetime | None = None) -> list[Window]:
    """Work out anew the lists that are old enough; of several processes one does it. Returns their windows."""
    now = now or timezone.now()
    ranked = dict(Ranking.objects.values_list("window", "ranked_at"))
    due = [window for window in Window if window not in ranked or ranked[window] <= now - PAUSE[window]]
    return [window for window in due if _is_ours(window, ranked.get(window), now) and rank(window, now)]


def _is_ours(window: Window, before: datetime | None, now: datetime) -> bool:
    """Whether this process moved the time on: it was still what all of them saw."""
    if before is None:
        return Ranking.objects.get_or_create(window=window, defaults={"ranked_at": now})[1]
    return bool(Ranking.objects.filter(window=window, ranked_at=before).update(ranked_at=now))


def rank(window: Window, now: datetime) -> bool:
    """Work out the lists of the window: the sums beside all writers, the short exchange of rows in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(RANK, [first_hour(window, now), CANDIDATES, RANKED, RANKED])
        rows = cursor.fetchall()
    places = [
        MostRead(window=window, section_id=section, article_id=article, reads=reads, position=place)
        for section, article, reads, place in rows
    ]
    with transaction.atomic():
        Ranking.objects.select_for_update().get(window=window)
        MostRead.objects.filter(window=window).delete()
        MostRead.objects.bulk_create(places, batch_size=500)
        Ranking.objects.filter(window=window).update(number=F("number") + 1)
    return True


# --- counts -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayReads:
    """A bar of the chart: reads of a day, and how high it stands in percent of the fullest day."""

    day: date
    count: int
    height: int

    @property
    def top(self) -> int:
        return 100 - self.height


@dataclass(frozen=True)
class Reads:
    """What the desk is told of a story's readers."""

    recent: int  # in the window of 24 hours
    total: int
    days: list[DayReads]  # the last ones, today last


def tell_reads(stories: Sequence[Article], now: datetime | None = None) -> None:
    """Give each of the stories `recent_reads` (24 hours) and `total_reads`, in two queries."""
    recent = Q(hour__gte=first_hour(Window.DAY, now or timezone.now()))
    hours = ReadCount.objects.filter(article__in=stories).values_list("article").order_by()
    sums = {pk: found for pk, *found in hours.annotate(of_day=Sum("count", filter=recent, default=0), n=Sum("count"))}
    days = ReadDay.objects.filter(article__in=stories).values_list("article").order_by()
    folded = dict(days.annotate(Sum("count")))
    for story in stories:
        story.recent_reads, total = sums.get(story.pk, (0, 0))  # type: ignore[attr-defined]
        story.total_reads = total + folded.get(story.pk, 0)  # type: ignore[attr-defined]


def reads_of(article: Article, now: datetime | None = None) -> Reads:
    """The reads of one story; its days are those of Hà Nội."""
    now = now or timezone.now()
    per_day: dict[date, int] = defaultdict(int)
    recent, since = 0, first_hour(Window.DAY, now)
    for hour, count in article.read_hours.values_list("hour", "count"):
        per_day[_day_of(hour)] += count
        recent += count if hour >= since else 0
    total = sum(per_day.values()) + (article.read_days.aggregate(n=Sum("count"))["n"] or 0)
    today = dates.local(now).date()
    days = [today - timedelta(days=back) for back in reversed(range(CHART_DAYS))]
    fullest = max((per_day[day] for day in days), default=0) or 1
    return Reads(recent, total, [DayReads(day, per_day[day], round(100 * per_day[day] / fullest)) for day in days])


def _day_of(hour: int) -> date:
    return datetime.fromtimestamp(hour * HOUR, dates.TZ).date()


def fold(now: datetime | None = None) -> int:
    """Fold the hours that no list asks for into days, an hour at a time; returns how many rows are gone.

    Only what this very statement deleted is added to the days, so that two runs at once count nothing twice.
    """
    last, gone = hour_of(now or timezone.now()) - KEPT_HOURS, 0
    old = ReadCount.objects.filter(hour__lt=last).order_by("hour").values_list("hour", flat=True).distinct()
    for hour in list(old):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_readcount WHERE hour = %s RETURNING article_id, count", [hour])
            rows = sorted(cursor.fetchall())
            cursor.executemany(
                "INSERT INTO articles_readday (article_id, day, count) VALUES (%s, %s, %s) "
                "ON CONFLICT (article_id, day) DO UPDATE SET count = articles_readday.count + excluded.count",
                [(article, _day_of(hour).isoformat(), count) for article, count in rows],
            )
        gone += len(rows)
    return gone
