"""Which request is this, how long did it take, and which of its statements were slow?

The id comes from a trusted proxy (X-Request-ID) or is made here; it stands in every line of the log that the request
writes and in its answer. Of slow requests and statements a line is kept: no query, no parameters, nobody's address.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

from newsroom.lib import logs, metrics
from newsroom.lib.http import comes_from_proxy

logger = logging.getLogger(__name__)
ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
LONGEST_STATEMENT: Final = 1000  # characters kept of one


class Stopwatch:
    """Wraps every statement of a request: counts it, and writes down the slow one without its values."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        self.statements += 1
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - began) * 1000
            if took >= settings.SLOW_QUERY_MS:
                told = {"duration_ms": round(took), "statement": sql[:LONGEST_STATEMENT]}
                logger.warning("slow statement", extra=told)


def number_and_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give the request its id, and tell of it where it was slow (SLOW_REQUEST_MS)."""

    def handle(request: HttpRequest) -> HttpResponse:
        number = given_id(request) or secrets.token_hex(8)
        token = logs.request_id.set(number)
        request.number = number  # type: ignore[attr-defined]
        began, watch = time.perf_counter(), Stopwatch()
        try:
            with connections["default"].execute_wrapper(watch):
                response = get_response(request)
            response.headers["X-Request-ID"] = number
            took = time.perf_counter() - began
            match = request.resolver_match
            metrics.count_request(request.path, match.url_name or "" if match else "", response.status_code, took)
            if took * 1000 >= settings.SLOW_REQUEST_MS:
                logger.warning("slow request", extra=line(request, response, took) | {"statements": watch.statements})
            return response
        finally:
            logs.request_id.reset(token)

    return handle


def given_id(request: HttpRequest) -> str:
    """The id that a proxy of ours gave the request; "" from anybody else, and for what is none."""
    given = request.headers.get("X-Request-ID", "")
    return given if given and ID.fullmatch(given) and comes_from_proxy(request) else ""


def line(request: HttpRequest, response: HttpResponse, took: float) -> dict[str, Any]:
    """What is told of a request: the address without its query."""
    return {
        "method": request.method,
        "path": logs.masked(request.path),
        "route": request.resolver_match.route if request.resolver_match else None,
        "status_code": response.status_code,
        "duration_ms": round(took * 1000),
    }
