"""From the plain form over the preview into the queue: what a reader sees, and that no text is ever lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments import identity, screening
from comments.models import Comment, State
from tests.builders import make_article, make_draft, withdraw
from tests.comments.voices import load

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}
TEXT = "Bài viết rất hay, cảm ơn tòa soạn."


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def address(story, query=""):
    return reverse("comments:submit", args=[story.pk]) + query


def typed(**fields):
    return {"name": "Lê Thị Hà", "email": "ha@example.com", "body": TEXT, "consent": "on", **fields}


def preview(reader, story, **fields):
    return reader.post(address(story), typed(**fields), headers=OURS)


def hidden_fields(response):
    html = response.content.decode()
    token = re.search(r'name="token" value="([^"]+)"', html)
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    return {"token": token[1], "csrfmiddlewaretoken": csrf[1]}


def send(reader, story, seen=None, **fields):
    """Both steps; `seen` gives the hidden fields of a preview already there."""
    seen = seen or hidden_fields(preview(reader, story, **fields))
    return reader.post(address(story), typed(**{**seen, **fields}), headers=OURS)


def test_both_steps(reader, story):
    shown = preview(reader, story)
    html = shown.content.decode()
    assert shown.status_code == 200 and html.count(TEXT) == 2
    assert not Comment.objects.exists()
    assert set(shown.cookies) == {identity.DEVICE_COOKIE, "csrf"}
    assert shown.cookies[identity.DEVICE_COOKIE]["path"] == "/binh-luan/"
    assert shown.cookies[identity.DEVICE_COOKIE]["httponly"]
    assert "no-store" in shown["Cache-Control"]
    sent = send(reader, story, hidden_fields(shown))
    comment = Comment.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/binh-luan/cua-toi/?moi={comment.pk}")
    assert (comment.body, comment.author_name, comment.state) == (TEXT, "Lê Thị Hà", State.PENDING)
    assert TEXT in reader.get(sent["Location"]).content.decode()


def test_the_empty_form_is_the_same_for_everybody(reader, story):
    response = reader.get(address(story))
    assert response.status_code == 200 and not response.cookies
    assert "public" in response["Cache-Control"] and "csrf" not in response.content.decode()


def test_a_reply_shows_what_it_answers(reader, story):
    (root,) = load(story, State.VISIBLE)
    assert root.body in reader.get(address(story, f"?tra-loi={root.pk}")).content.decode()
    assert root.body in preview(reader, story, parent=root.pk).content.decode()
    send(reader, story, parent=root.pk)
    assert Comment.objects.latest("pk").root == root


@pytest.mark.parametrize("query", ["?tra-loi=x", "?tra-loi=9999999999999999999999", "?tra-loi=5%00"])
def test_a_reply_to_nothing(reader, story, query):
    assert reader.get(address(story, query)).status_code in (400, 404)


@pytest.mark.parametrize("field", ["name", "email", "body"])
def test_what_is_missing_is_said_and_the_rest_kept(reader, story, field):
    response = preview(reader, story, **{field: "  "})
    html = response.content.decode()
    assert response.status_code == 400
    assert f'href="#comment-{field}"' in html
    kept = {"name": "Lê Thị Hà", "email": "ha@example.com", "body": TEXT}
    assert all(value in html for name, value in kept.items() if name != field)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "x"},
        {"body": "x" * 2001},
        {"name": "x" * 61},
        {"email": "không phải"},
        {"email": "a@b.vn\nBcc: c@d.vn"},
    ],
)
def test_what_is_wrong_is_kept_too(reader, story, fields):
    response = preview(reader, story, **fields)
    assert response.status_code == 400
    assert send(reader, story, hidden_fields(response), **fields).status_code == 400
    assert not Comment.objects.exists()


def test_text_is_cleaned(reader, story):
    send(
        reader,
        story,
        body="Hoa\u0300 bi\u0300nh\u200b \u202eđảo\u202c\r\n\r\n\r\n\r\nhết\x00",
        name="Ha\u0300\u00a0 Nội",
    )
    comment = Comment.objects.get()
    assert (comment.body, comment.author_name) == ("Hoà bình đảo\n\nhết", "Hà Nội")


def test_a_megabyte_is_refused(reader, story):
    assert reader.post(address(story), typed(body="a" * 1_000_000), headers=OURS).status_code == 413


def test_two_thousand_letters_with_marks_fit(reader, story):
    assert preview(reader, story, body="ệ" * 2000).status_code == 200


def test_other_sites_cannot_send(reader, story):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", **OURS}, {}):
        assert reader.post(address(story), typed(), headers=headers).status_code == 403


def test_the_second_step_needs_its_tokens_and_keeps_the_text(reader, story):
    seen = hidden_fields(preview(reader, story))
    for wrong in ({"token": "x"}, {"csrfmiddlewaretoken": "x" * 64}, {"csrfmiddlewaretoken": ""}):
        response = send(reader, story, {**seen, **wrong})
        assert response.status_code == 403 and TEXT in response.content.decode()
    assert send(Client(enforce_csrf_checks=True), story, seen).status_code == 403
    assert send(reader, make_article(), seen).status_code == 403
    assert not Comment.objects.exists()


def test_a_form_a_day_old_comes_back_fresh(reader, story, monkeypatch):
    seen = hidden_fields(preview(reader, story))
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 25 * 3600)
    stale = send(reader, story, seen)
    assert stale.status_code == 403 and TEXT in stale.content.decode()
    assert send(reader, story, hidden_fields(stale)).status_code == 303


def test_sent_faster_than_read(reader, story):
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    send(reader, story)
    assert [finding["code"] for finding in Comment.objects.get().findings] == ["fast"]


def test_a_double_click_is_one_comment(reader, story):
    seen = hidden_fields(preview(reader, story))
    first, second = send(reader, story, seen), send(reader, story, seen)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_the_same_again_is_told(reader, story):
    send(reader, story)
    again = send(reader, story)
    assert again.status_code == 409 and TEXT in again.content.decode()
    assert Comment.objects.count() == 1


def test_too_many_are_told_to_wait(reader, story):
    for number in range(screening.PER_PERSON):
        assert send(reader, story, body=f"Ý kiến số {number}").status_code == 303
    late = send(reader, story, body="Ý kiến nữa")
    assert late.status_code == 429 and "Ý kiến nữa" in late.content.decode()
    assert int(late["Retry-After"]) > 0
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert send(reader, story, body="Ý kiến nữa").status_code == 303


def test_closed_meanwhile(reader, story):
    seen = hidden_fields(preview(reader, story))
    Article.objects.filter(pk=story.pk).update(comment_policy="closed")
    response = send(reader, story, seen)
    assert response.status_code == 409 and TEXT in response.content.decode()


def test_withdrawn_meanwhile(reader, story):
    seen = hidden_fields(preview(reader, story))
    withdraw(story)
    response = send(reader, story, seen)
    html = response.content.decode()
    assert response.status_code == 409 and TEXT in html and story.headline not in html
    assert reader.get(address(story)).status_code == 410


def test_the_answered_comment_was_rejected_meanwhile(reader, story):
    (root,) = load(story, State.VISIBLE)
    seen = hidden_fields(preview(reader, story, parent=root.pk))
    Comment.objects.filter(pk=root.pk).update(state=State.REJECTED, reason="other")
    response = send(reader, story, seen, parent=root.pk)
    assert response.status_code == 409 and TEXT in response.content.decode()
    assert f'value="{root.pk}"' not in response.content.decode()


def test_the_trap_thanks_as_ever(reader, story):
    sent = send(reader, story, website="http://spam.example")
    assert sent.status_code == 303 and Comment.objects.get().state == State.SPAM
    assert reader.get(sent["Location"]).content.decode().count("is-pending") == 1


def test_stories_that_are_not_there(reader):
    assert reader.post("/binh-luan/999999/gui/", typed(), headers=OURS).status_code == 404
    assert reader.post(address(make_draft()), typed(), headers=OURS).status_code == 404


def test_other_methods(reader, story):
    assert reader.put(address(story)).status_code == 405
    assert reader.head(address(story)).status_code == 200
