"""Where does the tests' database come from, and how is it emptied? SQLite: migrated once for each state of the code.

Fifty migrations take longer than most test files. PostgreSQL migrates in every run; to truncate its hundred tables
takes longer than most tests, so only rows that are there are deleted.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

ROOT = Path(__file__).resolve().parents[1]
APPS = ("newsroom", "articles", "comments")
PREFIX = f"test-migrated-{sys.implementation.cache_tag}-"


def set_up():
    """Make the database; returns what `django.test.utils.teardown_databases` wants."""
    kept = migrated_by_this_code() if connection.vendor == "sqlite" else None
    if kept and kept.exists():
        shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
        return setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=())
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    if kept:
        keep(kept)
    return made


def empty_quickly():
    """Let `flush` on PostgreSQL delete what rows there are; Django's foreign keys wait for the commit."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = lambda _style, tables, **_options: [
            f'DELETE FROM "{name}"' for name in filled(tables)
        ]


def filled(tables):
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]


def migrated_by_this_code():
    """The file for exactly this code (migrations call it), this Django, this Python and its SQLite."""
    digest = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py")):
        digest.update(f"{path} {path.stat().st_size}".encode() + path.read_bytes())
    return Path(settings.VAR_DIR) / f"{PREFIX}{digest.hexdigest()[:32]}.sqlite3"


def keep(path):
    """Write the database to this file, at once whole, and forget those of code that is no more."""
    for old in path.parent.glob(f"{PREFIX}*.sqlite3"):  # not what another process is writing just now
        old.unlink(missing_ok=True)
    half = path.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(half) as copy:
        connection.connection.backup(copy)
    copy.close()
    half.replace(path)
