"""How does the chief take a story down? A page that shows what leads to it and asks what readers get instead."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import links, workflow
from articles.admin.desk import seen, signed_in
from articles.admin.notices import WithdrawForm
from articles.models import Article
from articles.rights import acting_role, grants_of, may_read, readable
from articles.transitions import WITHDRAWERS, WRITERS
from articles.workflow import Refused
from articles.writing import Conflict

SHOWN = 20  # stories that link to it


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask, and take the story down; for those who may, while it can be."""
    article, address = concerned(request, article_id)
    back = HttpResponseRedirect(address)
    if "withdraw" not in {verb.name for verb in workflow.possible(article, signed_in(request))}:
        messages.error(request, _("The story cannot be withdrawn now, or not by you."))
        return back
    form = WithdrawForm(article, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            workflow.perform(
                article.pk,
                "withdraw",
                by=signed_in(request),
                note=form.cleaned_data["note"],
                version=seen(request, article),
                notice=form.notice(),
            )
        except (Refused, Conflict) as told:
            form.add_error(None, str(told))
        else:
            messages.success(request, _("The story is withdrawn: readers cannot open or find it any more."))
            return back
    return page(request, article, form, address)


def concerned(request: HttpRequest, article_id: int) -> tuple[Article, str]:
    """The story, and the page to go back to.

    Who withdraws in all sections need not read in all of them: of a story that readers have, this page tells what they
    know. Raises Http404 and PermissionDenied.
    """
    user, grants = signed_in(request), grants_of(request.user)
    article = admin.site.get_model_admin(Article).get_object(request, str(article_id))
    if article is None:
        raise Http404
    if may_read(user, article, grants):
        return article, reverse("admin:articles_article_change", args=[article.pk])
    if not grants.anywhere(*WRITERS) or not article.is_public or not acting_role(user, article, WITHDRAWERS, grants):
        raise PermissionDenied
    return article, reverse("admin:articles_article_calendar")


def allowed(request: HttpRequest, article_id: int) -> Article:
    """The story, for whoever may read it. Raises Http404 and PermissionDenied."""
    stories = admin.site.get_model_admin(Article)
    article = stories.get_object(request, str(article_id))
    if article is None:
        raise Http404
    if not stories.has_view_permission(request, article):
        raise PermissionDenied
    return article


def page(request: HttpRequest, article: Article, form: WithdrawForm, back: str) -> HttpResponse:
    inbound = links.inbound(article)
    context = {
        **admin.site.each_context(request),
        "title": _("Withdraw “%s”") % article.headline,
        "opts": Article._meta,
        "article": article,
        "form": form,
        "linking": list(inbound.stories[:SHOWN]),
        "linking_count": inbound.stories.count(),
        "redirects": list(readable(inbound.redirects, request.user)),
        "back": back,
        "corrections": list(inbound.corrections),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "admin/articles/article/withdraw.html", context, status=status)


urls = [path("<int:article_id>/go-bai/", admin.site.admin_view(withdraw), name="articles_article_withdraw")]
