"""Which comments of the last days say the same? Equal texts, and near-equal ones: the shape of a campaign."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.db.models.functions import Length
from django.utils import timezone

from articles.rights import Person, grants_of, reach
from comments.batches import MOST_AT_ONCE
from comments.models import Comment, CommentQuerySet, State, Thread
from comments.moderation import ROLES

LATELY: Final = timedelta(days=3)
LOOKED_AT: Final = 5000  # the newest comments
LEAST: Final = 3  # comments that make a cluster
SHORTEST: Final = 20  # characters: "Hay quá!" under many stories is no campaign
NEAR: Final = 3  # bits that may differ
SHOWN: Final = 20  # clusters on the page
BAND: Final = 16  # bits; of four bands one is equal when at most three bits differ


class Row(NamedTuple):
    """What is compared of a comment."""

    pk: int
    version: int
    state: str
    body_hash: str
    similarity: int | None
    thread_id: int
    commenter_id: int | None
    device_key: str


@dataclass
class Cluster:
    """Comments that say the same, the newest first."""

    rows: list[Row] = field(default_factory=list)
    sample: Any = None  # one of them, with its story and writer

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def waiting(self) -> int:
        return sum(row.state == State.PENDING for row in self.rows)

    @property
    def stories(self) -> int:
        return len({row.thread_id for row in self.rows})

    @property
    def writers(self) -> int:
        return len({row.commenter_id or row.device_key or row.pk for row in self.rows})

    @property
    def seen(self) -> list[str]:
        """What a decision about all of them names: pairs of id and version."""
        return [f"{row.pk}:{row.version}" for row in self.rows[:MOST_AT_ONCE]]

    @property
    def number(self) -> int:
        return len(self.seen)


def clusters(by: Person) -> list[Cluster]:
    """The largest clusters in the sections of this person; two queries, whatever there is."""
    rows = _own(by, Comment.objects.since(timezone.now() - LATELY))
    rows = rows.annotate(length=Length("body")).filter(length__gte=SHORTEST)
    rows = rows.filter(state__in=(State.PENDING, State.VISIBLE, State.SPAM)).order_by("-created_at", "-pk")
    compared = map(Row._make, rows.values_list(*Row._fields)[:LOOKED_AT])
    found = [Cluster(group) for group in groups(compared) if len(group) >= LEAST]
    found = sorted(found, key=lambda cluster: (-cluster.waiting, -cluster.size))[:SHOWN]
    related = Comment.objects.select_related("thread__article__section", "commenter")
    samples = related.defer("thread__article__html", "thread__article__body").in_bulk(
        [cluster.rows[0].pk for cluster in found]
    )
    for cluster in found:
        cluster.sample = samples.get(cluster.rows[0].pk)
    return [cluster for cluster in found if cluster.sample]


def _own(by: Person, rows: CommentQuerySet) -> CommentQuerySet:
    """Those in this person's sections. Threads are listed once: SQLite would look up each comment's section."""
    sections = grants_of(by).sections_as(*ROLES)
    if sections is None:
        return rows
    return rows.filter(thread__in=Thread.objects.filter(article__section__in=reach(sections)).values("pk"))


def groups(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows, those with equal or near-equal texts together."""
    equal: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        equal[row.body_hash].append(row)
    near: list[list[Row]] = []
    places: dict[tuple[int, int], list[int]] = defaultdict(list)  # band and its bits -> groups with such a text
    for group in equal.values():
        bits = group[0].similarity
        place = _near_group(bits, places, near) if bits is not None else None
        if place is None:
            place = len(near)
            near.append([])
            for band in _bands(bits) if bits is not None else ():
                places[band].append(place)
        near[place] += group
    return near


def _near_group(bits: int, places: dict[tuple[int, int], list[int]], near: list[list[Row]]) -> int | None:
    for band in _bands(bits):
        for place in places[band]:
            other = near[place][0].similarity
            if other is not None and ((bits ^ other) & (2**64 - 1)).bit_count() <= NEAR:
                return place
    return None


def _bands(bits: int) -> Iterator[tuple[int, int]]:
    for band in range(0, 64, BAND):
        yield band, (bits >> band) & (2**BAND - 1)
