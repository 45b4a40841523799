"""May a page be read from a replica, and how is all of it read there?

DATABASE_REPLICA_URL names a database that follows the primary. Readers' pages that may be kept are read there, in one
snapshot, versions included; for that time the replica stands in the place of Django's own connection, so that no
statement of the page, whoever wrote it, can go elsewhere. A router would leave plain SQL with the primary.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections

REPLICA: Final = "replica"
BEHIND, AWAY = 1.0, 10.0  # seconds for which a replica is asked nothing
QUIET: Final = 30.0  # seconds between two lines in the log

logger = logging.getLogger(__name__)


class Replica:
    """The replica as this process knows it."""

    def __init__(self) -> None:
        self._until = 0.0
        self._said_at = -QUIET

    def database(self) -> str:
        """Where a reader's page is to be read now."""
        is_there = REPLICA in connections.settings and time.monotonic() >= self._until
        return REPLICA if is_there else DEFAULT_DB_ALIAS

    def rest(self, seconds: float, reason: str) -> None:
        """Ask the primary for so long."""
        now = time.monotonic()
        self._until = now + seconds
        if now - self._said_at >= QUIET:
            self._said_at = now
            logger.warning("pages are read from the primary for the moment: the replica %s", reason)


replica = Replica()


@contextmanager
def read_from(alias: str) -> Iterator[None]:
    """Whatever this thread asks of the database is asked of this one. Nothing for the database that it asks anyway."""
    own, other = connections[DEFAULT_DB_ALIAS], connections[alias]
    connections[DEFAULT_DB_ALIAS] = other
    other.execute_wrappers, before = own.execute_wrappers, other.execute_wrappers  # who times statements, times these
    try:
        yield
    finally:
        other.execute_wrappers = before
        connections[DEFAULT_DB_ALIAS] = own
