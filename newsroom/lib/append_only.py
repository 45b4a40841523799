"""How is a log kept that only grows? Triggers refuse to change or delete a row, whoever asks the database.

In a migration, after the table is made:  operations = [append_only.protect("articles_transition", …)]
SQLite forgets triggers when a later migration makes the table anew (AlterField and the like): protect it again there.
"""

from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython

TABLES: Final = (  # every log that only grows
    "articles_frontversion",
    "articles_previewanswer",
    "articles_previewopening",
    "articles_publicversion",
    "articles_recordseal",
    "articles_storynote",
    "articles_transition",
    "audit_auditevent",
    "comments_modaction",
)
FUNCTION: Final = "newsroom_append_only"  # of PostgreSQL; one for all tables
REFUSAL: Final = "this log only grows"


class Triggers(NamedTuple):
    """SQL that sets the triggers of a table, and SQL that takes them away; both may be run twice."""

    forward: list[str]
    backward: list[str]


def triggers(table: str) -> dict[str, Triggers]:
    """Return the triggers of a table by database vendor. What they refuse raises django.db.IntegrityError."""
    return {"sqlite": _sqlite(table), "postgresql": _postgresql(table)}


def _sqlite(table: str) -> Triggers:
    """INSERT OR REPLACE deletes without asking the trigger of deletions: a key that is there is refused itself."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
    is_there = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id) '
    kinds = {"update": "", "delete": "", "insert": is_there}
    names = {kind: f'"{table}_no_{kind}"' for kind in kinds}
    forward = [
        f'CREATE TRIGGER IF NOT EXISTS {names[kind]} BEFORE {kind.upper()} ON "{table}" {when}{refuse}'
        for kind, when in kinds.items()
    ]
    return Triggers(forward, [f"DROP TRIGGER IF EXISTS {name}" for name in names.values()])


def _postgresql(table: str) -> Triggers:
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    rows, whole = f'"{table}_no_change"', f'"{table}_no_truncate"'
    backward = [f'DROP TRIGGER IF EXISTS {name} ON "{table}"' for name in (rows, whole)]
    execute = f"EXECUTE FUNCTION {FUNCTION}()"
    forward = [
        function,
        *backward,
        f'CREATE TRIGGER {rows} BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {execute}',
        f'CREATE TRIGGER {whole} BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {execute}',
    ]
    return Triggers(forward, backward)


def protect(*tables: str) -> RunPython:
    """The operation of a migration that makes these tables append-only."""

    def forward(_apps: Any, schema_editor: Any) -> None:
        set_triggers(*tables, using=schema_editor.connection)

    def backward(_apps: Any, schema_editor: Any) -> None:
        take_triggers(*tables, using=schema_editor.connection)

    return RunPython(forward, backward)


def set_triggers(*tables: str, using: BaseDatabaseWrapper | None = None) -> None:
    for table in tables:
        _run(triggers(table)[(using or connection).vendor].forward, using)


def take_triggers(*tables: str, using: BaseDatabaseWrapper | None = None) -> None:
    for table in tables:
        _run(triggers(table)[(using or connection).vendor].backward, using)


def _run(statements: list[str], using: BaseDatabaseWrapper | None) -> None:
    with (using or connection).cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
