"""What readers see of a thread: order, replies, pages, counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Publication
from comments import opening, threads
from comments.models import Comment, State
from comments.threads import SORTINGS, Order
from tests.builders import make_article
from tests.comments.voices import load

pytestmark = pytest.mark.django_db


def shown(page):
    return [branch.comment for branch in page.branches]


def walk(story, order, size):
    cursor, seen = "", []
    while True:
        page = threads.thread_page(story.pk, order, cursor, size)
        seen += shown(page)
        if not page.next:
            return seen
        cursor = page.next


def test_only_shown_comments(story):
    load(story, *[state for state in State if state != State.VISIBLE])
    (visible,) = load(story, State.VISIBLE)
    page = threads.thread_page(story.pk)
    assert (page.count, shown(page), page.next) == (1, [visible], "")


@pytest.mark.parametrize("order", Order)
def test_pages_show_each_comment_once_even_of_the_same_moment(story, order):
    noon = timezone.now()
    for minute in range(4):
        load(story, *[State.VISIBLE] * 3, at=noon - timedelta(minutes=minute))
    seen = walk(story, order, size=2)
    assert len(seen) == len({comment.pk for comment in seen}) == 12
    by = SORTINGS[order]
    places = [(getattr(comment, by.column), comment.pk) for comment in seen]
    assert places == sorted(places, reverse=by.descending)


def test_a_newcomer_shifts_nothing(story):
    load(story, *[State.VISIBLE] * 4)
    first = threads.thread_page(story.pk, size=2)
    load(story, State.VISIBLE)
    second = threads.thread_page(story.pk, cursor=first.next, size=2)
    assert not {comment.pk for comment in shown(first)} & {comment.pk for comment in shown(second)}
    assert len(shown(second)) == 2


def test_a_cursor_that_is_not_ours_leads_to_the_beginning(story):
    load(story, *[State.VISIBLE] * 3)
    other = make_article()
    load(other, *[State.VISIBLE] * 3)
    foreign = threads.thread_page(other.pk, size=1).next
    wrong_order = threads.thread_page(story.pk, Order.OLDEST, size=1).next
    first = shown(threads.thread_page(story.pk, size=2))
    for cursor in ("x", "a:b:c", foreign, wrong_order, foreign[:-1] + "é"):
        assert shown(threads.thread_page(story.pk, cursor=cursor, size=2)) == first


def test_the_end_keeps_the_count(story):
    load(story, *[State.VISIBLE] * 3)
    cursor = threads.thread_page(story.pk, size=2).next
    Comment.objects.filter(pk=Comment.objects.order_by("pk").first().pk).update(state=State.REJECTED, reason="other")
    page = threads.thread_page(story.pk, cursor=cursor, size=2)
    assert (page.branches, page.next, page.count) == ([], "", 3)


def test_replies_stand_under_their_comment_oldest_first(story):
    first, second = load(story, State.VISIBLE, State.VISIBLE)
    now = timezone.now()
    replies = [load(story, State.VISIBLE, under=first, at=now + timedelta(minutes=n))[0] for n in range(4)]
    load(story, State.PENDING, under=first)
    branches = {branch.comment: branch for branch in threads.thread_page(story.pk).branches}
    assert (branches[first].replies, branches[first].more) == (replies[:2], 2)
    assert (branches[second].replies, branches[second].more) == ([], 0)
    assert threads.replies_page(first).comments == replies
    assert threads.thread_page(story.pk).count == 6


@pytest.mark.parametrize("roots", [1, 30])
def test_two_queries_whatever_the_size(story, roots, django_assert_num_queries):
    for root in load(story, *[State.VISIBLE] * roots)[-5:]:
        load(story, State.VISIBLE, State.VISIBLE, State.VISIBLE, under=root)
    with django_assert_num_queries(2):
        page = threads.thread_page(story.pk)
        assert [branch.comment.author_name for branch in page.branches]
        assert [reply.parent.author_name for branch in page.branches for reply in branch.replies]


def test_nothing_yet(story, django_assert_num_queries):
    story = Article.objects.select_related("section__parent").get(pk=story.pk)
    with django_assert_num_queries(1):
        assert opening.of(story, Publication()).page == threads.ThreadPage(0, [])
