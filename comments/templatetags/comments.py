"""How do the comments of a story get onto its page? `comment_count` and `comment_thread`, three queries in all."""

from typing import Any

from django import template

from articles.models import Article, CommentPolicy, Publication
from comments import threads
from comments.forms import CommentForm
from comments.policy import checks, policy_of, takes_comments

register = template.Library()


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    """How many comments readers can reach under the story; 0 where they are hidden."""
    if _policy(context, article) == CommentPolicy.HIDDEN:
        return 0
    return _opening(article).count


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The part of the story's page under the text: best comments, the way to all of them, and the form."""
    policy = _policy(context, article)
    if policy == CommentPolicy.HIDDEN:
        return {"article": article, "is_hidden": True}
    page = _opening(article)
    return {
        "article": article,
        "page": page,
        "is_open": takes_comments(policy),
        "checks": checks(policy, page.hold),
        "form": CommentForm(),
    }


def _policy(context: dict[str, Any], article: Article) -> CommentPolicy:
    """Asked for twice on a page, worked out once: it stays with the story at hand."""
    kept = vars(article)
    if "_comments_policy" not in kept:
        chrome = context.get("chrome")
        kept["_comments_policy"] = policy_of(article, chrome.publication if chrome else Publication.current())
    return kept["_comments_policy"]


def _opening(article: Article) -> threads.ThreadPage:
    """The same of its comments."""
    kept = vars(article)
    if "_comments_opening" not in kept:
        kept["_comments_opening"] = threads.opening(article.pk)
    return kept["_comments_opening"]
