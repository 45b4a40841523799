"""How long may a page be kept, and how does a cache know what it shows?

Validators and lifetimes follow RFC 9110 (ETag) and RFC 9111 (Cache-Control); `Surrogate-Key` is the list of keys
by which Varnish and CDNs purge.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from newsroom.lib.dates import seconds_to_midnight
from newsroom.lib.pagecache.versions import Keys

Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)


@dataclass
class PublicPart:
    """What the page cache is told of a response that is the same for every reader, free of cookies and tokens."""

    keys: Keys
    next_change: datetime | None
    etag: str
    version: int | None = None  # the sum of the keys' versions, if the page was made in one snapshot with them
    ages: bool = True  # shows what grows without a change of its keys (reads, likes)


def public_part(response: Any) -> PublicPart | None:
    return getattr(response, "public_part", None)


def lifetime(now: datetime, next_change: datetime | None) -> int:
    """Seconds a shared cache may keep a page: till the next scheduled change or midnight in Hà Nội (the date line)."""
    bounds = [settings.PAGE_MAX_AGE, seconds_to_midnight(now)]
    if next_change is not None:
        bounds.append(int((next_change - now).total_seconds()))
    return max(0, min(bounds))


def publish_response(
    request: HttpRequest,
    response: Response,
    keys: Iterable[str],
    next_change: datetime | None = None,
    version: str = "",
    ages: bool = True,
) -> Response | HttpResponse:
    """The same response with validators, lifetime and surrogate keys, or a 304 where the client has it already.

    Shared caches can be told that a page is stale and may keep it; browsers cannot, so they ask each time.
    `version` names the content of a streamed response, which is then not even begun for who has it. A page that
    `ages` shows what grows without a change of its keys (reads, likes), and is made anew after PAGE_MAX_AGE.
    """
    seconds = lifetime(timezone.now(), next_change)
    patch_cache_control(response, public=True, max_age=0, s_maxage=seconds)
    shown = Keys(keys)
    response["Surrogate-Key"] = " ".join(shown.names)
    named = version.encode() if isinstance(response, StreamingHttpResponse) else response.content
    etag = hashlib.blake2b(named, digest_size=12).hexdigest()
    response["ETag"] = f'"{etag}"'
    response.public_part = PublicPart(shown, next_change, etag, ages=ages)  # type: ignore[attr-defined]
    if response.status_code != 200:
        return response
    known = get_conditional_response(request, etag=response["ETag"], response=response)  # type: ignore[arg-type]
    return known or response
