"""What does a reader get at the address of a thread, of the form, of the own comments?

The thread and the empty form are the same for everybody and may be kept. The first post, from a page without a token,
is a preview: it stores nothing and sets the cookies. The second one stores.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles import keys, pages
from articles.models import Article, CommentPolicy, Publication
from articles.seo import INDEX, NO_INDEX, Meta
from comments import identity, posting, threads
from comments.forms import CommentForm
from comments.models import Comment
from comments.policy import policy_of, takes_comments
from newsroom.lib import text
from newsroom.lib.http import client_address, is_forged, same_origin

LONGEST_POST = 64 * 1024  # bytes: 2,000 characters, each percent-encoded, with room to spare
VARIANTS = {"goc", "sau", "thu-tu"}  # other views of a thread: search engines take the plain one
OWN_COMMENTS = 100  # as many of the latest are listed


@require_safe
def thread(request: HttpRequest, article_id: int) -> HttpResponse:
    """All comments of a story, a page at a time; with `?goc=` the replies to one of them."""
    found = _story(request, article_id)
    if isinstance(found, HttpResponse):
        return found
    policy = policy_of(found, Publication.current())
    if policy == CommentPolicy.HIDDEN:
        raise Http404
    asked = request.GET.get("thu-tu", "")
    order = threads.Order(asked) if asked in list(threads.Order) else threads.Order.NEWEST
    cursor = request.GET.get("sau", "")
    context: dict[str, Any] = {"article": found, "is_open": takes_comments(policy), "order": order, "cursor": cursor}
    template = "comments/thread.html"
    if "goc" in request.GET:
        context["root"] = root = _shown_comment(article_id, request.GET["goc"])
        context["replies"] = threads.replies_page(root, cursor)
        template = "comments/replies.html"
    else:
        context["page"] = threads.thread_page(article_id, order, cursor)
        context["form"] = CommentForm()
    context["meta"] = _meta(found, _("Comments: %(headline)s"), NO_INDEX if VARIANTS & set(request.GET) else INDEX)
    return pages.page(request, template, context, _keys(article_id))


@csrf_exempt  # only the preview step goes without a token, see _step
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form by itself (GET), the preview (first POST), the comment sent (POST with the token of the preview)."""
    if request.method != "POST":
        return _empty_form(request, article_id)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LONGEST_POST:
        return render(request, "413.html", status=413)
    if not same_origin(request):
        raise PermissionDenied
    story = get_object_or_404(_published_once(), pk=article_id)
    response = _step(request, story)
    add_never_cache_headers(response)
    return response


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The comments sent from this device, with what became of each; only its own signed cookie opens the list."""
    device = identity.read_device(request)
    rows = Comment.objects.filter(device_key=identity.key("device", device)) if device else Comment.objects.none()
    rows = rows.select_related("thread__article__section").defer("thread__article__body", "thread__article__html")
    own = list(rows.order_by("-created_at", "-pk")[:OWN_COMMENTS])
    sent = next((comment for comment in own if str(comment.pk) == request.GET.get("moi")), None)
    meta = Meta(title=_("Your comments"), path=reverse("comments:mine"), robots=NO_INDEX)
    context = {"chrome": pages.chrome(), "comments": own, "sent": sent, "meta": meta}
    return render(request, "comments/mine.html", context)


def _published_once() -> Any:
    return (
        Article.objects.select_related("section__parent")
        .defer("body", "html")
        .filter(published_at__lte=timezone.now())
    )


def _story(request: HttpRequest, article_id: int) -> Article | HttpResponse:
    """The story as readers have it; a 410 page for one that was taken down or has ended. Raises Http404."""
    story = get_object_or_404(_published_once(), pk=article_id)
    if story.readers_state in ("withdrawn", "ended"):
        return pages.page(request, "410.html", {}, {keys.article(article_id)}, status=410)
    if not story.is_public:
        raise Http404
    return story


def _meta(article: Article, title: str, robots: str = NO_INDEX) -> Meta:
    """The head of a page about a story's comments; the thread is the address that counts."""
    path = reverse("comments:thread", args=[article.pk])
    return Meta(title=title % {"headline": article.headline}, path=path, robots=robots)


def _keys(article_id: int) -> set[str]:
    return {keys.article(article_id), keys.thread(article_id)}


