"""What every test may count on: a database, quick passwords, a media folder of its own, the shared cast."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import TestCase
from django.test.utils import override_settings, teardown_databases

from articles import counting
from articles.models import Image
from comments import listed
from newsroom.lib import append_only, pieces
from newsroom.lib.maintenance import models as maintenance
from tests import builders, databases


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL: only what touches a database. The rest cannot differ from what the first run has proven.

    Neither can what asks for page after page to see who may open it, or in which language (`one_database`).
    """
    if connection.vendor == "postgresql":
        apart = [item for item in items if not touches_a_database(item)]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in set(apart)]


def touches_a_database(item):
    if item.get_closest_marker("one_database"):
        return False
    in_a_class = item.cls is not None and issubclass(item.cls, TestCase)
    return in_a_class or bool(
        item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        made = databases.set_up()
    databases.empty_quickly()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def quick_and_quiet():
    """Passwords hash fast, a busy machine logs nothing; of the session, for classes that set up what tests share."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, SLOW_REQUEST_MS=3_600_000, SLOW_QUERY_MS=3_600_000):
        yield


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path, monkeypatch):
    """Files land in the test's own folder."""
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
def a_process_of_its_own():
    """What a process remembers of a database is forgotten with the test's database, whose versions begin again."""
    pieces.forget()


@pytest.fixture(autouse=True)
def house_is_open(monkeypatch):
    """No page asks the database whether there is maintenance: its statements are counted."""
    monkeypatch.setattr(maintenance.known, "until", float("inf"))


@pytest.fixture(autouse=True)
def no_lists_of_another_test():
    """What a process keeps of the words and names that screening looks for."""
    listed.forget()


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
