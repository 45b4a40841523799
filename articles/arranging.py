"""How do editors arrange the home page and section fronts? They draft, launch, discard and go back.

Every verb is told the version of the front that its user saw: whoever comes second gets Conflict, and nothing changes.
Managing editors and the editor-in-chief arrange every page of theirs, editors the fronts of their sections.
"""

from dataclasses import replace
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import editions, front_pages, keys, section_bar
from articles.models import Arrangement, Article, Filling, Front, FrontVersion, Image, Section, Slot, Tag
from articles.models.article import HEADLINE_LENGTH
from articles.readiness import Refused
from articles.rights import Grants, Person, grants_of
from articles.transitions import EDITORS, PUBLISHERS
from articles.writing import Conflict
from newsroom.lib import dates
from newsroom.lib.audit.models import record
from newsroom.lib.pagecache.models import bump
from newsroom.lib.people import full_name

KICKER_LENGTH: Final = 40
MOST_HOURS: Final = 24 * 365
# What editors may choose, and what its key names. A new kind of slot is a line here, and a source in articles.filling.
FILLINGS: Final[dict[Filling, type[Model] | None]] = {
    Filling.AUTOMATIC: None,
    Filling.STORY: Article,
    Filling.SECTION: Section,
    Filling.TAG: Tag,
    Filling.MOST_READ: None,
}


def may_arrange(user: Person, section: Section | None, grants: Grants | None = None) -> bool:
    """The right to arrange the home page (no section) or the front of a section."""
    grants = grants or grants_of(user)
    return any(grants.has(role, section) for role in (EDITORS if section else PUBLISHERS))


def front_of(section: Section | None) -> Front:
    """The front as it is; one that nobody arranged yet is not saved."""
    found = Front.objects.select_related("section__parent", "changed_by").filter(section=section).first()
    return found or Front(section=section)


def tops() -> list[Section]:
    """The sections that have a block on the home page."""
    return section_bar.loaded().top


def places_of(front: Front) -> list[str]:
    """Every place of the page, from top to bottom."""
    named = [place for area in front.areas for place in area.places]
    blocks = [] if front.section else [front_pages.block_place(section) for section in tops()]
    return [*named, *blocks]


# --- verbs --------------------------------------------------------------------------------------------------------


def save_draft(section: Section | None, arrangement: Arrangement, *, by: AbstractBaseUser, version: int) -> Front:
    """Keep this as the draft. Raises Conflict, Refused for what cannot be, PermissionDenied."""
    with transaction.atomic():
        front = _held(section, by, version)
        check(front, arrangement)
        if replace(arrangement, removed=front.live_arrangement.removed) != front.live_arrangement:
            return _write(front, by, draft=arrangement.to_json())
        # Readers have just this; what was taken off meanwhile can still be put back.
        return _write(front, by, draft=None, live=arrangement.to_json())


def launch(section: Section | None, *, by: AbstractBaseUser, version: int) -> Front:
    """Readers get the draft. Raises Conflict, Refused without a draft, PermissionDenied."""
    with transaction.atomic():
        front = _held(section, by, version)
        if front.draft is None:
            raise Refused(_("There is no draft to put on the page."))
        return _go_live(front, front.drafted, "front.launched", by, draft=None)


def discard(section: Section | None, *, by: AbstractBaseUser, version: int) -> Front:
    """Throw the draft away: it is again what readers have. Raises Conflict, Refused, PermissionDenied."""
    with transaction.atomic():
        front = _held(section, by, version)
        if front.draft is None:
            raise Refused(_("There is no draft to throw away."))
        record("front.discarded", by=by, about=front)
        return _write(front, by, draft=None)


def undo(section: Section | None, *, by: AbstractBaseUser, version: int) -> Front:
    """Readers get what the launch before showed; a draft stays. Raises Conflict, Refused, PermissionDenied."""
    with transaction.atomic():
        front = _held(section, by, version)
        last = front.versions.first()
        if last is None or last.origin == 0:
            raise Refused(_("There is no launch to undo."))
        before = front.versions.filter(number__lt=last.origin, restores=None).first()
        content = before.content if before else {}
        restores = before.number if before else 0
        return _go_live(front, Arrangement.from_json(content), "front.undone", by, restores=restores)


