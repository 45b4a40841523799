"""Is the record of what was public whole and unchanged? Checks every chain and every seal, and seals days that ended.

A chain proves its own story; the seal of a day (over the digests of all versions of that day, and the seal before)
proves that no version and no story is missing. Whoever keeps the last seal outside the house can prove all of it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, groupby, islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import record
from articles.models import Article, PublicVersion, RecordSeal
from articles.models.record import digest_of
from newsroom.lib import dates, text

BATCH = 500
SETTLED = timedelta(hours=1)  # after midnight: by then every transaction of the day before has ended
LIVE_COLUMNS = ("headline", "subheadline", "lead", "body", "source")


@dataclass(frozen=True)
class Break:
    """The first place where the record does not hold."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True)
class Verdict:
    """What was checked, and the first break, if there is one."""

    versions: int
    seals: int
    broken: Break | None


def verify() -> Verdict:
    """Recompute every digest, link and seal, and compare what readers have with the last version of it."""
    versions = seals = 0
    for versions, problem in enumerate(chain_problems(), 1):
        if problem:
            return Verdict(versions, 0, problem)
    for seals, problem in enumerate(seal_problems(), 1):
        if problem:
            return Verdict(versions, seals, problem)
    return Verdict(versions, seals, next(live_problems(), None))


def chain_problems() -> Iterator[Break | None]:
    """For each version, chain by chain, what is wrong with it."""
    stories = PublicVersion.objects.filter(correction=None).order_by("article_id", "number")
    corrections = PublicVersion.objects.filter(article=None).order_by("correction_id", "number")
    ordered = chain(stories.iterator(chunk_size=BATCH), corrections.iterator(chunk_size=BATCH))
    for _thing, versions in groupby(ordered, key=lambda version: version.chain):
        previous = ""
        for number, version in enumerate(versions, 1):
            yield problem_of(version.envelope(), version.digest, number, previous, str(version))
            previous = version.digest


def problem_of(envelope: dict[str, Any], digest: str, number: int, previous: str, where: str) -> Break | None:
    """What is wrong with a version that should be the `number`-th of its chain, after the digest `previous`."""
    if envelope["number"] != number:
        return Break(where, _("version %d of the chain is missing") % number)
    if envelope["previous"] != previous:
        return Break(where, _("it does not follow the version before"))
    if digest_of(envelope) != digest:
        return Break(where, _("its content is not what was recorded"))
    return None


def seal_problems() -> Iterator[Break | None]:
    """For each seal, what is wrong with it or with the days before it."""
    previous = ""
    for seal in RecordSeal.objects.order_by("day").iterator(chunk_size=BATCH):
        count, digest = seal_of(seal.day, previous)
        is_right = (seal.previous, seal.count, seal.digest) == (previous, count, digest)
        yield None if is_right else wrong_seal(seal.day)
        previous = seal.digest


def wrong_seal(day: date) -> Break:
    return Break(_("seal of %s") % f"{day:%d/%m/%Y}", _("versions of this day are missing, or were added later"))


def live_problems() -> Iterator[Break]:
    """Stories whose readers see another text than the record has, or that the record does not know."""
    stories = Article.objects.filter(published_at__isnull=False, withdrawn_at=None).order_by("pk")
    for batch in batches(stories.only("pk", "slug", *LIVE_COLUMNS).iterator(chunk_size=BATCH)):
        recorded = last_contents(batch)
        for story in batch:
            content = recorded.get(story.pk)
            if content is None:
                yield Break(f"story {story.pk}", _("readers have it, the record does not (seal_record adds it)"))
            elif any(text.clean(content.get(name) or "") != getattr(story, name) for name in LIVE_COLUMNS):
                yield Break(f"story {story.pk}", _("readers see another text than the one recorded last"))


def last_contents(stories: list[Article]) -> dict[int, dict[str, Any]]:
    """The content of the last version of each story."""
    versions = PublicVersion.objects.filter(article__in=[story.pk for story in stories]).order_by("article", "number")
    return {pk: content for pk, content in versions.values_list("article", "content") if pk is not None}


def batches(rows: Iterable[Article]) -> Iterator[list[Article]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


# --- seals --------------------------------------------------------------------------------------------------------


def seal_of(day: date, previous: str) -> tuple[int, str]:
    """How many versions the day has, and the digest of its seal after the seal `previous`."""
    start, end = dates.day_bounds(day)
    digests = PublicVersion.objects.filter(at__gte=start, at__lt=end).order_by("pk").values_list("digest", flat=True)
    return seal_over(day, previous, digests.iterator(chunk_size=5000))


def seal_over(day: date, previous: str, digests: Iterable[str]) -> tuple[int, str]:
    """SHA-256 over the day, the seal before and the digests of the versions in the order they were written."""
    sealed, count = hashlib.sha256(f"{day.isoformat()}\n{previous}\n".encode()), 0
    for digest in digests:
        sealed.update(f"{digest}\n".encode())
        count += 1
    return count, sealed.hexdigest()


def seal_days(now: datetime | None = None) -> list[RecordSeal]:
    """Seal the days that ended and have none yet; days without versions are passed over. May be run again at any time.

    What readers had before there was a record is recorded first.
    """
    now = now or timezone.now()
    record_what_is_live(now)
    last_day = dates.local(now - SETTLED).date() - timedelta(days=1)
    made = []
    with transaction.atomic():
        last = RecordSeal.objects.select_for_update().order_by("-day").first()
        for day in days_to_seal(last.day if last else None, last_day):
            count, digest = seal_of(day, last.digest if last else "")
            last = RecordSeal.objects.create(day=day, count=count, previous=last.digest if last else "", digest=digest)
            made.append(last)
    return made


def days_to_seal(after: date | None, until: date) -> Iterator[date]:
    """The days with versions after one day and until another, each found by one step in the index."""
    start = dates.day_bounds(after)[1] if after else None
    end = dates.day_bounds(until)[1]
    while True:
        versions = PublicVersion.objects.filter(at__lt=end, **({"at__gte": start} if start else {}))
        moment = versions.order_by("at").values_list("at", flat=True).first()
        if moment is None:
            return
        day = dates.local(moment).date()
        yield day
        start = dates.day_bounds(day)[1]


def record_what_is_live(now: datetime) -> int:
    """Give a first version to stories that were published before the record began; returns how many."""
    public = Article.objects.filter(live_revision__isnull=False, published_at__isnull=False, withdrawn_at=None)
    unknown = public.filter(public_versions=None).order_by("pk").values_list("pk", flat=True)
    count = 0
    while chosen := list(unknown[:BATCH]):
        with transaction.atomic():
            list(Article.objects.select_for_update(no_key=True).filter(pk__in=chosen).order_by("pk").values_list("pk"))
            stories = list(public.filter(pk__in=chosen, public_versions=None).select_related("live_revision"))
            snapshots = [story.live_revision.snapshot for story in stories if story.live_revision]
            record.add_first(stories, snapshots, by=None, at=now)
        count += len(stories)
    return count
