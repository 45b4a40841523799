"""How do millions of rows get into the tables of the models? By COPY or executemany, indexes built afterwards.

Models and fields are the product's own: a column that is added with a default needs nothing here.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from tqdm import tqdm

IS_POSTGRESQL = connection.vendor == "postgresql"


class Table:
    """The columns of a model in order, and how a value reaches each."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.columns = ", ".join(connection.ops.quote_name(field.column) for field in self.fields)
        self.base = [self.default(field) for field in self.fields]
        self.places = {field.attname: n for n, field in enumerate(self.fields)}
        self.documents = {n for n, field in enumerate(self.fields) if isinstance(field, models.JSONField)}
        self.times = [n for n, field in enumerate(self.fields) if isinstance(field, models.DateTimeField)]
        self.days = [n for n, field in enumerate(self.fields) if type(field) is models.DateField]

    @staticmethod
    def default(field: models.Field) -> Any:
        """What a row has that says nothing of this field; times are always said."""
        if isinstance(field, models.DateTimeField):
            return None
        default = field.get_default()
        return json.dumps(default) if isinstance(field, models.JSONField) and default is not None else default

    def row(self, values: dict[str, Any]) -> list[Any]:
        found = self.base.copy()
        for name, value in values.items():
            place = self.places[name]
            is_document = place in self.documents and not isinstance(value, str) and value is not None
            found[place] = json.dumps(value, ensure_ascii=False) if is_document else value
        return found

    def write(self, cursor: Any, rows: list[list[Any]]) -> None:
        if IS_POSTGRESQL:
            with cursor.copy(f"COPY {self.name} ({self.columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        for row in rows:
            for place in self.times:
                row[place] = row[place] and connection.ops.adapt_datetimefield_value(row[place])
            for place in self.days:
                row[place] = row[place] and str(row[place])
        marks = ", ".join("?" * len(self.fields))
        cursor.cursor.executemany(f"INSERT INTO {self.name} ({self.columns}) VALUES ({marks})", rows)


class Writer:
    """Rows wait here until `flush`, which writes those of every table in one transaction."""

    def __init__(self) -> None:
        self.tables: dict[type[models.Model], Table] = {}
        self.rows: dict[type[models.Model], list[list[Any]]] = defaultdict(list)
        self.keys: dict[type[models.Model], int] = {}
        self.taken: list[tuple[Table, list[Any]]] | None = None  # where copies of the rows are collected

    def table(self, model: type[models.Model]) -> Table:
        if model not in self.tables:
            self.tables[model] = Table(model)
            if isinstance(model._meta.pk, models.AutoField):
                self.keys[model] = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        return self.tables[model]

    def add(self, model: type[models.Model], **values: Any) -> int:
        """One row; returns its key, the next free one where none is given."""
        table = self.table(model)
        name = model._meta.pk.attname
        if name not in values:
            values[name] = self.next_key(model)
        row = table.row(values)
        self.rows[model].append(row)
        if self.taken is not None:
            self.taken.append((table, row))
        return values[name]

    def next_key(self, model: type[models.Model]) -> int:
        self.table(model)
        self.keys[model] += 1
        return self.keys[model]

    def flush(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for model, rows in self.rows.items():
                self.tables[model].write(cursor, rows)
        self.rows.clear()

    def settle(self) -> None:
        """Let the next key that the database gives follow the last one given here."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(Style(), list(self.tables)):
                cursor.execute(statement)


class Style:
    """What Django's SQL for sequences wants to be coloured with: nothing."""

    def __getattr__(self, _name: str) -> Any:
        return str


@contextmanager
def bulk() -> Iterator[None]:
    """Within, foreign keys are not looked up and secondary indexes do not exist; afterwards they are built."""
    with connection.cursor() as cursor:
        indexes = secondary_indexes(cursor)
        for name, _statement in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SET session_replication_role = replica" if IS_POSTGRESQL else "PRAGMA foreign_keys = OFF")
        if not IS_POSTGRESQL:
            cursor.execute("PRAGMA synchronous = OFF")
        yield
        for _name, statement in tqdm(indexes, desc="indexes", unit=""):
            cursor.execute(statement)
        if IS_POSTGRESQL:
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def secondary_indexes(cursor: Any) -> list[tuple[str, str]]:
    """Names and statements of the indexes of stories, comments and logs that hold no constraint."""
    if IS_POSTGRESQL:
        cursor.execute("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    else:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return [
        (name, statement)
        for table, name, statement in cursor.fetchall()
        if table.startswith(("articles_", "comments_", "audit_")) and not statement.startswith("CREATE UNIQUE")
    ]
