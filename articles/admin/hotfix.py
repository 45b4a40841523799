"""How do publishers correct at once what readers have? A form over the live text, and a page for what collides."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import hotfix, workflow, writing
from articles.admin import conflict
from articles.admin.desk import seen, signed_in
from articles.admin.forms import ArticleForm, initial_of
from articles.admin.notices import ChangeForm
from articles.admin.widgets import editor_csp
from articles.admin.withdrawal import allowed
from articles.merging import Merged
from articles.models import Article, Collision
from articles.readiness import NotReady, Refused
from articles.writing import Conflict

MAIN = ("headline", "subheadline", "lead", "body", "picture", "picture_caption")


class HotfixForm(ArticleForm):
    """The form of a story, filled with what readers have."""

    def __init__(self, article: Article, data: Any = None) -> None:
        live = article.live_revision
        super().__init__(data, instance=article, initial=initial_of(live.snapshot) if live else None)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_csp
def hotfix_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for the corrected text and publish it at once; for those who may, while readers have the story."""
    article, by = allowed(request, article_id), signed_in(request)
    back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    if "hotfix" not in {verb.name for verb in workflow.possible(article, by)}:
        messages.error(request, _("This story cannot be corrected at once now, or not by you."))
        return back
    sent = request.POST if request.method == "POST" else None
    form, change = HotfixForm(article, sent), ChangeForm(sent)
    if sent is not None and form.is_valid() and change.is_valid():
        try:
            workflow.perform(
                article.pk,
                "hotfix",
                by=by,
                version=seen(request, article),
                notice=change.notice(),
                snapshot=form.snapshot(),
            )
        except NotReady as lacking:
            for item in lacking.missing:
                form.add_error(None, item.message)
        except (Refused, Conflict) as told:
            form.add_error(None, str(told))
        else:
            return tell(request, article, back)
    context = {"form": form, "main": [form[name] for name in MAIN], "change": change, "title": _("Quick correction")}
    others = [name for name in form.fields if name not in (*MAIN, "version")]
    return page(request, article, "hotfix", {**context, "others": [form[name] for name in others]}, form.errors)


def tell(request: HttpRequest, article: Article, back: HttpResponse) -> HttpResponse:
    """Say how it went, and lead on to the choice where the working text collides."""
    if article.published_at and not article.has_been_out:
        messages.success(request, _("The scheduled story is corrected; it keeps its time."))
    else:
        messages.success(request, _("Readers have the corrected text."))
    if not article.collisions.filter(settled_at=None).exists():
        return back
    messages.warning(request, _("The text being worked on has changed in the same place: choose what holds."))
    if writing.may_edit(signed_in(request), article):
        return HttpResponseRedirect(reverse("admin:articles_article_collision", args=[article.pk]))
    return back


class CollisionForm(conflict.ChoiceForm):
    """The same choice as for two saves, in the words of a correction."""

    def __init__(self, merged: Merged, **kwargs: Any) -> None:
        super().__init__(merged.conflicts, **kwargs)
        words = {conflict.MINE: _("The text being worked on"), conflict.THEIRS: _("The correction readers have")}
        for each in merged.conflicts:
            field = self.fields[f"choice_{each.field}"]
            field.choices = [(way, words.get(way, label)) for way, label in field.choices]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@editor_csp
def collision_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Both texts where they collide; whoever may see the story reads them, whoever may edit it chooses."""
    article = allowed(request, article_id)
    found, may_choose = hotfix.open_collision(article), writing.may_edit(signed_in(request), article)
    back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    if found is None:
        messages.info(request, _("Nothing collides any more."))
        return back
    collision, merged = found
    sent = request.POST if request.method == "POST" and may_choose else None
    form = CollisionForm(merged, data=sent, initial={"version": article.version})
    if sent is not None and form.is_valid():
        values = {each.field: form.chosen(each) for each in merged.conflicts}
        try:
            hotfix.choose(article.pk, values, by=signed_in(request), version=form.cleaned_data["version"])
        except (Refused, Conflict) as told:
            form.add_error(None, str(told))
        else:
            messages.success(request, _("The text being worked on is settled with the correction."))
            return back
    return page(request, article, "collision", about(collision, merged, form, may_choose), form.errors)


def about(collision: Collision, merged: Merged, form: CollisionForm, may_choose: bool) -> dict[str, Any]:
    """What the page of a collision shows."""
    rows = [conflict.row(each.field, each.mine, each.theirs, form) for each in merged.conflicts]
    bases = [conflict.side(each.field, each.base) for each in merged.conflicts]
    return {
        "title": _("A correction and the text being worked on"),
        "collision": collision,
        "form": form,
        "rows": list(zip(rows, bases, strict=True)),
        "may_choose": may_choose,
    }


def page(request: HttpRequest, article: Article, name: str, context: dict[str, Any], errors: Any) -> HttpResponse:
    """A page of this module."""
    around = {**admin.site.each_context(request), "opts": Article._meta, "article": article}
    status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return TemplateResponse(request, f"admin/articles/article/{name}.html", {**around, **context}, status=status)


urls = [
    path("<int:article_id>/sua-nhanh/", admin.site.admin_view(hotfix_view), name="articles_article_hotfix"),
    path("<int:article_id>/va-cham/", admin.site.admin_view(collision_view), name="articles_article_collision"),
]
