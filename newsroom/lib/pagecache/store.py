"""Which pages are kept when there is not room for all of them?

Those that were asked for again. A new page waits among the newcomers; one that was not asked for a second time before
its turn to go is dropped, so that a robot with 100,000 addresses moves newcomers only. Who comes back soon after is a
regular at once (after S3-FIFO, Yang 2023). A hit takes no lock: it sets a mark, which is read when room is needed.
"""

import threading
from typing import Final

from newsroom.lib.pagecache.kept import Page

NEWCOMERS: Final = 0.2  # of all bytes
LARGEST: Final = 1 / 16  # of all bytes, for one page
REMEMBERED: Final = 4096  # addresses that were dropped lately


class Store:
    """Pages by address, at most so many bytes of them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._newcomers: dict[str, Page] = {}
        self._regulars: dict[str, Page] = {}
        self._dropped: dict[int, None] = {}  # hashes of addresses
        self._sizes: dict[str, int] = {}
        self._bytes = {id(self._newcomers): 0, id(self._regulars): 0}

    def __len__(self) -> int:
        return len(self._newcomers) + len(self._regulars)

    @property
    def size(self) -> int:
        """Bytes in use."""
        return sum(self._bytes.values())

    def get(self, address: str) -> Page | None:
        page = self._regulars.get(address) or self._newcomers.get(address)
        if page is not None:
            page.was_used = True
        return page

    def put(self, address: str, page: Page) -> None:
        """Keep the page, in the place of the one that was there."""
        with self._lock:
            is_known = address in self._regulars or self._dropped.pop(hash(address), self) is None
            place = self._regulars if is_known else self._newcomers
            old = self._take(self._regulars, address) or self._take(self._newcomers, address)
            if page.size <= self.most * LARGEST:
                page.was_used = page.was_used or (old is not None and old.was_used)
                self._add(place, address, page)
            self._make_room()

    def weigh(self, address: str, page: Page) -> None:
        """The page has grown by a coding."""
        if self._regulars.get(address) is page or self._newcomers.get(address) is page:
            self.put(address, page)

    def drop(self, address: str) -> None:
        with self._lock:
            self._take(self._regulars, address)
            self._take(self._newcomers, address)

    def _add(self, place: dict[str, Page], address: str, page: Page) -> None:
        place[address] = page
        self._sizes[address] = page.size + len(address)
        self._bytes[id(place)] += self._sizes[address]

    def _take(self, place: dict[str, Page], address: str) -> Page | None:
        page = place.pop(address, None)
        if page is not None:
            self._bytes[id(place)] -= self._sizes.pop(address)
        return page

    def _make_room(self) -> None:
        while self._bytes[id(self._newcomers)] > self.most * NEWCOMERS:
            self._turn(self._newcomers)
        while self.size > self.most:
            self._turn(self._regulars or self._newcomers)

    def _turn(self, place: dict[str, Page]) -> None:
        """The oldest one goes; if it was asked for since, it stays as a regular."""
        address = next(iter(place))
        page = self._take(place, address)
        if page is not None and page.was_used and not page.is_outdated:
            page.was_used = False
            self._add(self._regulars, address, page)
        else:
            self._dropped[hash(address)] = None
            if len(self._dropped) > REMEMBERED:
                del self._dropped[next(iter(self._dropped))]
