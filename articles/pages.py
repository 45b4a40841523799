"""What stands around every page of the paper, and how is a finished page sent?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import keys, section_bar
from articles.models import Article, Publication, Section
from articles.rendering import SERVICES
from newsroom.lib import dates
from newsroom.lib.pagecache.responses import publish_response
from newsroom.lib.prepared import Prepared

PLAYERS = sorted({f"https://{urlsplit(service.player).netloc}" for service in SERVICES} - {"https://"})

PUBLICATION: Final = [field.attname for field in Publication._meta.concrete_fields]


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


def chrome(now: datetime | None = None) -> Chrome:
    """One query, whatever the size of the paper; one more after masthead or sections have changed."""
    now = now or timezone.now()
    rows = AROUND.fetch(None, now=now)
    if not rows:
        return Chrome(Publication.current(), section_bar.loaded().top, dates.dateline(dates.local(now).date()), None)
    *row, appears, ends, version = rows[0]
    return Chrome(
        publication=Publication.from_db(DEFAULT_DB_ALIAS, PUBLICATION, row),
        sections=section_bar.at(version).top,
        today=dates.dateline(dates.local(now).date()),
        next_change=min((at for at in (appears, ends) if at), default=None),
        version=version,
    )


def _around(_shape: None, now: datetime) -> QuerySet[Any, Any]:
    """The publication, the next moments at which something appears and ends, and the version of it all."""
    appears = Article.objects.filter(withdrawn_at=None, published_at__gt=now).order_by("published_at")
    ends = Article.objects.filter(visible_until__gt=now).order_by("visible_until")
    return Publication.objects.values_list(
        *PUBLICATION,
        Subquery(appears.values("published_at")[:1]),
        Subquery(ends.values("visible_until")[:1]),
        section_bar.version(),
    )


AROUND: Final = Prepared(_around)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], keys_shown: Iterable[str], status: int = 200
) -> HttpResponse:
    """The rendered page with validators, lifetime and surrogate keys: the same for every reader, free of cookies.

    A context that has the chrome already brings it along.
    """
    around = context.get("chrome") or chrome()
    response = render(request, template, {"chrome": around, **context}, status=status)
    return publish_response(request, response, {keys.CHROME, *keys_shown}, around.next_change)


def with_players(request: HttpRequest, response: HttpResponse, html: str) -> HttpResponse:
    """Only the page of a text that embeds something may frame the players; it does so when the reader asks."""
    if "data-player=" in html:
        csp_update({"frame-src": PLAYERS})(lambda _request: response)(request)
    return response
