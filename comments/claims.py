"""Who has a comment on the screen at this moment? Leases that end by themselves: they advise, and forbid nothing."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from articles.rights import Person
from comments.models import Claim

LEASE: Final = timedelta(seconds=120)


def claim(comment_ids: Iterable[int], by: Person) -> None:
    """Lease the comments that nobody else has at this moment, in one statement and in the order of their keys."""
    keys = sorted(set(comment_ids))
    if not keys:
        return
    now = timezone.now()
    until, present = (connection.ops.adapt_datetimefield_value(moment) for moment in (now + LEASE, now))
    table = connection.ops.quote_name(Claim._meta.db_table)
    rows = ", ".join(["(%s, %s, %s)"] * len(keys))
    values = [value for key in keys for value in (key, by.pk, until)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (comment_id, moderator_id, expires_at) VALUES {rows} "
            "ON CONFLICT (comment_id) DO UPDATE SET moderator_id = excluded.moderator_id, "
            f"expires_at = excluded.expires_at WHERE {table}.moderator_id = excluded.moderator_id "
            f"OR {table}.expires_at <= %s",
            [*values, present],
        )


def release(comment_ids: Iterable[int], by: Person) -> None:
    """What is decided needs no lease any more."""
    Claim.objects.filter(comment__in=list(comment_ids), moderator=by.pk).delete()
