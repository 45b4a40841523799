"""Where do people sign a story? One address that takes what the panel of sign-offs sends."""

from collections.abc import Callable
from typing import Final

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import signing
from articles.admin.desk import signed_in
from articles.admin.withdrawal import allowed
from articles.models import SignOffKind, Transition
from articles.readiness import Refused
from articles.writing import Conflict

DEEDS: Final[dict[str, Callable[..., Transition]]] = {
    "ask": signing.ask,
    "waive": signing.waive,
    "sign": signing.sign,
    "take_back": signing.take_back,
}


@require_POST
def sign(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for a sign-off, sign, or take either back; for those who may see the story, then by `articles.signing`."""
    article = allowed(request, article_id)
    deed, kind = request.POST.get("do", ""), request.POST.get("kind", "")
    back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]) + "#id_sign_offs")
    if deed not in DEEDS or kind not in SignOffKind.values:
        messages.error(request, _("There is no such step."))
        return back
    given = {"digest": request.POST.get("digest", ""), "note": request.POST.get("note", "")[:500]}
    try:
        step = DEEDS[deed](article.pk, SignOffKind(kind), by=signed_in(request), **given if deed == "sign" else {})
    except (Refused, Conflict) as told:
        messages.error(request, str(told))
    else:
        messages.success(request, f"{signing.LABELS[step.verb]}: {SignOffKind(kind).label}.")
    return back


urls = [path("<int:article_id>/ky-duyet/", admin.site.admin_view(sign), name="articles_article_sign")]
