"""What does a reader get who picks a day, a month or a year?"""

from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from articles import archive, editions, keys, pages, seo, structured
from articles.addresses import named, page_number
from articles.archive import PARAMETERS, Of, Opened, Period, Picked
from articles.cards import cards
from articles.fronts import Paging
from articles.models import Author, Section, Tag
from newsroom.lib import dates
from newsroom.lib.pagecache.responses import publish_response

PER_PAGE = 50
FIELDS = {"day": "ngay", "month": "thang", "year": "nam"}
FIELD_LENGTH = 10  # characters kept of what was typed
NEAR = 31  # days: across wider gaps a day page is made anew whenever the archive changes


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """All years, and the way on from the date picker's form."""
    of = asked_of(request)
    if any(field in request.GET for field in FIELDS.values()):
        return go_to_picked(request, of)
    if moved := moved_of(request, None, of):
        return moved
    today, edition = dates.today(), editions.current()
    month = Period(today.year, today.month)
    counts = archive.counts(date.min, today, of, edition)
    years = sorted(archive.per_year(counts).items(), reverse=True)
    context = {
        "chrome": pages.chrome(edition),
        "of": of,
        "picked": Picked(),
        "years": [(f"{year.year}", stories, archive.address(year, of)) for year, stories in years],
        "month": heading(month),
        "weeks": archive.calendar(month, counts, of),
        "total": counts.total(),
        "whole_paper": archive.address(),
        "meta": meta(None, of, counts.total()),
    }
    return pages.page(request, "articles/archive.html", context, shown(of) | {keys.ARCHIVE})


def go_to_picked(request: HttpRequest, of: Of | None) -> HttpResponse:
    """302 to what the form means; what the calendar does not have comes back with the reason."""
    typed = {name: request.GET.get(field, "").strip()[:FIELD_LENGTH] for name, field in FIELDS.items()}
    picked = Picked(**typed)
    period = picked.period
    if picked.is_empty or (period is not None and not period.is_future):
        return publish_response(request, redirect(archive.address(period, of)), shown(of))
    if not picked.year:
        error = _("Please enter the year.")
    elif period is None:
        error = _("There is no such day in the calendar.")
    else:
        error = _("This day is still to come.")
    return missing(request, Picked(**typed, error=error), of, status=400)


@require_safe
def period(request: HttpRequest, year: str, month: str = "", day: str = "") -> HttpResponse:
    """A year, a month or a day; 404 with the picker for what does not exist or is still to come."""
    of = asked_of(request)
    asked = Period.read(year, month, day)
    if asked is None or asked.is_future:
        return missing(request, Picked(), of, status=404)
    if moved := moved_of(request, asked, of):
        return moved
    show = show_day if asked.day else show_month if asked.month else show_year
    return show(request, asked, of)


def show_year(request: HttpRequest, year: Period, of: Of | None) -> HttpResponse:
    opened = archive.opened(year, of)
    counts = archive.counts(year.first, min(year.last, dates.today()), of, opened.edition)
    by_month = archive.per_month(counts)
    months = [Period(year.year, number) for number in range(1, 13)]
    lines = [(heading(month), by_month[month], archive.address(month, of)) for month in months]
    context = {"opened": opened, "months": lines, "total": counts.total()}
    return show(request, "articles/archive_year.html", year, of, context, {keys.ARCHIVE})


def show_month(request: HttpRequest, month: Period, of: Of | None) -> HttpResponse:
    opened = archive.opened(month, of)
    counts = archive.counts(month.first, min(month.last, dates.today()), of, opened.edition)
    context = {"opened": opened, "weeks": archive.calendar(month, counts, of), "total": counts.total()}
    return show(request, "articles/archive_month.html", month, of, context, {keys.ARCHIVE})


