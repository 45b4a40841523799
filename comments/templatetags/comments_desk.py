"""How does the desk write about a comment: what was found in it, how old it is, what may be done with it?"""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from articles.differences import Segment, words
from articles.rights import Person, grants_of
from comments import explaining, queues
from comments.models import Comment, Commenter, State, Verb
from comments.moderation import ROLES
from comments.queues import Asked, Queue, Trust
from newsroom.lib import dates

register = template.Library()
Button = tuple[str, str | Promise, str]  # verb, words, key on the keyboard

APPROVE: Button = (Verb.APPROVE, gettext_lazy("Approve"), "a")
REJECT: Button = (Verb.REJECT, gettext_lazy("Reject"), "r")
SPAM: Button = (Verb.SPAM, gettext_lazy("Spam"), "s")
RESTORE: Button = (Verb.RESTORE, gettext_lazy("Back into the queue"), "")
KEEP: Button = (Verb.KEEP, gettext_lazy("Keep"), "a")
SEEN: Button = (Verb.KEEP, gettext_lazy("Seen, keep"), "a")
KEEP_OLD: Button = (Verb.KEEP, gettext_lazy("Keep the old text"), "")
TAKE_EDIT: Button = ("take-edit", gettext_lazy("Take the new text"), "a")
FEATURE: Button = (Verb.FEATURE, gettext_lazy("Feature"), "f")
UNFEATURE: Button = (Verb.UNFEATURE, gettext_lazy("No longer feature"), "f")

QUEUES = {
    Queue.WAITING: gettext_lazy("Waiting"),
    Queue.REPORTED: gettext_lazy("Reported"),
    Queue.UNSEEN: gettext_lazy("Shown unseen"),
    Queue.SPAM: gettext_lazy("Suspected spam"),
    Queue.REJECTED: gettext_lazy("Rejected"),
    Queue.MINE: gettext_lazy("My work"),
    Queue.SHOWN: gettext_lazy("All shown"),
}
TRUSTS = {
    Trust.NEW: gettext_lazy("new"),
    Trust.KNOWN: gettext_lazy("known"),
    Trust.TRUSTED: gettext_lazy("trusted"),
    Trust.HELD: gettext_lazy("checked first, or banned"),
}
BULK = (APPROVE, KEEP, SPAM, REJECT, RESTORE, (Verb.UNDO, gettext_lazy("Undo"), ""))


@register.filter
def ago(moment: datetime) -> str:
    return dates.ago(moment, timezone.now())


@register.filter
def stamp(moment: datetime) -> str:
    return dates.stamp(moment)


@register.filter
def length_of(span: timedelta) -> str:
    return dates.length(span)


@register.filter
def seen(comment: Comment) -> str:
    """What a form says of the comment that it decides about: key and version."""
    return f"{comment.pk}:{comment.version}"


@register.filter
def buttons(comment: Comment) -> list[Button]:
    """The verbs that mean something for the comment as it stands, with the words and keys of their buttons."""
    match comment.state:
        case State.PENDING:
            return [APPROVE, REJECT, SPAM]
        case State.VISIBLE:
            return [*_keeping(comment), REJECT, SPAM, UNFEATURE if comment.featured_at else FEATURE]
        case State.REJECTED:
            return [APPROVE, SPAM, RESTORE]
        case State.SPAM:
            return [APPROVE, REJECT, RESTORE]
    return []


def _keeping(comment: Comment) -> list[Button]:
    if getattr(comment, "proposal", None):
        return [TAKE_EDIT, KEEP_OLD]
    if comment.report_count:
        return [KEEP]
    return [SEEN] if comment.reviewed_at is None else []


@register.filter
def queue_name(queue: Queue) -> str:
    return str(QUEUES[queue])


@register.filter
def is_new(writer: Commenter) -> bool:
    """Nothing of this writer has been decided by a person yet."""
    return not (writer.approved_count or writer.rejected_count or writer.spam_count)


@register.simple_tag
def trusts() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in TRUSTS.items()]


@register.simple_tag
def bulk_verbs() -> list[tuple[str, str]]:
    """Every verb that many comments can be decided by, with the words on its button."""
    return [(verb, str(label)) for verb, label, _key in BULK]


@register.simple_tag
def waiting_comments(user: Person) -> dict[str, Any] | None:
    """How many comments wait for this person, and those due first; None for who decides about none."""
    if not grants_of(user).anywhere(*ROLES):
        return None
    sight = queues.sight_of(user)
    waiting = queues.listed(Asked(), sight).order_by("due_at", "pk")
    return {"count": queues.counts(Asked(), sight)[Queue.WAITING], "oldest": waiting[:5]}


@register.filter
def marked(comment: Comment) -> list[tuple[str, str]]:
    return explaining.marked(comment.body, comment.findings)


@register.filter
def changed_into(old: str, new: str) -> tuple[Segment, ...]:
    """Word by word, what a writer takes away and adds."""
    return words(old, new)


@register.filter
def findings(comment: Comment) -> list[str]:
    return explaining.sentences(comment)
