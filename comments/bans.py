"""Who is kept out, always checked first, or trusted; and what is blocked besides: device, network, e-mail, name?

A ban is a batch with the comments it hides, so that all of it is undone at once (comments.undoing).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from articles.models import Role
from articles.rights import Person, grants_of
from comments import batches, identity, writers
from comments.models import Batch, Block, Comment, Commenter, ModAction, ModNote, Reason, State, Verb
from comments.moderation import ROLES, Decision, in_reach
from newsroom.lib import text
from newsroom.lib.audit.models import record
from newsroom.lib.http import network

Status = Commenter.Status
FOR_DAYS: Final = (1, 7, 30, 365, 0)  # 0: for good
HIDES_DAYS: Final = (1, 7, 30)
FAR_BACK: Final = timedelta(days=30)  # devices and networks that a writer used lately
MOST_BLOCKED: Final = 10  # devices or networks of one writer

# verb -> what it makes of a writer
MAKES: Final[dict[str, dict[str, Any]]] = {
    Verb.BAN: {"status": Status.BANNED, "is_trusted": False},
    Verb.HOLD_WRITER: {"status": Status.HELD, "is_trusted": False},
    Verb.TRUST: {"status": Status.ACTIVE, "is_trusted": True},
    Verb.FREE: {"status": Status.ACTIVE, "is_trusted": False},
}


@dataclass(frozen=True)
class Measure:
    """What shall become of a writer: for so many days (0: for good), with a note for the newsroom.

    `hides_days`: comments of the last days are turned down too. `blocks`: kinds of Block for what the writer used.
    """

    verb: Verb
    days: int = 0
    note: str = ""
    hides_days: int = 0
    blocks: tuple[Block.Kind, ...] = field(default=())


@dataclass(frozen=True)
class Bar:
    """What is to be kept out, by key and in words, until a moment (None: until it is lifted)."""

    kind: Block.Kind
    value_key: str
    shown: str
    until: datetime | None = None
    reason: str = ""
    action: str = Block.Action.REFUSE
    batch: Batch | None = None


def may_judge(by: Person) -> bool:
    return grants_of(by).anywhere(*ROLES)


def take(writer_id: int, measure: Measure, by: Person) -> batches.Result:
    """Carry out a measure; the result names the comments that were turned down with it, and those that were not.

    Raises PermissionDenied, Commenter.DoesNotExist.
    """
    if not may_judge(by):
        raise PermissionDenied
    now = timezone.now()
    until = now + timedelta(days=measure.days) if measure.days else None
    with transaction.atomic():
        writer = Commenter.objects.select_for_update().get(pk=writer_id)
        batch = batches.begin(measure.verb, by, writer)
        was = {
            "status": writer.status,
            "status_until": writer.status_until and writer.status_until.isoformat(),
            "is_trusted": writer.is_trusted,
        }
        ends = until if measure.verb in (Verb.BAN, Verb.HOLD_WRITER) else None
        Commenter.objects.filter(pk=writer.pk).update(**MAKES[measure.verb], status_until=ends)
        ModAction.objects.create(
            commenter=writer, actor_id=by.pk, verb=measure.verb, note=measure.note, details={"was": was}, batch=batch
        )
        for kind in measure.blocks:
            for value, shown in _used(writer, kind, now):
                block(Bar(kind, value, shown, until, measure.note, batch=batch), by)
    result = batches.Result(batch=batch)
    if measure.hides_days:
        _hide(writer, now - timedelta(days=measure.hides_days), batch, by, result)
    return result


def _hide(writer: Commenter, since: datetime, batch: Batch, by: Person, result: batches.Result) -> None:
    rows = in_reach(grants_of(by), writer.comments.filter(state__in=(State.VISIBLE, State.PENDING)).since(since))
    seen = list(rows.order_by("thread", "pk").values_list("pk", "version"))
    decision = Decision(Verb.REJECT, Reason.OTHER, batch=batch)
    for start in range(0, len(seen), batches.MOST_AT_ONCE):
        some = seen[start : start + batches.MOST_AT_ONCE]
        result.outcomes += batches.decide_many(some, decision, by).outcomes


def block(bar: Bar, by: Person) -> Block:
    """Keep something out; what is blocked already gets the new end. Raises PermissionDenied."""
    if not may_judge(by):
        raise PermissionDenied
    values = {"action": bar.action, "expires_at": bar.until, "reason": bar.reason}
    found, is_new = Block.objects.get_or_create(
        kind=bar.kind,
        value_key=bar.value_key,
        lifted_at=None,
        defaults={**values, "shown": bar.shown[:80], "created_by_id": by.pk, "batch": bar.batch},
    )
    if not is_new:
        Block.objects.filter(pk=found.pk).update(**values)
    return found


def lift(block_id: int, by: Person) -> bool:
    """Take a block back; False when it was lifted already. Raises PermissionDenied."""
    if not may_judge(by):
        raise PermissionDenied
    return bool(Block.objects.filter(pk=block_id, lifted_at=None).update(lifted_at=timezone.now()))


def typed(kind: Block.Kind, value: str) -> tuple[str, str]:
    """The key and the words of an e-mail, a domain, a network or a name that a moderator types.

    A network is that of the address, as comments keep it. Raises ValueError for what is none.
    """
    value = text.clean_line(value)
    if kind == Block.Kind.NAME:
        return writers.name_key(value), value
    if kind == Block.Kind.EMAIL:
        _must_be_email(value)
        return identity.email_key(value), masked(value)
    if kind == Block.Kind.NETWORK:
        value = network(str(ip_network(value, strict=False).network_address))
    else:
        value = value.lower().removeprefix("@")
        _must_be_email(f"a@{value}")
    return value, value


def _must_be_email(value: str) -> None:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(value) from None


def masked(email: str) -> str:
    """An address as far as the desk may read it in a list: ng…@example.com."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:2]}…@{domain}" if name else ""


