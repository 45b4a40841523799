"""The moderators' figures as a page and as a file."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comments import figures
from comments.admin.desk import for_moderators
from newsroom.lib import dates, sheets

WEEK = 7


@for_moderators
def figures_view(request: HttpRequest) -> HttpResponse:
    first, last, problem = period(request.GET)
    found = figures.figures(first, last, request.user)
    if request.GET.get("dang") == "csv":
        response = HttpResponse("".join(sheets.csv_lines(*figures.sheet(found))), content_type="text/csv")
        response["Content-Disposition"] = f'attachment; filename="kiem-duyet-{first}-{last}.csv"'
        return response
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Figures"),
        "first": first,
        "last": last,
        "problem": problem,
        "figures": found,
        "tables": [
            (_("By day"), found.days),
            (_("By moderator"), found.moderators),
            (_("By section"), found.sections),
        ],
        "verbs": [verb.label for verb in figures.VERBS],
    }
    return render(request, "admin/comments/figures.html", context, status=400 if problem else 200)


def period(query: Any) -> tuple[date, date, str]:
    """From which day to which; the last seven without, and a sentence about what cannot be."""
    today = dates.today()
    usual = (today - timedelta(days=WEEK - 1), today, "")
    written = (query.get("tu", ""), query.get("den", ""))
    if not any(written):
        return usual
    days = [dates.parse_day(*value.split("-")) if value.count("-") == 2 else None for value in written]
    first, last = days[0], days[1] or today
    if first is None or first > last:
        return (*usual[:2], _("Please give a first day that is not after the last one."))
    if (last - first).days >= figures.LONGEST:
        return (*usual[:2], _("At most %d days at once, please.") % figures.LONGEST)
    return first, last, ""
