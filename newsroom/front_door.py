"""Which requests does the page cache answer for this paper?"""

import hashlib
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.db import connection

from newsroom.lib import metrics
from newsroom.lib.http import is_proxy
from newsroom.lib.pagecache.asking import Environ, Reader
from newsroom.lib.pagecache.copies import Shared
from newsroom.lib.pagecache.kept import StartResponse
from newsroom.lib.pagecache.serving import Application, Kept, PageCache
from newsroom.lib.pagecache.store import Store
from newsroom.lib.pagecache.versions import versions

# Every parameter that a readers' page reads; others are as good as not there.
PARAMETERS: Final = frozenset(
    "c chu-de chuyen-muc da-gui den goc moi nam ngay q sau tac-gia thang thu-tu tra-loi trang tu xep".split()
)
DESK_AND_PROBES: Final = ("/admin/", "/healthz", "/readyz", "/metrics")
PERSONAL: Final = (  # for one reader, and some write while they are read
    "/xem-truoc/",
    *(f"/binh-luan/{what}/" for what in ("cua-toi", "du-lieu", "xac-nhan", "thoi-nhan-thu")),
)
ASKED: Final = "newsroom.application_asked"
SHARED: Final = "newsroom.lib.shared.SharedCache"  # the cache that several hosts have together
CODE: Final = (
    *(f"{app}/**/*.py" for app in ("newsroom", "articles", "comments")),
    *("templates/**/*.html", "locale/**/*.mo"),
)


def with_page_cache(application: Application) -> Application:
    """The application behind a page cache as the settings have it; of size 0 it only compresses."""
    return Counted(application) if settings.METRICS else page_cache(application)


def page_cache(application: Application) -> PageCache:
    reader = Reader(
        parameters=PARAMETERS,
        past=(*DESK_AND_PROBES, *PERSONAL, settings.STATIC_URL, settings.MEDIA_URL),
        session_cookie=f"{settings.SESSION_COOKIE_NAME}=",
        scheme_of=scheme_of,
    )
    kept = Kept(Store(settings.PAGE_CACHE_MB * 1024 * 1024))
    if settings.CACHES["default"]["BACKEND"] == SHARED:
        kept.copies = Shared(caches["default"], edition())
    return PageCache(application, reader, kept, versions(), settings.PAGE_MAX_AGE)


def edition() -> bytes:
    """What a page is made of besides the database: the same on hosts that run the same code and settings.

    With the site's secret in it, it also signs what the hosts give each other.
    """
    names = ("SECRET_KEY", "SITE_URL", "MEDIA_URL", "STATIC_URL", "LANGUAGE_CODE", "PAGE_MAX_AGE", "DEBUG")
    made_of = [repr([getattr(settings, name) for name in names] + [connection.settings_dict["NAME"]]).encode()]
    files = [path for kind in CODE for path in settings.BASE_DIR.glob(kind)]
    files += settings.STATIC_ROOT.glob("staticfiles.json")
    for path in sorted(files):  # wherever the code lies on this host
        made_of += [path.name.encode(), path.read_bytes()]
    return hashlib.sha256(b"\0".join(made_of)).digest()


class Counted:
    """Counts for /metrics which requests the page cache answered by itself."""

    def __init__(self, application: Application) -> None:
        def noted(environ: Environ, start_response: StartResponse) -> Any:
            environ[ASKED].append(True)
            return application(environ, start_response)

        self.cache = page_cache(noted)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        asked: list[bool] = []
        environ[ASKED] = asked  # the same list in whatever copy reaches the application
        answer = self.cache(environ, start_response)
        metrics.count_cached("application" if asked else "hit")
        return answer


def scheme_of(environ: Environ) -> str:
    """By which scheme the reader came, as far as Django believes it."""
    scheme: Any = environ.get("wsgi.url_scheme", "http")
    if settings.TRUSTED_PROXIES and is_proxy(environ.get("REMOTE_ADDR", "")):
        return environ.get("HTTP_X_FORWARDED_PROTO") or scheme
    return scheme
