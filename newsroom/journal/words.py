"""How are deeds, and what changed with them, said to people?"""

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.lib import dates

# kind -> what it says of who did it; nouns and deeds that are not here are shown as they are written.
DEEDS: Final[dict[str, str | Promise]] = {
    "signin.done": _("signed in"),
    "signin.failed": _("sign-in failed"),
    "signin.locked": _("locked out after failed sign-ins"),
    "signin.left": _("signed out"),
    "session.ended": _("ended sessions"),
    "password.changed": _("changed the own password"),
    "password.set": _("set somebody's password"),
    "password.asked": _("asked for a new password by mail"),
    "password.reset": _("chose a new password by mail"),
    "second_factor.enrolled": _("set up a second factor"),
    "second_factor.reset": _("took a second factor away"),
    "person.invited": _("invited somebody"),
    "person.added": _("made an account"),
    "person.changed": _("changed an account"),
    "invitation.resent": _("sent an invitation again"),
    "invitation.withdrawn": _("withdrew an invitation"),
    "invitation.accepted": _("accepted the invitation"),
    "access.ended": _("ended somebody's access"),
    "access.reopened": _("invited somebody back"),
    "role.given": _("gave a role"),
    "role.changed": _("changed a role"),
    "role.taken": _("took a role away"),
    "delegation.given": _("lent the right to withdraw"),
    "delegation.ended": _("ended a delegation"),
    "section.added": _("added a section"),
    "section.changed": _("changed a section"),
    "section.deleted": _("deleted a section"),
    "author.added": _("added an author"),
    "author.changed": _("changed an author"),
    "author.deleted": _("deleted an author"),
    "tag.added": _("added a keyword"),
    "tag.changed": _("changed a keyword"),
    "tag.deleted": _("deleted a keyword"),
    "rules.added": _("set rules for comments"),
    "rules.changed": _("changed the rules for comments"),
    "rules.deleted": _("took rules for comments away"),
    "term.added": _("added terms to the lists for comments"),
    "term.changed": _("changed a term of the lists for comments"),
    "term.deleted": _("took a term off the lists for comments"),
    "page.added": _("added a page"),
    "page.changed": _("changed a page"),
    "page.deleted": _("deleted a page"),
    "template.added": _("added a story template"),
    "template.changed": _("changed a story template"),
    "template.deleted": _("deleted a story template"),
    "front.launched": _("put an arrangement on a front page"),
    "front.undone": _("undid the launch of a front page"),
    "front.discarded": _("threw away the draft of a front page"),
    "publication.added": _("set up the masthead"),
    "publication.changed": _("changed the masthead"),
    "image.added": _("added a picture"),
    "image.changed": _("changed a picture"),
    "image.deleted": _("deleted a picture"),
    "preview.made": _("made a preview link"),
    "preview.revoked": _("revoked a preview link"),
    "preview.opened": _("opened a preview link"),
    "preview.answered": _("answered through a preview link"),
    "commenter.hold": _("put a commenter under legal hold"),
    "commenter.release": _("ended a legal hold"),
    "export.made": _("exported"),
    "maintenance.began": _("closed the newsroom for maintenance"),
    "maintenance.ended": _("opened the newsroom again"),
}

# Filter of kinds: value -> label and the nouns that belong to it; stories and comments have logs of their own.
TOPICS: Final[dict[str, tuple[str | Promise, tuple[str, ...]]]] = {
    "stories": (_("Steps of stories"), ()),
    "comments": (_("Decisions about comments"), ()),
    "signing": (_("Signing in and passwords"), ("signin", "session", "password", "second_factor")),
    "people": (_("People, roles, invitations"), ("person", "invitation", "access", "role", "delegation")),
    "names": (
        _("Sections, authors, keywords, templates, pages, masthead"),
        ("section", "author", "tag", "template", "page", "publication"),
    ),
    "terms": (_("Lists of terms for comments"), ("term",)),
    "pictures": (_("Pictures"), ("image",)),
    "fronts": (_("Front pages"), ("front",)),
    "previews": (_("Preview links"), ("preview",)),
    "exports": (_("Exports"), ("export",)),
    "upkeep": (_("Maintenance"), ("maintenance",)),
}

DETAILS: Final[dict[str, str | Promise]] = {
    "email": _("e-mail"),
    "role": _("role"),
    "roles": _("roles"),
    "start": _("from"),
    "end": _("until"),
    "note": _("note"),
    "reason": _("reason"),
    "parts": _("changed in the text"),
    "devices": _("devices"),
    "format": _("format"),
    "filter": _("filter"),
}


def deed(kind: str) -> str:
    return str(DEEDS.get(kind, kind))


def comment(number: int) -> str:
    return gettext("Comment #%d") % number


def commenter(number: int | None) -> str:
    return gettext("Commenter #%d") % (number or 0)


def details(detail: dict[str, Any], object_type: str) -> list[str]:
    """What a log row tells besides, one thing a line."""
    return list(_lines(detail, object_type))


def _lines(detail: dict[str, Any], object_type: str) -> Iterator[str]:
    for name, values in detail.get("fields", {}).items():
        before, after = values
        yield f"{field_name(object_type, name)}: {before or '–'} → {after or '–'}"
    for key, value in detail.items():
        if key == "fields" or value in (None, "", [], {}):
            continue
        said = ", ".join(map(str, value)) if isinstance(value, list) else time_or_text(str(value))
        yield f"{capfirst(str(DETAILS.get(key, key)))}: {said}"


def field_name(object_type: str, name: str) -> str:
    try:
        return capfirst(str(apps.get_model(object_type)._meta.get_field(name).verbose_name))
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return name


def time_or_text(value: str) -> str:
    """A moment on Hà Nội's clock; anything else as it is."""
    try:
        moment = parse_datetime(value) if "T" in value else None
    except ValueError:
        moment = None
    return f"{dates.local(moment):%H:%M:%S %d/%m/%Y}" if moment and moment.tzinfo else value
