"""Which corrections and told changes do readers see, and where?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Article, Correction, PublicVersion

ON_THE_HOME_PAGE: Final = timedelta(days=30)
MOST_HOPS: Final = 5


@dataclass(frozen=True)
class Entry:
    """A line of the page of corrections: a formal correction, or a change of a story that readers are told of."""

    at: datetime
    correction: Correction | None = None
    version: PublicVersion | None = None


def told() -> QuerySet[PublicVersion]:
    """The changes that readers were told of, in stories that they still have; the newest first."""
    public = Article.objects.published().filter(pk=OuterRef("article"))
    rows = PublicVersion.objects.filter(Exists(public), kind__in=PublicVersion.TOLD).exclude(line="")
    return rows.order_by("-at", "-pk").defer("content")


def marked(stories: QuerySet[Article]) -> QuerySet[Article]:
    """The stories with `is_told` and `is_corrected`: the page of one that is neither asks nothing more."""
    told_of = PublicVersion.objects.filter(article=OuterRef("pk"), kind__in=PublicVersion.TOLD)
    corrections = Correction.objects.filter(article=OuterRef("pk"), published_at__isnull=False)
    return stories.annotate(is_told=Exists(told_of), is_corrected=Exists(corrections))


def told_in(article: Article) -> list[PublicVersion]:
    """What readers were told of changes in this story, the newest first."""
    if not getattr(article, "is_told", True):
        return []
    rows = article.public_versions.filter(kind__in=PublicVersion.TOLD).exclude(line="")
    return list(rows.order_by("-number").defer("content"))


def published_corrections() -> QuerySet[Correction]:
    rows = Correction.objects.filter(stage=Correction.Stage.PUBLISHED, published_at__isnull=False)
    return rows.select_related("article__section").order_by("-published_at", "-pk")


def of_story(article: Article) -> list[Correction]:
    """The formal corrections of this story."""
    if not getattr(article, "is_corrected", True):
        return []
    return list(published_corrections().filter(article=article))


def for_home(now: datetime | None = None) -> list[Correction]:
    """The formal corrections that have their place on the home page."""
    since = (now or timezone.now()) - ON_THE_HOME_PAGE
    return list(published_corrections().filter(published_at__gte=since))


def newest_keys(limit: int) -> list[tuple[datetime, str, int]]:
    """Times, kinds ("correction" or "version") and keys of the newest entries, from the indexes alone."""
    corrections = published_corrections().values_list("published_at", "pk")[:limit]
    versions = told().values_list("at", "pk")[:limit]
    rows = [(at, "correction", pk) for at, pk in corrections if at] + [(at, "version", pk) for at, pk in versions]
    return sorted(rows, reverse=True)[:limit]


def entries(keys: Iterable[tuple[datetime, str, int]]) -> list[Entry]:
    """The entries themselves, in the order of their keys."""
    keys = list(keys)
    corrections = published_corrections().in_bulk([pk for _at, kind, pk in keys if kind == "correction"])
    versions = told().select_related("article").in_bulk([pk for _at, kind, pk in keys if kind == "version"])
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
