"""Which comments does a reader see under a story, in which order, and what comes after them?

Lists are paged by keyset: the last comment seen, signed, is the cursor. Page 400 costs what page 1 costs, and nothing
is skipped or shown twice while others arrive. A cursor that is not ours leads to the first page.

Ranks change while a reader walks through the most liked ones. The cursor names the round of ranks that the walk began
in, and a round that is over has left its order behind, for an hour: until then every comment is met once, whatever
happens to its likes. What was sent after the beginning may be missing, and whoever walks longer may meet one again or
miss one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.core import signing
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, F, Func, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import GreaterThan, LessThan
from django.utils import timezone

from articles.cards import columns
from comments.likes import rank_if_due
from comments.models import Comment, CommentQuerySet, RankOrder, Thread
from newsroom.lib.prepared import Prepared

PAGE: Final = 20
REPLIES: Final = 2  # under each; the rest has a page of its own
REPLIES_PAGE: Final = 50
NEIGHBOURS: Final = 2  # on either side of a comment that a link leads to
REPLIES_AROUND: Final = 5

SHOWN: Final = columns(
    Comment,
    "id thread_id root_id parent_id author_name badge body state hidden_by_root published_at edited_at featured_at "
    "like_count reply_count rank",
)
THREAD: Final = columns(Thread, "article_id visible_count hold rank_due_at rank_round")
OF_THREAD: Final = [f"thread__{name}" for name in THREAD]
ANSWERED: Final = ["author_name", "state", "hidden_by_root"]  # of the comment that a reply answers

_signer = signing.Signer(salt="comments.cursor")


class Order(StrEnum):
    NEWEST = "moi-nhat"
    OLDEST = "cu-nhat"
    LIKED = "hay-nhat"


class Sorting(NamedTuple):
    """By which column, and whether the greatest comes first; the key decides among equals."""

    column: str
    descending: bool


SORTINGS: Final = {
    Order.NEWEST: Sorting("published_at", descending=True),
    Order.OLDEST: Sorting("published_at", descending=False),
    Order.LIKED: Sorting("rank", descending=True),
}


class Seen(NamedTuple):
    """The last comment of a page: by what it stood there, its key, and the round of ranks that counted."""

    value: Any
    pk: int
    round: int = 0


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
    hold: str = ""  # why the thread holds new ones back by itself, of Thread.Hold


@dataclass(frozen=True)
class RepliesPage:
    comments: list[Comment]
    next: str = ""


def thread_page(article_id: int, order: Order = Order.NEWEST, cursor: str = "", size: int = PAGE) -> ThreadPage:
    """A page of a thread in two queries; the number of comments comes with the first of them.

    Once a minute at most, while likes come in, the ranks are reckoned anew for whoever asks for them.
    """
    place, sorting = place_of(article_id, order), SORTINGS[order]
    last = _read_cursor(place, cursor)
    if order == Order.LIKED:
        rows, round_of = _liked(article_id, last, size)
    else:
        rows, round_of = _next(article_id, order, last, size), 0
    following = _write_cursor(place, rows[size - 1], sorting, round_of) if len(rows) > size else ""
    rows = rows[:size]
    if rows:
        thread = rows[0].thread
        return ThreadPage(thread.visible_count, _with_replies(rows), following, thread.hold)
    if not cursor:  # no shown comment, so no shown reply either
        return ThreadPage(0, [])
    return ThreadPage(count_of(article_id), [])


def replies_page(root: Comment, cursor: str = "") -> RepliesPage:
    """A page of the replies to one comment, oldest first."""
    replies = Comment.objects.shown().filter(root=root).select_related("parent")
    place, sorting = f"r{root.pk}", SORTINGS[Order.OLDEST]
    rows = list(_beyond(replies, sorting, _read_cursor(place, cursor))[: REPLIES_PAGE + 1])
    following = _write_cursor(place, rows[REPLIES_PAGE - 1], sorting) if len(rows) > REPLIES_PAGE else ""
    return RepliesPage(rows[:REPLIES_PAGE], following)


def around(comment: Comment) -> ThreadPage:
    """A shown comment where it stands: what was said just before and after it, and the replies around it."""
    root = comment.root or comment
    here = Seen(root.published_at, root.pk)
    older, newer = (_next(root.thread_id, order, here, NEIGHBOURS - 1) for order in (Order.NEWEST, Order.OLDEST))
    return ThreadPage(
        comment.thread.visible_count,
        [*map(branch, reversed(newer)), _in_context(root, comment), *map(branch, older)],
    )


def count_of(article_id: int) -> int:
    return Thread.objects.filter(pk=article_id).values_list("visible_count", flat=True).first() or 0


def hold_of(article_id: int) -> str:
    """Why the thread holds new comments back by itself; "": it does not."""
    return Thread.objects.filter(pk=article_id).values_list("hold", flat=True).first() or ""


def _in_context(root: Comment, comment: Comment) -> Branch:
    replies = Comment.objects.shown().filter(root=root).select_related("parent")
    if comment.pk == root.pk:
        shown = list(replies.order_by("published_at", "pk")[:REPLIES_AROUND])
    else:
        here = Seen(comment.published_at, comment.pk)
        before, after = (
            list(_beyond(replies, SORTINGS[order], here)[:REPLIES_AROUND]) for order in (Order.NEWEST, Order.OLDEST)
        )
        shown = [*reversed(before), comment, *after]
    return branch(root, shown)


def _roots(article_id: int) -> CommentQuerySet:
    return Comment.objects.shown().roots().filter(thread=article_id)


def _next(article_id: int, order: Order, last: Seen | None, size: int) -> list[Comment]:
    """What comes after the last one seen, and one more if there is more."""
    values = {"value": last.value, "pk": last.pk} if last else {}
    found = _of_one_thread(ROOTS.fetch((order, size), article=article_id, **values))
    column, descending = SORTINGS[order]
    return sorted(found, key=attrgetter(column, "pk"), reverse=descending)


def _of_one_thread(rows: list[list[Any]]) -> list[Comment]:
    if not rows:
        return []
    thread = Thread.from_db(DEFAULT_DB_ALIAS, THREAD, rows[0][len(SHOWN) :])
    found = [Comment.from_db(DEFAULT_DB_ALIAS, SHOWN, row[: len(SHOWN)]) for row in rows]
    for comment in found:
        comment.thread = thread
    return found


def _page(shape: tuple[Order, int], article: int, value: Any = None, pk: int = 0) -> QuerySet[Any, Any]:
    order, size = shape  # the keys first: an index holds all that is asked for them, so that any plan takes it
    keys = _beyond(_roots(article), SORTINGS[order], Seen(value, pk) if pk else None).values("pk")[: size + 1]
    return Comment.objects.filter(pk__in=keys).values_list(*SHOWN, *OF_THREAD)


def _some(_shape: None, **keys: int) -> QuerySet[Any, Any]:
    return Comment.objects.shown().roots().filter(pk__in=list(keys.values())).values_list(*SHOWN, *OF_THREAD)


def _orders(_shape: None, article: int, round: int) -> QuerySet[Any, Any]:
    return RankOrder.objects.filter(thread=article, round=round).values_list("keys")


ROOTS: Final = Prepared(_page)
SOME: Final = Prepared(_some)
ORDERS: Final = Prepared(_orders)


def _liked(article_id: int, last: Seen | None, size: int) -> tuple[list[Comment], int]:
    """The same by likes, and the round of ranks that the next page goes on in: the one that the walk began in."""
    former = ORDERS.fetch(None, article=article_id, round=last.round) if last else []
    kept = former[0][0] if former else []
    if last and last.pk in kept:
        return _among(kept[kept.index(last.pk) + 1 :], size), last.round
    rows = _next(article_id, Order.LIKED, last, size)
    if rows and rank_if_due(rows[0].thread, timezone.now()):
        return _liked(article_id, last, size)
    return rows, rows[0].thread.rank_round if rows else 0


def _among(keys: list[int], size: int) -> list[Comment]:
    """The first of these comments that are still shown."""
    found: list[Comment] = []
    while keys and len(found) <= size:
        some, keys = keys[: size + 1], keys[size + 1 :]
        asked = enumerate([*some, *[0] * (size + 1 - len(some))])
        rows = {row.pk: row for row in _of_one_thread(SOME.fetch(None, **{f"key{n}": key for n, key in asked}))}
        found += [rows[pk] for pk in some if pk in rows]
    return found[: size + 1]


def _beyond(rows: CommentQuerySet, sorting: Sorting, last: Seen | None) -> CommentQuerySet:
    """In this order, what comes after the last one seen: (rank, id) < (0, 17), which an index reads from there on."""
    column, sign = sorting.column, "-" if sorting.descending else ""
    if last:
        beyond = LessThan if sorting.descending else GreaterThan
        field: Any = Comment._meta.get_field(column)
        here = _pair(Value(last.value, output_field=field), Value(last.pk))
        rows = rows.filter(beyond(_pair(F(column), F("pk")), here))
    return rows.order_by(f"{sign}{column}", f"{sign}pk")


def _pair(*parts: F | Value) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _with_replies(roots: list[Comment]) -> list[Branch]:
    asked = [root.pk for root in roots] + [0] * (-len(roots) % PAGE)
    rows = FIRST_REPLIES.fetch(None, **{f"root{n}": key for n, key in enumerate(asked)})
    replies = [Comment.from_db(DEFAULT_DB_ALIAS, SHOWN, row[: len(SHOWN)]) for row in rows]
    under: dict[int | None, list[Comment]] = {}
    for reply in answers(replies, [row[len(SHOWN) :] for row in rows]):
        under.setdefault(reply.root_id, []).append(reply)
    return [branch(root, under.get(root.pk, [])) for root in roots]


def answers(replies: list[Comment], answered: list[list[Any]]) -> list[Comment]:
    """In the order in which they were shown, with what is seen of the comments that they answer."""
    for reply, row in zip(replies, answered, strict=True):
        reply.parent = Comment(pk=reply.parent_id, **dict(zip(ANSWERED, row, strict=True)))
    return sorted(replies, key=lambda reply: (reply.published_at, reply.pk))


def _first_replies(_shape: None, **roots: int) -> QuerySet[Any, Any]:
    place = Window(RowNumber(), partition_by="root", order_by=["published_at", "pk"])
    replies = Comment.objects.shown().filter(root__in=list(roots.values())).annotate(place=place)
    first = replies.filter(place__lte=REPLIES).values("pk")
    return Comment.objects.filter(pk__in=first).values_list(*SHOWN, *(f"parent__{name}" for name in ANSWERED))


FIRST_REPLIES: Final = Prepared(_first_replies)


def branch(root: Comment, replies: Sequence[Comment] = ()) -> Branch:
    """The comment with these first replies to it."""
    return Branch(root, list(replies), max(0, root.reply_count - len(replies)))


def place_of(article_id: int, order: Order) -> str:
    return f"{article_id}.{order}"


def cursor_after(article_id: int, order: Order, last: Comment, round_of: int = 0) -> str:
    """The cursor of what follows this comment in a thread."""
    return _write_cursor(place_of(article_id, order), last, SORTINGS[order], round_of)


def _write_cursor(place: str, last: Comment, sorting: Sorting, round_of: int = 0) -> str:
    value = getattr(last, sorting.column)
    return _signer.sign_object([place, value.isoformat() if isinstance(value, datetime) else value, last.pk, round_of])


def _read_cursor(place: str, cursor: str) -> Seen | None:
    try:
        where, value, pk, round_of = _signer.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        return None
    if where != place:
        return None
    return Seen(datetime.fromisoformat(value) if isinstance(value, str) else value, pk, round_of)
