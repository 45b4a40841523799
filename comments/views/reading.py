"""What does a reader get at the address of a thread? The same for everybody, so that any cache may keep it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import fetching, keys, pages
from articles.models import CommentPolicy
from articles.seo import INDEX, NO_INDEX
from comments import threads
from comments.models import Comment
from comments.policy import checks, policy_of, takes_comments
from comments.views.stories import keys_of, meta_of, number, public_or_gone, shown_comment
from newsroom.lib.pagecache.responses import publish_response

VARIANTS = {"goc", "sau", "thu-tu", "c"}  # other views of a thread: search engines take the plain one


@require_safe
def thread(request: HttpRequest, article_id: int) -> HttpResponse:
    """All comments of a story, a page at a time; `?goc=` the replies to one of them, `?c=` one where it stands."""
    story, edition = fetching.story(number(str(article_id)))
    found = public_or_gone(request, story)
    if isinstance(found, HttpResponse):
        return found
    chrome = pages.chrome(edition)
    policy = policy_of(found, chrome.publication)
    if policy == CommentPolicy.HIDDEN:
        raise Http404
    context: dict[str, Any] = {"chrome": chrome, "article": found, "is_open": takes_comments(policy)}
    context["meta"] = meta_of(found, _("Comments: %(headline)s"), NO_INDEX if VARIANTS & set(request.GET) else INDEX)
    if "goc" in request.GET:
        return _replies(request, article_id, context)
    if "c" in request.GET:
        return _one(request, article_id, context)
    asked = request.GET.get("thu-tu", "")
    order = threads.Order(asked) if asked in list(threads.Order) else threads.Order.NEWEST
    cursor = request.GET.get("sau", "")
    context |= {"order": order, "cursor": cursor}
    context["page"] = threads.thread_page(article_id, order, cursor)
    context["checks"] = checks(policy, context["page"].hold)
    return pages.page(request, "comments/thread.html", context, keys_of(article_id))


@require_safe
def news(request: HttpRequest, article_id: int) -> HttpResponse:
    """How many comments readers can reach now: asked for by open pages, which say how many are new."""
    response = JsonResponse({"count": threads.count_of(article_id)})
    return publish_response(request, response, {keys.thread(article_id)})


def _replies(request: HttpRequest, article_id: int, context: dict[str, Any]) -> HttpResponse:
    root = shown_comment(article_id, request.GET["goc"])
    context |= {"root": root, "replies": threads.replies_page(root, request.GET.get("sau", ""))}
    return pages.page(request, "comments/replies.html", context, keys_of(article_id))


def _one(request: HttpRequest, article_id: int, context: dict[str, Any]) -> HttpResponse:
    """The comment in its context; if it is no longer shown, that is said, and the way to the others."""
    rows = Comment.objects.shown().filter(thread=article_id).select_related("root", "parent", "thread")
    comment = rows.filter(pk=number(request.GET["c"])).first()
    if comment is None:
        return pages.page(request, "comments/gone.html", context, keys_of(article_id), status=404)
    context |= {"comment": comment, "page": threads.around(comment)}
    return pages.page(request, "comments/permalink.html", context, keys_of(article_id))
