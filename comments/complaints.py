"""What do reports of readers do? Weighed, they hide an unseen comment or bring a seen one back to the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from comments import counting, holding, identity, likes
from comments.models import Comment, Commenter, ModAction, Report, State, Verb
from comments.policy import rules_of
from newsroom.lib.http import network

HIDE_AT: Final = 5  # weight of open reports that hides a comment no moderator has looked at
REOPEN_AT: Final = 3  # … that brings one back that a moderator has left standing
SOONER: Final = timedelta(minutes=15)  # a point of weight moves a comment forward in the queue by so much
FEWEST: Final = 4  # decided reports that say something of who made them
POOR: Final = 0.3  # less than this share of them was right: such reports weigh nothing
GOOD: Final = 0.7  # … and from here they weigh more


class Refused(Exception):
    """The report was not taken; the kind says why."""


class NotShown(Refused):
    """The comment is not, or no longer, shown."""


class OwnComment(Refused):
    """It came from the same device: its writer may withdraw it."""


@dataclass(frozen=True)
class Complained:
    """What the reader says is wrong."""

    reason: str
    note: str = ""


@dataclass(frozen=True)
class Sender:
    device: str
    address: str
    writer: int | None = None  # the commenter whose address was confirmed in this browser


def report(comment_id: int, complained: Complained, sender: Sender) -> Report:
    """Keep a report, once for a device, and let it have its effect. Raises NotShown, OwnComment."""
    reporter, now = identity.key("device", sender.device), timezone.now()
    with transaction.atomic():
        comment = counting.locked(comment_id)
        if comment is None or not comment.is_shown:
            raise NotShown
        if comment.device_key == reporter:
            raise OwnComment
        before = Report.objects.filter(comment=comment, reporter_key=reporter).first()
        if before is not None:
            return before
        made = _stored(comment, complained, sender, reporter)
        _take_effect(comment, made, now)
        holding.review(comment.thread, rules_of(comment.thread.article), now)
    return made


def standing_of(comment: Comment) -> dict[str, int]:
    """What the two numbers of a comment must say: how many reports are open, and how much they weigh."""
    found = Report.objects.filter(comment=comment, state=Report.State.OPEN).aggregate(n=Count("pk"), sum=Sum("weight"))
    return {"report_count": found["n"], "report_weight": found["sum"] or 0}


def _stored(comment: Comment, complained: Complained, sender: Sender, reporter: str) -> Report:
    net_key = identity.key("network", network(sender.address))
    writer = Commenter.objects.filter(pk=sender.writer, confirmed_at__isnull=False).first() if sender.writer else None
    same = Report.objects.filter(comment=comment, state=Report.State.OPEN, net_key=net_key, weight__gt=0)
    repeated = bool(net_key) and same.exists()  # many devices behind one address weigh once
    return Report.objects.create(
        comment=comment,
        reporter_key=reporter,
        net_key=net_key,
        commenter=writer,
        reason=complained.reason,
        note=complained.note,
        weight=0 if repeated else _weight(writer, reporter),
    )


def _weight(writer: Commenter | None, reporter: str) -> int:
    """1 for somebody unknown; less and more for whom the desk has found wrong or right."""
    seen = Report.objects.filter(reporter_key=reporter).aggregate(
        right=Count("pk", filter=Q(state=Report.State.UPHELD)),
        wrong=Count("pk", filter=Q(state=Report.State.DISMISSED)),
    )
    right = max(seen["right"], writer.upheld_count if writer else 0)
    wrong = max(seen["wrong"], writer.dismissed_count if writer else 0)
    if right + wrong >= FEWEST and right < POOR * (right + wrong):
        return 0
    is_good = right + wrong >= FEWEST and right >= GOOD * (right + wrong)
    return 1 + int(is_good) + int(writer is not None and writer.is_trusted)


def _take_effect(comment: Comment, made: Report, now: datetime) -> None:
    standing, numbers = counting.standing(comment), standing_of(comment)
    changed: dict[str, Any] = {**numbers, "due_at": F("due_at") - SOONER * made.weight}
    verb, state = None, comment.state
    if comment.reviewed_at is None and numbers["report_weight"] >= HIDE_AT:
        verb, state = Verb.HIDE, State.PENDING
        changed |= {"state": state, "featured_at": None}
    elif comment.reviewed_at is not None and numbers["report_weight"] >= REOPEN_AT and made.weight:
        verb = Verb.REOPEN
        changed |= {"reviewed_at": None}
    if verb:
        changed["version"] = F("version") + 1
    before = comment.state
    Comment.objects.filter(pk=comment.pk).update(**changed)
    comment.refresh_from_db(fields=list(changed))
    counting.move(comment, standing)
    likes.rank_soon(comment.thread_id, now)
    if verb:
        told = {"before": before, "after": state, "version": comment.version, "at": now}
        ModAction.objects.create(comment=comment, verb=verb, **told)
