"""What stands around every page of the paper, and how is a finished page sent?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import keys
from articles.models import Article, Publication, Section
from articles.rendering import SERVICES
from newsroom.lib import dates
from newsroom.lib.pagecache.responses import publish_response

GAPS = re.compile(rb">\s*\n\s*<")  # what templates leave between tags; articles have no <pre>
PLAYERS = sorted({f"https://{urlsplit(service.player).netloc}" for service in SERVICES} - {"https://"})


@dataclass(frozen=True)
class Chrome:
    """Masthead, section bar and footer, with the moment until which a page may be kept."""

    publication: Publication
    sections: list[Section]  # top sections; each has its shown sub-sections in `.shown_subsections`
    today: str  # the date line's day, as in “Hà Nội, ngày 26-01-2021”
    next_change: datetime | None

    def until(self, moment: datetime | None) -> "Chrome":
        """The same around a page that itself changes at this moment."""
        return self if moment is None else replace(self, next_change=min(moment, self.next_change or moment))


def chrome(now: datetime | None = None) -> Chrome:
    """Two queries, whatever the size of the paper."""
    now = now or timezone.now()
    appears = Article.objects.filter(withdrawn_at=None, published_at__gt=now).order_by("published_at")
    ends = Article.objects.filter(visible_until__gt=now).order_by("visible_until")
    publication = Publication.objects.annotate(
        next_appears=Subquery(appears.values("published_at")[:1]), next_ends=Subquery(ends.values("visible_until")[:1])
    ).first()
    upcoming = [publication.next_appears, publication.next_ends] if publication else []
    return Chrome(
        publication=publication or Publication.current(),
        sections=section_bar(),
        today=dates.dateline(dates.local(now).date()),
        next_change=min((at for at in upcoming if at), default=None),
    )


def section_bar() -> list[Section]:
    """Top sections in order, each with `shown_subsections`."""
    shown = list(Section.objects.public())
    for section in shown:
        section.shown_subsections = [sub for sub in shown if sub.parent_id == section.pk]  # type: ignore[attr-defined]
    return [section for section in shown if section.parent_id is None]


def page(
    request: HttpRequest, template: str, context: dict[str, Any], keys_shown: Iterable[str], status: int = 200
) -> HttpResponse:
    """The rendered page with validators, lifetime and surrogate keys: the same for every reader, free of cookies.

    A context that has the chrome already brings it along.
    """
    around = context.get("chrome") or chrome()
    response = render(request, template, {"chrome": around, **context}, status=status)
    response.content = GAPS.sub(b">\n<", response.content)
    return publish_response(request, response, {keys.CHROME, *keys_shown}, around.next_change)


def with_players(request: HttpRequest, response: HttpResponse, html: str) -> HttpResponse:
    """Only the page of a text that embeds something may frame the players; it does so when the reader asks."""
    if "data-player=" in html:
        csp_update({"frame-src": PLAYERS})(lambda _request: response)(request)
    return response
