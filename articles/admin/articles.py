"""Where do editors find, write and move stories? The list of stories and the page of one."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from articles import readiness, workflow, writing
from articles.admin import desk
from articles.admin.filters import MineFilter, ReadersFilter, SectionFilter
from articles.admin.forms import ArticleForm
from articles.models import Article, Revision, Role
from articles.rights import grants_of
from newsroom.lib import dates, text
from newsroom.lib.people import full_name

WRITERS = (Role.REPORTER, Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
# CKEditor 4 sets handlers and styles in attributes; no other page of the admin may (README, "Dependencies").
editor_csp = csp_update(
    {"script-src-attr": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"], "img-src": [SELF, "data:", "blob:"]}
)


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Stories as the newsroom sees them: the working text, its stage, and what readers have."""

    form = ArticleForm
    fieldsets = [
        (None, {"fields": ["version", "headline", "subheadline", "lead", "body"]}),
        (_("Lead picture"), {"fields": ["picture", "picture_caption"]}),
        (_("Who wrote it"), {"fields": ["byline_rows", "source"]}),
        (_("Where it stands"), {"fields": ["primary_section", "other_sections", "tag_names", "comments"]}),
    ]
    list_display = ["story", "stage_badge", "readers_badge", "section_name", "writer", "changed", "published"]
    list_display_links = None
    list_filter = [MineFilter, "stage", ReadersFilter, SectionFilter]
    list_select_related = ["desk_section__parent", "created_by"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-desk_changed_at", "-pk"]
    search_fields = ["desk_fold"]
    search_help_text = _("Words of the headline, with or without marks")
    actions = None
    view_on_site = False  # the page of the story has its own link, while readers have it
    change_form_template = "admin/articles/article/change_form.html"
    object_history_template = "admin/articles/article/history.html"

    @admin.display(description=_("story"), ordering="desk_fold")
    def story(self, article: Article) -> str:
        return desk.cell("story", article)

    @admin.display(description=_("stage"), ordering="stage")
    def stage_badge(self, article: Article) -> str:
        return desk.cell("stage", article)

    @admin.display(description=_("readers have"))
    def readers_badge(self, article: Article) -> str:
        return desk.cell("readers", article)

    @admin.display(description=_("section"))
    def section_name(self, article: Article) -> str:
        return str(article.desk_section or "–")

    @admin.display(description=_("written by"))
    def writer(self, article: Article) -> str:
        return full_name(article.created_by)

    @admin.display(description=_("changed"), ordering="desk_changed_at")
    def changed(self, article: Article) -> str:
        return dates.ago(article.desk_changed_at, timezone.now())

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, article: Article) -> str:
        return dates.stamp(article.published_at) if article.published_at else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return (
            super()
            .get_queryset(request)
            .select_related("working_revision", "desk_section", "section")
            .defer("body", "html")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        for word in text.fold(search_term).split()[:8]:
            queryset = queryset.filter(desk_fold__contains=word)
        return queryset, False

    # Rights: Django's permissions open the pages, role grants decide what may be done there.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return grants_of(request.user).anywhere(*WRITERS)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return self.has_view_permission(request)
        return writing.may_edit(request.user, obj)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return grants_of(request.user).anywhere(*WRITERS)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # stories go to the trash or are withdrawn

    # Saving: the text becomes a revision, then a button's verb follows.
    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        snapshot = form.snapshot()
        if not change:
            obj.pk = writing.create_story(snapshot, by=request.user).pk
            obj.refresh_from_db()
        elif obj.working_revision is None or Revision.digest_of(snapshot) != obj.working_revision.digest:
            writing.save_text(obj, snapshot, by=request.user, version=form.cleaned_data["version"])

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """As Django does it; whoever is overtaken between check and save sees the form again with the text kept."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except writing.Conflict:
            return super().changeform_view(request, object_id, form_url, extra_context)

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
        if request.method == "POST" and not self.has_change_permission(request, article):
            return self.follow_verb(request, article)  # nothing to save: the text is not theirs to change
        snapshot = article.working_revision.snapshot if article.working_revision else None
        verbs = workflow.possible(article, request.user)
        context = {
            "title": _("Story"),
            "subtitle": None,
            "verbs": verbs,
            "noted_verbs": [verb for verb in verbs if verb.needs_note or verb.is_grave],
            "stages": desk.stage_bar(article),
            "readers_label": desk.STATE_LABELS[article.readers_state],
            "missing": readiness.for_readers(snapshot) if snapshot else [],
            "steps": article.transitions.select_related("actor")[:1],
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("The story is saved as a draft."))
        return self.follow_verb(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if "_verb" not in request.POST:
            messages.success(request, _("Saved at %s.") % f"{timezone.localtime():%H:%M:%S}")
        return self.follow_verb(request, obj)

    def follow_verb(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Do what the pressed button says, tell how it went, and show the story again."""
        if "_verb" in request.POST:
            article.refresh_from_db()
            desk.perform_and_tell(request, article)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def log_addition(self, request: HttpRequest, obj: Article, message: Any) -> None:
        """The story's own log and revisions say this."""

    def log_change(self, request: HttpRequest, obj: Article, message: Any) -> None:
        """The story's own log and revisions say this."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None or not self.has_view_permission(request, article):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "opts": self.opts,
            "article": article,
            "events": desk.history(article),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                "<int:article_id>/phien-ban/<int:number>/",
                self.admin_site.admin_view(self.revision_view),
                name="articles_article_revision",
            )
        ]
        return own + super().get_urls()

    def revision_view(self, request: HttpRequest, article_id: int, number: int) -> HttpResponse:
        """One version of a story as a reader would see its text; for those who may see the story."""
        revision = (
            Revision.objects.select_related("article", "author").filter(article=article_id, number=number).first()
        )
        if revision is None or not self.has_view_permission(request, revision.article):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version %d") % number,
            "opts": self.opts,
            "revision": revision,
            **desk.reading_view(revision.snapshot),
        }
        return TemplateResponse(request, "admin/articles/article/revision.html", context)
