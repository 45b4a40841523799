"""What stands around every page of the paper, and how is a finished page sent?"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from articles import editions, keys, section_bar
from articles.editions import Edition
from articles.models import Publication, Section
from articles.rendering import SERVICES
from newsroom.lib import dates
from newsroom.lib.pagecache.responses import publish_response

PLAYERS = sorted({f"https://{urlsplit(service.player).netloc}" for service in SERVICES} - {"https://"})


@dataclass(frozen=True)
class Chrome:
    """Masthead, section bar and footer, with the moment until which a page may be kept."""

    publication: Publication
    sections: list[Section]  # top sections; each has its shown sub-sections in `.shown_subsections`
    today: str  # the date line's day, as in “Hà Nội, ngày 26-01-2021”
    next_change: datetime | None
    version: int | None = None  # of masthead, sections and footer; None: they are made for this page alone

    def until(self, moment: datetime | None) -> "Chrome":
        """The same around a page that itself changes at this moment."""
        return self if moment is None else replace(self, next_change=min(moment, self.next_change or moment))


def chrome(edition: Edition | None = None) -> Chrome:
    """What stands around a page of this edition; one query for the edition that readers have now."""
    edition = edition or editions.current()
    bar, today = section_bar.at(edition), dates.dateline(dates.local(edition.now).date())
    version = edition.frame if edition.apart is None else None
    return Chrome(bar.publication, bar.top, today, edition.next_change, version)


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    keys_shown: Iterable[str],
    status: int = 200,
    ages: bool = True,
) -> HttpResponse:
    """The rendered page with validators, lifetime and surrogate keys: the same for every reader, free of cookies.

    A context that has the chrome already brings it along.
    """
    around = context.get("chrome") or chrome()
    shown = {"chrome": around, "request": request, "head": head(around, context), **context}
    content = render_to_string(template, shown)
    response = HttpResponse(content, status=status)
    return publish_response(request, response, {keys.CHROME, *keys_shown}, around.next_change, ages=ages)


def head(around: Chrome, context: dict[str, Any]) -> Hashable:
    """What the head of the page is made of, so that an equal one is not made again; None: it is made each time."""
    if "reading" in context:
        return context["reading"].version
    meta = context.get("meta")
    if meta is None or meta.article is not None or around.version is None:
        return None
    return around.version, meta.seen, context.get("paging"), context.get("query")


def with_players(request: HttpRequest, response: HttpResponse, html: str) -> HttpResponse:
    """Only the page of a text that embeds something may frame the players; it does so when the reader asks."""
    if "data-player=" in html:
        csp_update({"frame-src": PLAYERS})(lambda _request: response)(request)
    return response
