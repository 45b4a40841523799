"""Which page does a request ask for, and may it have a kept one?

Two requests have one address only where the application would answer both with the same page: parameters that no page
knows (what networks and mailings add to links) are left out, here and in what the application is then asked.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

Environ = dict[str, Any]

LONGEST: Final = 600  # characters of an address that is kept
CONDITIONS: Final = (
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"),
    *("HTTP_RANGE", "HTTP_IF_RANGE"),
)


@dataclass(frozen=True)
class Asked:
    """A page that somebody asks for."""

    address: str
    query: str
    may_be_kept: bool


@dataclass
class Reader:
    """Reads requests. `scheme_of` says by which scheme a request came in the end, behind proxies too."""

    parameters: Collection[str]
    past: tuple[str, ...]  # beginnings of paths that are none of our business
    session_cookie: str
    scheme_of: Callable[[Environ], str]

    def read(self, environ: Environ) -> Asked | None:
        """None for what is not a page: other methods, the desk, files."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(self.past):
            return None
        query = environ.get("QUERY_STRING") or ""
        if query:
            query = self.plain(query)
        address = (
            f"{self.scheme_of(environ)}://{environ.get('HTTP_HOST')}{environ.get('SCRIPT_NAME', '')}{path}?{query}"
        )
        is_anonymous = self.session_cookie not in environ.get("HTTP_COOKIE", "") and (
            "HTTP_AUTHORIZATION" not in environ
        )
        return Asked(address, query, is_anonymous and len(address) <= LONGEST)

    def plain(self, query: str) -> str:
        """The parameters that pages know, in one order; the last of one name counts, as it does for them."""
        found = {}
        for part in query.split("&"):
            name = part.partition("=")[0]
            if name in self.parameters:
                found[name] = part
        return "&".join(found[name] for name in sorted(found))


def unconditional(environ: Environ, query: str) -> Environ:
    """The same request for the whole page, whatever the reader has already."""
    asked = {name: value for name, value in environ.items() if name not in CONDITIONS}
    return {**asked, "REQUEST_METHOD": "GET", "QUERY_STRING": query}
