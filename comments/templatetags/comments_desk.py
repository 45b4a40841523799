"""How does the desk write about a comment: what was found in it, how old it is, what may be done with it?"""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles.rights import Person, grants_of
from comments.models import Comment, Verb
from comments.moderation import ROLES, TRANSITIONS, in_reach
from comments.sentences import sentence
from newsroom.lib import dates

register = template.Library()

BUTTONS = {
    Verb.APPROVE: gettext_lazy("Approve"),
    Verb.SPAM: gettext_lazy("Spam"),
    Verb.RESTORE: gettext_lazy("Undo"),
    Verb.REJECT: gettext_lazy("Reject"),
}


@register.filter
def ago(moment: datetime) -> str:
    return dates.ago(moment, timezone.now())


@register.filter
def stamp(moment: datetime) -> str:
    return dates.stamp(moment)


@register.filter
def buttons(comment: Comment) -> list[tuple[str, str]]:
    """The verbs that mean something for the comment as it stands, with the words on their buttons."""
    return [(verb, str(label)) for verb, label in BUTTONS.items() if comment.state in TRANSITIONS[verb][0]]


@register.simple_tag
def waiting_comments(user: Person) -> dict[str, Any] | None:
    """How many comments wait for this person, and those that have waited longest; None for who decides about none."""
    grants = grants_of(user)
    if not grants.anywhere(*ROLES):
        return None
    waiting = in_reach(grants, Comment.objects.waiting()).order_by("created_at", "pk")
    return {"count": waiting.count(), "oldest": waiting[:5]}


@register.simple_tag
def verbs() -> list[tuple[str, str]]:
    """Every verb with the words on its button."""
    return [(verb, str(label)) for verb, label in BUTTONS.items()]


@register.filter
def marked(comment: Comment) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether a rule points at it."""
    pieces, end = [], 0
    for start, stop in sorted(tuple(found["span"]) for found in comment.findings if "span" in found):
        if start >= end:
            pieces += [(comment.body[end:start], False), (comment.body[start:stop], True)]
            end = stop
    return [piece for piece in [*pieces, (comment.body[end:], False)] if piece[0]]


@register.filter
def findings(comment: Comment) -> list[str]:
    """What the rules say about the comment, each sentence once."""
    return list(dict.fromkeys(sentence(found) for found in comment.findings))
