"""Which stories stand first in a list: of the paper, a section, a keyword, the most read?

Keys and times come from the indexes alone, all lists that a page lacks in one statement, and are kept as long as the
edition is the same.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.editions import Edition
from articles.models import Article, Byline, Filling, MostRead, Placement, Tagging, Window
from newsroom.lib.pieces import Shelf
from newsroom.lib.prepared import Prepared

Source = tuple[str, int]  # a kind of list, with the key of what it is of
Listed = QuerySet[Placement] | QuerySet[Byline] | QuerySet[Tagging]
Rows = QuerySet[Any]

FRESH: Final[Source] = ("fresh", 0)  # the newest of the paper
PHOTOS: Final[Source] = ("photos", 0)
CHOSEN: Final = "chosen"  # one story by its key, if readers may see it
PAPER: Final = "paper"  # before a window: the most read of the whole paper
LOT: Final = 24  # lists are read in steps of so many, so that pages that ask for fewer share them


class Head(NamedTuple):
    """A story in a list, in the order of the list."""

    at: datetime
    story: int
    is_pictured: bool  # known of the newest of the paper only


# Where the stories of a section, an author or a tag are listed, by the name of its model.
LISTS: Final[Mapping[str, Callable[[int], Listed]]] = {
    "section": lambda key: Placement.objects.filter(section=key),
    "author": lambda key: Byline.objects.filter(author=key),
    "tag": lambda key: Tagging.objects.filter(tag=key),
}


def newest(rows: Listed, now: datetime | None = None) -> Listed:
    """Rows of what readers may see, newest first, read from the index; the few stories that ended are left out."""
    now = now or timezone.now()
    ended = Article.objects.ending().filter(ends_at__lte=now).values("pk")
    seen = rows.filter(published_at__lte=now).exclude(article__in=ended).order_by("-published_at", "-article")
    if rows.model is Placement:
        return seen
    # Withdrawn stories, and those of hidden sections, keep bylines and tags but stand in no section.
    return seen.filter(Exists(Placement.objects.filter(article=OuterRef("article"))))


def most_read(section: int | None = None) -> list[Source]:
    """The lists of the most read, of a section or of the paper."""
    return [(window, section) if section else (PAPER + window, 0) for window in Window.values]


def heads(edition: Edition, wanted: Mapping[Source, int]) -> dict[Source, list[Head]]:
    """At least so many of each list, as far as there are. One query for those that are not there."""
    asked = {(*source, -(-count // LOT) * LOT): source for source, count in wanted.items()}
    found = KEPT.fetch(edition, asked, partial(_fetched, edition))
    return {source: found[key] for key, source in asked.items()}


Asked = tuple[str, int, int]
KEPT: Final = Shelf[Asked, list[Head]](300)


def _fetched(edition: Edition, asked: list[Asked]) -> dict[Asked, list[Head]]:
    shape = tuple((kind, count) for kind, _key, count in asked)
    rows = HEADS.fetch(shape, now=edition.now, **{f"key{n}": key for n, (_kind, key, _count) in enumerate(asked)})
    found: dict[int, list[list[Any]]] = {n: [] for n in range(len(asked))}
    for number, *rest in rows:
        found[number].append(rest)
    return {key: list(_in_order(found[n])) for n, key in enumerate(asked)}


def _in_order(rows: list[list[Any]]) -> Iterable[Head]:
    """By place where there are places, else the newest first."""
    for _place, at, story, picture in sorted(rows, key=lambda row: (-row[0], row[1], row[2]), reverse=True):
        yield Head(at, story, bool(picture))


def _heads(shape: tuple[tuple[str, int], ...], now: datetime, **keys: int) -> QuerySet[Any, Any]:
    """The lists of a page, numbered: `keyN` is what its Nth list takes from."""
    first, *others = (_part(n, kind, keys[f"key{n}"], count, now) for n, (kind, count) in enumerate(shape))
    return first.union(*others, all=True) if others else first


HEADS: Final = Prepared(_heads)


def _part(number: int, kind: str, key: int, count: int, now: datetime) -> QuerySet[Any, Any]:
    rows = ROWS[kind](key, now)
    is_story, is_ranked = rows.model is Article, rows.model is MostRead
    picture = Coalesce("lead_image_id", 0, output_field=BigIntegerField()) if is_story else _number(0)
    place, at = F("position") if is_ranked else _number(0), F("article__published_at" if is_ranked else "published_at")
    shown = (_number(number), place, at, F("pk" if is_story else "article_id"), picture)
    if is_ranked or kind == CHOSEN:
        return rows.order_by().values_list(*shown)
    if connection.features.supports_slicing_ordering_in_compound:
        return rows.values_list(*shown)[:count]
    first = rows.model._default_manager.filter(pk__in=rows.values("pk")[:count])  # SQLite sorts in a subquery only
    return first.order_by().values_list(*shown)


def _number(value: int) -> Value:
    return Value(value, output_field=BigIntegerField())


def _ranked(window: str, section: int | None, now: datetime) -> Rows:
    public = Exists(Article.objects.published(now).filter(pk=OuterRef("article")))
    return MostRead.objects.filter(public, window=window, section=section)


def _of_the_paper(now: datetime) -> Rows:
    return Article.objects.published(now).newest_first()


ROWS: Final[Mapping[str, Callable[[int, datetime], Rows]]] = {
    FRESH[0]: lambda _key, now: _of_the_paper(now),
    PHOTOS[0]: lambda _key, now: _of_the_paper(now).filter(presentation="photos", lead_image__isnull=False),
    CHOSEN: lambda key, now: Article.objects.published(now).filter(pk=key),
    Filling.SECTION: lambda key, now: newest(LISTS["section"](key), now),
    Filling.TAG: lambda key, now: newest(LISTS["tag"](key), now),
    **{window: lambda key, now, window=window: _ranked(window, key, now) for window in Window.values},
    **{PAPER + window: lambda _key, now, window=window: _ranked(window, None, now) for window in Window.values},
}
