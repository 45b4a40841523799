"""The queues of the desk: what is in each, in which order, narrowed how, and how much it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import RoleGrant
from comments import bans, moderation
from comments.models import Comment, Commenter, State
from comments.queues import PAGE, Queue
from comments.templatetags.comments_desk import waiting_comments
from tests.builders import make_article, make_section, make_user
from tests.comments.moderators import DESK, shown
from tests.comments.voices import appeal, complain, load, send

pytestmark = pytest.mark.django_db


def test_what_is_due_first_comes_first(desk, story):
    second, first = load(story, State.PENDING, State.PENDING)
    Comment.objects.filter(pk=first.pk).update(due_at="2026-01-01T00:00:00Z")
    (visible,) = load(story, State.VISIBLE)
    html = shown(desk)
    assert html.index(first.body) < html.index(second.body)
    assert visible.body not in html


def test_each_queue_has_what_belongs_to_it_and_its_number(desk, mo, story):
    waiting, spam, rejected, seen, reported = load(
        story, State.PENDING, State.SPAM, State.REJECTED, State.VISIBLE, State.VISIBLE
    )
    complain(reported, "private", "Có số nhà của tôi")
    unseen = send(story)
    decided = moderation.approve(unseen.pk, 1, mo)
    own = {
        Queue.WAITING: waiting,
        Queue.SPAM: spam,
        Queue.REJECTED: rejected,
        Queue.REPORTED: reported,
        Queue.MINE: decided,
    }
    for queue, comment in own.items():
        response = desk.get(DESK, {"hang": queue})
        assert [card.comment.pk for card in response.context["cards"]] == [comment.pk], queue
        numbers = {name: number for name, _address, number in response.context["tabs"]}
        assert numbers == {**dict.fromkeys(own, 1), Queue.UNSEEN: 0, Queue.SHOWN: None}
    assert "Có số nhà của tôi" in shown(desk, hang=Queue.REPORTED)
    assert seen.body in shown(desk, hang=Queue.SHOWN)


def test_words_without_marks_a_name_or_an_email(desk, story):
    wanted = send(story, name="Đặng Thu", body="Phở ngon lắm", email="thu@example.com")
    other = send(story, body="Chuyện khác")
    for asked in ("pho NGON", "dang thu", "Thu@example.com"):
        html = shown(desk, q=asked)
        assert wanted.body in html and other.body not in html


def test_by_section_story_reason_and_trust(desk):
    sport = make_section("Thể thao")
    football = make_article(section=make_section("Bóng đá", parent=sport).pk)
    concert = make_article(section=make_section("Văn hóa").pk)
    match = send(football, body="Xem www.rac.example đi", email="quen@example.com")
    music = send(concert, body="Đêm nhạc hay tuyệt vời")
    Commenter.objects.filter(email="quen@example.com").update(approved_count=5)
    narrow = {
        "muc": sport.pk,
        "bai": football.pk,
        "vi-sao": "rule:link",
        "nguoi": "quen",
    }
    for name, value in narrow.items():
        html = shown(desk, **{name: value})
        assert match.body.split()[0] in html and music.body not in html, name
    assert desk.get(DESK, {"muc": sport.pk}).context["tabs"][0][2] == 1
    assert "Show the whole queue" in shown(desk, bai=10**17) or "Xem cả hàng" in shown(desk, bai=10**17)


@pytest.mark.parametrize("forged", ["x", "1-", "-1", "9" * 16 + "-1", "1" * 40 + "-2", "٣-٣"])
def test_forged_addresses_are_a_first_page(desk, story, forged):
    (comment,) = load(story, State.PENDING)
    assert desk.get(DESK, {"sau": forged}).status_code == 200
    nonsense = {"hang": forged, "muc": forged, "bai": "-1", "nguoi": forged, "vi-sao": 'rule:" OR 1'}
    assert comment.body in shown(desk, **nonsense)


def test_every_comment_is_on_one_page_while_others_are_decided(desk, mo, story):
    load(story, *[State.PENDING] * (2 * PAGE + 3), at=timezone.now() - timedelta(hours=1))
    wanted, found, address = set(Comment.objects.values_list("pk", flat=True)), [], "?hang=cho-duyet"
    while address:
        context = desk.get(DESK + address).context
        found += [card.comment.pk for card in context["cards"]]
        moderation.approve(found[-1], 1, mo)
        address = context["next"]
    assert len(found) == len(set(found)) and set(found) == wanted


def test_queries_do_not_grow(desk, mo, story, django_assert_max_num_queries):
    """Twelve for every page of the desk, whatever is on the cards."""
    comment = send(story, email="ha@example.com", body="Xem www.rac.example đi")
    moderation.reject(comment.pk, 1, mo, "insult")
    appeal(comment)
    reported = moderation.approve(send(story, email="ha@example.com", body="Ý kiến khác").pk, 1, mo)
    bans.add_note("Theo dõi thêm", mo, comment=reported)
    desk.get("/admin/")  # where a sign-in leads: the session is written down there
    pages = ["cum/", "so-lieu/", "chi-loi/", "chan/", f"{reported.pk}/change/", f"nguoi-viet/{reported.commenter_id}/"]
    pages += ["?vi-sao=rule:link", *(f"?hang={queue}" for queue in Queue)]
    for number, section in ((0, None), (40, story.section)):
        load(story, *[State.PENDING] * number)
        load(story, *[State.VISIBLE] * number)
        for shown_one in Comment.objects.filter(state=State.VISIBLE)[:5]:
            complain(shown_one)
        RoleGrant.objects.update(section=section)
        for page in pages:
            with django_assert_max_num_queries(12):
                assert desk.get(DESK + page).status_code == 200
    assert len(desk.get(DESK, {"hang": Queue.REPORTED}).context["cards"]) >= 5


def test_how_many_wait(story):
    load(story, *[State.PENDING] * 3, State.VISIBLE)
    waiting = waiting_comments(make_user("moderator"))
    assert waiting["count"] == len(waiting["oldest"]) == 3
    assert waiting_comments(make_user("moderator", section=make_section("Văn hóa")))["count"] == 0
    assert waiting_comments(make_user("reporter")) is None
