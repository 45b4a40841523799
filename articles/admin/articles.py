"""Where do editors find, write and move stories? The list of stories and the page of one."""

from functools import reduce
from http import HTTPStatus
from operator import or_
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import desk_search, saved_views, writing
from articles.admin import aids, desk, editing, history, hotfix, preview, related, signoffs, story_templates
from articles.admin.calendar import urls as calendar_urls
from articles.admin.filters import EditorFilter, MineFilter, ReadersFilter, SectionFilter, StageFilter, WriterFilter
from articles.admin.forms import ArticleForm
from articles.admin.listing import StoryList
from articles.admin.period import ChangedFilter, PublishedFilter
from articles.admin.saved_views import urls as saved_view_urls
from articles.admin.telling import urls as telling_urls
from articles.admin.typed import page_of
from articles.admin.widgets import editor_csp
from articles.admin.withdrawal import urls as withdrawal_urls
from articles.editing import forget
from articles.models import Article, Snapshot
from articles.rights import grants_of, may_read, ways_to_read
from articles.transitions import WRITERS
from newsroom.lib import dates
from newsroom.lib.embeds import embed_url
from newsroom.lib.paging import ShortPaginator

TYPED = (("headline", _("Headline")), ("lead", _("Lead")), ("body", _("Text")))


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Stories as the newsroom sees them: the working text, its stage, and what readers have."""

    form = ArticleForm
    fieldsets = [
        (None, {"fields": ["version", "headline", "subheadline", "lead", "body"]}),
        (_("Lead picture"), {"fields": ["picture", "picture_caption"]}),
        (_("Who wrote it"), {"fields": ["byline_rows", "source"]}),
        (_("Where it stands"), {"fields": ["primary_section", "other_sections", "tag_names"]}),
        (_("On its page"), {"fields": ["presentation", "related", "comments"]}),
    ]
    list_display = ["story", "state", "waiting", "changed", "published", "reads"]
    list_display_links = None
    list_filter = [MineFilter, StageFilter, ReadersFilter, SectionFilter]
    list_filter += [WriterFilter, EditorFilter, ChangedFilter, PublishedFilter]
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = ShortPaginator
    ordering = ["-desk_changed_at", "-pk"]
    search_fields = ["desk_fold"]
    search_help_text = _("Words of the headline, with or without marks")
    actions = None
    begins_at = "admin:articles_article_begin"
    view_on_site = False  # the page of the story has its own link, while readers have it
    change_form_template = "admin/articles/article/change_form.html"

    @admin.display(description=_("story"), ordering="desk_fold")
    def story(self, article: Article) -> str:
        return desk.cell("story", article)

    @admin.display(description=_("state"), ordering="stage")
    def state(self, article: Article) -> str:
        return desk.cell("badges", article)

    @admin.display(description=pgettext_lazy("story", "waiting"))
    def waiting(self, article: Article) -> str:
        return desk.cell("waiting", article)

    @admin.display(description=_("changed"), ordering="desk_changed_at")
    def changed(self, article: Article) -> str:
        return desk.cell("changed", article)

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, article: Article) -> str:
        return dates.stamp(article.published_at) if article.published_at else "–"

    @admin.display(description=_("reads (24 hours / all)"))
    def reads(self, article: Article) -> str:
        return desk.cell("reads_cell", article)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        stories = super().get_queryset(request).defer("body", "html")
        return stories.select_related("desk_section__parent", "section", "created_by")

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        paginator: Any = super().get_paginator(request, *args, **kwargs)
        paginator.parts = getattr(request, "readable_parts", ())
        return paginator

    def get_ordering(self, request: HttpRequest) -> Any:
        """The last change first; held stories by their day."""
        return ["held_until", "-pk"] if request.GET.get("whose") == "held" else self.ordering

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[StoryList]:
        return StoryList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Asked for nothing, the list opens with the person's own default view, if there is one."""
        is_plain = request.method == "GET" and not request.GET and self.has_view_permission(request)
        if is_plain and (view := saved_views.default_of(request.user)) is not None:
            return HttpResponseRedirect(f"?{view.query}")
        return super().changelist_view(request, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Whatever looks for stories, be it the list or a box to choose from, finds those that may be read."""
        found, ways = desk_search.found(queryset, search_term), ways_to_read(request.user)
        if len(ways) > 1:
            request.readable_parts = [found.filter(way) for way in ways]  # type: ignore[attr-defined]
        return found.filter(reduce(or_, ways)), False

    # Rights: Django's permissions open the pages, role grants decide what may be read and done there.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return grants_of(request.user).anywhere(*WRITERS)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """The desk's pages about stories; of a story at hand, its unpublished text."""
        grants = grants_of(request.user)
        return grants.anywhere(*WRITERS) if obj is None else may_read(request.user, obj, grants)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        grants = grants_of(request.user)
        return grants.anywhere(*WRITERS) and (obj is None or writing.may_edit(request.user, obj, grants))

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # stories go to the trash or are withdrawn

    # Saving: the text becomes a revision, then a button's verb follows.
    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        """A new story. One that is known was saved before Django asks: by `save_text`."""
        obj.pk = writing.create_story(form.snapshot(), by=desk.signed_in(request)).pk
        obj.refresh_from_db()
        forget(None, page_of(request))

    def save_text(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Save what was typed and do what the button says; None where the form has errors to show."""
        if "headline" not in request.POST:  # a step, from the page to read
            return self.follow_verb(request, article)
        form = ArticleForm(request.POST, instance=article)
        if not form.is_valid():
            return None
        try:
            elsewhere = editing.save(request, article, form)
        except writing.Conflict:
            article.refresh_from_db()
            return self.read_view(request, article)
        return elsewhere or self.response_change(request, article)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        editing.furnish(request, context, kwargs.get("obj"))
        context["aids"] = aids.panel(context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_changeform_initial_data(request), **story_templates.initial(request)}

    @method_decorator(editor_csp)
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().add_view(request, form_url, {"title": _("New story"), **(extra_context or {})})

    @method_decorator(editor_csp)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None or not self.has_view_permission(request, article):
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_change_permission(request, article):
            return self.read_view(request, article)
        if request.method == "POST" and (answer := self.save_text(request, article)) is not None:
            return answer
        saving = editing.opened(request, article)
        if saving.is_taken:
            return self.read_view(request, article, saving)
        context = desk.about(article, desk.signed_in(request)) | {"saving": saving}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def read_view(self, request: HttpRequest, article: Article, saving: editing.Saving | None = None) -> HttpResponse:
        """The story for whoever may not change its text (now): to be read, with the steps that are theirs.

        A text sent all the same, from a form that was opened before the story moved on, is shown and not lost.
        """
        is_late = "headline" in request.POST
        if request.method == "POST" and not is_late:
            return self.follow_verb(request, article)
        snapshot = article.working_revision.snapshot if article.working_revision else Snapshot()
        context = {
            **self.admin_site.each_context(request),
            **desk.about(article, desk.signed_in(request)),
            **desk.reading_view(snapshot),
            **editing.around_reading(request, article, saving),
            "opts": self.opts,
            "has_change_permission": False,
            "conflict": writing.conflict(article) if is_late else None,
            "typed": [(label, request.POST.get(name, "")) for name, label in TYPED] if is_late else [],
        }
        status = HTTPStatus.CONFLICT if is_late else HTTPStatus.OK
        return TemplateResponse(request, "admin/articles/article/read.html", context, status=status)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("The story is saved as a draft."))
        return self.follow_verb(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if "_verb" not in request.POST:
            messages.success(request, _("Saved at %s.") % f"{timezone.localtime():%H:%M:%S}")
        return self.follow_verb(request, obj)

    def follow_verb(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Do what the pressed button says, tell how it went, and show the story again.

        Who returns it is led to the desk: its form, opened again, would lock out the author.
        """
        if "_verb" in request.POST:
            article.refresh_from_db()
            is_done = desk.perform_and_tell(request, article)
            if is_done and request.POST["_verb"] == "return":
                editing.leave(request, article)
                return HttpResponseRedirect(reverse("admin:index"))
            editing.tell_who_types(request, article)
        elif "_mend" in request.POST:
            article.refresh_from_db()
            aids.mend_and_tell(request, article)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def log_addition(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """The story's own log and revisions say this."""

    def log_change(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """The story's own log and revisions say this."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history.history_view(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            *editing.urls(self.admin_site),
            *aids.urls,
            path("nhung/", guarded(self.embed_view), name="articles_article_embed"),
            *history.urls,
            *preview.urls,
            *hotfix.urls,
            *signoffs.urls,
            *withdrawal_urls,
            *calendar_urls,
            *related.urls,
            *story_templates.urls,
            *telling_urls,
            *saved_view_urls,
            *super().get_urls(),
        ]

    def embed_view(self, request: HttpRequest) -> HttpResponse:
        """Under which address the thing is embedded, as JSON; null for what may not be."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse({"address": embed_url(request.GET.get("address", "")[:2000])})
