"""Likes without an account: one a device, capped for a network, not to be bought."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import identity, likes, moderation, opening, threads
from comments.models import Comment, Like, State, Thread
from comments.threads import Order
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import load, send

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def comment(story):
    return load(story, State.VISIBLE)[0]


def address_of(number):
    return f"198.{number // 250}.{number % 250}.1"


def press(client, story, comment, **headers):
    return client.post(reverse("comments:like", args=[story.pk]), {"c": comment.pk}, headers={**OURS, **headers})


def count(comment):
    comment.refresh_from_db()
    assert comment.like_count == Like.objects.filter(comment=comment, is_counted=True).count()
    return comment.like_count


def test_without_a_script_back_to_the_comment(client, story, comment):
    response = press(client, story, comment)
    assert (response.status_code, response["Location"]) == (303, comment.get_absolute_url())
    assert response.cookies[identity.DEVICE_COOKIE]["httponly"]
    assert count(comment) == 1


def test_the_story_shows_it_within_seconds(client, story, comment, monkeypatch):
    """A like makes no page stale: the comments that stay in memory are read again when their seconds are over."""
    pages = [client.get(story.get_absolute_url()).content]
    likes.toggle(comment.pk, "máy", address_of(1))
    pages.append(client.get(story.get_absolute_url()).content)
    later = time.monotonic() + opening.KEPT
    monkeypatch.setattr(time, "monotonic", lambda: later)
    pages.append(client.get(story.get_absolute_url()).content)
    liked = b'<span class="comment-likes">1</span>'
    assert [liked in page for page in pages] == [False, False, True]


def test_again_takes_it_back(client, story, comment):
    for expected in (1, 0, 1):
        press(client, story, comment)
        assert count(comment) == expected


def test_a_script_is_told_in_json(client, story, comment):
    told = press(client, story, comment, Accept="application/json").json()
    assert told == {"liked": True, "count": 1, "problem": ""}


def test_a_network_counts_so_often(comment):
    for number in range(40):
        likes.toggle(comment.pk, f"máy {number}", "198.51.100.7")
    assert count(comment) == likes.PER_NETWORK
    assert Like.objects.count() == 40
    assert likes.toggle(comment.pk, "máy khác", "203.0.113.9").is_counted


def test_a_cleared_cookie_gains_nothing_beyond_the_cap(story, comment):
    for _ in range(likes.PER_NETWORK + 3):
        press(Client(), story, comment)
    assert count(comment) == likes.PER_NETWORK


def test_a_rush_from_few_networks_waits_for_the_desk(comment):
    sent = [likes.toggle(comment.pk, f"máy {n}", address_of(n // 5)) for n in range(likes.RUSH + 10)]
    assert [each.is_counted for each in sent].count(False) == 10
    desk = Client()
    desk.force_login(make_user("moderator"))
    page = desk.get(reverse("admin:comments_comment_change", args=[comment.pk])).content.decode()
    address = reverse("admin:comments_comment_likes", args=[comment.pk])
    assert address in page
    told = desk.post(address, follow=True).content.decode()
    assert address not in told
    assert count(comment) == likes.RUSH + 10


def test_only_its_moderators_count_what_was_held(comment):
    likes.toggle(comment.pk, "máy", address_of(1))
    elsewhere = Client()
    elsewhere.force_login(make_user("moderator", section=make_section("Văn hóa")))
    assert elsewhere.post(reverse("admin:comments_comment_likes", args=[comment.pk])).status_code == 404


def test_a_comment_that_many_like_is_not_held(comment):
    for number in range(likes.RUSH + 10):
        likes.toggle(comment.pk, f"máy {number}", address_of(number))
    assert count(comment) == likes.RUSH + 10


def test_the_own_comment(client, story):
    own = send(story, device="máy của Hà")
    moderation.approve(own.pk, 1, make_user("moderator"))
    with pytest.raises(likes.OwnComment):
        likes.toggle(own.pk, "máy của Hà", "198.51.100.7")


def test_rejected_meanwhile(client, story, comment):
    moderation.reject(comment.pk, comment.version, make_user("moderator"), "insult")
    response = press(client, story, comment)
    assert response.status_code == 409 and not Like.objects.exists()
    assert "problem" in press(client, story, comment, Accept="application/json").json()


def test_of_another_story(client, comment):
    assert press(client, make_article(), comment).status_code == 409


@pytest.mark.parametrize("value", ["", "x", "9" * 40, "-1"])
def test_nonsense(client, story, value):
    like = reverse("comments:like", args=[story.pk])
    assert client.post(like, {"c": value}, headers=OURS).status_code == 404


def test_other_sites_and_other_methods(client, story, comment):
    like = reverse("comments:like", args=[story.pk])
    for headers in ({"Origin": "https://evil.example"}, {}):
        assert client.post(like, {"c": comment.pk}, headers=headers).status_code == 403
    assert client.get(like).status_code == 405
    assert not Like.objects.exists()


def test_a_forged_cookie_is_another_device(story, comment):
    client = Client()
    press(client, story, comment)
    client.cookies[identity.DEVICE_COOKIE] = "someone:forged"
    press(client, story, comment)
    assert count(comment) == 2


def test_the_most_liked_lead_within_a_minute(story):
    most, liked, plain = load(story, *[State.VISIBLE] * 3)
    for number in range(6):
        likes.toggle(most.pk, f"máy {number}", address_of(number))
    likes.toggle(liked.pk, "máy", "198.51.100.7")

    def order():
        return [branch.comment for branch in threads.thread_page(story.pk, Order.LIKED).branches]

    assert order() == [plain, liked, most]  # not reckoned yet: the newest of equals
    Thread.objects.update(rank_due_at=timezone.now())
    assert order() == [most, liked, plain]
    Comment.objects.filter(pk=plain.pk).update(featured_at=timezone.now())
    Comment.objects.filter(pk=most.pk).update(report_weight=9)
    Thread.objects.update(rank_due_at=timezone.now())
    assert order() == [plain, liked, most]
    assert Thread.objects.get().rank_due_at is None


def test_ranks_are_reckoned_once_a_minute(story, comment, django_assert_num_queries):
    likes.toggle(comment.pk, "máy", "198.51.100.7")
    due = Thread.objects.get().rank_due_at
    likes.toggle(comment.pk, "máy khác", "203.0.113.7")
    assert Thread.objects.get().rank_due_at == due > timezone.now()
    with django_assert_num_queries(2):
        threads.thread_page(story.pk, Order.LIKED)
