"""How does a comment get from the form into the paper? The first post previews and stores nothing; the second sends.

The form on a page carries no token, for the page is the same for everybody: the preview sets the cookies and the
token. What a script shows in place are the same answers.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import pages
from articles.models import Article, Publication
from comments import forms, identity, judging, marking, posting, threads, writers
from comments.forms import CommentForm
from comments.models import Comment, Thread
from comments.policy import checks, policy_of, rules_of, takes_comments
from comments.views.stories import keys_of, meta_of, published_once, shown_comment, story_or_gone
from newsroom.lib import text
from newsroom.lib.http import client_address, is_forged, same_origin

LONGEST_POST = 64 * 1024  # bytes: 2,000 characters, each percent-encoded, with room to spare


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
    story = get_object_or_404(published_once(), pk=article_id)
    response = _step(request, story)
    add_never_cache_headers(response)
    return response


def _empty_form(request: HttpRequest, article_id: int) -> HttpResponse:
    found = story_or_gone(request, article_id)
    if isinstance(found, HttpResponse):
        return found
    asked = request.GET.get("tra-loi")
    parent = shown_comment(article_id, asked) if asked else None
    policy = policy_of(found, Publication.current())
    context = {
        "article": found,
        "parent": parent,
        "form": CommentForm(initial={"parent": parent.pk if parent else None}),
        "is_open": takes_comments(policy),
        "checks": checks(policy, threads.hold_of(article_id)),
        "meta": meta_of(found, _("Write a comment: %(headline)s")),
    }
    return pages.page(request, "comments/form_page.html", context, keys_of(article_id))


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
    asked = identity.key("text", form.cleaned_data["body"])
    if request.POST.get("asked") != asked and _questions(request, story, form):
        return _preview(request, story, form)  # changed since the preview, and there is something to ask
    envelope = posting.Envelope(
        token.nonce,
        device,
        client_address(request),
        token.age,
        writer=identity.read_writer(request),
        user=_staff(request),
    )
    return _store(request, story, form, envelope)


def _store(request: HttpRequest, story: Article, form: CommentForm, envelope: posting.Envelope) -> HttpResponse:
    try:
        comment = posting.post(story.pk, _letter(form), envelope)
    except posting.Closed:
        return _closed(request, story, form)
    except posting.TooSoon as early:
        response = _preview(request, story, form, status=429, problem=_slow(early.seconds))
        response["Retry-After"] = str(early.seconds)
        return response
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


def _slow(seconds: int) -> str:
    wait = ngettext("Please wait %(n)d second.", "Please wait %(n)d seconds.", seconds) % {"n": seconds}
    return " ".join([_("Under this story everybody writes a little more slowly."), wait])


def _letter(form: CommentForm) -> posting.Letter:
    given = form.cleaned_data
    return posting.Letter(
        given["name"],
        given["email"],
        given["body"],
        given["parent"],
        given["website"],
        consent=forms.consent_digest(),
        wants_replies=given["wants_replies"],
    )


def _staff(request: HttpRequest) -> Any:
    """The member of staff who is signed in; whoever else has a session is a reader."""
    return request.user if request.user.is_authenticated and request.user.is_staff else None


def _questions(request: HttpRequest, story: Article, form: CommentForm) -> list[dict[str, Any]]:
    """What the writer is asked about before sending: words, capitals, personal data."""
    if not form.is_valid():
        return []
    rules = rules_of(story)
    around = judging.Circumstances(policy_of(story, Publication.current(), rules), rules)
    return judging.worth_asking(_draft(request, story, form), around, timezone.now())


def _draft(request: HttpRequest, story: Article, form: CommentForm) -> Comment:
    """The comment as it would stand, not stored."""
    given = form.cleaned_data
    return Comment(
        thread=Thread(article=story),
        author_name=given["name"],
        body=given["body"],
        body_hash=posting.text_hash(given["body"]),
        badge=writers.badge_of(_staff(request), story),
    )


def _preview(
    request: HttpRequest, story: Article, form: CommentForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    """The comment as it will stand, over the form to change and send it; sets the device cookie and the tokens."""
    device = identity.read_device(request) or identity.new_device()
    draft = _draft(request, story, form) if form.is_valid() else None
    parent_id = form.cleaned_data.get("parent") if draft else None
    questions = _questions(request, story, form)
    context = {
        "chrome": pages.chrome(),
        "article": story,
        "form": form,
        "is_open": True,
        "checks": checks(policy_of(story, Publication.current()), threads.hold_of(story.pk)),
        "parent": Comment.objects.shown().filter(thread=story.pk, pk=parent_id).first() if parent_id else None,
        "draft": draft,
        "questions": marking.sentences(questions),
        "pieces": marking.pieces(draft.body, questions) if draft else [],
        "asked": identity.key("text", draft.body) if draft else "",
        "token": identity.new_token(story.pk, device),
        "problem": problem,
        "meta": meta_of(story, _("Preview of your comment")),
    }
    response = render(request, "comments/preview.html", context, status=status)
    identity.remember_device(response, device)
    return response


def _closed(request: HttpRequest, story: Article, form: CommentForm) -> HttpResponse:
    """The story closed while the reader was writing: the text is given back."""
    context = {"chrome": pages.chrome(), "article": story, "form": form, "is_open": False}
    context["meta"] = meta_of(story, _("Comments are closed"))
    return render(request, "comments/preview.html", context, status=409)
