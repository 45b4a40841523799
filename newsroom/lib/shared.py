"""What do the hosts of a site know together, and what if they cannot? Redis, where CACHE_URL names one.

While Redis does not answer each process counts for itself and renders for itself: nothing waits for it twice in
PAUSE seconds. One line in the log says that it went, one that it is used again.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

PAUSE: Final = 2.0  # seconds before a Redis that did not answer is asked again
PATIENCE: Final = 0.5  # seconds that an answer may take

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


class Link:
    """Whether this process can reach Redis."""

    def __init__(self) -> None:
        self._until = 0.0
        self._is_lost = False

    def ask(self, question: Callable[[], Answer], alone: Callable[[], Answer]) -> Answer:
        """The answer of Redis, or what this process says `alone`."""
        if time.monotonic() < self._until:
            return alone()
        try:
            answer = question()
        except (RedisError, OSError) as error:
            self._until = time.monotonic() + PAUSE
            if not self._is_lost:
                self._is_lost = True
                logger.error("Redis does not answer, each process counts and renders for itself: %s", error)
            return alone()
        if self._is_lost:
            self._is_lost = False
            logger.warning("Redis answers again")
        return answer


def options(given: dict[str, Any]) -> dict[str, Any]:
    """How its client is to behave; what CACHE_URL says in its parameters comes first."""
    retry = Retry(NoBackoff(), 1)  # a connection that went stale
    return {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": retry, **given}


class Json:
    """What stands in Redis is data and nothing that could be run."""

    dumps = staticmethod(lambda value: value if type(value) is int else json.dumps(value))
    loads = staticmethod(json.loads)


def guarded(name: str) -> Any:
    """The method of Django's cache on Redis, or the same of the process's own."""

    def method(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        there, here = getattr(RedisCache, name), getattr(self.own, name)
        return self.link.ask(lambda: there(self, *args, **kwargs), lambda: here(*args, **kwargs))

    return method


class SharedCache(RedisCache):
    """Django's cache, counters that all hosts share."""

    link = Link()  # of the process

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**options(params.get("OPTIONS", {})), "serializer": Json}})
        self.own = LocMemCache("alone", {})

    def redis(self) -> Redis:
        """A client for what is no cache of Django's; ask it through `link`."""
        return self._cache.get_client(write=True)

    add, get, set, incr, touch, delete = map(guarded, ("add", "get", "set", "incr", "touch", "delete"))
    has_key, get_many, set_many = map(guarded, ("has_key", "get_many", "set_many"))
    delete_many, clear = map(guarded, ("delete_many", "clear"))
