"""The board of the home page by mouse and by keyboard: drag, arrow keys, finding a story, launching, a clash."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from articles import arranging
from articles.models import Arrangement, Filling, Slot
from tests import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stories(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    builders.make_publication()
    made = [builders.make_article(published_at=builders.hours(-n - 1)) for n in range(8)]
    return [*made, builders.make_article(headline="Cầu Long Biên", published_at=builders.hours(-99))]


@pytest.fixture
def board(page, live_server, stories):
    page.goto(f"{live_server.url}/admin/login/?next=/admin/articles/front/0/")
    page.fill("[name=username]", "pia")
    page.fill("[name=password]", builders.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("[data-board]")
    return page


def chosen():
    return {place: slot.key for place, slot in arranging.front_of(None).drafted.slots.items()}


def stands(page, place, story):
    """Wait until the board shows a chosen story in a place."""
    page.wait_for_selector(f"#{place}.is-arranged[data-story='{story.pk}']")


def test_dragging_between_places_and_from_the_list(board, stories):
    board.drag_and_drop("#beside-2 h3", "#lead-1 .board-where")
    stands(board, "lead-1", stories[2])
    board.fill("[name=q]", "long bien")
    offer = board.locator(f".board-offer[data-story='{stories[8].pk}']")
    offer.wait_for()
    offer.locator("strong").drag_to(board.locator("#under-1 .board-where"))
    stands(board, "under-1", stories[8])
    assert chosen() == {"lead-1": stories[2].pk, "under-1": stories[8].pk}


def test_arrow_keys_move_a_story_and_keep_the_focus(board, stories):
    board.focus("#lead-1 [data-handle]")
    board.keyboard.press("ArrowDown")
    stands(board, "beside-1", stories[0])
    assert board.evaluate("document.activeElement.dataset.focus") == "handle-beside-1"
    assert "Cạnh tin chính 1" in board.text_content("[data-board-voice]")
    board.keyboard.press("ArrowDown")
    stands(board, "beside-2", stories[0])
    assert chosen() == {"beside-2": stories[0].pk}


def test_launch_and_undo_by_keyboard(board, stories, live_server):
    board.focus("#beside-1 button[value=up]")
    board.keyboard.press("Enter")
    stands(board, "lead-1", stories[1])
    board.focus("button[value=launch]")
    board.keyboard.press("Enter")
    board.wait_for_selector("button[value=undo]")
    assert arranging.front_of(None).live_arrangement.at("lead-1").key == stories[1].pk
    board.focus("button[value=undo]")
    board.keyboard.press("Enter")
    board.wait_for_selector("button[value=undo]", state="detached")
    assert arranging.front_of(None).live_arrangement == Arrangement(removed=())


def test_a_clash_shows_both_and_can_be_repeated(board, cast, stories):
    arranging.save_draft(None, Arrangement({"lead-1": Slot(Filling.STORY, stories[7].pk)}), by=cast.cora, version=0)
    board.drag_and_drop("#beside-2 h3", "#under-1 .board-where")
    board.wait_for_selector("[role=alert]")
    assert "cora" in board.text_content("[role=alert]")
    stands(board, "lead-1", stories[7])
    assert chosen() == {"lead-1": stories[7].pk}
    board.click("[role=alert] button")
    stands(board, "under-1", stories[2])
    assert chosen() == {"lead-1": stories[7].pk, "under-1": stories[2].pk}
