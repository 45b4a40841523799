"""How does the page of a story keep what is typed? Autosave, heartbeat, take-over, and texts that are offered back.

Works without scripts; what scripts add talks to `articles.admin.heartbeat`.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import editing, locks, workflow
from articles.admin import conflict, desk, heartbeat, typed
from articles.admin.buttons import Buttons
from articles.admin.forms import ArticleForm
from articles.editing import Page
from articles.models import Article, Autosave, EditLock
from articles.readiness import Refused
from articles.rights import acting_role
from articles.writing import Conflict

RESTORE = "khoi-phuc"  # in the address of the form: the autosaved text to fill it with
OFFERED = 5  # texts that are offered back; older ones come up when these are gone


@dataclass(frozen=True)
class Saving:
    """What the form of a story knows about keeping its text."""

    tab: str
    base: str  # key of the version that the form was opened with
    user: int
    offers: list[Autosave]
    restored: Autosave | None = None
    lock: EditLock | None = None

    @property
    def is_taken(self) -> bool:
        """A colleague is typing in the story."""
        return self.lock is not None and self.lock.user_id != self.user

    @property
    def is_in_other_tab(self) -> bool:
        """The same person has the story open elsewhere."""
        return self.lock is not None and self.lock.tab != self.tab


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of this module, below those of stories."""

    def page(route: str, view: Any, name: str) -> URLPattern:
        return path(route, site.admin_view(view), name=f"articles_article_{name}")

    return [
        path("tu-luu/", heartbeat.autosave_view, name="articles_article_autosave_new"),
        path("<int:article_id>/tu-luu/", heartbeat.autosave_view, name="articles_article_autosave"),
        path("<int:article_id>/giu/", heartbeat.hold_view, name="articles_article_hold"),
        path("<int:article_id>/roi/", heartbeat.leave_view, name="articles_article_leave"),
        page("<int:article_id>/tiep-quan/", take_over_view, "take_over"),
        page("tu-luu/<int:autosave_id>/", unsaved_view, "unsaved"),
        page("tu-luu/<int:autosave_id>/bo/", drop_view, "drop"),
        page("<int:article_id>/gop/<int:number>/", conflict.merge_view, "merge"),
    ]


# --- the form ---------------------------------------------------------------------------------------------------


def opened(request: HttpRequest, article: Article) -> Saving:
    """Somebody opens the form: the lock is taken if it is free. Whose it is stands in the answer."""
    user, tab = desk.signed_in(request), typed.tab_in(request.POST.get("tab")) or typed.new_tab()
    lock = locks.keep(article.pk, user, tab, before=typed.tab_in(request.GET.get("tab")))
    return saving(request, article, tab, lock)


def saving(request: HttpRequest, article: Article | None, tab: str = "", lock: EditLock | None = None) -> Saving:
    """What the form needs; one that comes back with errors goes on under the name that it had."""
    user = desk.signed_in(request)
    offers = editing.offers(article, user)
    asked = request.POST.get("restored") or request.GET.get(RESTORE)
    restored = next((row for row in offers if str(row.pk) == asked), None)
    base = str(article.working_revision_id or "") if article else ""
    if restored:
        base = str(restored.base_id or "")
        offers.remove(restored)
    if request.method == "POST":
        tab, base = typed.tab_in(request.POST.get("tab")) or tab, request.POST.get("base", "")
        offers = [row for row in offers if row.tab != tab]
    return Saving(tab or typed.new_tab(), base, user.pk, offers[:OFFERED], restored, lock)


def furnish(request: HttpRequest, context: dict[str, Any], article: Article | None) -> None:
    """Give the form's page what it needs, and fill the form with the text that is to be restored."""
    found = context.get("saving") or saving(request, article)
    context["saving"] = found
    if found.restored and request.method != "POST":
        context["adminform"].form.initial.update(typed.initial_of_autosave(found.restored))


def around_reading(request: HttpRequest, article: Article, found: Saving | None) -> dict[str, Any]:
    """What the page to read says of whoever is typing, and of texts of one's own that were not saved."""
    user = desk.signed_in(request)
    if found is None or found.lock is None:
        lock = locks.holder(article.pk)
        return {"saving": saving(request, article), "lock": lock, "lock_says": locks.says(lock) if lock else ""}
    verbs = [verb for verb in workflow.possible(article, user) if not is_in_the_way(article, user, verb)]
    return {
        "saving": found,
        "lock": found.lock,
        "lock_says": locks.says(found.lock),
        "is_taken": True,
        "may_take_over": editing.may_take_over(user, article, found.lock),
        "buttons": Buttons.of(verbs),
    }


