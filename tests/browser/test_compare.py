"""Two versions compared in a real browser: chosen in the history, read in both ways, walked by keyboard, restored."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import expect

from articles import writing
from articles.models import BylineRef, PictureRef
from tests.browser.conftest import sideways
from tests.builders import make_author, make_draft, make_image, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(cast):
    """Two versions: another headline, other words in a paragraph, another picture, another byline."""
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    lake, bridge = make_image("Hồ Gươm", alt="Mặt hồ"), make_image("Cầu Long Biên", alt="Nhịp cầu")
    body = f'<p>Phố dài 1,2 km.</p><figure class="image" data-image="{lake.pk}"><figcaption>Hồ</figcaption></figure>'
    story = make_draft(cast.rita, headline="Phố đi bộ mở cửa", body=body, image=lake)
    text = replace(
        story.working_revision.snapshot,
        headline="Phố đi bộ đóng cửa",
        body=f'<p>Phố dài 1,5 km.</p><figure class="image" data-image="{bridge.pk}"></figure>',
        picture=PictureRef(bridge.pk),
        bylines=(BylineRef(make_author("Lê An").pk),),
    )
    writing.save_text(story, text, by=cast.rita, version=story.version)
    return story


@pytest.fixture
def page(sign_in, live_server, story):
    """The comparison, reached from the history as an editor reaches it."""
    page = sign_in("rita")
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/history/")
    page.get_by_role("button", name="So sánh hai phiên bản đã chọn").click()
    page.wait_for_url("**/so-sanh/1/2/")
    return page


def test_side_by_side_then_in_one_text(page):
    headline = page.locator(".compare-headline")
    old, new = headline.locator(".compare-side").all()
    assert "mở" in old.locator("del").inner_text() and "đóng" not in old.inner_text()
    assert "đóng" in new.locator("ins").inner_text() and "mở" not in new.inner_text()
    assert old.bounding_box()["x"] < new.bounding_box()["x"]
    page.get_by_role("link", name="Liền mạch").click()
    page.wait_for_url("**cach=lien-mach")
    assert headline.locator(".compare-side").count() == 0
    assert "mở" in headline.locator("del").inner_text() and "đóng" in headline.locator("ins").inner_text()
    page.get_by_role("link", name="Cạnh nhau").click()
    expect(headline.locator(".compare-side")).to_have_count(2)


@pytest.mark.parametrize("way", ["canh-nhau", "lien-mach"])
def test_pictures_and_bylines_stand_in_the_comparison(page, way):
    page.goto(page.url.partition("?")[0] + f"?cach={way}")
    lead = page.locator(".compare-picture")
    assert lead.locator(".is-removed img").get_attribute("alt") == "Mặt hồ"
    assert lead.locator(".is-added img").get_attribute("alt") == "Nhịp cầu"
    inside = page.locator(".compare-body .block-picture")
    assert {image.get_attribute("alt") for image in inside.locator("img").all()} == {"Mặt hồ", "Nhịp cầu"}
    bylines = page.locator(".compare-bylines")
    assert "Nguyễn Mai" in bylines.locator("del").inner_text() and "Lê An" in bylines.locator("ins").inner_text()


def test_the_changes_are_walked_by_keyboard_and_the_old_text_comes_back(page, story):
    page.get_by_role("link", name="đến thay đổi đầu tiên").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#thay-doi-1")
    for number in (2, 3):
        page.locator(f"#thay-doi-{number - 1} > .compare-steps a[aria-label='thay đổi sau']").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#thay-doi-{number}")
        expect(page.locator(f"#thay-doi-{number}")).to_be_in_viewport()
    page.get_by_role("button", name="Khôi phục phiên bản 1").press("Enter")
    page.wait_for_selector(".messagelist .success")
    story.refresh_from_db()
    assert story.working_revision.number == 3
    assert story.working_revision.snapshot == story.revisions.get(number=1).snapshot


def test_on_a_phone_it_fits(page):
    page.set_viewport_size({"width": 375, "height": 800})
    for way in ("canh-nhau", "lien-mach"):
        page.goto(page.url.partition("?")[0] + f"?cach={way}")
        assert sideways(page) <= 0
