"""What does a reader see when a page cannot be shown?

The designed page with masthead and sections while the database answers, the same without them when it does not, and a
plain file when not even that can be rendered.
"""

import logging
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
    failed = isinstance(sys.exception(), (OperationalError, InterfaceError))
    is_away = failed and not (connection.connection and connection.is_usable())  # else the statement was wrong
    status = 503 if is_away else 500
    try:
        context = {**({} if is_away else around()), "request_id": logs.request_id.get()}
        response = render(request, f"{status}.html", context, status=status)
    except Exception:  # whatever broke the page may break this one too
        logger.exception("the error page failed")
        response = HttpResponse((Path(settings.BASE_DIR) / "static/500.html").read_bytes(), status=status)
    if is_away:
        response["Retry-After"] = str(RETRY)
    return unkept(response)


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
