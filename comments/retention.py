"""What of comments is forgotten by itself, and when? The days are settings; a legal hold on the writer stops it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from comments import counting
from comments.judging import UNCONFIRMED
from comments.likes import WALK
from comments.models import (
    Comment,
    Commenter,
    CommentRevision,
    Letter,
    Like,
    ModAction,
    RankOrder,
    Report,
    State,
    Subscription,
    Verb,
)

AT_ONCE: Final = 1000  # rows in one transaction, so that nobody waits
NO_KEYS: Final = {"ip_key": "", "ip_prefix": "", "device_key": ""}
NO_WORDS: Final[dict[str, Any]] = {
    "body": "", "body_hash": "", "similarity": None, "fold": "", "author_name": "", "findings": [], "appeal": "",
}  # fmt: skip
NOBODY: Final = Concat(Value("gone-"), Cast("pk", CharField()))  # in place of a key that must stay unique
FREE: Final = Q(commenter=None) | Q(commenter__legal_hold="")


def forget(now: datetime) -> dict[str, int]:
    """Forget what is old enough; returns how many rows of each kind."""
    return {name: sum(step(now)) for name, step in STEPS.items()}


def _keys(now: datetime) -> Iterator[int]:
    """Addresses and devices, of comments, likes and reports."""
    old = now - timedelta(days=settings.COMMENT_KEYS_DAYS)
    kept = ~Q(ip_key="") | ~Q(ip_prefix="") | ~Q(device_key="")
    yield from _in_parts(Comment.objects.filter(FREE, kept, created_at__lt=old), lambda rows: rows.update(**NO_KEYS))
    likes = Like.objects.filter(created_at__lt=old).exclude(voter_key__startswith="gone-")
    yield from _in_parts(likes, lambda rows: rows.update(voter_key=NOBODY, net_key=""))
    reports = Report.objects.filter(FREE, created_at__lt=old).exclude(reporter_key__startswith="gone-")
    yield from _in_parts(reports, lambda rows: rows.update(reporter_key=NOBODY, net_key=""))


def _words(now: datetime) -> Iterator[int]:
    """The text and the name of what was turned down or taken back."""
    old = now - timedelta(days=settings.COMMENT_REFUSED_DAYS)
    refused = Comment.objects.filter(FREE, state__in=[State.REJECTED, State.SPAM, State.WITHDRAWN])
    stale = refused.annotate(since=Coalesce(F("reviewed_at"), F("created_at"))).filter(since__lt=old).exclude(body="")

    def blank(rows: QuerySet[Comment]) -> int:
        CommentRevision.objects.filter(comment__in=rows.values("pk")).delete()
        return rows.update(**NO_WORDS)

    yield from _in_parts(stale, blank)


def _unconfirmed(now: datetime) -> Iterator[int]:
    """Addresses that nobody confirmed, what waited for that, and what should have been mailed there."""
    old = now - timedelta(days=settings.COMMENT_UNCONFIRMED_DAYS)
    waiting = Comment.objects.waiting().filter(FREE, created_at__lt=old, findings__icontains=UNCONFIRMED)
    for pk in list(waiting.values_list("pk", flat=True)):
        yield _drop(pk, now)
    yield Subscription.objects.filter(commenter__confirmed_at=None, created_at__lt=old).delete()[0]
    claimed = Commenter.objects.filter(confirmed_at=None, user=None, legal_hold="", created_at__lt=old)
    yield from _in_parts(claimed.exclude(email=""), lambda rows: rows.update(email=""))


def _letters(now: datetime) -> Iterator[int]:
    old = now - timedelta(days=settings.COMMENT_LETTERS_DAYS)
    done = Letter.objects.filter(Q(sent_at__lt=old) | Q(dropped_at__lt=old))
    yield from _in_parts(done, lambda rows: rows.delete()[0])


def _orders(now: datetime) -> Iterator[int]:
    yield RankOrder.objects.filter(ended_at__lt=now - WALK).delete()[0]


STEPS: Final = {
    "keys": _keys,
    "texts": _words,
    "unconfirmed": _unconfirmed,
    "letters": _letters,
    "orders": _orders,
}


def _drop(pk: int, now: datetime) -> int:
    """A comment whose writer never confirmed the address, as if it had not been sent."""
    with transaction.atomic():
        comment = counting.locked(pk)
        if comment is None or comment.state != State.PENDING:
            return 0
        standing = counting.standing(comment)
        gone = {**NO_WORDS, **NO_KEYS, "state": State.ERASED}
        Comment.objects.filter(pk=pk).update(**gone, version=F("version") + 1)
        comment.refresh_from_db()
        counting.move(comment, standing)
        ModAction.objects.create(
            comment=comment, verb=Verb.ERASE, before=State.PENDING, after=State.ERASED, version=comment.version, at=now
        )
    return 1


def _in_parts(rows: QuerySet[Any], deed: Callable[[QuerySet[Any]], int]) -> Iterator[int]:
    """Do it to the rows, so many at a time; each time the number done."""
    model: type[Model] = rows.model
    while part := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            yield deed(model._default_manager.filter(pk__in=part))
