"""How does a table that is in use get another index, or lose one? Beside the work on it, so that nobody is locked out.

For migrations with `atomic = False`. PostgreSQL builds the index CONCURRENTLY; SQLite has one writer at a time anyway.
"""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations


class AddIndex(AddIndexConcurrently):
    """Django's operation of this name, without its lock."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        way = AddIndexConcurrently if is_postgresql(schema_editor) else migrations.AddIndex
        way.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        way = AddIndexConcurrently if is_postgresql(schema_editor) else migrations.AddIndex
        way.database_backwards(self, app_label, schema_editor, *states)


class RemoveIndex(RemoveIndexConcurrently):
    """Django's operation of this name, without its lock."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        way = RemoveIndexConcurrently if is_postgresql(schema_editor) else migrations.RemoveIndex
        way.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        way = RemoveIndexConcurrently if is_postgresql(schema_editor) else migrations.RemoveIndex
        way.database_backwards(self, app_label, schema_editor, *states)


def is_postgresql(schema_editor: Any) -> bool:
    return bool(schema_editor.connection.vendor == "postgresql")
