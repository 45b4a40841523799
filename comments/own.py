"""What may writers do with their own comments? Change and withdraw them at first, ask for a second look once."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from articles.models import Publication
from comments import counting, hits, identity
from comments.judging import UNCONFIRMED, Circumstances, ask_outside, judge
from comments.models import Comment, Commenter, CommentQuerySet, CommentRevision, ModAction, State, Verb
from comments.policy import policy_of, rules_of
from comments.posting import text_hash
from comments.screening import Finding
from newsroom.lib import text

WINDOW: Final = timedelta(minutes=5)


class Refused(Exception):
    """It cannot be done with the comment as it stands now."""


@dataclass(frozen=True)
class Owner:
    """What a browser can show: its device, and the commenter whose address was confirmed in it."""

    device: str
    writer: int | None = None


def comments_of(owner: Owner) -> CommentQuerySet:
    """What was sent from this browser, or by the writer who confirmed the address in it."""
    mine = Q(pk=None)
    if owner.device:
        mine |= Q(device_key=identity.key("device", owner.device))
    if owner.writer:
        mine |= Q(commenter=owner.writer, commenter__confirmed_at__isnull=False)
    return Comment.objects.filter(mine)


def may_edit(comment: Comment, now: datetime) -> bool:
    return comment.state in (State.PENDING, State.VISIBLE) and now < comment.created_at + WINDOW


def may_withdraw(comment: Comment, now: datetime) -> bool:
    """While it waits, or shortly after it was sent."""
    return comment.state == State.PENDING or may_edit(comment, now)


def may_appeal(comment: Comment) -> bool:
    """Once, for what a moderator turned down."""
    turned_down = comment.state == State.REJECTED or (comment.state == State.SPAM and comment.reason != "")
    return turned_down and comment.appealed_at is None


def edit(comment_id: int, owner: Owner, body: str) -> Comment:
    """Change the text. What screening would hold waits as a proposed version, which the desk settles
    with its decision, while the old text stands.

    Raises Comment.DoesNotExist, Refused.
    """
    now = timezone.now()
    seen = comments_of(owner).get(pk=comment_id)
    remote = ask_outside(seen.thread_id, seen.author_name, body)
    with transaction.atomic():
        comment = _own(comment_id, owner)
        if not may_edit(comment, now):
            raise Refused
        if body == comment.body:
            return comment
        changed = copy(comment)
        changed.body, changed.body_hash = body, text_hash(body)
        state, findings = judge(changed, _around(comment, owner, remote), now)
        hits.count(findings)
        standing = counting.standing(comment)
        if comment.state == State.VISIBLE and state != State.VISIBLE:
            _propose(comment, changed, now)
        else:
            _replace(comment, changed, State.SPAM if state == State.SPAM else State(comment.state), now)
        counting.move(comment, standing)
    return comment


def withdraw(comment_id: int, owner: Owner) -> Comment:
    """Take it back. Raises Comment.DoesNotExist, Refused."""
    now = timezone.now()
    with transaction.atomic():
        comment = _own(comment_id, owner)
        if comment.state == State.WITHDRAWN:
            return comment
        if not may_withdraw(comment, now):
            raise Refused
        _settle_proposals(comment, CommentRevision.State.REPLACED)
        _set(comment, Verb.WITHDRAW, {"state": State.WITHDRAWN, "featured_at": None}, now)
    return comment


def appeal(comment_id: int, owner: Owner, words: str) -> Comment:
    """Ask for a second look, by another moderator than the one who decided: the log names that one.

    Raises Comment.DoesNotExist, Refused.
    """
    now = timezone.now()
    with transaction.atomic():
        comment = _own(comment_id, owner)
        if not may_appeal(comment):
            raise Refused
        asked = {"state": State.PENDING, "appealed_at": now, "appeal": words, "reviewed_at": None, "due_at": now}
        asked |= {"reason": "", "reviewed_by": None}
        _set(comment, Verb.APPEAL, asked, now)
    return comment


def confirm(commenter_id: int) -> Commenter:
    """The address is the commenter's; what only waited for that goes on its way. Raises Commenter.DoesNotExist."""
    now = timezone.now()
    commenter = Commenter.objects.get(pk=commenter_id)
    Commenter.objects.filter(pk=commenter_id, confirmed_at=None).update(confirmed_at=now)
    for pk in awaiting(commenter).values_list("pk", flat=True):
        with transaction.atomic():
            comment = counting.locked(pk)
            if comment is None or comment.state != State.PENDING:
                continue
            state, _findings = judge(comment, _around(comment, Owner("", commenter_id)), now)
            released = {"findings": comment.findings, "due_at": now}
            if state == State.VISIBLE:
                released |= {"state": state, "published_at": comment.published_at or now}
            _set(comment, Verb.EDIT if state != State.VISIBLE else Verb.APPROVE, released, now)
    return commenter


