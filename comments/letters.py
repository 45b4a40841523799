"""Which letters go to commenters, and when? Rows first, mail afterwards: a broken mail server loses none.

A deed owes a letter in its own transaction. `manage.py send_letters` sends what is due, every minute; what somebody is
waiting for goes out right after the commit. What a letter says is made when it is sent: comments.composing.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from comments import composing
from comments.composing import Later
from comments.models import Comment, Commenter, Letter, Subscription
from newsroom.lib import mail

# Pauses before the next try; after the last one the letter is dropped.
PAUSES: Final = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440)]
UNDO_TIME: Final = timedelta(minutes=10)  # what a moderator takes back at once is never told
CONFIRM_AGAIN: Final = timedelta(minutes=10)  # a second request sooner sends no second letter
AT_ONCE: Final = 200  # letters of one run


def owe(kind: Letter.Kind, commenter: Commenter | None, comment: Comment | None = None) -> Letter | None:
    """Owe a letter, in the transaction of the deed that it tells of; None when there is nobody to write to.

    Call it for each deed: what is no longer true when the letter is sent (a decision taken back, an address never
    confirmed) is dropped then, and a letter of the same kind about the same comment that has not left yet stands for
    both. Only Kind.CONFIRM and Kind.DATA go to an address that nobody has confirmed.
    """
    if commenter is None or not commenter.email:
        return None
    about: dict[str, Any] = {"kind": kind, "commenter": commenter, "comment": comment}
    if kind in (Letter.Kind.REPLY, Letter.Kind.THANKS):  # once and for all
        return Letter.objects.get_or_create(**about)[0]
    open_ones = Letter.objects.filter(**about, sent_at=None, dropped_at=None)
    if kind == Letter.Kind.CONFIRM:
        open_ones = Letter.objects.filter(**about, created_at__gt=timezone.now() - CONFIRM_AGAIN)
    after = UNDO_TIME if kind == Letter.Kind.DECISION else timedelta()
    return open_ones.first() or Letter.objects.create(**about, due_at=timezone.now() + after)


def owe_at_once(kind: Letter.Kind, commenter: Commenter, comment: Comment | None = None) -> None:
    """Owe a letter that somebody waits for: it leaves right after the commit, or with the next run."""
    letter = owe(kind, commenter, comment)
    if letter is not None and letter.tries == 0:
        pk = letter.pk
        transaction.on_commit(lambda: _send_aside(pk))


def owe_of_reply(reply: Comment) -> None:
    """Tell whoever wants to hear of answers to the comments above: the letters wait until the reply is shown."""
    above = Q(comment=reply.root_id) | Q(comment=reply.parent_id)
    wanted = Subscription.objects.filter(above, ended_at=None).select_related("commenter")
    for subscription in wanted.exclude(commenter=reply.commenter_id):
        owe(Letter.Kind.REPLY, subscription.commenter, reply)


def send_due(now: datetime | None = None) -> int:
    """Send what is due; returns how many letters left. Safe in parallel: each letter is claimed first."""
    due = Letter.objects.filter(sent_at=None, dropped_at=None, due_at__lte=now or timezone.now())
    return sum(_send(pk) for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]))


def _send(pk: int) -> bool:
    letter = _claimed(pk)
    if letter is None:
        return False
    message = _composed(letter)
    if message is None or not mail.send(message.message):
        return False
    Letter.objects.filter(pk__in=message.covers).update(sent_at=timezone.now())
    return True


def _send_aside(pk: int) -> None:
    """Compose here, send in a thread. It counts as sent; if the server does not take it, the next run tries again."""
    letter = _claimed(pk)
    message = _composed(letter) if letter else None
    if message is None:
        return
    Letter.objects.filter(pk__in=message.covers).update(sent_at=timezone.now())

    def errand() -> None:
        if not mail.send(message.message):
            Letter.objects.filter(pk__in=message.covers).update(sent_at=None)
            connection.close()

    mail.hand_over(errand)


def _claimed(pk: int) -> Letter | None:
    """The letter, if it is due and nobody else is at it; the next try is set already, should this one die."""
    now = timezone.now()
    open_ones = Letter.objects.filter(pk=pk, sent_at=None, dropped_at=None)
    letter = open_ones.filter(due_at__lte=now).select_related("commenter", "comment__thread__article").first()
    if letter is None:
        return None
    if letter.tries >= len(PAUSES):
        open_ones.update(dropped_at=now)
        return None
    again = now + PAUSES[letter.tries]
    claimed = open_ones.filter(tries=letter.tries, due_at=letter.due_at).update(tries=F("tries") + 1, due_at=again)
    return letter if claimed else None


def _composed(letter: Letter) -> composing.Message | None:
    """What to send; a letter that is too early is put back, one that is no longer true is dropped."""
    try:
        return composing.compose(letter)
    except Later as later:
        Letter.objects.filter(pk=letter.pk).update(due_at=later.at, tries=letter.tries)
    except composing.Untrue:
        Letter.objects.filter(pk=letter.pk).update(dropped_at=timezone.now())
    return None
