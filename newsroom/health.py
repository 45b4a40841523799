"""Is the site well? /healthz: restart the process? /readyz: send readers here? /metrics: numbers for graphs."""

import logging
import tempfile
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from articles import releasing
from articles.models import PublicVersion
from comments.models import Comment
from newsroom.lib import metrics
from newsroom.lib.http import client_address, comes_from_proxy

logger = logging.getLogger(__name__)
PROBE: Final = b"\0" * 4096  # a page of a disk: a full one takes no more
_migrated: set[str] = set()  # databases that were seen with all migrations: a process does not grow new ones


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else."""
    return plain("ok\n")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Readers can be sent here; else 503, and a line for each reason."""
    reasons = [reason for check in (database_trouble, media_trouble) if (reason := check())]
    return plain("".join(f"{reason}\n" for reason in reasons or ["ok"]), status=503 if reasons else 200)


def database_trouble() -> str:
    """Why the database cannot be used, in plain words; "" when it can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = migrations_waiting()
    except DatabaseError:
        logger.warning("the database does not answer", exc_info=True)
        return _("The database does not answer.")
    return _("Migrations are waiting (manage.py migrate): %s") % ", ".join(waiting) if waiting else ""


def migrations_waiting() -> list[str]:
    """The migrations that the code has and the database has not. Raises DatabaseError."""
    name = str(connection.settings_dict["NAME"])
    if name in _migrated:
        return []
    executor = MigrationExecutor(connection)
    waiting = [str(migration) for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if not waiting:
        _migrated.add(name)
    return waiting


def media_trouble() -> str:
    """Why no picture can be stored, in plain words; "" when it can."""
    if "://" in settings.STORAGE_URL:
        return ""
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(PROBE)
            file.flush()
    except OSError as error:
        logger.warning("pictures cannot be stored", exc_info=True)
        return _("The folder of the pictures cannot be written: %s") % error.strerror
    return ""


@require_safe
@never_cache
def measured(request: HttpRequest) -> HttpResponse:
    """Metrics in the text format of Prometheus, for the networks of METRICS alone: 404 for everybody else."""
    if not may_measure(request):
        raise Http404
    numbers = metrics.exposition() + "".join(gauges()).encode()
    return HttpResponse(numbers, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_measure(request: HttpRequest) -> bool:
    """By the address of who asks; what a proxy that we do not know hands on comes from anywhere."""
    handed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if handed_on and not comes_from_proxy(request):
        return False
    address = ip_address(client_address(request))
    return any(address in ip_network(allowed, strict=False) for allowed in settings.METRICS)


def gauges() -> Iterator[str]:
    """What the database knows, asked when somebody wants to know; nothing but the first where it does not answer."""
    for name, kind, meaning, read in GAUGES:
        try:
            value = read()
        except DatabaseError:
            yield gauge("newsroom_database_up", "gauge", "Whether the database answers.", 0)
            return
        yield gauge(name, kind, meaning, value)
    yield gauge("newsroom_database_up", "gauge", "Whether the database answers.", 1)


def gauge(name: str, kind: str, meaning: str, value: float) -> str:
    return f"# HELP {name} {meaning}\n# TYPE {name} {kind}\n{name} {value}\n"


def public_versions() -> float:
    return PublicVersion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def seconds_since_release() -> float:
    """Since `release_due` ran last; -1: never."""
    last = releasing.last_run()
    return round((timezone.now() - last).total_seconds(), 1) if last else -1


GAUGES: Final[tuple[tuple[str, str, str, Callable[[], float]], ...]] = (
    ("newsroom_publications_total", "counter", "Texts that readers got: first, updated, corrected.", public_versions),
    ("newsroom_comments_waiting", "gauge", "Comments that wait for a moderator.", Comment.objects.waiting().count),
    (
        "newsroom_updates_late",
        "gauge",
        "Scheduled updates late, failed.",
        lambda: releasing.late_or_failed().count(),
    ),
    ("newsroom_release_due_age_seconds", "gauge", "Since release_due ran; -1: never.", seconds_since_release),
)


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
