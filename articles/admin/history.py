"""What was this story before? Its history, one version, two versions compared, one field through time.

Whoever may read the story may look; naming and restoring a version take the right to edit it.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import history, writing
from articles.admin import comparison, desk
from articles.differences import NAMES, compare, difference
from articles.models import Article, Revision, Snapshot

SIDE_BY_SIDE, INLINE = "canh-nhau", "lien-mach"
PER_PAGE = 30
EMPTY = Snapshot()


class NameForm(forms.Form):
    """The name of a version; empty takes it away."""

    label = forms.CharField(required=False, max_length=writing.LABEL_LENGTH)


def story(request: HttpRequest, article_id: int | str) -> Article:
    """The story, for whoever may read it; for everybody else there is none. Raises Http404."""
    stories = admin.site.get_model_admin(Article)
    article = stories.get_object(request, str(article_id))
    if article is None or not stories.has_view_permission(request, article):
        raise Http404
    return article


def revision_of(article: Article, number: int) -> Revision:
    """That version of the story. Raises Http404."""
    revision = article.revisions.select_related("author").filter(number=number).first()
    if revision is None:
        raise Http404
    revision.article = article
    return revision


def page(request: HttpRequest, article: Article, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the desk about the story."""
    about = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "article": article,
        "may_edit": writing.may_edit(request.user, article),
    }
    return TemplateResponse(request, f"admin/articles/article/{name}.html", about | context)


@require_safe
def history_view(request: HttpRequest, article_id: str) -> HttpResponse:
    article = story(request, article_id)
    events = history.timeline(article)
    sittings = [event for event in events if isinstance(event, history.Sitting)]
    shown = [sitting.newest for sitting in sittings]
    is_one_sitting = len(sittings) == 1  # then its own saves are what can be compared
    numbers = [each.revision.number for each in (*shown, *(sittings[0].older if is_one_sitting else ()))]
    context = {
        "title": _("History of “%s”") % article,
        "events": events,
        "publishing": history.PUBLISHING,
        "chosen_new": numbers[0] if numbers else None,
        "chosen_old": numbers[1] if len(numbers) > 1 else None,
        "is_one_sitting": is_one_sitting,
        "has_two": article.revisions.count() > 1,
    }
    return page(request, article, "history", context)


@require_safe
def revision_view(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """One version of a story as a reader would see its text."""
    article = story(request, article_id)
    revision = revision_of(article, number)
    context = {
        "title": _("Version %d") % number,
        "revision": revision,
        "before": neighbour(article, number, -1),
        "after": neighbour(article, number, 1),
        "live_number": article.live_revision.number if article.live_revision else None,
        **desk.reading_view(revision.snapshot),
    }
    return page(request, article, "revision", context)


def neighbour(article: Article, number: int, step: int) -> int | None:
    """The number of the next (step 1) or last (step -1) version; there are gaps where versions were pruned."""
    numbers = article.revisions.values_list("number", flat=True)
    if step > 0:
        return numbers.filter(number__gt=number).order_by("number").first()
    return numbers.filter(number__lt=number).order_by("-number").first()


@require_safe
def pick_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """From the two versions chosen in the history to their comparison."""
    article = story(request, article_id)
    chosen = [request.GET.get(name, "") for name in ("tu", "den")]
    numbers = sorted(int(number) for number in chosen if number.isdecimal() and len(number) < 10)
    if len(numbers) != 2 or numbers[0] == numbers[1]:
        messages.error(request, _("Choose two versions to compare."))
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))
    return HttpResponseRedirect(reverse("admin:articles_article_compare", args=[article.pk, *numbers]))


@require_safe
def compare_view(request: HttpRequest, article_id: int, old: int, new: int) -> HttpResponse:
    """What differs between two versions, side by side or in one text."""
    article = story(request, article_id)
    if old > new:
        return HttpResponseRedirect(reverse("admin:articles_article_compare", args=[article_id, new, old]))
    before, after = revision_of(article, old), revision_of(article, new)
    rows = comparison.rows(compare(before.snapshot, after.snapshot))
    context = {
        "title": _("Versions %(old)d and %(new)d compared") % {"old": old, "new": new},
        "old": before,
        "new": after,
        "rows": rows,
        "count": comparison.last_number(rows),
        "is_inline": request.GET.get("cach") == INLINE,
        "earlier": neighbour(article, old, -1),
        "later": neighbour(article, new, 1),
    }
    return page(request, article, "compare", context)


@require_safe
def field_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Who changed one field when, from what to what."""
    article = story(request, article_id)
    name = request.GET.get("truong") or NAMES[0]
    if name not in NAMES:
        raise Http404
    found = Paginator(history.field_changes(article, name), PER_PAGE).get_page(request.GET.get("p"))
    empty = getattr(EMPTY, name)
    changes = [difference(name, each.old if each.before else empty, each.new) for each in found]
    label = str(comparison.FIELD_LABELS.get(name, name))
    context = {
        "title": _("Who changed it: %s") % label,
        "changes": list(zip(found, comparison.rows(changes), strict=True)),
        "page": found,
        "name": name,
        "fields": [(each, comparison.FIELD_LABELS.get(each, each)) for each in NAMES],
    }
    return page(request, article, "field_history", context)


@require_POST
def restore_view(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Make an earlier version the working text again."""
    article = story(request, article_id)
    revision = revision_of(article, number)
    seen = request.POST.get("version", "")
    try:
        version = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
        writing.restore(article, revision, by=desk.signed_in(request), version=version)
    except writing.Conflict as conflict:
        messages.error(request, _("Nothing was restored. %s") % conflict)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article_id]))
    messages.success(request, _("Version %d is the working text again.") % number)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article_id]))


@require_POST
def name_view(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Give a version a name."""
    article = story(request, article_id)
    revision = revision_of(article, number)
    if not writing.may_edit(request.user, article):
        raise PermissionDenied
    form = NameForm(request.POST)
    if form.is_valid():
        writing.name_revision(revision, form.cleaned_data["label"], by=desk.signed_in(request))
        messages.success(request, _("The name of version %d is saved.") % number)
    else:
        messages.error(request, " ".join(map(str, form.errors["label"])))
    return HttpResponseRedirect(reverse("admin:articles_article_revision", args=[article_id, number]))


guarded = admin.site.admin_view
version = "<int:article_id>/phien-ban/<int:number>/"
urls: list[URLPattern] = [
    path(version, guarded(revision_view), name="articles_article_revision"),
    path(f"{version}khoi-phuc/", guarded(restore_view), name="articles_article_restore"),
    path(f"{version}dat-ten/", guarded(name_view), name="articles_article_name"),
    path("<int:article_id>/so-sanh/", guarded(pick_view), name="articles_article_pick"),
    path("<int:article_id>/so-sanh/<int:old>/<int:new>/", guarded(compare_view), name="articles_article_compare"),
    path("<int:article_id>/lich-su-truong/", guarded(field_view), name="articles_article_field_history"),
]
