"""A reader's data: handed out, erased so that nothing is left, forgotten by itself."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments import complaints, letters, likes, moderation, own, requests
from comments.complaints import Complained, Sender
from comments.models import Comment, Commenter, DataRequest, Letter, Like, Report, State, Subscription
from comments.own import Owner
from tests.builders import make_article, make_publication, make_user
from tests.comments.voices import counted, load, recount, send

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Trịnh Thị Hoài Thương", "hoai.thuong@example.com"
BODY, CHANGED = "Câu chữ chỉ một người viết ra", "Câu chữ đã được viết lại một lần"
ASK = "/binh-luan/du-lieu/"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def story():
    cache.clear()  # how often somebody asked
    make_publication()
    story = make_article()
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    return story


@pytest.fixture
def thuong(story):
    """Somebody who did everything that leaves a trace."""
    device = "máy của Thương"
    comment = send(story, name=NAME, email=EMAIL, body=BODY, device=device, wants_replies=True)
    own.edit(comment.pk, Owner(device), CHANGED)
    rejected = send(story, name=NAME, email=EMAIL, body=f"{BODY} nữa", device=device)
    moderation.reject(rejected.pk, 1, make_user("moderator"), "insult")
    own.appeal(rejected.pk, Owner(device), f"{BODY} mà")
    (other,) = load(story, State.VISIBLE)
    likes.toggle(other.pk, device, "203.0.113.9")
    complaints.report(other.pk, Complained("hate", f"{NAME} thấy vậy"), Sender(device, "203.0.113.9"))
    complaints.report(comment.pk, Complained("hate", f"Câu “{CHANGED}” sai"), Sender("máy khác", "198.51.100.9"))
    return Commenter.objects.get(email=EMAIL)


def dump():
    """Every row of the whole database as text."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values())
    return json.dumps([{name: str(value) for name, value in row.items()} for row in rows], ensure_ascii=False)


def link(mailoutbox, kind, email=EMAIL):
    told = Client().post(ASK, {"email": email, "kind": kind}, headers=OURS)
    letters.send_due()
    mine = [mail for mail in mailoutbox if "du-lieu" in mail.body]
    return told, re.search(r"https?://[^/]+(/binh-luan/du-lieu/\S+)", mine[-1].body)[1] if mine else None


def test_erased_means_that_nothing_is_left(story, thuong, mailoutbox):
    assert all(word in dump() for word in (NAME, EMAIL, BODY, CHANGED))
    _told, erase = link(mailoutbox, "erase")
    assert Client().get(erase).status_code == 200 and Comment.objects.filter(body=CHANGED).exists()
    assert Client().post(erase).status_code == 200
    left = dump()
    assert not [word for word in (NAME, EMAIL, BODY, CHANGED) if word in left]
    assert counted(story.pk) == recount(story.pk)
    asked = DataRequest.objects.get()
    assert asked.done_at and asked.proof["comments"] == 2
    assert Client().post(erase).status_code == 404
    assert not Like.objects.filter(voter_key=Comment.objects.first().device_key).exists()


def test_the_text_may_stay_without_the_name(story, thuong, mailoutbox):
    _told, erase = link(mailoutbox, "anonymise")
    Client().post(erase)
    left = dump()
    assert CHANGED in left and NAME not in left.replace(f"{NAME} thấy vậy", "") and EMAIL not in left
    assert Comment.objects.get(body=CHANGED).is_shown


def test_a_legal_hold_refuses_and_says_so(thuong, mailoutbox):
    Commenter.objects.filter(pk=thuong.pk).update(legal_hold="Yêu cầu của cơ quan điều tra")
    _told, erase = link(mailoutbox, "erase")
    refused = Client().post(erase)
    assert refused.status_code == 409 and "Yêu cầu của cơ quan điều tra" in refused.content.decode()
    assert Comment.objects.filter(body=CHANGED).exists()


