"""What does the log keep of people coming in and going out at the admin's door?

A name that nobody has is not kept: people type their password there by mistake. Floods are thinned: after so many
failures from one address within an hour the rest is left to the lock-out (django-axes) and its own log.
"""

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse

from newsroom.lib import text
from newsroom.lib.audit.models import record
from newsroom.lib.http import client_address
from newsroom.lib.ratelimit import allow
from newsroom.staff import passwords, sessions

HOUR: Final = 3600  # seconds
FAILURES: Final = 60  # an hour and address


def log_attempt(request: HttpRequest, response: HttpResponse) -> None:
    """After the form of signing in was answered."""
    if request.method != "POST":
        return
    if response.status_code == 302 and request.user.is_authenticated:
        record("signin.done", by=request.user)
    elif allow(f"signin:{client_address(request)}", FAILURES, HOUR):
        kind = "signin.locked" if getattr(request, "axes_locked_out", False) else "signin.failed"
        record(kind, by=None, about=somebody(text.clean(request.POST.get("username", ""))))


def somebody(name: str) -> Any:
    people = get_user_model()._default_manager
    return people.filter(username=name).first() if 0 < len(name) <= 150 else None


def log_leaving(request: HttpRequest, person: Any) -> None:
    if request.method == "POST" and person.is_authenticated and not request.user.is_authenticated:
        record("signin.left", by=person)


def log_new_password(request: HttpRequest, response: HttpResponse) -> None:
    """After somebody changed the own password: the other sessions end."""
    if request.method == "POST" and response.status_code == 302:
        passwords.settle(request.user, "password.changed", by=request.user, keep=sessions.this_one(request))
