"""Which verbs move a story, from where to where, and who may use them? The table of the workflow.

Buttons, rights, tests and the diagram in docs/ all read `TRANSITIONS`.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Role, Stage

REPORTER: Final = (Role.REPORTER,)
EDITORS: Final = (Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
PUBLISHERS: Final = (Role.PUBLISHER, Role.CHIEF)
CHIEF: Final = (Role.CHIEF,)
WITHDRAWERS: Final = (Role.CHIEF, Role.WITHDRAWER)
OWNERS: Final = (*REPORTER, *PUBLISHERS)
WRITERS: Final = (*REPORTER, *EDITORS)  # they have the desk; which stories they read: articles.rights

NEW: Final = (Stage.DRAFT, Stage.RETURNED)
UNDER_WAY: Final = (Stage.SUBMITTED, Stage.EDITING, Stage.REVIEW, Stage.APPROVED)
PENDING: Final = tuple(stage for stage in Stage if stage is not Stage.DONE)
EVERY: Final = tuple(Stage)

FORWARD: Final = "Control+Enter"  # the keys of the one verb that leads on from its stage

# What readers have of a story (Article.readers_state), in words and in groups.
STATE_LABELS: Final[dict[str, str | Promise]] = {
    "never": _("never published"),
    "scheduled": _("scheduled"),
    "live": _("published"),
    "ended": _("ended"),
    "withdrawn": _("withdrawn"),
}
NEVER_OUT: Final = frozenset({"never"})
SCHEDULED: Final = frozenset({"scheduled"})
LIVE: Final = frozenset({"live"})
WITHDRAWN: Final = frozenset({"withdrawn"})
OUT: Final = frozenset({"live", "ended", "scheduled"})
ANY: Final = OUT | NEVER_OUT | WITHDRAWN


class Time(Enum):
    """What a time that comes with a verb means (rules: `articles.timing`)."""

    FIRST = "first"  # the first publication; empty: now
    UPDATE = "update"  # the update of a live story; in the future
    END = "end"  # when readers lose the story; empty: never
    MOVE = "move"  # another time of a first publication that is still to come
    EMBARGO = "embargo"  # before this nothing is published; empty: no longer held back
    HOLD = "hold"  # a day: when a story that is kept for later is looked at again


@dataclass(frozen=True)
class Verb:
    """A row of the table: from where to where, who, and what it needs. `target` None leaves the stage alone."""

    name: str
    label: str | Promise
    sources: tuple[Stage, ...]
    target: Stage | None
    roles: tuple[Role, ...]
    readers: frozenset[str] = ANY
    needs_note: bool = False
    time: Time | None = None
    from_trash: bool = False
    is_grave: bool = False  # asked about once more, and shown apart
    has_page: bool = False  # takes a text: a form of its own instead of a button
    of_update: bool | None = None  # only with (True) or without (False) an update that waits for its time
    of_held: bool | None = False  # only of stories that are held for later (True), or are not (False)
    authors_at: tuple[Stage, ...] = EVERY  # where the story's author may, if reporters may at all
    keys: str = ""  # that press its button: FORWARD, or a letter (static/js/desk-keys.js)

    @property
    def takes_time(self) -> bool:
        return self.time is not None

    def roles_at(self, stage: str) -> tuple[Role, ...]:
        """Who may at this stage: the editors at each, the author while the story is in the author's hands."""
        return tuple(role for role in self.roles if role is not Role.REPORTER or stage in self.authors_at)

    @property
    def asks_after_keys(self) -> bool:
        """Keys are pressed by mistake more easily than buttons, single letters most of all."""
        return self.is_grave or self.target is Stage.DONE or self.keys != FORWARD


ROWS: Final = (
    Verb("submit", _("Send to the editors"), NEW, Stage.SUBMITTED, REPORTER, keys=FORWARD),
    Verb("recall", _("Take back"), (Stage.SUBMITTED,), Stage.DRAFT, REPORTER),
    Verb("take", _("Take for editing"), (Stage.SUBMITTED,), Stage.EDITING, EDITORS, keys=FORWARD),
    Verb("forward", _("Send for approval"), (Stage.EDITING,), Stage.REVIEW, EDITORS, keys=FORWARD),
    Verb("approve", _("Approve"), (Stage.REVIEW,), Stage.APPROVED, PUBLISHERS, keys=FORWARD),
    Verb("publish", _("Publish"), (Stage.APPROVED,), Stage.DONE, PUBLISHERS, time=Time.FIRST, keys=FORWARD),
    Verb("unschedule", _("Unschedule"), (Stage.DONE,), Stage.APPROVED, PUBLISHERS, SCHEDULED),
    Verb(
        "reschedule",
        _("Move to another time"),
        EVERY,
        None,
        PUBLISHERS,
        SCHEDULED,
        time=Time.MOVE,
        has_page=True,
        of_held=None,
    ),
    Verb(
        "schedule_update",
        _("Schedule the update"),
        (Stage.APPROVED,),
        None,
        PUBLISHERS,
        LIVE,
        time=Time.UPDATE,
    ),
    Verb(
        "unschedule_update",
        _("Unschedule the update"),
        (Stage.APPROVED,),
        None,
        PUBLISHERS,
        OUT,
        of_update=True,
    ),
    Verb("revise", _("Revise the published story"), (Stage.DONE,), Stage.EDITING, EDITORS, keys="e"),
    Verb("hotfix", _("Quick correction"), EVERY, None, PUBLISHERS, LIVE | SCHEDULED, has_page=True, of_held=None),
    Verb("return", _("Return"), UNDER_WAY, Stage.RETURNED, EDITORS, needs_note=True),
    Verb("discard", _("Discard the revision"), PENDING, Stage.DONE, EDITORS, ANY - NEVER_OUT, is_grave=True),
    Verb("set_end", _("Set the end"), EVERY, None, PUBLISHERS, OUT, time=Time.END, of_held=None),
    Verb("embargo", _("Set the embargo"), PENDING, None, EDITORS, ANY - WITHDRAWN, time=Time.EMBARGO, of_held=None),
    # Held for later (bài gác): a mark beside the stage, to which the story returns. A held text goes no further, an
    # update that has its time is not held; what concerns the text that readers have stays possible.
    Verb(
        "hold",
        _("Hold for later"),
        PENDING,
        None,
        WRITERS,
        time=Time.HOLD,
        of_update=False,
        of_held=None,
        authors_at=NEW,
    ),
    Verb("unhold", _("Hold no longer"), PENDING, None, WRITERS, of_held=True, authors_at=NEW),
    Verb("withdraw", _("Withdraw"), EVERY, None, WITHDRAWERS, OUT, needs_note=True, is_grave=True, of_held=None),
    Verb("republish", _("Publish again"), EVERY, None, CHIEF, WITHDRAWN, of_held=None),
    Verb("trash", _("Put in the trash"), PENDING, None, OWNERS, NEVER_OUT, is_grave=True, of_held=None),
    Verb("restore", _("Restore"), PENDING, None, OWNERS, NEVER_OUT, from_trash=True),
    # By the clock, not by a person: `release_due` publishes the update whose time has come.
    Verb("release", _("Scheduled update appears"), (Stage.APPROVED,), Stage.DONE, (), OUT, of_update=True),
)
TRANSITIONS: Final = {verb.name: verb for verb in ROWS}
