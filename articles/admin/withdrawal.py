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
from articles.workflow import Refused
from articles.writing import Conflict

SHOWN = 20  # stories that link to it


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask, and take the story down; for those who may, while it can be."""
    article = allowed(request, article_id)
    back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
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
    return page(request, article, form)


def allowed(request: HttpRequest, article_id: int) -> Article:
    """The story, for whoever may see it here. Raises Http404 and PermissionDenied."""
    stories = admin.site.get_model_admin(Article)
    article = stories.get_object(request, str(article_id))
    if article is None:
        raise Http404
    if not stories.has_view_permission(request, article):
        raise PermissionDenied
    return article


def page(request: HttpRequest, article: Article, form: WithdrawForm) -> HttpResponse:
    inbound = links.inbound(article)
    context = {
        **admin.site.each_context(request),
        "title": _("Withdraw “%s”") % article.headline,
        "opts": Article._meta,
        "article": article,
        "form": form,
        "linking": list(inbound.stories[:SHOWN]),
        "linking_count": inbound.stories.count(),
        "redirects": list(inbound.redirects),
        "corrections": list(inbound.corrections),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "admin/articles/article/withdraw.html", context, status=status)


urls = [path("<int:article_id>/go-bai/", admin.site.admin_view(withdraw), name="articles_article_withdraw")]