def is_in_the_way(article: Article, user: AbstractBaseUser, verb: workflow.Verb) -> bool:
    """The step would be refused because a colleague is typing."""
    role = acting_role(user, article, verb.roles_at(article.stage))
    return workflow.waits_for_quiet(verb) and locks.in_the_way(article, user, role) is not None


def leave(request: HttpRequest, article: Article) -> None:
    """The page that sent this is not shown again: the story is free for others."""
    page = typed.page_of(request)
    locks.release(article.pk, page.user, page.tab)


def tell_who_types(request: HttpRequest, article: Article) -> None:
    """After a step that did not wait: a colleague's page is open, and hears of the step with its next heartbeat."""
    lock = locks.holder(article.pk)
    if lock and lock.user_id != desk.signed_in(request).pk:
        kept = _("%(who)s: what is not saved is kept, and the step is told on that page.")
        messages.warning(request, kept % {"who": locks.says(lock)})


def save(request: HttpRequest, article: Article, form: ArticleForm) -> HttpResponse | None:
    """Save the form's text; where that takes another page to settle, the answer that leads there."""
    outcome = editing.save(article, typed.typed_in(request, form, article), typed.page_of(request))
    change = reverse("admin:articles_article_change", args=[article.pk])
    if outcome.lock:
        messages.error(request, told_of_lock(outcome))
        return HttpResponseRedirect(change)
    if outcome.aside:
        return HttpResponseRedirect(reverse("admin:articles_article_merge", args=[article.pk, outcome.aside.number]))
    if outcome.merged_with:
        message = _("Merged with the text of %(name)s, saved at %(time)s.")
        messages.success(request, message % conflict.by_and_when(outcome.merged_with))
        if {"_verb", "_mend"} & request.POST.keys():
            messages.warning(request, _("The step was not taken: read the merged text, then press the button again."))
        return HttpResponseRedirect(change)
    return None


def told_of_lock(outcome: editing.Saved) -> str:
    """A save came while a colleague is typed."""
    who = locks.says(outcome.lock) if outcome.lock else ""
    if outcome.aside is None:
        return f"{who}."
    kept = _("%(who)s. Your text was not saved as the working text; it is kept in the history as version %(number)d.")
    return kept % {"who": who, "number": outcome.aside.number}


# --- pages ------------------------------------------------------------------------------------------------------


@require_POST
def take_over_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Edit a story that a colleague, or one's own other tab, has open."""
    article, tab = typed.find(request, article_id), typed.new_tab()
    change = reverse("admin:articles_article_change", args=[article.pk])
    try:
        kept = editing.take_over(article.pk, Page(desk.signed_in(request), tab))
    except (Refused, Conflict) as told:
        messages.error(request, str(told))
        return HttpResponseRedirect(change)
    if kept:
        text = _("You have taken over. What was not saved is kept in the history as version %(number)d: %(label)s.")
        messages.success(request, text % {"number": kept.number, "label": kept.label})
    return HttpResponseRedirect(f"{change}?tab={tab}")


def unsaved_view(request: HttpRequest, autosave_id: int) -> HttpResponse:
    """How an autosaved text differs from the working text; only its writer sees it."""
    row = own_autosave(request, autosave_id)
    article = typed.find(request, row.article_id) if row.article_id else None
    context = {
        **admin.site.each_context(request),
        "title": _("Text that was not saved"),
        "opts": Article._meta,
        "article": article,
        "row": row,
        "fields": conflict.differences(row, article),
        "can_restore": heartbeat.no_right(request, article) is None,
    }
    return TemplateResponse(request, "admin/articles/article/unsaved.html", context)


@require_POST
def drop_view(request: HttpRequest, autosave_id: int) -> HttpResponse:
    """Throw an autosaved text away."""
    row = own_autosave(request, autosave_id)
    row.delete()
    messages.success(request, _("The autosaved text is gone."))
    if row.article_id:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[row.article_id]))
    return HttpResponseRedirect(reverse("admin:articles_article_add"))


def own_autosave(request: HttpRequest, autosave_id: int) -> Autosave:
    """Raises Http404 for what is another's."""
    row = Autosave.objects.select_related("base").filter(pk=autosave_id, user=desk.signed_in(request).pk).first()
    if row is None:
        raise Http404
    return row
