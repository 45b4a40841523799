"""Saving in a real browser: autosave, a closed tab, two who write at once, taking over, two tabs of one person."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from articles.models import Article, Autosave, Stage
from tests.browser.conftest import open_story
from tests.builders import PASSWORD, make_draft, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 12_000  # milliseconds


@pytest.fixture
def story(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    article = make_draft(cast.rita, headline="Tít ban đầu", lead="Sapo ban đầu", body="<p>Thân bài.</p>")
    Article.objects.filter(pk=article.pk).update(stage=Stage.EDITING)
    article.refresh_from_db()
    return article


@pytest.fixture
def address(live_server, story):
    return f"{live_server.url}/admin/articles/article/{story.pk}/change/"


def autosaved(page):
    page.wait_for_function(
        "() => /\\d\\d:\\d\\d:\\d\\d/.test(document.querySelector('[data-saving-state]').textContent)"
    )


def text_of(story):
    story.refresh_from_db()
    return story.working_revision.snapshot


def test_what_is_typed_is_autosaved_and_offered_after_the_tab_was_closed(sign_in, address, story):
    page = sign_in("ed")
    open_story(page, address)
    page.fill("[name=headline]", "Tít gõ dở")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type("Câu viết dở. ")
    autosaved(page)
    assert "Đã tự lưu lúc" in page.locator("[data-saving-state]").inner_text()
    assert "Câu viết dở." in Autosave.objects.get().snapshot.body
    other = page.context.new_page()
    page.close()
    open_story(other, address)
    assert other.input_value("[name=headline]") == "Tít ban đầu"
    other.get_by_role("link", name="Khôi phục").click()
    other.wait_for_url("**khoi-phuc=**")
    assert other.input_value("[name=headline]") == "Tít gõ dở"
    other.click("button[name=_save]")
    other.wait_for_selector(".messagelist .success")
    assert text_of(story).headline == "Tít gõ dở"
    assert not Autosave.objects.exists()


def test_a_save_ends_the_autosave_and_the_page_goes_on(sign_in, address, story):
    page = sign_in("ed")
    open_story(page, address)
    for headline in ("Lần một", "Lần hai"):
        page.fill("[name=headline]", headline)
        page.click("button[name=_save]")
        page.wait_for_selector(".messagelist .success")
    assert text_of(story).headline == "Lần hai"
    assert not Autosave.objects.exists()
    assert page.locator("[data-note=own_tab]").is_hidden()
    page.reload()
    page.wait_for_timeout(1500)
    assert page.locator("[data-note=own_tab]").is_hidden(), "a tab that was loaded anew is the same tab"


def test_without_a_connection_it_keeps_trying_and_loses_nothing(sign_in, address, story):
    page = sign_in("ed")
    open_story(page, address)
    page.context.set_offline(True)
    page.fill("[name=lead]", "Gõ khi mất mạng")
    page.wait_for_function(
        "() => document.querySelector('[data-saving-state]').textContent.includes('đang thử lại')", timeout=SOON
    )
    assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('story:'))")
    page.context.set_offline(False)
    autosaved(page)
    assert Autosave.objects.get().snapshot.lead == "Gõ khi mất mạng"
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('story:'))")


def test_a_session_that_ends_while_one_types_goes_on_after_signing_in_again(sign_in, address, story, live_server):
    page = sign_in("ed")
    open_story(page, address)
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] != "session"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.fill("[name=lead]", "Gõ sau khi hết phiên")
    page.wait_for_selector("[data-note=signed_out]:not([hidden])", timeout=SOON)
    with page.context.expect_page() as opened:
        page.click("[data-note=signed_out] a")
    door = opened.value
    door.fill("[name=username]", "ed")
    door.fill("[name=password]", PASSWORD)
    door.press("[name=password]", "Enter")
    door.wait_for_url(f"{live_server.url}/admin/")
    page.bring_to_front()
    page.wait_for_selector("[data-note=signed_out]", state="hidden", timeout=40_000)
    assert Autosave.objects.get().snapshot.lead == "Gõ sau khi hết phiên"
    page.click("button[name=_save]")
    page.wait_for_selector(".messagelist .success")
    assert text_of(story).lead == "Gõ sau khi hết phiên"


def test_two_browsers_that_change_the_same_headline_choose_between_both(sign_in, address, story):
    ed = sign_in("ed")
    open_story(ed, address)
    ed.context.set_offline(True)  # his heartbeat is not heard
    ed.fill("[name=headline]", "Tít của Ed")
    ed.fill("[name=lead]", "Sapo của Ed")
    pia = sign_in("pia")
    pia.goto(address)
    assert "ed đang sửa từ" in pia.locator(".saving-note").first.inner_text()
    pia.get_by_role("button", name="Tiếp quản").click()
    pia.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")
    pia.fill("[name=headline]", "Tít của Pia")
    pia.click("button[name=_save]")
    pia.wait_for_selector(".messagelist .success")
    pia.goto(address.replace(f"{story.pk}/change/", ""))  # leaves
    pia.wait_for_timeout(500)
    ed.context.set_offline(False)
    ed.click("button[name=_save]")
    ed.wait_for_url("**/gop/**")
    assert "Tít của Ed" in ed.content() and "Tít của Pia" in ed.content()
    assert text_of(story).headline == "Tít của Pia"
    ed.check("input[name=choice_headline][value=mine]")
    ed.get_by_role("button", name="Lưu bản đã ghép").click()
    ed.wait_for_selector(".messagelist .success")
    assert (text_of(story).headline, text_of(story).lead) == ("Tít của Ed", "Sapo của Ed")


def test_taking_over_turns_the_first_tab_read_only_and_keeps_its_text(sign_in, address, story):
    ed = sign_in("ed")
    open_story(ed, address)
    ed.fill("[name=headline]", "Ed đang viết")
    autosaved(ed)
    pia = sign_in("pia")
    pia.goto(address)
    pia.get_by_role("button", name="Tiếp quản").click()
    pia.wait_for_selector(".messagelist .success")
    ed.fill("[name=lead]", "Ed còn viết thêm")  # the answer to the next autosave tells
    ed.wait_for_selector("[data-note=taken]:not([hidden])", timeout=30_000)
    assert "pia đang sửa từ" in ed.locator("[data-note=taken]").inner_text()
    assert not ed.locator("[name=headline]").is_editable()
    assert ed.locator("button[name=_save]").is_disabled()
    assert ed.evaluate("CKEDITOR.instances.id_body.readOnly")
    ed.click("[data-note=taken] [data-copy]")
    ed.get_by_role("button", name="Đã sao chép.").wait_for()
    kept = story.revisions.get(base__isnull=False)
    assert kept.snapshot.headline == "Ed đang viết"
    assert text_of(story).headline == "Tít ban đầu"


def test_two_tabs_of_one_person_are_noticed_and_one_goes_on(sign_in, address, story):
    first = sign_in("ed")
    open_story(first, address)
    first.fill("[name=headline]", "Ở thẻ thứ nhất")
    autosaved(first)
    second = first.context.new_page()
    open_story(second, address)
    second.wait_for_selector("[data-note=own_tab]:not([hidden])")
    assert not second.locator("[name=headline]").is_editable()
    assert first.locator("[name=headline]").is_editable(), "who types is not disturbed"
    second.get_by_role("button", name="Sửa tiếp ở thẻ này").click()
    second.wait_for_function("() => document.querySelector('[name=headline]')?.readOnly === false")
    second.get_by_role("link", name="Khôi phục").click()
    second.wait_for_url("**khoi-phuc=**")
    assert second.input_value("[name=headline]") == "Ở thẻ thứ nhất"
    first.fill("[name=lead]", "Thẻ thứ nhất gõ tiếp")
    first.wait_for_selector("[data-note=own_tab]:not([hidden])", timeout=30_000)
    assert not first.locator("[name=headline]").is_editable()


def test_a_new_story_is_offered_back_too(sign_in, live_server, story):
    page = sign_in("rita")
    add = f"{live_server.url}/admin/articles/article/add/"
    open_story(page, add)
    page.fill("[name=headline]", "Bài mới gõ dở")
    autosaved(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(add)
    page.get_by_role("link", name="Khôi phục").click()
    page.wait_for_url("**khoi-phuc=**")
    assert page.input_value("[name=headline]") == "Bài mới gõ dở"
