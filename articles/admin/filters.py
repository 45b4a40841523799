"""By what is the list of stories narrowed?"""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Section


class ReadersFilter(SimpleListFilter):
    """What readers have of a story (the twin of Article.readers_state, in the database)."""

    title = _("readers have it")
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("never", _("never published")),
            ("scheduled", _("scheduled")),
            ("live", _("published")),
            ("ended", _("ended")),
            ("withdrawn", _("withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        shown = Q(published_at__isnull=False, withdrawn_at=None)
        ended = Q(visible_until__lte=now)
        choices = {
            "never": Q(published_at=None),
            "scheduled": shown & ~ended & Q(published_at__gt=now),
            "live": shown & (Q(visible_until=None) | Q(visible_until__gt=now)) & Q(published_at__lte=now),
            "ended": shown & ended,
            "withdrawn": Q(withdrawn_at__isnull=False),
        }
        return queryset.filter(choices[self.value()]) if self.value() in choices else queryset


class SectionFilter(SimpleListFilter):
    """The section of the working text, its sub-sections included."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(section.pk), str(section)) for section in Section.objects.select_related("parent")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value() or ""
        if not value.isdecimal() or len(value) > 18:
            return queryset
        return queryset.filter(Q(desk_section=int(value)) | Q(desk_section__parent=int(value)))


class MineFilter(SimpleListFilter):
    """Whose stories are listed; the trash is apart."""

    title = _("stories")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("my stories")), ("trash", _("in the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "trash":
            return queryset.filter(trashed_at__isnull=False)
        queryset = queryset.filter(trashed_at=None)
        return queryset.filter(created_by=request.user.pk) if self.value() == "mine" else queryset
