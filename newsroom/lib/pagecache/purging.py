"""How do caches in front of the site hear that pages are stale? Told by surrogate key, after the commit.

Each address of PURGE_URL gets one request for the keys of a transaction, in the forms that are usual: the method PURGE
with `Surrogate-Key` and `xkey-purge` (Varnish with vmod xkey) or, for an address that begins with `post+`, a POST with
`Surrogate-Key` (Fastly) and `{"tags": […]}` (Cloudflare). A cache that does not answer is logged and nothing else:
what it keeps ends by itself after PAGE_MAX_AGE seconds.
"""

import json
import logging
import threading
import urllib.request
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import transaction

TIMEOUT: Final = 3  # seconds
MOST_KEYS: Final = 100  # in one request: headers of 8 KB pass everywhere

logger = logging.getLogger(__name__)


def purge_after_commit(keys: Iterable[str]) -> None:
    """Tell the caches when the caller's transaction is committed; from a thread, for nobody waits for a cache."""
    if settings.PURGE_URL:
        thread = threading.Thread(target=purge, args=(sorted(set(keys)),), name="purge")
        transaction.on_commit(thread.start, robust=True)


def purge(keys: list[str]) -> None:
    for address in settings.PURGE_URL:
        for start in range(0, len(keys), MOST_KEYS):
            _tell(address, keys[start : start + MOST_KEYS])


def _tell(address: str, keys: list[str]) -> None:
    method = "PURGE"
    if address.startswith("post+"):
        method, address = "POST", address.removeprefix("post+")
    headers = {"Surrogate-Key": " ".join(keys), "xkey-purge": " ".join(keys), "Content-Type": "application/json"}
    if settings.PURGE_TOKEN:
        headers |= {"Fastly-Key": settings.PURGE_TOKEN, "Authorization": f"Bearer {settings.PURGE_TOKEN}"}
    body = json.dumps({"tags": keys}).encode()
    try:
        request = urllib.request.Request(address, data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=TIMEOUT):
            pass
    except (OSError, ValueError) as error:
        logger.error("a cache was not told of %d stale keys: %s: %s", len(keys), address, error)