def awaiting(commenter: Commenter) -> CommentQuerySet:
    """Comments that wait for the confirmation of the address."""
    rows = Comment.objects.waiting().filter(commenter=commenter, due_at__gt=timezone.now())
    return rows.filter(findings__icontains=UNCONFIRMED)


def _own(comment_id: int, owner: Owner) -> Comment:
    if not comments_of(owner).filter(pk=comment_id).exists():
        raise Comment.DoesNotExist
    comment = counting.locked(comment_id)
    if comment is None:
        raise Comment.DoesNotExist
    return comment


def _around(comment: Comment, owner: Owner, remote: Iterable[Finding] = ()) -> Circumstances:
    article = comment.thread.article
    rules = rules_of(article)
    return Circumstances(policy_of(article, Publication.current(), rules), rules, writer=owner.writer, remote=remote)


def _propose(comment: Comment, changed: Comment, now: datetime) -> None:
    _settle_proposals(comment, CommentRevision.State.REPLACED)
    _keep(comment, changed.body, CommentRevision.State.PROPOSED, changed.findings)
    _write(comment, {"reviewed_at": None, "due_at": now}, now)


def _replace(comment: Comment, changed: Comment, state: State, now: datetime) -> None:
    _keep(comment, comment.body, CommentRevision.State.REPLACED, comment.findings)
    new_text = {
        "body": changed.body,
        "body_hash": changed.body_hash,
        "fold": text.fold(f"{comment.author_name} {changed.body}"),
        "similarity": changed.similarity,
        "findings": changed.findings,
        "edited_at": now,
        "reviewed_at": None,
        "state": state,
    }
    _write(comment, new_text, now)
    if comment.is_shown:
        counting.touch(comment.thread_id)


def _keep(comment: Comment, body: str, state: str, findings: Any) -> None:
    last = CommentRevision.objects.filter(comment=comment).aggregate(last=Max("number"))["last"] or 0
    CommentRevision.objects.create(comment=comment, number=last + 1, body=body, state=state, findings=findings)


def _settle_proposals(comment: Comment, state: str) -> None:
    CommentRevision.objects.filter(comment=comment, state=CommentRevision.State.PROPOSED).update(state=state)


def _set(comment: Comment, verb: Verb, changed: dict[str, Any], now: datetime) -> None:
    """Change a comment, move the counters and log it."""
    standing = counting.standing(comment)
    _write(comment, changed, now, verb)
    counting.move(comment, standing)


def _write(comment: Comment, changed: dict[str, Any], now: datetime, verb: Verb = Verb.EDIT) -> None:
    before = comment.state
    Comment.objects.filter(pk=comment.pk).update(**changed, version=F("version") + 1)
    comment.refresh_from_db(fields=[*changed, "version"])
    ModAction.objects.create(
        comment=comment, verb=verb, before=before, after=comment.state, version=comment.version, at=now
    )