def test_a_copy_of_everything_and_of_nobody_else(story, thuong, mailoutbox):
    stranger = send(story, name="Người Khác Hẳn", email="khac@example.com", body="=cmd|'/c calc'!A0 của tôi")
    Comment.objects.filter(body=CHANGED).update(body="=HYPERLINK(1)")
    _told, copy = link(mailoutbox, "export")
    response = Client().post(copy)
    assert response["Content-Type"] == "application/zip"
    zipped = zipfile.ZipFile(io.BytesIO(response.content))
    texts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert {"data.json", "data.html", "comments.csv"} <= set(texts)
    data = json.loads(texts["data.json"])
    assert data["person"][0]["email"] == EMAIL and len(data["comments"]) == 2 and len(data["likes"]) == 1
    assert data["versions"][0]["body"] == BODY
    assert "'=HYPERLINK" in texts["comments.csv"]
    everything = "".join(texts.values())
    assert stranger.body not in everything and "Người Khác" not in everything and "sai" not in everything


def test_whether_an_address_is_known_is_told_to_nobody(thuong, mailoutbox):
    known, _link = link(mailoutbox, "erase")
    unknown, _link = link(mailoutbox, "erase", email="khong-ai@example.com")
    assert known.content == unknown.content
    assert {mail.to[0] for mail in mailoutbox if "du-lieu" in mail.body} == {EMAIL}
    assert Client().post(ASK, {"email": EMAIL, "kind": "erase"}).status_code == 403
    assert Client().post(ASK, {"email": "x", "kind": "x"}, headers=OURS).status_code == 400


def test_a_forgotten_address_can_still_ask(thuong, mailoutbox):
    Commenter.objects.filter(pk=thuong.pk).update(email="")
    requests.ask("export", EMAIL)
    assert letters.send_due() and mailoutbox[-1].to == [EMAIL]


def age(days):
    moment = timezone.now() - timedelta(days=days)
    Comment.objects.update(created_at=moment)
    Comment.objects.exclude(reviewed_at=None).update(reviewed_at=moment)
    for model in (Like, Report, Subscription, Commenter):
        model.objects.update(created_at=moment)
    Letter.objects.update(sent_at=moment)


def test_what_is_forgotten_by_itself(story, thuong):
    Commenter.objects.update(confirmed_at=timezone.now())
    keys = {comment.device_key for comment in Comment.objects.filter(commenter=thuong)}
    age(89)
    call_command("forget_comments", verbosity=0)
    assert Comment.objects.filter(device_key__in=keys).exists()
    age(91)
    call_command("forget_comments", verbosity=0)
    assert not Comment.objects.exclude(device_key="", ip_key="", ip_prefix="").exists()
    assert not any(key in dump() for key in keys)
    assert Comment.objects.filter(body=CHANGED).exists() and not Letter.objects.exists()
    assert counted(story.pk) == recount(story.pk)


def test_the_words_of_what_was_turned_down(story):
    comment = send(story, body=BODY, name=NAME)
    moderation.reject(comment.pk, 1, make_user("moderator"), "insult")
    Commenter.objects.update(confirmed_at=timezone.now(), name="x")
    age(181)
    call_command("forget_comments", verbosity=0)
    assert not [word for word in (BODY, NAME) if word in dump()]
    assert Comment.objects.get().state == State.REJECTED


def test_what_nobody_confirmed(story):
    comment = send(story, email=EMAIL, wants_replies=True)
    Comment.objects.update(findings=[{"code": "unconfirmed"}], state=State.PENDING)
    call_command("recount", verbosity=0)
    age(8)
    call_command("forget_comments", verbosity=0)
    assert EMAIL not in dump() and not Subscription.objects.exists()
    assert Comment.objects.get(pk=comment.pk).state == State.ERASED
    assert counted(story.pk) == recount(story.pk)


def test_a_legal_hold_keeps_it_all(thuong):
    Commenter.objects.filter(pk=thuong.pk).update(legal_hold="Vụ án")
    age(400)
    call_command("forget_comments", verbosity=0)
    assert Comment.objects.filter(commenter=thuong).exclude(device_key="").exclude(body="").count() == 2
