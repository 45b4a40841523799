"""What do pages share, made once for all of them? Parts that come out the same for the same values, which are their
key; and things that are right as long as a version is the present one.
"""

import math
import threading
import time
import weakref
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


_everything: "weakref.WeakSet[Pieces[Any] | Shelf[Any, Any]]" = weakref.WeakSet()


def forget() -> None:
    """As a process that has just begun."""
    for kept in _everything:
        kept.clear()


class Pieces(Generic[Thing]):
    """Rendered parts, or other things, by what they were made of; none older than so many seconds.

    At most so many, the oldest go first.
    """

    def __init__(self, most: int, seconds: float = math.inf) -> None:
        self.most, self.seconds = most, seconds
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[float, Thing]] = {}
        _everything.add(self)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The part with this key; the key must hold everything that `make` puts into it."""
        found = self.find(key)
        return self.put(key, make()) if found is None else found

    def find(self, key: Hashable) -> Thing | None:
        until, found = self._kept.get(key, (0.0, None))
        return found if until > time.monotonic() else None

    def put(self, key: Hashable, thing: Thing) -> Thing:
        with self._lock:
            self._kept.pop(key, None)
            if len(self._kept) >= self.most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = time.monotonic() + self.seconds, thing
        return thing

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


class Shelf(Generic[Key, Thing]):
    """Things of the version that was asked for last, by key; with more than so many the shelf is emptied."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: tuple[Hashable, dict[Key, Thing]] = (None, {})
        _everything.add(self)

    def fetch(
        self, version: Hashable, wanted: Iterable[Key], make: Callable[[list[Key]], Mapping[Key, Thing]]
    ) -> dict[Key, Thing]:
        """These things at this version. `make` is asked for all that are not there, at once, and must know each."""
        current, kept = self._kept
        if current != version or len(kept) > self.most:
            kept = {}
            self._kept = (version, kept)
        keys = list(wanted)
        found = {key: kept[key] for key in keys if key in kept}
        missing = [key for key in keys if key not in found]
        if missing:
            made = make(missing)
            kept.update(made)
            found.update(made)
        return found

    def clear(self) -> None:
        self._kept = (None, {})
