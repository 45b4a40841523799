"""How does a database go into a file and come back, and what is in it? By SQLite's online backup, or by pg_dump.

A fingerprint of a table is its number of rows and the sum of their digests: the same for the same rows in any order.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Protocol
from uuid import uuid4

from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

Advance = Callable[[str], None]
WIDTH: Final = 16  # bytes of a row's digest


class Fingerprint(NamedTuple):
    rows: int
    digest: str


class Trouble(Exception):
    """What keeps a backup or a restore from being done, in words for the operator."""


class Engine(Protocol):
    """A kind of database. `advance` is called with the name of each table that was read."""

    def dump(self, target: Path, advance: Advance) -> dict[str, Fingerprint]:
        """Write a consistent copy and return the fingerprints of what is in it. Raises Trouble."""

    def load(self, source: Path) -> None:
        """Put the copy in the place of everything that is there: all of it or, with Trouble, nothing."""

    def fingerprints(self, advance: Advance) -> dict[str, Fingerprint]:
        """What is in the database now."""

    def is_copy(self, source: Path, tables: dict[str, Fingerprint], advance: Advance) -> bool:
        """Whether the file can be loaded, as far as that can be seen without loading it."""


class SQLite:
    def dump(self, target: Path, advance: Advance) -> dict[str, Fingerprint]:
        with closing(_open(_name())) as live, closing(_open(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            return dict(_sqlite_tables(copy, advance))

    def load(self, source: Path) -> None:
        connection.close()
        with closing(_open(source)) as copy, closing(_open(_name())) as live:
            try:
                copy.backup(live)  # in one transaction: others see the old data, then the new
            except sqlite3.Error as error:
                raise Trouble(str(error)) from error

    def fingerprints(self, advance: Advance) -> dict[str, Fingerprint]:
        with closing(_open(_name())) as live:
            return dict(_sqlite_tables(live, advance))

    def is_copy(self, source: Path, tables: dict[str, Fingerprint], advance: Advance) -> bool:
        try:
            with closing(_open(source)) as copy:
                return dict(_sqlite_tables(copy, advance)) == tables
        except sqlite3.DatabaseError:
            return False


def _name() -> Path:
    return Path(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=60, isolation_level=None)


def _sqlite_tables(database: sqlite3.Connection, advance: Advance) -> Iterator[tuple[str, Fingerprint]]:
    """Index tables of the full-text search are tables like others; what is only a view of them (VIRTUAL) is not."""
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        rows = total = 0
        for row in database.execute(f'SELECT * FROM "{name}"'):
            rows += 1
            total += int.from_bytes(blake2b(repr(row).encode(), digest_size=WIDTH).digest(), "big")
        yield name, Fingerprint(rows, f"{total % (1 << 8 * WIDTH):0{2 * WIDTH}x}")
        advance(name)


class PostgreSQL:
    TABLES: Final = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    # Both halves of each row's digest, summed by the server: no row leaves it.
    ROWS: Final = (
        "SELECT count(*), coalesce(sum(('x' || left(d, 16))::bit(64)::bigint), 0), "
        "coalesce(sum(('x' || right(d, 16))::bit(64)::bigint), 0) "
        "FROM (SELECT md5(t::text) AS d FROM public.{} t) digests"
    )
    # Tables of a version that the copy does not know would stay behind, and hold on to those that it replaces.
    EMPTY: Final = (
        f"DO $$ DECLARE t text; BEGIN FOR t IN {TABLES} "
        "LOOP EXECUTE 'DROP TABLE IF EXISTS public.' || t || ' CASCADE'; END LOOP; END $$"
    )

    def dump(self, target: Path, advance: Advance) -> dict[str, Fingerprint]:
        tool = _tool("pg_dump")
        with _snapshot() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            options = [
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={target}",
            ]
            address, env = _address()
            with tempfile.TemporaryFile() as said:
                with subprocess.Popen([tool, *options, *address], env=env, stderr=said) as writer:
                    writer.wait()
                _require(writer, "pg_dump", said)
            return dict(self._tables(cursor, advance))

    def load(self, source: Path) -> None:
        """psql commits at the end of what it is given: where that is not the end of the copy, it is killed before.

        The server goes on with the statement it is at, and holds its locks, so it is told to stop as well.
        """
        connection.close()
        restore = [
            _tool("pg_restore"),
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--file=-",
            str(source),
        ]
        psql = [_tool("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        address, env = _address()
        name = f"restore {uuid4()}"
        command = [*psql, "--output=/dev/null", f"--command={self.EMPTY}", "--file=-", *address]
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
            writer = subprocess.Popen(command, env=env | {"PGAPPNAME": name}, stdin=subprocess.PIPE, stderr=told)
            with writer, subprocess.Popen(restore, stdout=subprocess.PIPE, stderr=said) as reader:
                with contextlib.suppress(BrokenPipeError):  # psql has given up, and says why
                    shutil.copyfileobj(reader.stdout, writer.stdin)  # type: ignore[arg-type]
                    if reader.wait():
                        writer.kill()
                    writer.stdin.close()  # type: ignore[union-attr]
                reader.stdout.close()  # type: ignore[union-attr]
            if writer.returncode < 0:
                _end(name)
            _require(writer, "psql", told) if writer.returncode > 0 else _require(reader, "pg_restore", said)

    def fingerprints(self, advance: Advance) -> dict[str, Fingerprint]:
        with _snapshot() as cursor:
            return dict(self._tables(cursor, advance))

    def is_copy(self, source: Path, tables: dict[str, Fingerprint], advance: Advance) -> bool:
        done = subprocess.run([_tool("pg_restore"), "--list", source], capture_output=True, text=True, check=False)
        listed = {line.split()[6] for line in done.stdout.splitlines() if " TABLE DATA public " in line}
        return done.returncode == 0 and {name.strip('"') for name in tables} <= listed

    def _tables(self, cursor: Any, advance: Advance) -> Iterator[tuple[str, Fingerprint]]:
        cursor.execute(self.TABLES)
        for (name,) in cursor.fetchall():
            cursor.execute(self.ROWS.format(name))
            rows, left, right = cursor.fetchone()
            yield name, Fingerprint(rows, f"{int(left) % (1 << 64):016x}{int(right) % (1 << 64):016x}")
            advance(name)


def _address() -> tuple[list[str], dict[str, str]]:
    """Arguments and environment by which a tool of PostgreSQL finds our database; the password is no argument."""
    [_psql, *address], env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return address, os.environ | (env or {})


def _require(done: subprocess.Popen[bytes], tool: str, said: IO[bytes]) -> None:
    """Raise Trouble with what the tool said, unless it went well."""
    if done.returncode:
        said.seek(0)
        words = {"tool": tool, "said": said.read().decode(errors="replace").strip()}
        raise Trouble(_("%(tool)s failed: %(said)s") % words)


def _end(name: str) -> None:
    """Return when the server has ended the session of this name and its transaction, after a minute at most.

    A server that is away has none, and what went wrong is told by the tool.
    """
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE application_name = %s", [name]
        )


@contextmanager
def _snapshot() -> Iterator[Any]:
    """A cursor of a connection of its own that sees one moment of the database, and writes times as UTC."""
    params = connection.get_connection_params()
    with closing(connection.get_new_connection(params)) as own, own.cursor() as cursor:
        own.autocommit = True
        cursor.execute("SET timezone = 'UTC'")
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield cursor


def _tool(name: str) -> str:
    """The path of a tool of PostgreSQL. Raises Trouble where it is not installed."""
    if path := shutil.which(name):
        return path
    raise Trouble(_("%s is missing. Debian, Ubuntu: sudo apt-get install postgresql-client") % name)


def engine() -> Engine:
    """The one of this installation."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
