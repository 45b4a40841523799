"""Mistakes that readers found: handed on to editors, and thanked for once the story is corrected."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comments import pointers
from comments.admin.desk import for_moderators, whole
from comments.admin.one import own_comment
from newsroom.lib.paging import ShortPaginator

PER_PAGE = 50


@for_moderators
def pointers_view(request: HttpRequest) -> HttpResponse:
    paginator = ShortPaginator(pointers.open_pointers(request.user), PER_PAGE)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Mistakes that readers found"),
        "page": paginator.get_page(request.GET.get("trang")),
    }
    return render(request, "admin/comments/pointers.html", context)


@require_POST
@for_moderators
def point_view(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = own_comment(request, comment_id)
    try:
        pointers.point(comment.pk, request.POST.get("kind", ""), request.POST.get("words", ""), request.user)
    except ValueError:
        messages.error(request, _("Please choose what kind of mistake it is."))
    else:
        messages.success(request, _("The editors of the story have been told."))
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))


@require_POST
@for_moderators
def thank_view(request: HttpRequest) -> HttpResponse:
    """Thank one reader by hand: for a mistake that was mended without a word in the record."""
    key = whole(request.POST.get("pointer"))
    pointer = get_object_or_404(pointers.open_pointers(request.user), pk=key or 0)
    if pointers.thank(pointer.pk):
        messages.success(request, _("A letter of thanks is on its way."))
    return HttpResponseRedirect(reverse("admin:comments_comment_pointers"))
