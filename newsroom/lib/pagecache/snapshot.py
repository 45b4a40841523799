"""How do we know to which versions a page belongs? It is rendered, and they are read, in one snapshot of the database.

So a page made before a change carries the versions from before it, whenever it is stored; and a page never shows one
part from before a change and another from after it.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from newsroom.lib.pagecache.responses import public_part
from newsroom.lib.pagecache.versions import sum_of

ASKED: Final = "newsroom.pagecache"  # in the environment of a request whose page may be kept
BEGIN: Final = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"}

Handler = Callable[[HttpRequest], HttpResponse]
Deed = Callable[[], object]


class Later(threading.local):
    """What this thread is to do when its snapshot has ended; None outside of one."""

    deeds: list[Deed] | None = None


later = Later()
logger = logging.getLogger(__name__)


def put_off(deed: Deed) -> bool:
    """Have this done when the page has been read: nothing can be written before. False: nothing to wait for."""
    if later.deeds is None:
        return False
    later.deeds.append(deed)
    return True


def read_at_one_instant(get_response: Handler) -> Handler:
    """Middleware, the innermost: views of pages that may be kept read one snapshot, and write nothing."""

    def handle(request: HttpRequest) -> HttpResponse:
        if ASKED not in request.META:
            return get_response(request)
        is_ours = not connection.in_atomic_block
        if is_ours:
            _execute(BEGIN[connection.vendor])
            later.deeds = []
        try:
            response = get_response(request)
            part = public_part(response)
            if part is not None:
                part.version = sum_of(part.keys)
            return response
        except Error:
            connection.close()
            raise
        finally:
            if is_ours:
                _end()

    return handle


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _end() -> None:
    """Nothing was written, so nothing is lost with a connection that broke; then comes what was put off."""
    deeds, later.deeds = later.deeds or [], None
    if connection.connection is not None:
        try:
            _execute("ROLLBACK")
        except Error:
            connection.close()
    for deed in deeds:
        try:
            deed()
        except Error:
            logger.exception("what a page put off was not done")
