"""What do readers say under the stories of the demonstration, and what did the moderator decide?"""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import AbstractBaseUser

from articles.models import Article
from comments import moderation
from comments.models import Comment, Reason, State
from comments.posting import LoadedComment, load_comments
from newsroom.demo.texts import Remark
from newsroom.lib import text

# States that a moderator brings about: such comments come in as waiting, and are decided then.
DECIDED: Final = (State.REJECTED, State.SPAM)
ADVERTISING: Final = ("quang cao", "rao ban")


def add_comments(article: Article, remarks: tuple[Remark, ...], *, moderator: AbstractBaseUser, now: datetime) -> None:
    """The comments of one story, none of them later than now, each in its state."""
    if not remarks or article.published_at is None:
        return
    rows = [
        LoadedComment(
            name=remark.name,
            text=remark.text,
            posted_at=min(article.published_at + timedelta(minutes=remark.minutes_after), now),
            state=State.PENDING if remark.state in DECIDED else State(remark.state),
            parent=top(remarks, remark.reply_to),
        )
        for remark in remarks
    ]
    load_comments(article, rows)
    for remark in remarks:
        if remark.state in DECIDED:
            decide(article, remark, moderator)


def top(remarks: tuple[Remark, ...], place: int | None) -> int | None:
    """Where the answered comment begins: an answer to an answer stands under the same one."""
    while place is not None and remarks[place].reply_to is not None:
        place = remarks[place].reply_to
    return place


def decide(article: Article, remark: Remark, moderator: AbstractBaseUser) -> None:
    waiting = Comment.objects.waiting().filter(thread=article.pk, author_name=remark.name)
    comment = waiting.filter(body=remark.text).get()
    if remark.state == State.SPAM:
        moderation.mark_spam(comment.pk, comment.version, moderator)
    else:
        reason = reason_for(remark.reason)
        moderation.reject(comment.pk, comment.version, moderator, reason, note=remark.reason)


def reason_for(words: str) -> Reason:
    """The reason of the list that comes nearest to what the moderator noted."""
    return Reason.ADVERTISING if any(sign in text.fold(words) for sign in ADVERTISING) else Reason.OFF_TOPIC
