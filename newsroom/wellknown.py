"""What does the site tell machines about itself? robots.txt, the manifest, security.txt (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles import keys, pages
from articles.addresses import absolute
from newsroom.lib import text
from newsroom.lib.pagecache.responses import publish_response

HELD_BACK = ("/admin/", "/tim-kiem/", "/binh-luan/", "/xem-truoc/")
PAPER = "#fffefb"  # as in static/css/base.css; a manifest knows no dark scheme
SHORT_NAME = 24  # characters that stand under an icon, more or less
ICONS = (
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-192.png", "192x192", "image/png", "maskable"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HELD_BACK), ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "sitemap_news")]
    return plain("\n".join([*lines, ""]))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C): what a phone shows when a reader keeps the paper on the home screen."""
    around = pages.chrome()
    content = {
        "id": "/",
        "name": around.publication.name,
        "short_name": text.excerpt(around.publication.name, SHORT_NAME),
        "description": around.publication.tagline or around.publication.name,
        "lang": settings.LANGUAGE_CODE,
        "dir": "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["news"],
        "icons": [
            {"src": static(f"img/{file}"), "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in ICONS
        ],
    }
    response = JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    return publish_response(request, response, {keys.CHROME})


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


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
