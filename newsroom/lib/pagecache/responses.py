"""How long may a page be kept, and how does a cache know what it shows?

Validators and lifetimes follow RFC 9110 (ETag) and RFC 9111 (Cache-Control); `Surrogate-Key` is the list of keys
by which Varnish and CDNs purge.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from newsroom.lib.dates import seconds_to_midnight


def lifetime(now: datetime, next_change: datetime | None) -> int:
    """Seconds a shared cache may keep a page: till the next scheduled change or midnight in Hà Nội (the date line)."""
    bounds = [settings.PAGE_MAX_AGE, seconds_to_midnight(now)]
    if next_change is not None:
        bounds.append(int((next_change - now).total_seconds()))
    return max(0, min(bounds))


def publish_response(
    request: HttpRequest, response: HttpResponse, keys: Iterable[str], next_change: datetime | None = None
) -> HttpResponse:
    """The same response with validators, lifetime and surrogate keys, or a 304 where the client has it already.

    Shared caches can be told that a page is stale and may keep it; browsers cannot, so they ask each time.
    """
    seconds = lifetime(timezone.now(), next_change)
    patch_cache_control(response, public=True, max_age=0, s_maxage=seconds)
    response["Surrogate-Key"] = " ".join(sorted(set(keys)))
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    if response.status_code != 200:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
