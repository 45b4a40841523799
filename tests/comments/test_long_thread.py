"""However long a thread is, a page of it costs the same, and a walk over all of them meets every comment once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import posting, retention, threads
from comments.models import Comment, RankOrder, Thread
from comments.threads import SORTINGS, Order
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def long_thread(number):
    """Every third answers the one before; five stand at the same moment."""
    story, now = make_article(), timezone.now()
    rows = [
        posting.LoadedComment(
            f"Bạn đọc {n}",
            f"Ý kiến {n}",
            now - timedelta(seconds=(number - n) // 5),
            parent=n - 1 if n % 3 == 2 else None,
        )
        for n in range(number)
    ]
    posting.load_comments(story, rows)
    for rank in range(9):
        Comment.objects.filter(thread=story.pk, root=None, pk__lt=rank * 300).update(rank=rank * 100)
    return story


def walk(story, order):
    cursor, met = "", []
    while True:
        page = threads.thread_page(story.pk, order, cursor)
        met += [branch.comment.pk for branch in page.branches]
        if not page.next:
            return met
        cursor = page.next


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is read whole by PostgreSQL")
@pytest.mark.parametrize("order", Order)
def test_a_page_is_read_from_an_index_and_nothing_is_sorted(order):
    story = long_thread(200)
    cursor = threads.thread_page(story.pk, order).next
    with CaptureQueriesContext(
        connection,
    ) as seen:
        threads.thread_page(story.pk, order, cursor)
    with connection.cursor() as database:
        database.execute(f"EXPLAIN QUERY PLAN {seen.captured_queries[-2]['sql']}")
        plan = " ".join(row[3] for row in database.fetchall())
    index = "comment_liked_roots" if order == Order.LIKED else "comment_shown_roots"
    assert index in plan and "TEMP B-TREE" not in plan, plan
    assert SORTINGS[order].column in ("rank", "published_at")


def test_a_walk_by_likes_meets_every_comment_once_while_ranks_change():
    """Each page turns the order round: without the order that the walk began in, half would be met twice or never."""
    story = long_thread(200)
    roots = Comment.objects.shown().roots().filter(thread=story.pk)
    wanted, met, cursor = set(roots.values_list("pk", flat=True)), [], ""
    for turn in range(2, 10):
        page = threads.thread_page(story.pk, Order.LIKED, cursor, 30)
        met += [branch.comment.pk for branch in page.branches]
        cursor = page.next
        if not cursor:
            break
        roots.annotate(left=F("pk") % turn).update(like_count=F("left") * 10)
        Thread.objects.update(rank_due_at=timezone.now())
        threads.thread_page(story.pk, Order.LIKED)
    assert len(met) == len(set(met)) and set(met) == wanted
    assert RankOrder.objects.count() == Thread.objects.get().rank_round >= 4


def test_a_walk_goes_on_when_its_order_is_forgotten_or_its_last_comment_is_gone(django_assert_max_num_queries):
    story = long_thread(200)
    first = threads.thread_page(story.pk, Order.LIKED, size=30)
    Comment.objects.filter(pk=first.branches[-1].comment.pk).update(state="spam")
    Comment.objects.filter(thread=story.pk).update(like_count=F("pk") % 7)
    Thread.objects.update(rank_due_at=timezone.now())
    threads.thread_page(story.pk, Order.LIKED)
    with django_assert_max_num_queries(3):  # the order, its comments, their replies
        second = threads.thread_page(story.pk, Order.LIKED, first.next, size=30)
    assert not {branch.comment.pk for branch in first.branches} & {branch.comment.pk for branch in second.branches}
    retention.forget(timezone.now() + timedelta(hours=2))
    assert not RankOrder.objects.exists()
    assert len(threads.thread_page(story.pk, Order.LIKED, second.next, size=30).branches) <= 30


@pytest.mark.slow
def test_ten_thousand_are_each_met_once_and_none_is_dearer():
    story = long_thread(10_001)
    roots = set(Comment.objects.shown().roots().filter(thread=story.pk).values_list("pk", flat=True))
    for order in Order:
        met = walk(story, order)
        assert len(met) == len(set(met)) and set(met) == roots
    assert Thread.objects.get(pk=story.pk).visible_count == 10_001
