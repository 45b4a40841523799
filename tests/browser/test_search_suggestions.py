"""Suggestions under the search boxes in a real browser: by keyboard, by pointer, and when the network fails."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.builders import make_article, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADLINES = (
    "Sửa cầu Long Biên trước mùa mưa",
    "Long Biên thêm một tuyến phố đi bộ dài, có nhiều cây xanh và ghế nghỉ",
)


@pytest.fixture(autouse=True)
def stories(transactional_db):
    make_publication()
    for headline in HEADLINES:
        make_article(headline=headline)


@pytest.fixture(params=[(375, "#q"), (1280, "#search-box")])
def box(page, live_server, request):
    """The box of the masthead; on a phone that is a button, which leads to the box of the search page."""
    width, name = request.param
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(live_server.url)
    if width < 768:
        page.locator(".search-box button").click()
        page.wait_for_url("**/tim-kiem/**")
    return page.locator(name)


def options(page):
    return page.locator(".suggestions:not([hidden]) [role=option]")


def test_by_keyboard(page, box):
    box.press_sequentially("long b")
    expect(options(page)).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box.locator("xpath=../*[@role='status']")).to_contain_text("2 gợi ý")
    chosen = page.locator(".suggestions [aria-selected=true]")
    for key, headline in (
        ("ArrowDown", HEADLINES[1]),
        ("ArrowDown", HEADLINES[0]),
        ("ArrowDown", None),  # back to the reader's own words
        ("ArrowUp", HEADLINES[0]),
    ):
        page.keyboard.press(key)
        if headline is None:
            expect(chosen).to_have_count(0)
            assert box.get_attribute("aria-activedescendant") is None
        else:
            expect(chosen).to_contain_text(headline)
            assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("long b")
    page.keyboard.press("ArrowDown")  # opens the list again
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{Article.objects.get(headline=HEADLINES[1]).get_absolute_url()}")


def test_enter_without_a_choice_searches_for_the_words(page, box):
    box.press_sequentially("long b")
    expect(options(page)).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=long+b*")


def test_by_pointer(page, box):
    box.press_sequentially("caauf")
    options(page).click()
    page.wait_for_url("**/sua-cau-long-bien-*.html")


def test_only_the_last_answer_counts(page, box):
    page.route("**/goi-y/?q=lo", lambda route: page.wait_for_timeout(600) or route.continue_())
    box.press_sequentially("lo", delay=10)
    page.wait_for_timeout(250)
    box.press_sequentially("ng bien them", delay=10)
    expect(options(page)).to_have_count(1)
    page.wait_for_timeout(700)
    expect(options(page)).to_have_count(1)


def test_a_dead_network_leaves_the_form(page, box):
    page.route("**/goi-y/**", lambda route: route.abort())
    box.press_sequentially("long b")
    page.wait_for_timeout(500)
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=long+b*")


def test_the_box_of_the_search_page_suggests_too(page, live_server):
    page.goto(f"{live_server.url}/tim-kiem/?q=ha")
    page.locator("#q").fill("cau")
    expect(page.get_by_role("listbox", name="Gợi ý")).to_have_count(1)
    expect(options(page)).to_have_count(1)
