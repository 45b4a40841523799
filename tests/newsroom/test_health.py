"""Whether the site is well: for whoever restarts it, for whoever sends readers, for graphs."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from prometheus_client.parser import text_string_to_metric_families

from comments.models import State
from newsroom import health
from tests import builders
from tests.comments import voices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_seen_yet(monkeypatch):
    monkeypatch.setattr(health, "_migrated", set())


def down(*_args):
    raise DatabaseError("host db.internal is down")


def test_well(client):
    for where in ("/healthz", "/readyz"):
        response = client.get(where)
        assert (response.status_code, response.content) == (200, b"ok\n") and "no-store" in response["Cache-Control"]


def test_without_a_database_the_process_lives(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", down)
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.content.decode()) == (503, "Cơ sở dữ liệu không trả lời.\n")


def test_migrations_that_wait(client):
    MigrationRecorder(connection).record_unapplied("maintenance", "0001_initial")
    response = client.get("/readyz")
    assert response.status_code == 503 and "maintenance.0001_initial" in response.content.decode()
    MigrationRecorder(connection).record_applied("maintenance", "0001_initial")
    assert client.get("/readyz").status_code == 200


def test_pictures_that_cannot_be_stored(client, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file"
    response = client.get("/readyz")
    assert response.status_code == 503 and "Không ghi được vào thư mục ảnh" in response.content.decode()


@pytest.mark.parametrize(
    ("allowed", "proxies", "headers", "status"),
    [
        ([], [], {}, 404),
        (["10.0.0.0/8"], [], {}, 404),
        (["127.0.0.1"], [], {}, 200),
        (["127.0.0.1"], [], {"X-Forwarded-For": "127.0.0.1"}, 404),
        (["127.0.0.1"], ["127.0.0.1"], {"X-Forwarded-For": "203.0.113.9"}, 404),
        (["10.0.0.0/8"], ["127.0.0.1"], {"X-Forwarded-For": "10.1.2.3"}, 200),
    ],
)
def test_who_may_measure(client, settings, allowed, proxies, headers, status):
    settings.METRICS, settings.TRUSTED_PROXIES = allowed, proxies
    assert client.get("/metrics", headers=headers).status_code == status


def measures(client):
    families = text_string_to_metric_families(client.get("/metrics").content.decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_measures(client, settings, monkeypatch):
    settings.METRICS = ["127.0.0.1"]
    before = measures(client)
    voices.load(builders.make_article(), State.PENDING)
    client.get("/"), client.get("/khong-co/"), client.get("/admin/")
    after = measures(client)

    def more(*key):
        return after[key] - before.get(key, 0)

    assert more("newsroom_requests_total", "home", "200") == 1 == more("newsroom_requests_total", "desk", "302")
    assert more("newsroom_request_seconds_count", "home") == 1
    assert (
        more(
            "newsroom_comments_waiting",
        )
        == 1
        == after["newsroom_database_up",]
    )
    assert after["newsroom_release_due_age_seconds",] == -1 and after["newsroom_updates_late",] == 0
    monkeypatch.setattr("newsroom.health.PublicVersion.objects", type("Down", (), {"order_by": down})())
    assert measures(client)["newsroom_database_up",] == 0
