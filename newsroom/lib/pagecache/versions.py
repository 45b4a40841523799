"""Has anything changed since a page was made? Asked on every hit, over connections of the cache's own.

A page is right as long as the sum of its keys' versions is what it was: versions only grow. That sum is asked for only
where the database has changed at all, which both databases tell in a few microseconds: SQLite counts the commits of
others (`PRAGMA data_version`), PostgreSQL names the snapshot of a statement, and equal snapshots see equal rows.
"""

import sqlite3
import threading
import time
from collections.abc import Hashable, Iterable
from typing import Any, Final, Protocol, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db import Error as DatabaseError
from psycopg.pq import ExecStatus

PAUSE: Final = 1.0  # seconds before a database that did not answer is asked again
PATIENCE: Final = 3  # seconds that a network may keep an answer back
SUM: Final = "SELECT COALESCE(SUM(version), 0) FROM pagecache_epoch WHERE key "
MOST_IDLE: Final = 4  # connections of a process that wait for a question
# Alone it takes half the time, or less, of a statement that could look into a table, too.
STATE: Final = b"SELECT pg_current_snapshot()"
STATE_AND_SUM: Final = f"SELECT pg_current_snapshot(), ({SUM} = ANY($1::varchar[]))".encode()
NAMES: Final = {STATE: b"newsroom_state", STATE_AND_SUM: b"newsroom_versions"}
NO_SUCH_STATEMENT: Final = "26000"  # a pooler gave us another connection than the one that has it prepared


class Unreachable(Exception):
    """The database does not answer: nobody knows whether a page is still right."""


class Keys:
    """The surrogate keys of a page, written as PostgreSQL wants them: all of them that stays in memory."""

    __slots__ = ("array",)

    def __init__(self, keys: Iterable[str]) -> None:
        self.array = ("{" + ",".join(sorted(set(keys))) + "}").encode()

    @property
    def names(self) -> list[str]:
        return self.array[1:-1].decode().split(",") if len(self.array) > 2 else []


class Versions(Protocol):
    """What stands in the database now."""

    def look(self, keys: Keys, state: Hashable) -> tuple[Hashable, int | None]:
        """The state of the database; where it is another than `state`, the sum of the keys' versions too.

        A state that is equal to an earlier one of the same process says that nothing has been committed in between.
        Raises Unreachable.
        """

    def close(self) -> None:
        """Give up the connections; the next look opens new ones."""


def versions() -> Versions:
    """For the database of the settings."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def sum_of(keys: Keys) -> int:
    """The sum of the keys' versions, as the transaction of Django's own connection sees it."""
    names = keys.names
    if not names:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sum_among(len(names), "%s"), names)
        return int(cursor.fetchone()[0])


def sum_among(count: int, placeholder: str) -> str:
    """The question for the sum of so many keys, where a database takes no array."""
    return SUM + f"IN ({','.join([placeholder] * count)})"


def new_connection(**changed: Any) -> Any:
    """A connection of the driver, set up as Django's own is."""
    wrapper = connections[DEFAULT_DB_ALIAS].copy()
    wrapper.settings_dict = {**wrapper.settings_dict, "OPTIONS": {**wrapper.settings_dict["OPTIONS"], **changed}}
    wrapper.inc_thread_sharing()
    wrapper.connect()
    return wrapper.connection


class Patience:
    """Keeps a process from waiting again and again for a database that is away."""

    def __init__(self) -> None:
        self._until = 0.0

    def check(self) -> None:
        if time.monotonic() < self._until:
            raise Unreachable

    def lose(self, error: Exception) -> Unreachable:
        self._until = time.monotonic() + PAUSE
        return Unreachable(str(error))


class SQLite:
    """One connection for all threads: a state is a number of its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened = 0
        self._patience = Patience()

    def look(self, keys: Keys, state: Hashable) -> tuple[Hashable, int | None]:
        self._patience.check()
        try:
            with self._lock:
                database = self._connection or self._open()
                now = (self._opened, database.execute("PRAGMA data_version").fetchone()[0])
                if now == state:
                    return now, None
                names = keys.names
                return now, database.execute(sum_among(len(names), "?"), names).fetchone()[0]
        except (sqlite3.Error, DatabaseError) as error:
            self.close()
            raise self._patience.lose(error) from error

    def _open(self) -> sqlite3.Connection:
        self._opened += 1
        self._connection = cast(sqlite3.Connection, new_connection(check_same_thread=False))
        return self._connection

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None


class PostgreSQL:
    """Two statements, below psycopg's slower cursors. Threads that wait for an answer share the next question."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._begun = 0  # questions for the state
        self._last: tuple[int, Any] = (0, None)  # the number of the last one that was answered, and its answer
        self._idle: list[Any] = []  # the driver's connections; pop and append are atomic
        self._patience = Patience()
        self._is_prepared = True

    def look(self, keys: Keys, state: Hashable) -> tuple[Hashable, int | None]:
        if state and self._state() == state:
            return state, None
        found = self._asked(STATE_AND_SUM, [keys.array])
        return found.get_value(0, 0), int(found.get_value(0, 1))

    def _state(self) -> Any:
        """The state at some moment between the call and the return: an answer to a question begun in between will do.

        Under load most threads need not ask; what a question costs the server is most of what a hit costs.
        """
        before = self._begun
        with self._turn:
            if self._last[0] <= before:
                self._begun += 1
                self._last = self._begun, self._asked(STATE, []).get_value(0, 0)
            return self._last[1]

    def _asked(self, statement: bytes, values: list[bytes]) -> Any:
        """The result. Raises Unreachable."""
        self._patience.check()
        try:
            result = self._ask(statement, values) or self._ask(statement, values)  # restarted in between, it may be
        except Exception as error:  # psycopg's, and Django's own about settings
            raise self._patience.lose(error) from error
        if result is None:
            raise self._patience.lose(ConnectionError("no answer"))
        return result

    def _ask(self, statement: bytes, values: list[bytes]) -> Any:
        """The result, or None where the connections were no good; they are dropped then."""
        try:
            raw = self._idle.pop()
        except IndexError:
            raw = self._open()
        ask = raw.pgconn.exec_prepared if self._is_prepared else raw.pgconn.exec_params
        try:
            result = ask(NAMES[statement] if self._is_prepared else statement, values)
        except Exception:
            raw.close()
            raise
        if result.status == ExecStatus.TUPLES_OK:
            if len(self._idle) < MOST_IDLE:
                self._idle.append(raw)
            else:
                raw.close()
            return result
        if self._is_prepared and result.get_error_field(67) == NO_SUCH_STATEMENT.encode():
            self._is_prepared = False
        raw.close()
        self.close()
        return None

    def _open(self) -> Any:
        raw = new_connection(connect_timeout=PATIENCE, tcp_user_timeout=PATIENCE * 1000)
        if self._is_prepared:
            for statement, name in NAMES.items():
                raw.pgconn.prepare(name, statement)
        return raw

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
