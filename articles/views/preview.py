"""What does somebody without an account get at the address of a preview link?

A page that nobody keeps: not in caches, not in search engines. Reading sets no cookie. An answer is checked in a first
step, which stores nothing and sets the token, and kept in a second one, as comments are.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles import pages, previewing
from articles.models import PreviewAnswer, PreviewLink, Revision
from articles.models.preview import ANSWER_LENGTH, MOST_ANSWERS, NAME_LENGTH
from articles.previewing import State
from articles.reading import Reading
from newsroom.lib import text
from newsroom.lib.http import client_address, is_forged, same_origin
from newsroom.lib.ratelimit import allow

View = Callable[..., HttpResponse]


class AnswerForm(forms.Form):
    """A remark, or an approval with or without one."""

    seal = forms.CharField(widget=forms.HiddenInput, max_length=300)
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=PreviewAnswer.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=ANSWER_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="answer-%s", label_suffix="", **options)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == PreviewAnswer.Verdict.NOTE and "remark" in given and not given["remark"]:
            self.add_error("remark", _("Please write what you want to say."))
        return given


def guarded(name: str, limit: int, window: int) -> Callable[[View], View]:
    """At most `limit` requests from an address in `window` seconds; the answer is kept and listed nowhere.

    That holds for the pages of what is not there, too, which the site's own handler would let caches keep.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, token: str) -> HttpResponse:
            response = guard(request, token)
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
            return response

        def guard(request: HttpRequest, token: str) -> HttpResponse:
            if not previewing.TOKEN.fullmatch(token):
                return refusal(request, 404)
            if not allow(f"{name}:{client_address(request)}", limit, window):
                return refusal(request, 429)
            try:
                return view(request, token)
            except Http404:
                return refusal(request, 404)

        return answered

    return decorate


def refusal(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", {"chrome": pages.chrome()}, status=status)


@require_safe
@guarded("preview", 60, 60)
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link: the story as readers will have it, under a banner that says what it is."""
    link, agent = named(token), request.headers.get("User-Agent", "")
    revision = previewing.shown(link)
    if previewing.state(link) != State.OPEN or revision is None:
        return over(request, link)
    if previewing.is_robot(agent):
        return refusal(request, 403)
    is_sent = "da-gui" in request.GET
    if request.method == "GET" and not is_sent:
        previewing.log_opening(link, client_address(request), agent)
    reading = Reading.foreseen(link.article, revision.snapshot, timezone.now())
    context = previewing.page_context(reading, revision=revision) | form_context(link, token)
    context["form"] = AnswerForm(initial={"seal": previewing.seal(link, revision)})
    context["is_sent"] = is_sent
    return pages.with_players(request, render(request, "articles/preview.html", context), reading.article.html)


@csrf_exempt  # only the first step, which stores nothing, goes without a token: see `step`
@require_POST
@guarded("preview-answer", 20, 600)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The answer as it will stand (first post), then kept (second post, with the token of the first)."""
    link = named(token)
    if not same_origin(request):
        return refusal(request, 403)
    form = AnswerForm({name: text.clean(request.POST.get(name, "")) for name in AnswerForm.base_fields})
    if previewing.state(link) != State.OPEN:
        return over(request, link, form.data["remark"])
    return step(request, link, form, token)


def step(request: HttpRequest, link: PreviewLink, form: AnswerForm, token: str) -> HttpResponse:
    sealed = previewing.unseal(link, form.data["seal"])
    if sealed is None:
        raise Http404
    revision = get_object_or_404(Revision.objects.filter(article=link.article_id), pk=sealed.revision_id)
    if not form.is_valid():
        return check(request, link, form, revision)
    if "sent" not in request.POST:
        return check(request, link, form, revision)
    if is_forged(request):
        problem = _("This form was open for too long, or your browser keeps no cookies. Please send it once more.")
        return check(request, link, form, revision, problem)
    given = form.cleaned_data
    try:
        previewing.answer(link, sealed, name=given["name"], verdict=given["verdict"], remark=given["remark"])
    except previewing.Closed:
        link.refresh_from_db()
        if link.answer_count < MOST_ANSWERS:
            return over(request, link, given["remark"])
        return check(request, link, form, revision, _("This link takes no more answers."))
    return HttpResponse(status=303, headers={"Location": f"{reverse('preview', args=[token])}?da-gui=1"})


def check(
    request: HttpRequest, link: PreviewLink, form: AnswerForm, revision: Revision, problem: str = ""
) -> HttpResponse:
    """The answer as editors will read it, over the form to change and send it."""
    draft = None
    if form.is_valid():
        given = form.cleaned_data
        draft = PreviewAnswer(name=given["name"], verdict=given["verdict"], text=given["remark"])
    token = previewing.token_of(link)
    context = {**form_context(link, token), "chrome": pages.chrome(), "form": form, "revision": revision}
    context |= {"draft": draft, "problem": problem, "is_last_step": True}
    status = 409 if problem else 200 if draft else 400
    return render(request, "articles/preview_answer.html", context, status=status)


def form_context(link: PreviewLink, token: str) -> dict[str, Any]:
    return {"link": link, "token": token, "is_full": link.answer_count >= MOST_ANSWERS}


def named(token: str) -> PreviewLink:
    """Raises Http404 for a token that we did not sign."""
    link = previewing.find(token)
    if link is None:
        raise Http404
    return link


def over(request: HttpRequest, link: PreviewLink, kept: str = "") -> HttpResponse:
    """What a link leads to that shows nothing any more: the story, if readers have it, else a page that says so.

    Neither names the story. `kept` is an answer that came too late, given back to its writer.
    """
    state = previewing.state(link)
    if state == State.PUBLISHED and link.article.is_public and not kept:
        return HttpResponse(status=302, headers={"Location": link.article.get_absolute_url()})
    context = {"chrome": pages.chrome(), "state": str(state), "kept": kept}
    return render(request, "articles/preview_dead.html", context, status=410)
