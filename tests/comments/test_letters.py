"""Letters to commenters: owed with the deed, sent once, never before they are true."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments import composing, identity, letters, links, moderation, own
from comments.links import Purpose
from comments.models import Comment, Commenter, Letter, State, Subscription
from tests.builders import make_article, make_publication, make_user
from tests.comments.voices import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    make_publication()
    return make_article()


@pytest.fixture
def asked(story):
    """A shown comment whose writer has a confirmed address and wants to hear of answers."""
    comment = send(story, email="ha@example.com", wants_replies=True, name="Hà")
    moderation.approve(comment.pk, 1, make_user("moderator"))
    Commenter.objects.filter(email="ha@example.com").update(confirmed_at=timezone.now())
    Letter.objects.all().delete()
    comment.refresh_from_db()
    return comment


def later(**ahead):
    """As if so much time had passed."""
    moved = timedelta(**ahead)
    for letter in Letter.objects.all():
        Letter.objects.filter(pk=letter.pk).update(
            due_at=letter.due_at - moved, sent_at=letter.sent_at - moved if letter.sent_at else None
        )


def link_in(mail):
    return re.search(r"https?://[^/]+(/binh-luan/\S+)", mail.body)[1]


def test_a_new_address_is_asked_to_confirm_once(story, mailoutbox):
    send(story, email="ha@example.com")
    send(story, email="ha@example.com")
    assert letters.send_due() == 1 and letters.send_due() == 0
    assert mailoutbox[0].to == ["ha@example.com"]


def test_opening_the_link_changes_nothing_and_the_button_confirms(story, mailoutbox):
    comment = send(story, email="ha@example.com")
    letters.send_due()
    link, client = link_in(mailoutbox[0]), Client()
    assert client.get(link).status_code == 200
    assert Commenter.objects.get().confirmed_at is None
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403
    confirmed = client.post(link)
    assert confirmed.status_code == 303 and Commenter.objects.get().confirmed_at is not None
    assert comment.body in client.get(confirmed["Location"]).content.decode()
    assert identity.WRITER_COOKIE in confirmed.cookies
    assert comment.body not in Client().get(confirmed["Location"]).content.decode()


@pytest.mark.parametrize("purpose", Purpose)
def test_links_that_are_not_ours(client, story, purpose):
    comment = send(story)
    other = next(each for each in Purpose if each != purpose)
    for token in ("x", "a:b:c", links.make(other, comment.commenter_id).rstrip("/").rsplit("/", 1)[1]):
        address = links.make(purpose, 1).split("/binh-luan/")[1].split("/")[0]
        assert client.get(f"/binh-luan/{address}/{token}/").status_code == 404


def test_a_reply_is_told_once_it_is_shown(story, asked, mailoutbox):
    reply = send(story, parent_id=asked.pk, body="Tôi đồng ý với bác")
    Letter.objects.filter(kind=Letter.Kind.CONFIRM).delete()
    assert letters.send_due() == 0 and not mailoutbox
    moderation.approve(reply.pk, 1, make_user("moderator"))
    later(minutes=6)
    assert letters.send_due() == 1
    mail = mailoutbox[0]
    assert mail.to == ["ha@example.com"] and "Tôi đồng ý với bác" in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Unsubscribe"].startswith("<http")


def test_a_reply_that_was_rejected_is_never_told(story, asked, mailoutbox):
    reply = send(story, parent_id=asked.pk)
    moderation.reject(reply.pk, 1, make_user("moderator"), "insult")
    Letter.objects.filter(kind=Letter.Kind.CONFIRM).delete()
    assert letters.send_due() == 0
    assert Letter.objects.get(kind=Letter.Kind.REPLY).dropped_at is not None and not mailoutbox


def test_one_mail_an_hour_with_all_replies_in_it(story, asked, mailoutbox):
    Article.objects.filter(pk=story.pk).update(comment_policy="open")

    def answer(words):
        send(story, parent_id=asked.pk, body=words)
        Letter.objects.filter(kind=Letter.Kind.CONFIRM).delete()

    answer("Câu thứ nhất")
    answer("Câu thứ hai")
    assert letters.send_due() == 1 and "Câu thứ nhất" in mailoutbox[0].body and "Câu thứ hai" in mailoutbox[0].body
    answer("Câu thứ ba")
    assert letters.send_due() == 0
    later(minutes=61)
    assert letters.send_due() == 1 and "Câu thứ ba" in mailoutbox[1].body and "Câu thứ nhất" not in mailoutbox[1].body


def test_leaving_with_one_click_of_the_mail_program(story, asked, mailoutbox):
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    send(story, parent_id=asked.pk)
    letters.send_due()
    mail = next(each for each in mailoutbox if each.to == ["ha@example.com"])
    link = re.search(r"<https?://[^/]+(/[^>]+)>", mail.extra_headers["List-Unsubscribe"])[1]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200 and Subscription.objects.get().ended_at is None
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.get().ended_at is not None
    send(story, parent_id=asked.pk)
    assert not Letter.objects.filter(kind=Letter.Kind.REPLY, sent_at=None).exists()


def test_nobody_is_told_of_the_own_reply_and_nobody_without_a_confirmed_address(story, asked):
    send(story, parent_id=asked.pk, email="ha@example.com")
    assert not Letter.objects.filter(kind=Letter.Kind.REPLY).exists()
    Commenter.objects.update(confirmed_at=None)
    send(story, parent_id=asked.pk)
    letters.send_due()
    assert Letter.objects.get(kind=Letter.Kind.REPLY).dropped_at is not None


def test_a_decision_is_told_as_it_stands_when_the_letter_leaves(story, asked, mailoutbox):
    mo = make_user("moderator")
    moderation.reject(asked.pk, asked.version, mo, "off-topic")
    assert letters.send_due() == 0  # it may still be taken back
    later(minutes=11)
    assert letters.send_due() == 1
    assert str(Comment.objects.get(pk=asked.pk).get_reason_display()) in mailoutbox[0].body
    moderation.approve(asked.pk, asked.version + 1, mo)
    moderation.restore(asked.pk, asked.version + 2, mo)
    later(minutes=11)
    assert letters.send_due() == 0


def test_a_mail_server_that_is_away(story, monkeypatch, mailoutbox):
    send(story, email="ha@example.com")
    monkeypatch.setattr("newsroom.lib.mail.send", lambda letter: False)
    for pause in letters.PAUSES:
        assert letters.send_due() == 0
        assert Letter.objects.get().due_at > timezone.now()
        later(minutes=pause.total_seconds() / 60 + 1)
    letters.send_due()
    assert Letter.objects.get().dropped_at is not None


def test_thanks_once(story, asked, mailoutbox):
    assert letters.owe(Letter.Kind.THANKS, asked.commenter, asked) == letters.owe(
        Letter.Kind.THANKS, asked.commenter, asked
    )
    assert letters.send_due() == 1 and story.get_absolute_url() in mailoutbox[0].body


def test_names_cannot_write_headers_or_mark_up(story, asked, mailoutbox):
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    Article.objects.filter(pk=story.pk).update(headline="Một\r\nBcc: ai@example.com")
    send(story, parent_id=asked.pk, name="Hà\r\nBcc: b@example.com", body="<b>x</b>")
    letters.send_due()
    mail = next(each for each in mailoutbox if each.to == ["ha@example.com"])
    message = mail.message()
    assert message["Bcc"] is None and "\n" not in mail.subject
    assert message.get_content_type() == "text/plain"


def test_nobody_to_write_to(story):
    assert letters.owe(Letter.Kind.DECISION, None) is None
    assert letters.owe(Letter.Kind.DECISION, Commenter.objects.create(name="Hà")) is None


def test_what_waits_for_the_address_goes_on_its_way(story):
    comment = send(story)
    Comment.objects.filter(pk=comment.pk).update(
        findings=[{"code": "unconfirmed", "effect": "hold"}], due_at=timezone.now() + timedelta(days=7)
    )
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    own.confirm(comment.commenter_id)
    assert Comment.objects.get(pk=comment.pk).state == State.VISIBLE


def test_every_kind_has_its_words():
    assert set(composing.WRITERS) == set(composing.TEMPLATES) == set(Letter.Kind)
