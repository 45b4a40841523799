"""Where do the links in mails to commenters lead? To a page with a button; opening it changes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import pages
from articles.seo import NO_INDEX, Meta
from comments import identity, links, own
from comments.links import Purpose
from comments.models import Commenter, Subscription


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an e-mail address; this browser then writes in its name."""
    commenter = Commenter.objects.filter(pk=links.read(Purpose.CONFIRM, token), erased_at=None).first()
    if commenter is None:
        return told(request, _("This link is too old or not complete."), 404)
    if request.method != "POST":
        context = {"commenter": commenter, "waiting": own.awaiting(commenter)}
        return personal_page(request, "comments/confirm.html", _("Confirm your e-mail address"), context)
    own.confirm(commenter.pk)
    response = HttpResponse(status=303, headers={"Location": reverse("comments:mine")})
    identity.remember_writer(response, commenter.pk)
    identity.remember_device(response, identity.read_device(request) or identity.new_device())
    return response


@csrf_exempt  # mail programs post to it by themselves (RFC 8058): the signed link is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails about replies to a comment."""
    subscription = Subscription.objects.filter(pk=links.read(Purpose.LEAVE, token)).first()
    if subscription is None:
        return told(request, _("This link is too old or not complete."), 404)
    if request.method != "POST":
        return personal_page(request, "comments/leave.html", _("No more mails about replies"), {})
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=timezone.now())
    return told(request, _("You get no more mails about replies to this comment."))


def told(request: HttpRequest, sentence: str, status: int = 200) -> HttpResponse:
    """A page that says one thing."""
    context = {"sentence": sentence, "is_problem": status != 200}
    return personal_page(request, "comments/told.html", _("Your comments"), context, status)


def personal_page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page for one person: never kept, never listed."""
    meta = Meta(title=title, path=reverse("comments:mine"), robots=NO_INDEX)
    around = {"chrome": pages.chrome(), "title": title, "meta": meta}
    return render(request, template, {**around, **context}, status=status)
