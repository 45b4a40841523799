"""Where are the rules for comments kept: when a story closes, how fast one may write, when it holds by itself?"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Role
from articles.rights import grants_of
from comments.models import ThreadRules
from newsroom.lib.audit.changes import LoggedAdmin


@admin.register(ThreadRules)
class ThreadRulesAdmin(LoggedAdmin, admin.ModelAdmin):
    """One row a place; an empty field says: as one level up."""

    noun = "rules"
    list_display = ["__str__", "close_after_days", "slow_seconds", "late_minutes", "wave_reports", "identity"]
    list_select_related = ["section__parent", "article"]
    raw_id_fields = ["article"]
    fieldsets = [
        (
            None,
            {
                "fields": ["section", "article"],
                "description": _("A section or a story; neither of them: the whole paper."),
            },
        ),
        (
            _("Rules"),
            {
                "fields": ["close_after_days", "slow_seconds", "late_minutes", "wave_reports", "identity"],
                "description": _("An empty field: as one level up. 0 turns a rule off."),
            },
        ),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return grants_of(request.user).anywhere(Role.CHIEF, Role.PUBLISHER)

    def has_view_permission(self, request: HttpRequest, obj: ThreadRules | None = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("section__position", "section", "article", "pk")
