"""Hosts that share a Redis: one counts for all, one renders for all, and without it each goes on by itself."""

import threading
import time

import pytest
from django.core.cache import cache, caches
from django.db import connection

from newsroom import front_door, sharing
from newsroom.lib import shared
from newsroom.lib.pagecache import copies
from newsroom.lib.pagecache.models import bump
from newsroom.lib.ratelimit import allow
from tests import builders, services
from tests.front_door import Door

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server():
    redis = services.start_redis()
    yield redis
    redis.stop()


@pytest.fixture
def redis(server, settings, monkeypatch):
    monkeypatch.setattr(shared.SharedCache, "link", shared.Link())
    settings.CACHES = {"default": {"BACKEND": front_door.SHARED, "LOCATION": f"redis://127.0.0.1:{server.port}/0"}}
    cache.clear()
    return server


@pytest.fixture
def doors(redis):
    doors = [Door(), Door()]
    yield doors
    for door in doors:
        door.cache.versions.close()


@pytest.fixture
def gone(redis):
    redis.stop()
    yield redis
    if redis.process.poll() is not None:
        redis.start()


def test_what_one_host_counted_the_other_knows(redis):
    address = redis.port  # a client of its own for each thread, as for each host
    found = []
    for _host in range(4):
        thread = threading.Thread(target=lambda: found.append(allow(f"tim {address}", 2, 3600)))
        thread.start()
        thread.join()
    assert found == [True, True, False, False]


def test_what_one_host_rendered_the_other_sends(doors, story):
    one, two = doors
    first = one.get(story.get_absolute_url(), HTTP_ACCEPT_ENCODING="br")
    second = two.get(story.get_absolute_url(), HTTP_ACCEPT_ENCODING="br")
    assert (one.renders, two.renders) == ([story.get_absolute_url()], [])
    assert (first.body, first.headers["ETag"]) == (second.body, second.headers["ETag"])
    assert first.headers.keys() - {"Last-Modified"} == second.headers.keys() - {"Last-Modified"}
    assert two.get(story.get_absolute_url(), HTTP_ACCEPT_ENCODING="gzip").text == first.text


def test_what_is_published_on_one_is_at_once_on_the_other(doors, story):
    one, two = doors
    for door in doors:
        assert "Cầu mới" in door.get("/").text
    builders.withdraw(story)
    assert "Cầu mới" not in two.get("/").text
    assert "Cầu mới" not in one.get("/").text
    assert one.renders + two.renders == ["/", "/"], "one render for both, before and after"


def test_a_burst_on_both_hosts_is_one_render(doors, story):
    found = []
    hosts = [threading.Thread(target=lambda d=door: found.extend(d.get_at_once("/", 6))) for door in doors]
    for host in hosts:
        host.start()
    for host in hosts:
        host.join()
    assert len(found) == 12 and {answer.status for answer in found} == {200}
    assert sum((door.renders for door in doors), []) == ["/"]


def test_missing_pages_are_each_hosts_own(doors, story):
    for door in doors:
        assert door.get("/khong-co/").status == 404
        assert door.renders == ["/khong-co/"]


def test_a_copy_that_nobody_of_ours_wrote_is_not_sent(doors, story):
    one, two = doors
    one.get("/")
    client = caches["default"].redis()
    (name,) = client.scan_iter("newsroom:page:*")
    packed = client.get(name)
    client.set(name, packed.replace(b'"200 OK"', b'"200 KO"'))
    assert two.get("/").status == 200 and two.renders == ["/"]
    assert len(packed) < 20_000 and 0 < client.ttl(name) <= 60


def test_other_code_or_settings_share_nothing(doors, story, settings):
    settings.PAGE_MAX_AGE = 61
    other = Door()
    doors[0].get("/"), other.get("/")
    assert other.renders == ["/"]
    other.cache.versions.close()


def test_who_dies_while_rendering_holds_up_nobody_for_long(doors, story, monkeypatch):
    monkeypatch.setattr(copies, "LEASE", 1)
    doors[1].get("/")
    doors[0].cache.copies.begin(next(iter(doors[1].cache.store._newcomers)))  # and never ends
    bump(["home"])
    began = time.monotonic()
    assert doors[1].get("/").status == 200
    assert 0.5 < time.monotonic() - began < 5


def test_the_doctor_says_when_it_is_away(redis, gone):
    assert [finding.id for finding in sharing.redis_answers()] == ["doctor.W016"]
    gone.start()
    assert list(sharing.redis_answers()) == []


def test_without_redis_the_site_works_and_says_so_once(doors, story, gone, caplog):
    for _time in range(3):
        bump(["home"])
        assert [door.get("/").status for door in doors] == [200, 200]
    assert [allow("a", 2, 3600) for _time in range(3)] == [True, True, False], "each counts for itself"
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "Redis does not answer, each process counts and renders for itself"
    ]
    gone.start()
    shared.SharedCache.link._until = 0.0
    assert allow("b", 1, 3600) and caplog.records[-1].message == "Redis answers again"
    bump(["home"])
    for door in doors:
        door.renders.clear()
        door.get("/")
    assert (doors[0].renders, doors[1].renders) == (["/"], [])
    connection.close()
