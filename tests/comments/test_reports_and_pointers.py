"""Reports answered by decisions; mistakes that readers found, handed on to editors and thanked for."""

import pytest
from django.core.management import call_command

from articles.models import DeskNotice, PublicVersion, StoryNote
from comments import moderation, pointers, undoing
from comments.models import Comment, Commenter, Letter, Pointer, Report, State
from newsroom.lib.audit.models import AuditEvent
from tests.builders import hours, make_section, make_user
from tests.comments.voices import complain, counted, load, recount, send

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/comment/"


@pytest.mark.parametrize(
    ("deed", "state", "tally"),
    [
        (lambda comment, mo: moderation.keep(comment.pk, comment.version, mo), Report.State.DISMISSED, (0, 1)),
        (lambda comment, mo: moderation.reject(comment.pk, comment.version, mo, "hate"), Report.State.UPHELD, (1, 0)),
    ],
)
def test_reports_are_answered_with_the_decision(story, mo, deed, state, tally):
    (comment,) = load(story, State.VISIBLE)
    reporter = Commenter.objects.create(name="Ha", email_key="k")
    complain(comment, by=reporter)
    complain(comment)
    assert counted(story.pk)["reported"] == 1
    deed(comment, mo)
    reporter.refresh_from_db()
    assert (reporter.upheld_count, reporter.dismissed_count) == tally
    assert set(Report.objects.values_list("state", "resolved_by")) == {(state, mo.pk)}
    assert counted(story.pk) == recount(story.pk) and counted(story.pk)["reported"] == 0
    undoing.undo_comment(comment.pk, mo)
    reporter.refresh_from_db()
    assert (reporter.upheld_count, reporter.dismissed_count) == (0, 0)
    assert counted(story.pk) == recount(story.pk) and counted(story.pk)["reported"] == 1


def test_a_report_after_the_decision_counts_by_itself(story, mo):
    (comment,) = load(story, State.VISIBLE)
    complain(comment)
    moderation.keep(comment.pk, comment.version, mo)
    complain(comment)
    undoing.undo_comment(comment.pk, mo)
    assert Comment.objects.get().report_count == Report.objects.filter(state=Report.State.OPEN).count() == 2
    assert counted(story.pk) == recount(story.pk)


@pytest.fixture
def handed_on(client, story, mo):
    editor = make_user("editor", name="ed", section=story.section)
    comment = send(story, body="Cầu thông xe năm 2023 chứ không phải 2022.", email="ha@example.com")
    client.force_login(mo)
    for _twice in range(2):
        client.post(f"{DESK}{comment.pk}/chuyen-bien-tap/", {"kind": "false", "words": "Nhờ kiểm tra đoạn hai"})
    return comment, editor


def test_the_storys_editors_hear_of_it_without_the_readers_words_and_name(handed_on):
    comment, editor = handed_on
    note = StoryNote.objects.get()
    assert "Nhờ kiểm tra đoạn hai" in note.text and str(comment.pk) in note.text
    kept = [*StoryNote.objects.values(), *DeskNotice.objects.values(), *AuditEvent.objects.values()]
    of_the_reader = (*comment.body.split(), comment.author_name, "ha@example.com", "thông xe")
    assert not [word for word in of_the_reader if len(word) > 3 and word in str(kept)]
    assert DeskNotice.objects.filter(user=editor).count() == 1
    assert Pointer.objects.get().note == note


def test_thanked_once_when_the_story_is_corrected(client, handed_on, story):
    comment, _editor = handed_on
    assert "chỉ lỗi" in client.get(f"{DESK}chi-loi/").content.decode()
    assert pointers.thank_all() == 0, "nothing was corrected yet"
    version = {"content": {}, "digest": "x", "at": hours(1)}
    PublicVersion.objects.create(article=story, number=8, kind="update", **version)
    assert pointers.thank_all() == 0, "an update is no correction"
    PublicVersion.objects.create(article=story, number=9, kind="correction", **version)
    call_command("thank_readers", verbosity=0)
    call_command("thank_readers", verbosity=0)
    letter = Letter.objects.get(kind="thanks")
    assert (letter.comment, letter.commenter) == (comment, comment.commenter)
    assert Pointer.objects.get().thanked_at is not None


def test_thanked_by_hand(client, handed_on):
    pointer = Pointer.objects.get()
    for _twice in range(2):
        client.post(f"{DESK}chi-loi/cam-on/", {"pointer": pointer.pk})
    assert Letter.objects.filter(kind="thanks").count() == 1


@pytest.mark.parametrize("form", [{}, {"kind": "x"}])
def test_without_a_kind_nothing_is_handed_on(client, story, mo, form):
    comment = send(story)
    client.force_login(mo)
    assert client.post(f"{DESK}{comment.pk}/chuyen-bien-tap/", form).status_code == 302
    assert not Pointer.objects.exists() and not StoryNote.objects.exists()


def test_other_sections_stay_out_of_reach(client, handed_on):
    comment, _editor = handed_on
    client.force_login(make_user("moderator", section=make_section("Văn hóa")))
    assert client.post(f"{DESK}{comment.pk}/chuyen-bien-tap/", {"kind": "typo"}).status_code == 404
    assert comment.body not in client.get(f"{DESK}chi-loi/").content.decode()
    assert client.post(f"{DESK}chi-loi/cam-on/", {"pointer": Pointer.objects.get().pk}).status_code == 404
