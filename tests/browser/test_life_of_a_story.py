"""The life of a story in a real browser: typed into the editor, through every hand, read on a phone, commented on."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from newsroom.lib import dates
from tests.builders import PASSWORD, make_author, make_image, make_publication, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADLINE = "Đường đi đến Đà Nẵng: chuyến tàu sớm rời ga Hà Nội"
TYPED = "Ga Hà Nội nhộn nhịp từ 5 giờ sáng; ướt át mà ấm áp: ế, ộ, ữ, ẫy, đ."
WORDS = "Chuyến tàu này bao giờ có vé Tết?"


@pytest.fixture
def paper(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    make_section("Đô thị")
    make_author("Nguyễn Mai")
    return make_image()


def sign_in(page, site, name):
    page.context.clear_cookies()
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{site}/admin/")


def press(page, site, name, verb):
    """Sign in as this person, open the one story and press the button of the verb."""
    sign_in(page, site, name)
    page.goto(f"{site}/admin/articles/article/{Article.objects.get().pk}/change/")
    page.click(f"button[name=_verb][value={verb}]")
    page.wait_for_selector(".messagelist .success")


def write_story(page, site):
    sign_in(page, site, "rita")
    page.goto(f"{site}/admin/articles/article/add/")
    page.fill("[name=headline]", HEADLINE)
    page.fill("[name=lead]", "Sáng nay, chuyến tàu đầu tiên rời ga với hơn 300 hành khách.")
    page.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type(TYPED)
    page.click(".cke_button__figure")
    page.locator("[data-picture]").first.click()
    page.wait_for_function("() => document.querySelector('.cke_wysiwyg_div figure img') !== null")
    page.click("[data-choose]")
    page.locator("[data-picture]").first.click()
    page.select_option("[name=primary_section]", label="Đô thị")
    page.locator("[name=byline_rows-author]").first.select_option(label="Nguyễn Mai")
    page.fill("[name=tag_names]", "Đường sắt")
    page.click("button[name=_save]")
    page.wait_for_selector(".messagelist .success")


def comment(page, site, address):
    page.goto(address)
    page.fill("[name=name]", "Trần Bình")
    page.fill("[name=email]", "binh@example.org")
    page.fill("textarea[name=body]", WORDS)
    page.check("[name=consent]")
    page.click(".comment-form [type=submit]")
    page.locator("#comment-step .comment-button").first.click()
    expect(page.locator("#comment-sent")).to_be_focused()
    page.goto(f"{site}/binh-luan/cua-toi/")
    assert WORDS in page.content()


def test_from_the_editor_to_the_moderator(page, live_server, paper):
    site = live_server.url
    page.set_viewport_size({"width": 1280, "height": 900})
    write_story(page, site)
    for name, verb in [("rita", "submit"), ("ed", "take"), ("ed", "forward"), ("pia", "approve"), ("pia", "publish")]:
        press(page, site, name, verb)

    page.context.clear_cookies()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{site}/")
    page.get_by_role("link", name=HEADLINE).first.click()
    article = Article.objects.get()
    address = f"{site}{article.get_absolute_url()}"
    assert page.url == address
    assert page.locator("h1").inner_text() == HEADLINE
    assert TYPED in page.locator("main").inner_text(), Article.objects.get().body
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.context.cookies() == [], "who only reads gets no cookie"

    today = dates.local(timezone.now()).date()
    picker = page.locator("form:has([name=ngay])").first
    picker.locator("[name=ngay]").fill(str(today.day))
    picker.locator("[name=thang]").fill(str(today.month))
    picker.locator("[name=nam]").fill(str(today.year))
    picker.locator("[name=nam]").press("Enter")
    page.wait_for_url(f"{site}/luu-tru/{today:%Y/%m/%d}/")
    assert page.get_by_role("link", name=HEADLINE).count() >= 1

    comment(page, site, address)
    page.context.clear_cookies()
    page.goto(address)
    assert WORDS not in page.content()
    assert "Bình luận (0)" in page.content()

    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, site, "mo")
    page.goto(f"{site}/admin/comments/comment/")
    card = page.locator("[data-card]").filter(has_text=WORDS)
    card.locator("button[value=approve]").click()
    expect(card).to_have_count(0)
    page.context.clear_cookies()
    page.goto(address)
    assert WORDS in page.content()
    assert re.search(r"Bình luận \(1\)", page.content())
