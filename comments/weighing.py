"""What does screening find in a comment, once the database has said what surrounds it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from comments import listed
from comments.models import Comment, Commenter
from comments.screening import RATE_WINDOW, Finding, Submission, Trust, likeness, screen, trust
from comments.screening.trust import Record

SAME_TEXT_WITHIN: Final = timedelta(days=1)
LATELY: Final = 500  # comments among which a rush and texts alike are looked for
_RUSH: Final = timedelta(seconds=RATE_WINDOW)


@dataclass(frozen=True)
class Sending:
    """How a comment came in."""

    trap: str = ""  # the field that people do not see
    age: float = 60.0  # seconds between form and post
    is_proved: bool = False  # the writer is who the e-mail says: a claim earns nobody's trust
    remote: Iterable[Finding] = ()  # of comments.checker, asked before the transaction


def weigh(comment: Comment, sending: Sending, policy: str, now: datetime) -> tuple[list[Finding], Trust]:
    """The findings about a comment as it would be stored, new or changed, and how far its writer is trusted.

    Sets `comment.similarity`. Six queries, each by an index.
    """
    comment.similarity = likeness.similarity(comment.body)
    others = Comment.objects.exclude(pk=comment.pk) if comment.pk else Comment.objects.all()
    lately = others.order_by("-pk").values_list("created_at", "thread_id", "similarity", "body_hash")[:LATELY]
    of_today = [row for row in lately if row[0] >= now - SAME_TEXT_WITHIN]
    rush = [thread for sent, thread, _bits, _text in of_today if sent >= now - _RUSH]
    like = [bits for _sent, _thread, bits, text in of_today if text != comment.body_hash]
    same_text = others.since(now - SAME_TEXT_WITHIN).filter(body_hash=comment.body_hash)
    of_network = others.since(now - _RUSH).filter(ip_prefix=comment.ip_prefix)
    record = record_of(comment.commenter)
    level = trust.level(record) if sending.is_proved else Trust.NEW
    section = comment.thread.article.section
    submission = Submission(
        text=comment.body,
        name=comment.author_name,
        trap=sending.trap,
        age=sending.age,
        copies_elsewhere=same_text.exclude(thread=comment.thread).values("thread").distinct().count(),
        alike=likeness.count_alike(comment.similarity, like),
        recent_of_network=of_network.count() if comment.ip_prefix else 0,
        recent_of_thread=rush.count(comment.thread_id),
        recent_of_site=len(rush),
        writer_is_held=is_held(comment.commenter, now),
        policy=policy,
        trust=level,
        turned_down=trust.turned_down_percent(record),
        terms=listed.terms(),
        sections=frozenset(place.pk for place in section.line) if section else frozenset(),
        reserved=listed.reserved(),
        remote=sending.remote,
    )
    return screen(submission), level


def record_of(writer: Commenter | None) -> Record:
    """What people decided about a writer; nothing is known of nobody."""
    if writer is None:
        return Record()
    return Record(
        approved=writer.approved_count,
        turned_down=writer.rejected_count + writer.spam_count,
        is_confirmed=writer.confirmed_at is not None,
        is_granted=writer.is_trusted,
        is_staff=writer.user_id is not None,
    )


def is_held(writer: Commenter | None, now: datetime) -> bool:
    """The desk looks first at whatever this writer sends, until a day it may have named."""
    if writer is None or writer.status != Commenter.Status.HELD:
        return False
    return writer.status_until is None or writer.status_until > now
