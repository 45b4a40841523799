"""What did the application say, may it be kept, and how does it go out when it is not?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from newsroom.lib.pagecache.kept import Environ, Head, Page, StartResponse
from newsroom.lib.pagecache.responses import PublicPart, public_part

KEPT: Final = {200, 301, 404, 410}


@dataclass
class Said:
    """What the application answered, from which database, and in which state the primary was."""

    response: Any
    status: str
    head: Head
    made_at: float
    state: Any
    database: str | None  # None: its page is not to be kept
    is_doubtful: bool = False  # read from the replica while the primary did not answer

    @property
    def part(self) -> PublicPart | None:
        return public_part(self.response)


def may_be_kept(page: Page, head: Head, now: float) -> bool:
    """Whether it may be sent to somebody else, later."""
    named = {name.lower(): value for name, value in head}
    is_personal = "set-cookie" in named or "cookie" in page.vary.lower()
    is_lasting = now < min(page.fresh_until, page.ends_at)
    return int(page.status[:3]) in KEPT and not is_personal and is_lasting


def passed_on(said: Said, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """What is not kept goes out as it came, but for readers who want no body or have it already."""
    response, part, status, head = said.response, said.part, said.status, said.head
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
