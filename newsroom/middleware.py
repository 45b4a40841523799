"""What is settled about a request before any view sees it?"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]


def is_unreadable(request: HttpRequest) -> bool:
    """A path or query with NUL or broken UTF-8, or a body in a character set on which Django's 400 page stumbles."""
    query = request.META.get("QUERY_STRING", "")
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    return (
        "\x00" in request.path
        or "\ufffd" in request.path
        or "%00" in query
        or charset.lower().replace("-", "") not in ("utf8", "usascii", "ascii")
    )


def refuse_unreadable_requests(get_response: Handler) -> Handler:
    """400 for what cannot be text, 413 for a form that is too long, 405 for methods that no page answers."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST", "OPTIONS"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        if is_unreadable(request):
            return render(request, "400.html", status=400)
        length = request.META.get("CONTENT_LENGTH") or "0"
        too_long = length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if too_long and request.content_type != "multipart/form-data":
            return render(request, "413.html", status=413)
        return get_response(request)

    return handle


def choose_language(get_response: Handler) -> Handler:
    """Readers' pages speak the site's language; the admin speaks the one its user chose (a cookie)."""

    def handle(request: HttpRequest) -> HttpResponse:
        language = settings.LANGUAGE_CODE
        if request.path.startswith("/admin/"):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            language = chosen if chosen in dict(settings.LANGUAGES) else language
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return get_response(request)

    return handle
