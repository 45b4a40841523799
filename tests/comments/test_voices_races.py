"""Several hands at once: likes, reports, decisions, changes. The numbers stay exact."""

import pytest

from articles.models import Article
from comments import complaints, counting, likes, moderation, own
from comments.complaints import Complained, Sender
from comments.models import Comment, Like, Report, State
from comments.own import Owner
from tests.builders import make_article, make_user
from tests.comments.test_counters import at_once
from tests.comments.voices import counted, load, recount, send

pytestmark = pytest.mark.django_db(transaction=True)


def exact(story):
    assert counted(story.pk) == recount(story.pk)
    assert not list(counting.drifted_comments())


def test_one_device_presses_from_many_tabs():
    story = make_article()
    (comment,) = load(story, State.VISIBLE)
    results = at_once(*[lambda: likes.toggle(comment.pk, "máy", "198.51.100.7") for _ in range(5)])
    assert all(isinstance(result, likes.Liked) for result in results), results
    assert Like.objects.count() == 1
    exact(story)


def test_likes_reports_and_a_decision_at_the_same_moment():
    story, mo = make_article(), make_user("moderator")
    (comment,) = load(story, State.VISIBLE)
    press = [lambda n=n: likes.toggle(comment.pk, f"máy {n}", f"198.51.{n}.1") for n in range(3)]
    sender = [Sender(f"máy {n}", f"198.51.{n}.1") for n in range(3)]
    complain = [lambda s=s: complaints.report(comment.pk, Complained("hate"), s) for s in sender]
    results = at_once(*press, *complain, lambda: moderation.reject(comment.pk, comment.version, mo, "insult"))
    kinds = (likes.Liked, likes.NotShown, Report, complaints.NotShown, Comment, moderation.Conflict)
    assert all(isinstance(result, kinds) for result in results), results
    exact(story)


def test_a_text_is_changed_while_it_is_approved():
    story, mo = make_article(), make_user("moderator")
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    comments = [send(story, device="máy", body=f"Xem www.rac{n}.example") for n in range(3)]
    for comment in comments:
        approved, changed = at_once(
            lambda pk=comment.pk: moderation.approve(pk, 1, mo),
            lambda pk=comment.pk: own.edit(pk, Owner("máy"), "Xem www.khac.example"),
        )
        assert isinstance(changed, Comment), changed
        assert isinstance(approved, Comment | moderation.Conflict), approved
        if isinstance(approved, moderation.Conflict):  # what the moderator saw is not what stands there now
            assert Comment.objects.get(pk=comment.pk).state == State.PENDING
    exact(story)
