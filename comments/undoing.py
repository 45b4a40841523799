"""How is a decision taken back, within a day: of one comment, of a batch, of a ban with what it hid?

What nobody has touched since stands as before, with counters and tallies; the rest is named. The log keeps both.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.rights import Person, grants_of
from comments import counting, hits, proposals, reporting, tallies
from comments.conflicts import Conflict
from comments.models import Batch, Block, Comment, Commenter, ModAction, Verb
from comments.moderation import ROLES, locked, may_moderate

WITHIN: Final = timedelta(hours=24)
UNDONE_NEVER: Final = (Verb.POST, Verb.UNDO, Verb.EDIT, Verb.WITHDRAW, Verb.APPEAL, Verb.HIDE, Verb.REOPEN, Verb.ERASE)


class TooLate(Conflict):
    """A day has passed."""

    def sentence(self) -> str:
        return _("It can be undone within 24 hours only.")


class ChangedSince(Conflict):
    """Something else happened to it after the decision."""

    def sentence(self) -> str:
        return _("It has changed since, and stays as it is.")


@dataclass
class Undone:
    """What came of an undo: the comments that stand as before, and why others (None: the writer) do not."""

    comments: list[int] = field(default_factory=list)
    problems: list[tuple[int | None, str]] = field(default_factory=list)


def last_deed(by: Person) -> ModAction | None:
    """What this person did last, if it can still be undone."""
    rows = ModAction.objects.filter(actor=by.pk, at__gt=timezone.now() - WITHIN, undone_by=None)
    return rows.exclude(verb__in=UNDONE_NEVER).select_related("batch", "comment", "commenter").first()


def undo_deed(deed: ModAction, by: Person) -> Undone:
    """Undo an action, together with the batch it belongs to."""
    if deed.batch is not None:
        return undo_batch(deed.batch, by)
    undone = Undone()
    _try(deed, by, undone)
    return undone


def undo_comment(comment_id: int, by: Person) -> Comment:
    """Undo the decision that a comment stands by. Raises Conflict when there is none, PermissionDenied."""
    rows = ModAction.objects.filter(comment=comment_id).exclude(verb=Verb.UNDO)
    action = rows.filter(undone_by=None).order_by("-version", "-pk").first()
    if action is None or action.verb in UNDONE_NEVER:
        raise Conflict(None)
    return undo(action.pk, by)


def undo(action_id: int, by: Person) -> Comment:
    """Put a comment back to where it stood before a decision; undoing twice changes nothing.

    Raises ModAction.DoesNotExist, PermissionDenied, TooLate, ChangedSince.
    """
    deed = ModAction.objects.exclude(verb__in=UNDONE_NEVER).get(pk=action_id, comment__isnull=False)
    with transaction.atomic():
        comment = locked(deed.comment_id or 0)
        if not may_moderate(grants_of(by), comment.thread.article):
            raise PermissionDenied
        if ModAction.objects.filter(undoes=deed).exists():
            return comment
        now = timezone.now()
        if deed.at <= now - WITHIN:
            raise TooLate(deed)
        earlier = tallies.standing_decision(comment.pk)
        before, standing, found = comment.state, counting.standing(comment), comment.findings
        changed, moved = _as_before(comment, deed.details)
        rows = Comment.objects.filter(pk=comment.pk, version=deed.version)
        if not rows.update(**changed, version=F("version") + 1):
            raise ChangedSince(deed)
        comment.refresh_from_db(fields=[*changed, "version"])
        counting.move(comment, standing)
        counting.touch(comment.thread_id)
        ModAction.objects.create(
            comment=comment,
            actor_id=by.pk,
            verb=Verb.UNDO,
            before=before,
            after=comment.state,
            version=comment.version,
            undoes=deed,
            batch=None,
            at=now,
        )
        stood, stands = _verb(earlier), _verb(tallies.standing_decision(comment.pk))
        moved.update(tallies.moves(comment.commenter_id, stood, stands))
        tallies.carry_out(moved)
        hits.judge((found, stood), (comment.findings, stands))
    return comment


def _verb(decision: ModAction | None) -> str:
    return decision.verb if decision else ""


def _as_before(comment: Comment, details: dict[str, Any]) -> tuple[dict[str, Any], tallies.Moves]:
    changed, moved = dict(details["was"]), tallies.Moves()
    if "edit" in details:
        changed |= proposals.unsettle(comment, details["edit"])
    if "reports" in details:
        counts, moved = reporting.reopen(details["reports"])
        changed |= counts
    return changed, moved


def undo_batch(batch: Batch, by: Person) -> Undone:
    """Undo every decision of a batch, and a ban that came with it; each comment for itself.

    Raises PermissionDenied, TooLate.
    """
    undone = Undone()
    if batch.at <= timezone.now() - WITHIN:
        raise TooLate(None)
    for deed in batch.actions.filter(undone_by=None).order_by("pk"):
        _try(deed, by, undone)
    _lift_blocks(batch, by)
    Batch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=timezone.now())
    return undone


def undo_of_writer(action_id: int, by: Person) -> Commenter:
    """Put a writer back to where they stood before a ban and the like; undoing twice changes nothing.

    Raises PermissionDenied, TooLate, ChangedSince.
    """
    deed = ModAction.objects.exclude(verb__in=UNDONE_NEVER).get(pk=action_id, comment=None)
    if not grants_of(by).anywhere(*ROLES):
        raise PermissionDenied
    with transaction.atomic():
        writer = Commenter.objects.select_for_update().get(pk=deed.commenter_id)
        if ModAction.objects.filter(undoes=deed).exists():
            return writer
        if deed.at <= timezone.now() - WITHIN:
            raise TooLate(deed)
        newer = ModAction.objects.filter(commenter=writer, comment=None, pk__gt=deed.pk, undone_by=None)
        if newer.exclude(verb=Verb.UNDO).exists():
            raise ChangedSince(deed)
        Commenter.objects.filter(pk=writer.pk).update(**deed.details["was"])
        ModAction.objects.create(commenter=writer, actor_id=by.pk, verb=Verb.UNDO, undoes=deed)
        writer.refresh_from_db()
    return writer


def _lift_blocks(batch: Batch, by: Person) -> None:
    Block.objects.filter(batch=batch, lifted_at=None).update(lifted_at=timezone.now())


def _try(deed: ModAction, by: Person, undone: Undone) -> None:
    try:
        if deed.comment_id is None:
            undo_of_writer(deed.pk, by)
        else:
            undone.comments.append(undo(deed.pk, by).pk)
    except Conflict as conflict:
        undone.problems.append((deed.comment_id, conflict.sentence()))
    except PermissionDenied:
        undone.problems.append((deed.comment_id, _("This is not one of your sections.")))