def _used(writer: Commenter, kind: Block.Kind, now: datetime) -> Iterator[tuple[str, str]]:
    """What the writer used lately of this kind: keys, and words for the desk."""
    if kind == Block.Kind.EMAIL and writer.email_key:
        yield writer.email_key, masked(writer.email)
    elif kind == Block.Kind.DOMAIN and "@" in writer.email:
        yield typed(kind, writer.email.rpartition("@")[2])
    elif kind == Block.Kind.NAME and writer.name:
        yield typed(kind, writer.name)
    elif kind in (Block.Kind.DEVICE, Block.Kind.NETWORK):
        column = "device_key" if kind == Block.Kind.DEVICE else "ip_prefix"
        rows = writer.comments.since(now - FAR_BACK).exclude(**{column: ""}).order_by(column)
        values: Iterable[str] = rows.values_list(column, flat=True).distinct()[:MOST_BLOCKED]
        for value in values:
            yield value, value if kind == Block.Kind.NETWORK else value[:8]


def hold_by_law(writer_id: int, reason: str, by: Person) -> None:
    """Nothing of this writer may be erased, for the reason given; "" ends it. The editor-in-chief alone may.

    Raises PermissionDenied.
    """
    if not grants_of(by).anywhere(Role.CHIEF):
        raise PermissionDenied
    with transaction.atomic():
        writer = Commenter.objects.select_for_update().get(pk=writer_id)
        if writer.legal_hold != reason:
            Commenter.objects.filter(pk=writer.pk).update(legal_hold=reason)
            deed = "commenter.hold" if reason else "commenter.release"
            record(deed, by=by, about=writer, label=f"#{writer.pk}", reason=reason or writer.legal_hold)


def add_note(words: str, by: Person, *, comment: Comment | None = None, writer: Commenter | None = None) -> ModNote:
    """Keep a note for the other moderators. Raises PermissionDenied."""
    if not may_judge(by):
        raise PermissionDenied
    return ModNote.objects.create(comment=comment, commenter=writer, author_id=by.pk, text=words)
