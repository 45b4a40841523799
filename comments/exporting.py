"""What does a person's own data look like, handed out? One zip: a page to read, JSON for programs, CSV for tables.

Nothing of other people is in it: no name of a moderator, no note of the newsroom, nobody who reported.
"""

import io
import json
import zipfile
from typing import Any, Final

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.models import Publication
from comments.models import Comment, Commenter, CommentRevision, Letter, Like, ModAction, Report, Subscription
from newsroom.lib.sheets import csv_lines

COMMENT: Final = (
    "id", "thread_id", "created_at", "published_at", "edited_at", "state", "reason", "author_name", "body", "appeal",
    "appealed_at", "like_count", "ip_prefix",
)  # fmt: skip


def collect(commenter: Commenter) -> dict[str, list[dict[str, Any]]]:
    """Every row about the person, by kind."""
    own = Comment.objects.filter(commenter=commenter)
    devices = set(own.exclude(device_key="").values_list("device_key", flat=True))
    reports = Report.objects.filter(Q(commenter=commenter) | Q(reporter_key__in=devices))
    versions = CommentRevision.objects.filter(comment__in=own)
    subscriptions = Subscription.objects.filter(commenter=commenter)
    asked = {
        "person": Commenter.objects.filter(pk=commenter.pk).values(
            "name", "email", "created_at", "confirmed_at", "consent_at", "consent_text", "status", "status_until"
        ),
        "comments": own.order_by("pk").values(*COMMENT),
        "versions": versions.values("comment_id", "number", "body", "created_at"),
        "decisions": ModAction.objects.filter(comment__in=own).values("comment_id", "verb", "after", "reason", "at"),
        "likes": Like.objects.filter(voter_key__in=devices).values("comment_id", "created_at"),
        "reports": reports.values("comment_id", "reason", "note", "created_at"),
        "subscriptions": subscriptions.values("comment_id", "created_at", "ended_at"),
        "letters": Letter.objects.filter(commenter=commenter).values("kind", "created_at", "sent_at"),
    }
    return {name: [_plain(row) for row in rows] for name, rows in asked.items()}


def packed(data: dict[str, list[dict[str, Any]]]) -> bytes:
    """The zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        context = {"data": data, "paper": Publication.current().name, "title": _("Your data")}
        zipped.writestr("data.html", render_to_string("comments/data_copy.html", context))
        for name, rows in data.items():
            heads = list(rows[0]) if rows else []
            zipped.writestr(f"{name}.csv", "".join(csv_lines(heads, ([str(row[h]) for h in heads] for row in rows))))
    return file.getvalue()


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
