"""What stands above and below the list of stories: saved views as tabs, chosen filters as chips, pages that end?"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles import readership, saved_views
from articles.admin.panels import waiting_since
from articles.models import Article, SavedView

ALL = "all"  # in the address: no filters, and not the own default either


@dataclass(frozen=True)
class Tab:
    """A way to see the list: all of it, or a saved view."""

    label: str
    query: str
    is_here: bool
    view: SavedView | None = None
    is_own: bool = True


@dataclass(frozen=True)
class Chip:
    """A filter that is chosen, and the address without it."""

    label: str
    value: str
    query: str


class StoryList(ChangeList):
    """Django's list with what is shown around it."""

    filter_specs: list[Any]  # of articles.admin.filters and period

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.user = request.user

    def get_results(self, request: HttpRequest) -> None:
        """The stories of the page, found by their keys first: a database that joins before it sorts plans badly."""
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = self.furnished(self.root_queryset.filter(pk__in=keys)).in_bulk()
        self.result_list: Any = [rows[key] for key in keys if key in rows]
        readership.tell_reads(self.result_list)

    @staticmethod
    def furnished(stories: QuerySet[Article]) -> QuerySet[Article]:
        """With who changed them last and since when they wait, without their texts."""
        stories = stories.select_related("working_revision__author").annotate(waiting_since=waiting_since())
        return stories.defer("body", "html", "working_revision__content")

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Article]) -> list[Any]:
        """As Django, but no column twice: SQLite would sort every story for "oldest first, newest first"."""
        ordering = super().get_ordering(request, queryset)
        names = [str(name).removeprefix("-") for name in ordering]
        return [each for place, each in enumerate(ordering) if names[place] not in names[:place]]

    @property
    def is_narrowed_aside(self) -> bool:
        """A filter of the second row is used, or wrongly typed."""
        asked = {name for name, value in self.params.items() if value}
        return any(spec.is_aside and asked.intersection(spec.expected_parameters()) for spec in self.filter_specs)

    @cached_property
    def current(self) -> str:
        """The filters and the order of this page as a saved view would keep them."""
        return saved_views.clean_query(self.address())

    def address(self, without: tuple[str, ...] = ()) -> str:
        """The query string of this page but for some of its parameters."""
        kept = {name: value for name, value in self.params.items() if value and name not in (*without, ALL)}
        return urlencode(kept) or f"{ALL}=1"

    @cached_property
    def tabs(self) -> list[Tab]:
        views = saved_views.shown_to(self.user)
        tabs = [Tab(_("All"), f"{ALL}=1", not self.current)]
        for view in views:
            is_own = view.owner_id == self.user.pk
            tabs.append(Tab(view.name, view.query, view.query == self.current, view, is_own))
        return tabs

    @property
    def may_be_saved(self) -> bool:
        """Something is chosen, rightly, and no tab has it yet."""
        return not any(spec.errors for spec in self.filter_specs) and not any(tab.is_here for tab in self.tabs)

    @cached_property
    def chips(self) -> list[Chip]:
        """What narrows the list, each with the way to take it away."""
        found = [Chip(_("Search"), self.query, self.address(("q",)))] if self.query else []
        for spec in self.filter_specs:
            for parameters, value in spec.chips():
                found.append(Chip(str(spec.title), value, self.address(tuple(parameters))))
        return found
