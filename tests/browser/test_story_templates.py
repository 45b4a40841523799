"""A template chosen without a mouse: from the desk to a saved draft."""

import pytest
from django.core.management import call_command

from articles import story_templates
from articles.models import Article, Snapshot, StoryTemplate
from newsroom.lib import dates
from tests.browser.test_life_of_a_story import sign_in
from tests.builders import make_publication, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walk_to(page, name):
    """Press Tab until the link of this name has the focus."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"no way to {name}")


def test_from_the_desk_to_a_draft_by_keyboard(page, live_server, cast):
    call_command("sync_roles", verbosity=0)
    make_publication()
    text = Snapshot(headline="Họp ngày {ngày}", body="<p>Chủ trì: {tên}.</p>", section=make_section().pk)
    story_templates.keep(StoryTemplate(name="Hội nghị", description="Ai nói gì"), text)
    sign_in(page, live_server.url, "rita")
    walk_to(page, "Viết bài mới")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bai-moi/")
    walk_to(page, "Hội nghị")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")
    headline = f"Họp ngày {dates.dateline(dates.today())}"
    assert page.input_value("[name=headline]") == headline
    assert "Chủ trì: {tên}." in page.locator(".cke_wysiwyg_div").inner_text()
    page.focus("[name=headline]")
    page.keyboard.press("End")
    page.keyboard.type(" tại Hà Nội")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    assert Article.objects.get().desk_headline == f"{headline} tại Hà Nội"
