"""What does a reader see of the own comments, and how are they changed, withdrawn, defended? Only by their browser."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments import identity, own
from comments.forms import AppealForm, TextForm
from comments.models import Comment, Commenter, CommentRevision
from comments.views.mails import personal_page
from newsroom.lib import text

LISTED = 100  # as many of the latest


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The comments sent from this browser, with what became of each; only its own signed cookies open the list."""
    owner = owner_of(request)
    rows = own.comments_of(owner).select_related("thread__article__section")
    rows = rows.defer("thread__article__body", "thread__article__html")
    listed = list(rows.order_by("-created_at", "-pk")[:LISTED])
    _equip(listed)
    sent = next((comment for comment in listed if str(comment.pk) == request.GET.get("moi")), None)
    writer = Commenter.objects.filter(pk=owner.writer, erased_at=None).first() if owner.writer else None
    context = {"comments": listed, "sent": sent, "writer": writer, "appeal": AppealForm()}
    return personal_page(request, "comments/mine.html", _("Your comments"), context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The form to change a comment, for five minutes after it was sent."""
    comment = get_object_or_404(own.comments_of(owner_of(request)), pk=comment_id)
    form = TextForm({"body": text.clean(request.POST.get("body", comment.body))})
    context = {"comment": comment, "form": form, "problem": ""}
    if not own.may_edit(comment, timezone.now()):
        context["problem"] = _("The five minutes in which a comment can be changed are over. Here is your text:")
    elif request.method == "POST" and form.is_valid():
        try:
            own.edit(comment.pk, owner_of(request), form.cleaned_data["body"])
            return _back(comment.pk)
        except own.Refused:
            context["problem"] = _("The comment cannot be changed as it stands now. Here is your text:")
    status = 409 if context["problem"] else 400 if form.errors else 200
    return personal_page(request, "comments/edit.html", _("Change your comment"), context, status)


@never_cache
@require_POST
def withdraw(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _do(request, comment_id, own.withdraw)


@never_cache
@require_POST
def appeal(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Ask for a second look; without a sentence the form comes back."""
    form = AppealForm({"words": text.clean(request.POST.get("words", ""))})
    comment = get_object_or_404(own.comments_of(owner_of(request)), pk=comment_id)
    if not form.is_valid():
        context = {"comment": comment, "form": form}
        return personal_page(request, "comments/appeal.html", _("Ask for a second look"), context, 400)
    return _do(request, comment_id, lambda pk, owner: own.appeal(pk, owner, form.cleaned_data["words"]))


def owner_of(request: HttpRequest) -> own.Owner:
    return own.Owner(identity.read_device(request), identity.read_writer(request))


def _do(request: HttpRequest, comment_id: int, deed: Callable[[int, own.Owner], Comment]) -> HttpResponse:
    try:
        deed(comment_id, owner_of(request))
    except Comment.DoesNotExist:
        raise Http404 from None
    except own.Refused:
        context = {"sentence": _("This cannot be done with the comment as it stands now."), "is_problem": True}
        return personal_page(request, "comments/told.html", _("Your comments"), context, 409)
    return _back(comment_id)


def _back(comment_id: int) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": f"{reverse('comments:mine')}#c-{comment_id}"})


def _equip(listed: list[Comment]) -> None:
    """Hang on each comment what may be done with it, and the change of it that waits."""
    now = timezone.now()
    waiting = CommentRevision.objects.filter(comment__in=listed, state=CommentRevision.State.PROPOSED)
    proposed = dict(waiting.values_list("comment_id", "body"))
    for comment in listed:
        deeds: dict[str, Any] = {
            "edit": own.may_edit(comment, now),
            "withdraw": own.may_withdraw(comment, now),
            "appeal": own.may_appeal(comment),
            "proposed": proposed.get(comment.pk),
        }
        vars(comment)["deeds"] = deeds
