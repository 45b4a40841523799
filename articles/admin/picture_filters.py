"""By what is the picture library filtered?"""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import pictures
from articles.models import Article, Author, Image, ImageUse
from newsroom.lib import dates


def is_used() -> Any:
    """A version of a story, a published story or an author shows the picture."""
    pointers = (
        ImageUse.objects.filter(image=OuterRef("pk")),
        Article.objects.filter(lead_image=OuterRef("pk")),
        Author.objects.filter(portrait=OuterRef("pk")),
    )
    in_versions, as_lead, as_portrait = (Exists(pointer) for pointer in pointers)
    return in_versions | as_lead | as_portrait


class UsedFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("used")), ("no", _("never used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        choices = {"yes": is_used(), "no": ~is_used()}
        return queryset.filter(choices[self.value() or ""]) if self.value() in choices else queryset


class RightsFilter(admin.SimpleListFilter):
    title = _("rights")
    parameter_name = "may"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("may be used")), ("ended", _("no longer")), ("later", _("not yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        today = dates.today()
        ended, later = Q(rights_until__lt=today), Q(rights_from__gt=today)
        choices = {"now": ~ended & ~later, "ended": ended, "later": later}
        return queryset.filter(choices[self.value() or ""]) if self.value() in choices else queryset


class LacksFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("caption", _("caption")), ("credit", _("credit")), ("alt", _("description for the blind"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        choices = {"caption": Q(caption=""), "credit": Q(credit=""), "alt": Q(alt="", is_decorative=False)}
        return queryset.filter(choices[self.value() or ""]) if self.value() in choices else queryset


class FormatFilter(admin.SimpleListFilter):
    title = _("format")
    parameter_name = "format"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, name) for name in pictures.FORMATS_TAKEN]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(format=self.value()) if self.value() in pictures.FORMATS_TAKEN else queryset
