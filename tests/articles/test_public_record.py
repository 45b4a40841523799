"""The record of everything that was public: whole, only growing, and provably unchanged."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import pictures, proof, publishing, record, workflow
from articles.loading import Loaded, load_published
from articles.models import Article, BylineRef, PublicVersion, RecordSeal
from articles.notices import Notice
from articles.writing import Conflict
from newsroom.lib import append_only
from tests.builders import (
    hours,
    make_article,
    make_author,
    make_draft,
    make_image,
    make_section,
    make_snapshot,
    make_user,
    withdraw,
)

pytestmark = pytest.mark.django_db
TABLES = ("articles_publicversion", "articles_recordseal")


@pytest.fixture
def guarded(db):
    """The triggers of the migration, for databases that were made without migrations."""
    append_only.set_triggers(*TABLES)
    yield
    append_only.take_triggers(*TABLES)


@pytest.fixture
def unguarded(db):
    """Somebody with the keys of the database took the triggers away."""
    append_only.take_triggers(*TABLES)


def put(pk, **columns):
    Article.objects.filter(pk=pk).update(**columns)


def published_again(article, **notice):
    put(article.pk, stage="approved")
    notice = Notice(**{"kind": "update", "line": "Bổ sung.", **notice})
    workflow.perform(article.pk, "publish", by=make_user("publisher"), notice=notice)


def broken():
    return str(proof.verify().broken or "")


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_a_version_reads_by_itself():
    image = make_image(caption="Hồ Gươm sáng sớm.")
    section = make_section("Giao thông", parent=make_section("Đô thị"))
    author = make_author("Lê An")
    article = make_article(section=section.pk, bylines=(BylineRef(author.pk),), image=image)
    content = article.public_versions.get().content
    assert content["section"] == {"section": section.pk, "name": "Đô thị › Giao thông"}
    assert content["bylines"] == [{"author": author.pk, "name": "Lê An", "role": "text"}]
    assert [(each["digest"], each["credit"]) for each in content["pictures"]] == [(image.digest, image.credit)]
    assert (content["headline"], content["body"]) == (article.headline, article.body)
    assert content["address"] == article.get_absolute_url()


def test_every_public_version_is_kept_in_order():
    article = make_article()
    published_again(article, kind="correction", line="Sửa tên.")
    withdraw(article)
    workflow.perform(article.pk, "republish", by=make_user("chief"))
    versions = list(article.public_versions.order_by("number"))
    assert [version.kind for version in versions] == ["first", "correction", "withdrawal", "return"]
    assert [version.number for version in versions] == [1, 2, 3, 4]
    assert [version.previous for version in versions] == ["", *(version.digest for version in versions[:-1])]
    assert proof.verify() == proof.Verdict(4, 0, None)


def test_stories_in_bulk_are_recorded_as_one_by_one():
    snapshot, user = make_snapshot(image=make_image()), make_user()
    load_published([Loaded(snapshot, hours(-30)), Loaded(snapshot, hours(-20))], by=user, batch=2)
    for version in PublicVersion.objects.all():
        article = version.article
        live = article.live_revision.snapshot
        alone = record.content_of(article, live, record.Names.of([live]))
        assert (version.number, version.kind, version.by, version.content) == (1, "first", user, alone)
    assert proof.verify() == proof.Verdict(2, 0, None)


def test_another_caption_in_the_library_is_another_public_version(cast):
    image = make_image()
    article = make_article(image=image)
    pictures.change_picture(image, by=cast.ed, title="Tên khác")
    assert article.public_versions.count() == 1, "readers do not see the title"
    pictures.change_picture(image, by=cast.ed, caption="Chú thích khác.")
    last = article.public_versions.first()
    assert (last.kind, last.by) == ("typo", cast.ed)
    assert last.content["pictures"][0]["caption"] == "Chú thích khác."
    assert not broken()


# --- only growing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete(guarded, deed):
    version = make_article().public_versions.get()
    RecordSeal.objects.create(day=timezone.localdate(), count=1, digest="0" * 64)
    for rows in (PublicVersion.objects.filter(pk=version.pk), RecordSeal.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            if deed == "update":
                rows.update(digest="1" * 64)
            else:
                rows._raw_delete(rows.db)
    assert PublicVersion.objects.get().digest == version.digest


# --- whole or not at all ----------------------------------------------------------------------------------------


def test_a_publication_that_fails_half_way_leaves_nothing(monkeypatch):
    article = make_draft()
    put(article.pk, stage="approved")

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(publishing.record, "add_live", fail)
    with pytest.raises(OSError):
        workflow.perform(article.pk, "publish", by=make_user("publisher"))
    article.refresh_from_db()
    assert (article.stage, article.published_at) == ("approved", None)
    assert not PublicVersion.objects.exists()


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.contrib.auth import get_user_model
from articles import record, workflow
add = record.add
def die(*args, **kwargs):
    add(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
record.add = die
workflow.perform(int(sys.argv[2]), "publish", by=get_user_model().objects.get(pk=int(sys.argv[3])))
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_while_publishing_leaves_nothing():
    article, publisher = make_draft(), make_user("publisher")
    put(article.pk, stage="approved")
    name = str(connection.settings_dict["NAME"])
    scheme = "sqlite" if connection.vendor == "sqlite" else "postgres"
    given = connection.settings_dict
    host = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}" if scheme == "postgres" else ""
    url = f"{scheme}://{host}/{name}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    arguments = [sys.executable, "-c", KILLED, name, str(article.pk), str(publisher.pk)]
    done = subprocess.run(arguments, cwd=Path(settings.BASE_DIR), env=environment, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    article.refresh_from_db()
    assert (article.stage, article.published_at) == ("approved", None)
    assert not PublicVersion.objects.exists()
    workflow.perform(article.pk, "publish", by=publisher)
    assert proof.verify() == proof.Verdict(1, 0, None)


@pytest.mark.django_db(transaction=True)
def test_stories_published_at_once_keep_their_chains():
    stories = [make_article() for _ in range(4)]
    people = [make_user("publisher") for _ in range(4)]
    start, failures = threading.Barrier(8), []

    def publish(story, person):
        start.wait()
        for _ in range(3):
            put(story.pk, stage="approved")
            try:
                workflow.perform(story.pk, "publish", by=person, notice=Notice(kind="update", line="Thêm."))
            except Conflict:
                pass  # the other one of the same story was faster
            except Exception as error:
                failures.append(error)
        connection.close()

    pairs = [(story, person) for story in stories for person in people[:2]]
    threads = [threading.Thread(target=publish, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert proof.verify().broken is None
    assert PublicVersion.objects.filter(kind="update").count() >= 4
