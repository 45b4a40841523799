"""Which comments of the last days say the same? Equal texts, and near-equal ones: the shape of a campaign."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db.models.functions import Length
from django.utils import timezone

from articles.rights import Person, grants_of
from comments.batches import MOST_AT_ONCE
from comments.models import Comment, State
from comments.moderation import in_reach

LATELY: Final = timedelta(days=3)
LOOKED_AT: Final = 5000  # the newest comments
LEAST: Final = 3  # comments that make a cluster
SHORTEST: Final = 20  # characters: "Hay quá!" under many stories is no campaign
NEAR: Final = 3  # bits that may differ
SHOWN: Final = 20  # clusters on the page
BAND: Final = 16  # bits; of four bands one is equal when at most three bits differ

Row = tuple[
    int, int, str, str, int | None, int, int | None, str
]  # id, version, state, hash, bits, thread, writer, device


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
        return sum(row[2] == State.PENDING for row in self.rows)

    @property
    def stories(self) -> int:
        return len({row[5] for row in self.rows})

    @property
    def writers(self) -> int:
        return len({row[6] or row[7] or row[0] for row in self.rows})

    @property
    def seen(self) -> list[str]:
        """What a decision about all of them names: pairs of id and version."""
        return [f"{row[0]}:{row[1]}" for row in self.rows[:MOST_AT_ONCE]]

    @property
    def number(self) -> int:
        return len(self.seen)


def clusters(by: Person) -> list[Cluster]:
    """The largest clusters in the sections of this person; two queries, whatever there is."""
    rows = in_reach(grants_of(by), Comment.objects.since(timezone.now() - LATELY))
    rows = rows.annotate(length=Length("body")).filter(length__gte=SHORTEST)
    rows = rows.filter(state__in=(State.PENDING, State.VISIBLE, State.SPAM)).order_by("-created_at", "-pk")
    columns = ("pk", "version", "state", "body_hash", "similarity", "thread_id", "commenter_id", "device_key")
    found = [Cluster(group) for group in groups(rows.values_list(*columns)[:LOOKED_AT]) if len(group) >= LEAST]
    found = sorted(found, key=lambda cluster: (-cluster.waiting, -cluster.size))[:SHOWN]
    related = Comment.objects.select_related("thread__article__section", "commenter")
    samples = related.defer("thread__article__html", "thread__article__body").in_bulk(
        [cluster.rows[0][0] for cluster in found]
    )
    for cluster in found:
        cluster.sample = samples.get(cluster.rows[0][0])
    return [cluster for cluster in found if cluster.sample]


def groups(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows, those with equal or near-equal texts together."""
    equal: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        equal[row[3]].append(row)
    near: list[list[Row]] = []
    places: dict[tuple[int, int], list[int]] = defaultdict(list)  # band and its bits -> groups with such a text
    for group in equal.values():
        bits = group[0][4]
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
            other = near[place][0][4]
            if other is not None and ((bits ^ other) & (2**64 - 1)).bit_count() <= NEAR:
                return place
    return None


def _bands(bits: int) -> Iterator[tuple[int, int]]:
    for band in range(0, 64, BAND):
        yield band, (bits >> band) & (2**BAND - 1)
