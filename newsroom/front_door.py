"""Which requests does the page cache answer for this paper?"""

from typing import Any, Final

from django.conf import settings

from newsroom.lib.http import is_proxy
from newsroom.lib.pagecache.asking import Environ, Reader
from newsroom.lib.pagecache.serving import Application, PageCache
from newsroom.lib.pagecache.store import Store
from newsroom.lib.pagecache.versions import versions

# Every parameter that a readers' page reads; others are as good as not there.
PARAMETERS: Final = frozenset(
    "chu-de chuyen-muc da-gui den goc moi nam ngay q sau tac-gia thang thu-tu tra-loi trang tu xep".split()
)
DESK_AND_PROBES: Final = ("/admin/", "/healthz", "/readyz")


def with_page_cache(application: Application) -> PageCache:
    """The application behind a page cache as the settings have it; of size 0 it only compresses."""
    reader = Reader(
        parameters=PARAMETERS,
        past=(*DESK_AND_PROBES, settings.STATIC_URL, settings.MEDIA_URL),
        session_cookie=f"{settings.SESSION_COOKIE_NAME}=",
        scheme_of=scheme_of,
    )
    store = Store(settings.PAGE_CACHE_MB * 1024 * 1024)
    return PageCache(application, reader, store, versions(), settings.PAGE_MAX_AGE)


def scheme_of(environ: Environ) -> str:
    """By which scheme the reader came, as far as Django believes it."""
    scheme: Any = environ.get("wsgi.url_scheme", "http")
    if settings.TRUSTED_PROXIES and is_proxy(environ.get("REMOTE_ADDR", "")):
        return environ.get("HTTP_X_FORWARDED_PROTO") or scheme
    return scheme
