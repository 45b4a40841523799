"""Which comments does a reader see under a story, in which order, and what comes after them?

Lists are paged by keyset: the last comment seen, signed, is the cursor. Page 400 costs what page 1 costs, and nothing
is skipped or shown twice while others arrive. A cursor that is not ours leads to the first page.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.core import signing
from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from comments.models import Comment, CommentQuerySet, Thread

PAGE: Final = 20
REPLIES: Final = 2  # under each; the rest has a page of its own
REPLIES_PAGE: Final = 50

_signer = signing.Signer(salt="comments.cursor")


class Order(StrEnum):
    NEWEST = "moi-nhat"
    OLDEST = "cu-nhat"


@dataclass(frozen=True)
class Branch:
    """A comment with the first replies to it."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)
    more: int = 0  # replies that are not in the list


@dataclass(frozen=True)
class ThreadPage:
    """One page of a thread; `next` is the cursor of the following one, "" at the end."""

    count: int  # all comments of the story that readers can reach
    branches: list[Branch]
    next: str = ""


@dataclass(frozen=True)
class RepliesPage:
    comments: list[Comment]
    next: str = ""


def thread_page(article_id: int, order: Order = Order.NEWEST, cursor: str = "", size: int = PAGE) -> ThreadPage:
    """A page of a thread in two queries; the number of comments comes with the first of them."""
    roots = Comment.objects.shown().roots().filter(thread=article_id).select_related("thread")
    rows, following = _page(roots, f"{article_id}.{order}", cursor, size, newest_first=order == Order.NEWEST)
    if rows:
        return ThreadPage(rows[0].thread.visible_count, _with_replies(rows), following)
    if not cursor:  # no shown comment, so no shown reply either
        return ThreadPage(0, [])
    return ThreadPage(count_of(article_id), [])


def replies_page(root: Comment, cursor: str = "") -> RepliesPage:
    """A page of the replies to one comment, oldest first."""
    replies = Comment.objects.shown().filter(root=root).select_related("parent")
    rows, following = _page(replies, f"r{root.pk}", cursor, REPLIES_PAGE, newest_first=False)
    return RepliesPage(rows, following)


def cursor_after(article_id: int, order: Order, last: Comment) -> str:
    """The cursor of what follows this comment in the thread."""
    return _write_cursor(f"{article_id}.{order}", last)


def count_of(article_id: int) -> int:
    return Thread.objects.filter(pk=article_id).values_list("visible_count", flat=True).first() or 0


def _page(
    rows: CommentQuerySet, place: str, cursor: str, size: int, *, newest_first: bool
) -> tuple[list[Comment], str]:
    """So many comments after the cursor, and the cursor of what follows them."""
    sign, beyond = ("-", "lt") if newest_first else ("", "gt")
    last = _read_cursor(place, cursor)
    if last:
        at, pk = last
        rows = rows.filter(
            Q(**{f"published_at__{beyond}": at}) | Q(**{"published_at": at, f"pk__{beyond}": pk}),
            **{f"published_at__{beyond}e": at},
        )
    found = list(rows.order_by(f"{sign}published_at", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    return found, _write_cursor(place, found[-1]) if more else ""


def _with_replies(roots: list[Comment]) -> list[Branch]:
    replies = (
        Comment.objects.shown()
        .filter(root__in=[root.pk for root in roots])
        .annotate(
            place=Window(RowNumber(), partition_by="root", order_by=["published_at", "pk"]),
            among=Window(Count("pk"), partition_by="root"),
        )
        .filter(place__lte=REPLIES)
        .select_related("parent")
        .order_by("root", "place")
    )
    under: dict[int | None, list[Comment]] = {}
    for reply in replies:
        under.setdefault(reply.root_id, []).append(reply)
    return [_branch(root, under.get(root.pk, [])) for root in roots]


def _branch(root: Comment, replies: list[Comment]) -> Branch:
    return Branch(root, replies, replies[0].among - len(replies) if replies else 0)  # type: ignore[attr-defined]


def _write_cursor(place: str, last: Comment) -> str:
    at = last.published_at.isoformat() if last.published_at else ""
    return _signer.sign_object([place, at, last.pk])


def _read_cursor(place: str, cursor: str) -> tuple[datetime, int] | None:
    try:
        where, at, pk = _signer.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        return None
    return (datetime.fromisoformat(at), pk) if where == place else None
