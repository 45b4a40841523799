"""How are the filters of the list of stories kept under a name, put in order, shared and deleted?

Everything but sharing is the owner's alone: whoever calls has found the view by its owner.
"""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import SavedView
from articles.models.saved_view import NAME_LENGTH, QUERY_LENGTH
from articles.readiness import Refused
from articles.rights import Person, grants_of
from articles.transitions import PUBLISHERS
from newsroom.lib import text

# What the address of the list may say; a test holds it to the filters of `articles.admin.articles`.
PERIODS: Final = ("changed", "published")
PARAMETERS: Final = (
    *("q", "o", "whose", "stage", "readers", "section", "writer", "editor"),
    *(f"{period}{end}" for period in PERIODS for end in ("", "_from", "_to")),
)
MOST: Final = 30  # views of one person
KEPT: Final = timedelta(days=1)  # a deleted view that nobody brought back


def clean_query(query: str) -> str:
    """The known parameters of a query string in one spelling: equal filters give equal strings."""
    given = QueryDict(query)
    return urlencode([(name, value) for name in PARAMETERS if (value := text.clean_line(given.get(name, "")))])


def own(owner: Person) -> list[SavedView]:
    """The person's own views, in their order."""
    return list(SavedView.objects.filter(owner=owner.pk, deleted_at=None))


def shown_to(user: Person) -> list[SavedView]:
    """The tabs of a person: own views first, then what colleagues who still work here share."""
    theirs = Q(owner=user.pk) | Q(is_shared=True, owner__is_active=True)
    rows = SavedView.objects.filter(theirs, deleted_at=None).select_related("owner")
    return sorted(rows, key=lambda view: (view.owner_id != user.pk, view.owner_id, view.position, view.pk))


def default_of(user: Person) -> SavedView | None:
    """What the list opens with."""
    return SavedView.objects.filter(owner=user.pk, is_default=True, deleted_at=None).first()


def may_share(user: Person) -> bool:
    return grants_of(user).anywhere(*PUBLISHERS)


def save(owner: Person, name: str, query: str) -> tuple[SavedView, bool]:
    """Keep the filters; an own view of that name gets them instead (False: none was made). Raises Refused."""
    name, query = clean_name(name), clean_query(query)
    if not query:
        raise Refused(_("Nothing is filtered: choose something first, then save."))
    if len(query) > QUERY_LENGTH:
        raise Refused(_("These filters are too long to be kept."))
    with transaction.atomic():
        views = SavedView.objects.filter(owner=owner.pk, deleted_at=None)
        if views.count() >= MOST and not views.filter(name=name).exists():
            raise Refused(_("You have %d saved views already; delete one first.") % MOST)
        last = views.aggregate(last=Max("position"))["last"] or 0
        made = {"query": query, "position": last + 1}
        return SavedView.objects.update_or_create(
            owner_id=owner.pk, name=name, deleted_at=None, defaults={"query": query}, create_defaults=made
        )


def clean_name(name: str) -> str:
    """Raises Refused for no name, and for one that is too long."""
    name = text.clean_line(name)
    if not 1 <= len(name) <= NAME_LENGTH:
        raise Refused(_("A name has between 1 and %d characters.") % NAME_LENGTH)
    return name


def rename(view: SavedView, name: str) -> None:
    change(view, name=clean_name(name))


def change(view: SavedView, **columns: Any) -> None:
    """Raises Refused where another view of the owner has that name."""
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(**columns)
    except IntegrityError as taken:
        raise Refused(_("You have another view of this name.")) from taken


def held(owner_id: int) -> list[SavedView]:
    """The owner's views, locked until the transaction ends: what concerns all of them is done by one at a time."""
    return list(SavedView.objects.select_for_update().filter(owner=owner_id, deleted_at=None))


def move(view: SavedView, step: int) -> None:
    """Change places with the next (1) or the previous one (-1) of the owner; at the end nothing happens."""
    with transaction.atomic():
        views = held(view.owner_id)
        here = views.index(view)
        there = min(max(here + step, 0), len(views) - 1)
        views.insert(there, views.pop(here))
        for position, row in enumerate(views):
            row.position = position
        SavedView.objects.bulk_update(views, ["position"])


def share(view: SavedView, *, shared: bool, by: Person) -> None:
    """Show it to everybody, or no longer; the latter needs no right. Raises Refused."""
    if shared and not may_share(by):
        raise Refused(_("Only managing editors and the editor-in-chief share views with everybody."))
    change(view, is_shared=shared)


def set_default(view: SavedView, *, is_default: bool) -> None:
    """The owner's list opens with this view, and with no other."""
    with transaction.atomic():
        held(view.owner_id)
        SavedView.objects.filter(owner=view.owner_id, is_default=True).update(is_default=False)
        SavedView.objects.filter(pk=view.pk).update(is_default=is_default)


def delete(view: SavedView) -> None:
    """Take it from the tabs; what was deleted a day ago goes for good."""
    now = timezone.now()
    SavedView.objects.filter(owner=view.owner_id, deleted_at__lt=now - KEPT).delete()
    SavedView.objects.filter(pk=view.pk).update(deleted_at=now)


def restore(view: SavedView) -> None:
    """Bring back what was deleted; it opens the list again unless another one does now. Raises Refused."""
    with transaction.atomic():
        has_default = any(other.is_default for other in held(view.owner_id))
        change(view, deleted_at=None, is_default=view.is_default and not has_default)
