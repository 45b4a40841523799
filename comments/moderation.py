"""Who decides about a comment, what changes with a decision, and what is said when two decide at once?

Every verb: right -> state -> change -> counters -> tallies -> log, in one transaction that locks thread, then comment,
then writers. comments.batches decides about many at once, comments.undoing takes back.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from articles.models import Article, Role
from articles.rights import Grants, Person, grants_of
from comments import counting, hits, letters, proposals, reporting, tallies
from comments.conflicts import Conflict, OwnAppeal, ReasonMissing
from comments.models import Batch, Comment, CommentQuerySet, Letter, ModAction, Reason, State, Thread, Verb

ROLES: Final = (Role.MODERATOR, Role.PUBLISHER, Role.CHIEF)

# verb -> from which states, to which state
TRANSITIONS: Final[dict[Verb, tuple[tuple[State, ...], State]]] = {
    Verb.APPROVE: ((State.PENDING, State.REJECTED, State.SPAM), State.VISIBLE),
    Verb.REJECT: ((State.PENDING, State.VISIBLE, State.SPAM), State.REJECTED),
    Verb.SPAM: ((State.PENDING, State.VISIBLE, State.REJECTED), State.SPAM),
    Verb.RESTORE: ((State.VISIBLE, State.REJECTED, State.SPAM), State.PENDING),
    Verb.KEEP: ((State.VISIBLE,), State.VISIBLE),
    Verb.FEATURE: ((State.VISIBLE,), State.VISIBLE),
    Verb.UNFEATURE: ((State.VISIBLE,), State.VISIBLE),
}
COLUMNS: Final = (
    "state",
    "reason",
    "published_at",
    "featured_at",
    "reviewed_at",
    "reviewed_by_id",
)  # a verb sets them


@dataclass(frozen=True)
class Decision:
    """What a moderator wants: the reason goes to the writer, the note stays in the newsroom.

    `takes_edit`: a change that waits while the old text stands is taken over, else it is refused with the decision.
    """

    verb: Verb
    reason: str = ""
    note: str = ""
    takes_edit: bool = False
    batch: Batch | None = None


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
    """Back into the queue, for whoever looks next."""
    return decide(comment_id, version, Decision(Verb.RESTORE), by)


def keep(comment_id: int, version: int, by: Person) -> Comment:
    """It stays: whoever reported it was wrong, or nobody had looked yet."""
    return decide(comment_id, version, Decision(Verb.KEEP), by)


def decide(comment_id: int, version: int, decision: Decision, by: Person) -> Comment:
    """Carry out one decision about the comment as the moderator saw it (`version`); returns it as it then stands.

    Deciding the same twice changes nothing. Raises Comment.DoesNotExist, PermissionDenied, ReasonMissing, Conflict
    (OwnAppeal: the second look belongs to somebody else).
    """
    reason = checked_reason(decision)
    with transaction.atomic():
        comment = locked(comment_id)
        if not may_moderate(grants_of(by), comment.thread.article):
            raise PermissionDenied
        if _is_so_already(comment, decision, version):
            return comment
        earlier = tallies.standing_decision(comment.pk)
        if comment.version != version or comment.state not in TRANSITIONS[decision.verb][0]:
            raise Conflict(_last_since(comment, version))
        if _is_own_appeal(comment, earlier, by):
            raise OwnAppeal(earlier)
        _carry_out(comment, decision, reason, earlier, by)
    return comment


def _carry_out(comment: Comment, decision: Decision, reason: str, earlier: ModAction | None, by: Person) -> None:
    now, was, standing, found = timezone.now(), _columns(comment), counting.standing(comment), comment.findings
    details: dict[str, Any] = {"was": was}
    changed = _changed(comment, decision, reason, by, now)
    changed |= proposals.settle(comment, decision.takes_edit, now, details) if _settles(decision) else {}
    resolved, moved = reporting.resolve(comment, decision.verb, by, now, details)
    rows = Comment.objects.filter(pk=comment.pk, version=comment.version)
    if not rows.update(**changed, **resolved, version=F("version") + 1):
        raise Conflict(_last_since(comment, comment.version))
    comment.refresh_from_db(fields=[*changed, *resolved, "version"])
    counting.move(comment, standing)
    if decision.verb in (Verb.FEATURE, Verb.UNFEATURE) or "body" in changed:
        counting.touch(comment.thread_id)
    stood = earlier.verb if earlier else ""
    stands = decision.verb if decision.verb in tallies.DECISIVE else stood
    moved.update(tallies.moves(comment.commenter_id, stood, stands))
    tallies.carry_out(moved)
    hits.judge((found, stood), (comment.findings, stands))
    if decision.verb in (Verb.APPROVE, Verb.REJECT):
        letters.owe(Letter.Kind.DECISION, comment.commenter, comment)
    ModAction.objects.create(
        comment=comment,
        actor_id=by.pk,
        verb=decision.verb,
        before=was["state"],
        after=comment.state,
        version=comment.version,
        reason=reason,
        note=decision.note,
        details=details,
        batch=decision.batch,
        at=now,
    )


def checked_reason(decision: Decision) -> str:
    """The reason as it is stored: asked for on rejection, given for spam, none otherwise. Raises ReasonMissing."""
    if decision.verb == Verb.SPAM:
        return Reason.SPAM
    if decision.verb != Verb.REJECT:
        return ""
    if decision.reason not in Reason.values:
        raise ReasonMissing
    return decision.reason


def locked(comment_id: int) -> Comment:
    """The comment and its thread, locked in the order that everybody keeps: thread, then comment."""
    thread_id = Comment.objects.values_list("thread_id", flat=True).get(pk=comment_id)
    Thread.objects.select_for_update().get(pk=thread_id)
    rows = Comment.objects.select_related("thread__article__section__parent")
    return rows.select_for_update(of=("self",)).get(pk=comment_id)


def _is_so_already(comment: Comment, decision: Decision, version: int) -> bool:
    """Whether the decision would change nothing: somebody has decided the same."""
    if decision.verb == Verb.KEEP:
        is_kept = comment.state == State.VISIBLE and comment.reviewed_at is not None and not comment.report_count
        return is_kept and comment.version != version
    if decision.verb in (Verb.FEATURE, Verb.UNFEATURE):
        is_wanted = (comment.featured_at is not None) == (decision.verb == Verb.FEATURE)
        return is_wanted and comment.state == State.VISIBLE
    return comment.state == TRANSITIONS[decision.verb][1]


def _last_since(comment: Comment, version: int) -> ModAction | None:
    """What happened to the comment after the moderator had looked."""
    rows = comment.actions.select_related("actor")
    return rows.filter(version__gt=version).first() or rows.exclude(actor=None).first()


def _is_own_appeal(comment: Comment, earlier: ModAction | None, by: Person) -> bool:
    """Whether the writer asked for a second look at what this very person had decided."""
    return bool(comment.appealed_at and earlier and earlier.at < comment.appealed_at and earlier.actor_id == by.pk)


def _settles(decision: Decision) -> bool:
    """Whether the decision also says what becomes of a change that its writer proposed."""
    return decision.verb in (Verb.KEEP, Verb.REJECT, Verb.SPAM)


def _columns(comment: Comment) -> dict[str, Any]:
    """The columns as the log keeps them for an undo."""
    values = {name: getattr(comment, name) for name in COLUMNS}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _changed(comment: Comment, decision: Decision, reason: str, by: Person, now: datetime) -> dict[str, Any]:
    """The columns that a decision sets: into the queue, it waits for whoever looks next."""
    after = TRANSITIONS[decision.verb][1]
    featured = {Verb.FEATURE: now, Verb.UNFEATURE: None}.get(decision.verb, comment.featured_at)
    is_waiting = after == State.PENDING
    return {
        "state": after,
        "reason": reason,
        "published_at": comment.published_at or now if after == State.VISIBLE else comment.published_at,
        "featured_at": featured if after == State.VISIBLE else None,
        "reviewed_at": None if is_waiting else now,
        "reviewed_by_id": None if is_waiting else by.pk,
    }
