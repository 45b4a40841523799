"""A link to one comment shows it where it stands, however long the thread; open pages hear of new ones."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import moderation, threads
from comments.models import Badge, Comment, State
from tests.builders import make_publication, make_user
from tests.comments.voices import load

pytestmark = pytest.mark.django_db


def ids(html):
    return [int(part.split('"')[0]) for part in html.split('id="c-')[1:]]


def test_a_comment_between_its_neighbours(client, story):
    now = timezone.now()
    roots = [load(story, State.VISIBLE, at=now - timedelta(minutes=n))[0] for n in range(8)]
    replies = [load(story, State.VISIBLE, under=roots[4], at=now + timedelta(minutes=n))[0] for n in range(3)]
    html = client.get(roots[4].get_absolute_url()).content.decode()
    around = [roots[2], roots[3], roots[4], *replies, roots[5], roots[6]]
    assert ids(html) == [comment.pk for comment in around]


def test_a_reply_between_the_replies_around_it(client, story, django_assert_max_num_queries):
    make_publication()
    (root,) = load(story, State.VISIBLE)
    now = timezone.now()
    replies = [load(story, State.VISIBLE, under=root, at=now + timedelta(minutes=n))[0] for n in range(5)]
    client.get("/")  # masthead and sections stay in memory
    with django_assert_max_num_queries(8):
        html = client.get(replies[2].get_absolute_url()).content.decode()
    assert ids(html) == [root.pk, *(reply.pk for reply in replies)]


def test_far_replies_are_a_link_away(story):
    (root,) = load(story, State.VISIBLE)
    now = timezone.now()
    replies = [
        load(story, State.VISIBLE, under=root, at=now + timedelta(minutes=n))[0]
        for n in range(threads.REPLIES_AROUND * 2 + 3)
    ]
    branch = next(b for b in threads.around(replies[6]).branches if b.comment == root)
    assert branch.replies == replies[1:12] and branch.more == 2


def test_one_that_is_no_longer_shown(client, story):
    (comment,) = load(story, State.VISIBLE)
    moderation.reject(comment.pk, comment.version, make_user("moderator"), "insult")
    response = client.get(comment.get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 404 and comment.body not in html
    assert reverse("comments:thread", args=[story.pk]) in html


@pytest.mark.parametrize("asked", ["x", "", "-1", "9" * 30, "٣"])
def test_nonsense(client, story, asked):
    assert client.get(f"/binh-luan/{story.pk}/?c={asked}").status_code == 404


def test_the_news_are_a_number_that_any_cache_may_keep(client, story):
    load(story, State.VISIBLE, State.VISIBLE, State.PENDING)
    response = client.get(reverse("comments:news", args=[story.pk]))
    assert response.json() == {"count": 2}
    assert f"c{story.pk}" in response["Surrogate-Key"] and not response.cookies
    assert client.get("/binh-luan/999999/moi/").json() == {"count": 0}


def test_badges_and_marks_of_the_newsroom(client, story):
    (comment,) = load(story, State.VISIBLE)
    address = reverse("comments:thread", args=[story.pk])
    assert "comment-badge" not in client.get(address).content.decode()
    Comment.objects.update(badge=Badge.AUTHOR, featured_at=timezone.now())
    html = client.get(address).content.decode()
    assert "comment-badge" in html and "comment-featured" in html and comment.body in html
