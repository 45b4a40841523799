"""Which parts of pages are made once? Those that come out the same for the same values, which are their key."""

import threading
from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString


class Pieces:
    """Rendered parts by what they were made of; at most so many, the oldest go first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._kept: dict[Hashable, SafeString] = {}

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
