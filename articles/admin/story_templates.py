"""Where are templates of stories kept, and where does a writer choose one?"""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import story_templates
from articles.admin import conflict, editing, typed
from articles.admin.desk import signed_in
from articles.admin.forms import SnapshotForm, initial_of, is_key
from articles.admin.widgets import editor_csp
from articles.models import Article, Snapshot, StoryTemplate
from newsroom.lib.audit.changes import LoggedAdmin, changed_fields

COLUMNS: Final = ["name", "description", "position", "is_active"]


class StoryTemplateForm(SnapshotForm):
    """A template: what it is for, and its text."""

    class Meta:
        model = StoryTemplate
        fields = COLUMNS
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        self.before = instance.snapshot if instance and instance.pk else Snapshot()
        text = initial_of(story_templates.without_lost(self.before))
        super().__init__(*args, **{**kwargs, "label_suffix": "", "initial": {**text, **(kwargs.get("initial") or {})}})


@admin.register(StoryTemplate)
class StoryTemplateAdmin(LoggedAdmin, admin.ModelAdmin):
    noun = "template"
    form = StoryTemplateForm
    fieldsets = [
        (gettext_lazy("Template"), {"fields": ["name", "description"]}),
        (gettext_lazy("Text"), {"fields": ["headline", "subheadline", "lead", "body"]}),
        (gettext_lazy("In the list of templates"), {"fields": ["position", "is_active"]}),
        (gettext_lazy("Lead picture"), {"fields": ["picture", "picture_caption"]}),
        (gettext_lazy("Who wrote it"), {"fields": ["byline_rows", "source"]}),
        (
            gettext_lazy("Where it stands"),
            {"fields": ["primary_section", "other_sections", "tag_names"]},
        ),
        (gettext_lazy("On its page"), {"fields": ["presentation", "related", "comments"]}),
    ]
    list_display = ["name", "section", "position", "is_active"]
    list_select_related = ["section__parent"]
    list_filter = ["is_active"]
    search_fields = ["name", "description"]
    change_form_template = "admin/articles/storytemplate/change_form.html"

    @method_decorator(editor_csp)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new template stands last; it has the text of a story where the address names one (`?bai=`)."""
        last = StoryTemplate.objects.aggregate(last=Max("position"))["last"] or 0
        number = request.GET.get("bai", "")
        article = typed.find(request, int(number)) if is_key(number) else None
        revision = article.working_revision if article else None
        return {"position": last + 1, **(initial_of(revision.snapshot) if revision else {})}

    def save_model(self, request: HttpRequest, obj: StoryTemplate, form: Any, change: bool) -> None:
        story_templates.keep(obj, form.snapshot())

    def changes(self, form: Any) -> dict[str, Any]:
        """The columns with their values; of the text its parts, in the language of the house."""
        columns = changed_fields(form, COLUMNS)
        with translation.override(settings.LANGUAGE_CODE):
            parts = [
                str(label)
                for name, label in conflict.LABELS.items()
                if getattr(form.before, name) != getattr(form.instance.snapshot, name)
            ]
        return {key: found for key, found in (("fields", columns), ("parts", parts)) if found}


def begin_view(request: HttpRequest) -> HttpResponse:
    """What a new story starts from; without templates there is nothing to choose."""
    if not admin.site.get_model_admin(Article).has_add_permission(request):
        raise PermissionDenied
    offered = list(StoryTemplate.objects.offered())
    if not offered:
        return HttpResponseRedirect(reverse("admin:articles_article_add"))
    context = {
        **admin.site.each_context(request),
        "title": _("New story"),
        "opts": Article._meta,
        "offered": offered,
        "saving": editing.saving(request, None),
    }
    return TemplateResponse(request, "admin/articles/article/begin.html", context)


def initial(request: HttpRequest) -> dict[str, Any]:
    """The fields of a new story's form, if its address names a template (`?mau=`)."""
    number = request.GET.get("mau", "")
    if not number:
        return {}
    template = StoryTemplate.objects.offered().filter(pk=number).first() if is_key(number) else None
    if template is None:
        messages.warning(request, _("This template is no longer there: the story starts empty."))
        return {}
    return initial_of(story_templates.begun(template, signed_in(request)))


urls = [path("bai-moi/", admin.site.admin_view(begin_view), name="articles_article_begin")]
