"""What becomes of a change that its writer proposed while the old text of a comment stands?"""

from datetime import datetime
from typing import Any

from django.db.models import Max

from comments import identity
from comments.models import Comment, CommentRevision
from comments.screening import likeness
from newsroom.lib import text

State = CommentRevision.State


def settle(comment: Comment, is_taken: bool, now: datetime, details: dict[str, Any]) -> dict[str, Any]:
    """Take the proposed text over, or refuse it; returns the columns that change. `details` gets what an undo needs.

    Nothing changes without a proposal.
    """
    proposed = comment.revisions.filter(state=State.PROPOSED).order_by("-number").first()
    if proposed is None:
        return {}
    proposed.state = State.TAKEN if is_taken else State.REFUSED
    proposed.save(update_fields=["state"])
    details["edit"] = {"number": proposed.number, "taken": is_taken}
    if not is_taken:
        return {}
    number = (comment.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    details["edit"]["kept"] = number
    details["edit"]["edited_at"] = comment.edited_at and comment.edited_at.isoformat()
    comment.revisions.create(
        number=number, body=comment.body, findings=comment.findings, state=State.REPLACED, created_at=now
    )
    return {**_text(comment, proposed), "edited_at": now}


def unsettle(comment: Comment, settled: dict[str, Any]) -> dict[str, Any]:
    """Take back what `settle` wrote into the log: the old text stands again, the new one waits."""
    comment.revisions.filter(number=settled["number"]).update(state=State.PROPOSED)
    if not settled["taken"]:
        return {}
    kept = comment.revisions.get(number=settled["kept"])
    changed = {**_text(comment, kept), "edited_at": settled["edited_at"]}
    kept.delete()
    return changed


def _text(comment: Comment, revision: CommentRevision) -> dict[str, Any]:
    return {
        "body": revision.body,
        "body_hash": identity.key("text", text.identity(revision.body)),
        "similarity": likeness.similarity(revision.body),
        "fold": text.fold(f"{comment.author_name} {revision.body}"),
        "findings": revision.findings,
    }
