"""Which terms and names does screening look for at this moment? Made ready once in a process, and anew after a change.

A change of the terms raises an epoch in its own transaction, and every comment asks for it: all workers know the lists
with the next comment. Names of people change seldom and may be a minute old.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from articles.models import Author, Publication
from comments.models import Term
from comments.screening import Reserved, names
from comments.words import Kind, WordList
from comments.words import Term as Wanted
from newsroom.lib.pagecache.models import Epoch
from newsroom.lib.people import full_name

EPOCH: Final = "comment-terms"
NAMES_FOR: Final = 60.0  # seconds


@dataclass(frozen=True)
class _Terms:
    version: int
    until: datetime | None  # when the first of them runs out
    words: WordList


@dataclass(frozen=True)
class _Names:
    until: float
    reserved: Reserved


_ready: dict[str, _Terms | _Names] = {}
_making = threading.Lock()


def terms() -> WordList:
    """Every term that has not run out, those on trial too."""
    now = timezone.now()
    version = Epoch.objects.filter(pk=EPOCH).values_list("version", flat=True).first() or 0
    kept = _ready.get("terms")
    if isinstance(kept, _Terms) and kept.version == version and (kept.until is None or now < kept.until):
        return kept.words
    with _making:
        rows = list(Term.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now)))
        until = min((row.expires_at for row in rows if row.expires_at), default=None)
        _ready["terms"] = made = _Terms(version, until, WordList(map(wanted, rows)))
    return made.words


def wanted(term: Term) -> Wanted:
    """The term as comments.words looks for it."""
    return Wanted(term.pk or 0, term.text, Kind(term.kind), term.section_id, term.is_trial)


def reserved() -> Reserved:
    """The names that no reader may write under."""
    kept = _ready.get("names")
    if isinstance(kept, _Names) and time.monotonic() < kept.until:
        return kept.reserved
    publication = Publication.current()
    staff = get_user_model().objects.filter(is_staff=True, is_active=True)
    people = [*map(full_name, staff), *Author.objects.values_list("name", flat=True), publication.editor_in_chief]
    made = _Names(time.monotonic() + NAMES_FOR, names.reserved([publication.name, publication.tag], people))
    _ready["names"] = made
    return made.reserved


def forget() -> None:
    """As in a process that has just begun."""
    _ready.clear()
