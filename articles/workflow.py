"""How does a story go from hand to hand? One table, and `perform`, the only writer of a stage.

Buttons, rights and tests all read `TRANSITIONS`. A verb checks the right, then the state, then
changes, logs, and makes pages stale, in one transaction; a conditional UPDATE decides between two who press at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing, readiness
from articles.models import Article, Publication, Role, Stage, Transition
from articles.rights import Grants, Person, acting_role, grants_of
from articles.writing import conflict
from newsroom.lib import text
from newsroom.lib.pagecache.models import bump

REPORTER = (Role.REPORTER,)
EDITORS = (Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
PUBLISHERS = (Role.PUBLISHER, Role.CHIEF)
CHIEF = (Role.CHIEF,)
PENDING = tuple(stage for stage in Stage if stage is not Stage.DONE)
NEVER_OUT = frozenset({"never"})
OUT = frozenset({"live", "ended", "scheduled"})
ANY = frozenset({"never", "scheduled", "live", "ended", "withdrawn"})


@dataclass(frozen=True)
class Verb:
    """A row of the table: from where to where, who, and what it needs. `target` None leaves the stage alone."""

    name: str
    label: str | Promise
    sources: tuple[Stage, ...]
    target: Stage | None
    roles: tuple[Role, ...]
    readers: frozenset[str] = ANY  # what readers must have of the story (Article.readers_state)
    needs_note: bool = False
    takes_time: bool = False
    from_trash: bool = False
    is_grave: bool = False  # asked about once more, and shown apart


class Refused(Exception):
    """The verb is not possible now; `str()` says why in the user's language, and nothing was changed."""


class NotReady(Refused):
    """The story lacks something; `missing` names each thing and its field."""

    def __init__(self, missing: list[readiness.Missing]) -> None:
        super().__init__(" ".join(item.message for item in missing))
        self.missing = missing


TRANSITIONS = {
    verb.name: verb
    for verb in (
        Verb("submit", gettext_lazy("Send to the editors"), (Stage.DRAFT, Stage.RETURNED), Stage.SUBMITTED, REPORTER),
        Verb("recall", gettext_lazy("Take back"), (Stage.SUBMITTED,), Stage.DRAFT, REPORTER),
        Verb("take", gettext_lazy("Take for editing"), (Stage.SUBMITTED,), Stage.EDITING, EDITORS),
        Verb("forward", gettext_lazy("Send for approval"), (Stage.EDITING,), Stage.REVIEW, EDITORS),
        Verb("approve", gettext_lazy("Approve"), (Stage.REVIEW,), Stage.APPROVED, PUBLISHERS),
        Verb("publish", gettext_lazy("Publish"), (Stage.APPROVED,), Stage.DONE, PUBLISHERS, takes_time=True),
        Verb(
            "unschedule",
            gettext_lazy("Unschedule"),
            (Stage.DONE,),
            Stage.APPROVED,
            PUBLISHERS,
            frozenset({"scheduled"}),
        ),
        Verb("revise", gettext_lazy("Revise the published story"), (Stage.DONE,), Stage.EDITING, EDITORS),
        Verb(
            "return",
            gettext_lazy("Return"),
            (Stage.SUBMITTED, Stage.EDITING, Stage.REVIEW, Stage.APPROVED),
            Stage.RETURNED,
            EDITORS,
            needs_note=True,
        ),
        Verb(
            "discard",
            gettext_lazy("Discard the revision"),
            PENDING,
            Stage.DONE,
            EDITORS,
            ANY - NEVER_OUT,
            is_grave=True,
        ),
        Verb("withdraw", gettext_lazy("Withdraw"), tuple(Stage), None, CHIEF, OUT, needs_note=True, is_grave=True),
        Verb("republish", gettext_lazy("Publish again"), tuple(Stage), None, CHIEF, frozenset({"withdrawn"})),
        Verb(
            "trash",
            gettext_lazy("Put in the trash"),
            PENDING,
            None,
            (*REPORTER, *PUBLISHERS),
            NEVER_OUT,
            is_grave=True,
        ),
        Verb("restore", gettext_lazy("Restore"), PENDING, None, (*REPORTER, *PUBLISHERS), NEVER_OUT, from_trash=True),
    )
}


@dataclass(frozen=True)
class Outcome:
    """What a verb did: the step in the log, and the surrogate keys of the pages that are stale now."""

    step: Transition
    keys: frozenset[str]


def possible(article: Article, user: Person, grants: Grants | None = None) -> list[Verb]:
    """The verbs that this person may use on the story as it stands: its buttons, in the order of the table."""
    grants = grants or grants_of(user)
    fitting = (verb for verb in TRANSITIONS.values() if fits(verb, article))
    return [verb for verb in fitting if acting_role(user, article, verb.roles, grants)]


def fits(verb: Verb, article: Article) -> bool:
    """The story's state allows the verb, whoever asks."""
    return (
        article.stage in verb.sources
        and article.readers_state in verb.readers
        and (article.trashed_at is not None) == verb.from_trash
    )


