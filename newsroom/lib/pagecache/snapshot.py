"""How do we know to which versions a page belongs? It is rendered, and they are read, in one snapshot of the database.

So a page made before a change carries the versions from before it, whenever it is stored; and a page never shows one
part from before a change and another from after it.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.http import HttpRequest, HttpResponse

from newsroom.lib.pagecache.replica import AWAY, read_from, replica
from newsroom.lib.pagecache.responses import public_part
from newsroom.lib.pagecache.versions import sum_of

# In the environment of a request whose page may be kept: from which database it is to be read; then, from which it was
ASKED: Final = "newsroom.pagecache"
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
        if connection.in_atomic_block:
            request.META[ASKED] = DEFAULT_DB_ALIAS
            return _versioned(get_response(request))
        try:
            with _snapshot_of(request):
                return _versioned(get_response(request))
        except Error:
            connection.close()
            raise
        finally:
            _do_what_was_put_off()

    return handle


def _versioned(response: HttpResponse) -> HttpResponse:
    """The response, which knows the versions that its snapshot has."""
    part = public_part(response)
    if part is not None:
        part.version = sum_of(part.keys)
    return response


@contextmanager
def _snapshot_of(request: HttpRequest) -> Iterator[None]:
    with read_from(_begun(request)):
        later.deeds = []
        try:
            yield
        finally:
            _end()


def _begun(request: HttpRequest) -> str:
    """Where a snapshot has begun: in the database that the request names, or the primary if the replica is away."""
    wanted = request.META[ASKED]
    try:
        _execute(BEGIN[connection.vendor], wanted)
    except Error as error:
        if wanted == DEFAULT_DB_ALIAS:
            raise
        connections[wanted].close()
        replica.rest(AWAY, f"does not answer: {error}")
        request.META[ASKED] = DEFAULT_DB_ALIAS
        return _begun(request)
    return wanted


def _execute(statement: str, database: str = DEFAULT_DB_ALIAS) -> None:
    with connections[database].cursor() as cursor:
        cursor.execute(statement)


def _end() -> None:
    """Nothing was written, so nothing is lost with a connection that broke."""
    if connection.connection is not None:
        try:
            _execute("ROLLBACK")
        except Error:
            connection.close()


def _do_what_was_put_off() -> None:
    deeds, later.deeds = later.deeds or [], None
    for deed in deeds:
        try:
            deed()
        except Error:
            logger.exception("what a page put off was not done")
