"""How does somebody who forgot the password get a new one, without anybody learning who works here?"""

import unicodedata
from typing import Any

from axes.utils import reset as forgive_failures
from django.contrib.auth import get_user_model
from django.db import transaction

from articles.models import Publication
from newsroom.lib import mail
from newsroom.lib.audit.models import record
from newsroom.lib.people import full_name
from newsroom.staff import links, sessions


def offer_reset(email: str) -> None:
    """Mail a link to each member of staff with this address who can sign in; for others nothing happens.

    The letter goes to the address that is stored, never to the one that was typed.
    """
    people = get_user_model()._default_manager.filter(email__iexact=email, is_active=True, is_staff=True)
    for person in people:
        if is_same(person.email, email) and person.has_usable_password():
            context = {
                "person": full_name(person),
                "paper": Publication.current().name,
                "username": person.get_username(),
                "link": links.passwords.make(person),
            }
            letter = mail.compose("admin/staff/mail/password.txt", context, person.email)
            record("password.asked", by=None, about=person)
            mail.send_aside(letter)


def is_same(one: str, other: str) -> bool:
    """Databases compare letters loosely: ı is not i (CVE-2019-19844)."""
    return unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()


def settle(person: Any, kind: str, *, by: Any, keep: str | None = None) -> None:
    """What follows from a new password: the other sessions end, earlier failures are forgiven, the log knows."""
    with transaction.atomic():
        sessions.end(person, by=by, keep=keep)
        forgive_failures(username=person.get_username())
        record(kind, by=by, about=person)
