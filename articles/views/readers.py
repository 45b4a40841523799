"""What did readers read: how does a page tell us that it was read, and where are the most read stories listed?"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles import counting, editions, pages, readership, section_bar, seo
from articles.models import Window
from newsroom.lib.http import client_address, same_origin


@csrf_exempt  # pages carry no token: they are the same for everybody
@never_cache
@require_POST
def count(request: HttpRequest, id: str) -> HttpResponse:
    """204, whether the read counts or not; the newsroom's own reading does not. Sent by `read-count.js`."""
    if not same_origin(request):
        raise PermissionDenied
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and "Sec-Purpose" not in request.headers:
        agent, language = request.headers.get("User-Agent", ""), request.headers.get("Accept-Language", "")
        counting.notice(int(id), counting.Visit(client_address(request), agent, language))
    return HttpResponse(status=204)


@require_safe
def most_read(request: HttpRequest) -> HttpResponse:
    """Both windows, of the whole paper and of each section that has enough."""
    edition = editions.current()
    sections = section_bar.at(edition).top
    found = readership.lists([None, *sections])
    panels = [
        {
            "window": window,
            "paper": top_of(found[None], window),
            "sections": [(section, top_of(found[section.pk], window)) for section in sections],
        }
        for window in Window
    ]
    panels = [panel for panel in panels if panel["paper"]]
    shown = readership.keys_of(top for tops in found.values() for top in tops)
    context = {"chrome": pages.chrome(edition), "panels": panels, "meta": seo.for_most_read()}
    return pages.page(request, "articles/most_read.html", context, shown)


def top_of(tops: list[readership.TopList], window: Window) -> readership.TopList | None:
    return next((top for top in tops if top.window == window), None)
