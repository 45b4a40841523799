"""Which pages has another host of the site rendered already, and which one is it rendering just now?

A copy in Redis is taken only after it was found right, as every kept page is: by the versions in the database. It is
signed, so that whoever can write to Redis cannot write pages; hosts that run other code or settings sign otherwise.
Copies stay as long as a page is fresh (PAGE_MAX_AGE), so a robot fills Redis no faster than pages are rendered.
"""

import hashlib
import hmac
import json
import time
from typing import Any, Final, Protocol

import brotli

from newsroom.lib.pagecache.kept import Page, kept_head
from newsroom.lib.pagecache.versions import Keys

LEASE: Final = 10  # seconds that one host may take to render a page before others stop waiting
LOOK: Final = 0.02  # seconds between two looks at whether it has
DIGEST: Final = 16  # bytes
TIMES: Final = ("made_at", "fresh_until", "ends_at", "modified_at")
PLAIN: Final = ("status", "head", "etag", "version", *TIMES, "vary", "ages")


class Copies(Protocol):
    """What hosts tell each other about pages."""

    def get(self, address: str) -> Page | None:
        """Somebody's copy, of which nobody has asked yet whether it is right."""

    def put(self, address: str, page: Page) -> None:
        """Let the others have it."""

    def begin(self, address: str) -> bool:
        """Say that this host renders the page now; False: another one does."""

    def end(self, address: str) -> None:
        """Say that it has rendered it."""

    def wait(self, address: str) -> None:
        """Until nobody renders it any more."""


class Alone:
    """One host has nobody to tell."""

    def get(self, address: str) -> Page | None:
        return None

    def put(self, address: str, page: Page) -> None:
        pass

    def begin(self, address: str) -> bool:
        return True

    def end(self, address: str) -> None:
        pass

    def wait(self, address: str) -> None:
        pass


class Shared:
    """In Redis. `cache` is Django's own on it; `edition` names what pages are made of besides the database."""

    def __init__(self, cache: Any, edition: bytes) -> None:
        self.redis, self.ask, self.key = cache.redis(), cache.link.ask, edition

    def get(self, address: str) -> Page | None:
        packed = self.ask(lambda: self.redis.get(self._name("page", address)), lambda: None)
        return self._unpacked(address, packed) if packed else None

    def put(self, address: str, page: Page) -> None:
        seconds = int(min(page.fresh_until, page.ends_at) - time.time())
        if seconds > 0 and page.version is not None:
            name, packed = self._name("page", address), self._packed(address, page)
            self.ask(lambda: self.redis.set(name, packed, ex=seconds), lambda: None)

    def begin(self, address: str) -> bool:
        name = self._name("lease", address)
        return bool(self.ask(lambda: self.redis.set(name, b"", nx=True, ex=LEASE), lambda: True))

    def end(self, address: str) -> None:
        self.ask(lambda: self.redis.delete(self._name("lease", address)), lambda: 0)

    def wait(self, address: str) -> None:
        name, until = self._name("lease", address), time.monotonic() + LEASE
        while time.monotonic() < until and self.ask(lambda: self.redis.exists(name), lambda: 0):
            time.sleep(LOOK)

    def _name(self, kind: str, address: str) -> str:
        digest = hashlib.blake2b(address.encode(), digest_size=DIGEST, key=self.key).hexdigest()
        return f"newsroom:{kind}:{digest}"

    def _sign(self, address: str, packed: bytes) -> bytes:
        return hashlib.blake2b(address.encode() + b"\n" + packed, digest_size=DIGEST, key=self.key).digest()

    def _packed(self, address: str, page: Page) -> bytes:
        told = {name: getattr(page, name) for name in PLAIN}
        body = page.body_for("br")  # made here for all: most readers want it
        is_compressed = "br" in page.bodies
        head = json.dumps({**told, "keys": page.keys.names, "is_compressed": is_compressed}).encode()
        packed = head + b"\n" + body.content
        return self._sign(address, packed) + packed

    def _unpacked(self, address: str, packed: bytes) -> Page | None:
        signature, packed = packed[:DIGEST], packed[DIGEST:]
        if not hmac.compare_digest(signature, self._sign(address, packed)):
            return None
        head, _line, content = packed.partition(b"\n")
        told = json.loads(head)
        is_compressed, keys = told.pop("is_compressed"), Keys(told.pop("keys"))
        page = Page(
            **{**told, "head": kept_head([(name, value) for name, value in told["head"]])}, keys=keys, state=None
        )
        page.add("", brotli.decompress(content) if is_compressed else content)
        if is_compressed:
            page.add("br", content)
        return page
