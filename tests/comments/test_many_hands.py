"""Eight writers and four moderators at once: nothing is lost, nobody waits in a circle, every number is exact."""

import random
import threading
import time
from collections import Counter

import pytest
from django.db import connection

from articles.models import Article
from comments import bans, counting, moderation, posting, tallies, undoing
from comments.bans import Measure
from comments.batches import decide_many
from comments.conflicts import Conflict
from comments.models import Comment, Commenter, ModAction, State, Thread, Verb
from comments.moderation import Decision
from tests.builders import make_article, make_user
from tests.comments.voices import envelope, letter

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, MODERATORS = 8, 4
VERBS = (Verb.APPROVE, Verb.APPROVE, Verb.REJECT, Verb.SPAM, Verb.RESTORE, Verb.KEEP, Verb.FEATURE)


def write(stories, name, until, sent, chance):
    """Posts and answers of one person, as fast as the rules let."""
    while time.monotonic() < until:
        story = chance.choice(stories)
        shown = Comment.objects.shown().filter(thread=story.pk).order_by("-pk").first()
        try:
            sent.append(
                posting.post(
                    story.pk,
                    letter(email=f"{name}-{len(sent) // 3}@example.com", parent_id=shown.pk if shown else None),
                    envelope(address=f"198.51.{chance.randrange(200)}.7"),
                ).pk
            )
        except posting.Refused:
            continue


def moderate(person, until, chance):
    """Decides at random, alone and in batches, undoes, bans and frees."""
    while time.monotonic() < until:
        seen = list(Comment.objects.order_by("-pk").values_list("pk", "version")[:30])
        if not seen:
            continue
        some = chance.sample(seen, min(len(seen), chance.choice((1, 1, 4))))
        deed = chance.random()
        try:
            if deed < 0.75:
                decide_many(some, Decision(chance.choice(VERBS), "insult"), person)
            elif deed < 0.9:
                last = undoing.last_deed(person)
                if last:
                    undoing.undo_deed(last, person)
            else:
                writer = Commenter.objects.order_by("?").first()
                verb = chance.choice((Verb.BAN, Verb.FREE, Verb.FREE))
                bans.take(writer.pk, Measure(verb, 7, hides_days=int(verb == Verb.BAN)), person)
        except Conflict:
            continue


def all_at_once(seconds):
    stories = [make_article() for _ in range(3)]
    Article.objects.update(comment_policy="open")
    people = [make_user("moderator") for _ in range(MODERATORS)]
    until, sent, faults = time.monotonic() + seconds, [[] for _ in range(WRITERS)], []

    def work(deed, *args):
        try:
            deed(*args)
        except Exception as fault:  # told below, in the thread of the test
            faults.append(fault)
        finally:
            connection.close()

    hands = [(write, stories, f"doc{n}", until, sent[n], random.Random(n)) for n in range(WRITERS)]
    hands += [(moderate, person, until, random.Random(person.pk)) for person in people]
    threads = [threading.Thread(target=work, args=hand) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=seconds + 60)
    assert not any(thread.is_alive() for thread in threads)
    return [pk for keys in sent for pk in keys], faults


def prove(sent, faults):
    assert faults == []
    assert sorted(sent) == list(Comment.objects.order_by("pk").values_list("pk", flat=True)), "a comment was lost"
    assert not list(counting.drifted(Thread.objects.all()))
    shown = Comment.objects.shown()
    replies = Counter(shown.exclude(root=None).values_list("root", flat=True))
    for comment in Comment.objects.prefetch_related("actions"):
        assert comment.hidden_by_root == (comment.root is not None and comment.root.state != State.VISIBLE)
        assert comment.reply_count == replies[comment.pk]
        chain = sorted(comment.actions.all(), key=lambda action: (action.version, action.pk))
        assert [action.version for action in chain] == list(range(1, comment.version + 1)), "one line for each version"
        assert all(one.after == other.before for one, other in zip(chain, chain[1:], strict=False))
        assert chain[-1].after == comment.state
    said = {
        (writer.pk, tally): getattr(writer, tally)
        for writer in Commenter.objects.all()
        for tally in set(tallies.COUNTED_AS.values())
    }
    counted = Counter()
    for pk, writer in Comment.objects.values_list("pk", "commenter"):
        stands = tallies.standing_decision(pk)
        if stands and stands.verb in tallies.COUNTED_AS:
            counted[writer, tallies.COUNTED_AS[stands.verb]] += 1
    assert {key: number for key, number in said.items() if number} == dict(counted)


def test_a_second_of_it():
    sent, faults = all_at_once(1.5)
    assert sent and ModAction.objects.exclude(actor=None).exists()
    prove(sent, faults)


@pytest.mark.slow
def test_a_minute_of_it():
    prove(*all_at_once(60))


def test_two_who_undo_the_same_batch():
    story, lan, minh = make_article(), make_user("moderator"), make_user("moderator")
    posts = [posting.post(story.pk, letter(), envelope()) for _ in range(3)]
    result = decide_many([(comment.pk, 1) for comment in posts], Decision(Verb.APPROVE), lan)
    start, undone = threading.Barrier(2), []

    def undo(person):
        start.wait(timeout=10)
        try:
            undone.append(undoing.undo_batch(result.batch, person))
        finally:
            connection.close()

    threads = [threading.Thread(target=undo, args=(person,)) for person in (lan, minh)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(undone) == 2 and not any(each.problems for each in undone)
    assert ModAction.objects.filter(verb=Verb.UNDO).count() == 3
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PENDING}
    assert not list(counting.drifted(Thread.objects.all()))
    assert moderation.approve(posts[0].pk, 3, minh).state == State.VISIBLE
