"""Who keeps the staff, and what happens at once when somebody leaves, comes back or loses the phone?

Right -> state -> change -> log, in one transaction. Bylines and the log keep the names of those who left.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import RoleGrant
from newsroom.lib.audit.models import record
from newsroom.roles import join_groups
from newsroom.staff import second_factor, sessions
from newsroom.staff.models import Invitation


class Refused(Exception):
    """It is not possible now; `str()` says why in the user's language, and nothing was changed."""


def may_manage(by: Any, person: Any) -> bool:
    """Who keeps the staff manages others, never themselves; nobody below a superuser touches one."""
    return bool(
        by.has_perm("auth.change_user") and by.pk != person.pk and (by.is_superuser or not person.is_superuser)
    )


def require_manager(by: Any, person: Any) -> None:
    if not may_manage(by, person):
        raise PermissionDenied


def end_access(person: Any, *, by: Any) -> None:
    """Close every door at this moment: account, password, sessions, second factor, roles, open invitation.

    Raises PermissionDenied, and Refused for somebody who has left already.
    """
    require_manager(by, person)
    with transaction.atomic():
        people = get_user_model().objects.filter(pk=person.pk, is_active=True)
        if not people.update(is_active=False, password=make_password(None)):
            raise Refused(_("Access has ended already."))
        person.refresh_from_db()
        sessions.end(person, by=by)
        second_factor.take_away(person)
        Invitation.objects.filter(user=person, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
        record("access.ended", by=by, about=person, roles=end_roles(person))


def end_roles(person: Any) -> list[str]:
    """End what is in force now, and what is to come before it begins; returns what it was, in words."""
    now, grants = timezone.now(), RoleGrant.objects.not_over().filter(user=person).select_related("section")
    ended = [role_in_words(grant) for grant in grants]
    grants.filter(valid_from__gt=now).update(valid_from=now)
    grants.update(valid_until=now)
    join_groups(person)
    return ended


def role_in_words(grant: RoleGrant) -> str:
    """“Biên tập viên (Thời sự)”."""
    return f"{grant.get_role_display()} ({grant.section})" if grant.section else str(grant.get_role_display())


def reset_second_factor(person: Any, *, by: Any) -> None:
    """Take the person's second factor away; who signed in with it is out. Raises PermissionDenied, Refused."""
    require_manager(by, person)
    with transaction.atomic():
        if not second_factor.take_away(person):
            raise Refused(_("This person has no second factor."))
        record("second_factor.reset", by=by, about=person)


def sign_out_everywhere(person: Any, *, by: Any) -> int:
    """End all sessions of somebody else; returns how many there were. Raises PermissionDenied."""
    require_manager(by, person)
    return sessions.end(person, by=by)
