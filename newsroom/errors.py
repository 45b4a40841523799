"""What does a reader see when a page cannot be shown?

The designed page with masthead and sections while the database answers, the same without them when it does not, and a
plain file when not even that can be rendered.
"""

import errno
import logging
import sqlite3
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from articles import keys, pages
from newsroom.lib import logs

RETRY = 10  # seconds
POSTGRESQL_FULL = "53100"  # its code for a full disk

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return unkept(render(request, f"{status}.html", around(), status=status))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return unkept(render(request, "403.html", around(), status=403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Kept like a page, under the key of the home page: what is missing may be there after the next publication."""
    try:
        response = pages.page(request, "404.html", {}, {keys.HOME}, status=404)
    except DatabaseError:
        return unkept(render(request, "404.html", status=404))
    return unkept(response) if request.path.startswith("/admin/") else response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it is the database that does not answer: then it is worth coming back in a moment."""
    error = sys.exception()
    failed, is_full = isinstance(error, (OperationalError, InterfaceError)), lacks_room(error)
    # A database that can be used and failed all the same: the statement was wrong.
    is_away = failed and not is_full and not (connection.connection and connection.is_usable())
    status = 503 if is_away or is_full else 500
    if is_full:
        logger.error("a disk is full, nothing can be saved: %s", error)
    try:
        told = {"request_id": logs.request_id.get(), "is_full": is_full}
        context = {**({} if is_away else around()), **told}
        response = render(request, f"{status}.html", context, status=status)
    except Exception:  # whatever broke the page may break this one too
        logger.exception("the error page failed")
        response = HttpResponse((Path(settings.BASE_DIR) / "static/500.html").read_bytes(), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY)
    return unkept(response)


def lacks_room(error: BaseException | None) -> bool:
    """Whether it says that a disk is full: the system's, SQLite's or PostgreSQL's way of saying it."""
    cause = error.__cause__ if isinstance(error, OperationalError) else error
    return (
        getattr(cause, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
        or getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", None) == POSTGRESQL_FULL
    )


def around() -> dict[str, pages.Chrome]:
    """Masthead and sections, or nothing where the database does not answer."""
    try:
        return {"chrome": pages.chrome()}
    except Exception:  # a database that is down, or a row that breaks the masthead: the error page must still come
        logger.warning("the error page goes without its masthead", exc_info=True)
        return {}


def unkept(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
