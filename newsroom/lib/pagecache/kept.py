"""What is kept of a page, and how is it handed out to somebody who asks?"""

import gzip
import time
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import brotli
from django.utils.http import http_date, parse_http_date_safe

from newsroom.lib.pagecache.versions import Keys

Environ = dict[str, Any]
Head = list[tuple[str, str]]
StartResponse = Callable[..., Any]

BROTLI: Final = 5  # of 11: within a few percent of the best, in a hundredth of its time
GZIP: Final = 6
SMALL: Final = 400  # bytes that are not worth compressing
OVERHEAD: Final = 2500  # bytes that a page takes beside its bodies, more or less
CODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=BROTLI),
    "gzip": lambda body: gzip.compress(body, GZIP, mtime=0),
}
DECODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {"br": brotli.decompress, "gzip": gzip.decompress}
# Written anew for every answer, or said of one answer alone.
NOT_KEPT: Final = {
    "age",
    "cache-control",
    "content-length",
    "date",
    "etag",
    "last-modified",
    "server-timing",
    "vary",
    "x-request-id",
}
OF_BODY: Final = {"Content-Type", "Content-Encoding", "Content-Length"}  # a 304 has none
ACCEPT: Final = "Accept-Encoding"
STALE: Final = ("Warning", '111 - "Revalidation Failed"')


class Corrupt(Exception):
    """A body is not what was kept."""


@dataclass(slots=True)
class Body:
    """The page in one coding, with its own headers."""

    content: bytes
    head: Head
    digest: int
    checked_at: float = 0.0


@dataclass(slots=True)
class Page:
    """A rendered page with everything that says how long it is right. Times are seconds as `time.time` counts them."""

    status: str
    head: Head
    etag: str  # without quotes; each coding adds its own name
    keys: Keys
    version: int | None  # the sum of the keys' versions; None: right only while nothing at all changes
    state: Hashable  # of the database when the page was last known to be right
    made_at: float
    fresh_until: float  # afterwards it is made anew as soon as somebody asks
    ends_at: float  # afterwards it is wrong: something appears or ends, or the date changes
    bodies: dict[str, Body] = field(default_factory=dict)
    length: int = 0  # bytes of the page as it was rendered
    is_outdated: bool = False  # known to be: shown to nobody, whatever happens
    was_used: bool = False
    vary: str = ACCEPT
    ages: bool = True  # else it is as good as new whenever it was found to be right
    modified_at: float = float("inf")  # when a page with these words was first made

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return OVERHEAD + sum(len(body.content) for body in self.bodies.values())

    def is_current(self, now: float) -> bool:
        """Whether the clock leaves it right; also not after a clock that was put back."""
        return self.made_at <= now < self.ends_at

    def is_fresh(self, now: float) -> bool:
        return self.made_at <= now < self.fresh_until

    def answer(self, environ: Environ, start_response: StartResponse, is_stale: bool = False) -> list[bytes]:
        """Send it as this reader wants it: compressed, without its body, or not at all. Raises Corrupt."""
        now = time.time()
        body = self.body_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if now - body.checked_at > 1:
            if zlib.crc32(body.content) != body.digest:
                raise Corrupt
            body.checked_at = now
        seconds = max(0, int(min(self.fresh_until, self.ends_at) - now))
        extra = [("Cache-Control", f"public, max-age=0, s-maxage={seconds}")]
        if is_stale:
            extra = [("Cache-Control", "public, max-age=0, s-maxage=1")]
            extra += [STALE, ("Age", str(int(now - self.made_at)))]
        modified = self.modified(now)
        if modified:
            extra.append(("Last-Modified", dated(modified)))
        if self.status[:3] == "200" and self.is_known(environ, modified):
            start_response("304 Not Modified", [line for line in body.head if line[0] not in OF_BODY] + extra)
            return []
        start_response(self.status, body.head + extra)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.content]

    def modified(self, now: float) -> int:
        """The first whole second at which every copy had these words; 0 until then, and where it is not known.

        So what was changed twice within one second never has one date for two texts.
        """
        return int(self.modified_at) + 1 if self.modified_at <= now - 1 else 0

    def is_known(self, environ: Environ, modified: int) -> bool:
        """Whether the reader has it already; a date counts only where no ETag is named (RFC 9110, 13.2.2)."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None:
            return self.etag in known or known.strip() == "*"
        told = environ.get("HTTP_IF_MODIFIED_SINCE")
        since = parse_http_date_safe(told) if told and modified else None
        return since is not None and modified <= since

    def body_for(self, accepted: str) -> Body:
        """The body in the best coding that the reader takes, made when the first one asks for it. Raises Corrupt."""
        coding = chosen(accepted) if self.length > SMALL else ""
        found = self.bodies.get(coding)
        if found is None:
            whole = self.whole()
            found = self.add(coding, CODINGS[coding](whole) if coding else whole)
        return found

    def whole(self) -> bytes:
        """The page as it was rendered. Raises Corrupt."""
        coding, body = next(iter(self.bodies.items()))
        try:
            return DECODINGS[coding](body.content) if coding else body.content
        except (brotli.error, zlib.error, OSError, EOFError) as error:
            raise Corrupt from error

    def add(self, coding: str, content: bytes) -> Body:
        """Keep it in this coding. As it was rendered it does not stay beside one: hardly anybody asks for that."""
        name = f"{self.etag}-{coding}" if coding else self.etag
        coded = [("Content-Encoding", coding)] if coding else []
        head = [*self.head, ("ETag", f'"{name}"'), ("Vary", self.vary), *coded, ("Content-Length", str(len(content)))]
        body = Body(content, head, zlib.crc32(content))
        if not coding:
            self.length = len(content)
        beside = {name: kept for name, kept in self.bodies.items() if name}
        self.bodies = {**beside, coding: body}  # a new one: others may be reading
        return body


def kept_head(head: Head) -> Head:
    """The headers that every answer with this page carries."""
    return [the_one(line) for line in head if line[0].lower() not in NOT_KEPT]


@lru_cache(maxsize=256)
def the_one(line: tuple[str, str]) -> tuple[str, str]:
    """The same object for equal headers: most pages have most of them in common."""
    return line


def vary_of(head: Head) -> str:
    """Accept-Encoding, and whatever else the answer depends on already."""
    return ", ".join([ACCEPT, *(value for name, value in head if name.lower() == "vary")])


@lru_cache(maxsize=512)
def dated(seconds: int) -> str:
    return http_date(seconds)


@lru_cache(maxsize=512)
def chosen(accepted: str) -> str:
    """The coding for an Accept-Encoding (RFC 9110): "br", "gzip" or "" for none."""
    refused: set[str] = set()
    named: set[str] = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        is_refused = weight.replace(" ", "") in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
        (refused if is_refused else named).add(name.strip())
    return next((coding for coding in CODINGS if coding in named or ("*" in named and coding not in refused)), "")
