"""Whatever moderators and readers do in whatever order: numbers, log and tallies say what the comments say."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import bans, counting, tallies, undoing
from comments.bans import Measure
from comments.batches import decide_many
from comments.conflicts import Conflict
from comments.models import Comment, Commenter, ModAction, Report, State, Thread, Verb
from comments.moderation import TRANSITIONS, Decision
from comments.posting import Refused
from tests.builders import make_article, make_user
from tests.comments.voices import appeal, complain, propose, send

pytestmark = pytest.mark.django_db

DEED = st.one_of(
    st.tuples(st.just("send"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("decide"), st.sampled_from(list(TRANSITIONS)), st.integers(1, 7)),
    st.tuples(st.just("decide"), st.sampled_from(list(TRANSITIONS)), st.integers(1, 7)),
    st.tuples(st.just("undo"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("ban"), st.sampled_from((Verb.BAN, Verb.FREE, Verb.TRUST)), st.booleans()),
    st.tuples(st.just("reader"), st.sampled_from(("complain", "propose", "appeal")), st.integers(0, 7)),
)


class Desk:
    """A story, two writers, two moderators, and what they may do to the comments there are."""

    def __init__(self):
        self.story, self.people = make_article(), [make_user("moderator"), make_user("chief")]

    def send(self, number, is_reply):
        shown = Comment.objects.shown().order_by("pk").first() if is_reply else None
        if Commenter.objects.filter(status="banned").exists():
            return
        send(self.story, email=f"doc{number % 2}@example.com", parent_id=shown.pk if shown else None)

    def decide(self, verb, which):
        """About those comments whose place is a bit of `which`: one, or many at once."""
        rows = list(Comment.objects.order_by("-pk").values_list("pk", "version")[:3])
        seen = [row for place, row in enumerate(rows) if which >> place & 1]
        decide_many(seen, Decision(verb, "insult", takes_edit=which % 2 == 1), self.people[which % 2])

    def undo(self, which, is_last):
        person = self.people[which % 2]
        deed = undoing.last_deed(person)
        if deed and is_last:
            undoing.undo_deed(deed, person)
        elif comment := Comment.objects.order_by("pk")[which : which + 1].first():
            undoing.undo_comment(comment.pk, person)

    def ban(self, verb, hides):
        if writer := Commenter.objects.order_by("pk").first():
            bans.take(writer.pk, Measure(verb, hides_days=int(hides)), self.people[0])

    def reader(self, deed, which):
        comment = Comment.objects.order_by("pk")[which : which + 1].first()
        if comment and deed == "complain" and comment.state == State.VISIBLE:
            complain(comment, by=Commenter.objects.order_by("-pk").first())
        elif comment and deed == "propose" and not comment.revisions.exists() and comment.state == State.VISIBLE:
            propose(comment, "Viết lại cho rõ hơn.")
        elif comment and deed == "appeal" and comment.state == State.REJECTED and not comment.appealed_at:
            appeal(comment)


DEEDS = st.lists(DEED, min_size=6, max_size=14)
SEARCH = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=4, **SEARCH)
@given(deeds=DEEDS)
def test_any_deeds_in_any_order(deeds):
    carry_out(deeds)


@pytest.mark.slow
@settings(max_examples=200, **SEARCH)
@given(deeds=DEEDS)
def test_many_deeds_in_many_orders(deeds):
    carry_out(deeds)


def carry_out(deeds):
    with transaction.atomic():
        desk = Desk()
        for number in range(2):
            desk.send(number, False)
        for name, *how in deeds:
            with suppress(Conflict, Refused):
                getattr(desk, name)(*how)
        prove()
        transaction.set_rollback(True)


def prove():
    assert not list(counting.drifted(Thread.objects.all()))
    tally = Counter()
    for comment in Comment.objects.all():
        assert comment.hidden_by_root == (comment.root is not None and comment.root.state != State.VISIBLE)
        assert comment.reply_count == Comment.objects.shown().filter(root=comment).count()
        assert comment.report_count == comment.reports.filter(state=Report.State.OPEN).count()
        stands = tallies.standing_decision(comment.pk)
        if stands and stands.verb in tallies.COUNTED_AS:
            tally[comment.commenter_id, tallies.COUNTED_AS[stands.verb]] += 1
        versions = comment.actions.exclude(version=0).order_by("version").values_list("version", flat=True)
        assert len(versions) == len(set(versions)), "one line for each version"
    for report in Report.objects.exclude(state=Report.State.OPEN).exclude(commenter=None):
        name = "upheld_count" if report.state == Report.State.UPHELD else "dismissed_count"
        tally[report.commenter_id, name] += 1
    names = {*tallies.COUNTED_AS.values(), "upheld_count", "dismissed_count"}
    said = {(row["pk"], name): row[name] for row in Commenter.objects.values("pk", *names) for name in names}
    assert {key: number for key, number in said.items() if number} == dict(tally)
    assert ModAction.objects.filter(verb=Verb.UNDO, undoes=None).count() == 0
