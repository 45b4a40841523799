"""From which day to which were stories changed, or published? A filter of Hà Nội's days, chosen or typed."""

from datetime import date, timedelta
from typing import Any

from django.contrib.admin import ListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from newsroom.lib import dates

# A choice in words -> how many days it has, and how many days ago the last of them was.
QUICK: dict[str, tuple[str | Promise, int, int]] = {
    "today": (gettext_lazy("today"), 1, 0),
    "yesterday": (gettext_lazy("yesterday"), 1, 1),
    "7": (gettext_lazy("the last 7 days"), 7, 0),
    "30": (gettext_lazy("the last 30 days"), 30, 0),
}


class PeriodFilter(ListFilter):
    """A quick choice, and a first and a last day as typed; together where both are given."""

    template = "admin/articles/article/_period.html"
    is_aside = True
    name = ""  # of its parameters
    column = ""

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        given = [str(params.pop(parameter, [""])[-1]).strip() for parameter in self.expected_parameters()]
        self.quick, self.typed_from, self.typed_to = given
        self.first, self.last = read_day(self.typed_from), read_day(self.typed_to)
        self.errors = list(self.find_errors())

    def find_errors(self) -> list[str]:
        """What is wrong with the days, in words."""
        typed = ((self.typed_from, self.first), (self.typed_to, self.last))
        wrong = [
            _("There is no day “%s”. Write it as 14/01/2021.") % value[:40]
            for value, day in typed
            if value and not day
        ]
        if self.first and self.last and self.first > self.last:
            wrong.append(_("The first day comes after the last one."))
        return wrong

    def expected_parameters(self) -> list[str]:  # type: ignore[override]
        return [self.name, f"{self.name}_from", f"{self.name}_to"]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> list[Any]:  # type: ignore[override]
        return []

    @property
    def lookup_choices(self) -> list[tuple[str, str | Promise]]:
        return [(value, label) for value, (label, _days, _ago) in QUICK.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Nothing for days that are none: the whole list would pass for an answer."""
        if self.errors:
            return queryset.none()
        for first, last in (quick_days(self.quick), (self.first, self.last)):
            if first:
                queryset = queryset.filter(**{f"{self.column}__gte": dates.day_bounds(first)[0]})
            if last:
                queryset = queryset.filter(**{f"{self.column}__lt": dates.day_bounds(last)[1]})
        return queryset

    def chips(self) -> list[tuple[list[str], str]]:
        """What is chosen: the parameters it takes away, and its words."""
        quick, start, end = self.expected_parameters()
        shown = [([quick], str(QUICK[self.quick][0]))] if self.quick in QUICK else []
        if self.typed_from:
            shown.append(([start], _("from %s") % as_written(self.first, self.typed_from)))
        if self.typed_to:
            shown.append(([end], _("to %s") % as_written(self.last, self.typed_to)))
        return shown


def read_day(value: str) -> date | None:
    """A day as it is typed here (14/1/2021, 14-1-2021) or as browsers and scripts send it (2021-01-14)."""
    parts = value.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3:
        return None
    return dates.parse_day(*(parts if len(parts[0]) == 4 else reversed(parts)))


def as_written(day: date | None, typed: str) -> str:
    return f"{day:%d/%m/%Y}" if day else typed


def quick_days(choice: str) -> tuple[date | None, date | None]:
    if choice not in QUICK:
        return None, None
    _label, days, ago = QUICK[choice]
    last = dates.today() - timedelta(days=ago)
    return last - timedelta(days=days - 1), last


class ChangedFilter(PeriodFilter):
    """When the newsroom changed the story last."""

    title, name, column = gettext_lazy("Day of change"), "changed", "desk_changed_at"


class PublishedFilter(PeriodFilter):
    """The time under the headline; scheduled stories have theirs to come."""

    title, name, column = gettext_lazy("Day of publication"), "published", "published_at"
