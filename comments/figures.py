"""How much do moderators decide, and how long do readers wait? Read from the log, for a stretch of days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _

from articles.rights import Person, grants_of, reach
from comments.models import ModAction, State, Verb
from comments.moderation import ROLES
from newsroom.lib import dates
from newsroom.lib.people import full_name

LONGEST: Final = 92  # days
VERBS: Final = (Verb.APPROVE, Verb.REJECT, Verb.SPAM, Verb.KEEP)


@dataclass
class Line:
    """One day, moderator or section: its decisions, and how long the comments had waited."""

    name: str
    decisions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VERBS, 0))
    waits: list[float] = field(default_factory=list)  # seconds, of comments that waited
    sort: Any = ""

    @property
    def total(self) -> int:
        return sum(self.decisions.values())

    @property
    def median(self) -> timedelta | None:
        return self._percentile(50)

    @property
    def ninety(self) -> timedelta | None:
        return self._percentile(90)

    def _percentile(self, percent: int) -> timedelta | None:
        """The wait that so many of a hundred did not exceed."""
        if not self.waits:
            return None
        place = -(-len(self.waits) * percent // 100) - 1
        return timedelta(seconds=sorted(self.waits)[max(0, place)])


@dataclass(frozen=True)
class Figures:
    days: list[Line]
    moderators: list[Line]
    sections: list[Line]
    total: Line


def figures(first: date, last: date, by: Person) -> Figures:
    """What was decided from the first day to the last, both included, in the sections of this person; one query."""
    days: dict[Any, Line] = {}
    people: dict[Any, Line] = {}
    sections: dict[Any, Line] = {}
    total = Line(_("Total"))
    for action in _rows(first, last, by):
        day = dates.local(action["at"]).date()
        section = action["section"] or "–"
        lines = [
            days.setdefault(day, Line(f"{day:%d/%m/%Y}", sort=day)),
            people.setdefault(action["actor"], Line(_name(action), sort=_name(action))),
            sections.setdefault(section, Line(section, sort=section)),
            total,
        ]
        for line in lines:
            line.decisions[action["verb"]] += 1
            if action["before"] == State.PENDING:
                line.waits.append((action["at"] - action["sent"]).total_seconds())
    return Figures(_sorted(days), _sorted(people), _sorted(sections), total)


def _rows(first: date, last: date, by: Person) -> Iterable[Any]:
    start, end = dates.day_bounds(first)[0], dates.day_bounds(last)[1]
    rows = ModAction.objects.filter(verb__in=VERBS, at__gte=start, at__lt=end, undone_by=None, comment__isnull=False)
    own = grants_of(by).sections_as(*ROLES)
    if own is not None:
        rows = rows.filter(comment__thread__article__section__in=reach(own))
    names = {"last_name": "actor__last_name", "first_name": "actor__first_name", "login": "actor__username"}
    columns = {"sent": "comment__created_at", "section": "comment__thread__article__section__name", **names}
    fields = {name: F(path) for name, path in columns.items()}
    return rows.exclude(actor=None).order_by().values("verb", "at", "before", "actor", **fields).iterator(2000)


@dataclass
class _Named:
    """A moderator, as far as `full_name` asks."""

    first_name: str
    last_name: str
    login: str

    def get_username(self) -> str:
        return self.login


def _name(action: dict[str, Any]) -> str:
    return full_name(_Named(action["first_name"], action["last_name"], action["login"]))


def _sorted(lines: dict[Any, Line]) -> list[Line]:
    return sorted(lines.values(), key=lambda line: line.sort)


def sheet(found: Figures) -> tuple[list[str], list[list[str]]]:
    """The same as rows of a spreadsheet: heads, and lines by kind."""
    heads = [_("By"), _("Name"), *(str(verb.label) for verb in VERBS), _("Total")]
    heads += [_("median wait (minutes)"), _("90th percentile (minutes)")]
    kinds = ((_("day"), found.days), (_("moderator"), found.moderators), (_("section"), found.sections))
    rows = [_row(kind, line) for kind, lines in kinds for line in lines]
    return heads, [*rows, _row(_("Total"), found.total)]


def _row(kind: str, line: Line) -> list[str]:
    numbers = [str(line.decisions[verb]) for verb in VERBS]
    return [kind, line.name, *numbers, str(line.total), _minutes(line.median), _minutes(line.ninety)]


def _minutes(wait: timedelta | None) -> str:
    return "" if wait is None else f"{wait.total_seconds() / 60:.1f}"
