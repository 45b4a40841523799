"""What does page 400 of a long thread cost beside page 1, in every order?

    .venv/bin/python bench/thread.py 10000
    tests/postgres .venv/bin/python bench/thread.py 10000

Makes a database of its own and throws it away. Milliseconds are processor time (bench/clock.py) of the whole answer:
story, rules, comments, replies, HTML.
"""

import os
import statistics
import sys
from datetime import timedelta
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from bench.clock import Clock
from comments import posting, threads
from comments.models import Comment, Thread
from comments.threads import Order
from tests.builders import make_article, make_publication

RUNS = 9
REPLY_EVERY = 6  # every sixth comment answers the one before


def main() -> None:
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        sys.stdout.write("\n".join(lines(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)) + "\n")
    finally:
        teardown_databases(made, verbosity=0)


def lines(number: int) -> list[str]:
    make_publication()
    story = make_article()
    fill(story, number)
    clock = Clock()
    told = [
        f"{number} comments, {connection.vendor}",
        "| order | page 1 | page 400 | times | queries |",
        "|---|---:|---:|---:|---:|",
    ]
    for order in Order:
        told.append(line(order, clock, *(address(story, order, page) for page in (1, 400))))
    walk = [address(story, Order.LIKED, page) for page in (1, 400)]
    rank_anew(story)
    told.append(line(f"{Order.LIKED}, ranked anew on the way", clock, *walk))
    return told


def line(name: str, clock: Clock, near: str, far: str) -> str:
    (first, few), (last, many) = spent(clock, near), spent(clock, far)
    return f"| {name} | {first:.1f} ms | {last:.1f} ms | {last / first:.2f} | {max(few, many)} |"


def fill(story, number: int) -> None:
    now, rows = timezone.now(), []
    for n in range(number):
        parent = n - 1 if n % REPLY_EVERY == REPLY_EVERY - 1 else None
        at = now - timedelta(seconds=number - n - n % 5)  # five at the same moment, now and then
        rows.append(posting.LoadedComment(f"Bạn đọc {n}", f"Ý kiến số {n} về bài này. " * 4, at, parent=parent))
    posting.load_comments(story, rows)
    with transaction.atomic():
        for place, comment in enumerate(Comment.objects.roots().only("pk")):
            if place % 7 == 0:
                Comment.objects.filter(pk=comment.pk).update(rank=place % 400)
    if connection.vendor == "postgresql":
        call_command(
            "shell", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')", verbosity=0
        )


def address(story, order: Order, page: int) -> str:
    cursor, roots = "", Comment.objects.shown().roots().filter(thread=story.pk).count()
    for _ in range(min(page, roots // threads.PAGE) - 1):
        cursor = threads.thread_page(story.pk, order, cursor).next
    return f"/binh-luan/{story.pk}/?thu-tu={order}" + (f"&sau={cursor}" if cursor else "")


def rank_anew(story) -> None:
    Comment.objects.filter(thread=story.pk, rank=0).update(like_count=3)
    Thread.objects.update(rank_due_at=timezone.now())
    threads.thread_page(story.pk, Order.LIKED)


def spent(clock: Clock, page: str) -> tuple[float, int]:
    """Milliseconds of the page in the middle of several tries, and its queries."""
    tries, client = [], Client()
    for _ in range(RUNS):
        before = clock.read()[0]
        assert client.get(page).status_code == 200
        tries.append(1000 * (clock.read()[0] - before))
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return statistics.median(tries), len(asked)


if __name__ == "__main__":
    main()
