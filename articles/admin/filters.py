"""By what is the list of stories narrowed? Each filter is a box to choose from, in one line above the list."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import STATE_LABELS
from articles.models import Article, Section, Stage
from newsroom.lib.plans import Unindexed


class BoxFilter(SimpleListFilter):
    """A filter drawn as a box."""

    template = "admin/articles/article/_filter.html"


class MineFilter(BoxFilter):
    """Whose stories are listed; the trash is apart."""

    title = _("Whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("my stories")), ("trash", _("in the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "trash":
            return queryset.filter(trashed_at__isnull=False)
        queryset = queryset.filter(trashed_at=None)
        return queryset.filter(created_by=request.user.pk) if self.value() == "mine" else queryset


class StageFilter(BoxFilter):
    """How far the working text is."""

    title = _("Stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(stage.value, stage.label) for stage in Stage if stage is not Stage.DONE]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(stage=self.value()) if self.value() in Stage.values else queryset


class ReadersFilter(BoxFilter):
    """What readers have of a story (the twin of Article.readers_state, in the database)."""

    title = _("Readers have it")
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATE_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        shown = Q(published_at__isnull=False, withdrawn_at=None)
        going_on = Q(visible_until=None) | Q(visible_until__gt=now)
        to_come = Article.objects.filter(published_at__gt=now).values("pk")  # few, and found by their time
        choices = {
            "never": Q(published_at=None),
            "scheduled": shown & going_on & Q(pk__in=to_come),
            "live": shown & going_on & Q(since__lte=now),
            "ended": shown & Q(visible_until__isnull=False, until__lte=now),
            "withdrawn": Q(published_at__isnull=False, withdrawn_at__isnull=False),
        }
        chosen = choices.get(self.value() or "")
        if chosen is None:
            return queryset
        return queryset.alias(since=Unindexed("published_at"), until=Unindexed("visible_until")).filter(chosen)


class SectionFilter(BoxFilter):
    """The section of the working text, its sub-sections included."""

    title = _("Section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(section.pk), str(section)) for section in Section.objects.tree()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value() or ""
        if not (value.isascii() and value.isdecimal() and len(value) < 19):
            return queryset
        chosen = Section.objects.filter(Q(pk=int(value)) | Q(parent=int(value)))
        keys = list(chosen.values_list("pk", flat=True))  # instead of a join: what is looked for is known
        if len(keys) == 1:
            return queryset.filter(desk_section=keys[0])
        return queryset.alias(place=Unindexed("desk_section")).filter(place__in=keys)
