"""How do editors see a story before readers do, text that is not saved included, and how do they show it to others?

The page of readers stands in a frame as a document of its own (`srcdoc`): it is made in the same answer, from the form
that was sent, so nothing is stored, nothing is fetched twice, and no page of the site has to allow being framed.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from articles import pages, previewing
from articles.admin.desk import signed_in
from articles.admin.forms import ArticleForm
from articles.models import Article, PreviewLink, Revision, Snapshot, Tag
from articles.previewing import State
from articles.reading import Reading
from articles.workflow import Refused
from articles.writing import clean_snapshot
from newsroom.lib import text


class ShareForm(forms.Form):
    """How long a link lasts, what it follows, and for whom it is."""

    lasts = forms.ChoiceField(
        label=gettext_lazy("Works for"),
        choices=[(key, label) for key, (_length, label) in previewing.LASTING.items()],
        initial="1d",
    )
    shows = forms.ChoiceField(
        label=gettext_lazy("Shows"),
        choices=[
            ("follow", gettext_lazy("the draft as it changes")),
            ("pin", gettext_lazy("the saved version as it is now")),
        ],
        initial="follow",
    )
    note = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("such as: legal adviser")}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="share-%s", label_suffix="")


def allowed(request: HttpRequest, article_id: int) -> Article:
    """The story, for whoever may read it. Raises Http404 and PermissionDenied."""
    stories = admin.site.get_model_admin(Article)
    article = stories.get_object(request, str(article_id))
    if article is None:
        raise Http404
    if not stories.has_view_permission(request, article):
        raise PermissionDenied
    return article


# --- the page of a preview ----------------------------------------------------------------------------------------


@require_POST
def new_story(request: HttpRequest) -> HttpResponse:
    """A story that is not saved yet, as its form has it."""
    if not admin.site.get_model_admin(Article).has_add_permission(request):
        raise PermissionDenied
    return typed(request, Article())


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, article_id: int) -> HttpResponse:
    """POST: the story as its form has it, saved or not. GET: its working text, or another one by `?phien-ban=`."""
    article = allowed(request, article_id)
    if request.method == "POST":
        return typed(request, article)
    number = request.GET.get("phien-ban", "")
    revision = article.working_revision
    if number:
        if not (number.isascii() and number.isdecimal() and len(number) < 9):
            raise Http404
        revision = get_object_or_404(Revision.objects.filter(article=article), number=int(number))
    if revision is None:
        raise Http404
    return framed(request, article, Reading.foreseen(article, revision.snapshot, timezone.now()), revision)


def typed(request: HttpRequest, article: Article) -> HttpResponse:
    """The text of the form; what is wrong with it, if it cannot be shown. The form stays open in its own tab."""
    form = ArticleForm(request.POST)  # without the story: a preview may be of a text that others have overtaken
    if not form.is_valid():
        faults = [
            (form.fields[name].label if name in form.fields else "", errors) for name, errors in form.errors.items()
        ]
        return page(request, article, {"faults": faults}, status=400)
    snapshot, tags = snapshot_of(form)
    return framed(request, article, Reading.foreseen(article, snapshot, timezone.now(), tags))


def snapshot_of(form: ArticleForm) -> tuple[Snapshot, list[Tag]]:
    """What a save would keep, and its tags: those that are new stay unsaved, for only a save makes them."""
    names = form.cleaned_data["tag_names"]
    form.cleaned_data = {**form.cleaned_data, "tag_names": []}
    known = {tag.name_key: tag for tag in Tag.objects.filter(name_key__in=map(text.identity, names))}
    tags = [known.get(text.identity(name)) or Tag(name=name, slug=text.slugify(name)) for name in names]
    return clean_snapshot(form.snapshot()), tags


def framed(request: HttpRequest, article: Article, reading: Reading, revision: Revision | None = None) -> HttpResponse:
    """The page of readers, in the site's language whatever the editor's is, in a frame as wide as a device."""
    with translation.override(settings.LANGUAGE_CODE):
        context = previewing.page_context(reading, revision=revision) | {"is_framed": True}
        document = render_to_string("articles/preview.html", context)
    response = page(request, article, {"document": str(document)})
    return pages.with_players(request, response, reading.article.html)


def page(request: HttpRequest, article: Article, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Preview"),
        "article": article if article.pk else None,
        **shown,
    }
    return TemplateResponse(request, "admin/articles/article/preview.html", context, status=status).render()


# --- links for others ---------------------------------------------------------------------------------------------


def panel(article: Article, user: AbstractBaseUser) -> dict[str, Any]:
    """The links of a story with what became of each; addresses only for those who may share."""
    may_share = previewing.may_share(user, article)
    links: list[dict[str, Any]] = []
    past: list[dict[str, Any]] = []
    for link in previewing.links_of(article):
        state = previewing.state(link)
        address = previewing.address_of(link) if may_share and state == State.OPEN else ""
        # An answer stays in sight when its link has ended.
        rows = links if state == State.OPEN or link.answer_count else past
        rows.append({"link": link, "state": str(state), "address": address})
    return {
        "article": article,
        "may_share": may_share,
        "links": links,
        "past_links": past,
        "form": ShareForm(),
    }


@require_POST
def share(request: HttpRequest, article_id: int) -> HttpResponse:
    """Make a link to a preview of the saved text."""
    article, form = allowed(request, article_id), ShareForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return back(article)
    lasts, _label = previewing.LASTING[form.cleaned_data["lasts"]]
    pinned, note = form.cleaned_data["shows"] == "pin", form.cleaned_data["note"]
    try:
        previewing.make_link(article.pk, by=signed_in(request), lasts=lasts, pinned=pinned, note=note)
    except Refused as told:
        messages.error(request, str(told))
    else:
        messages.success(request, _("The preview link is made: copy it below."))
    return back(article)


@require_POST
def revoke(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """End a link at once."""
    article = allowed(request, article_id)
    link = get_object_or_404(PreviewLink.objects.filter(article=article).select_related("article"), pk=pk)
    try:
        previewing.revoke(link, by=signed_in(request))
    except Refused as told:
        messages.error(request, str(told))
    else:
        messages.success(request, _("The preview link is revoked: whoever opens it sees nothing any more."))
    return back(article)


def back(article: Article) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('admin:articles_article_change', args=[article.pk])}#preview-links")


guarded = admin.site.admin_view
urls = [
    path("xem-truoc/", guarded(new_story), name="articles_article_preview_new"),
    path("<int:article_id>/xem-truoc/", guarded(story), name="articles_article_preview"),
    path("<int:article_id>/xem-truoc/lien-ket/", guarded(share), name="articles_article_preview_share"),
    path(
        "<int:article_id>/xem-truoc/lien-ket/<int:pk>/thu-hoi/",
        guarded(revoke),
        name="articles_article_preview_revoke",
    ),
]
