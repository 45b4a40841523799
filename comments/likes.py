"""Who likes a comment, which likes count, and how do they rank a thread? No account is needed, and none are bought.

A device likes a comment once and may take it back. Many devices of one network within an hour, and a rush from few
networks, are kept and not counted until somebody of the desk has looked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Floor, Ln
from django.utils import timezone

from articles import keys
from comments import counting, identity
from comments.models import Comment, Like, RankOrder, Thread
from newsroom.lib.http import network
from newsroom.lib.pagecache.models import bump
from newsroom.lib.pagecache.snapshot import put_off

PER_NETWORK: Final = 5  # counted likes of one network for one comment in an hour
NETWORK_WINDOW: Final = timedelta(hours=1)
RUSH_WINDOW: Final = timedelta(minutes=5)
RUSH: Final = 30  # so many likes in RUSH_WINDOW are looked at …
RUSH_SHARE: Final = 3  # … and held when each network sent so many of them
RANK_EVERY: Final = timedelta(minutes=1)
WALK: Final = timedelta(hours=1)  # so long a reader who pages through a thread keeps the order of the first page
PER_DOUBLING: Final = 100  # points for twice the likes: the first likes weigh most
PER_REPORT: Final = 100
FEATURED: Final = 1_000_000  # above everything else


class Refused(Exception):
    """The like was not taken; the kind says why."""


class NotShown(Refused):
    """The comment is not, or no longer, shown."""


class OwnComment(Refused):
    """Nobody likes what came from the same device."""


@dataclass(frozen=True)
class Liked:
    """How it stands now."""

    comment: Comment
    is_liked: bool  # by this device
    is_counted: bool = True


def toggle(comment_id: int, device: str, address: str, article_id: int | None = None) -> Liked:
    """Like a comment, or take the like back. Raises NotShown, OwnComment."""
    voter, now = identity.key("device", device), timezone.now()
    with transaction.atomic():
        comment = counting.locked(comment_id, article_id)
        if comment is None or not comment.is_shown:
            raise NotShown
        if comment.device_key == voter:
            raise OwnComment
        gone = Like.objects.filter(comment=comment, voter_key=voter).first()
        if gone is None:
            net_key = identity.key("network", network(address))
            counted = _counts(comment, net_key, now)
            Like.objects.create(comment=comment, voter_key=voter, net_key=net_key, is_counted=counted, created_at=now)
        else:
            counted = gone.is_counted
            gone.delete()
        if counted:
            _recount(comment)
    return Liked(comment, is_liked=gone is None, is_counted=counted)


def count_held(comment_id: int) -> int:
    """Count the likes that were held, the desk having looked at them; returns how many. Raises NotShown."""
    with transaction.atomic():
        comment = counting.locked(comment_id)
        if comment is None:
            raise NotShown
        number = Like.objects.filter(comment=comment, is_counted=False).update(is_counted=True)
        _recount(comment)
    return number


def show_at_once(article_id: int) -> None:
    """Make the pages with the comments stale. Else likes are seen when the pages' time is over, a minute later."""
    bump([keys.thread(article_id)])


def rank_soon(thread_id: int, now: datetime) -> None:
    """The order by likes is to be reckoned anew, at most once a minute."""
    Thread.objects.filter(pk=thread_id, rank_due_at=None).update(rank_due_at=now + RANK_EVERY)


def rank_if_due(thread: Thread, now: datetime) -> bool:
    """Reckon the ranks of a thread whose time has come; who reads the best comments calls it. True: they changed."""
    if thread.rank_due_at is None or thread.rank_due_at > now:
        return False
    if put_off(lambda: _rank(thread, now)):  # a page that may be kept is being read: the next one has the new ranks
        return False
    return _rank(thread, now)


def _rank(thread: Thread, now: datetime) -> bool:
    with transaction.atomic():
        if not Thread.objects.filter(pk=thread.pk, rank_due_at=thread.rank_due_at).update(rank_due_at=None):
            return False  # somebody else is at it
        # What is out of sight, too: it may have been the last one that somebody saw.
        all_roots = Comment.objects.roots().filter(thread=thread.pk)
        before = list(all_roots.order_by("-rank", "-pk").values_list("pk", flat=True))
        roots = all_roots.shown()
        changed = bool(roots.exclude(rank=RANK).update(rank=RANK))
        if changed:
            RankOrder.objects.create(thread=thread, round=thread.rank_round, keys=before, ended_at=now)
            RankOrder.objects.filter(thread=thread, ended_at__lt=now - WALK).delete()
            Thread.objects.filter(pk=thread.pk).update(rank_round=F("rank_round") + 1)
            bump([keys.thread(thread.pk)])
    return changed


def _counts(comment: Comment, net_key: str, now: datetime) -> bool:
    likes = Like.objects.filter(comment=comment, is_counted=True)
    if likes.filter(net_key=net_key, created_at__gt=now - NETWORK_WINDOW).count() >= PER_NETWORK:
        return False
    rush = likes.filter(created_at__gt=now - RUSH_WINDOW)
    seen = rush.aggregate(likes=Count("pk"), networks=Count("net_key", distinct=True))
    return seen["likes"] < RUSH or seen["likes"] < RUSH_SHARE * seen["networks"]


def _recount(comment: Comment) -> None:
    comment.like_count = Like.objects.filter(comment=comment, is_counted=True).count()
    Comment.objects.filter(pk=comment.pk).update(like_count=comment.like_count)
    rank_soon(comment.thread_id, timezone.now())


RANK: Final = (
    Cast(Floor(Value(float(PER_DOUBLING)) * Ln(F("like_count") + 1.0) / Ln(Value(2.0))), IntegerField())
    + Case(When(Q(featured_at__isnull=False), then=Value(FEATURED)), default=Value(0))
    - F("report_weight") * PER_REPORT
)
