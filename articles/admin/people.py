"""How are sections, authors, tags, the masthead and the roles of the staff kept?"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import catalogue
from articles.models import Author, Publication, Section, SignOffKind, Tag
from articles.models.section import TREE
from newsroom.lib import text
from newsroom.lib.audit.changes import LoggedAdmin


class NamedForm(forms.ModelForm):
    """A thing with a name: what its verb would refuse is said at the field."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            try:
                catalogue.check(self.instance)
            except ValidationError as refused:
                self.add_error(None, refused)


class NamedAdmin(LoggedAdmin, admin.ModelAdmin):
    """Something with a name and an address: saved by its verb, found with or without marks."""

    form = NamedForm

    fold_field = "name_fold"
    search_fields = ["name"]
    search_help_text = _("Words of the name, with or without marks")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        for word in text.fold(search_term).split()[:8]:
            queryset = queryset.filter(**{f"{self.fold_field}__contains": word})
        return queryset, False


class SectionForm(NamedForm):
    """A section, with the sign-offs that its stories need."""

    sign_offs = forms.MultipleChoiceField(
        label=_("sign-offs needed"),
        choices=SignOffKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every story of this section, and of its sub-sections, needs these before it is approved."),
    )


@admin.register(Section)
class SectionAdmin(LoggedAdmin, admin.ModelAdmin):
    form = SectionForm
    fields = ["name", "slug", "parent", "position", "is_shown", "comment_policy", "sign_offs", "description"]
    list_display = ["__str__", "slug", "position", "is_shown", "comment_policy"]
    list_select_related = ["parent"]
    ordering = TREE

    def get_list_display(self, request: HttpRequest) -> Any:
        """For whoever sees the boards of front pages, with the way to each."""
        return [*self.list_display, *(["front_page"] if request.user.has_perm("articles.view_front") else [])]

    @admin.display(description=_("front page"))
    def front_page(self, section: Section) -> str:
        address = reverse("admin:articles_front_board", args=[section.pk])
        return format_html('<a href="{}">{}</a>', address, _("Arrange"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Section.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Section, form: Any, change: bool) -> None:
        catalogue.save_section(obj)


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    fields = ["name", "slug", "bio", "email", "user", "is_active"]
    list_display = ["name", "slug", "user", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["user"]

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        catalogue.save_author(obj)


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    fields = ["name", "slug", "description"]
    list_display = ["name", "slug"]

    def get_urls(self) -> list[URLPattern]:
        suggest = self.admin_site.admin_view(self.suggest_view)
        return [path("goi-y/", suggest, name="articles_tag_suggest"), *super().get_urls()]

    def suggest_view(self, request: HttpRequest) -> HttpResponse:
        """Names that begin with, or hold, what is being typed, as JSON; for whoever may write stories."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = text.fold(request.GET.get("q", "")[:80])
        begins = models.Q(name_fold__startswith=words) | models.Q(name_fold__contains=f" {words}")
        found = Tag.objects.filter(begins) if words else Tag.objects.none()
        return JsonResponse({"names": [tag.name for tag in found.order_by("sort")[:8]]})

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        catalogue.save_tag(obj)

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        catalogue.delete_tag(obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Tag]) -> None:
        for tag in queryset:
            catalogue.delete_tag(tag)


@admin.register(Publication)
class PublicationAdmin(LoggedAdmin, admin.ModelAdmin):
    """One row: its list is its form."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Publication.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if Publication.objects.exists() and self.has_view_or_change_permission(request):
            return HttpResponseRedirect(reverse("admin:articles_publication_change", args=[1]))
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Publication, form: Any, change: bool) -> None:
        catalogue.save_publication(obj)
        messages.info(request, _("Every page shows the new masthead from now on."))
