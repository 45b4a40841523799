"""How do the counters of comments move, and how is it proved that they are right?

Every deed takes the standing of a comment before it and hands it to `move` after it, in its own transaction and with
the thread locked: what a counter says is what the comments say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import keys
from comments.models import COUNTERS, Comment, Like, Report, State, Thread
from comments.models.comment import SHOWN
from newsroom.lib.pagecache.models import bump

# What `standing` says of a comment at hand, said once more for the database.
RULES: Final[Mapping[str, Q]] = {
    "visible": SHOWN,
    "roots": SHOWN & Q(root=None),
    "pending": Q(state=State.PENDING),
    "reported": Q(state=State.VISIBLE, report_count__gt=0),
    "unseen": Q(state=State.VISIBLE, reviewed_at=None),
    "spam": Q(state=State.SPAM),
    "rejected": Q(state=State.REJECTED),
}


@dataclass(frozen=True)
class Drift:
    """A counter that does not say what the comments say."""

    thread_id: int
    counter: str
    says: int
    counted: int


@dataclass(frozen=True)
class CommentDrift:
    """A number of a comment that does not say what its likes, reports and replies say."""

    comment_id: int
    counter: str
    says: int
    counted: int


def standing(comment: Comment) -> Counter[str]:
    """What one comment adds to each counter of its thread."""
    visible = comment.state == State.VISIBLE
    return Counter(
        visible=int(comment.is_shown),
        roots=int(comment.is_shown and comment.root_id is None),
        pending=int(comment.state == State.PENDING),
        reported=int(visible and comment.report_count > 0),
        unseen=int(visible and comment.reviewed_at is None),
        spam=int(comment.state == State.SPAM),
        rejected=int(comment.state == State.REJECTED),
    )


def move(comment: Comment, before: Mapping[str, int]) -> None:
    """Move the counters by what a deed changed in a comment; replies come and go with the comment above them.

    `before` is its `standing` before the deed. The caller's transaction holds the thread.
    """
    moved = standing(comment)
    moved.subtract(before)
    if comment.root_id is not None:
        if moved["visible"]:
            Comment.objects.filter(pk=comment.root_id).update(reply_count=F("reply_count") + moved["visible"])
    elif moved["visible"]:
        replies = Comment.objects.filter(root=comment)
        answering = replies.filter(state=State.VISIBLE).count()
        replies.update(hidden_by_root=not comment.is_shown)
        comment.reply_count = answering if comment.is_shown else 0
        Comment.objects.filter(pk=comment.pk).update(reply_count=comment.reply_count)
        moved["visible"] += moved["visible"] * answering
    _add(comment.thread_id, moved)


def add(article_id: int, comments: Iterable[Comment]) -> None:
    """Count comments of one story that were just stored. Their roots know their replies already."""
    total: Counter[str] = Counter()
    for comment in comments:
        total.update(standing(comment))
    _add(article_id, total)


def locked(comment_id: int, article_id: int | None = None) -> Comment | None:
    """The comment as it stands, locked in the order that everybody keeps: thread, then comment.

    None if there is no such comment, or not under this story.
    """
    rows = Comment.objects.filter(pk=comment_id)
    if article_id is not None:
        rows = rows.filter(thread=article_id)
    thread_id = rows.values_list("thread_id", flat=True).first()
    if thread_id is None:
        return None
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    comment.thread = thread
    return comment


def touch(article_id: int) -> None:
    """Readers see something else of the thread, though no number moved: a text, likes, a badge."""
    Thread.objects.filter(pk=article_id).update(version=F("version") + 1, rank_due_at=timezone.now())
    bump([keys.thread(article_id)])


def _add(article_id: int, moved: Mapping[str, int]) -> None:
    changed = {name: number for name, number in moved.items() if number}
    if not changed:
        return
    fields = {f"{name}_count": F(f"{name}_count") + number for name, number in changed.items()}
    is_public = "visible" in changed or "roots" in changed
    Thread.objects.filter(pk=article_id).update(**fields, version=F("version") + int(is_public))
    if is_public:
        bump([keys.thread(article_id)])


def recounted(threads: QuerySet[Thread]) -> dict[int, dict[str, int]]:
    """What the counters of these threads must say, by thread."""
    numbers = {name: Coalesce(Count("comments", filter=_under_thread(rule)), 0) for name, rule in RULES.items()}
    rows = threads.order_by("pk").values("pk").annotate(**numbers)
    return {row.pop("pk"): row for row in rows}


def drifted(threads: QuerySet[Thread]) -> Iterator[Drift]:
    """Every counter of these threads that is wrong."""
    said = {row["pk"]: row for row in threads.values("pk", *(f"{name}_count" for name in COUNTERS))}
    for pk, numbers in recounted(threads).items():
        for name, number in numbers.items():
            if said[pk][f"{name}_count"] != number:
                yield Drift(pk, name, said[pk][f"{name}_count"], number)


def mend(drift: Drift) -> None:
    """Set a wrong counter to what is counted now, under the lock that every deed takes."""
    with transaction.atomic():
        Thread.objects.select_for_update().get(pk=drift.thread_id)
        number = recounted(Thread.objects.filter(pk=drift.thread_id))[drift.thread_id][drift.counter]
        Thread.objects.filter(pk=drift.thread_id).update(**{f"{drift.counter}_count": number})


def drifted_comments() -> Iterator[CommentDrift]:
    """Every number of a comment that is wrong: shown replies, counted likes, open reports and their weight."""
    rows = Comment.objects.values("pk", *NUMBERS).annotate(**{f"true_{name}": sum for name, sum in NUMBERS.items()})
    wrong = Q()
    for name in NUMBERS:
        wrong |= ~Q(**{name: F(f"true_{name}")})
    for row in rows.filter(wrong).order_by("pk").iterator():
        for name in NUMBERS:
            if row[name] != row[f"true_{name}"]:
                yield CommentDrift(row["pk"], name, row[name], row[f"true_{name}"])


def mend_comment(drift: CommentDrift) -> None:
    """Set a wrong number to what is counted now, under the lock that every deed takes."""
    with transaction.atomic():
        if locked(drift.comment_id) is not None:
            rows = Comment.objects.filter(pk=drift.comment_id)
            rows.update(**{drift.counter: NUMBERS[drift.counter]})


def _count_of(rows: QuerySet[Any], number: Any) -> Coalesce:
    """A number over rows that point at the comment, 0 without any."""
    counted = rows.order_by().values("_at").annotate(_n=number).values("_n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


_OPEN: Final = Report.objects.filter(comment=OuterRef("pk"), state=Report.State.OPEN).annotate(_at=F("comment"))
_REPLIES: Final = Comment.objects.shown().filter(root=OuterRef("pk")).annotate(_at=F("root"))
_LIKES: Final = Like.objects.filter(comment=OuterRef("pk"), is_counted=True).annotate(_at=F("comment"))
NUMBERS: Final[Mapping[str, Coalesce]] = {
    "reply_count": _count_of(_REPLIES, Count("pk")),
    "like_count": _count_of(_LIKES, Count("pk")),
    "report_count": _count_of(_OPEN, Count("pk")),
    "report_weight": _count_of(_OPEN, Sum("weight")),
}


def _under_thread(rule: Q) -> Q:
    """The same condition, said of a thread's comments."""
    return Q(
        *(
            _under_thread(part) if isinstance(part, Q) else (f"comments__{part[0]}", part[1])  # type: ignore[index]
            for part in rule.children
        ),
        _connector=rule.connector,
        _negated=rule.negated,
    )
