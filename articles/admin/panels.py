"""What waits for whom? The lists of stories on the first page of the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import releasing
from articles.models import Article, Role, Stage, Transition
from articles.rights import Grants, Person, grants_of, in_hand
from newsroom.lib import dates

SOON = timedelta(days=3)  # before the day of a held story
SHOWN = 8  # stories in a list of the desk; the list of stories has the rest
DESK = (Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
WRITERS = (Role.REPORTER, *DESK)
PUBLISHERS = (Role.PUBLISHER, Role.CHIEF)

# Who waits for which stage, under which heading.
WAITING: tuple[tuple[tuple[Role, ...], Stage, str | Promise], ...] = (
    (DESK, Stage.SUBMITTED, gettext_lazy("Waiting for an editor")),
    ((Role.EDITOR,), Stage.EDITING, gettext_lazy("Being edited")),
    (PUBLISHERS, Stage.REVIEW, gettext_lazy("Waiting for approval")),
    (PUBLISHERS, Stage.APPROVED, gettext_lazy("Ready to publish")),
)


@dataclass(frozen=True)
class Part:
    """How many stories of a list belong to a section (by key; None: to no section yet)."""

    section: int | None
    name: str
    count: int


@dataclass(frozen=True)
class Panel:
    """A list of the desk: its heading, its stories, how many there are, and what an empty one says."""

    name: str
    heading: str | Promise
    stories: Sequence[Article]
    count: int
    query: str  # of the list of stories that has all of them
    empty: str = ""
    parts: list[Part] = field(default_factory=list)  # by section, where there is more than one
    is_waiting: bool = False  # its stories wait for this person since `waiting_since`


def panels(user: Person) -> list[Panel]:
    """What the desk shows this person: trouble, own stories, what waits for them, what is coming, what came out."""
    grants = grants_of(user)
    stories = Article.objects.filter(trashed_at=None).select_related("desk_section__parent", "created_by")
    stories = stories.defer("body", "html", "lead")
    own_ones, theirs = own(stories, user, grants), waiting(stories.filter(held_until=None), grants)
    return [*trouble(grants), *own_ones, *theirs, *held(stories, user, grants), *dated(stories, grants)]


def trouble(grants: Grants) -> Iterable[Panel]:
    """Updates that did not appear when they should have; shown only where there are any."""
    if grants.anywhere(*DESK):
        late = in_sections(releasing.late_or_failed(), grants.sections_as(*DESK))
        late = late.select_related("desk_section__parent", "created_by").defer("body", "html", "lead")
        found = panel("late", _("Late or failed"), late, "stage=approved")
        if found.stories:
            yield found


def own(stories: QuerySet[Article], user: Person, grants: Grants) -> Iterable[Panel]:
    """What came back to this person with a note, and what they write and readers do not have yet."""
    if not grants.anywhere(*WRITERS):
        return
    pending = in_hand(stories, user).exclude(stage=Stage.DONE).order_by("-desk_changed_at")
    returns = Transition.objects.filter(article=OuterRef("pk"), verb="return").order_by("-at", "-pk")
    returned = pending.filter(stage=Stage.RETURNED, held_until=None).annotate(why=Subquery(returns.values("note")[:1]))
    back = panel("returned", _("Returned to me"), returned, "whose=mine&stage=returned")
    if back.stories:
        yield back
    begun = pending.exclude(stage=Stage.RETURNED, held_until=None)
    mine = panel("mine", _("My stories in progress"), begun, "whose=mine", _("You have no story in progress."))
    if mine.stories or grants.anywhere(Role.REPORTER):
        yield mine


def waiting(stories: QuerySet[Article], grants: Grants) -> Iterable[Panel]:
    """What waits for a hand that this person has, in the sections where they have it; the longest wait first."""
    for roles, stage, heading in WAITING:
        if grants.anywhere(*roles):
            here = stories.filter(stage=stage, due_at=None)  # an update that has its time waits for nobody
            reach = in_sections(here, grants.sections_as(*roles)).annotate(waiting_since=waiting_since())
            shown = list(reach.order_by("waiting_since", "pk")[:SHOWN])
            parts = by_section(reach) if shown else []
            count = sum(part.count for part in parts)
            parts = parts if len(parts) > 1 else []
            query, empty = f"stage={stage}", _("Nothing waits here.")
            yield Panel(stage, heading, shown, count, query, empty, parts, is_waiting=True)


def held(stories: QuerySet[Article], user: Person, grants: Grants) -> Iterable[Panel]:
    """Own held stories and those of the person's sections whose day has come or is near; only where there are any."""
    if grants.anywhere(*WRITERS):
        near = stories.filter(held_until__lte=dates.today() + SOON)
        reach = in_hand(near, user) | in_sections(near, grants.sections_as(*DESK))
        found = panel("held", _("Held until now"), reach.order_by("held_until", "pk"), "whose=held")
        if found.stories:
            yield found


def waiting_since() -> Coalesce:
    """When a story came to the stage where it is."""
    arrivals = Transition.objects.filter(article=OuterRef("pk"), to_stage=OuterRef("stage"))
    arrivals = arrivals.exclude(from_stage=F("to_stage")).order_by("-at", "-pk")
    return Coalesce(Subquery(arrivals.values("at")[:1]), "desk_changed_at")


def by_section(stories: QuerySet[Article]) -> list[Part]:
    """How many of the stories each section has, the fullest first."""
    rows = stories.order_by().values_list("desk_section", "desk_section__name").annotate(n=Count("pk"))
    return [Part(pk, name or _("No section"), n) for pk, name, n in rows.order_by("-n", "desk_section__sort")]


def dated(stories: QuerySet[Article], grants: Grants) -> Iterable[Panel]:
    """What readers get next (stories and updates) and what they got today, of the sections that the person edits."""
    if not grants.anywhere(*DESK):
        return
    now, sections = timezone.now(), grants.sections_as(*DESK)
    stories, end = in_sections(stories.filter(withdrawn_at=None), sections), now + timedelta(days=1)
    update = Q(due_at__gt=now, due_at__lte=end)
    coming = stories.filter(update | Q(published_at__gt=now, published_at__lte=end))
    coming = coming.annotate(appears_at=Case(When(update, then=F("due_at")), default=F("published_at")))
    out = stories.filter(published_on=dates.local(now).date(), published_at__lte=now)
    out = out.annotate(appears_at=F("published_at"))
    scheduled, today = _("Scheduled for the next 24 hours"), _("Published today")
    none = _("Nothing is scheduled."), _("Nothing was published today.")
    if sections is not None:
        none = _("Nothing is scheduled in your sections."), _("Nothing was published in your sections today.")
    yield panel("scheduled", scheduled, coming.order_by("appears_at"), "readers=scheduled", none[0])
    yield panel("live", today, out.order_by("-published_at"), "readers=live", none[1])


def panel(name: str, heading: str | Promise, stories: QuerySet[Article], query: str, empty: str = "") -> Panel:
    """The first stories of the list; they are counted only where there are more."""
    shown = list(stories[:SHOWN])
    return Panel(name, heading, shown, stories.count() if len(shown) == SHOWN else len(shown), query, empty)


def in_sections(stories: QuerySet[Article], sections: set[int] | None) -> QuerySet[Article]:
    """Stories of these sections and their sub-sections; None means everywhere."""
    if sections is None:
        return stories
    return stories.filter(Q(desk_section__in=sections) | Q(desk_section__parent__in=sections))
