"""kill -9 in the middle of a publication: nothing of it has happened, and publishing again does all of it."""

import signal
import subprocess
import sys

import pytest

from articles import proof, search, writing
from articles.models import (
    Article,
    Byline,
    DayCount,
    DeskDoc,
    DeskNotice,
    Placement,
    PublicVersion,
    SearchDoc,
    Stage,
    StoryLink,
    Tagging,
    Transition,
)
from articles.notices import Notice
from articles.queries import Query
from articles.workflow import perform
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_draft, make_snapshot, make_user
from tests.processes import ROOT, environment

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = (
    *(Article, Byline, Tagging, Placement, DayCount, SearchDoc, DeskDoc, StoryLink),
    *(PublicVersion, Transition, DeskNotice, Epoch),
)
# A process whose children publish: each is told a step of the publication, and kills itself when that step is done.
PUBLISHER = """
import os, signal, sys, django
django.setup()
from importlib import import_module
from django.contrib.auth import get_user_model
from articles.notices import Notice
from articles.workflow import perform

def publish(story, person, kind, module, name):
    module = import_module(module)
    step = getattr(module, name)
    def last(*args, **kwargs):
        step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, last)
    notice = Notice(kind=kind, line="Thêm số liệu") if kind != "-" else Notice()
    perform(int(story), "publish", by=get_user_model().objects.get(pk=person), notice=notice)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        publish(*line.split())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
STEPS = [
    "articles.workflow move",
    "articles.publishing write",
    "articles.publishing credit",
    "articles.placing place",
    "articles.search index",
    "articles.links write",
    "articles.record add_live",
    "articles.telling tell_of_step",
    "articles.workflow bump",  # the last one before the commit
]


def everything():
    """All rows that a publication could touch."""
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in TABLES}


@pytest.fixture
def publish_until_killed():
    """Publish the story in a child of one process, which dies after the named step."""
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHER],
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def publish(article, person, step, kind="-"):
            process.stdin.write(f"{article.pk} {person.pk} {kind} {step}\n")
            process.stdin.flush()
            assert int(process.stdout.readline()) == -signal.SIGKILL

        yield publish
        process.stdin.close()


def approved(article, person):
    Article.objects.filter(pk=article.pk).update(stage=Stage.APPROVED)
    article.refresh_from_db()
    return article, person


def test_a_first_publication_happens_whole_or_not_at_all(publish_until_killed):
    other = make_article(hours(-5))
    body = f'<p>Xem <a href="{other.get_absolute_url()}">bài trước</a>.</p>'
    article, person = approved(make_draft(body=body), make_user("publisher"))
    before = everything()
    for step in STEPS:
        publish_until_killed(article, person, step)
        assert everything() == before, f"killed after {step}"
    assert not Article.objects.published().filter(pk=article.pk).exists()

    perform(article.pk, "publish", by=person)
    article.refresh_from_db()
    assert (article.stage, article.headline) == (Stage.DONE, article.desk_headline)
    assert [hit.article for hit in search.search(Query.read(article.headline)).hits] == [article]
    assert article.placements.count() == 1
    assert DayCount.objects.get(section=None, day=article.published_on).count in (1, 2), "today, maybe with the other"
    assert [version.number for version in article.public_versions.all()] == [1]
    assert proof.verify().broken is None


def test_an_update_of_a_live_story_leaves_readers_the_text_they_had(publish_until_killed):
    article = make_article(hours(-5), headline="Bản đầu")
    Article.objects.filter(pk=article.pk).update(stage=Stage.EDITING)
    article.refresh_from_db()
    text = make_snapshot(headline="Bản sau")
    writing.save_text(article, text, by=make_user("editor"), version=article.version)
    article, person = approved(article, make_user("publisher"))
    before = everything()
    for step in STEPS:
        publish_until_killed(article, person, step, kind="update")
        assert everything() == before, f"killed after {step}"
    assert Article.objects.published().get().headline == "Bản đầu"

    perform(article.pk, "publish", by=person, notice=Notice(kind="update", line="Thêm số liệu"))
    assert Article.objects.published().get().headline == "Bản sau"
    assert [version.number for version in article.public_versions.order_by("number")] == [1, 2]
    assert proof.verify().broken is None