def show_day(request: HttpRequest, day: Period, of: Of | None) -> HttpResponse:
    """The day as that day's paper: its stories by of, with their times."""
    opened = archive.opened(day, of)
    wanted = archive.keys_of_day(day.first, of, opened.edition)
    paging = Paging(page_number(request), max(1, ceil(len(wanted) / PER_PAGE)), leads_on=False)
    if paging.number > paging.pages:
        raise Http404
    on_page = wanted[(paging.number - 1) * PER_PAGE : paging.number * PER_PAGE]
    stories = cards(on_page, opened.edition)
    context = {
        "opened": opened,
        "groups": archive.grouped([stories[key] for key in on_page if key in stories], of),
        "total": len(wanted),
        "paging": paging,
        "query": f"{archive.parameter(of)}={of.slug}&" if of else "",
    }
    return show(request, "articles/archive_day.html", day, of, context, {keys.day(day.first)})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The dialog of the date picker, which scripts ask for when somebody opens it."""
    response = render(request, "articles/calendar.html")
    response["X-Robots-Tag"] = "noindex"
    return publish_response(request, response, {keys.CHROME})


@require_safe
def month_counts(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """For the calendar: stories of each day of the month, the story days around it, and the bounds."""
    of, asked = asked_of(request), Period.read(year, month)
    if asked is None or asked.is_future:
        raise Http404
    opened, counts = archive.opened(asked, of), archive.per_day(asked.first, min(asked.last, dates.today()), of)
    content = {
        "days": {day.day: stories for day, stories in sorted(counts.items())},
        "prev": opened.before,
        "next": opened.after,
        "first": archive.first_day(of),
        "last": dates.today(),
    }
    response = JsonResponse(content)
    return publish_response(request, response, shown(of) | {keys.ARCHIVE}, opened.edition.next_change)


# --- what these pages share -----------------------------------------------------------------------------------------


def show(
    request: HttpRequest, template: str, period: Period, of: Of | None, context: dict, keys_shown: set[str]
) -> HttpResponse:
    """The page of a period with the nearest ones that have stories, before and after it."""
    opened: Opened = context.get("opened") or archive.opened(period, of)
    before, after = opened.before, opened.after
    around = {
        "chrome": pages.chrome(opened.edition),
        "of": of,
        "section": of if isinstance(of, Section) else None,  # marked in the section bar
        "period": period,
        "heading": heading(period),
        "earlier": neighbour(period, before, of),
        "later": neighbour(period, after, of),
        "crumbs": crumbs(period, of),
        "picked": Picked.of(period),
        "whole_paper": archive.address(period),
        "meta": meta(period, of, context["total"], getattr(context.get("paging"), "number", 1)),
    }
    if period.day:
        keys_shown = keys_shown | gap(period.first, before, after)
    return pages.page(request, template, {**around, **context}, keys_shown | shown(of))


def missing(request: HttpRequest, picked: Picked, of: Of | None, status: int) -> HttpResponse:
    context = {"picked": picked, "of": of, "status": status}
    return pages.page(request, "articles/archive_missing.html", context, shown(of), status=status)


def asked_of(request: HttpRequest) -> Of | None:
    """The section, author or tag that the address names, now or formerly. Raises Http404 for an unknown one."""
    asked = {kind: slug for kind, name in PARAMETERS.items() if (slug := asked_slug(request, name))}
    if not asked:
        return None
    rows: list[QuerySet[Any]] = [Section.objects.public(), Author.objects.order_by("pk"), Tag.objects.order_by("pk")]
    return next(named(choices, asked[kind]) for kind, choices in zip(PARAMETERS, rows, strict=True) if kind in asked)


def asked_slug(request: HttpRequest, parameter: str) -> str:
    return request.GET.get(parameter, "").strip()


def moved_of(request: HttpRequest, period: Period | None, of: Of | None) -> HttpResponse | None:
    """301 for an address written otherwise: days without zeros, or the former address of what it is of."""
    slug_moved = of is not None and asked_slug(request, archive.parameter(of)) != of.slug
    if request.path == archive.address(period) and not slug_moved:
        return None
    return publish_response(request, HttpResponsePermanentRedirect(archive.address(period, of)), shown(of))


def shown(of: Of | None) -> set[str]:
    if of is None:
        return set()
    key = {"section": keys.section, "author": keys.author, "tag": keys.tag}[of._meta.model_name or ""]
    return {key(of.pk)}


def gap(day: date, before: date | None, after: date | None) -> set[str]:
    """The keys of the empty days up to the neighbours: a story that appears there makes a nearer neighbour."""
    last = after or dates.today()
    if before is None or (last - before).days > NEAR:
        return {keys.ARCHIVE}
    return {keys.day(before + timedelta(days=n)) for n in range((last - before).days + 1)}


def neighbour(period: Period, day: date | None, of: Of | None) -> tuple[str, str] | None:
    """Name and address of the period of the same kind in which the day lies."""
    if day is None:
        return None
    other = period.around(day)
    return heading(other), archive.address(other, of)


def heading(period: Period) -> str:
    """Thứ Năm, 14/1/2021; Tháng 01/2021; Năm 2021."""
    if period.day:
        return dates.long_date(period.first)
    if period.month:
        return pgettext("month", "%(month)s") % {"month": date_format(period.first, "YEAR_MONTH_FORMAT")}
    return _("Year %(year)s") % {"year": period.year}


def crumbs(period: Period, of: Of | None) -> list[tuple[str, str]]:
    """Archive › 2021 › 01/2021 › 14/01/2021."""
    line = [(_("Archive"), archive.address(None, of))]
    for part in period.line:
        line.append(("/".join(reversed(part.parts)), archive.address(part, of)))
    return line


def meta(period: Period | None, of: Of | None, total: int, page: int = 1) -> seo.Meta:
    """The head of the page; pages without stories, and further pages of a day, are not for search engines."""
    title = _("Archive: %(period)s") % {"period": heading(period)} if period else _("Archive")
    line = crumbs(period, of) if period else [(_("Archive"), archive.address(None, of))]
    return seo.Meta(
        title=f"{title} - {of.name}" if of else title,
        path=archive.address(period, of),
        robots=seo.INDEX if total and page == 1 else seo.NO_INDEX,
        nodes=[structured.breadcrumb(line)],
    )
