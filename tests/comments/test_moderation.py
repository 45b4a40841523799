"""Deciding about a comment: who may, what changes, and what the second of two is told."""

import pytest
from django.core.exceptions import PermissionDenied

from articles import keys
from articles.models import RoleGrant
from articles.rights import grants_of
from comments import moderation
from comments.batches import decide_many
from comments.conflicts import Conflict, ReasonMissing
from comments.models import Comment, ModAction, State, Verb
from comments.moderation import TRANSITIONS, Decision, decide
from newsroom.lib.pagecache.models import Epoch
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import counted, load, recount, shown_and_waiting

pytestmark = pytest.mark.django_db


def reach(person):
    return moderation.in_reach(grants_of(person), Comment.objects.all())


def decision(verb):
    return Decision(verb, "insult" if verb == Verb.REJECT else "")


@pytest.mark.parametrize("verb", TRANSITIONS)
@pytest.mark.parametrize("state", [State.PENDING, State.VISIBLE, State.REJECTED, State.SPAM, State.WITHDRAWN])
def test_the_table(story, mo, state, verb):
    (comment,) = load(story, state)
    before_states, after = TRANSITIONS[verb]
    is_so_already = state == after and verb not in (Verb.KEEP, Verb.FEATURE)
    if state in before_states and verb != Verb.UNFEATURE:
        done = decide(comment.pk, comment.version, decision(verb), mo)
        action = ModAction.objects.get()
        assert (done.state, done.version) == (after, 2)
        assert (action.actor, action.verb, action.before, action.after) == (mo, verb, state, after)
    elif is_so_already:
        assert decide(comment.pk, comment.version, decision(verb), mo).version == 1
        assert not ModAction.objects.exists()
    else:
        with pytest.raises(Conflict):
            decide(comment.pk, comment.version, decision(verb), mo)
    assert counted(story.pk) == recount(story.pk)


def test_approval_shows_it_and_makes_the_pages_stale(story, mo):
    (comment,) = load(story, State.PENDING)
    approved = moderation.approve(comment.pk, comment.version, mo)
    assert approved.is_shown and approved.published_at is not None
    assert list(Epoch.objects.filter(key=keys.thread(story.pk)).values_list("version", flat=True)) == [1]
    assert shown_and_waiting(story.pk) == (1, 0)


def test_a_decision_that_readers_do_not_see_leaves_the_pages_alone(story, mo):
    (comment,) = load(story, State.PENDING)
    moderation.mark_spam(comment.pk, comment.version, mo)
    assert not Epoch.objects.filter(key=keys.thread(story.pk)).exists()


def test_undo_keeps_the_place_in_the_thread(story, mo):
    (comment,) = load(story, State.VISIBLE)
    restored = moderation.restore(comment.pk, comment.version, mo)
    again = moderation.approve(comment.pk, restored.version, mo)
    assert again.published_at == comment.published_at


def test_rejection_needs_a_reason(story, mo):
    (comment,) = load(story, State.PENDING)
    for reason in ("", "because"):
        with pytest.raises(ReasonMissing):
            moderation.reject(comment.pk, comment.version, mo, reason)
    rejected = moderation.reject(comment.pk, comment.version, mo, "off-topic", note="Nói về bài khác")
    assert (rejected.reason, ModAction.objects.get().note) == ("off-topic", "Nói về bài khác")
    assert moderation.approve(comment.pk, rejected.version, mo).reason == ""


def test_replies_hide_with_their_comment_and_come_back(story, mo):
    (root,) = load(story, State.VISIBLE)
    load(story, State.VISIBLE, State.VISIBLE, State.PENDING, State.REJECTED, under=root)
    assert shown_and_waiting(story.pk) == (3, 1)
    rejected = moderation.reject(root.pk, root.version, mo, "insult")
    assert counted(story.pk) == recount(story.pk)
    assert shown_and_waiting(story.pk) == (0, 1)
    moderation.approve(root.pk, rejected.version, mo)
    assert counted(story.pk) == recount(story.pk)
    assert shown_and_waiting(story.pk) == (3, 1)


def test_a_reply_approved_under_a_hidden_comment_waits_for_it(story, mo):
    (root,) = load(story, State.VISIBLE)
    (reply,) = load(story, State.PENDING, under=root)
    hidden = moderation.mark_spam(root.pk, root.version, mo)
    approved = moderation.approve(reply.pk, reply.version, mo)
    assert approved.state == State.VISIBLE and not approved.is_shown
    assert counted(story.pk) == recount(story.pk)
    moderation.approve(root.pk, hidden.version, mo)
    assert counted(story.pk) == recount(story.pk)
    assert shown_and_waiting(story.pk) == (2, 0)


def test_the_second_is_told_who_was_first(story, mo):
    (comment,) = load(story, State.PENDING)
    moderation.approve(comment.pk, comment.version, mo)
    with pytest.raises(Conflict, match="Lan") as told:
        moderation.reject(comment.pk, comment.version, make_user("moderator"), "insult")
    assert told.value.action.verb == Verb.APPROVE
    assert ModAction.objects.count() == 1


def test_the_same_decision_twice_is_no_quarrel(story, mo):
    (comment,) = load(story, State.PENDING)
    moderation.approve(comment.pk, comment.version, mo)
    assert moderation.approve(comment.pk, comment.version, make_user("moderator")).state == State.VISIBLE
    assert ModAction.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("moderator", True),
        ("publisher", True),
        ("chief", True),
        ("reporter", False),
        ("editor", False),
        ("administrator", False),
        (None, False),
    ],
)
def test_roles(story, role, may):
    (comment,) = load(story, State.PENDING)
    person = make_user(role)
    assert reach(person).exists() is may
    if may:
        assert moderation.approve(comment.pk, 1, person).is_shown
    else:
        with pytest.raises(PermissionDenied):
            moderation.approve(comment.pk, 1, person)
        assert Comment.objects.get().state == State.PENDING


def test_a_superuser_decides_nothing_by_that_alone(story):
    (comment,) = load(story, State.PENDING)
    with pytest.raises(PermissionDenied):
        moderation.approve(comment.pk, 1, make_user(is_superuser=True))


def test_rights_end_at_the_section_and_reach_its_subsections():
    sport, culture = make_section("Thể thao"), make_section("Văn hóa")
    football = make_section("Bóng đá", parent=sport)
    (match,) = load(make_article(section=football.pk), State.PENDING)
    (concert,) = load(make_article(section=culture.pk), State.PENDING)
    mo = make_user("moderator", section=sport)
    assert list(reach(mo)) == [match]
    assert moderation.approve(match.pk, 1, mo).is_shown
    with pytest.raises(PermissionDenied):
        moderation.approve(concert.pk, 1, mo)
    RoleGrant.objects.all().delete()
    assert not reach(mo).exists()


def test_many_at_once_each_with_its_own_result(story, mo):
    comments = load(story, *[State.PENDING] * 5)
    moderation.reject(comments[1].pk, 1, mo, "insult")
    seen = [(comment.pk, 1) for comment in comments] + [(10**12, 1)]
    outcomes = decide_many(seen, Decision(Verb.APPROVE), make_user("chief")).outcomes
    assert [bool(outcome.problem) for outcome in outcomes] == [False, True, False, False, False, True]
    assert counted(story.pk) == recount(story.pk)
    assert shown_and_waiting(story.pk) == (4, 0)


def test_many_at_once_need_one_reason(story, mo):
    comments = load(story, State.PENDING)
    with pytest.raises(ReasonMissing):
        decide_many([(comments[0].pk, 1)], Decision(Verb.REJECT), mo)
