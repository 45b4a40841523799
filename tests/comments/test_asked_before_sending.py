"""A writer is asked about words that may be regretted, and may send them; consent is given, never assumed."""

import re

import pytest
from django.test import Client

from comments import forms
from comments.models import Comment, Commenter, Subscription
from tests.builders import make_user
from tests.comments.test_submit_page import hidden_fields, preview, send

pytestmark = pytest.mark.django_db
LOUD = "ĐỀ NGHỊ THÀNH PHỐ LÀM NGAY CON ĐƯỜNG NÀY"


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def asked(response):
    return 'id="comment-asked"' in response.content.decode()


def seen_and_asked(response):
    found = re.search(r'name="asked" value="([^"]+)"', response.content.decode())
    return {**hidden_fields(response), "asked": found[1]}


def test_the_preview_asks_and_the_second_press_sends(reader, story):
    shown = preview(reader, story, body=LOUD)
    assert asked(shown) and LOUD in shown.content.decode()
    assert send(reader, story, seen_and_asked(shown), body=LOUD).status_code == 303
    assert not asked(preview(reader, story))


def test_what_was_changed_after_the_preview_is_asked_about_too(reader, story):
    shown = preview(reader, story)
    again = send(reader, story, seen_and_asked(shown), body=LOUD)
    assert again.status_code == 200 and asked(again) and not Comment.objects.exists()


def test_nothing_is_ticked_beforehand_and_nothing_is_taken_without_consent(reader, story):
    html = reader.get(f"/binh-luan/{story.pk}/gui/").content.decode()
    assert "checked" not in html and html.count('type="checkbox"') == 2
    refused = preview(reader, story, consent="")
    assert refused.status_code == 400 and 'href="#comment-consent"' in refused.content.decode()


def test_consent_is_kept_with_the_words_and_wishes_only_when_ticked(reader, story):
    send(reader, story)
    writer = Commenter.objects.get()
    assert writer.consent_at and writer.consent_text == forms.consent_digest()
    assert not Subscription.objects.exists()
    send(reader, story, body="Ý kiến thứ hai", wants_replies="on")
    assert Subscription.objects.count() == 1


def test_who_is_signed_in_gets_the_mark_and_whose_name_it_is_does_not(story):
    editor = make_user("editor")
    staff, reader = Client(), Client()
    staff.force_login(editor)
    assert "comment-badge" in preview(staff, story).content.decode()
    assert "comment-badge" not in preview(reader, story, name=editor.username).content.decode()
    send(staff, story)
    assert Comment.objects.get().badge == "staff"
