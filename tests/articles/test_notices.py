"""Notices of turns, of answers to previews and of lost locks; the page that has them, and what it keeps to itself."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import editing, locks, previewing, telling, workflow
from articles.admin.telling import SHOWN
from articles.editing import Page
from articles.models import Article, Autosave, DeskNotice, NoticeChoice, NoticeKind, RoleGrant, Stage
from tests.builders import make_draft, make_publication, make_section, make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:articles_notices")


@pytest.fixture(autouse=True)
def roles(cast, monkeypatch):
    call_command("sync_roles", verbosity=0)
    make_publication()
    monkeypatch.setattr("newsroom.lib.mail.hand_over", lambda errand: errand())


def told(person):
    return list(DeskNotice.objects.filter(user=person).order_by("pk").values_list("kind", flat=True))


def unread(person):
    return DeskNotice.objects.filter(user=person, read_at=None).count()


# --- whose turn it is


def test_editors_of_the_section_are_told_of_what_is_sent_and_publishers_of_what_waits_for_approval(cast):
    city, sport = make_section("Đô thị"), make_section("Thể thao")
    here = make_user("editor", section=city)
    there = make_user("editor", section=sport)
    story = make_draft(cast.rita, section=make_section("Giao thông", parent=city).pk)
    workflow.perform(story.pk, "submit", by=cast.rita)
    assert (told(here), told(cast.ed), told(there), told(cast.pia)) == (["waiting"], ["waiting"], [], [])
    workflow.perform(story.pk, "take", by=here)
    workflow.perform(story.pk, "forward", by=here)
    assert (told(cast.pia), told(cast.cora), told(here)) == (["waiting"], ["waiting"], ["waiting"])


def test_nobody_is_called_to_what_waits_no_longer(cast):
    story = make_draft(cast.rita)
    workflow.perform(story.pk, "submit", by=cast.rita)
    assert unread(cast.ed) == 1
    workflow.perform(story.pk, "recall", by=cast.rita)
    assert unread(cast.ed) == 0


def test_a_turn_is_told_in_the_admin_and_by_mail_only_if_asked_for(cast, django_capture_on_commit_callbacks):
    NoticeChoice.objects.create(user=make_user("editor", name="eva"), kind=NoticeKind.WAITING, by_mail=True)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.perform(make_draft(cast.rita).pk, "submit", by=cast.rita)
    assert [letter.to for letter in mail.outbox] == [["eva@example.org"]]


# --- an answer to a preview


def answer(story, by, verdict="note", remark="Đoạn 2 cần dẫn nguồn."):
    link = previewing.make_link(story.pk, by=by, lasts=timedelta(hours=1), pinned=True)
    sealed = previewing.unseal(link, previewing.seal(link, story.working_revision))
    for _twice in range(2):
        previewing.answer(link, sealed, name="Luật sư Hà", verdict=verdict, remark=remark)


def test_an_answer_is_told_to_who_made_the_link_and_who_wrote_the_story(cast):
    answer(make_draft(cast.rita), by=cast.ed)
    assert (told(cast.ed), told(cast.rita), told(cast.pia)) == (["answered"], ["answered"], [])
    assert DeskNotice.objects.first().text == "Luật sư Hà: Góp ý. Đoạn 2 cần dẫn nguồn."


def test_a_broken_mail_server_keeps_no_answer_back(cast, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "nothing.at.all"
    NoticeChoice.objects.create(user=cast.rita, kind=NoticeKind.ANSWERED, by_mail=True)
    with django_capture_on_commit_callbacks(execute=True):
        answer(make_draft(cast.rita), by=cast.rita, verdict="approval", remark="")
    assert told(cast.rita) == ["answered"]


# --- a lock that is taken over


def test_who_lost_the_lock_is_told_where_the_text_is(cast):
    story = make_draft(cast.rita)
    Article.objects.filter(pk=story.pk).update(stage=Stage.EDITING)
    locks.acquire(story.pk, cast.ed, "t1")
    editing.take_over(story.pk, Page(cast.pia, "t2"))
    assert (told(cast.ed), told(cast.pia)) == (["overtaken"], [])
    assert DeskNotice.objects.get().text == "pia làm tiếp bài này; bạn không có gì chưa lưu."
    content = {**story.working_revision.content, "headline": "Gõ dở"}
    Autosave.objects.create(article=story, user=cast.pia, tab="t2", content=content, saved_at=timezone.now())
    editing.take_over(story.pk, Page(cast.cora, "t3"))
    assert "phiên bản 2" in DeskNotice.objects.get(user=cast.pia).text


def test_taking_over_from_oneself_is_no_news(cast):
    story = make_draft(cast.rita)
    locks.acquire(story.pk, cast.rita, "t1")
    editing.take_over(story.pk, Page(cast.rita, "t2"))
    assert not DeskNotice.objects.exists()


# --- who is told, and of what


def test_who_sees_no_stories_is_told_of_none(cast):
    telling.add_note(make_draft(cast.rita), "@mo @ada @nobody nhờ xem", by=cast.ed)
    assert not DeskNotice.objects.exists()


def test_a_notice_of_what_one_no_longer_sees_gives_nothing_away(client, cast):
    story = make_draft(cast.rita, headline="Tít bí mật")
    telling.add_note(story, "@rita lời bí mật", by=cast.ed)
    RoleGrant.objects.filter(user=cast.rita).update(role="moderator")
    client.force_login(cast.rita)
    page = client.get(PAGE).content.decode()
    assert "bí mật" not in page and f"/article/{story.pk}/" not in page
    assert "Bạn không còn xem được bài này." in page
    client.post(PAGE, {"notice": "all"})
    assert unread(cast.rita) == 0


# --- the page


@pytest.fixture
def many(client, cast):
    story, now = make_draft(cast.rita), timezone.now()
    rows = [
        DeskNotice(user=cast.rita, kind="mentioned", article=story, text=f"Lời {n}.", at=now - timedelta(minutes=n))
        for n in range(2 * SHOWN + 1)
    ]
    DeskNotice.objects.bulk_create(rows)
    client.force_login(cast.rita)
    return client


def shown(client, **query):
    return re.findall(r"<p>(Lời \d+)\.</p>", client.get(PAGE, query).content.decode())


def test_older_notices_are_on_further_pages(many):
    assert (shown(many)[0], shown(many, trang=2)[0], shown(many, trang=3)) == ("Lời 0", f"Lời {SHOWN}", ["Lời 100"])
    first, last = many.get(PAGE).content.decode(), many.get(PAGE, {"trang": 3}).content.decode()
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in last and 'rel="next"' not in last
    assert "Không còn thông báo cũ hơn." in many.get(PAGE, {"trang": 4}).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30, "99999999"])
def test_a_page_that_is_none_is_answered(many, page):
    assert many.get(PAGE, {"trang": page}).status_code == 200


def test_whoever_marks_one_stays_where_it_stands(many, cast):
    key = DeskNotice.objects.filter(user=cast.rita)[SHOWN].pk
    assert many.post(f"{PAGE}?trang=2", {"notice": key}).url == f"{PAGE}?trang=2#notice-{key}"
    assert f'id="notice-{key}"' in many.get(PAGE, {"trang": 2}).content.decode()
    assert unread(cast.rita) == 2 * SHOWN
