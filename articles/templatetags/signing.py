"""What stands beside a story on its page of the desk: its sign-offs, its times, a correction that it lacks."""

from typing import Any

from django import template

from articles import signing
from articles.models import Article, Stage

register = template.Library()


@register.inclusion_tag("admin/articles/article/_sign_offs.html", takes_context=True)
def sign_offs(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """Who vouches for the text, with buttons for whoever may."""
    user, revision = context["user"], article.working_revision
    may_sign = signing.may_sign(user, article)
    states = signing.states(article)
    if article.stage == Stage.DONE:  # nothing is asked of a text that is out
        states = [state for state in states if state.is_valid]
    elif not may_sign:
        states = [state for state in states if state.is_needed or state.is_valid or state.has_lapsed]
    return {
        "article": article,
        "states": states if article.trashed_at is None else [],
        "may_sign": may_sign,
        "changed_last": signing.changed_last(user, article) and signing.keeps_four_eyes(),
        "digest": revision.digest if revision else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("admin/articles/article/_timing.html")
def story_times(article: Article) -> dict[str, Any]:
    """When what is scheduled happens, and what stands in the way of it."""
    return {"article": article, "has_collision": article.collisions.filter(settled_at=None).exists()}
