"""A quick correction beside a rewrite in a real browser: readers have it at once, and what collides is chosen."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from articles import workflow, writing
from articles.models import Collision
from tests.browser.conftest import open_story, sideways
from tests.builders import hours, make_article, make_publication, make_snapshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRONG, REWRITE, RIGHT = "Cầu dài 12 km", "Viết lại: cầu mới thông xe", "Cầu dài 1,2 km"


@pytest.fixture
def story(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    make_publication()
    story = make_article(hours(-3), by=cast.rita, headline=WRONG, lead="Sapo cũ", body="<p>Thân bài.</p>")
    workflow.perform(story.pk, "revise", by=cast.ed)
    story.refresh_from_db()
    rewrite = make_snapshot(headline=REWRITE, lead="Sapo cũ", body="<p>Thân bài viết lại.</p>")
    writing.save_text(story, rewrite, by=cast.ed, version=story.version)
    return story


def correct(page, site, story):
    """Fill in the form over the live text; the line for readers is forgotten at first."""
    open_story(page, f"{site}/admin/articles/article/{story.pk}/sua-nhanh/")
    assert page.input_value("[name=headline]") == WRONG, "the text that readers have, not the rewrite"
    page.fill("[name=headline]", RIGHT)
    page.check("[name=change_kind][value=correction]")
    page.get_by_role("button", name="Sửa bản đang đăng").click()
    page.wait_for_selector(".errorlist, .errornote")
    assert page.input_value("[name=headline]") == RIGHT, "what was typed stays"
    page.fill("[name=change_line]", "Chiều dài cầu bị viết sai.")
    page.get_by_role("button", name="Sửa bản đang đăng").click()
    page.wait_for_url("**/va-cham/")


def test_a_collision_shows_both_texts_until_somebody_chose(sign_in, live_server, story, browser):
    page = sign_in("pia")
    correct(page, live_server.url, story)
    texts = page.locator(".text-sides").inner_text()
    assert REWRITE in texts and RIGHT in texts
    assert WRONG not in texts
    page.locator("summary", has_text="Bản gốc của cả hai").click()
    assert page.get_by_text(WRONG).is_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    assert sideways(page) <= 0

    reader = browser.new_context().new_page()
    reader.goto(live_server.url + story.get_absolute_url())
    assert reader.locator("h1").inner_text() == RIGHT
    assert "Chiều dài cầu bị viết sai." in reader.locator("main").inner_text()
    reader.context.close()

    page.check("[name=choice_headline][value=edit]")
    page.locator("summary", has_text="ghép lại").click()
    page.fill("[name=edit_headline]", f"{REWRITE}, dài 1,2 km")
    page.get_by_role("button", name="Lưu lựa chọn").click()
    page.wait_for_selector(".messagelist .success")
    story.refresh_from_db()
    kept = story.working_revision.snapshot
    assert (kept.headline, kept.body) == (f"{REWRITE}, dài 1,2 km", "<p>Thân bài viết lại.</p>")
    assert story.headline == RIGHT and Collision.objects.get().settled_by.username == "pia"
