"""How does a page ask a long query without Django writing its SQL anew? Compiled once, asked with other values.

Writing the SQL of a union of five lists takes Django longer than the database takes to answer it. The query is still
said once, as a queryset; what changes from page to page are values, which are marked while it is compiled. PostgreSQL
takes longer to plan such a statement than to answer it: there it is prepared, once for a connection.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg.sql import Literal

Value = int | str | datetime

MOST: Final = 200  # statements kept of one query
FIRST_KEY: Final = 2_000_000_000  # any number column of a model may be compared with it
FIRST_MOMENT: Final = datetime(8000, 1, 1, tzinfo=UTC)
A_TEXT: Final = "~value~"


@dataclass(frozen=True)
class Statement:
    """SQL with, for each of its parameters, the name of a value and its type for the driver, or a constant."""

    sql: str
    parameters: list[tuple[str, Any]]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]

    def fetch(self, values: Mapping[str, Value]) -> list[list[Any]]:
        adapt = connection.ops.adapt_datetimefield_value
        adapted = {name: adapt(value) if isinstance(value, datetime) else value for name, value in values.items()}
        filled = [given(adapted[name]) if name else given for name, given in self.parameters]
        try:
            rows = self._rows(filled)
        except OperationalError:
            if connection.health_check_done or connection.in_atomic_block:  # type: ignore[attr-defined]
                raise
            connection.close()  # the server was restarted since the last request; nothing has been read in this one
            rows = self._rows(filled)
        for place, steps, expression in self.converters:
            for row in rows:
                for step in steps:
                    row[place] = step(row[place], expression, connection)
        return rows

    def _rows(self, filled: list[Any]) -> list[list[Any]]:
        with self._asked(filled) as cursor:
            rows = [list(row) for row in cursor.fetchall()]
        connection.health_check_done = True  # type: ignore[attr-defined]
        return rows

    def _asked(self, filled: list[Any]) -> CursorWrapper:
        """Django's cursor; for PostgreSQL one that hands over values beside the statement, which can then be prepared.

        A log of statements wants them whole, values and all.
        """
        if connection.vendor != "postgresql" or connection.queries_logged:
            cursor, sql = connection.cursor(), self.sql
        else:
            connection.ensure_connection()
            cursor, sql = CursorWrapper(psycopg.RawCursor(connection.connection), connection), self.numbered
        cursor.execute(sql, filled)
        return cursor

    @cached_property
    def numbered(self) -> str:
        """The statement with PostgreSQL's own marks ($1), which the driver need not look for."""
        first, *parts = self.sql.split("%s")
        return "".join([first, *(f"${n}{part}" for n, part in enumerate(parts, 1))]).replace("%%", "%")


class Prepared:
    """A query that lists values. `build(shape, **values)` says it; equal shapes and names must be the same SQL."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.statements: dict[Hashable, Statement] = {}

    def fetch(self, shape: Hashable, **values: Value) -> list[list[Any]]:
        """The rows for these values: keys (int), texts that are compared as they are, and moments (datetime)."""
        place = (shape, *values)
        statement = self.statements.get(place)
        if statement is None:
            if len(self.statements) >= MOST:
                self.statements.clear()
            statement = self.statements[place] = self._compiled(shape, values)
        return statement.fetch(values)

    def _compiled(self, shape: Hashable, values: Mapping[str, Value]) -> Statement:
        wrapper = connections[DEFAULT_DB_ALIAS].copy()  # one that nobody else uses: converters hold on to it
        # Both databases can; Django would try SQLite out in a transaction, where a page may have begun one already.
        vars(wrapper.features)["supports_json_field"] = True
        marks = {name: mark(n, value) for n, (name, value) in enumerate(values.items())}
        compiler = self.build(shape, **marks).query.get_compiler(connection=wrapper)
        sql, parameters = compiler.as_sql()
        names = {
            wrapper.ops.adapt_datetimefield_value(given) if isinstance(given, datetime) else given: name
            for name, given in marks.items()
        }
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        wrapper.close()
        statement = written_out(sql, list(named(parameters, names)))
        return Statement(*statement, [(n, *rest) for n, rest in converters.items()])


def written_out(sql: str, parameters: list[tuple[str, Any]]) -> tuple[str, list[tuple[str, Any]]]:
    """For PostgreSQL: constants stand in the statement itself, or a plan for all values could not use the indexes that
    are made for some of them (`WHERE state = 'visible'`).
    """
    if connection.vendor != "postgresql":
        return sql, parameters
    connection.ensure_connection()
    first, *parts = sql.split("%s")
    for (name, given), part in zip(parameters, parts, strict=True):
        said = "%s" if name else Literal(given).as_string(connection.connection).replace("%", "%%")
        first += said + part
    return first, [pair for pair in parameters if pair[0]]


def mark(number: int, value: Value) -> Value:
    """A value that nothing else has."""
    if isinstance(value, str):
        return f"{A_TEXT}{number}"
    return FIRST_MOMENT + timedelta(minutes=number) if isinstance(value, datetime) else FIRST_KEY + number


def named(parameters: Iterable[Any], names: Mapping[Any, str]) -> Iterable[tuple[str, Any]]:
    for given in parameters:
        name = names.get(given) if isinstance(given, Hashable) else None
        is_key = isinstance(given, int)
        yield (name, type(given) if is_key else _as_it_is) if name else ("", given)


def _as_it_is(value: Any) -> Any:
    return value
