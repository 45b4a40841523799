"""What does a reader get who searches, and who types into the search box?"""

import re
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from articles import keys, pages, seo
from articles.addresses import MAX_PAGES, named, page_number
from articles.fronts import Paging
from articles.models import Article, Author, Section
from articles.queries import Order, Query, Within
from articles.search import PER_PAGE, Found, search
from articles.spelling import advice
from articles.suggestions import suggest
from newsroom.lib import dates, text
from newsroom.lib.http import client_address
from newsroom.lib.pagecache.responses import publish_response
from newsroom.lib.ratelimit import allow

SEARCHES, SUGGESTIONS, WINDOW = 60, 240, 60  # so many in so many seconds from one address
FIELD_LENGTH = 120  # characters kept of what was typed into the small fields
DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})")
SMALL_FIELDS = ("chuyen-muc", "tac-gia", "tu", "den")
NEWEST = 4  # stories on a page that found nothing


@dataclass(frozen=True)
class Asked:
    """The search form as it was filled in, and what is wrong with it."""

    query: Query
    typed: dict[str, str]  # the small fields by their names in the address
    within: Within = Within()
    order: Order = Order.RELEVANCE
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def since_typed(self) -> str:
        return self.typed["tu"]

    @property
    def until_typed(self) -> str:
        return self.typed["den"]

    @property
    def author_typed(self) -> str:
        return self.within.author.name if self.within.author else self.typed["tac-gia"]

    @property
    def address(self) -> str:
        """The parameters that say the same, ready for `trang=` to follow."""
        return "".join(f"{urlencode({name: value})}&" for name, value in self._filled().items() if value)

    def but(self, **changed: str) -> str:
        """The address of the same search with other values in some fields ("-" in their names is "_" here)."""
        filled = self._filled() | {name.replace("_", "-"): value for name, value in changed.items()}
        return "?" + urlencode({name: value for name, value in filled.items() if value})

    def _filled(self) -> dict[str, str]:
        return {"q": self.query.line, **self.typed, "xep": self.order.value}

    @property
    def anywhere(self) -> str:
        """The address of the same search in the whole paper, of all days."""
        return self.but(chuyen_muc="", tac_gia="", tu="", den="")

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What narrows the search, in words, with the address of the search without it."""
        within = self.within
        chips = []
        if within.section:
            chips.append((within.section.name, self.but(chuyen_muc="")))
        if within.author:
            chips.append((_("Author: %(name)s") % {"name": within.author.name}, self.but(tac_gia="")))
        if within.since:
            chips.append(
                (_("From %(day)s") % {"day": date_format(within.since, "SHORT_DATE_FORMAT")}, self.but(tu=""))
            )
        if within.until:
            chips.append(
                (_("Until %(day)s") % {"day": date_format(within.until, "SHORT_DATE_FORMAT")}, self.but(den=""))
            )
        return chips

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders with their addresses, and whether it is this one."""
        names = {
            Order.RELEVANCE: pgettext("order of hits", "Most relevant"),
            Order.NEWEST: pgettext("order of hits", "Newest"),
            Order.OLDEST: pgettext("order of hits", "Oldest"),
        }
        return [(name, self.but(xep=order.value), order is self.order) for order, name in names.items()]


def read(request: HttpRequest) -> Asked:
    """The form's fields. Raises Http404 for a section that is not there."""
    typed = {name: text.clean_line(request.GET.get(name, "")[:FIELD_LENGTH]) for name in SMALL_FIELDS}
    order = next((order for order in Order if order == request.GET.get("xep")), Order.RELEVANCE)
    slug = typed["chuyen-muc"]
    section = named(Section.objects.public(), slug) if slug else None
    days = {name: day_in(typed[name]) for name in ("tu", "den")}
    errors = {
        name: _("Please write the date as in 14/01/2021.") for name, day in days.items() if typed[name] and day is None
    }
    since, until = days["tu"], days["den"]
    if since and until and since > until:
        errors["den"] = _("The last day is before the first one.")
    author = author_of(typed["tac-gia"])
    if typed["tac-gia"] and author is None:
        errors["author"] = _("No author has this name.")
    query, within = Query.read(request.GET.get("q", "")), Within(section, author, since, until)
    return Asked(query, typed, within, order, errors)


def author_of(written: str) -> Author | None:
    """The author of this address or name; marks may be missing."""
    return Author.objects.filter(slug=text.slugify(written)).first() if written else None


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
    if asked.errors or not asked.query.line:
        status = 400 if asked.errors else 200
        return pages.page(request, "articles/search.html", context, {keys.SEARCH}, status=status)
    if not allow(f"search:{client_address(request)}", SEARCHES, WINDOW):
        return refused(request)
    found = search(asked.query, asked.within, asked.order, number)
    paging = Paging(number, max(1, min(MAX_PAGES, ceil(found.total / PER_PAGE))), leads_on=found.more)
    if number > paging.pages:
        raise Http404
    context |= {"found": found, "paging": paging, "query": asked.address, **help_with(asked, found, number)}
    named_authors = {keys.author(asked.within.author.pk)} if asked.within.author else set()
    return pages.page(request, "articles/search.html", context, {keys.SEARCH, *named_authors}, ages=False)


def help_with(asked: Asked, found: Found, number: int) -> dict:
    """What to try instead, on the first page; and where nothing was found, some of today's paper."""
    if number > 1:
        return {}
    advised = advice(asked.query, asked.within, found)
    is_lost = not (found.total or advised.better or advised.without)
    return {
        "better": (advised.better, asked.but(q=advised.better)) if advised.better else None,
        "unknown": advised.unknown,
        "without": (advised.without, asked.but(q=advised.without)) if advised.without else None,
        "newest": Article.objects.published().newest_first().for_cards()[:NEWEST] if is_lost else [],
    }


def refused(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", {"chrome": pages.chrome()}, status=429)
    response["Retry-After"] = str(WINDOW)
    response["Cache-Control"] = "no-store"
    return response


def title(asked: Asked) -> str:
    return _("Search: %(query)s") % {"query": asked.query.line} if asked.query.line else _("Search")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Places that what is being typed may mean, as JSON; 429 with an empty list for too many."""
    typed = request.GET.get("q", "")
    if not allow(f"suggest:{client_address(request)}", SUGGESTIONS, WINDOW):
        response = JsonResponse({"items": []}, status=429)
        response["Retry-After"] = str(WINDOW)
        response["Cache-Control"] = "no-store"
        return response
    found = suggest(typed)
    items = [{"kind": str(one.kind), "name": one.name, "address": one.address} for one in found]
    response = JsonResponse({"items": items}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    return publish_response(request, response, {keys.SEARCH, keys.CHROME, *(one.key for one in found)})
