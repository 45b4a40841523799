"""Reports of readers: weighed by who makes them, and strong enough together to hide what nobody has looked at."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import complaints, identity, moderation
from comments.complaints import HIDE_AT, REOPEN_AT, Complained, Sender
from comments.models import Comment, Commenter, ModAction, Report, State, Verb
from tests.builders import make_user
from tests.comments.voices import counted, load, recount, send

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def unseen(story):
    (comment,) = load(story, State.VISIBLE)
    Comment.objects.update(reviewed_at=None)
    story_thread = counted(story.pk)
    Comment.objects.get().thread.__class__.objects.update(unseen_count=story_thread["unseen"] + 1)
    comment.refresh_from_db()
    return comment


def complain(comment, number, **fields):
    sender = Sender(f"máy {number}", f"198.51.{number}.7", **fields)
    return complaints.report(comment.pk, Complained("insult", "Thô tục"), sender)


def numbers(comment):
    comment.refresh_from_db()
    assert counted(comment.thread_id) == recount(comment.thread_id)
    assert {"report_count": comment.report_count, "report_weight": comment.report_weight} == complaints.standing_of(
        comment
    )
    return comment.report_count, comment.report_weight


def test_one_a_device(unseen):
    assert complain(unseen, 1).pk == complain(unseen, 1).pk
    assert numbers(unseen) == (1, 1)


def test_many_of_one_network_weigh_once(unseen):
    for number in range(9):
        complaints.report(unseen.pk, Complained("insult"), Sender(f"máy {number}", "198.51.100.7"))
    assert numbers(unseen) == (9, 1) and unseen.state == State.VISIBLE


def test_enough_of_them_hide_what_no_moderator_has_seen(unseen):
    due = unseen.due_at
    for number in range(HIDE_AT):
        complain(unseen, number)
    assert numbers(unseen) == (HIDE_AT, HIDE_AT)
    assert (unseen.state, unseen.due_at < due) == (State.PENDING, True)
    action = ModAction.objects.get()
    assert (action.verb, action.actor, action.before, action.after) == (Verb.HIDE, None, "visible", "pending")
    with pytest.raises(complaints.NotShown):
        complain(unseen, 99)


def test_what_a_moderator_left_standing_comes_back_to_the_desk(story):
    comment, mo = send(story), make_user("moderator")
    moderation.approve(comment.pk, 1, mo)
    for number in range(REOPEN_AT):
        complain(comment, number)
    assert numbers(comment)[0] == REOPEN_AT
    assert (comment.state, comment.reviewed_at) == (State.VISIBLE, None)
    assert ModAction.objects.first().verb == Verb.REOPEN


def test_who_was_wrong_before_weighs_nothing_and_who_was_right_more(story, unseen):
    others = load(story, *[State.VISIBLE] * 4)
    for comment in others:
        complain(comment, 1), complain(comment, 2)
    wrong, right = identity.key("device", "máy 1"), identity.key("device", "máy 2")
    Report.objects.filter(reporter_key=wrong).update(state=Report.State.DISMISSED)
    Report.objects.filter(reporter_key=right).update(state=Report.State.UPHELD)
    assert [complain(unseen, number).weight for number in (1, 2, 3)] == [0, 2, 1]


def test_a_trusted_writer_weighs_more(unseen):
    trusted = Commenter.objects.create(name="Hà", email_key="k", confirmed_at=timezone.now(), is_trusted=True)
    claimed = Commenter.objects.create(name="Bình", email_key="l", is_trusted=True)
    assert complain(unseen, 1, writer=trusted.pk).weight == 2
    assert complain(unseen, 2, writer=claimed.pk).weight == 1


def test_the_own_comment(story):
    own = send(story, device="máy 1")
    moderation.approve(own.pk, 1, make_user("moderator"))
    with pytest.raises(complaints.OwnComment):
        complain(own, 1)


def test_by_form_without_a_script(client, story, unseen):
    report = reverse("comments:report", args=[story.pk])
    page = client.get(f"{report}?c={unseen.pk}")
    assert page.status_code == 200 and not page.cookies and "public" in page["Cache-Control"]
    missing = client.post(report, {"c": unseen.pk, "note": "Xin xem giúp"}, headers=OURS)
    assert missing.status_code == 400 and "Xin xem giúp" in missing.content.decode()
    done = client.post(report, {"c": unseen.pk, "reason": "hate", "note": "Xin xem giúp"}, headers=OURS)
    assert done.status_code == 200 and numbers(unseen) == (1, 1)
    assert (Report.objects.get().reason, Report.objects.get().note) == ("hate", "Xin xem giúp")


def test_from_another_site_or_for_nothing(story, unseen):
    client, report = Client(), reverse("comments:report", args=[story.pk])
    assert client.post(report, {"c": unseen.pk, "reason": "hate"}).status_code == 403
    assert client.post(report, {"c": "x", "reason": "hate"}, headers=OURS).status_code == 404
    assert client.post(report, {"c": unseen.pk, "reason": "x"}, headers=OURS).status_code == 400
    assert client.post(report, {"c": unseen.pk, "reason": "hate", "note": "x" * 301}, headers=OURS).status_code == 400
    assert not Report.objects.exists()
