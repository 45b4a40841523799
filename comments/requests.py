"""How does a person get the own data, or have it erased? Asked for by mail, done by a button behind the link in it.

Law 91/2025/QH15 and decree 356/2025 give two working days for the answer and twenty days for the deed; here both are
at once. What is left is a proof: numbers of rows and keyed hashes, nothing that names anybody.
"""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import counting, identity, letters, writers
from comments.models import (
    Block,
    Comment,
    Commenter,
    CommentRevision,
    DataRequest,
    Letter,
    Like,
    ModAction,
    ModNote,
    Report,
    State,
    Subscription,
    Verb,
)
from comments.retention import NO_KEYS, NO_WORDS, NOBODY
from newsroom.lib import text


class Done(Exception):
    """The request was carried out before."""


def ask(kind: str, email: str) -> None:
    """Note the request and send the link. Whether the address is known is told to nobody but its owner."""
    key = identity.email_key(email)
    with transaction.atomic():
        commenter = Commenter.objects.filter(email_key=key, erased_at=None).first()
        if commenter is None:
            return
        DataRequest.objects.filter(email_key=key, confirmed_at=None).delete()
        token = identity.key("request", secrets.token_hex(16))
        DataRequest.objects.create(kind=kind, email_key=key, token_hash=token)
        if not commenter.email:  # forgotten, for nobody had confirmed it; the person has just given it again
            Commenter.objects.filter(pk=commenter.pk).update(email=email)
            commenter.email = email
        letters.owe_at_once(Letter.Kind.DATA, commenter)


def open_request(pk: int | None) -> DataRequest | None:
    """The request that a link leads to, while it can be carried out."""
    return DataRequest.objects.filter(pk=pk, done_at=None, refused="").first()


def owner_of(asked: DataRequest) -> Commenter | None:
    return Commenter.objects.filter(email_key=asked.email_key, erased_at=None).first()


def close_export(asked: DataRequest, numbers: dict[str, int]) -> None:
    """The copy was handed out; its link may be used again until it is too old."""
    now = timezone.now()
    DataRequest.objects.filter(pk=asked.pk).update(confirmed_at=now, proof={**numbers, "at": now.isoformat()})


def erase(asked: DataRequest) -> DataRequest:
    """Erase text and name, or the name alone, of everything that this address sent. Raises Done.

    A legal hold refuses, and the request says so.
    """
    now, commenter = timezone.now(), owner_of(asked)
    if commenter is None or open_request(asked.pk) is None:
        raise Done
    if commenter.legal_hold:
        DataRequest.objects.filter(pk=asked.pk).update(confirmed_at=now, refused=commenter.legal_hold)
        asked.refresh_from_db()
        return asked
    keeps_text = asked.kind == DataRequest.Kind.ANONYMISE
    proof: dict[str, Any] = {"comments": 0}
    threads = Comment.objects.filter(commenter=commenter).values_list("thread_id", flat=True)
    for thread_id in sorted(set(threads)):
        proof["comments"] += _erase_in_thread(commenter, thread_id, now, keeps_text=keeps_text)
    with transaction.atomic():
        proof |= _erase_person(commenter, now)
        DataRequest.objects.filter(pk=asked.pk).update(confirmed_at=now, done_at=now, proof=proof)
    asked.refresh_from_db()
    return asked


def _erase_in_thread(commenter: Commenter, thread_id: int, now: datetime, *, keeps_text: bool) -> int:
    """One transaction for a story: its counters are right at every moment."""
    with transaction.atomic():
        rows = Comment.objects.filter(commenter=commenter, thread=thread_id).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        for pk in keys:
            comment = counting.locked(pk)
            if comment is not None:
                _forget_devices(comment.device_key)
                _erase_one(comment, now, keeps_text=keeps_text)
        CommentRevision.objects.filter(comment__in=keys).delete()
        ModNote.objects.filter(comment__in=keys).delete()
        Report.objects.filter(comment__in=keys).update(note="")
        counting.touch(thread_id)
    return len(keys)


def _erase_one(comment: Comment, now: datetime, *, keeps_text: bool) -> None:
    standing, before = counting.standing(comment), comment.state
    changed: dict[str, Any] = {**NO_KEYS, "appeal": "", "findings": []}
    if keeps_text:
        changed |= {"author_name": _("Reader"), "commenter": None, "fold": text.fold(comment.body)}
    else:
        changed |= {**NO_WORDS, "state": State.ERASED, "featured_at": None, "commenter": None}
    Comment.objects.filter(pk=comment.pk).update(**changed, version=F("version") + 1)
    comment.refresh_from_db()
    counting.move(comment, standing)
    ModAction.objects.create(
        comment=comment, verb=Verb.ERASE, before=before, after=comment.state, version=comment.version, at=now
    )


def _forget_devices(device_key: str) -> None:
    if device_key:
        Like.objects.filter(voter_key=device_key).update(voter_key=NOBODY, net_key="")
        Report.objects.filter(reporter_key=device_key).update(reporter_key=NOBODY, net_key="", note="", commenter=None)


def _erase_person(commenter: Commenter, now: datetime) -> dict[str, int]:
    """The row stays for the log's sake, and says nothing any more."""
    named = Q(kind=Block.Kind.EMAIL, value_key=commenter.email_key)
    named |= Q(kind=Block.Kind.NAME, value_key=writers.name_key(commenter.name))
    Block.objects.filter(named).update(shown="", reason="")
    Report.objects.filter(commenter=commenter).update(note="", commenter=None)
    numbers = {
        "subscriptions": Subscription.objects.filter(commenter=commenter).delete()[0],
        "letters": Letter.objects.filter(commenter=commenter).delete()[0],
        "notes": ModNote.objects.filter(commenter=commenter).delete()[0],
    }
    gone = {"name": "", "email": "", "email_key": None, "confirmed_at": None, "user": None, "erased_at": now}
    Commenter.objects.filter(pk=commenter.pk).update(**gone)
    return numbers
