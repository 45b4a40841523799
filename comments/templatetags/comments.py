"""How do the comments of a story get onto its page? `comment_count` and `comment_thread`, one query in all."""

from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from articles.models import Article, CommentPolicy, Publication
from comments.forms import CommentForm
from comments.opening import opening
from comments.policy import policy_of, takes_comments
from comments.threads import ThreadPage
from newsroom.lib.pieces import Pieces

register = template.Library()

EMPTY: Final = Pieces(10)


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    """How many comments readers can reach under the story; 0 where they are hidden."""
    if _policy(context, article) == CommentPolicy.HIDDEN:
        return 0
    return _opening(article).count


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The part of the story's page under the text: newest comments, the way to all of them, and the form."""
    policy = _policy(context, article)
    if policy == CommentPolicy.HIDDEN:
        return {"article": article, "is_hidden": True}
    return {"article": article, "page": _opening(article), "is_open": takes_comments(policy), "form": CommentForm()}


@register.simple_tag
def comment_fields(form: CommentForm) -> str:
    """The fields of the form, with what was typed and what is wrong; empty ones are made once for all stories."""
    if form.is_bound or form.initial:
        return render_to_string("comments/_fields.html", {"form": form})
    return EMPTY.get(get_language(), lambda: render_to_string("comments/_fields.html", {"form": form}))


def _policy(context: dict[str, Any], article: Article) -> CommentPolicy:
    chrome = context.get("chrome")
    return policy_of(article, chrome.publication if chrome else Publication.current())


def _opening(article: Article) -> ThreadPage:
    """Asked for twice on a page, fetched once: it stays with the story at hand."""
    kept = vars(article)
    if "_comments_opening" not in kept:
        kept["_comments_opening"] = opening(article.pk)
    return kept["_comments_opening"]
