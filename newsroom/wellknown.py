"""What does the site tell machines about itself? robots.txt, security.txt (RFC 9116), and whether it is well."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

HELD_BACK = ("/admin/", "/tim-kiem/", "/binh-luan/", "/xem-truoc/")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HELD_BACK), ""]
    return plain("\n".join(lines))


@require_safe
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a hole. Without a contact in the settings there is no such file."""
    if not settings.SECURITY_CONTACT:
        return plain("", status=404)
    contact = settings.SECURITY_CONTACT
    contact = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = (midnight + timedelta(days=180)).isoformat().replace("+00:00", "Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return plain("\n".join([*lines, ""]))


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return plain("ok\n")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The process answers and reaches its database: 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return plain("database\n", status=503)
    return plain("ok\n")


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
