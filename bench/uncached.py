"""What does a reader's page cost that nobody has kept? Processor time of it beside that of a bare Django view.

    tests/postgres sh -c '.venv/bin/python manage.py migrate -v0 &&
      .venv/bin/python bench/archive.py --articles 2000 && .venv/bin/python bench/uncached.py'

Both run in this one process, by turns, without a server around them; the time of the database's backend counts too.
"In memory": the stories have not changed since the last page; "after a publication": they change before every page.
"""

import argparse
import io
import os
import statistics
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["PAGE_CACHE_MB"] = "0"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from articles import keys
from bench.clock import Clock
from bench.plans import places
from newsroom.lib.pagecache.models import bump
from newsroom.wsgi import application

ROUNDS, BARE = 7, 300


def ask(answer: Callable[..., Any], address: str) -> bytes:
    status: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1"}
    environ |= {
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    environ |= {"wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
    response = answer(environ, lambda said, _head, *_more: status.append(said))
    content = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    assert status[0].startswith("200"), (address, status)
    return content


def bare(content: bytes) -> float:
    """Seconds of a view that returns these bytes, without middleware."""
    urls = types.ModuleType("bare_urls")
    urls.urlpatterns = [path("", lambda _request: HttpResponse(content))]
    sys.modules["bare_urls"] = urls
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="bare_urls", ALLOWED_HOSTS=["*"]):
        handler = WSGIHandler()
        ask(handler, "/")
        began = time.process_time()
        for _request in range(BARE):
            ask(handler, "/")
        return (time.process_time() - began) / BARE


def page(clock: Clock, address: str, count: int, before: Callable[[], None]) -> float:
    spent = 0.0
    for _request in range(count):
        before()
        began, _backend = clock.read()
        ask(application, address)
        spent += clock.read()[0] - began
    return spent / count


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--count", type=int, default=50, help="requests of a round")
    options, clock = cli.parse_args(), Clock()
    sys.stdout.write(
        "| page | in memory, ms | to bare | after a publication, ms | to bare |\n|---|---:|---:|---:|---:|\n"
    )
    for name, address in places().items():
        content = [ask(application, address) for _request in range(12)][-1]
        cells = [name]
        for before in (lambda: None, lambda: bump([keys.HOME])):
            rounds = [(page(clock, address, options.count, before), bare(content)) for _round in range(ROUNDS)]
            cells.append(f"{statistics.median(cost for cost, _bare in rounds) * 1000:.2f}")
            cells.append(f"{statistics.median(plain / cost for cost, plain in rounds):.3f}")
        sys.stdout.write(f"| {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main()
