"""What do people meet while the house is closed for writing? Readers their paper, others a page that says so."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from newsroom.errors import around, unkept
from newsroom.lib.maintenance import models as maintenance

STAFF: Final = ("/admin/", "/xem-truoc/")  # a preview that is opened is written down
READING: Final = ("GET", "HEAD", "OPTIONS")


def keep_readers_reading(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """503 for the staff's pages and for whatever is sent, while `manage.py maintenance on` holds."""

    def handle(request: HttpRequest) -> HttpResponse:
        waits = request.path.startswith(STAFF) or request.method not in READING
        state = maintenance.current() if waits else None
        return get_response(request) if state is None else closed(request, state)

    return handle


def closed(request: HttpRequest, state: maintenance.Maintenance) -> HttpResponse:
    """The page, with what somebody typed, so that it can be kept."""
    typed = request.POST.get("body", "") if request.method == "POST" else ""
    context = {**around(), "state": state, "typed": typed}
    response = unkept(render(request, "maintenance.html", context, status=503))
    response["Retry-After"] = str(state.minutes * 60)
    return response
