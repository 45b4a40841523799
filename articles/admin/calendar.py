"""What appears when? The calendar of stories by week and by day, in Hà Nội time, and moving one to another time."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles import timing, workflow
from articles.admin.buttons import done
from articles.admin.desk import signed_in
from articles.admin.withdrawal import allowed
from articles.models import Article, Role
from articles.readiness import NotReady, Refused
from articles.rights import Grants, Person, grants_of, readable_keys
from articles.transitions import PUBLISHERS, TRANSITIONS, WITHDRAWERS
from articles.writing import Conflict
from newsroom.lib import dates

WEEK = timedelta(days=7)
MOST_OUT = 40  # stories of a day that are out, shown in the week; the day itself shows all


@dataclass(frozen=True)
class Entry:
    """A story at the time at which it (or its update) appears or appeared.

    Of a story that the person may not read, the calendar has what readers have: `is_open` is False then.
    """

    at: datetime
    article: Article
    is_update: bool
    is_open: bool
    may_move: bool
    may_withdraw: bool


@dataclass(frozen=True)
class Day:
    day: date
    label: str
    is_today: bool
    entries: list[Entry]
    left_out: int = 0  # entries of the day before those

    @property
    def count(self) -> int:
        return len(self.entries) + self.left_out

    def shortened(self, now: datetime) -> "Day":
        """With everything to come, and of what is out the last MOST_OUT."""
        left_out = max(0, sum(entry.at <= now for entry in self.entries) - MOST_OUT)
        return replace(self, entries=self.entries[left_out:], left_out=left_out)


class MoveForm(forms.Form):
    """The new time in Hà Nội, and the version of the story that the person saw."""

    at = forms.DateTimeField(error_messages={"invalid": gettext_lazy("The time is not one.")})
    version = forms.IntegerField(min_value=1)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A week (from Monday) or a day, by `?ngay=2026-11-23&xem=tuan|ngay`; what is no day is today."""
    if not admin.site.get_model_admin(Article).has_view_permission(request):
        raise PermissionDenied
    chosen, by_day = asked_day(request), request.GET.get("xem") == "ngay"
    first = chosen if by_day else chosen - timedelta(days=chosen.weekday())
    span = timedelta(days=1) if by_day else WEEK
    found = days(first, first + span, request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "days": found if by_day else [day.shortened(timezone.now()) for day in found],
        "chosen": chosen,
        "view": "ngay" if by_day else "tuan",
        "before": chosen - span,
        "after": chosen + span,
        "today": dates.today(),
    }
    return TemplateResponse(request, "admin/articles/article/calendar.html", context)


def asked_day(request: HttpRequest) -> date:
    parts = request.GET.get("ngay", "").split("-")
    day = dates.parse_day(*parts) if len(parts) == 3 else None
    # a week before the first or after the last day of all calendars does not exist
    return day if day and dates.FIRST_YEAR < day.year < dates.LAST_YEAR else dates.today()


def days(first: date, end: date, user: Person) -> list[Day]:
    """The days with what appears on them, in its order; as many queries for any number of stories."""
    window = (dates.day_bounds(first)[0], dates.day_bounds(end)[0])
    stories = Article.objects.filter(withdrawn_at=None).defer("body", "html", "lead")
    stories = stories.select_related("desk_section__parent", "section__parent")
    found, grants = defaultdict(list), grants_of(user)
    for column in ("published_at", "due_at"):
        here = stories.filter(**{f"{column}__gte": window[0], f"{column}__lt": window[1]})
        open_ones = readable_keys(here, user, grants)
        for article in here:
            is_open, is_update = article.pk in open_ones, column == "due_at"
            if is_open or (article.is_public and not is_update):
                shown = entry(article, getattr(article, column), grants, is_update=is_update, is_open=is_open)
                found[dates.local(shown.at).date()].append(shown)
    return [
        Day(day, dates.long_date(day), day == dates.today(), sorted(found[day], key=lambda e: (e.at, e.article.pk)))
        for day in (first + timedelta(days=n) for n in range((end - first).days))
    ]


def entry(article: Article, at: datetime, grants: Grants, *, is_update: bool, is_open: bool) -> Entry:
    """The story at this time, with what the person may do to it from here."""

    def holds(roles: tuple[Role, ...]) -> bool:
        return any(grants.has(role, article.desk_section) for role in roles)

    may_move = at > timezone.now() and is_open and holds(PUBLISHERS)
    return Entry(at, article, is_update, is_open, may_move, not is_open and holds(WITHDRAWERS))


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for another time of what is scheduled, and set it by its verb."""
    article = allowed(request, article_id)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        at = form.cleaned_data["at"]
        try:
            message = set_time(request, article, at, form.cleaned_data["version"])
        except NotReady as lacking:
            form.add_error("at", [item.message for item in lacking.missing])
        except (Refused, Conflict) as told:
            form.add_error("at", str(told))
        else:
            messages.success(request, message)
            address, view = reverse("admin:articles_article_calendar"), request.POST.get("xem", "")
            shown = f"&xem={view}" if view in ("ngay", "tuan") else ""
            return HttpResponseRedirect(f"{address}?ngay={dates.local(at).date().isoformat()}{shown}")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Move to another time"),
        "article": article,
        "at": article.published_at if article.readers_state == "scheduled" else article.due_at,
        "form": form,
    }
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/articles/article/reschedule.html", context, status=status)


def set_time(request: HttpRequest, article: Article, at: datetime, version: int) -> str:
    """Move the first publication, or the update that waits. Raises Refused, Conflict."""
    name = "schedule_update" if article.due_at else "reschedule"
    notice = timing.due_notice(article)
    workflow.perform(article.pk, name, by=signed_in(request), at=at, version=version, notice=notice)
    return done(TRANSITIONS[name], at)


guarded = admin.site.admin_view
urls = [
    path("lich/", guarded(calendar), name="articles_article_calendar"),
    path("<int:article_id>/doi-gio/", guarded(move), name="articles_article_reschedule"),
]
