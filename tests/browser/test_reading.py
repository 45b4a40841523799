"""Reading in a real browser: a page that is looked at counts once; a reload, a glance and a preview do not."""

import re

import pytest

from articles import counting, readership
from articles.models import ReadCount
from tests import builders
from tests.articles.readers import PHONE, counted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args):
    """A reader's browser: Chromium driven by a test calls itself headless, which is a robot."""
    return {**browser_context_args, "user_agent": PHONE}


@pytest.fixture
def story():
    return builders.make_article(published_at=builders.hours(-2))


def look(page, seconds):
    page.clock.run_for(seconds * 1000)
    page.wait_for_load_state("networkidle")
    counting.flush()


def test_reading_counts_once(page, live_server, story):
    page.clock.install()
    page.goto(live_server.url + story.get_absolute_url())
    look(page, 8)
    assert counted() == {}, "a glance"
    with page.expect_request("**/doc/*/") as told:
        page.clock.run_for(3000)
    assert told.value.response().status == 204
    look(page, 60)
    assert counted() == {story.pk: 1}
    page.reload()
    with page.expect_request("**/doc/*/") as told:
        page.clock.run_for(11_000)
    assert told.value.response().status == 204
    look(page, 60)
    assert counted() == {story.pk: 1}
    assert page.context.cookies() == []


def test_tabs_change_the_list_by_keyboard(page, live_server, story):
    others = [story, *(builders.make_article(published_at=builders.hours(-3)) for _ in range(3))]
    now = readership.hour_of(builders.hours(0))
    for place, each in enumerate(others):
        ReadCount.objects.create(article=each, hour=now, count=9 - place)
        ReadCount.objects.create(article=each, hour=now - 30, count=90 * place + 1)
    readership.rank_due()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(live_server.url)
    day, week = page.locator(".most-read-list.window-24h"), page.locator(".most-read-list.window-7d")
    assert (day.is_visible(), week.is_visible()) == (True, False)
    page.get_by_role("radio", name="24 giờ").focus()
    page.keyboard.press("ArrowRight")
    assert (day.is_visible(), week.is_visible()) == (False, True)
    assert re.search(re.escape(others[-1].headline), week.locator("li").first.inner_text())
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
