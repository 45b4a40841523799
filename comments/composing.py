"""What does a letter to a commenter say, and is it still true when it is sent?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Publication
from comments import links
from comments.links import Purpose
from comments.models import Comment, DataRequest, Letter, State, Subscription
from newsroom.lib import mail

TEMPLATES: Final = {
    Letter.Kind.CONFIRM: "mail/comments/confirm.txt",
    Letter.Kind.REPLY: "mail/comments/reply.txt",
    Letter.Kind.DECISION: "mail/comments/decision.txt",
    Letter.Kind.THANKS: "mail/comments/thanks.txt",
    Letter.Kind.DATA: "mail/comments/data.txt",
}
REPLIES_EVERY: Final = timedelta(hours=1)  # to one person about one story; what comes meanwhile is gathered
LOOK_AGAIN: Final = timedelta(minutes=5)  # whether a waiting reply is shown by now


class Untrue(Exception):
    """The letter would tell of something that is no longer so."""


class Later(Exception):
    """The letter may not leave before this moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(at)


@dataclass(frozen=True)
class Message:
    """A mail, and the letters (keys) that it stands for."""

    message: EmailMessage
    covers: list[int]


def compose(letter: Letter) -> Message:
    """The mail for a letter. Raises Untrue, Later."""
    if not letter.commenter.email or letter.commenter.erased_at:
        raise Untrue
    if letter.kind not in (Letter.Kind.CONFIRM, Letter.Kind.DATA) and letter.commenter.confirmed_at is None:
        raise Untrue
    return WRITERS[Letter.Kind(letter.kind)](letter)


def _confirm(letter: Letter) -> Message:
    return _mail(letter, {"link": links.make(Purpose.CONFIRM, letter.commenter_id)})


def _decision(letter: Letter) -> Message:
    """The newest decision counts; a comment that waits again has none."""
    comment = letter.comment
    if comment is None or comment.state not in (State.VISIBLE, State.REJECTED):
        raise Untrue
    mine = settings.SITE_URL + reverse("comments:mine")
    return _mail(letter, {"comment": comment, "is_shown": comment.is_shown, "mine": mine})


def _thanks(letter: Letter) -> Message:
    if letter.comment is None or not letter.comment.thread.article.is_public:
        raise Untrue
    return _mail(letter, {"comment": letter.comment})


def _data(letter: Letter) -> Message:
    asked = DataRequest.objects.filter(email_key=letter.commenter.email_key, done_at=None, confirmed_at=None).first()
    if asked is None:
        raise Untrue
    return _mail(letter, {"asked": asked, "link": links.make(Purpose.DATA, asked.pk)})


def _reply(letter: Letter) -> Message:
    """One mail for all replies that are due to one person under one story, once an hour."""
    reply = letter.comment
    wanted = _subscription(letter, reply)
    if reply is None or wanted is None or reply.state not in (State.VISIBLE, State.PENDING):
        raise Untrue
    now = timezone.now()
    if not reply.is_shown:
        raise Later(now + LOOK_AGAIN)
    same = Letter.objects.filter(kind=letter.kind, commenter=letter.commenter, comment__thread=reply.thread_id)
    last = same.filter(sent_at__gt=now - REPLIES_EVERY).order_by("-sent_at").first()
    if last is not None and last.sent_at is not None:
        raise Later(last.sent_at + REPLIES_EVERY)
    shown = same.filter(Q(due_at__lte=now) | Q(pk=letter.pk), sent_at=None, dropped_at=None)
    due = list(shown.filter(comment__in=Comment.objects.shown()).select_related("comment").order_by("comment_id"))
    leave = links.make(Purpose.LEAVE, wanted.pk)
    context = {"replies": [each.comment for each in due], "comment": reply, "leave": leave}
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}  # RFC 8058
    return _mail(letter, context, [each.pk for each in due], headers)


def _subscription(letter: Letter, reply: Comment | None) -> Subscription | None:
    """The wish that a letter about this reply fulfils, unless it was taken back."""
    if reply is None:
        return None
    above = Q(comment=reply.root_id) | Q(comment=reply.parent_id)
    return Subscription.objects.filter(above, commenter=letter.commenter, ended_at=None).first()


def _mail(
    letter: Letter, context: dict[str, Any], covers: list[int] | None = None, headers: dict[str, str] | None = None
) -> Message:
    template = TEMPLATES[Letter.Kind(letter.kind)]
    known = {"name": letter.commenter.name, "paper": Publication.current().name}
    message = mail.compose(template, {**known, **context}, letter.commenter.email)
    message.extra_headers.update(headers or {})
    return Message(message, covers or [letter.pk])


WRITERS: Final[dict[Letter.Kind, Callable[[Letter], Message]]] = {
    Letter.Kind.CONFIRM: _confirm,
    Letter.Kind.REPLY: _reply,
    Letter.Kind.DECISION: _decision,
    Letter.Kind.THANKS: _thanks,
    Letter.Kind.DATA: _data,
}
