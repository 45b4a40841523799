"""Whatever readers and moderators do, in any order: counters say what the comments say, and the log is whole."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from articles.models import Article
from comments import complaints, counting, likes, moderation, own, posting
from comments.complaints import Complained, Sender
from comments.models import Comment, Report, State, Thread
from comments.moderation import Conflict, Decision
from comments.own import Owner
from tests.builders import make_article, make_user
from tests.comments.voices import counted, recount, send

DEVICES = [f"máy {number}" for number in range(6)]
TEXTS = ["Ý kiến hay", "Xem www.quang-cao.example", "Mời đọc lại bài này"]
device, place, words = st.sampled_from(DEVICES), st.integers(0, 30), st.sampled_from(TEXTS)
KINDLY = (own.Refused, likes.Refused, complaints.Refused, posting.Refused, Conflict, Comment.DoesNotExist)


class Readers(RuleBasedStateMachine):
    @initialize(policy=st.sampled_from(["open", "held"]))
    def begin(self, policy):
        self.story, self.moderator = make_article(), make_user("moderator")
        Article.objects.filter(pk=self.story.pk).update(comment_policy=policy)
        self.sent = 0

    def some(self, place):
        rows = list(Comment.objects.order_by("pk"))
        return rows[place % len(rows)] if rows else None

    def do(self, deed, place, *rest):
        comment = self.some(place)
        try:
            return comment and deed(comment, *rest)
        except KINDLY:
            return None

    @rule(device=device, place=place, words=words, answers=st.booleans())
    def post(self, device, place, words, answers):
        self.sent += 1
        shown = list(Comment.objects.shown().order_by("pk"))
        parent = shown[place % len(shown)].pk if shown and answers else None
        try:
            send(self.story, device=f"{device}-{self.sent}", body=f"{words} ({self.sent})", parent_id=parent)
        except posting.Refused:
            return

    @rule(place=place, words=words)
    def edit(self, place, words):
        self.do(lambda comment: own.edit(comment.pk, self.owner(comment), f"{words}!"), place)

    @rule(place=place)
    def withdraw(self, place):
        self.do(lambda comment: own.withdraw(comment.pk, self.owner(comment)), place)

    @rule(place=place)
    def appeal(self, place):
        self.do(lambda comment: own.appeal(comment.pk, self.owner(comment), "Xin xem lại"), place)

    @rule(place=place, device=device)
    def like(self, place, device):
        self.do(lambda comment: likes.toggle(comment.pk, device, f"198.51.{DEVICES.index(device)}.1"), place)

    @rule(place=place, device=device)
    def report(self, place, device):
        sender = Sender(device, f"198.51.{DEVICES.index(device)}.1")
        self.do(lambda comment: complaints.report(comment.pk, Complained("hate"), sender), place)

    @rule(place=place, verb=st.sampled_from(sorted(moderation.TRANSITIONS)), taken=st.booleans())
    def decide(self, place, verb, taken):
        def deed(comment):
            moderation.decide(comment.pk, comment.version, Decision(verb, "other", takes_edit=taken), self.moderator)

        self.do(deed, place)

    def owner(self, comment):
        """Whoever sent it from wherever: the writer's confirmed address opens it too."""
        type(comment.commenter).objects.filter(pk=comment.commenter_id).update(confirmed_at=comment.created_at)
        return Owner("", comment.commenter_id)

    @invariant()
    def counters_say_what_the_comments_say(self):
        if not hasattr(self, "story") or not Thread.objects.filter(pk=self.story.pk).exists():
            return
        assert counted(self.story.pk) == recount(self.story.pk)
        assert not list(counting.drifted_comments())

    def teardown(self):
        for comment in Comment.objects.prefetch_related("actions"):
            states = [(action.before, action.after) for action in reversed(comment.actions.all())]
            assert all(one[1] == two[0] for one, two in zip(states, states[1:], strict=False)), states
            assert not states or states[-1][1] == comment.state
            assert comment.hidden_by_root == (comment.root is not None and comment.root.state != State.VISIBLE)
            assert comment.state != State.VISIBLE or comment.published_at
        assert not Report.objects.exclude(comment__report_count__gt=0).filter(state=Report.State.OPEN).exists()


def run(examples, steps):
    """Each example in a transaction of its own, rolled back."""

    class Example(Readers.TestCase, TestCase):
        settings = settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )

    return Example


ShortTest = run(examples=4, steps=15)
LongTest = pytest.mark.slow(run(examples=150, steps=40))
