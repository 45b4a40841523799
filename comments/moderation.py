"""Who decides about a comment, what changes with a decision, and what is said when two decide at once?

Every verb: right -> state -> change -> counters -> log, in one transaction that locks thread, then comment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Role
from articles.rights import Grants, Person, grants_of
from comments import counting
from comments.models import Comment, CommentQuerySet, ModAction, Reason, State, Thread, Verb
from newsroom.lib import dates
from newsroom.lib.people import full_name

ROLES: Final = (Role.MODERATOR, Role.PUBLISHER, Role.CHIEF)

# verb -> from which states, to which state
TRANSITIONS: Final[dict[Verb, tuple[tuple[State, ...], State]]] = {
    Verb.APPROVE: ((State.PENDING, State.REJECTED, State.SPAM), State.VISIBLE),
    Verb.REJECT: ((State.PENDING, State.VISIBLE, State.SPAM), State.REJECTED),
    Verb.SPAM: ((State.PENDING, State.VISIBLE, State.REJECTED), State.SPAM),
    Verb.RESTORE: ((State.VISIBLE, State.REJECTED, State.SPAM), State.PENDING),
}


class Conflict(Exception):
    """Somebody else decided first, or the comment is in a state where the verb means nothing."""

    def __init__(self, action: ModAction | None) -> None:
        self.action = action
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """For people: “Lan: đã duyệt, 12 giây trước”."""
        if self.action is None or self.action.actor is None:
            return _("This cannot be done with the comment as it stands now.")
        return _("%(who)s was quicker: %(verb)s, %(when)s.") % {
            "who": full_name(self.action.actor),
            "verb": self.action.get_verb_display(),
            "when": dates.ago(self.action.at, timezone.now()),
        }


class ReasonMissing(Exception):
    """A comment is never rejected without a reason that its writer can read."""


@dataclass(frozen=True)
class Decision:
    """What a moderator wants: the reason goes to the writer, the note stays in the newsroom."""

    verb: Verb
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one comment of many: `problem` is "" when it was done."""

    comment_id: int
    problem: str = ""


def may_moderate(grants: Grants, article: Article) -> bool:
    return any(grants.has(role, article.section) for role in ROLES)


def in_reach(grants: Grants, comments: CommentQuerySet) -> CommentQuerySet:
    """The comments that a member of staff with these roles may decide about."""
    sections = grants.sections_as(*ROLES)
    if sections is None:
        return comments
    if not sections:
        return comments.none()
    section, parent = "thread__article__section__in", "thread__article__section__parent__in"
    return comments.filter(Q(**{section: sections}) | Q(**{parent: sections}))


def approve(comment_id: int, version: int, by: Person) -> Comment:
    """Show it to readers."""
    return decide(comment_id, version, Decision(Verb.APPROVE), by)


def reject(comment_id: int, version: int, by: Person, reason: str, note: str = "") -> Comment:
    """Turn it down; the writer reads the reason."""
    return decide(comment_id, version, Decision(Verb.REJECT, reason, note), by)


def mark_spam(comment_id: int, version: int, by: Person) -> Comment:
    return decide(comment_id, version, Decision(Verb.SPAM), by)


def restore(comment_id: int, version: int, by: Person) -> Comment:
    """Undo the decision: back into the queue."""
    return decide(comment_id, version, Decision(Verb.RESTORE), by)


def decide(comment_id: int, version: int, decision: Decision, by: Person) -> Comment:
    """Carry out one decision about the comment as the moderator saw it (`version`); returns it as it then stands.

    Deciding the same twice changes nothing. Raises Comment.DoesNotExist, PermissionDenied, ReasonMissing, Conflict.
    """
    reason = _checked_reason(decision)
    before_states, after = TRANSITIONS[decision.verb]
    with transaction.atomic():
        comment = _locked(comment_id)
        if not may_moderate(grants_of(by), comment.thread.article):
            raise PermissionDenied
        if comment.state == after:
            return comment
        before, standing, now = comment.state, counting.standing(comment), timezone.now()
        rows = Comment.objects.filter(pk=comment.pk, version=version, state__in=before_states)
        changed = _changed(comment, after, by, now)
        if not rows.update(**changed, reason=reason, version=F("version") + 1):
            raise Conflict(comment.actions.select_related("actor").exclude(actor=None).first())
        comment.refresh_from_db(fields=[*changed, "reason", "version"])
        counting.move(comment, standing)
        ModAction.objects.create(
            comment=comment,
            actor_id=by.pk,
            verb=decision.verb,
            before=before,
            after=after,
            version=comment.version,
            reason=reason,
            note=decision.note,
            at=now,
        )
    return comment


def decide_many(seen: Iterable[tuple[int, int]], decision: Decision, by: Person) -> list[Outcome]:
    """One decision about many comments, given as (id, version seen); each for itself, so one refusal stops no other.

    Raises ReasonMissing before anything is done.
    """
    _checked_reason(decision)
    outcomes = []
    for comment_id, version in seen:
        problem = ""
        try:
            decide(comment_id, version, decision, by)
        except Conflict as conflict:
            problem = conflict.sentence()
        except PermissionDenied:
            problem = _("This is not one of your sections.")
        except Comment.DoesNotExist:
            problem = _("There is no such comment.")
        outcomes.append(Outcome(comment_id, problem))
    return outcomes


def _checked_reason(decision: Decision) -> str:
    """The reason as it is stored: asked for on rejection, given for spam, none otherwise."""
    if decision.verb == Verb.SPAM:
        return Reason.SPAM
    if decision.verb != Verb.REJECT:
        return ""
    if decision.reason not in Reason.values:
        raise ReasonMissing
    return decision.reason


def _locked(comment_id: int) -> Comment:
    """The comment and its thread, locked in the order that everybody keeps: thread, then comment."""
    thread_id = Comment.objects.values_list("thread_id", flat=True).get(pk=comment_id)
    Thread.objects.select_for_update().get(pk=thread_id)
    rows = Comment.objects.select_related("thread__article__section__parent")
    return rows.select_for_update(of=("self",)).get(pk=comment_id)


def _changed(comment: Comment, after: State, by: Person, now: datetime) -> dict[str, Any]:
    """The columns that a decision sets: into the queue, it waits for whoever looks next."""
    looked: dict[str, Any] = {"reviewed_at": None, "reviewed_by": None}
    if after != State.PENDING:
        looked = {"reviewed_at": now, "reviewed_by": by}
    return {
        "state": after,
        "published_at": comment.published_at or now if after == State.VISIBLE else comment.published_at,
        "featured_at": comment.featured_at if after == State.VISIBLE else None,
        **looked,
    }
