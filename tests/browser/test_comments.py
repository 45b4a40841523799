"""Comments in place with JavaScript, and all of it by plain forms without."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, State
from tests.builders import make_article, make_publication
from tests.comments.voices import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOUD = "ĐỀ NGHỊ THÀNH PHỐ LÀM NGAY CON ĐƯỜNG NÀY"


@pytest.fixture
def story():
    make_publication()
    story = make_article()
    load(story, State.VISIBLE, State.VISIBLE)
    return story


def fill(page, body):
    page.fill("#comment-body", body)
    page.fill("#comment-name", "Lê Thị Hà")
    page.fill("#comment-email", "ha@example.com")
    page.check("#comment-consent")
    page.click(".comment-form [type=submit]")


def test_in_place(page, live_server, story):
    page.goto(live_server.url + story.get_absolute_url())
    like = page.locator(".comment-like").first
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like.locator(".comment-likes")).to_have_text("1")
    fill(page, LOUD)
    asked = page.locator("#comment-step [role=alert]")
    expect(asked).to_be_focused()
    assert page.url.endswith(story.get_absolute_url())
    page.reload()
    expect(page.locator("#comment-body")).to_have_value(LOUD)  # the draft is kept
    fill(page, "Bài viết rất hay")
    expect(page.locator("#comment-draft-title")).to_be_focused()
    page.locator("#comment-step .comment-button").first.click()
    expect(page.locator("#comment-sent")).to_be_focused()
    assert Comment.objects.filter(body="Bài viết rất hay").count() == 1


def test_without_scripts(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + story.get_absolute_url())
    page.locator(".comment-like").first.click()
    assert "?c=" in page.url and page.locator(".comment-likes", has_text="1").count() == 1
    page.goto(live_server.url + story.get_absolute_url())
    fill(page, "Bài viết rất hay")
    page.locator(".comment-button").first.click()
    assert page.locator("#comment-sent").count() == 1 and Comment.objects.filter(body="Bài viết rất hay").exists()
    context.close()