def _shown_comment(article_id: int, asked: str) -> Comment:
    """The comment of this story with the number asked for. Raises Http404."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return get_object_or_404(Comment.objects.shown().filter(thread=article_id), pk=int(asked))


def _empty_form(request: HttpRequest, article_id: int) -> HttpResponse:
    found = _story(request, article_id)
    if isinstance(found, HttpResponse):
        return found
    asked = request.GET.get("tra-loi")
    parent = _shown_comment(article_id, asked) if asked else None
    is_open = takes_comments(policy_of(found, Publication.current()))
    form = CommentForm(initial={"parent": parent.pk if parent else None})
    meta = _meta(found, _("Write a comment: %(headline)s"))
    context = {"article": found, "parent": parent, "form": form, "is_open": is_open, "meta": meta}
    return pages.page(request, "comments/form_page.html", context, _keys(article_id))


def _step(request: HttpRequest, story: Article) -> HttpResponse:
    typed = {name: text.clean(request.POST.get(name, "")) for name in CommentForm.base_fields}
    form = CommentForm(typed)
    if not form.is_valid():
        return _preview(request, story, form, status=400)
    if not takes_comments(policy_of(story, Publication.current())):
        return _closed(request, story, form)
    if "token" not in request.POST:
        return _preview(request, story, form)
    device = identity.read_device(request)
    token = identity.read_token(request.POST["token"], story.pk, device)
    if is_forged(request) or not device or token is None:
        problem = _("This form was open for too long, or your browser keeps no cookies. Please send it once more.")
        return _preview(request, story, form, status=403, problem=problem)
    envelope = posting.Envelope(token.nonce, device, client_address(request), token.age)
    return _store(request, story, form, envelope)


def _store(request: HttpRequest, story: Article, form: CommentForm, envelope: posting.Envelope) -> HttpResponse:
    try:
        comment = posting.post(story.pk, _letter(form), envelope)
    except posting.Closed:
        return _closed(request, story, form)
    except posting.TooMany:
        problem = _("You sent several comments in a short time. Please wait a few minutes, then send this one.")
        response = _preview(request, story, form, status=429, problem=problem)
        response["Retry-After"] = str(int(posting.RATE_WINDOW.total_seconds()))
        return response
    except posting.AlreadySaid:
        problem = _("You have already sent this comment. It is in the list of your comments.")
        return _preview(request, story, form, status=409, problem=problem)
    except posting.ParentGone:
        problem = _("The comment that you answer is no longer shown. You may send yours as a comment of its own.")
        alone = CommentForm({**form.data, "parent": ""})
        return _preview(request, story, alone, status=409, problem=problem)
    except posting.Banned:
        problem = _("Comments from this address are not taken.")
        return _preview(request, story, form, status=403, problem=problem)
    return HttpResponse(status=303, headers={"Location": f"{reverse('comments:mine')}?moi={comment.pk}"})


def _letter(form: CommentForm) -> posting.Letter:
    given = form.cleaned_data
    return posting.Letter(given["name"], given["email"], given["body"], given["parent"], given["website"])


def _preview(
    request: HttpRequest, story: Article, form: CommentForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    """The comment as it will stand, over the form to change and send it; sets the device cookie and the tokens."""
    device = identity.read_device(request) or identity.new_device()
    parent_id = form.cleaned_data.get("parent") if form.is_valid() else None
    given = form.cleaned_data
    context = {
        "chrome": pages.chrome(),
        "article": story,
        "form": form,
        "is_open": True,
        "parent": Comment.objects.shown().filter(thread=story.pk, pk=parent_id).first() if parent_id else None,
        "draft": Comment(author_name=given["name"], body=given["body"]) if form.is_valid() else None,
        "token": identity.new_token(story.pk, device),
        "problem": problem,
        "meta": _meta(story, _("Preview of your comment")),
    }
    response = render(request, "comments/preview.html", context, status=status)
    identity.remember_device(response, device)
    return response


def _closed(request: HttpRequest, story: Article, form: CommentForm) -> HttpResponse:
    """The story closed while the reader was writing: the text is given back."""
    context = {"chrome": pages.chrome(), "article": story, "form": form, "is_open": False}
    context["meta"] = _meta(story, _("Comments are closed"))
    return render(request, "comments/preview.html", context, status=409)
