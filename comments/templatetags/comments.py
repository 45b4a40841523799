"""How do the comments of a story get onto its page? `comment_count` and `comment_thread`, one query for both."""

from operator import attrgetter
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Article, Publication
from comments import opening
from comments.forms import CommentForm
from comments.models import Comment
from comments.policy import checks
from comments.threads import Branch
from newsroom.lib.pieces import Pieces

register = template.Library()

FIELDS: Final = Pieces[SafeString](10)
THREADS: Final = Pieces[SafeString](30)
BRANCHES: Final = Pieces[SafeString](150)
SHOWN: Final = attrgetter(
    *("pk", "thread_id", "root_id", "parent_id", "author_name", "badge", "body"),
    *("published_at", "edited_at", "featured_at", "like_count"),
)


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    """How many comments readers can reach under the story; 0 where they are hidden."""
    found = _opening(context, article)
    return 0 if found.is_hidden else found.page.count


@register.simple_tag(takes_context=True)
def comment_thread(context: dict[str, Any], article: Article) -> SafeString:
    """The part of the story's page under the text: best comments, the way to all of them, and the form."""
    found = _opening(context, article)
    if found.is_hidden:
        return SafeString()
    told = checks(found.policy, found.page.hold)
    shown = {"article": article, "page": found.page, "is_open": found.is_open, "checks": told}
    key = (get_language(), article.pk, found.is_open, told, found.seen)
    return THREADS.get(key, lambda: render_to_string("comments/_thread.html", shown))


@register.simple_tag
def comment_branch(branch: Branch, is_open: bool) -> SafeString:
    """A comment with the first replies to it; drawn once for what is shown of them."""
    shown = {"branch": branch, "is_open": is_open}
    key = (get_language(), is_open, branch.more, *map(_seen, (branch.comment, *branch.replies)))
    return BRANCHES.get(key, lambda: render_to_string("comments/_branch.html", shown))


@register.simple_tag
def comment_fields(form: CommentForm | None) -> SafeString:
    """The fields of the form; those of one that nobody has filled in are the same under every story."""
    if form:
        return render_to_string("comments/_fields.html", {"form": form})
    return FIELDS.get(get_language(), lambda: render_to_string("comments/_fields.html", {"form": CommentForm()}))


def _opening(context: dict[str, Any], article: Article) -> opening.Opening:
    """Asked for twice on a page, read once: it stays with the story at hand."""
    kept = vars(article)
    if "_comments_opening" not in kept:
        chrome = context.get("chrome")
        kept["_comments_opening"] = opening.of(article, chrome.publication if chrome else Publication.current())
    return kept["_comments_opening"]


def _seen(comment: Comment) -> tuple[Any, ...]:
    """All that is shown of a comment; whom it answers, if that is another than the one above."""
    answered = comment.parent if comment.parent_id != comment.root_id else None
    return SHOWN(comment), answered.author_name if answered and answered.is_shown else ""
