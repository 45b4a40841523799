"""Readers who come through the page cache, as they do at a server; the client of Django's tests goes past it."""

import gzip
import threading
from dataclasses import dataclass
from types import SimpleNamespace

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

from newsroom.front_door import with_page_cache

UNPACK = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}


@dataclass
class Answer:
    """What a reader got."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return UNPACK[self.headers.get("Content-Encoding", "")](self.body).decode()


class Door:
    """The application behind its page cache. `renders` are the paths that the application was asked for."""

    def __init__(self):
        self.django, self.renders = WSGIHandler(), []
        self.cache = with_page_cache(self.application)

    def application(self, environ, start_response):
        self.renders.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def get(self, path, method="GET", **headers):
        said = []
        path, _mark, query = path.partition("?")
        environ = RequestFactory()._base_environ(PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=method, **headers)
        parts = self.cache(environ, lambda *told: said.extend(told))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return Answer(int(said[0][:3]), dict(said[1]), body)

    def get_at_once(self, path, readers):
        """What so many readers get who ask in the same moment."""
        found, start = [], threading.Barrier(readers)

        def read():
            start.wait()
            found.append(self.get(path))
            self.leave()

        threads = [threading.Thread(target=read) for _reader in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    def leave(self):
        """A thread ends: it leaves no connection open."""
        connection.close()
        self.cache.versions.close()


class Clock(SimpleNamespace):
    """Stands in for the module `time` in the page cache; `ahead` are seconds."""

    ahead = 0.0
    real = staticmethod(__import__("time").time)

    def time(self):
        return self.real() + self.ahead
