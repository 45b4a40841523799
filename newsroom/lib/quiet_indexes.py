"""How does a table that is in use get another index, or lose one? Beside the work on it, so that nobody is locked out.

For migrations with `atomic = False`. PostgreSQL builds the index CONCURRENTLY; SQLite has one writer at a time anyway.
"""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.migrations.operations.base import Operation


class Beside:
    """An operation that has another way on PostgreSQL than elsewhere."""

    postgresql: type[Operation]
    elsewhere: type[Operation]

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        self.way(schema_editor).database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        self.way(schema_editor).database_backwards(self, app_label, schema_editor, *states)

    def way(self, schema_editor: Any) -> Any:
        return self.postgresql if schema_editor.connection.vendor == "postgresql" else self.elsewhere


class AddIndex(Beside, AddIndexConcurrently):
    """Django's operation of this name, without its lock."""

    postgresql, elsewhere = AddIndexConcurrently, migrations.AddIndex


class RemoveIndex(Beside, RemoveIndexConcurrently):
    """Django's operation of this name, without its lock."""

    postgresql, elsewhere = RemoveIndexConcurrently, migrations.RemoveIndex
