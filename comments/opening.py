"""What stands under the story itself? Its newest comments with the first replies and their number, in one query."""

from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from comments.models import Comment
from comments.threads import REPLIES, Branch, Order, ThreadPage, cursor_after
from newsroom.lib.prepared import Prepared

ON_THE_STORY: Final = 5  # comments on the story's own page
FIELDS: Final = [field.attname for field in Comment._meta.concrete_fields if field.attname not in ("fold", "findings")]
PARENT: Final = ["id", "author_name", "state", "hidden_by_root"]  # in the order of the model


def opening(article_id: int) -> ThreadPage:
    """The first page of the thread as the story shows it."""
    rows = ROWS.fetch(None, story=article_id)
    found = sorted(map(_comment, rows), key=lambda comment: (comment.published_at, comment.pk))
    roots = [comment for comment in reversed(found) if comment.root_id is None]
    shown = roots[:ON_THE_STORY]
    branches = []
    for root in shown:
        replies = [reply for reply in found if reply.root_id == root.pk]
        branches.append(Branch(root, replies, root.reply_count - len(replies)))
    following = cursor_after(article_id, Order.NEWEST, shown[-1]) if len(roots) > len(shown) else ""
    return ThreadPage(rows[0][-1] if rows else 0, branches, following)


def _comment(row: list[Any]) -> Comment:
    comment = Comment.from_db(DEFAULT_DB_ALIAS, FIELDS, row[: len(FIELDS)])
    if comment.parent_id is not None:
        comment.parent = Comment.from_db(DEFAULT_DB_ALIAS, PARENT, row[len(FIELDS) : -1])
    return comment


def _rows(_shape: None, story: int) -> QuerySet[Any, Any]:
    """One root more than is shown, which tells that there are more, and the first replies to each."""
    newest = Comment.objects.shown().roots().filter(thread=story).order_by("-published_at", "-pk")
    roots = Comment.objects.filter(pk__in=newest.values("pk")[: ON_THE_STORY + 1])
    place = Window(RowNumber(), partition_by="root", order_by=["published_at", "pk"])
    ranked = Comment.objects.shown().filter(root__in=newest.values("pk")[:ON_THE_STORY]).annotate(place=place)
    replies = Comment.objects.filter(pk__in=ranked.filter(place__lte=REPLIES).values("pk"))
    return _columns(roots).union(_columns(replies), all=True)


def _columns(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    parent = (F(f"parent__{name}") for name in PARENT)
    return rows.order_by().values_list(*FIELDS, *parent, "thread__visible_count")


ROWS: Final = Prepared(_rows)
