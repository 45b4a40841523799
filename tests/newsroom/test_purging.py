"""Caches in front of the site: told by key after the commit, in the usual forms; one that is away stops nobody."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction

from newsroom.lib.pagecache.models import bump

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cache():
    """A cache that remembers what it was told."""

    class Told(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.server.told.append(
                (self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            )
            self.send_response(200)
            self.end_headers()

        do_PURGE = do_POST = answer

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Told)
    server.told, server.url = [], f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def settle():
    for thread in threading.enumerate():
        if thread.name == "purge":
            thread.join()


def test_told_after_the_commit(cache, settings):
    settings.PURGE_URL = [f"{cache.url}/a", f"post+{cache.url}/b"]
    settings.PURGE_TOKEN = "s3cret"
    with transaction.atomic():
        bump(["home", "a1"])
        settle()
        assert cache.told == []
    settle()
    (purged, path, headers, _body), (posted, other, fastly, body) = cache.told
    assert (purged, path, posted, other) == ("PURGE", "/a", "POST", "/b")
    assert headers["surrogate-key"] == headers["xkey-purge"] == "a1 home"
    assert (fastly["fastly-key"], fastly["authorization"]) == ("s3cret", "Bearer s3cret")
    assert body == '{"tags": ["a1", "home"]}'


def test_nothing_is_said_of_what_was_rolled_back(cache, settings):
    settings.PURGE_URL = [cache.url]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bump(["home"])
        raise ZeroDivisionError
    settle()
    assert cache.told == []


def test_a_cache_that_is_away_stops_nobody(settings, caplog):
    settings.PURGE_URL = ["http://127.0.0.1:1/", "nonsense"]
    bump(["home"])
    settle()
    assert caplog.text.count("was not told") == 2
