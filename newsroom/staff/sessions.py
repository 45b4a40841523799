"""Where is a member of staff signed in, and how are sessions ended?"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newsroom.lib.audit.models import acting_from, record
from newsroom.lib.http import client_address, network
from newsroom.staff.models import StaffSession

DESK: Final = "/admin/"
MARK: Final = "staff_session"  # in Django's session: key and number of the row, and when it was last written
EVERY: Final = 5 * 60  # seconds between two writes of "last seen"

# The first that is found in the name a browser gives itself; each claims to be some of those below it.
BROWSERS: Final = {
    "coc_coc_browser": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}

logger = logging.getLogger(__name__)
engine: Any = import_module(settings.SESSION_ENGINE)
Handler = Callable[[HttpRequest], HttpResponse]


def track(get_response: Handler) -> Handler:
    """Middleware: whose session is it, and from where is something done? For the admin alone."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(DESK):
            return get_response(request)
        before = request.session.get(MARK)
        with acting_from(client_address(request)):
            response = get_response(request)
        note(request, before)
        return response

    return handle


def note(request: HttpRequest, before: dict[str, Any] | None) -> None:
    """Write the session down when it is new, got a new key or was not seen for five minutes; forget it at sign-out."""
    if not request.user.is_authenticated:
        if before:
            StaffSession.objects.filter(pk=before["row"]).delete()
        return
    key, now = request.session.session_key, int(time.time())
    is_known = before is not None and before["key"] == key and request.session.get(MARK) == before
    if key is None or (is_known and before and now - before["at"] < EVERY):
        return
    try:
        row = write_down(request, key, before)
    except OperationalError:  # a full disk: who is signed in already can go on reading
        if not is_known:
            raise
        logger.warning("when somebody was last seen was not written down", exc_info=True)
        return
    request.session[MARK] = {"row": row.pk, "key": key, "at": now}


def write_down(request: HttpRequest, key: str, before: dict[str, Any] | None) -> StaffSession:
    """The row of this session, with what is known now; a session that changed its key keeps its row."""
    seen = {
        "user_id": request.user.pk,
        "last_seen": timezone.now(),
        "device": device(request.headers.get("User-Agent", "")),
        "network": network(client_address(request)),
    }
    follow(request, before)
    row, is_new = StaffSession.objects.update_or_create(key=key, defaults=seen)
    if is_new:  # by now Django has forgotten those that were not seen for so long
        ages_ago = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        StaffSession.objects.filter(user=request.user.pk, last_seen__lt=ages_ago).delete()
    return row


def follow(request: HttpRequest, before: dict[str, Any] | None) -> None:
    """Django gives a session a new key when the password changes: its row goes with it."""
    key = request.session.session_key
    if before and key and before["key"] != key:
        StaffSession.objects.filter(pk=before["row"], user=request.user.pk).update(key=key)


def this_one(request: HttpRequest) -> str | None:
    """The key of the session at hand, by which its row is found."""
    follow(request, request.session.get(MARK))
    return request.session.session_key


def device(agent: str) -> str:
    """Family of the browser and of the system: enough to know one's own devices by."""
    found = [next((name for mark, name in kinds.items() if mark in agent), "") for kinds in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def sessions_of(person: Any) -> list[StaffSession]:
    """Where the person is signed in, the latest first. Rows whose session is over are forgotten on the way."""
    rows = list(StaffSession.objects.of(person.pk))
    over = [row for row in rows if is_over(row.key)]
    StaffSession.objects.filter(pk__in=[row.pk for row in over]).delete()
    return [row for row in rows if row not in over]


def is_over(key: str) -> bool:
    """Django's session was ended, or ran out: a store forgets the key of what it does not find."""
    store = engine.SessionStore(key)
    store.load()
    return store.session_key is None


def end(person: Any, *, by: Any, keep: str | None = None, only: int | None = None) -> int:
    """End the person's sessions: all, all but the one of the key `keep`, or `only` the row of this number."""
    with transaction.atomic():
        rows = StaffSession.objects.of(person.pk).exclude(key=keep or "")
        rows = rows if only is None else rows.filter(pk=only)
        ended = list(rows)
        for row in ended:
            engine.SessionStore(row.key).delete()
        StaffSession.objects.filter(pk__in=[row.pk for row in ended]).delete()
        if ended:
            record("session.ended", by=by, about=person, devices=[str(row).strip() for row in ended])
    return len(ended)
