"""Writing aids in a real browser: remarks while one types, a press that mends, its undo, and what is then saved."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import expect

from tests.builders import PASSWORD, make_draft, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 10_000  # milliseconds


@pytest.fixture
def story(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    return make_draft(cast.rita, headline="Tít", lead="Sapo", body="<p>Chữ <strong>tieengs</strong> Vieetj ở đây.</p>")


@pytest.fixture
def desk(page, live_server, story):
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("[name=username]", "rita")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_server.url}/admin/")
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    page.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")
    return page


def remark(page, there):
    return page.locator(f'[data-remark][data-there="{there}"]')


def body(page):
    return page.locator(".cke_wysiwyg_div").inner_html()


def text_of(story):
    story.refresh_from_db()
    return story.working_revision.snapshot


def save(page):
    page.click("button[name=_save]")
    page.wait_for_selector(".messagelist .success")


def test_type_see_mend_undo_save_in_a_line_of_text(desk, story):
    desk.fill("[name=headline]", "Học tieengs Vieetj")
    row = remark(desk, "tieengs Vieetj").filter(has_text="Học")
    expect(row).to_be_visible(timeout=SOON)
    expect(row.locator("mark")).to_have_text("tieengs Vieetj")
    expect(desk.locator("[data-aids-count]")).to_have_text("2")
    row.locator("[data-mend-one]").click()
    assert desk.input_value("[name=headline]") == "Học tiếng Việt"
    expect(desk.locator("[data-aids-said]")).to_contain_text("Đã sửa")
    expect(row).to_have_count(0, timeout=SOON)
    expect(desk.locator("[data-mend-one]:focus")).to_have_count(1)  # the next remark, in the text
    desk.keyboard.press("Control+z")
    assert desk.input_value("[name=headline]") == "Học tieengs Vieetj"
    expect(row).to_be_visible(timeout=SOON)
    row.locator("[data-mend-one]").click()
    expect(row).to_have_count(0, timeout=SOON)
    save(desk)
    assert text_of(story).headline == "Học tiếng Việt"
    assert "tieengs" in text_of(story).body, "what was not pressed stays"


def test_in_the_editor_a_mend_keeps_the_markup_and_is_one_step_to_undo(desk, story):
    row = remark(desk, "tieengs Vieetj")
    row.locator("[data-mend-one]").click()
    assert "<strong>tiếng</strong> Việt ở đây" in body(desk)
    expect(row).to_have_count(0, timeout=SOON)
    expect(desk.locator("#aids-title")).to_be_focused()
    desk.locator(".cke_wysiwyg_div").click()
    desk.keyboard.press("Control+z")
    assert "<strong>tieengs</strong> Vieetj ở đây" in body(desk)
    expect(row).to_be_visible(timeout=SOON)
    row.locator("[data-mend-one]").click()
    expect(row).to_have_count(0, timeout=SOON)
    save(desk)
    assert text_of(story).body == "<p>Chữ <strong>tiếng</strong> Việt ở đây.</p>"


def test_all_of_a_kind_an_ignored_one_and_the_way_to_a_place(desk, story):
    desk.locator(".cke_wysiwyg_div").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Toàn khoá hoà bình, nhaf cuar toooi.")
    expect(remark(desk, "khoá")).to_be_visible(timeout=SOON)
    remark(desk, "hoà").locator("[data-ignore]").click()
    expect(remark(desk, "hoà")).to_be_hidden()
    remark(desk, "khoá").locator("[data-jump]").click()
    assert desk.evaluate("String(getSelection())") == "khoá"
    desk.fill("[name=lead]", "Một khoá")
    expect(remark(desk, "khoá")).to_have_count(2, timeout=SOON)
    expect(remark(desk, "hoà")).to_be_hidden()
    desk.locator("[data-group]").filter(has=remark(desk, "khoá")).locator("[data-mend-all]").click()
    assert desk.input_value("[name=lead]") == "Một khóa"
    assert "Toàn khóa hoà bình" in body(desk), "what is ignored is left out"
    expect(remark(desk, "khoá")).to_have_count(0, timeout=SOON)


def test_a_place_that_has_moved_is_not_mended(desk, story):
    row = remark(desk, "tieengs Vieetj")
    desk.route("**/soat-loi/", lambda route: route.abort())
    desk.evaluate("CKEDITOR.instances.id_body.setData('<p>Chữ tieengs Vieetj ở kia.</p>')")
    desk.wait_for_timeout(300)
    row.locator("[data-mend-one]").click()
    assert "tieengs Vieetj" in body(desk)
    expect(desk.locator("[data-aids-said]")).to_contain_text("vừa thay đổi")


def test_enter_in_a_line_of_text_only_saves(desk, story):
    desk.fill("[name=subheadline]", "Tít phụ")
    desk.press("[name=subheadline]", "Enter")
    desk.wait_for_selector(".messagelist .success")
    assert (text_of(story).subheadline, text_of(story).body.count("tieengs")) == ("Tít phụ", 1)
    story.refresh_from_db()
    assert story.stage == "draft"


def test_without_scripts_the_buttons_save_and_mend(browser, browser_context_args, desk, live_server, story):
    context = browser.new_context(
        **browser_context_args, java_script_enabled=False, storage_state=desk.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    expect(page.locator("[data-ignore]").first).to_be_hidden()
    page.fill("[name=lead]", "Sapo mới")
    page.locator("[data-mend-one]").first.click()
    page.wait_for_selector(".messagelist .success")
    assert text_of(story).body == "<p>Chữ <strong>tiếng</strong> Việt ở đây.</p>"
    assert text_of(story).lead == "Sapo mới"
    context.close()
