"""What writers do with their own comments: change, withdraw, ask for a second look."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments import moderation, own
from comments.models import Comment, CommentRevision, ModAction, State, Verb
from comments.moderation import Decision
from comments.own import Owner
from tests.builders import make_user
from tests.comments.voices import browser, counted, load, recount, send

pytestmark = pytest.mark.django_db
HA = Owner("máy của Hà")
LINK = "Xem tại www.quang-cao.example nhé"


@pytest.fixture
def reader(story):
    return browser(story)


def opened(story):
    Article.objects.filter(pk=story.pk).update(comment_policy="open")


def mine(story, **fields):
    return send(story, device=HA.device, **fields)


def exact(story):
    assert counted(story.pk) == recount(story.pk)


def test_a_waiting_text_is_changed(story):
    comment = mine(story, body="Bài viêt hay")
    changed = own.edit(comment.pk, HA, "Bài viết hay")
    assert (changed.body, changed.state, changed.version) == ("Bài viết hay", State.PENDING, 2)
    assert CommentRevision.objects.get().body == "Bài viêt hay"
    assert ModAction.objects.first().verb == Verb.EDIT
    exact(story)


def test_a_shown_text_that_passes_is_changed_and_looked_at_again(story):
    opened(story)
    comment = mine(story)
    changed = own.edit(comment.pk, HA, "Bài viết hay")
    assert (changed.body, changed.state, changed.reviewed_at) == ("Bài viết hay", State.VISIBLE, None)
    assert changed.edited_at is not None
    exact(story)


def test_a_change_that_screening_holds_waits_while_the_old_text_stands(story):
    opened(story)
    comment = mine(story, body="Bài viết hay")
    kept = own.edit(comment.pk, HA, LINK)
    assert (kept.body, kept.state) == ("Bài viết hay", State.VISIBLE)
    proposed = CommentRevision.objects.get()
    assert (proposed.body, proposed.state) == (LINK, CommentRevision.State.PROPOSED)
    assert proposed.findings[0]["code"] == "link"
    exact(story)


@pytest.mark.parametrize(("taken", "body"), [(True, LINK), (False, "Bài viết hay")])
def test_the_desk_takes_or_refuses_it(story, taken, body):
    opened(story)
    comment, mo = mine(story, body="Bài viết hay"), make_user("moderator")
    changed = own.edit(comment.pk, HA, LINK)
    decided = moderation.decide(comment.pk, changed.version, Decision(Verb.KEEP, takes_edit=taken), mo)
    assert (decided.body, decided.reviewed_by_id) == (body, mo.pk)
    assert not CommentRevision.objects.filter(state=CommentRevision.State.PROPOSED).exists()
    exact(story)


def test_five_minutes_and_no_longer(story):
    comment = mine(story)
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(own.Refused):
        own.edit(comment.pk, HA, "Khác")
    Comment.objects.update(state=State.VISIBLE, published_at=timezone.now())
    with pytest.raises(own.Refused):
        own.withdraw(comment.pk, HA)


def test_nobody_elses(story):
    comment = mine(story)
    for stranger in (Owner("máy khác"), Owner(""), Owner("", comment.commenter_id)):
        for deed in (own.withdraw, lambda pk, who: own.edit(pk, who, "x" * 5)):
            with pytest.raises(Comment.DoesNotExist):
                deed(comment.pk, stranger)


def test_withdrawn_with_the_replies_under_it(story):
    opened(story)
    comment = mine(story)
    load(story, State.VISIBLE, under=comment)
    own.withdraw(comment.pk, HA)
    assert own.withdraw(comment.pk, HA).state == State.WITHDRAWN
    assert counted(story.pk)["visible"] == 0
    exact(story)


def test_a_second_look_once(story):
    comment, mo = mine(story), make_user("moderator")
    with pytest.raises(own.Refused):
        own.appeal(comment.pk, HA, "Xin xem lại")
    moderation.reject(comment.pk, 1, mo, "insult")
    asked = own.appeal(comment.pk, HA, "Tôi không xúc phạm ai")
    assert (asked.state, asked.appeal) == (State.PENDING, "Tôi không xúc phạm ai")
    moderation.reject(comment.pk, asked.version, make_user("moderator"), "insult")
    with pytest.raises(own.Refused):
        own.appeal(comment.pk, HA, "Một lần nữa")
    exact(story)


def test_all_of_it_by_plain_forms(reader, story):
    comment = send(story, device=reader.device, body="Chữ cũ của tôi")
    edit = reverse("comments:edit", args=[comment.pk])
    assert "Chữ cũ của tôi" in reader.get(edit).content.decode()
    short = reader.post(edit, {"body": "x"})
    assert short.status_code == 400
    assert reader.post(edit, {"body": "Chữ mới của tôi"}).status_code == 303
    assert "Chữ mới của tôi" in reader.get("/binh-luan/cua-toi/").content.decode()
    assert reader.post(reverse("comments:withdraw", args=[comment.pk])).status_code == 303
    assert "is-withdrawn" in reader.get("/binh-luan/cua-toi/").content.decode()
    late = reader.post(edit, {"body": "Chữ muộn của tôi"})
    assert late.status_code == 409 and "Chữ muộn của tôi" in late.content.decode()
    assert reader.post(reverse("comments:withdraw", args=[send(story).pk])).status_code == 404


def test_an_appeal_by_form_keeps_what_is_wrong(reader, story):
    comment = send(story, device=reader.device)
    moderation.reject(comment.pk, 1, make_user("moderator"), "insult")
    appeal = reverse("comments:appeal", args=[comment.pk])
    assert 'name="words"' in reader.get("/binh-luan/cua-toi/").content.decode()
    long = reader.post(appeal, {"words": "dài " * 100})
    assert long.status_code == 400 and "dài dài" in long.content.decode()
    assert reader.post(appeal, {"words": "Xin xem lại"}).status_code == 303
    assert reader.post(appeal, {"words": "Xin xem lại"}).status_code == 409


def test_deeds_are_posts_with_a_token(reader, story):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = reader.cookies
    comment = send(story, device=reader.device)
    assert strict.post(reverse("comments:withdraw", args=[comment.pk])).status_code == 403
    assert reader.get(reverse("comments:withdraw", args=[comment.pk])).status_code == 405
