"""Readers for tests: a comment as it comes in, and comments that are there already."""

from datetime import datetime
from itertools import count

from django.utils import timezone

from comments import counting, posting
from comments.models import COUNTERS, Comment, State, Thread

numbers = count(1)
ADDRESS = "198.51.100.7"


def letter(**fields):
    number = next(numbers)
    defaults = {
        "name": "Lê Thị Hà",
        "email": f"ban-doc-{number}@example.com",
        "body": f"Bài viết rất thiết thực, mong tòa soạn thông tin tiếp. ({number})",
    }
    return posting.Letter(**{**defaults, **fields})


def envelope(**fields):
    number = next(numbers)
    defaults = {"nonce": f"{number:032x}", "device": f"máy {number}", "address": ADDRESS, "age": 30.0}
    return posting.Envelope(**{**defaults, **fields})


def send(article, **fields):
    """A comment through the front door; `device`, `nonce`, `age` and `address` go to the envelope."""
    outside = {name: fields.pop(name) for name in ("device", "nonce", "age", "address") if name in fields}
    return posting.post(article.pk, letter(**fields), envelope(**outside))


def load(article, *states: str, at: datetime | None = None, under: Comment | None = None):
    """Comments in these states, as they would stand after the moderators; replies when `under` is given."""
    at = at or timezone.now()
    if under is None:
        rows = [posting.LoadedComment("Trần Văn Bình", f"Ý kiến số {next(numbers)}", at, state) for state in states]
        first = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        posting.load_comments(article, rows)
        return list(Comment.objects.filter(pk__gt=first).order_by("pk"))
    replies = [send(article, parent_id=under.pk) for _state in states]
    for reply, state in zip(replies, states, strict=True):
        settle(reply, state, at)
    return replies


def settle(comment, state, at=None):
    """Put a waiting reply under a visible comment into its state, counters included."""
    if state == State.PENDING:
        return
    before = counting.standing(comment)
    Comment.objects.filter(pk=comment.pk).update(
        state=state, published_at=at or timezone.now(), reason="other" if state == State.REJECTED else ""
    )
    comment.refresh_from_db()
    counting.move(comment, before)


def recount(article_id):
    """What the counters of a thread must say."""
    return counting.recounted(Thread.objects.filter(pk=article_id))[article_id]


def counted(article_id):
    names = [f"{name}_count" for name in COUNTERS]
    row = Thread.objects.values(*names).get(pk=article_id)
    return {name: row[f"{name}_count"] for name in COUNTERS}


def shown_and_waiting(article_id):
    numbers = counted(article_id)
    return numbers["visible"], numbers["pending"]
