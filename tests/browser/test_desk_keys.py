"""The desk by keyboard alone: the overlay, going places, the list, saving and moving a story on, saved views."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import expect

from articles.models import Article, DeskNotice, SavedView, Stage
from tests.builders import PASSWORD, make_draft, make_image, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    return make_draft(cast.rita, headline="Tít ban đầu", image=make_image())


@pytest.fixture
def desk(page, live_server, story):
    """Sign in as somebody, and go to a page of the desk."""

    def sign_in(name, path=""):
        page.goto(f"{live_server.url}/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{live_server.url}/admin/")
        if path:
            page.goto(f"{live_server.url}/admin/articles/article/{path}")
        return page

    return sign_in


def put(story, stage):
    Article.objects.filter(pk=story.pk).update(stage=stage)
    return f"{story.pk}/change/"


def open_editor(page):
    page.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.locator(".cke_wysiwyg_div").click()


def stage_of(story):
    story.refresh_from_db()
    return story.stage


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_a_question_mark_shows_the_keys_of_the_page_and_letters_lead_places(desk, live_server):
    page = desk("pia")
    page.keyboard.press("?")
    overlay = page.locator("#keys[open]")
    assert "Bàn làm việc" in overlay.inner_text() and "Lịch" in overlay.inner_text()
    page.keyboard.press("Escape")
    overlay.wait_for(state="hidden")
    for keys, path in (("gl", "articles/article/"), ("gc", "articles/article/lich/"), ("gd", "")):
        page.keyboard.press(keys[0])
        page.keyboard.press(keys[1])
        page.wait_for_url(f"{live_server.url}/admin/{path}")
    page.keyboard.press("n")
    page.wait_for_url("**/article/add/")


def test_the_overlay_of_a_story_names_its_verbs(desk, story):
    page = desk("rita", put(story, Stage.DRAFT))
    page.locator(".keys-button").click()
    words = page.locator("#keys[open]").inner_text()
    for key, label in (("Ctrl+S", "Lưu"), ("Ctrl+Enter", "Gửi biên tập"), ("p", "Xem trước"), ("h", "Lịch sử")):
        assert key in words and label in words
    save = page.locator("[name=_save]")
    assert (save.get_attribute("aria-keyshortcuts"), save.get_attribute("title")) == ("Control+S", "(Ctrl+S)")


def test_the_list_is_gone_through_with_letters(desk, story, cast):
    other = make_draft(cast.rita, headline="Tít thứ hai")
    page = desk("pia", "")
    page.goto(page.url + "articles/article/")
    page.keyboard.press("j")
    assert focused(page) == "Tít thứ hai"
    page.keyboard.press("j")
    assert focused(page) == "Tít ban đầu"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{other.pk}/change/")
    page.go_back()
    page.keyboard.press("/")
    page.keyboard.type("gl jk n?")
    assert page.input_value("#searchbar") == "gl jk n?", "where one types letters are letters"


def test_ctrl_s_saves_and_ctrl_enter_sends_from_inside_the_editor(desk, story):
    page = desk("rita", put(story, Stage.DRAFT))
    open_editor(page)
    page.keyboard.type("gd n? Câu mới. ")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    story.refresh_from_db()
    assert "gd n? Câu mới." in story.working_revision.snapshot.body
    open_editor(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".stage-submitted.is-here")
    assert stage_of(story) == Stage.SUBMITTED
    assert "<p></p>" not in story.working_revision.snapshot.body


def test_publishing_by_keys_asks_first(desk, story):
    page = desk("pia", put(story, Stage.APPROVED))
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.keyboard.press("Control+Enter")
    assert asked == ["Xuất bản: bạn có chắc không?"] and stage_of(story) == Stage.APPROVED
    page.once("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".messagelist .success")
    assert stage_of(story) == Stage.DONE


def test_in_another_form_of_the_page_ctrl_enter_moves_no_story(desk, story):
    page = desk("rita", put(story, Stage.DRAFT))
    page.locator(".story-notes summary").first.click()
    page.locator(".story-notes textarea").fill("Ghi chú dở")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+s")
    assert page.locator(".story-notes textarea").input_value() == "Ghi chú dở"
    assert stage_of(story) == Stage.DRAFT


def test_letters_can_be_switched_off(desk, live_server, story):
    page = desk("rita")
    page.goto(f"{live_server.url}/admin/tai-khoan/")
    page.locator("button[name=letters]").press("Enter")
    page.wait_for_selector("button[name=letters][value=on]")
    page.goto(f"{live_server.url}/admin/articles/article/{put(story, Stage.DRAFT)}")
    for key in ("?", "n", "h", "g", "l"):
        page.keyboard.press(key)
    assert page.locator("#keys[open]").count() == 0 and page.url.endswith("/change/")
    assert page.locator(".object-tools [data-keys=h]").get_attribute("aria-keyshortcuts") is None
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")


def test_notices_are_marked_by_keyboard_and_one_goes_on_from_there(desk, live_server, story, cast):
    for words in ("một", "hai", "ba"):
        row = {"user": cast.rita, "kind": "mentioned", "article": story, "text": words}
        DeskNotice.objects.create(**row, at=story.created_at)
    page = desk("rita")
    page.goto(f"{live_server.url}/admin/articles/article/thong-bao/")
    for left in (2, 1):
        page.keyboard.press("j")
        page.keyboard.press("r")
        expect(page.locator(".is-unread")).to_have_count(left)
    assert list(DeskNotice.objects.filter(read_at=None).values_list("text", flat=True)) == ["một"]


def test_a_view_is_saved_opened_moved_and_deleted_by_keyboard(desk, live_server, story, cast):
    SavedView.objects.create(owner=cast.pia, name="Bản nháp", query="stage=draft", position=1)
    page = desk("pia")
    page.goto(f"{live_server.url}/admin/articles/article/?stage=review")
    page.locator(".view-save summary").press("Enter")
    page.wait_for_function("document.activeElement.name === 'name'")
    page.keyboard.type("Chờ duyệt")
    page.keyboard.press("Enter")
    page.wait_for_selector(".view-tabs [aria-current]")
    assert page.locator(".view-tabs [aria-current]").inner_text() == "Chờ duyệt"
    page.locator(".view-keep a").press("Enter")
    page.locator("button[value=up]").press("Enter")
    page.wait_for_url("**#view-*")
    assert [row.name for row in SavedView.objects.all()] == ["Chờ duyệt", "Bản nháp"]
    page.locator("button[value=delete]").first.press("Enter")
    page.locator(".view-undo button").press("Enter")
    page.wait_for_selector(".view-undo", state="hidden")
    assert SavedView.objects.filter(deleted_at=None).count() == 2
