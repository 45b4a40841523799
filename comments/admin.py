"""How do moderators work? A queue of cards with buttons that call comments.moderation, and a page for each comment.

Nobody edits a reader's words. Who sees and decides what follows from role grants, asked for in every request.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Section
from articles.rights import Grants, grants_of
from comments import identity, moderation
from comments.models import Comment, Reason, State, Verb
from comments.moderation import Decision
from newsroom.lib import text
from newsroom.lib.http import safe_next
from newsroom.lib.paging import ShortPaginator

MOST_AT_ONCE = 200  # comments in one decision
MOST_COUNTED = 1000  # in a state; of more it is only said that there are


class StateFilter(admin.SimpleListFilter):
    """One state at a time, the waiting ones unless asked otherwise, each with its number."""

    title = gettext_lazy("state")
    parameter_name = "state"
    template = "admin/comments/comment/_tabs.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = in_section(model_admin.get_queryset(request), request.GET.get("section"))
        counts = {state: rows.filter(state=state).order_by()[: MOST_COUNTED + 1].count() for state in State}
        return [(state.value, f"{state.label} ({counted(number)})") for state, number in counts.items()]

    def value(self) -> str:
        asked = super().value()
        return asked if asked in State.values else State.PENDING

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        return queryset.filter(state=self.value())

    def choices(self, changelist: Any) -> Iterator[Any]:
        for state, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: state})
            yield {"selected": self.value() == state, "query_string": query, "display": label}


def counted(number: int) -> str:
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


class SectionFilter(admin.SimpleListFilter):
    title = gettext_lazy("section")
    parameter_name = "section"
    template = "admin/comments/comment/_sections.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sections = Section.objects.select_related("parent").order_by("position", "sort", "pk")
        return sorted(
            ((str(section.pk), str(section)) for section in sections), key=lambda pair: text.sort_key(pair[1])
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        return in_section(queryset, self.value())


def in_section(comments: QuerySet[Comment], section: str | None) -> QuerySet[Comment]:
    """Those under stories of the section or of one below it; all without a section."""
    if not section or not (section.isascii() and section.isdigit() and len(section) < 10):
        return comments
    own, below = Q(thread__article__section=section), Q(thread__article__section__parent=section)
    return comments.filter(own | below)


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """The moderators' queue."""

    list_filter = [StateFilter, SectionFilter]
    search_fields = ["fold"]
    search_help_text = gettext_lazy(
        "Words of the comment or the writer's name, with or without marks, or the whole e-mail"
    )
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = ShortPaginator
    actions = None
    fields = ["body"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._grants(request).anywhere(*moderation.ROLES)

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        grants = self._grants(request)
        return (
            grants.anywhere(*moderation.ROLES) if obj is None else moderation.may_moderate(grants, obj.thread.article)
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return moderation.in_reach(self._grants(request), Comment.objects.all())

    def get_ordering(self, request: HttpRequest) -> Any:
        """Who has waited longest comes first; what is decided, newest first."""
        waiting = request.GET.get("state", State.PENDING) == State.PENDING
        return ["created_at", "pk"] if waiting else ["-created_at", "-pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        if "@" in search_term:
            return queryset.filter(commenter__email_key=identity.email_key(search_term)), False
        for word in text.fold(search_term).split():
            queryset = queryset.filter(fold__contains=word)
        return queryset, False

    def get_urls(self) -> list[URLPattern]:
        decide = path("quyet-dinh/", self.admin_site.admin_view(self.decide_view), name="comments_comment_decide")
        return [decide, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": _("Comments"), "reasons": _reasons()}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The cards show story, section, the comment answered and the writer: fetched with the list."""
        changelist = super().get_changelist_instance(request)
        related = ("thread__article__section__parent", "parent", "root", "commenter")
        changelist.result_list = changelist.result_list.select_related(*related).defer(
            "thread__article__html", "thread__article__body"
        )
        return changelist

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        comment = self.get_object(request, object_id)
        decisions = comment.actions.select_related("actor") if comment else []
        context = {"title": _("Comment"), "decisions": decisions, "reasons": _reasons(), "here": request.path}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """One decision about one comment or many, as `seen` (id:version); what came of it is said in messages."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        back = HttpResponseRedirect(safe_next(request, reverse("admin:comments_comment_changelist")))
        seen, verb = _seen(request.POST.getlist("seen")), request.POST.get("verb", "")
        if verb not in moderation.TRANSITIONS or not seen:
            messages.warning(request, _("Choose comments and what to do with them."))
            return back
        decision = Decision(Verb(verb), request.POST.get("reason", ""), text.clean(request.POST.get("note", "")))
        try:
            outcomes = moderation.decide_many(seen, decision, request.user)
        except moderation.ReasonMissing:
            messages.error(request, _("Choose the reason that the writer will read."))
            return back
        self._tell(request, decision, outcomes)
        return back

    def _tell(self, request: HttpRequest, decision: Decision, outcomes: list[moderation.Outcome]) -> None:
        problems = [outcome for outcome in outcomes if outcome.problem]
        done = len(outcomes) - len(problems)
        if done:
            sentence = ngettext("%(n)d comment %(verb)s.", "%(n)d comments %(verb)s.", done)
            messages.success(request, sentence % {"n": done, "verb": decision.verb.label})
        for outcome in problems:
            messages.warning(request, f"#{outcome.comment_id}: {outcome.problem}")

    def _grants(self, request: HttpRequest) -> Grants:
        """Asked for many times on a page, fetched once."""
        kept = vars(request)
        if "_comment_grants" not in kept:
            kept["_comment_grants"] = grants_of(request.user)
        return kept["_comment_grants"]


def _reasons() -> list[tuple[str, str]]:
    """Those that a moderator chooses from; spam has a button of its own."""
    return [(value, label) for value, label in Reason.choices if value != Reason.SPAM]


def _seen(items: list[str]) -> list[tuple[int, int]]:
    """Pairs of comment and version out of "12:3"; what is not such a pair is left out."""
    pairs = [item.split(":") for item in items[:MOST_AT_ONCE]]
    return [
        (int(pair[0]), int(pair[1]))
        for pair in pairs
        if len(pair) == 2 and all(part.isascii() and part.isdigit() and len(part) < 19 for part in pair)
    ]