def restore(section: Section | None, number: int, *, by: AbstractBaseUser, version: int) -> Front:
    """Put what a launch showed into the draft. Raises Conflict, Refused, PermissionDenied."""
    with transaction.atomic():
        front = _held(section, by, version)
        found = front.versions.filter(number=number).first()
        if found is None:
            raise Refused(_("There is no such launch."))
        return _write(front, by, draft=found.content)


def _held(section: Section | None, by: AbstractBaseUser, version: int) -> Front:
    """The row, made when somebody first arranges the page; right and version are checked."""
    if not may_arrange(by, section):
        raise PermissionDenied
    front, _is_new = Front.objects.select_related("section__parent", "changed_by").get_or_create(section=section)
    if front.version != version:
        raise conflict(front)
    return front


def _write(front: Front, by: AbstractBaseUser, **columns: Any) -> Front:
    """Set columns, unless somebody was faster since the row was read. Raises Conflict."""
    now = timezone.now()
    mine = Front.objects.filter(pk=front.pk, version=front.version)
    if not mine.update(version=front.version + 1, changed_at=now, changed_by=by, **columns):
        raise conflict(front_of(front.section))
    return front_of(front.section)


def _go_live(
    front: Front,
    arrangement: Arrangement,
    deed: str,
    by: AbstractBaseUser,
    *,
    restores: int | None = None,
    **also: Any,
) -> Front:
    content = arrangement.to_json()
    written = _write(front, by, live=content, **also)
    last = front.versions.first()
    number = last.number + 1 if last else 1
    FrontVersion.objects.create(
        front=front,
        number=number,
        content=content,
        shown=shown_by(front, arrangement),
        restores=restores,
        at=timezone.now(),
        by_id=by.pk,
    )
    record(deed, by=by, about=front, number=number)
    bump({keys.section(front.section.pk) if front.section else keys.HOME})
    return written


def conflict(front: Front) -> Conflict:
    """What to tell who came second."""
    who, when = full_name(front.changed_by) if front.changed_by else "", front.changed_at
    said = {"who": who, "when": dates.stamp(when) if when else ""}
    return Conflict(_("%(who)s changed this page meanwhile (%(when)s). Your change has not been made.") % said)


def top_of(front: Front, arrangement: Arrangement) -> front_pages.Top:
    """What the page would show with this arrangement."""
    if front.section:
        return front_pages.section_front(front.section, 1, editions.apart(), arrangement)
    return front_pages.home(editions.apart(), arrangement)


def shown_by(front: Front, arrangement: Arrangement) -> list[tuple[str, int, str]]:
    top = top_of(front, arrangement)
    return [(place, story.pk, story.headline) for place, story in top.at.items()]


# --- what cannot be -----------------------------------------------------------------------------------------------


def check(front: Front, arrangement: Arrangement) -> None:
    """Raise Refused for the first place that is changed to something that cannot be."""
    before, places = front.drafted, set(places_of(front))
    for place, slot in arrangement.slots.items():
        if slot != before.at(place):
            if place not in places:
                raise Refused(_("This page has no such place."))
            check_slot(slot)


def check_slot(slot: Slot) -> None:
    """Raises Refused with what is wrong."""
    if slot.filling not in FILLINGS:
        raise Refused(_("A place cannot be filled like that."))
    kind = FILLINGS[Filling(slot.filling)]
    if kind is not None:
        found = kind._default_manager.filter(pk=slot.key)
        if slot.key is None or not (found.filter(trashed_at=None) if kind is Article else found).exists():
            raise Refused(_("Say which story, section or keyword is meant: there is none like that."))
    if slot.image is not None and not Image.objects.filter(pk=slot.image).exists():
        raise Refused(_("There is no such picture in the library."))
    if len(slot.headline) > HEADLINE_LENGTH or len(slot.kicker) > KICKER_LENGTH:
        longest = {"headline": HEADLINE_LENGTH, "kicker": KICKER_LENGTH}
        raise Refused(_("A headline has at most %(headline)d characters, a kicker %(kicker)d.") % longest)
    if slot.drop_after is not None and not 1 <= slot.drop_after <= MOST_HOURS:
        raise Refused(_("Say a number of hours between 1 and %d.") % MOST_HOURS)
    if slot.pinned_until is not None and slot.pinned_until <= timezone.now():
        raise Refused(_("This time is past: %s.") % dates.stamp(slot.pinned_until))
