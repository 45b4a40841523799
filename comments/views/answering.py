"""How does a reader like or report a comment? By forms that need no script and no account.

The pages they stand on carry no token, for they are the same for everybody; what a browser says of where a form came
from (`Origin`, `Sec-Fetch-Site`) is looked at instead.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from articles import pages
from comments import complaints, identity, likes
from comments.forms import ReportForm
from comments.models import Comment
from comments.views.stories import keys_of, meta_of, number, shown_comment, story_or_gone
from newsroom.lib.http import client_address, network, same_origin
from newsroom.lib.ratelimit import allow

PER_DEVICE, PER_NETWORK = 60, 600  # likes and reports in a minute


@csrf_exempt
@require_POST
def like(request: HttpRequest, article_id: int) -> HttpResponse:
    """Like the comment `c`, or take it back; then back to the comment, or JSON for a script."""
    device = _device(request)
    comment_id, problem, status = number(request.POST.get("c")), "", 200
    liked = None
    try:
        liked = likes.toggle(comment_id, device, client_address(request), article_id)
    except likes.NotShown:
        problem, status = _("This comment is no longer shown."), 409
    except likes.OwnComment:
        problem, status = _("This comment was sent from your browser: others may like it."), 409
    if request.headers.get("Accept") == "application/json":
        response: HttpResponse = JsonResponse(_as_json(liked, problem), status=status)
    elif liked:
        likes.show_at_once(article_id)  # without a script the page itself has to tell
        response = HttpResponse(status=303, headers={"Location": liked.comment.get_absolute_url()})
    else:
        response = _told(request, article_id, problem, status)
    return _personal(response, device)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form for a report of the comment `c`, and what came of it."""
    found = story_or_gone(request, article_id)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        comment = shown_comment(article_id, request.GET.get("c"))
        return pages.page(request, "comments/report.html", _form_of(found, comment, ReportForm()), keys_of(article_id))
    device = _device(request)
    comment, form = shown_comment(article_id, request.POST.get("c")), ReportForm(request.POST)
    if not form.is_valid():
        return render(request, "comments/report.html", _form_of(found, comment, form, pages.chrome()), status=400)
    complaint = complaints.Complained(form.cleaned_data["reason"], form.cleaned_data["note"])
    sender = complaints.Sender(device, client_address(request), identity.read_writer(request))
    try:
        complaints.report(comment.pk, complaint, sender)
        sentence, status = _("Thank you. The moderators will look at it."), 200
    except complaints.NotShown:
        sentence, status = _("This comment is no longer shown."), 409
    except complaints.OwnComment:
        sentence, status = _("This comment was sent from your browser. You may withdraw it on your own page."), 409
    return _personal(_told(request, article_id, sentence, status), device)


def _device(request: HttpRequest) -> str:
    """Who answers. Raises PermissionDenied for forms of other sites and for floods."""
    if not same_origin(request):
        raise PermissionDenied
    device = identity.read_device(request) or identity.new_device()
    near = network(client_address(request))
    if not allow(f"answers:{device}", PER_DEVICE, 60) or not allow(f"answers:{near}", PER_NETWORK, 60):
        raise PermissionDenied
    return device


def _personal(response: HttpResponse, device: str) -> HttpResponse:
    identity.remember_device(response, device)
    add_never_cache_headers(response)
    return response


def _as_json(liked: likes.Liked | None, problem: str) -> dict[str, Any]:
    if liked is None:
        return {"problem": problem}
    waits = _("Thank you. Very many likes come from your network, so this one is looked at before it counts.")
    return {
        "liked": liked.is_liked,
        "count": liked.comment.like_count,
        "problem": "" if liked.is_counted or not liked.is_liked else waits,
    }


def _form_of(article: Any, comment: Comment, form: ReportForm, chrome: Any = None) -> dict[str, Any]:
    context = {"article": article, "comment": comment, "form": form}
    context["meta"] = meta_of(article, _("Report a comment: %(headline)s"))
    return context | ({"chrome": chrome} if chrome else {})


def _told(request: HttpRequest, article_id: int, sentence: str, status: int) -> HttpResponse:
    """A page that says one thing, with the way back."""
    found = story_or_gone(request, article_id)
    if isinstance(found, HttpResponse):
        return found
    context = {"chrome": pages.chrome(), "article": found, "sentence": sentence, "is_problem": status != 200}
    context["meta"] = meta_of(found, _("Comments: %(headline)s"))
    return render(request, "comments/told.html", context, status=status)
