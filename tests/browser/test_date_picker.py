"""The calendar of the date picker in a real browser, by keyboard alone."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from newsroom.lib import dates
from tests.builders import make_article, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def stories(transactional_db):
    make_publication()
    for month, day in ((1, 8), (1, 12), (1, 12), (3, 2)):
        make_article(datetime(2021, month, day, 9, tzinfo=dates.TZ), headline=f"Tin ngày {day}")


def on_day(page, day):
    square = page.locator(f"[data-day='{day}']")
    expect(square).to_be_focused()
    return square


@pytest.mark.parametrize("width", [320, 1280])
def test_by_keyboard(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(f"{live_server.url}/luu-tru/2021/01/12/")
    opener = page.locator(".date-picker-open")
    opener.focus()
    page.keyboard.press("Enter")
    expect(on_day(page, "2021-01-12")).to_have_attribute("aria-label", re.compile("2 tin"))
    steps = [
        ("ArrowRight", "2021-01-13"),
        ("ArrowDown", "2021-01-20"),
        ("Home", "2021-01-18"),
        ("End", "2021-01-24"),
        ("PageDown", "2021-02-24"),
        ("PageUp", "2021-01-24"),
        ("Shift+PageDown", "2022-01-24"),
        ("Shift+PageUp", "2021-01-24"),
        ("PageUp", "2021-01-08"),  # no further than the first story
        ("ArrowRight", "2021-01-09"),
    ]
    for key, day in steps:
        page.keyboard.press(key)
        on_day(page, day)
    page.keyboard.press("Enter")  # no stories on this day: nothing happens
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    on_day(page, "2021-01-12")
    for day in (11, 10, 9):
        page.keyboard.press("ArrowLeft")
        on_day(page, f"2021-01-{day:02d}")
    page.keyboard.press("ArrowLeft")
    on_day(page, "2021-01-08")
    page.keyboard.press("Enter")
    page.wait_for_url("**/luu-tru/2021/01/08/")
    assert page.get_by_text("Tin ngày 8").is_visible()


def test_nearest_days_with_stories(page, live_server):
    page.goto(f"{live_server.url}/luu-tru/2021/01/12/")
    page.locator(".date-picker-open").click()
    on_day(page, "2021-01-12")
    later, earlier = page.locator("[data-nearest=later]"), page.locator("[data-nearest=earlier]")
    later.click()
    on_day(page, "2021-03-02")
    assert later.get_attribute("aria-disabled") == "true"
    earlier.click()
    on_day(page, "2021-01-12")
    page.locator("[data-day='2021-01-08']").click()
    page.wait_for_url("**/luu-tru/2021/01/08/")
