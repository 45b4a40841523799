"""What does a feed reader get that asks for JSON Feed? Version 1.1 (jsonfeed.org), the newest stories of the paper."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from articles import editions, keys, pages
from articles.addresses import absolute
from articles.feeds import items
from articles.feeds.items import Item
from articles.models import Publication
from newsroom.lib import dates, text
from newsroom.lib.pagecache.responses import publish_response

VERSION: Final = "https://jsonfeed.org/version/1.1"
CONTENT_TYPE: Final = "application/feed+json"


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    edition = editions.current()
    around = pages.chrome(edition)
    content = {**head(around.publication), "items": [entry(item) for item in items.newest(edition)]}
    response = JsonResponse(content, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})
    return publish_response(request, response, {keys.CHROME, keys.HOME}, around.next_change)


def head(publication: Publication) -> dict[str, Any]:
    name = text.clean_line(publication.name)
    return {
        "version": VERSION,
        "title": name,
        "home_page_url": absolute(reverse("home")),
        "feed_url": absolute(reverse("feed_json")),
        "description": text.clean_line(publication.tagline) or name,
        "icon": absolute(static("img/icon-512.png")),
        "favicon": absolute(static("img/icon-192.png")),
        "authors": [{"name": name, "url": absolute(reverse("home"))}],
        "language": settings.LANGUAGE_CODE,
    }


def entry(item: Item) -> dict[str, Any]:
    """An item; what a story lacks is left out, for the format knows no empty values."""
    told = {
        "id": item.address,
        "url": item.address,
        "title": item.headline,
        "content_html": format_html("<p><strong>{}</strong></p>", item.summary) + item.content,
        "summary": item.summary,
        "image": item.picture.address if item.picture else "",
        "date_published": dates.local(item.published_at).isoformat(timespec="seconds"),
        "date_modified": dates.local(item.updated_at).isoformat(timespec="seconds"),
        "authors": [{"name": name, "url": address} for name, address in item.writers],
        "tags": list(dict.fromkeys([*item.sections, *item.tags])),
    }
    return {name: value for name, value in told.items() if value}
