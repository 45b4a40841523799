"""Where are the pages written that the paper has about itself?"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from articles import catalogue
from articles.admin.widgets import StoryEditor, editor_csp
from articles.models import StaticPage
from newsroom.lib import html, text
from newsroom.lib.audit.changes import LoggedAdmin


class StaticPageForm(forms.ModelForm):
    """A page; its text is sanitised like that of a story."""

    body = forms.CharField(label=_("Text"), widget=StoryEditor)

    class Meta:
        model = StaticPage
        fields = ["name", "slug", "body", "description", "position", "is_in_footer", "is_shown"]

    def clean_body(self) -> str:
        try:
            body = html.sanitise(self.cleaned_data["body"])
        except html.TooLong:
            message = _("The text is too long: at most %(max)d characters.")
            raise ValidationError(message, params={"max": html.MAX_HTML}) from None
        if not html.to_text(body).strip():
            raise ValidationError(_("The page has no text."))
        return body

    def clean_name(self) -> str:
        name = text.clean_line(self.cleaned_data["name"])
        if not text.slugify(name):
            raise ValidationError(_("A name needs at least one letter or digit."))
        return name


@admin.register(StaticPage)
class StaticPageAdmin(LoggedAdmin, admin.ModelAdmin):
    """Saved and deleted by verbs, so that the foot of every page follows."""

    noun = "page"
    form = StaticPageForm
    list_display = ["name", "slug", "position", "is_in_footer", "is_shown"]

    @method_decorator(editor_csp)
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().add_view(request, form_url, extra_context)

    @method_decorator(editor_csp)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: StaticPage, form: Any, change: bool) -> None:
        catalogue.save_page(obj)

    def delete_model(self, request: HttpRequest, obj: StaticPage) -> None:
        catalogue.delete_page(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[StaticPage]) -> None:
        for page in queryset:
            catalogue.delete_page(page)
