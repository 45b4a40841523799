"""The moderators' desk by keyboard alone: decide, give a reason, tick a range, undo; a conflict keeps the card."""

import pytest
from playwright.sync_api import expect

from comments import moderation
from comments.models import Comment, State
from tests.builders import make_article, make_user
from tests.comments.voices import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/admin/comments/comment/"


@pytest.fixture
def waiting(cast):
    return load(make_article(), *[State.PENDING] * 6)


@pytest.fixture
def desk(sign_in, live_server, waiting):
    page = sign_in("mo")
    page.goto(live_server.url + DESK)
    expect(page.locator(f"#comment-{waiting[0].pk}")).to_be_focused()
    return page


def state(comment):
    comment.refresh_from_db()
    return comment.state


def focused(page, comment):
    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()


def number(page, text):
    expect(page.locator(".queue-tabs [aria-current] .desk-count")).to_have_text(text)


def test_one_after_the_other(desk, waiting):
    one, two, three, four, five, six = waiting
    desk.keyboard.press("a")
    expect(desk.locator(f"#comment-{one.pk}")).to_have_count(0)
    focused(desk, two)
    number(desk, "5")
    desk.keyboard.press("r")
    desk.keyboard.press("3")
    expect(desk.locator(f"#comment-{two.pk}")).to_have_count(0)
    focused(desk, three)
    desk.keyboard.press("j")
    focused(desk, four)
    desk.keyboard.press("s")
    expect(desk.locator(f"#comment-{four.pk}")).to_have_count(0)
    focused(desk, five)
    desk.keyboard.press("k")
    focused(desk, three)
    number(desk, "3")
    assert [state(comment) for comment in (one, two, four)] == [State.VISIBLE, State.REJECTED, State.SPAM]
    assert two.reason == "false"
    desk.keyboard.press("u")
    expect(desk.locator(f"#comment-{four.pk}")).to_be_visible()
    number(desk, "4")
    assert state(four) == State.PENDING and state(six) == State.PENDING


def test_a_range_is_ticked_and_decided_at_once(desk, waiting):
    desk.keyboard.press("x")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("Shift+X")
    expect(desk.locator("[name=seen]:checked")).to_have_count(3)
    expect(desk.locator("[data-ticked]")).to_contain_text("3")
    desk.locator("#bulk-verb").press("End")
    desk.locator("#bulk-verb").select_option("spam")
    desk.locator("#bulk button").press("Enter")
    expect(desk.locator("[data-card]")).to_have_count(3)
    number(desk, "3")
    assert Comment.objects.filter(state=State.SPAM).count() == 3


def test_who_was_slower_sees_who_was_first_and_may_insist(desk, waiting, cast):
    moderation.mark_spam(waiting[0].pk, 1, make_user("chief", first_name="Mai"))
    desk.keyboard.press("a")
    card = desk.locator(f"#comment-{waiting[0].pk}")
    expect(card.locator(".card-problem")).to_contain_text("Mai")
    focused(desk, waiting[0])
    assert state(waiting[0]) == State.SPAM
    desk.keyboard.press("a")
    expect(card).to_have_count(0)
    assert state(waiting[0]) == State.VISIBLE


def test_without_the_network_the_card_stays(desk, waiting):
    desk.context.set_offline(True)
    desk.keyboard.press("a")
    expect(desk.locator("#queue-said .card-problem")).to_be_visible()
    focused(desk, waiting[0])
    desk.context.set_offline(False)
    desk.keyboard.press("a")
    expect(desk.locator(f"#comment-{waiting[0].pk}")).to_have_count(0)


def test_keys_are_explained(desk):
    desk.keyboard.press("?")
    expect(desk.locator("#keys[open]")).to_contain_text("Duyệt")
    expect(desk.locator("#keys[open]")).to_contain_text("Hoàn tác việc vừa làm")
