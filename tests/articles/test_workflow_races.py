"""People and processes at once: one wins, the other is told; a process killed in the middle leaves nothing half."""

import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from django.db import connection

from articles import placing, releasing, signing, writing
from articles.models import Article, DayCount, Placement, SignOffKind, Stage
from articles.notices import Notice
from articles.readiness import NotReady
from articles.workflow import Refused, perform
from articles.writing import Conflict
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_draft, make_snapshot, make_user
from tests.processes import ROOT, environment

pytestmark = pytest.mark.django_db(transaction=True)
UPDATE = Notice(kind="update", line="Thêm số liệu")
KILLED_IN_THE_MIDDLE = """
import os, signal, django
django.setup()
from articles import placing, releasing
from django.utils import timezone
from datetime import timedelta
def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)
placing.place = die
releasing.release_all(timezone.now() + timedelta(hours=3))
"""


def put(article, **columns):
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()
    return article


def at_once(*deeds):
    """Do these at the same moment, each in a thread with a connection of its own; returns what each came to."""
    results, start = [None] * len(deeds), threading.Barrier(len(deeds))

    def do(n, deed):
        start.wait()
        try:
            results[n] = deed()
        except (Refused, Conflict) as told:
            results[n] = told
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize(
    ("one", "other", "stage", "is_live"),
    [
        ("publish", "return", Stage.APPROVED, False),
        ("publish", "withdraw", Stage.APPROVED, True),
        ("approve", "return", Stage.REVIEW, False),
        ("publish", "schedule_update", Stage.APPROVED, True),
        ("approve", "hold", Stage.REVIEW, False),
        ("publish", "hold", Stage.APPROVED, True),
        ("discard", "hotfix", Stage.EDITING, True),
    ],
)
def test_opposite_verbs_at_once(one, other, stage, is_live):
    article = make_article(hours(-5)) if is_live else make_draft()
    put(article, stage=stage)
    writing.save_text(article, make_snapshot(), by=make_user("editor"), version=article.version)
    seen = article.version
    text = replace(article.live_revision.snapshot, source="TTXVN") if is_live else None
    people = [make_user("chief", name=name) for name in ("an", "binh")]

    def press(verb, person):
        at = hours(1) if verb in ("schedule_update", "hold") else None
        given = {"note": "Chờ thêm", "at": at, "notice": UPDATE, "snapshot": text}
        return lambda: perform(article.pk, verb, by=person, version=seen, **given)

    results = at_once(press(one, people[0]), press(other, people[1]))
    lost = [result for result in results if isinstance(result, Exception)]
    assert len(lost) == 1, results
    winner = people[results.index(next(result for result in results if result not in lost))]
    assert isinstance(lost[0], Conflict)
    assert winner.username in str(lost[0]), "who was faster"
    assert str(hours(0).year) in str(lost[0]), "and when"
    assert article.transitions.filter(verb__in=(one, other)).exclude(actor__username__startswith="nguoi").count() == 1


def test_approving_while_the_signature_is_taken_back_never_leaves_an_unsigned_approval():
    for _round in range(5):
        article = put(make_draft(), stage=Stage.REVIEW)
        chief, signer = make_user("chief"), make_user("editor")
        signing.ask(article.pk, SignOffKind.LEGAL, by=chief)
        digest = article.working_revision.digest
        signing.sign(article.pk, SignOffKind.LEGAL, by=signer, digest=digest)
        approved, _taken = at_once(
            lambda article=article, chief=chief: perform(article.pk, "approve", by=chief),
            lambda article=article, signer=signer: signing.take_back(article.pk, SignOffKind.LEGAL, by=signer),
        )
        article.refresh_from_db()
        verbs = list(article.transitions.order_by("pk").values_list("verb", flat=True))
        if isinstance(approved, NotReady):
            assert article.stage == Stage.REVIEW
        else:
            assert verbs.index("approve") < verbs.index("unsign") if "unsign" in verbs else True


# --- release_due ------------------------------------------------------------------------------------------------


def with_update(headline):
    article = make_article(hours(-5))
    put(article, stage=Stage.EDITING)
    writing.save_text(article, make_snapshot(headline=headline), by=make_user("editor"), version=article.version)
    put(article, stage=Stage.APPROVED)
    perform(article.pk, "schedule_update", by=make_user("publisher"), at=hours(2), notice=UPDATE)
    article.refresh_from_db()
    return article


def test_two_runs_at_once_release_each_update_once_and_announce_once():
    stories = [with_update(f"Cập nhật {n}") for n in range(6)]
    begins = make_article(hours(1))
    assert releasing.announce() == []
    epochs = dict(Epoch.objects.values_list("key", "version"))
    now = hours(2.5)

    def run():
        return releasing.release_all(now), releasing.announce(now)

    runs = at_once(run, run, run)
    released = [step.article_id for (steps, _failures), _announced in runs for step in steps]
    assert sorted(released) == [story.pk for story in stories]
    assert [failure for (_steps, failures), _announced in runs for failure in failures] == []
    assert sorted(story.pk for _done, announced in runs for story in announced) == [begins.pk]
    assert Epoch.objects.get(key=f"a{begins.pk}").version == epochs[f"a{begins.pk}"] + 1
    for story in stories:
        story.refresh_from_db()
        assert (story.stage, story.due_at, story.headline) == (Stage.DONE, None, story.desk_headline)
        assert story.transitions.filter(verb="release").count() == 1


def test_a_person_and_the_clock_at_once():
    article = with_update("Cập nhật")
    person, now = make_user("publisher"), hours(2.5)
    at_once(
        lambda: releasing.release_all(now),
        lambda: perform(article.pk, "publish", by=person, version=article.version, notice=UPDATE),
    )
    article.refresh_from_db()
    assert (article.stage, article.headline, article.due_at) == (Stage.DONE, "Cập nhật", None)
    assert article.transitions.filter(to_stage=Stage.DONE, from_stage=Stage.APPROVED).count() == 2, "first and update"


def test_killed_in_the_middle_of_a_publication_nothing_is_half_and_the_next_run_completes():
    article = with_update("Cập nhật")
    before = Article.objects.filter(pk=article.pk).values().get()
    versions = article.public_versions.count()
    killed = subprocess.run([sys.executable, "-c", KILLED_IN_THE_MIDDLE], env=environment(), cwd=ROOT, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert Article.objects.filter(pk=article.pk).values().get() == before
    assert article.public_versions.count() == versions
    released, failures = releasing.release_all(hours(3))
    assert ([step.article_id for step in released], failures) == ([article.pk], [])
    article.refresh_from_db()
    assert (article.headline, article.stage) == ("Cập nhật", Stage.DONE)


def test_an_end_is_lifted_while_the_clock_takes_the_story_out():
    """Whoever comes first: at the end the story stands in its lists, and the counts are right."""
    chief = make_user("chief")
    for _round in range(4):
        story = put(make_article(hours(-5)), visible_until=hours(-1))
        at_once(lambda pk=story.pk: perform(pk, "set_end", by=chief), releasing.clear)
        story.refresh_from_db()
        assert (story.is_over, Placement.objects.filter(article=story).exists()) == (False, True)
        counts = list(DayCount.objects.order_by("day", "section").values_list("day", "section", "count"))
        placing.recount()
        assert counts == list(DayCount.objects.order_by("day", "section").values_list("day", "section", "count"))
