"""What appears when? The calendar of stories by week and by day, in Hà Nội time, and moving one to another time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

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


class Place(NamedTuple):
    """When a story (or its update) appears, and whether the person may read it; in the order of the calendar."""

    at: datetime
    pk: int
    is_update: bool
    is_open: bool


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
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "days": days(first, first + span, request.user, None if by_day else MOST_OUT),
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


def days(first: date, end: date, user: Person, most: int | None) -> list[Day]:
    """The days with what appears on them, in its order: all that is to come, and of what is out the last `most`.

    As many queries for any number of stories; the rows of those that are left out are not fetched.
    """
    window, now, grants = (dates.day_bounds(first)[0], dates.day_bounds(end)[0]), timezone.now(), grants_of(user)
    found: dict[date, list[Place]] = defaultdict(list)
    for place in sorted(places(window, user, grants)):
        found[dates.local(place.at).date()].append(place)
    counts = {day: len(all_of_it) for day, all_of_it in found.items()}
    if most is not None:
        found = {day: latest(all_of_it, now, most) for day, all_of_it in found.items()}
    stories = Article.objects.defer("body", "html", "lead").select_related("desk_section__parent", "section__parent")
    rows = stories.in_bulk({place.pk for shown in found.values() for place in shown})
    made = []
    for day in (first + timedelta(days=n) for n in range((end - first).days)):
        shown = found.get(day, [])
        entries = [entry(rows[place.pk], place, grants) for place in shown if place.pk in rows]
        left_out = counts.get(day, 0) - len(shown)
        made.append(Day(day, dates.long_date(day), day == dates.today(), entries, left_out))
    return made


def places(window: tuple[datetime, datetime], user: Person, grants: Grants) -> Iterator[Place]:
    """What the person may know of: stories they may read, and of the others those that readers have."""
    stories = Article.objects.filter(withdrawn_at=None)
    for column in ("published_at", "due_at"):
        here = stories.filter(**{f"{column}__gte": window[0], f"{column}__lt": window[1]})
        is_update, open_ones = column == "due_at", readable_keys(here, user, grants)
        known = open_ones if is_update else open_ones | set(here.published().values_list("pk", flat=True))
        for pk, at in here.values_list("pk", column):
            if pk in known:
                yield Place(at, pk, is_update, pk in open_ones)


def latest(found: list[Place], now: datetime, most: int) -> list[Place]:
    """Without what was out before the last `most`."""
    return found[max(0, sum(place.at <= now for place in found) - most) :]


def entry(article: Article, place: Place, grants: Grants) -> Entry:
    """The story at this time, with what the person may do to it from here."""
    at, _pk, is_update, is_open = place

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
