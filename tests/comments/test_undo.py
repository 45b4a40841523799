"""Undo: whatever was decided stands as before, counters and tallies included; what was touched since is named."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import bans, counting, moderation, undoing
from comments.bans import Measure
from comments.batches import decide_many
from comments.models import Block, Comment, Commenter, ModAction, Report, State, Term, Thread, Verb
from comments.moderation import TRANSITIONS, Decision, decide
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import complain, load, propose, send

pytestmark = pytest.mark.django_db


def everything():
    """All that a deed may move."""
    return {
        "comments": list(Comment.objects.order_by("pk").values()),
        "writers": list(Commenter.objects.order_by("pk").values()),
        "reports": list(Report.objects.order_by("pk").values()),
        "threads": list(Thread.objects.order_by("pk").values()),
    }


def plain(standing):
    beside = ("version", "rank_due_at")  # that tabs and the ranking look again
    return {
        table: [{name: value for name, value in row.items() if name not in beside} for row in rows]
        for table, rows in standing.items()
    }


def brought_to(state, story, mo):
    comment = send(story)
    before = {State.VISIBLE: Verb.APPROVE, State.REJECTED: Verb.REJECT, State.SPAM: Verb.SPAM}
    if state in before:
        decide(comment.pk, 1, Decision(before[state], "insult"), mo)
    if state == State.VISIBLE:
        complain(comment)
        propose(comment, "Nội dung đã sửa lại cho rõ.")
    comment.refresh_from_db()
    return comment


@pytest.mark.parametrize(
    ("state", "verb"),
    [(state, verb) for verb, (states, _after) in TRANSITIONS.items() for state in states if verb != Verb.UNFEATURE],
)
@pytest.mark.parametrize("takes_edit", [False, True])
def test_every_verb_and_back(story, mo, state, verb, takes_edit):
    comment = brought_to(state, story, mo)
    before = everything()
    decide(comment.pk, comment.version, Decision(verb, "insult", takes_edit=takes_edit), mo)
    assert plain(everything()) != plain(before)
    undoing.undo_comment(comment.pk, make_user("moderator"))
    assert plain(everything()) == plain(before)
    assert not list(counting.drifted(Thread.objects.all()))


def test_undoing_twice_changes_nothing(story, mo):
    comment = send(story)
    moderation.approve(comment.pk, 1, mo)
    deed = ModAction.objects.get(verb=Verb.APPROVE)
    undoing.undo(deed.pk, mo)
    before = everything()
    undoing.undo(deed.pk, mo)
    assert everything() == before and ModAction.objects.filter(verb=Verb.UNDO).count() == 1


def test_a_second_decision_takes_back_the_tally_of_the_first(story, mo):
    comment = send(story)
    moderation.approve(comment.pk, 1, mo)
    moderation.reject(comment.pk, 2, make_user("moderator"), "insult")
    writer = Commenter.objects.get()
    assert (writer.approved_count, writer.rejected_count) == (0, 1)
    undoing.undo_comment(comment.pk, mo)
    writer.refresh_from_db()
    assert (writer.approved_count, writer.rejected_count) == (1, 0)


def test_terms_learn_from_decisions_and_forget_them_when_undone(story, mo):
    term = Term.objects.create(text="nhố nhăng")
    comment = send(story, body="Trò nhố nhăng, xem mà chán.")
    assert comment.findings[0]["term"] == term.pk

    def learnt():
        term.refresh_from_db()
        return term.upheld, term.cleared

    moderation.reject(comment.pk, 1, mo, "insult")
    assert learnt() == (1, 0)
    moderation.approve(comment.pk, 2, mo)
    assert learnt() == (0, 1)
    undoing.undo_comment(comment.pk, mo)
    assert learnt() == (1, 0)


def test_rules_are_no_tally(story, mo):
    comment = send(story, body="Xem www.rac.example ngay")
    assert comment.state == State.PENDING
    writer = Commenter.objects.get()
    assert writer.approved_count + writer.rejected_count + writer.spam_count == 0


def test_a_batch_is_undone_but_for_what_changed_since(story, mo):
    comments = load(story, *[State.PENDING] * 5)
    before = everything()
    result = decide_many([(comment.pk, 1) for comment in comments], Decision(Verb.REJECT, "hate"), mo)
    assert len(result.done) == 5
    moderation.approve(comments[0].pk, 2, make_user("moderator"))
    undone = undoing.undo_batch(result.batch, mo)
    assert undone.comments == [comment.pk for comment in comments[1:]]
    assert [pk for pk, _why in undone.problems] == [comments[0].pk]
    after = plain(everything())["comments"]
    assert after[1:] == plain(before)["comments"][1:] and after[0]["state"] == State.VISIBLE
    assert undoing.undo_batch(result.batch, mo).comments == []
    assert not list(counting.drifted(Thread.objects.all()))


def test_a_ban_with_what_it_hid_and_blocked(story, mo):
    written = [send(story, email="ha@example.com") for _ in range(3)]
    moderation.approve(written[0].pk, 1, mo)
    before = everything()
    writer = Commenter.objects.get(email="ha@example.com")
    kinds = (Block.Kind.EMAIL, Block.Kind.DOMAIN, Block.Kind.DEVICE, Block.Kind.NETWORK, Block.Kind.NAME)
    result = bans.take(writer.pk, Measure(Verb.BAN, days=7, hides_days=1, blocks=kinds), mo)
    writer.refresh_from_db()
    assert writer.status == Commenter.Status.BANNED and writer.status_until > timezone.now() + timedelta(days=6)
    assert len(result.done) == 3 and set(Comment.objects.values_list("state", flat=True)) == {State.REJECTED}
    assert set(Block.objects.filter(lifted_at=None).values_list("kind", flat=True)) == set(kinds)
    undone = undoing.undo_batch(result.batch, make_user("moderator"))
    assert undone.problems == [] and len(undone.comments) == 3
    assert plain(everything()) == plain(before)
    assert not Block.objects.filter(lifted_at=None).exists()


def test_after_a_day_it_stays(story, mo):
    comment = send(story)
    moderation.approve(comment.pk, 1, mo)
    late = timezone.now() - timedelta(hours=25)
    old = ModAction.objects.create(
        comment=comment, actor=mo, verb=Verb.REJECT, version=2, details={"was": {}}, at=late
    )
    with pytest.raises(undoing.TooLate):
        undoing.undo(old.pk, mo)
    assert Comment.objects.get().state == State.VISIBLE


def test_not_by_who_may_not(mo):
    story = make_article(section=make_section("Thể thao").pk)
    comment = send(story)
    moderation.approve(comment.pk, 1, mo)
    for person in (make_user("editor"), make_user("moderator", section=make_section("Văn hóa"))):
        with pytest.raises(PermissionDenied):
            undoing.undo_comment(comment.pk, person)
    assert Comment.objects.get().state == State.VISIBLE


def test_what_readers_did_is_not_undone(story, mo):
    comment = send(story)
    with pytest.raises(undoing.Conflict):
        undoing.undo_comment(comment.pk, mo)


def test_the_last_deed_is_ones_own(story, mo):
    comments = load(story, State.PENDING, State.PENDING)
    moderation.approve(comments[0].pk, 1, mo)
    moderation.approve(comments[1].pk, 1, make_user("moderator"))
    assert undoing.last_deed(mo).comment_id == comments[0].pk
    undoing.undo_deed(undoing.last_deed(mo), mo)
    assert undoing.last_deed(mo) is None
