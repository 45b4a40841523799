"""Since when is a page stale? An epoch is a number per surrogate key that only grows."""

from collections.abc import Iterable

from django.db import connection, models

from newsroom.lib.pagecache.purging import purge_after_commit


class Epoch(models.Model):
    """The version of everything that pages with this surrogate key show."""

    key = models.CharField(max_length=64, primary_key=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = "epoch"

    def __str__(self) -> str:
        return f"{self.key}:{self.version}"


def bump(keys: Iterable[str]) -> None:
    """Make all pages that carry one of these surrogate keys stale when the caller's transaction commits.

    Keys are taken in one order everywhere, so that two transactions cannot wait for each other.
    """
    rows = [(key,) for key in sorted(set(keys))]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO pagecache_epoch (key, version) VALUES (%s, 1) "
            "ON CONFLICT (key) DO UPDATE SET version = pagecache_epoch.version + 1",
            rows,
        )
    purge_after_commit([key for (key,) in rows])
