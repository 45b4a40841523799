"""Where does a person keep views of the list of stories, and put them in order? Plain forms, one button a deed."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import saved_views
from articles.models import SavedView
from articles.models.saved_view import NAME_LENGTH
from articles.readiness import Refused
from articles.rights import grants_of
from articles.transitions import WRITERS

Deed = Callable[[SavedView, HttpRequest], None]

# What the buttons of a view do; deleting and bringing back say so themselves.
DEEDS: Final[dict[str, Deed]] = {
    "rename": lambda view, request: saved_views.rename(view, request.POST.get("name", "")),
    "up": lambda view, request: saved_views.move(view, -1),
    "down": lambda view, request: saved_views.move(view, 1),
    "share": lambda view, request: saved_views.share(view, shared=True, by=request.user),
    "unshare": lambda view, request: saved_views.share(view, shared=False, by=request.user),
    "open_with": lambda view, request: saved_views.set_default(view, is_default=True),
    "open_with_all": lambda view, request: saved_views.set_default(view, is_default=False),
    "delete": lambda view, request: saved_views.delete(view),
    "restore": lambda view, request: saved_views.restore(view),
}


def require_writer(request: HttpRequest) -> None:
    """Who does not see the list has no views of it. Raises PermissionDenied."""
    if not grants_of(request.user).anywhere(*WRITERS):
        raise PermissionDenied


def own_view(request: HttpRequest, number: int, **state: Any) -> SavedView:
    """Raises Http404 for what is another's."""
    view = SavedView.objects.filter(pk=number, owner=request.user.pk, **state).first()
    if view is None:
        raise Http404
    return view


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The person's own views, to be renamed, ordered, shared, deleted; `?da-xoa=` names what can be brought back."""
    require_writer(request)
    return arranging(request)


def arranging(request: HttpRequest, wrong: SavedView | None = None) -> HttpResponse:
    """The page; `wrong` is a view as it was typed, with a name that cannot be."""
    gone = request.GET.get("da-xoa", "")
    is_key = gone.isascii() and gone.isdecimal() and len(gone) < 19
    deleted = SavedView.objects.filter(owner=request.user.pk, deleted_at__isnull=False, pk=gone if is_key else 0)
    context = {
        **admin.site.each_context(request),
        "title": _("Saved views"),
        "views": [wrong if view == wrong else view for view in saved_views.own(request.user)],
        "deleted": deleted.first(),
        "may_share": saved_views.may_share(request.user),
        "longest": NAME_LENGTH,
    }
    return TemplateResponse(request, "admin/articles/article/saved_views.html", context, status=400 if wrong else 200)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters that stood in the address of the list, and go back to them."""
    require_writer(request)
    query = saved_views.clean_query(request.POST.get("query", ""))
    try:
        view, is_new = saved_views.save(request.user, request.POST.get("name", ""), query)
    except Refused as told:
        messages.error(request, str(told))
    else:
        told = _("The view “%s” is saved.") if is_new else _("The view “%s” has these filters now.")
        messages.success(request, told % view.name)
    return HttpResponseRedirect(f"{reverse('admin:articles_article_changelist')}?{query or 'all=1'}")


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the pressed button says, and show the views again where the person was."""
    require_writer(request)
    name = request.POST.get("do", "")
    view = own_view(request, number, deleted_at__isnull=name != "restore")
    page, anchor = reverse("admin:articles_saved_views"), f"#view-{view.pk}"
    if name not in DEEDS:
        messages.error(request, _("There is no such step."))
        return HttpResponseRedirect(page)
    try:
        DEEDS[name](view, request)
    except Refused as told:
        messages.error(request, str(told))
        if name == "rename":
            view.name = request.POST.get("name", "")
            return arranging(request, wrong=view)
    return HttpResponseRedirect(f"{page}?da-xoa={view.pk}" if name == "delete" else f"{page}{anchor}")


guarded = admin.site.admin_view
urls = [
    path("bo-loc/", guarded(views), name="articles_saved_views"),
    path("bo-loc/luu/", guarded(save), name="articles_saved_view_save"),
    path("bo-loc/<int:number>/", guarded(change), name="articles_saved_view"),
]
