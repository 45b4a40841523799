"""Internal notes and notices: who is told of what, and how each chooses."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from articles import telling, workflow
from articles.models import DeskNotice, NoticeChoice, NoticeKind, Stage, StoryNote
from articles.readiness import Refused
from tests.builders import make_article, make_draft, make_user, withdraw

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:articles_notices")


@pytest.fixture(autouse=True)
def roles(cast, monkeypatch):
    call_command("sync_roles", verbosity=0)
    monkeypatch.setattr("newsroom.lib.mail.hand_over", lambda errand: errand())


def told(person):
    return list(DeskNotice.objects.filter(user=person).order_by("pk").values_list("kind", flat=True))


def note(client, story, words):
    return client.post(reverse("admin:articles_article_note", args=[story.pk]), {"text": words})


def test_a_note_mentions_colleagues_but_never_its_author(client, cast, django_capture_on_commit_callbacks):
    story = make_draft(cast.rita)
    client.force_login(cast.ed)
    with django_capture_on_commit_callbacks(execute=True):
        assert note(client, story, "Nhờ @rita, @pia. và @ed xem; gửi x@cora <b>").status_code == 302
    assert {person.username for person in StoryNote.objects.get().mentioned.all()} == {"rita", "pia", "ed"}
    assert (told(cast.rita), told(cast.pia), told(cast.ed), told(cast.cora)) == (["mentioned"], ["mentioned"], [], [])
    assert sorted(letter.to[0] for letter in mail.outbox) == ["pia@example.org", "rita@example.org"]
    page = client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    assert "&lt;b&gt;" in page


def test_a_note_has_words_and_is_not_endless(cast):
    for words in ("", " \n", "x" * 2001):
        with pytest.raises(Refused):
            telling.add_note(make_draft(cast.rita), words, by=cast.ed)


def test_only_who_sees_the_story_writes_a_note(client, cast):
    client.force_login(cast.mo)
    assert note(client, make_draft(cast.rita), "xin chào").status_code == 403
    assert not StoryNote.objects.exists()


def test_who_may_not_read_the_story_is_not_told_and_the_writer_hears_of_it(client, cast):
    story, other = make_draft(cast.rita), make_user("reporter", name="lan")
    client.force_login(cast.ed)
    page = client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    assert "@rita (" in page
    assert "@lan (" not in page
    page = client.get(note(client, story, "@rita @lan xem").url).content.decode()
    assert "lan không có quyền xem bài này" in page
    assert (told(cast.rita), told(other)) == (["mentioned"], [])
    assert [person.username for person in StoryNote.objects.get().mentioned.all()] == ["rita"]


def test_writers_are_told_of_steps_of_others(cast):
    story = make_draft(cast.rita)
    workflow.perform(story.pk, "submit", by=cast.rita)
    workflow.perform(story.pk, "take", by=cast.ed)
    workflow.perform(story.pk, "return", by=cast.ed, note="Thiếu nguồn")
    assert told(cast.rita) == ["taken", "returned"]
    assert told(cast.ed) == ["waiting"], "of nothing that he did himself"
    assert story.notes.count() == 0 and Stage.RETURNED
    withdraw(make_article(by=cast.rita))
    assert told(cast.rita)[2:] == ["published", "withdrawn"]


def test_each_chooses_and_a_broken_mail_server_blocks_nothing(cast, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "nothing.at.all"
    NoticeChoice.objects.create(user=cast.rita, kind=NoticeKind.MENTIONED, in_admin=False, by_mail=True)
    with django_capture_on_commit_callbacks(execute=True):
        telling.add_note(make_draft(cast.rita), "@rita", by=cast.ed)
    assert told(cast.rita) == []


def test_a_person_reads_marks_and_chooses_only_their_own(client, cast):
    story = make_draft(cast.rita)
    telling.add_note(story, "@rita @pia", by=cast.ed)
    client.force_login(cast.rita)
    assert str(story) in client.get(PAGE).content.decode()
    theirs = DeskNotice.objects.get(user=cast.pia)
    for key in (str(theirs.pk), "x", "²", "9" * 30):
        client.post(PAGE, {"notice": key})
    assert DeskNotice.objects.filter(read_at=None).count() == 2
    client.post(PAGE, {"notice": "all"})
    assert list(DeskNotice.objects.filter(read_at=None)) == [theirs]
    client.post(PAGE, {"do": "choose", "in_admin-returned": "on"})
    choice = NoticeChoice.objects.get(user=cast.rita, kind="returned")
    assert (choice.in_admin, choice.by_mail, NoticeChoice.objects.count()) == (True, False, len(NoticeKind))
