"""What is counted while the site works? Requests and looks into the page cache, summed over all processes of a host.

Nothing is counted unless METRICS names who may ask. Each process keeps its numbers in a file of its own under
PROMETHEUS_MULTIPROC_DIR; whichever process is asked adds them up. Labels come from our code, never from a request.
"""

import os
from typing import Final

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

DESK: Final = "/admin/"
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

# Each has a label: a metric without one would make its file in every process, commands included.
_requests = Counter("newsroom_requests", "Requests that reached Django.", ["kind", "status"])
_seconds = Histogram("newsroom_request_seconds", "From request to answer.", ["kind"], buckets=SECONDS)
_page_cache = Counter("newsroom_page_cache", "Requests by who answered them.", ["result"])


def count_request(path: str, url_name: str, status: int, seconds: float) -> None:
    """One answer; its kind is the name of the address, and "desk" for all pages of the staff."""
    if settings.METRICS:
        kind = "desk" if path.startswith(DESK) else url_name or "none"
        _requests.labels(kind, status).inc()
        _seconds.labels(kind).observe(seconds)


def count_cached(result: str) -> None:
    """Who answered: the page cache ("hit"), or the application."""
    if settings.METRICS:
        _page_cache.labels(result).inc()


def exposition() -> bytes:
    """The numbers of all processes in the text format of Prometheus."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry)
