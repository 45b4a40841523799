"""What does a page of a story hear while somebody types in it? Autosave, heartbeat and leave, in JSON for scripts."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import editing, locks, writing
from articles.admin import desk, typed
from articles.admin.forms import ArticleForm
from articles.models import Article
from articles.rights import grants_of
from articles.transitions import WRITERS
from newsroom.lib import dates


@require_http_methods(["GET", "POST"])
def autosave_view(request: HttpRequest, article_id: int | None = None) -> HttpResponse:
    """GET: who is signed in, with a fresh token, for a page that was left standing. POST: keep what is typed."""
    if (refusal := signed_out(request)) is not None:
        return refusal
    article = typed.find(request, article_id) if article_id else None
    if request.method == "GET":
        fresh = {"user": request.user.pk, "token": get_token(request)}
        return JsonResponse(fresh) if article else no_right(request, None) or JsonResponse(fresh)
    if (refusal := no_right(request, article)) is not None:
        return refusal
    form = ArticleForm(request.POST, instance=article)
    if "body" in form.errors:
        return JsonResponse({"state": "refused", "text": " ".join(map(str, form.errors["body"]))}, status=413)
    row = editing.autosave(article, typed.typed_in(request, form, article, as_it_stands=True), typed.page_of(request))
    answer: dict[str, Any] = {"id": row.pk, "saved_at": f"{dates.local(row.saved_at):%H:%M:%S}"}
    return JsonResponse(answer | (held(request, article) if article else {"state": "mine"}))


@require_POST
def hold_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """The heartbeat of a page: whose is the story now, and has it changed since the page was opened?"""
    if (refusal := signed_out(request)) is not None:
        return refusal
    article = typed.find(request, article_id)
    return no_right(request, article) or JsonResponse(held(request, article))


@require_POST
def leave_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """The page was closed."""
    if (refusal := signed_out(request)) is not None:
        return refusal
    locks.release(typed.find(request, article_id).pk, desk.signed_in(request), typed.page_of(request).tab)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """The session has ended, or somebody else has signed in since in this browser."""
    if not admin.site.has_permission(request):
        return JsonResponse({"state": "signed_out"}, status=HTTPStatus.UNAUTHORIZED)
    if request.POST.get("user", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"state": "other_user", "text": other_user()}, status=HTTPStatus.CONFLICT)
    return None


def other_user() -> str:
    return _("Somebody else has signed in in this browser. What you typed is kept on this page only: copy it.")


def no_right(request: HttpRequest, article: Article | None) -> HttpResponse | None:
    """The story has moved on, or the person has lost the role."""
    if article is None:
        may = grants_of(request.user).anywhere(*WRITERS)
        text = _("You may not write stories.")
    else:
        may = writing.may_edit(request.user, article)
        text = (
            _("%(what)s You may no longer change its text.") % {"what": writing.conflict(article)} if not may else ""
        )
    return None if may else JsonResponse({"state": "no_right", "text": text}, status=HTTPStatus.FORBIDDEN)


def held(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Whose the story is after this heartbeat, in a word and in words; the last one of a page gives it back."""
    page = typed.page_of(request)
    if "leaving" in request.POST:
        locks.release(article.pk, page.user, page.tab)
        return {"state": "left"}
    lock = locks.keep(article.pk, page.user, page.tab, before=typed.tab_in(request.POST.get("before")))
    state = "mine" if lock.is_of(page.user.pk, page.tab) else "own_tab" if lock.user_id == page.user.pk else "taken"
    is_stale = request.POST.get("version", "") != str(article.version)
    return {
        "state": state,
        "text": "" if state == "mine" else f"{locks.says(lock)}.",
        "changed": str(writing.conflict(article)) if is_stale else "",
    }
