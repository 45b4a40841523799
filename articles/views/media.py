"""Where do pages get their pictures from, when no web server or object store stands in front?"""

from typing import Final

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from articles.renditions import MIME

PATTERN: Final = r"^media/(?P<path>(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.[a-z0-9]+)\Z"
A_YEAR: Final = 365 * 24 * 3600


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition from the public store. What stands at a name never changes, so it may be kept for ever."""
    kind = MIME.get(path.rpartition(".")[2])
    if kind is None:
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
