"""How does an editor-in-chief lend somebody the right to withdraw stories, for a time?"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Role, RoleGrant, Section
from articles.rights import grants_of
from newsroom.lib.audit.models import record
from newsroom.staff.access import Refused, role_in_words

LONGEST: Final = timedelta(days=92)
# Who opens stories anyway; the right alone would lead to pages that the person cannot see.
STORY_ROLES: Final = (Role.REPORTER, Role.EDITOR, Role.PUBLISHER)


def delegate(
    person: Any, section: Section | None, start: datetime, end: datetime, *, by: Any, note: str = ""
) -> RoleGrant:
    """Lend the right from `start` on, until `end` (whole seconds). It may overlap with others.

    Raises PermissionDenied for whoever is not the chief there, and Refused for a time or a person that cannot be.
    """
    start, end, now = start.replace(microsecond=0), end.replace(microsecond=0), timezone.now()
    if not grants_of(by).has(Role.CHIEF, section):
        raise PermissionDenied
    if end <= start or end <= now:
        raise Refused(_("The end must come after the beginning, and is still to come."))
    if end - start > LONGEST:
        raise Refused(_("A right is lent for at most %d days.") % LONGEST.days)
    if not outlasts(by, section, end):
        raise Refused(_("You yourself are the chief for a shorter time than that."))
    if person.pk == by.pk or not grants_of(person).anywhere(*STORY_ROLES):
        raise Refused(_("Choose somebody else who works on stories."))
    with transaction.atomic():
        grant = RoleGrant.objects.create(
            user=person,
            role=Role.WITHDRAWER,
            section=section,
            valid_from=start,
            valid_until=end,
            granted_by=by,
            note=note,
        )
        record("delegation.given", by=by, about=person, role=role_in_words(grant), start=start, end=end, note=note)
    return grant


def outlasts(by: Any, section: Section | None, end: datetime) -> bool:
    """Nobody lends longer than they hold."""
    places = Q(section=None) if section is None else Q(section=None) | Q(section__in=[section.pk, section.parent_id])
    held = RoleGrant.objects.in_force().filter(places, user=by.pk, role=Role.CHIEF)
    return held.filter(Q(valid_until=None) | Q(valid_until__gte=end)).exists()


def end_early(grant_id: int, *, by: Any) -> RoleGrant:
    """End it now; one that has not begun never begins. Raises RoleGrant.DoesNotExist, PermissionDenied, Refused."""
    grant = RoleGrant.objects.select_related("section", "user").get(pk=grant_id, role=Role.WITHDRAWER)
    if not grants_of(by).has(Role.CHIEF, grant.section):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        still = RoleGrant.objects.filter(pk=grant.pk, valid_until__gt=now)
        still.filter(valid_from__gt=now).update(valid_from=now)
        if not still.update(valid_until=now):
            raise Refused(_("This has ended already."))
        record("delegation.ended", by=by, about=grant.user, role=role_in_words(grant))
    return grant


def delegations(by: Any) -> QuerySet[RoleGrant]:
    """What was lent in the sections where this person is the chief, the latest end first."""
    sections = grants_of(by).sections_as(Role.CHIEF)
    rows = RoleGrant.objects.filter(role=Role.WITHDRAWER).select_related("user", "section__parent", "granted_by")
    if sections is not None:
        rows = rows.filter(Q(section__in=sections) | Q(section__parent__in=sections))
    return rows.order_by("-valid_until", "-pk")
