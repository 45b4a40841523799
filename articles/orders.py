"""What comes with the button of a verb?"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from articles.models import Snapshot
from articles.notices import SILENCE, Notice

Keys = frozenset[str]  # surrogate keys of pages that are stale now


@dataclass(frozen=True)
class Order:
    """Who does a verb, when, and what came with the button; `text` comes with a quick correction alone."""

    by: AbstractBaseUser
    now: datetime
    note: str = ""
    at: datetime | None = None
    notice: Notice = SILENCE
    text: Snapshot | None = None
