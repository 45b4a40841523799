"""Preview in a real browser: what is typed and not saved, as wide as a phone and a desktop; a link for an outsider."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from articles.models import Article, PreviewAnswer
from tests.builders import PASSWORD, make_draft, make_image, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "Chưa lưu: ga Hà Nội đón chuyến tàu đầu tiên trong năm"


@pytest.fixture
def story(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    return make_draft(by=cast.rita, headline="Tít đã lưu", image=make_image())


@pytest.fixture
def desk(page, live_server, story):
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("[name=username]", "rita")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_server.url}/admin/")
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    return page


def preview(desk):
    """Press the button; the tab that opens, with the document inside the frame."""
    with desk.context.expect_page() as opened:
        desk.click("button[name=_preview]")
    tab = opened.value
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.wait_for_selector(".preview-frame")
    frame = tab.frame_locator(".preview-frame")
    frame.locator("h1").wait_for()
    return tab, frame


def sideways(frame):
    return frame.locator("html").evaluate("page => page.scrollWidth - page.clientWidth")


def test_unsaved_text_on_every_width(desk, story):
    desk.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")
    desk.fill("[name=headline]", TYPED)
    desk.locator(".cke_wysiwyg_div").click()
    desk.keyboard.type("Chữ vừa gõ trong khung soạn. ")
    tab, frame = preview(desk)
    assert frame.locator("h1").inner_text() == TYPED
    assert "Chữ vừa gõ trong khung soạn." in frame.locator(".article-body").inner_text()
    for device, width in (("tablet", 768), ("desktop", 1280), ("phone", 375)):
        tab.click(f"label[for=width-{device}]")
        assert frame.locator("html").evaluate("() => innerWidth") in (width, width - 2)
        assert sideways(frame) <= 0
    font = frame.locator("h1").evaluate("title => getComputedStyle(title).fontFamily")
    assert font.startswith('"Newsroom Headline"'), "the page has its own styles under the policy of the desk"
    tab.close()
    assert desk.input_value("[name=headline]") == TYPED, "the form keeps what was typed"
    story.refresh_from_db()
    assert story.desk_headline == "Tít đã lưu" and story.revisions.count() == 1


def test_leaving_after_a_preview_still_warns(desk):
    desk.fill("[name=headline]", TYPED)
    tab, _frame = preview(desk)
    tab.close()
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto("about:blank")
    assert asked == ["beforeunload"]


def test_without_scripts(browser, desk, live_server, story):
    context = browser.new_context(java_script_enabled=False, storage_state=desk.context.storage_state())
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    page.fill("[name=headline]", TYPED)
    with context.expect_page() as opened:
        page.click("button[name=_preview]")
    frame = opened.value.frame_locator(".preview-frame")
    assert frame.locator("h1").inner_text() == TYPED
    opened.value.click("label[for=width-desktop]")
    assert opened.value.locator(".preview-frame").bounding_box()["width"] > 1200
    context.close()


def test_a_link_for_somebody_without_an_account(browser, desk, live_server, settings):
    settings.SITE_URL = live_server.url
    desk.fill("#share-note", "Luật sư Hà")
    desk.click(".share-form button")
    address = desk.locator(".preview-address [readonly]").input_value()
    context = browser.new_context(viewport={"width": 375, "height": 800})
    visitor = context.new_page()
    visitor.goto(address)
    assert visitor.locator("h1").inner_text() == "Tít đã lưu"
    assert visitor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert context.cookies() == []
    visitor.fill("[name=name]", "Hà")
    visitor.check("[value=approval]")
    visitor.click("#answer-form button")
    visitor.click("button[form=answer-form]")
    visitor.wait_for_url("**/?da-gui=1")
    assert PreviewAnswer.objects.get().verdict == "approval"
    context.close()
    desk.reload()
    assert "Hà" in desk.locator(".preview-said").inner_text()
    desk.click(".preview-address form button")
    desk.locator(".preview-link", has_text="đã thu hồi").wait_for()
    assert desk.request.get(address).status == 410
    assert Article.objects.count() == 1
