"""What waits for whom? The lists of stories on the first page of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Role, Stage
from articles.rights import Grants, Person, grants_of
from newsroom.lib import dates

SHOWN = 8  # stories in a list of the desk; the list of stories has the rest
DESK = (Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
PUBLISHERS = (Role.PUBLISHER, Role.CHIEF)

# Who waits for which stage, under which heading.
WAITING: tuple[tuple[tuple[Role, ...], Stage, str | Promise], ...] = (
    (DESK, Stage.SUBMITTED, gettext_lazy("Waiting for an editor")),
    ((Role.EDITOR,), Stage.EDITING, gettext_lazy("Being edited")),
    (PUBLISHERS, Stage.REVIEW, gettext_lazy("Waiting for approval")),
    (PUBLISHERS, Stage.APPROVED, gettext_lazy("Ready to publish")),
)


@dataclass(frozen=True)
class Panel:
    """A list of the desk: its heading, its stories, how many there are, and what an empty one says."""

    name: str
    heading: str | Promise
    stories: list[Article]
    count: int
    query: str  # of the list of stories that has all of them
    empty: str


def panels(user: Person) -> list[Panel]:
    """What the desk shows this person: own stories, what waits for them, what is coming, what came out today."""
    grants = grants_of(user)
    stories = Article.objects.filter(trashed_at=None).select_related("desk_section__parent", "created_by")
    stories = stories.defer("body", "html", "lead")
    return [*own(stories, user, grants), *waiting(stories, grants), *dated(stories, grants)]


def own(stories: QuerySet[Article], user: Person, grants: Grants) -> Iterable[Panel]:
    """What a reporter has begun and readers do not have yet."""
    if grants.anywhere(Role.REPORTER):
        mine = stories.filter(created_by=user.pk).exclude(stage=Stage.DONE).order_by("-desk_changed_at")
        heading, empty = _("My stories in progress"), _("You have no story in progress.")
        yield panel("mine", heading, mine, "whose=mine", empty)


def waiting(stories: QuerySet[Article], grants: Grants) -> Iterable[Panel]:
    """What waits for a hand that this person has, in the sections where they have it; the longest wait first."""
    for roles, stage, heading in WAITING:
        if grants.anywhere(*roles):
            reach = in_sections(stories.filter(stage=stage), grants.sections_as(*roles))
            yield panel(stage, heading, reach.order_by("desk_changed_at"), f"stage={stage}", _("Nothing waits here."))


def dated(stories: QuerySet[Article], grants: Grants) -> Iterable[Panel]:
    """What readers get next, and what they got today."""
    if not grants.anywhere(*DESK):
        return
    now = timezone.now()
    stories = stories.filter(withdrawn_at=None)
    coming = stories.filter(published_at__gt=now, published_at__lte=now + timedelta(days=1)).order_by("published_at")
    out = stories.filter(published_on=dates.local(now).date(), published_at__lte=now).order_by("-published_at")
    scheduled, today = _("Scheduled for the next 24 hours"), _("Published today")
    yield panel("scheduled", scheduled, coming, "readers=scheduled", _("Nothing is scheduled."))
    yield panel("live", today, out, "readers=live", _("Nothing was published today."))


def panel(name: str, heading: str | Promise, stories: QuerySet[Article], query: str, empty: str) -> Panel:
    """The first stories of the list; they are counted only where there are more."""
    shown = list(stories[:SHOWN])
    return Panel(name, heading, shown, stories.count() if len(shown) == SHOWN else len(shown), query, empty)


def in_sections(stories: QuerySet[Article], sections: set[int] | None) -> QuerySet[Article]:
    """Stories of these sections and their sub-sections; None means everywhere."""
    if sections is None:
        return stories
    return stories.filter(Q(desk_section__in=sections) | Q(desk_section__parent__in=sections))
