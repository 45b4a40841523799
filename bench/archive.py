"""What does the newsroom weigh after years? Fills a new database with stories of every shape, quickly.

    tests/postgres .venv/bin/python bench/archive.py --articles 10000
    .venv/bin/python bench/archive.py --articles 200000 --database-url sqlite:////tmp/large.sqlite3

Rows are those that the product writes (as `articles.loading` does, from which stories older than three years seem to
come: no steps); `bench/soundness.py` holds a sample against the product's own functions. Pictures have no files.
"""

import argparse
import heapq
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

BATCH = 2000  # stories in a transaction
YEARS, RECENT = 12, 10  # years of the archive; days of the last stretch, in which A_DAY stories appear a day
A_DAY = 200
LONG_AGO = 900  # days: in a week about then as many appear, so that archives of any size have it to show
HANOI = timedelta(hours=7)
PENDING = 80  # never-published stories in each stage
SCHEDULED, DUE, REVISED = 40, 20, 100
LONG_HISTORY = 200  # revisions of the last live story


@dataclass(frozen=True)
class Shape:
    """What a story is to be: what readers have of it, the stage of its text, and since when."""

    readers: str  # as Article.readers_state; "updated" is live with a second public version
    stage: str
    at: datetime
    revisions: int = 1

    @property
    def is_plain(self) -> bool:
        """As most of an archive: published once, and nothing since."""
        return (self.readers, self.stage, self.revisions) == ("live", "done", 1)


def shapes(count: int, now: datetime) -> Iterator[Shape]:
    """So many, the oldest first, as a newsroom would have made them."""
    stages = ["draft", "submitted", "editing", "returned", "review", "approved"]
    pending = min(PENDING, count // 50)
    live = count - pending * (len(stages) + 1) - SCHEDULED
    recent = min(A_DAY * RECENT, live // 2)
    start, quiet = now - timedelta(days=365 * YEARS), now - timedelta(days=RECENT)
    for n, at in enumerate(old_times(live - recent, start, quiet)):
        yield old(n, at)
    for n in range(recent):
        shape = Shape("live", "done", quiet + (now - quiet) * (n / recent), 2)
        if n >= recent - REVISED:
            shape = replace(shape, stage="approved" if n % 5 == 0 else "editing", revisions=3)
        yield replace(shape, revisions=LONG_HISTORY) if n == recent - 1 else shape
    for n in range(SCHEDULED):
        yield Shape("scheduled", "done", now + timedelta(hours=1 + 2 * n))
    for n in range(pending):
        for stage in stages:
            yield Shape("never", stage, now - timedelta(hours=n), 2)
        yield Shape("trashed", "draft", now - timedelta(hours=5 * n))


def old_times(count: int, start: datetime, end: datetime) -> Iterator[datetime]:
    """In their order: evenly spread, but for a week long ago (Monday to Sunday) that has at least A_DAY a day."""
    week = timedelta(days=7)
    day = end - timedelta(days=LONG_AGO) + HANOI
    busy = day.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=day.weekday()) - HANOI
    crowd = min(max(0, A_DAY * 7 - round(count * (week / (end - start)))), count // 2)
    return heapq.merge(spread(count - crowd, start, end), spread(crowd, busy, busy + week))


def spread(count: int, start: datetime, end: datetime) -> Iterator[datetime]:
    return (start + (end - start) * (n / count) for n in range(count))


def old(n: int, at: datetime) -> Shape:
    """Of two hundred stories of the archive one was withdrawn, two have ended, four were updated."""
    readers = {0: "withdrawn", 1: "ended", 2: "ended", **dict.fromkeys((3, 4, 5, 6), "updated")}.get(n % 200, "live")
    return Shape(readers, "done", at, 3 if n % 10 == 0 else 1)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--comments", type=int, default=0, help="at least; without it one under every fifth story")
    parser.add_argument("--database-url", default="", help="else DATABASE_URL")
    return parser.parse_args()


def main() -> None:
    asked = parse()
    if asked.database_url:
        os.environ["DATABASE_URL"] = asked.database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()

    from bench import filling, soundness  # noqa: PLC0415 - they need the settings

    filling.fill(asked.articles, asked.comments, shapes)
    soundness.check()


if __name__ == "__main__":
    main()
