"""Which story is a page of comments about, may readers have it, and what stands in the page's head?"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles import keys, pages
from articles.models import Article
from articles.seo import NO_INDEX, Meta
from comments.models import Comment


def published_once() -> Any:
    """Stories that readers have or had."""
    rows = Article.objects.select_related("section__parent").defer("body", "html")
    return rows.filter(published_at__lte=timezone.now())


def story_or_gone(request: HttpRequest, article_id: int) -> Article | HttpResponse:
    """The story as readers have it; a 410 page for one that was taken down or has ended. Raises Http404."""
    return public_or_gone(request, get_object_or_404(published_once(), pk=article_id))


def public_or_gone(request: HttpRequest, story: Article) -> Article | HttpResponse:
    """The same of a story at hand."""
    if story.readers_state in ("withdrawn", "ended"):
        return pages.page(request, "410.html", {}, {keys.article(story.pk)}, status=410)
    if not story.is_public:
        raise Http404
    return story


def meta_of(article: Article, title: str, robots: str = NO_INDEX) -> Meta:
    """The head of a page about a story's comments; the thread is the address that counts."""
    path = reverse("comments:thread", args=[article.pk])
    return Meta(title=title % {"headline": article.headline}, path=path, robots=robots)


def keys_of(article_id: int) -> set[str]:
    return {keys.article(article_id), keys.thread(article_id)}


def number(asked: str | None) -> int:
    """A key out of an address or a form. Raises Http404 for anything else."""
    if not asked or not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return int(asked)


def shown_comment(article_id: int, asked: str | None) -> Comment:
    """The comment of this story with the number asked for, if readers see it. Raises Http404."""
    rows = Comment.objects.shown().filter(thread=article_id).select_related("root", "parent")
    return get_object_or_404(rows, pk=number(asked))
