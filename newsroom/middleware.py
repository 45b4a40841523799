"""What is settled about a request before any view sees it, and what does every answer carry?"""

from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import get_resolver
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from articles.rights import keep_grants
from newsroom.lib.http import comes_from_proxy

Handler = Callable[[HttpRequest], HttpResponse]
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
DESK = "/admin/"
LONGEST_QUERY = 16 * 1024  # bytes
# Powers of the browser that no page of ours needs; those of video players are not among them.
PERMISSIONS = (
    "accelerometer browsing-topics camera display-capture geolocation gyroscope magnetometer microphone midi payment "
    "usb"
).split()


def guard_answers(get_response: Handler) -> Handler:
    """Headers that are on every answer, errors and files included; what the staff sees is kept by no cache."""
    always = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
    }

    def handle(request: HttpRequest) -> HttpResponse:
        if not comes_from_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)  # anybody can say that they came by https
        response = get_response(request)
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(DESK) and "no-store" not in response.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response

    return handle


class ContentPolicy(CSPMiddleware):
    """The policy of a page that changes nothing of it is written once, not for every answer."""

    @cached_property
    def usual(self) -> str:
        return build_policy(**asdict(self.get_policy_parts(HttpRequest(), HttpResponse())))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Security-Policy", self.usual)
        return response


def refuse_unreadable_requests(get_response: Handler) -> Handler:
    """400 for what cannot be text, 413 for what is too long, 405 for methods that no page answers."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return not_allowed(request, ", ".join(METHODS))
        if is_unreadable(request):
            return refused(request, BadRequest())
        if is_too_long(request):
            return refused(request, RequestDataTooBig())
        response = get_response(request)
        return not_allowed(request, response["Allow"]) if is_bare_405(response) else response

    return handle


def is_unreadable(request: HttpRequest) -> bool:
    """NUL anywhere, a query that is not UTF-8, a length that is none, a body in another character set.

    PostgreSQL stores no NUL, Django would replace broken bytes, and its own 400 page stumbles over utf-16.
    """
    query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    charset = (request.content_params or {}).get("charset", "utf-8").lower().replace("-", "")
    try:
        written = request.path_info + query.decode() + "".join(request.COOKIES.values())
    except UnicodeDecodeError:
        return True
    is_length = length.isascii() and length.isdecimal() and len(length) < 19
    return "\0" in written or not is_length or charset not in ("utf8", "usascii", "ascii")


def is_too_long(request: HttpRequest) -> bool:
    """An address or a body beyond what any form of ours sends."""
    too_long = int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY or (too_long and not may_bring_files(request))


def refused(request: HttpRequest, reason: Exception) -> HttpResponse:
    """The page that the site has for it, without a traceback in the log: scanners send such things all day."""
    handler = get_resolver().resolve_error_handler(400)
    return handler(request, exception=reason)  # type: ignore[call-arg]


def may_bring_files(request: HttpRequest) -> bool:
    """Pictures come in at the desk, from somebody signed in; each has its own limit there (IMAGE_MAX_BYTES)."""
    is_multipart = request.content_type == "multipart/form-data"
    return is_multipart and request.path.startswith(DESK) and settings.SESSION_COOKIE_NAME in request.COOKIES


def is_bare_405(response: HttpResponse) -> bool:
    return response.status_code == 405 and not response.streaming and not response.content


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    response = render(request, "405.html", status=405)
    response["Allow"] = methods
    return response


def choose_language(get_response: Handler) -> Handler:
    """Readers' pages speak the site's language; the admin speaks the one its user chose (a cookie)."""

    def handle(request: HttpRequest) -> HttpResponse:
        language = settings.LANGUAGE_CODE
        if request.path.startswith(DESK):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            language = chosen if chosen in dict(settings.LANGUAGES) else language
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return get_response(request)

    return handle


def remember_rights(get_response: Handler) -> Handler:
    """A page of the desk asks many times what its user may do; the answer is fetched once."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(DESK) and request.user.is_authenticated:
            keep_grants(request.user)
        return get_response(request)

    return handle
