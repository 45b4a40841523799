"""Which corrections and told changes do readers see, and where?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from articles.editions import Edition
from articles.models import Article, Correction, PublicVersion
from newsroom.lib.pieces import Shelf

ON_THE_HOME_PAGE: Final = timedelta(days=30)
MOST_HOPS: Final = 5
AT_HOME: Final = Shelf[None, list[Correction]](1)
COUNTED: Final = Shelf[int, int](1)

Key = tuple[datetime, str, int]  # when, "correction" or "version", and its number


@dataclass(frozen=True)
class Entry:
    """A line of the page of corrections: a formal correction, or a change of a story that readers are told of."""

    at: datetime
    correction: Correction | None = None
    version: PublicVersion | None = None


def told_versions() -> QuerySet[PublicVersion]:
    """The changes that readers are told of."""
    return PublicVersion.objects.filter(kind__in=PublicVersion.TOLD).exclude(line="").defer("content")


def told() -> QuerySet[PublicVersion]:
    """Those in stories that readers still have; the newest first."""
    public = Article.objects.published().filter(pk=OuterRef("article"))
    return told_versions().filter(Exists(public)).order_by("-at", "-pk")


def published() -> QuerySet[Correction]:
    """The formal corrections that readers have."""
    return Correction.objects.filter(stage=Correction.Stage.PUBLISHED, published_at__isnull=False)


def published_corrections() -> QuerySet[Correction]:
    """With their stories; the newest first."""
    return published().select_related("article__section").order_by("-published_at", "-pk")


def know(article: Article, told: list[PublicVersion], corrections: list[Correction]) -> None:
    """The page of the story has read both already: it is not asked again."""
    for correction in corrections:
        correction.article = article
    newest_first = sorted(corrections, key=lambda each: (each.published_at, each.pk), reverse=True)
    article.known_changes = told, newest_first  # type: ignore[attr-defined]


def of_story(article: Article) -> tuple[list[PublicVersion], list[Correction]]:
    """What readers were told of changes in this story, and its formal corrections; the newest first."""
    known = getattr(article, "known_changes", None)
    if known is not None:
        return known
    told = told_versions().filter(article=article).order_by("-number")
    return list(told), list(published_corrections().filter(article=article))


def for_home(edition: Edition) -> list[Correction]:
    """The formal corrections that have their place on the home page. One query, once for an edition."""
    since = edition.now - ON_THE_HOME_PAGE
    recent = published_corrections().filter(published_at__gte=since)
    found = AT_HOME.fetch(edition, [None], lambda _keys: {None: list(recent)})
    return [correction for correction in found[None] if correction.published_at and correction.published_at >= since]


def count(most: int, edition: Edition) -> int:
    """How many entries readers of this edition have, no more than `most`."""
    return COUNTED.fetch(edition, [most], lambda _keys: {most: _counted(most)})[most]


def _counted(most: int) -> int:
    found = (rows.values("pk")[:most].count() for rows in (published_corrections(), told()))
    return min(most, sum(found))


def newest_keys(limit: int) -> list[Key]:
    """Times, kinds and keys of the newest entries, from the indexes alone."""
    corrections = published_corrections().values_list("published_at", "pk")[:limit]
    versions = told().values_list("at", "pk")[:limit]
    rows = [(at, "correction", pk) for at, pk in corrections if at] + [(at, "version", pk) for at, pk in versions]
    return sorted(rows, reverse=True)[:limit]


def entries(first: int, last: int) -> list[Entry]:
    """The entries between these places, the newest first."""
    keys = newest_keys(last)[first:]
    corrections = published_corrections().in_bulk([pk for _at, kind, pk in keys if kind == "correction"])
    rows = told().select_related("article").only("kind", "line", "article__slug", "article__headline")
    versions = rows.in_bulk([pk for _at, kind, pk in keys if kind == "version"])
    found = [
        Entry(at, correction=corrections.get(pk)) if kind == "correction" else Entry(at, version=versions.get(pk))
        for at, kind, pk in keys
    ]
    return [entry for entry in found if entry.correction or entry.version]


def successor(article: Article) -> tuple[Article | None, set[int]]:
    """Where readers of a withdrawn story are led to, past stories that were withdrawn too; and the stories passed.

    None where no such story can be read: also for stories that lead back to each other, or on and on.
    """
    here, passed = article, {article.pk}
    while here.withdrawn_at is not None and here.withdrawn_to_id is not None and len(passed) <= MOST_HOPS:
        here = Article.objects.select_related("section").defer("body", "html").get(pk=here.withdrawn_to_id)
        if here.pk in passed:
            break
        passed.add(here.pk)
        if here.is_public:
            return here, passed
    return None, passed
