"""The page of one comment: its card, everything that was ever decided about it, and notes of the moderators."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.rights import Person, grants_of
from comments import bans, cards, claims, likes
from comments.admin.desk import for_moderators, reasons
from comments.models import Comment, CommentQuerySet, Like, ModAction, Pointer
from comments.moderation import in_reach
from comments.undoing import UNDONE_NEVER, WITHIN
from newsroom.lib import text

NOTE_MAX = 2000


def own_comment(request: HttpRequest, comment_id: int) -> Comment:
    """The comment, if it is in one of this person's sections; else 404."""
    rows = in_reach(grants_of(request.user), Comment.objects.select_related("thread__article__section", "commenter"))
    return get_object_or_404(rows, pk=comment_id)


def rows_of(by: Person) -> CommentQuerySet:
    """The comments of this person's sections with all that the page of one shows, in one query."""
    held = Like.objects.filter(comment=OuterRef("pk"), is_counted=False).order_by().values("comment")
    number = Subquery(held.annotate(n=Count("pk")).values("n"))
    return in_reach(grants_of(by), cards.with_facts(Comment.objects.all()).annotate(held_likes=number))


@for_moderators
def comment_view(request: HttpRequest, comment: Any) -> HttpResponse:
    """A comment that was found with `rows_of`."""
    (card,) = cards.gather([comment], request.user)
    claims.claim([comment.pk], request.user)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Comment"),
        "card": card,
        "comment": comment,
        "log": log_of(comment),
        "notes": comment.notes.select_related("author"),
        "revisions": comment.revisions.order_by("number"),
        "kinds": Pointer.KINDS,
        "reasons": reasons(),
        "back": request.path,
    }
    return render(request, "admin/comments/one.html", context)


def log_of(comment: Comment) -> list[ModAction]:
    """What was decided, the newest first; each says whether it can be undone now."""
    actions = list(comment.actions.select_related("actor", "undone_by", "batch"))
    for action in actions:
        is_open = getattr(action, "undone_by", None) is None and action.verb not in UNDONE_NEVER
        action.can_be_undone = (  # type: ignore[attr-defined]
            is_open and action.version == comment.version and action.at > timezone.now() - WITHIN
        )
    return actions


@require_POST
@for_moderators
def note_view(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = own_comment(request, comment_id)
    words = note_in(request)
    if words:
        bans.add_note(words, request.user, comment=comment)
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]) + "#notes")


@require_POST
@for_moderators
def likes_view(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Count the likes that were held back: the desk has looked, and readers sent them."""
    comment = own_comment(request, comment_id)
    number = likes.count_held(comment.pk)
    likes.show_at_once(comment.thread_id)
    said = ngettext("%(n)d like is counted now.", "%(n)d likes are counted now.", number) % {"n": number}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))


def note_in(request: HttpRequest) -> str:
    """The note that was typed; "" with a message for an empty one."""
    words = text.clean(request.POST.get("text", "")).strip()[:NOTE_MAX]
    if not words:
        messages.error(request, _("Please write the note first."))
    return words
