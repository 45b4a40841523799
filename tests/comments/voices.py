"""Readers for tests: a comment as it comes in, and comments that are there already."""

from datetime import datetime
from itertools import count

from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import counting, identity, posting
from comments.models import COUNTERS, Comment, CommentRevision, Report, State, Thread

numbers = count(1)
ADDRESS = "198.51.100.7"


def letter(**fields):
    number = next(numbers)
    defaults = {
        "name": "Lê Thị Hà",
        "email": f"ban-doc-{number}@example.com",
        "body": f"Bài rất hay, mong viết tiếp. ({number})",  # too short to be like another
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


def browser(article):
    """A client that has been through a preview; `device` is what its cookie says."""
    client = Client()
    fields = {"name": "Hà", "email": "ha@example.com", "body": "Xin chào", "consent": "on"}
    client.post(reverse("comments:submit", args=[article.pk]), fields, headers={"Origin": "http://testserver"})
    client.device = identity.read_device(client.get(reverse("comments:mine")).wsgi_request)
    return client


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


def complain(comment, reason="insult", note="", by=None):
    """A report as it stands after a reader made it, counted."""
    number = next(numbers)
    Report.objects.create(comment=comment, reporter_key=f"{number:064x}", reason=reason, note=note, commenter=by)
    comment.refresh_from_db()
    before = counting.standing(comment)
    Comment.objects.filter(pk=comment.pk).update(
        report_count=F("report_count") + 1, report_weight=F("report_weight") + 1
    )
    comment.refresh_from_db()
    counting.move(comment, before)


def propose(comment, body):
    """A change that waits while the old text stands."""
    return comment.revisions.create(number=1, body=body, state=CommentRevision.State.PROPOSED)


def appeal(comment, words="Xin xem lại"):
    """The comment as its writer asks for a second look at it, back in the queue."""
    comment.refresh_from_db()
    before = counting.standing(comment)
    asked = {"appealed_at": timezone.now(), "appeal": words, "reviewed_at": None, "reviewed_by": None}
    Comment.objects.filter(pk=comment.pk).update(state=State.PENDING, reason="", **asked)
    comment.refresh_from_db()
    counting.move(comment, before)
