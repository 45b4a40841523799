"""How does a reader get a page without the application being asked? A WSGI callable around the application.

Every page is right at the moment of asking: each hit is checked against the versions in the database (`versions`).

* A page that is right and fresh is sent. One that is right but older than PAGE_MAX_AGE and that ages (lists of the
  most read, likes) is made anew by the first who asks; the others get the copy meanwhile: there is nothing on it that
  must not be seen.
* A page that something changed, or whose time is over, is shown to nobody: whoever asks waits for the one who renders.
* Where the database does not answer, nobody can know. Then the last copy is sent and marked as stale, unless this
  process has seen that it is outdated.

Where several hosts serve the site, the one who is to render looks first whether another one has (`copies`). Where
there is a replica of the database, pages are rendered from it; one that shows other versions than the primary has is
rendered again from there (`replica`).

Kept are public pages (`publish_response`) of 200, 301, 404 and 410. A 404 is right only as long as the database does
not change at all: nobody can say by which key a thing that is not there will appear.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS

from newsroom.lib.dates import seconds_to_midnight
from newsroom.lib.pagecache.answering import Said, may_be_kept, passed_on
from newsroom.lib.pagecache.asking import Asked, Environ, Reader, unconditional
from newsroom.lib.pagecache.copies import Alone, Copies
from newsroom.lib.pagecache.kept import Corrupt, Page, StartResponse, kept_head, vary_of
from newsroom.lib.pagecache.replica import AWAY, BEHIND, replica
from newsroom.lib.pagecache.responses import PublicPart
from newsroom.lib.pagecache.snapshot import ASKED
from newsroom.lib.pagecache.store import Store
from newsroom.lib.pagecache.versions import Keys, Unreachable, Versions

Application = Callable[[Environ, StartResponse], Any]

PATIENCE: Final = 10  # seconds to wait for somebody else who renders the page
ROUNDS: Final = 3  # times to wait while changes overtake the one who renders
QUIET: Final = 30  # seconds between two lines in the log that say the same
NOTHING: Final = Keys(())
ANSWERS: Final = {200, 301, 410}  # of a replica: that a page is not there is for the primary to say

logger = logging.getLogger(__name__)


class Flight:
    """Somebody renders a page; others wait for the landing."""

    def __init__(self) -> None:
        self.landed = threading.Event()
        self.was_kept = False


@dataclass
class Kept:
    """Where pages are kept: in this process, and for other hosts."""

    store: Store
    copies: Copies = field(default_factory=Alone)


class PageCache:
    """The application with a page cache in front of it; `fresh` is PAGE_MAX_AGE in seconds."""

    def __init__(self, application: Application, reader: Reader, kept: Kept, versions: Versions, fresh: int) -> None:
        self.application, self.reader, self.store, self.copies = application, reader, kept.store, kept.copies
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
                if self._is_right(page) and self._is_fresh(page):
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

    def _is_fresh(self, page: Page) -> bool:
        """Whether a page that is right need not be made anew: only those that age are."""
        now = time.time()
        if not (page.ages or page.is_fresh(now)):
            page.fresh_until = now + self.fresh
        return page.is_fresh(now)

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
        is_ours = self.copies.begin(asked.address)
        try:
            if page := self._copy_of_others(asked, is_ours):
                own.was_kept = True
                return self._send(asked, page, environ, start_response)
            return self._render(asked, environ, start_response, own)
        finally:
            if is_ours:
                self.copies.end(asked.address)
            with self._lock:
                del self._flights[asked.address]
            own.landed.set()

    def _copy_of_others(self, asked: Asked, is_ours: bool) -> Page | None:
        """A page that another host has rendered, or renders now; kept here too. None: it is ours to render."""
        page = self._right(self.copies.get(asked.address))
        if page is None and not is_ours:
            self.copies.wait(asked.address)
            page = self._right(self.copies.get(asked.address))
        if page is None or not page.is_fresh(time.time()):
            return None
        self.store.put(asked.address, page)
        return page

    def _right_copy(self, asked: Asked) -> Page | None:
        return self._right(self.store.get(asked.address))

    def _right(self, page: Page | None) -> Page | None:
        try:
            return page if page is not None and not page.is_outdated and self._is_right(page) else None
        except Unreachable:
            return None

    def _render(
        self, asked: Asked, environ: Environ, start_response: StartResponse, flight: Flight | None = None
    ) -> Iterable[bytes]:
        """Ask the application for the whole page, keep it if it may be kept, and send it."""
        said = self._ask(asked, environ)
        part = said.part
        if said.status[0] == "5" and (copy := self._copy_instead(asked)):
            said.response.close()
            return self._send_stale(asked, copy, environ, start_response)
        if part is None or said.response.streaming:
            return passed_on(said, environ, start_response)
        page = self._page(asked, part, said)
        if said.is_doubtful:
            return self._send_stale(asked, page, environ, start_response)
        is_known = part.version is not None and said.state is not None  # which state of the database it shows
        if said.database and is_known and may_be_kept(page, said.head, time.time()):
            self.copies.put(asked.address, page)
            page.body_for(environ.get("HTTP_ACCEPT_ENCODING", ""))  # weighed as it stays
            self.store.put(asked.address, page)
            if flight is not None:
                flight.was_kept = True
        return self._send(asked, page, environ, start_response)

    def _ask(self, asked: Asked, environ: Environ) -> Said:
        """The whole page, from the replica where it shows there what the primary has."""
        wanted = unconditional(environ, asked.query)
        if not (asked.may_be_kept and self.store.most):
            return self._said(wanted)
        said = self._said({**wanted, ASKED: replica.database()})
        if said.database == DEFAULT_DB_ALIAS or self._is_confirmed(asked, said):
            return said
        said.response.close()
        return self._said({**wanted, ASKED: DEFAULT_DB_ALIAS})

    def _said(self, wanted: Environ) -> Said:
        made_at, state = time.time(), self._state() if ASKED in wanted else None
        heard: list[Any] = []
        response = self.application(wanted, lambda *said: heard.extend(said[:2]))
        return Said(response, heard[0], heard[1], made_at, state, wanted.get(ASKED))

    def _is_confirmed(self, asked: Asked, said: Said) -> bool:
        """Whether a page of the replica shows what the primary has now; without a primary, whether it may be shown."""
        part = said.part
        if part is None or part.version is None or int(said.status[:3]) not in ANSWERS:
            if said.status[0] == "5":
                replica.rest(AWAY, f"failed: {said.status}")
            return False
        try:
            said.state, total = self.versions.look(part.keys, None)
        except Unreachable:
            old = self.store.get(asked.address)
            said.is_doubtful = old is None or not old.is_outdated
            return said.is_doubtful
        if total != part.version:
            replica.rest(BEHIND, "is behind")
        return total == part.version

    def _state(self) -> Any:
        """Of the database before a page is rendered: as long as it stays, the page is right."""
        try:
            return self.versions.look(NOTHING, None)[0]
        except Unreachable:
            return None

    def _page(self, asked: Asked, part: PublicPart, said: Said) -> Page:
        """The page whole; who made the same words before says since when they stand."""
        ends_at = said.made_at + seconds_to_midnight(datetime.fromtimestamp(said.made_at, UTC))
        if part.next_change is not None:
            ends_at = min(ends_at, part.next_change.timestamp())
        version = None if said.status[:3] == "404" else part.version
        head, times = kept_head(said.head), (said.made_at, said.made_at + self.fresh, ends_at)
        shown = (part.etag, part.keys, version, said.state)
        page = Page(said.status, head, *shown, *times, vary=vary_of(said.head), ages=part.ages)
        old = self.store.get(asked.address)
        page.modified_at = old.modified_at if old is not None and old.etag == page.etag else said.made_at
        page.add("", b"".join(said.response))
        said.response.close()
        return page

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
        before = page.bodies
        answer = page.answer(environ, start_response)
        if page.bodies is not before:
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
