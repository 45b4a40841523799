"""Two application servers with one PostgreSQL and its replica, one Redis and one bucket: readers see one paper.

Real processes; `make check-long` runs it with tests/postgres.
"""

import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Article, Image
from newsroom.lib.pagecache.models import bump
from tests import builders, services
from tests.hosts import Editor, Host, burst
from tests.picture_files import encoded, gradient, upload
from tests.processes import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="hosts share a PostgreSQL"),
]


@pytest.fixture
def redis():
    redis = services.start_redis()
    yield redis
    redis.stop()


@pytest.fixture
def bucket():
    with services.bucket() as bucket:
        yield bucket


@pytest.fixture
def follower():
    follower = services.Follower(Path("/tmp") / f"newsroom-follower-{uuid.uuid4().hex[:8]}")
    yield follower
    follower.forget()


@pytest.fixture
def hosts(tmp_path, redis, bucket, follower):
    builders.make_publication()
    call_command("sync_roles", verbosity=0)
    shared = {
        "CACHE_URL": f"rediscache://127.0.0.1:{redis.port}/0",
        "STORAGE_URL": f"{bucket.url}?media={bucket.public}",
        "DATABASE_REPLICA_URL": follower.url,
    }
    hosts = [Host(tmp_path / name, **shared) for name in ("one", "two")]
    yield hosts
    for host in hosts:
        host.stop()
    connection.close()


def approved(**fields):
    story = builders.make_draft(**fields)
    Article.objects.filter(pk=story.pk).update(stage="approved")
    return story


def doctor(host, **changed):
    """What it says on this host of the things that hosts share."""
    command = [sys.executable, "manage.py", "doctor", "--language", "en"]
    done = subprocess.run(
        command, cwd=ROOT, env={**host.environ, **changed}, capture_output=True, text=True, check=False
    )
    assert "✗" in done.stdout or "!" in done.stdout or "✓" in done.stdout, done.stderr
    return [line for line in done.stdout.splitlines() if re.search("bucket|Redis|REPLICA|replica|pictures", line)]


def test_the_doctor_finds_nothing_and_then_what_is_wrong(hosts):
    assert doctor(hosts[0]) == []
    primary = hosts[0].environ["DATABASE_URL"]
    assert doctor(hosts[0], DATABASE_REPLICA_URL=primary)[0] == "✗ DATABASE_REPLICA_URL names no replica."


def test_what_one_publishes_the_other_shows_at_once(hosts):
    one, two = hosts
    story = approved(headline="Cầu mới qua sông Hồng", section=builders.make_section("Đô thị").pk)
    assert [host.ask("/")[0] for host in hosts] == [200, 200]
    Editor(builders.make_user("publisher"), one).publish(story)
    story.refresh_from_db()
    status, _headers, page = two.ask(story.get_absolute_url())
    assert status == 200 and "Cầu mới qua sông Hồng" in page
    assert all("Cầu mới qua sông Hồng" in host.ask("/")[2] for host in hosts)
    builders.withdraw(story)
    assert [host.ask(story.get_absolute_url())[0] for host in hosts] == [410, 410]
    assert all("Cầu mới" not in host.ask("/")[2] for host in hosts)


def test_what_is_uploaded_on_one_shows_on_the_other(hosts):
    one, two = hosts
    reporter = builders.make_user("reporter")
    file = upload(encoded(gradient(900, 600)), "ho-guom.jpg")
    assert Editor(reporter, one).upload(file)[0] == 200
    image = Image.objects.get()
    tile = Editor(reporter, two).ask("/admin/articles/image/pick/")[1]
    address = re.search(r'(http://[^"\s]+/card-\d+-\w+\.jpg)', tile)[1]
    assert services.fetched(address)[0] == 200
    Image.objects.update(alt="Mặt hồ", caption="Hồ Gươm sáng nay.", credit="Minh Hà")
    story = builders.make_article(image=image)
    _status, headers, page = two.ask(story.get_absolute_url())
    shown = re.search(r'<img[^>]+src="([^"]+/full-[^"]+)"', page)[1]
    host = re.match(r"http://[^/]+", shown)[0]
    assert services.fetched(shown)[0] == 200 and host in headers["Content-Security-Policy"]
    assert not list(one.log.parent.glob("media/*")) and not list(two.log.parent.glob("media/*"))


def test_a_burst_is_one_render_for_both(hosts):
    story = builders.make_article()
    path = story.get_absolute_url()
    deadline = time.monotonic() + 10
    while hosts[0].ask(path)[0] != 200:  # the replica has heard of it
        assert time.monotonic() < deadline
    bump([f"a{story.pk}"])
    time.sleep(1.5)
    before = sum(host.renders(path) for host in hosts)
    answers = burst(hosts, path, 60)
    assert {status for status, _headers, _text in answers} == {200} and len({text for _s, _h, text in answers}) == 1
    assert sum(host.renders(path) for host in hosts) - before == 1


def test_redis_goes_and_comes_back(hosts, redis):
    builders.make_article()
    [host.ask("/") for host in hosts]
    redis.stop()
    for _time in range(5):
        bump(["home"])
        assert [host.ask("/")[0] for host in hosts] == [200, 200]
    assert [host.said("Redis does not answer") for host in hosts] == [1, 1]
    redis.start()
    time.sleep(2.1)
    for host in hosts:
        bump(["home"])
        assert host.ask("/")[0] == 200
    assert [host.said("Redis answers again") for host in hosts] == [1, 1]


def test_a_replica_that_lags_is_not_believed(hosts, follower):
    story = builders.make_article(headline="Cầu mới qua sông Hồng")
    time.sleep(1.5)
    assert "Cầu mới" in hosts[0].ask("/")[2]
    follower.ask("SELECT pg_wal_replay_pause()")
    builders.withdraw(story)
    for _time in range(3):
        assert all("Cầu mới" not in host.ask("/")[2] for host in hosts)
        assert [host.ask(story.get_absolute_url())[0] for host in hosts] == [410, 410]
        time.sleep(0.6)
    assert sum(host.said("the replica is behind") for host in hosts) >= 1
    follower.ask("SELECT pg_wal_replay_resume()")
    follower.stop()
    bump(["home"])
    assert [host.ask("/")[0] for host in hosts] == [200, 200], "the primary answers"
    follower.start()
