"""How do the comments of a story get onto its page? `comment_count` and `comment_thread`, one query for both."""

from typing import Any

from django import template

from articles.models import Article, Publication
from comments import opening
from comments.forms import CommentForm

register = template.Library()


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    """How many comments readers can reach under the story; 0 where they are hidden."""
    found = _opening(context, article)
    return 0 if found.is_hidden else found.page.count


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The part of the story's page under the text: best comments, the way to all of them, and the form."""
    found = _opening(context, article)
    if found.is_hidden:
        return {"article": article, "is_hidden": True}
    return {"article": article, "page": found.page, "is_open": found.is_open, "form": CommentForm()}


def _opening(context: dict[str, Any], article: Article) -> opening.Opening:
    """Asked for twice on a page, read once: it stays with the story at hand."""
    kept = vars(article)
    if "_comments_opening" not in kept:
        chrome = context.get("chrome")
        kept["_comments_opening"] = opening.of(article, chrome.publication if chrome else Publication.current())
    return kept["_comments_opening"]