def perform(
    article_id: int,
    name: str,
    *,
    by: AbstractBaseUser,
    note: str = "",
    at: datetime | None = None,
    version: int | None = None,
) -> Outcome:
    """Do a verb of the table to a story, whole or not at all.

    `at` is the time of first publication (default: now; a past time dates the story back, a future one schedules it).
    `version` is the one the person saw. Raises Refused (NotReady), or Conflict when somebody else was faster.
    """
    verb, now = TRANSITIONS[name], timezone.now()
    with transaction.atomic():
        article = find(article_id)
        role = authorise(verb, article, by)
        if not fits(verb, article) or version not in (None, article.version):
            raise conflict(article)
        step = Transition(
            article=article,
            verb=name,
            actor=by,
            role=role,
            from_stage=article.stage,
            to_stage=verb.target or article.stage,
            note=require_note(verb, note),
            exception=check(verb, article, by, at),
            revision=article.working_revision,
            at=now,
        )
        move(article, verb, now)
        stale = EFFECTS[name](article, at, now) if name in EFFECTS else frozenset()
        if verb.target is Stage.DONE:  # only now is there a live text for it to agree with
            Article.objects.filter(pk=article_id).update(stage=Stage.DONE)
        step.save()
        bump(stale)
    return Outcome(step, stale)


def find(article_id: int) -> Article:
    """The story with all that rights and checks ask of it."""
    with_rows = Article.objects.select_related("section", "desk_section", "working_revision", "live_revision")
    return with_rows.get(pk=article_id)


def authorise(verb: Verb, article: Article, by: AbstractBaseUser) -> Role:
    """The role in which the person does this. Raises Refused for whoever holds none that may."""
    role = acting_role(by, article, verb.roles)
    if role is None:
        raise Refused(_("You may not do this: %s.") % verb.label)
    return role


def require_note(verb: Verb, note: str) -> str:
    """The note as it is kept. Raises Refused where the verb cannot do without one."""
    note = text.clean(note).strip()
    if verb.needs_note and not note:
        raise Refused(_("Please say why."))
    return note


def check(verb: Verb, article: Article, by: AbstractBaseUser, at: datetime | None) -> str:
    """Refuse what the table alone cannot say; returns the rule that was relaxed, if one was."""
    revision = article.working_revision
    if at is not None and (not verb.takes_time or article.was_published):
        raise Refused(_("Only the first publication of a story takes a time."))
    if verb.name in LACKING and revision:
        require(LACKING[verb.name](revision.snapshot))
    if verb.name == "approve" and revision and revision.author_id == by.pk:
        if Publication.current().four_eyes:
            raise Refused(_("Whoever changed the text last does not approve it: ask a colleague."))
        return "four_eyes"
    return ""


LACKING = {
    "submit": readiness.for_editors,
    "approve": readiness.for_readers,
    "publish": readiness.for_readers,
}


def require(missing: Iterable[readiness.Missing]) -> None:
    """Raise NotReady unless nothing is missing."""
    if missing := list(missing):
        raise NotReady(missing)


def move(article: Article, verb: Verb, now: datetime) -> None:
    """Set the stage, if the story is still as it was read. Raises Conflict otherwise."""
    stage = verb.target or Stage(article.stage)
    columns: dict[str, Any] = {"version": F("version") + 1, "desk_changed_at": now}
    if verb.name in ("trash", "restore"):
        columns["trashed_at"] = now if verb.name == "trash" else None
    if stage is not Stage.DONE:
        columns["stage"] = stage
    moved = Article.objects.filter(pk=article.pk, stage=article.stage, version=article.version).update(**columns)
    if not moved:
        raise conflict(article)
    article.version += 1


def publish(article: Article, at: datetime | None, now: datetime) -> frozenset[str]:
    """Give readers the working text; the date of a story that is out already never moves."""
    revision = article.working_revision
    if revision is None:
        raise Refused(_("The story has no text."))
    published_at = article.published_at if article.was_published and article.published_at else at or now
    return publishing.go_live(article, revision, published_at=published_at, now=now).keys


def unschedule(article: Article, _at: datetime | None, _now: datetime) -> frozenset[str]:
    return publishing.unschedule(article).keys


def discard(article: Article, _at: datetime | None, _now: datetime) -> frozenset[str]:
    """The working text becomes the live text again; the abandoned revisions stay in the history."""
    Article.objects.filter(pk=article.pk).update(
        working_revision=article.live_revision,
        desk_headline=article.headline,
        desk_fold=article.headline_fold,
        desk_section=article.section,
    )
    return frozenset()


def withdraw(article: Article, _at: datetime | None, now: datetime) -> frozenset[str]:
    return publishing.withdraw(article, now=now).keys


def republish(article: Article, _at: datetime | None, _now: datetime) -> frozenset[str]:
    return publishing.bring_back(article).keys


EFFECTS = {
    "publish": publish,
    "unschedule": unschedule,
    "discard": discard,
    "withdraw": withdraw,
    "republish": republish,
}
