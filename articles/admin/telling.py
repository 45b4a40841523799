"""Where are notes on a story written, and where does a person read and choose notices?"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import telling
from articles.admin.desk import signed_in
from articles.admin.withdrawal import allowed
from articles.models import Article, DeskNotice, NoticeChoice, NoticeKind, StoryNote
from articles.models.note import NOTE_LENGTH
from articles.readiness import Refused
from articles.rights import readable_keys, readers_among
from newsroom.lib.people import full_name

SHOWN = 50  # notices on a page
LAST_PAGE = 10_000


def notes(article: Article) -> dict[str, Any]:
    """The notes of a story, the newest last, and who may be mentioned."""
    staff = readers_among(get_user_model().objects.filter(is_active=True, is_staff=True).order_by("username"), article)
    rows = StoryNote.objects.filter(article=article).select_related("author")
    return {"article": article, "notes": rows, "staff": staff, "most": NOTE_LENGTH}


@require_POST
def add_note(request: HttpRequest, article_id: int) -> HttpResponse:
    """Keep a note, for whoever may read the story, and say who is not told of it."""
    article = allowed(request, article_id)
    try:
        _note, untold = telling.add_note(article, request.POST.get("text", ""), by=signed_in(request))
    except Refused as told:
        messages.error(request, str(told))
    else:
        for person in untold:
            text = _("%(name)s is not told of your note: no right to read this story.")
            messages.warning(request, text % {"name": full_name(person)})
    return HttpResponseRedirect(f"{reverse('admin:articles_article_change', args=[article.pk])}#notes")


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """A person's own notices: read, mark as read (one or all), choose which to get and how.

    Who may no longer read the story sees that there was a notice, and nothing of the story.
    """
    user, number = signed_in(request), asked_page(request.GET.get("trang", ""))
    if request.method == "POST":
        if request.POST.get("do") == "choose":
            choose(request)
            messages.success(request, _("Your choice is kept."))
        else:
            mark_read(request)
        page = f"?trang={number}" if number > 1 else ""
        return HttpResponseRedirect(f"{reverse('admin:articles_notices')}{page}{anchor(request)}")
    chosen, first = telling.choices_of([user.pk]), (number - 1) * SHOWN
    found = DeskNotice.objects.filter(user=user.pk).select_related("article").defer("article__body", "article__html")
    rows = list(found[first : first + SHOWN + 1])
    stories = Article.objects.filter(pk__in={row.article_id for row in rows})
    context = {
        **admin.site.each_context(request),
        "title": _("Notices"),
        "notices": rows[:SHOWN],
        "number": number,
        "has_older": len(rows) > SHOWN and number < LAST_PAGE,
        "readable": readable_keys(stories, user),
        "choices": [(kind, chosen.get((user.pk, kind)) or telling.default(kind)) for kind in NoticeKind],
    }
    return TemplateResponse(request, "admin/articles/notices.html", context)


def asked_page(value: str) -> int:
    """The page of the address; the first one for what is none."""
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 1
    return min(max(number, 1), LAST_PAGE)


def anchor(request: HttpRequest) -> str:
    """The notice that was marked: whoever goes through them by keyboard goes on from there."""
    key = request.POST.get("notice", "")
    return f"#notice-{key}" if key.isascii() and key.isdecimal() and len(key) < 18 else ""


def mark_read(request: HttpRequest) -> None:
    """One notice by its key, or all of them; only those of the person."""
    key = request.POST.get("notice", "")
    unread = DeskNotice.objects.filter(user=signed_in(request).pk, read_at=None)
    if key != "all":
        unread = unread.filter(pk=int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else 0)
    unread.update(read_at=timezone.now())


def choose(request: HttpRequest) -> None:
    for kind in NoticeKind:
        ways = {way: f"{way}-{kind}" in request.POST for way in ("in_admin", "by_mail")}
        NoticeChoice.objects.update_or_create(user_id=signed_in(request).pk, kind=kind, defaults=ways)


guarded = admin.site.admin_view
urls = [
    path("thong-bao/", guarded(notices), name="articles_notices"),
    path("<int:article_id>/ghi-chu/", guarded(add_note), name="articles_article_note"),
]
