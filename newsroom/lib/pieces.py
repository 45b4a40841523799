"""What do pages share, made once for all of them? Parts that come out the same for the same values, which are their
key; and things that are right as long as a version is the present one.
"""

import threading
import weakref
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from django.utils.safestring import SafeString

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


_everything: "weakref.WeakSet[Pieces | Shelf[Any, Any]]" = weakref.WeakSet()


def forget() -> None:
    """As a process that has just begun."""
    for kept in _everything:
        kept.clear()


class Pieces:
    """Rendered parts by what they were made of; at most so many, the oldest go first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._kept: dict[Hashable, SafeString] = {}
        _everything.add(self)

    def get(self, key: Hashable, make: Callable[[], SafeString]) -> SafeString:
        """The part with this key; the key must hold everything that `make` puts into it."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                if len(self._kept) >= self.most:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = found
        return found

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
