"""How does a reader get a page without the application being asked? A WSGI callable around the application.

Every page is right at the moment of asking: each hit is checked against the versions in the database (`versions`).

* A page that is right and fresh is sent. One that is right but older than PAGE_MAX_AGE (lists of the most read) is
  made anew by the first who asks; the others get the copy meanwhile: there is nothing on it that must not be seen.
* A page that something changed, or whose time is over, is shown to nobody: whoever asks waits for the one who renders.
* Where the database does not answer, nobody can know. Then the last copy is sent and marked as stale, unless this
  process has seen that it is outdated.

Kept are public pages (`publish_response`) of 200, 301, 404 and 410. A 404 is right only as long as the database does
not change at all: nobody can say by which key a thing that is not there will appear.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Final

from newsroom.lib.dates import seconds_to_midnight
from newsroom.lib.pagecache.asking import Asked, Environ, Reader, unconditional
from newsroom.lib.pagecache.kept import Corrupt, Head, Page, StartResponse, kept_head, vary_of
from newsroom.lib.pagecache.responses import PublicPart, public_part
from newsroom.lib.pagecache.snapshot import ASKED
from newsroom.lib.pagecache.store import Store
from newsroom.lib.pagecache.versions import Keys, Unreachable, Versions

Application = Callable[[Environ, StartResponse], Any]

KEPT: Final = {200, 301, 404, 410}
PATIENCE: Final = 10  # seconds to wait for somebody else who renders the page
ROUNDS: Final = 3  # times to wait while changes overtake the one who renders
QUIET: Final = 30  # seconds between two lines in the log that say the same
NOTHING: Final = Keys(())

logger = logging.getLogger(__name__)


class Flight:
    """Somebody renders a page; others wait for the landing."""

    def __init__(self) -> None:
        self.landed = threading.Event()
        self.was_kept = False


class PageCache:
    """The application with a page cache in front of it; `fresh` is PAGE_MAX_AGE in seconds."""

    def __init__(self, application: Application, reader: Reader, store: Store, versions: Versions, fresh: int) -> None:
        self.application, self.reader, self.store = application, reader, store
        self.versions, self.fresh = versions, fresh
        self._lock = threading.Lock()
        self._flights: dict[str, Flight] = {}
        self._said_at = -float(QUIET)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = self.reader.read(environ)
        if asked is None:
            return self.application(environ, start_response)
        if not (asked.may_be_kept and self.store.most):
            return self._render(asked, environ, start_response)
        page = self.store.get(asked.address)
        if page is not None and not page.is_outdated:
            try:
                is_right = self._is_right(page)
                if is_right and page.is_fresh(time.time()):
                    return self._send(asked, page, environ, start_response)
            except Unreachable:
                return self._send_stale(asked, page, environ, start_response)
            except Corrupt:
                logger.error("a kept page was corrupt, it is made anew: %s", asked.address)
                self.store.drop(asked.address)
        return self._renew(asked, environ, start_response)

    def _is_right(self, page: Page) -> bool:
        """Whether nothing has changed it up to now, and no time is over. Raises Unreachable."""
        state, total = self.versions.look(page.keys, page.state)
        if state != page.state:
            if page.version is None or total != page.version:
                page.is_outdated = True
                return False
            page.state = state
        return page.is_current(time.time())

    def _renew(self, asked: Asked, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Render the page, or wait for the one who does."""
        for _round in range(ROUNDS):
            with self._lock:
                flight = self._flights.get(asked.address)
                if flight is None:
                    own = self._flights[asked.address] = Flight()
                    break
            page = self._right_copy(asked)
            if page is not None:  # old, but right
                return self._send(asked, page, environ, start_response)
            flight.landed.wait(PATIENCE)
            page = self._right_copy(asked)
            if page is not None:
                return self._send(asked, page, environ, start_response)
            if not flight.was_kept:
                return self._render(asked, environ, start_response)
        else:
            return self._render(asked, environ, start_response)
        try:
            return self._render(asked, environ, start_response, own)
        finally:
            with self._lock:
                del self._flights[asked.address]
            own.landed.set()

    def _right_copy(self, asked: Asked) -> Page | None:
        page = self.store.get(asked.address)
        try:
            return page if page is not None and not page.is_outdated and self._is_right(page) else None
        except Unreachable:
            return None

    def _render(
        self, asked: Asked, environ: Environ, start_response: StartResponse, flight: Flight | None = None
    ) -> Iterable[bytes]:
        """Ask the application for the whole page, keep it if it may be kept, and send it."""
        heard: list[Any] = []
        wanted = unconditional(environ, asked.query)
        if asked.may_be_kept and self.store.most:
            wanted[ASKED] = True
        made_at, state = time.time(), self._state() if ASKED in wanted else None
        response = self.application(wanted, lambda *said: heard.extend(said[:2]))
        status, head = heard[0], heard[1]
        part = public_part(response)
        if status[0] == "5" and (copy := self._copy_instead(asked)):
            response.close()
            return self._send_stale(asked, copy, environ, start_response)
        if part is None or response.streaming:
            return passed_on(response, part, status, head, environ, start_response)
        content = b"".join(response)
        response.close()
        page = self._page(part, status, head, state, made_at)
        page.add("", content)
        is_known = part.version is not None and state is not None  # which state of the database it shows
        if ASKED in wanted and is_known and may_be_kept(page, head):
            self.store.put(asked.address, page)
            if flight is not None:
                flight.was_kept = True
        return self._send(asked, page, environ, start_response)

    def _state(self) -> Any:
        """Of the database before a page is rendered: as long as it stays, the page is right."""
        try:
            return self.versions.look(NOTHING, None)[0]
        except Unreachable:
            return None

    def _page(self, part: PublicPart, status: str, head: Head, state: Any, made_at: float) -> Page:
        ends_at = made_at + seconds_to_midnight(datetime.fromtimestamp(made_at, UTC))
        if part.next_change is not None:
            ends_at = min(ends_at, part.next_change.timestamp())
        version = None if status[:3] == "404" else part.version
        times = (made_at, made_at + self.fresh, ends_at)
        return Page(status, kept_head(head), part.etag, part.keys, version, state, *times, vary=vary_of(head))

    def _copy_instead(self, asked: Asked) -> Page | None:
        """The last copy, for a page that cannot be rendered: if it is right, or if nobody can know."""
        page = self.store.get(asked.address) if asked.may_be_kept else None
        if page is None or page.is_outdated:
            return None
        try:
            return page if self._is_right(page) else None
        except Unreachable:
            return page

    def _send(self, asked: Asked, page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        codings = len(page.bodies)
        answer = page.answer(environ, start_response)
        if len(page.bodies) != codings:
            self.store.weigh(asked.address, page)
        return answer

    def _send_stale(
        self, asked: Asked, page: Page, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        now = time.monotonic()
        if now - self._said_at >= QUIET:
            self._said_at = now
            logger.error("pages cannot be checked or made, readers get the last copy: %s", asked.address)
        return page.answer(environ, start_response, is_stale=True)


def may_be_kept(page: Page, head: Head) -> bool:
    """Whether it may be sent to somebody else, later."""
    named = {name.lower(): value for name, value in head}
    is_personal = "set-cookie" in named or "cookie" in page.vary.lower()
    is_lasting = time.time() < min(page.fresh_until, page.ends_at)
    return int(page.status[:3]) in KEPT and not is_personal and is_lasting


def passed_on(
    response: Any, part: PublicPart | None, status: str, head: Head, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """What is not kept goes out as it came, but for readers who want no body or have it already."""
    if part is not None and status[:3] == "200" and part.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        response.close()
        head = [line for line in head if line[0].lower() not in ("content-type", "content-length")]
        start_response("304 Not Modified", head)
        return []
    start_response(status, head)
    if environ["REQUEST_METHOD"] == "HEAD":
        response.close()
        return []
    return response
