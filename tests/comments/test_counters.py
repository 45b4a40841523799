"""Counters that cannot drift: at random, and when several hands are at work at once."""

import random
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from articles.models import Article
from comments import moderation, posting, screening
from comments.conflicts import Conflict
from comments.models import Comment, ModAction, State
from comments.moderation import Decision
from tests.builders import make_article, make_user
from tests.comments.voices import counted, envelope, letter, load, recount, send, shown_and_waiting


def at_once(*deeds):
    """Run the deeds in threads that start together; returns what each returned or raised."""
    barrier, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            barrier.wait(timeout=20)
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(timeout=60)
    return results


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_deeds_keeps_the_count(seed):
    chance, story, mo = random.Random(seed), make_article(), make_user("moderator")
    Article.objects.filter(pk=story.pk).update(comment_policy=chance.choice(["open", "held"]))
    for _ in range(60):
        comment = Comment.objects.order_by("?").first()
        if comment is None or chance.random() < 0.3:
            shown = Comment.objects.shown().filter(thread=story.pk).order_by("?").first()
            send(story, parent_id=shown.pk if shown and chance.random() < 0.7 else None)
        else:
            verb = chance.choice(list(moderation.TRANSITIONS))
            try:
                moderation.decide(comment.pk, comment.version, Decision(verb, "other"), mo)
            except Conflict:
                continue
        assert counted(story.pk) == recount(story.pk)
    for comment in Comment.objects.prefetch_related("actions"):
        states = [(action.before, action.after) for action in reversed(comment.actions.all())]
        assert all(one[1] == two[0] for one, two in zip(states, states[1:], strict=False))
        assert not states or states[-1][1] == comment.state
        assert comment.hidden_by_root == (comment.root is not None and comment.root.state != State.VISIBLE)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_decide_the_same_comment():
    story, lan, minh = make_article(), make_user("moderator"), make_user("moderator")
    for comment in load(story, *[State.PENDING] * 4):
        results = at_once(
            lambda pk=comment.pk: moderation.approve(pk, 1, lan),
            lambda pk=comment.pk: moderation.reject(pk, 1, minh, "insult"),
        )
        assert sorted(type(result).__name__ for result in results) == ["Comment", "Conflict"]
    assert ModAction.objects.count() == 4
    assert counted(story.pk) == recount(story.pk)


@pytest.mark.django_db(transaction=True)
def test_eight_readers_post_at_once():
    story = make_article()
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    posts = [(letter(), envelope()) for _ in range(8)]
    results = at_once(*[lambda pair=pair: posting.post(story.pk, *pair) for pair in posts])
    assert all(isinstance(result, Comment) for result in results), results
    assert counted(story.pk) == recount(story.pk)
    assert shown_and_waiting(story.pk) == (8, 0)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_from_many_tabs_is_stored_once():
    story, outside, written = make_article(), envelope(), letter()
    results = at_once(*[lambda: posting.post(story.pk, written, outside) for _ in range(6)])
    assert {result.pk for result in results} == {Comment.objects.get().pk}
    assert shown_and_waiting(story.pk) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_posts_at_the_same_moment():
    story = make_article()
    posts = [(letter(), envelope(device="một máy")) for _ in range(8)]
    results = at_once(*[lambda pair=pair: posting.post(story.pk, *pair) for pair in posts])
    assert sum(isinstance(result, posting.TooMany) for result in results) == 8 - screening.PER_PERSON
    assert Comment.objects.count() == screening.PER_PERSON


@pytest.mark.django_db(transaction=True)
def test_the_limit_of_a_writer_holds_over_several_stories():
    stories = [make_article() for _ in range(8)]
    posts = [(story.pk, letter(email="ha@example.com"), envelope()) for story in stories]
    results = at_once(*[lambda one=one: posting.post(*one) for one in posts])
    assert sum(isinstance(result, posting.TooMany) for result in results) == 8 - screening.PER_PERSON, results
    assert Comment.objects.count() == screening.PER_PERSON


@pytest.mark.django_db(transaction=True)
def test_a_comment_is_answered_while_it_is_rejected():
    story, mo = make_article(), make_user("moderator")
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    for root in load(story, *[State.VISIBLE] * 4):
        reply = (letter(parent_id=root.pk), envelope())
        answered, rejected = at_once(
            lambda reply=reply: posting.post(story.pk, *reply),
            lambda root=root: moderation.reject(root.pk, 1, mo, "insult"),
        )
        assert isinstance(rejected, Comment), rejected
        assert isinstance(answered, Comment | posting.ParentGone), answered
        assert not isinstance(answered, PermissionDenied)
    assert counted(story.pk) == recount(story.pk)
    assert not Comment.objects.shown().exclude(root=None).filter(root__state=State.REJECTED).exists()
