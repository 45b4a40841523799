"""Has this key (an address, an account) done something too often?"""

import hashlib
import time

from django.core.cache import cache


def allow(key: str, limit: int, window: int) -> bool:
    """Count one more use of the key; False from the (limit + 1)th within the present window of so many seconds.

    Windows are fixed (all begin at multiples of their length), so up to twice the limit may pass around a boundary.
    Exact across processes when they share a cache.
    """
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    cache_key = f"ratelimit:{window}:{int(time.time()) // window}:{digest}"
    if cache.add(cache_key, 1, timeout=window):
        return limit >= 1
    try:
        return cache.incr(cache_key) <= limit
    except ValueError:  # evicted between the two calls
        cache.set(cache_key, 1, timeout=window)
        return limit >= 1
