"""Pages rendered from a replica: only what the primary would say too, and the primary alone where it is behind."""

import sqlite3

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from articles.models import Article
from newsroom.lib.pagecache import replica as replicas
from newsroom.lib.pagecache.models import bump
from tests import builders

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a copy of the file is the replica; a real one: hosts"),
]


class Copy:
    """A replica that follows when it is told to."""

    def __init__(self, path):
        self.path = path
        self.follow()

    def follow(self):
        """It catches up with the primary."""
        connection.ensure_connection()
        with sqlite3.connect(self.path) as target:
            connection.connection.backup(target)
        target.close()

    def asked(self):
        """The statements that it was asked since the last time."""
        log = connections[replicas.REPLICA].queries_log
        asked = [entry["sql"] for entry in log]
        log.clear()
        return asked


@pytest.fixture
def replica(story, tmp_path, monkeypatch):
    for name, value in vars(replicas.Replica()).items():  # nothing is known of it yet
        monkeypatch.setattr(replicas.replica, name, value)
    settings = {**connections.settings[DEFAULT_DB_ALIAS], "NAME": str(tmp_path / "replica.sqlite3")}
    connections.settings[replicas.REPLICA] = settings
    copy = Copy(settings["NAME"])
    connections[replicas.REPLICA].force_debug_cursor = True
    connections[replicas.REPLICA].alias = DEFAULT_DB_ALIAS  # a test may ask only databases that it has named
    yield copy
    connections[replicas.REPLICA].close()
    del connections[replicas.REPLICA], connections.settings[replicas.REPLICA]


def test_readers_pages_are_read_there_whole(door, story, replica, django_assert_num_queries):
    with django_assert_num_queries(0):  # of the primary
        answer = door.get(story.get_absolute_url())
    assert "Cầu mới" in answer.text
    asked = replica.asked()
    assert len(asked) > 3 and "pagecache_epoch" in asked[-2] and asked[-1] == "ROLLBACK"
    door.get(story.get_absolute_url())
    assert door.renders == [story.get_absolute_url()] and replica.asked() == []


def test_the_desk_and_what_is_sent_are_not(door, story, replica):
    for path in ("/admin/", "/healthz", "/binh-luan/cua-toi/"):
        door.get(path, HTTP_COOKIE=f"session={'a' * 32}")
    door.get("/", HTTP_COOKIE=f"session={'a' * 32}")
    door.get("/tim-kiem/?q=", method="POST")
    assert replica.asked() == []


def test_while_it_is_behind_readers_get_what_the_primary_has(door, story, replica, caplog):
    builders.withdraw(story)
    assert "Cầu mới" not in door.get("/").text
    assert door.get(story.get_absolute_url()).status == 410
    assert door.renders == ["/", "/", story.get_absolute_url()], "once there and here; then it is left alone"
    assert [record.message for record in caplog.records if "replica" in record.message] == [
        "pages are read from the primary for the moment: the replica is behind"
    ]


def test_what_it_has_not_heard_of_yet_is_there(door, story, replica):
    new = builders.make_article(headline="Tin vừa đăng")
    assert door.get(new.get_absolute_url()).status == 200


def test_an_old_page_of_it_is_never_kept(door, story, replica):
    door.get("/")
    bump(["home"])
    Article.objects.update(headline="Đã sửa")
    replica.asked()
    assert "Cầu mới" not in door.get("/").text
    replicas.replica._until = 0.0
    assert "Cầu mới" not in door.get("/").text
    replica.follow()
    bump(["home"]), replica.follow()
    replicas.replica._until = 0.0
    door.renders.clear(), replica.asked()
    assert "Đã sửa" in door.get("/").text
    assert door.renders == ["/"] and replica.asked()


def test_without_it_the_primary_answers(door, story, replica, monkeypatch, caplog):
    connections[replicas.REPLICA].close()
    monkeypatch.setitem(connections[replicas.REPLICA].settings_dict, "NAME", "/nowhere/at/all")
    assert "Cầu mới" in door.get("/").text
    assert door.renders == ["/"] and "the replica does not answer" in caplog.text


def test_without_a_primary_it_answers_and_nothing_is_kept(door, story, replica, monkeypatch):
    door.leave()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")
    answer = door.get(story.get_absolute_url())
    assert answer.status == 200 and "Cầu mới" in answer.text
    assert answer.headers["Warning"].startswith("111") and len(door.cache.store) == 0
    monkeypatch.undo()
    connection.close()
