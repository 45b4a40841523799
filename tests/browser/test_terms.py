"""A term is tried on earlier comments, mended and saved with the keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import State, Term
from comments.posting import LoadedComment, load_comments
from tests.builders import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reach(page, name, most=60):
    """Tab until the field or button with this name has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab never reaches {name}")


def test_a_term_is_tried_and_saved_by_keyboard(sign_in, live_server, cast):
    bodies = {"Cần vay nóng gọi em": State.REJECTED, "Bị lừa vì vay nóng": State.VISIBLE, "Trời nóng": State.VISIBLE}
    load_comments(make_article(), [LoadedComment("Hà", body, timezone.now(), bodies[body]) for body in bodies])
    page = sign_in("mo")
    page.goto(live_server.url + reverse("admin:comments_term_add"))
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.type("vay nóng")
    reach(page, "is_trial")
    page.keyboard.press("Space")
    reach(page, "_try")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 bình luận")
    expect(page.locator(".tried-samples li")).to_have_count(2)
    assert page.locator("#id_text").input_value() == "vay nóng" and page.locator("#id_is_trial").is_checked()
    assert not Term.objects.exists(), "trying saves nothing"
    page.keyboard.press("Control+s")
    page.wait_for_url("**/admin/comments/term/")
    assert Term.objects.get(text="vay nóng").is_trial
