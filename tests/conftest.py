"""What every test may count on: quick passwords, a media folder of its own, the shared cast."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import storages

from articles import counting, section_bar
from articles.models import Image
from articles.templatetags.articles import AROUND
from newsroom.lib import append_only
from tests import builders


@pytest.fixture(autouse=True)
def quick_and_apart(settings, tmp_path, monkeypatch):
    """Passwords hash fast, files land in the test's own folder, mail stays in memory."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    stores = {
        alias: {**store, "OPTIONS": {**store.get("OPTIONS", {}), "location": str(tmp_path / alias)}}
        for alias, store in settings.STORAGES.items()
        if alias != "staticfiles"
    }
    settings.STORAGES = {**settings.STORAGES, **stores}
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", storages["originals"])


@pytest.fixture(autouse=True)
def reads_wait_for_the_test(monkeypatch):
    """No thread writes counted reads behind a test's back: tests say `counting.flush()`."""
    monkeypatch.setattr(counting, "set_clock", lambda: None)
    yield
    counting.waiting.take()


@pytest.fixture(autouse=True)
def a_process_of_its_own(monkeypatch):
    """What a process remembers of a database is forgotten with the test's database, whose versions begin again."""
    monkeypatch.setattr(section_bar.Memory, "bar", None)
    AROUND.clear()


@pytest.fixture(autouse=True)
def logs_that_can_be_emptied(request):
    """Tests whose transactions are real are cleaned up by emptying every table, which the logs refuse.

    They come after all others, so that these keep the triggers.
    """
    marker = request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    ):
        request.getfixturevalue("transactional_db")
        append_only.take_triggers(*append_only.TABLES)


@pytest.fixture
def cast(db):
    """The people of the newsroom: Rita reports, Ed edits, Pia publishes, Cora is the chief, Mo moderates comments."""
    return SimpleNamespace(
        rita=builders.make_user("reporter", name="rita"),
        ed=builders.make_user("editor", name="ed"),
        pia=builders.make_user("publisher", name="pia"),
        cora=builders.make_user("chief", name="cora"),
        mo=builders.make_user("moderator", name="mo"),
        ada=builders.make_user("administrator", name="ada"),
        nobody=builders.make_user(name="nobody"),
    )
