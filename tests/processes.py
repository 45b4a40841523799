"""Another process on the database of the test."""

import os
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def environment():
    """What a process needs to work on the same database."""
    settings = connection.settings_dict
    url = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
