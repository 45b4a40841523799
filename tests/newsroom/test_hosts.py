"""Two application servers with one PostgreSQL and its replica, one Redis and one bucket: readers see one paper.

Real processes; `make check-long` runs it with tests/postgres.
"""

import http.client
import json
import re
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from articles.models import Article, Image
from deploy.readers import Form
from newsroom.lib.pagecache.models import bump
from tests import builders, services
from tests.picture_files import encoded, gradient, upload
from tests.processes import environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="hosts share a PostgreSQL"),
]
NAME = "bao.example.vn"
SERVER = "granian --interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 8 --no-ws --port {port}"


class Host(services.Server):
    """An application server of its own machine: nothing of its disk is the other's."""

    def __init__(self, folder, shared):
        folder.mkdir()
        self.log = folder / "log"
        own = {"VAR_DIR": str(folder), "SLOW_REQUEST_MS": "0", "ALLOWED_HOSTS": NAME, "SITE_URL": f"http://{NAME}"}
        own |= {"SECRET_KEY": settings.SECRET_KEY, "LOG_FORMAT": "json"}
        program, *options = SERVER.split()
        command = [Path(sys.executable).with_name(program), *options, "newsroom.wsgi:application"]
        super().__init__(command, **environment(), **shared, **own)

    def start(self):
        with self.log.open("ab") as log:
            super().start(log)

    def ask(self, path, body=None, **headers):
        """Status, headers and text of what somebody gets who asks this host for the site."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("POST" if body is not None else "GET", path, body, {"Host": NAME, **headers})
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, answer.headers, content.decode("utf-8", "replace")

    def renders(self, path):
        """How often the application was asked for this page."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if '"slow request"' in line]
        return sum(line["path"] == path for line in lines)

    def said(self, words):
        return self.log.read_text().count(words)


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
    hosts = [Host(tmp_path / name, shared) for name in ("one", "two")]
    yield hosts
    for host in hosts:
        host.stop()
    connection.close()


class Editor:
    """Somebody of the desk, signed in, at one of the hosts."""

    def __init__(self, person, host):
        client = Client()
        client.force_login(person)
        self.host, self.cookies = host, {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, path, form=None, **headers):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = encode_multipart(BOUNDARY, form) if form else None
        sent = {"Content-Type": MULTIPART_CONTENT} if form else {}
        status, got, text = self.host.ask(path, body, Cookie=cookies, **sent, **headers)
        for line in got.get_all("Set-Cookie") or []:
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return status, text

    def publish(self, story):
        path = f"/admin/articles/article/{story.pk}/change/"
        form = {"_verb": ["publish"]}
        for name, value in Form(self.ask(path)[1], "article_form").fields:
            form.setdefault(name, []).append(value)
        status, text = self.ask(path, form)
        assert status == 302, re.findall(r'errorlist[^<]*<[^<]+|errornote">[^<]+', text)

    def upload(self, file):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("/admin/articles/image/add/")[1])[1]
        form = {"csrfmiddlewaretoken": token, "files": [file]}
        status, text = self.ask("/admin/articles/image/add/", form, Accept="application/json")
        assert status == 200, text


def approved(**fields):
    story = builders.make_draft(**fields)
    Article.objects.filter(pk=story.pk).update(stage="approved")
    return story


def burst(hosts, path, readers):
    """What so many readers get who ask at once, every other one the other host."""
    answers, start = [], threading.Barrier(readers)

    def read(host):
        start.wait()
        answers.append(host.ask(path))

    threads = [threading.Thread(target=read, args=(hosts[number % 2],)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


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
    Editor(reporter, one).upload(file)
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
