"""How does somebody join? Invited by mail, the person opens a signed link and chooses a password."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication, Role, RoleGrant, Section
from newsroom.lib import mail, text
from newsroom.lib.audit.models import record
from newsroom.lib.people import full_name
from newsroom.roles import join_groups
from newsroom.staff import links
from newsroom.staff.access import Refused, require_manager, role_in_words
from newsroom.staff.models import Invitation


@dataclass(frozen=True)
class Newcomer:
    """Whom an administrator asks to join, as what and where."""

    last_name: str
    first_name: str
    email: str
    username: str = ""  # empty: the part of the address before the @
    roles: tuple[tuple[Role, Section | None], ...] = ()


def may_invite(by: Any) -> bool:
    return bool(by.has_perm("auth.add_user") and by.has_perm("articles.add_rolegrant"))


def invite(newcomer: Newcomer, *, by: Any) -> Invitation:
    """Make the account, its roles and the invitation; `deliver` sends the mail.

    Raises PermissionDenied, and Refused where the address or the name belongs to somebody already.
    """
    if not may_invite(by):
        raise PermissionDenied
    if Role.WITHDRAWER in [role for role, _section in newcomer.roles]:
        raise PermissionDenied  # the chief's to give
    people: Any = get_user_model()._default_manager
    if people.filter(email__iexact=newcomer.email, is_staff=True).exists():
        raise Refused(_("A member of staff has this e-mail address already."))
    try:
        with transaction.atomic():
            person = people.create_user(
                newcomer.username or free_username(newcomer.email),
                email=newcomer.email,
                last_name=text.clean_line(newcomer.last_name),
                first_name=text.clean_line(newcomer.first_name),
                is_staff=True,
            )
            invitation = Invitation.objects.create(user=person, invited_by=by)
            roles = give_roles(person, newcomer.roles, by)
            record("person.invited", by=by, about=person, email=newcomer.email, roles=roles)
    except IntegrityError:
        raise Refused(_("Somebody signs in with this name already.")) from None
    return invitation


def free_username(email: str) -> str:
    """A name to sign in with that nobody has, made from the address."""
    stem = text.fold(email.partition("@")[0]).replace("+", ".")[:140] or "nguoi"
    taken = set(get_user_model().objects.filter(username__istartswith=stem).values_list("username", flat=True))
    lowered = {name.lower() for name in taken}
    candidates: Iterable[str] = (f"{stem}{number}" if number > 1 else stem for number in range(1, len(lowered) + 2))
    return next(name for name in candidates if name not in lowered)


def give_roles(person: Any, roles: Iterable[tuple[Role, Section | None]], by: Any) -> list[str]:
    """Grant each role once; returns them in words."""
    grants = [
        RoleGrant(user=person, role=role, section=section, granted_by=by) for role, section in dict.fromkeys(roles)
    ]
    RoleGrant.objects.bulk_create(grants)
    join_groups(person)
    return [role_in_words(grant) for grant in grants]


def invite_again(person: Any, *, by: Any) -> Invitation:
    """A new link, and every earlier one is dead: the mail was lost or too old, or the person comes back.

    Raises PermissionDenied, and Refused for somebody who has a password.
    """
    require_manager(by, person)
    with transaction.atomic():
        person = get_user_model()._default_manager.select_for_update().get(pk=person.pk)
        if person.is_active and person.has_usable_password():
            raise Refused(_("This person can sign in already."))
        kind = "invitation.resent" if person.is_active else "access.reopened"
        invitation, made = Invitation.objects.get_or_create(user=person, defaults={"invited_by": by})
        if not made:
            again = {"accepted_at": None, "withdrawn_at": None, "sent_at": None, "invited_at": timezone.now()}
            Invitation.objects.filter(pk=invitation.pk).update(serial=F("serial") + 1, invited_by=by, **again)
        person.is_active = person.is_staff = True
        person.password = make_password(None)
        person.save(update_fields=["is_active", "is_staff", "password"])
        record(kind, by=by, about=person)
        invitation.refresh_from_db()
    return invitation


def withdraw(person: Any, *, by: Any) -> None:
    """The link is dead at once, and the account closed. Raises PermissionDenied, and Refused if it is too late."""
    require_manager(by, person)
    with transaction.atomic():
        still_open = Invitation.objects.filter(user=person, accepted_at=None, withdrawn_at=None)
        if not still_open.update(withdrawn_at=timezone.now()):
            raise Refused(_("This invitation is no longer open."))
        get_user_model().objects.filter(pk=person.pk).update(is_active=False)
        record("invitation.withdrawn", by=by, about=person)


def accept(person: Any) -> None:
    """The person has chosen a password. Raises Refused if the invitation was withdrawn a moment ago."""
    with transaction.atomic():
        still_open = Invitation.objects.filter(user=person, accepted_at=None, withdrawn_at=None)
        if not still_open.update(accepted_at=timezone.now()):
            raise Refused(_("This invitation is no longer open."))
        record("invitation.accepted", by=person, about=person)


def deliver(invitation: Invitation) -> bool:
    """Send the mail, after the invitation is committed. False if the mail server did not take it."""
    person = invitation.user
    context = {
        "person": full_name(person),
        "inviter": full_name(invitation.invited_by),
        "paper": Publication.current().name,
        "username": person.get_username(),
        "link": links.invitations.make(person),
        "until": expires_at(invitation),
    }
    if not mail.send(mail.compose("admin/staff/mail/invitation.txt", context, person.email)):
        return False
    Invitation.objects.filter(pk=invitation.pk, serial=invitation.serial).update(sent_at=timezone.now())
    return True


def expires_at(invitation: Invitation) -> datetime:
    return invitation.invited_at + links.invitations.lifetime
