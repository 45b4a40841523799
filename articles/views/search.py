"""What does a reader get who searches?"""

import re
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import keys, pages, seo
from articles.addresses import MAX_PAGES, named, page_number
from articles.fronts import Paging
from articles.models import Section
from articles.search import PER_PAGE, QUERY_LENGTH, search
from newsroom.lib import dates, text
from newsroom.lib.http import client_address
from newsroom.lib.ratelimit import allow

SEARCHES, WINDOW = 60, 60  # so many searches in so many seconds from one address
DATE_LENGTH = 20  # characters kept of what was typed as a date
DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Asked:
    """The search form as it was filled in, and what is wrong with it."""

    query: str = ""
    section: Section | None = None
    since_typed: str = ""
    until_typed: str = ""
    since: date | None = None
    until: date | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The parameters that say the same, ready for `trang=` to follow."""
        slug = self.section.slug if self.section else ""
        filled = {"q": self.query, "chuyen-muc": slug, "tu": self.since_typed, "den": self.until_typed}
        return "".join(f"{urlencode({name: value})}&" for name, value in filled.items() if value)


def read(request: HttpRequest) -> Asked:
    """The form's fields. Raises Http404 for a section that is not there."""
    slug = request.GET.get("chuyen-muc", "").strip()
    typed = {name: text.clean_line(request.GET.get(name, "")[:DATE_LENGTH]) for name in ("tu", "den")}
    days = {name: day_in(written) for name, written in typed.items()}
    errors = {
        name: _("Please write the date as in 14/01/2021.") for name, day in days.items() if typed[name] and day is None
    }
    since, until = days["tu"], days["den"]
    if since and until and since > until:
        errors["den"] = _("The last day is before the first one.")
    return Asked(
        query=text.clean_line(request.GET.get("q", "")[: 2 * QUERY_LENGTH])[:QUERY_LENGTH],
        section=named(Section.objects.public(), slug) if slug else None,
        since_typed=typed["tu"],
        until_typed=typed["den"],
        since=since,
        until=until,
        errors=errors,
    )


def day_in(written: str) -> date | None:
    """14/01/2021, 14-1-2021, 14.1.2021 or 2021-01-14, or None."""
    match = DATE.fullmatch(written)
    if match is None:
        return None
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    return dates.parse_day(year or iso_year, month or iso_month, day or iso_day)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The form with what it found; 400 for impossible dates, 429 for too many searches from one address."""
    asked = read(request)
    number = page_number(request)
    context = {"asked": asked, "meta": seo.Meta(title=title(asked), path=reverse("search"), robots=seo.NO_INDEX)}
    if asked.errors or not asked.query:
        status = 400 if asked.errors else 200
        return pages.page(request, "articles/search.html", context, {keys.SEARCH}, status=status)
    if not allow(f"search:{client_address(request)}", SEARCHES, WINDOW):
        return refused(request)
    found = search(asked.query, asked.section, asked.since, asked.until, number)
    paging = Paging(number, max(1, min(MAX_PAGES, ceil(found.total / PER_PAGE))), leads_on=found.more)
    if number > paging.pages:
        raise Http404
    context |= {"found": found, "paging": paging, "query": asked.address, "fewer": asked.query.rpartition(" ")[0]}
    return pages.page(request, "articles/search.html", context, {keys.SEARCH})


def refused(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", {"chrome": pages.chrome()}, status=429)
    response["Retry-After"] = str(WINDOW)
    response["Cache-Control"] = "no-store"
    return response


def title(asked: Asked) -> str:
    return _("Search: %(query)s") % {"query": asked.query} if asked.query else _("Search")
