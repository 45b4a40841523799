"""How does a story go from hand to hand? By a table (`articles.transitions`) and `perform`, which alone sets a stage.

A verb checks the right, then the state, then changes, logs, and makes pages stale, in one transaction; a conditional
UPDATE decides between two who press at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import gates, hotfix, locks, readiness, telling, timing
from articles.effects import EFFECTS
from articles.models import Article, Publication, Role, Snapshot, Stage, Transition
from articles.notices import SILENCE, Notice
from articles.orders import Keys, Order
from articles.readiness import NotReady, Refused
from articles.rights import Grants, Person, acting_role, grants_of
from articles.transitions import TRANSITIONS, Verb
from articles.writing import conflict
from newsroom.lib import text
from newsroom.lib.pagecache.models import bump


@dataclass(frozen=True)
class Outcome:
    """What a verb did: the step in the log, and the surrogate keys of the pages that are stale now."""

    step: Transition
    keys: frozenset[str]


def possible(article: Article, user: Person, grants: Grants | None = None) -> list[Verb]:
    """The verbs that this person may use on the story as it stands: its buttons, in the order of the table."""
    grants = grants or grants_of(user)
    fitting = (verb for verb in TRANSITIONS.values() if fits(verb, article))
    return [verb for verb in fitting if acting_role(user, article, verb.roles_at(article.stage), grants)]


def fits(verb: Verb, article: Article) -> bool:
    """The story's state allows the verb, whoever asks."""
    return (
        article.stage in verb.sources
        and article.readers_state in verb.readers
        and (article.trashed_at is not None) == verb.from_trash
        and verb.of_update in (None, article.due_at is not None)
        and verb.of_held in (None, article.held_until is not None)
    )


def perform(  # noqa: PLR0913 - each is said by name
    article_id: int,
    name: str,
    *,
    by: AbstractBaseUser,
    note: str = "",
    at: datetime | None = None,
    version: int | None = None,
    notice: Notice = SILENCE,
    snapshot: Snapshot | None = None,
) -> Outcome:
    """Do a verb of the table to a story, whole or not at all.

    `at` is the time that the verb takes, if it takes one (`transitions.Time`): of the first publication (default: now;
    a past time dates the story back, a future one schedules it), of an update, of the end, of the embargo; of a story
    that is held, any moment of the day.
    `version` is the one the person saw; `notice` is what readers are told of a change or a withdrawal; `snapshot` is
    the live text as a quick correction has it.
    Raises Refused (NotReady), or Conflict when somebody else was faster.
    """
    verb, now = TRANSITIONS[name], timezone.now()
    with transaction.atomic():
        article = find(article_id)
        role = authorise(verb, article, by)
        if waits_for_quiet(verb):
            locks.require_quiet(article, by, role)
        if not fits(verb, article) or version not in (None, article.version):
            raise conflict(article)
        order = Order(by=by, now=now, note=require_note(verb, note), at=at, notice=notice, text=snapshot)
        step = begin(article, verb, order, role)
        move(article, verb, now)
        step.exception = step.exception or hold(verb, article, order, role)
        stale = finish(article, verb, order)
        if name == "hotfix":
            step.revision = article.live_revision
        step.save()
        telling.tell_of_step(step)
        bump(stale)
    return Outcome(step, stale)


def begin(article: Article, verb: Verb, order: Order, role: Role) -> Transition:
    """The step as the log will have it. Raises Refused where the verb itself lacks something."""
    return Transition(
        article=article,
        verb=verb.name,
        actor=order.by,
        role=role,
        from_stage=article.stage,
        to_stage=verb.target or article.stage,
        note=order.note,
        exception=check(verb, article, order),
        revision=article.working_revision,
        at=order.now,
    )


def finish(article: Article, verb: Verb, order: Order) -> Keys:
    """What the verb does besides moving the stage; returns the pages that are stale."""
    stale = EFFECTS[verb.name](article, order) if verb.name in EFFECTS else frozenset()
    if verb.target is Stage.DONE:  # only now is there a live text for it to agree with
        Article.objects.filter(pk=article.pk).update(stage=Stage.DONE)
    return stale


def waits_for_quiet(verb: Verb) -> bool:
    """The step moves the text on: it would cut short who is typing in the story (`locks.require_quiet`)."""
    return bool(verb.target) or verb.name == "trash"


def find(article_id: int) -> Article:
    """The story with all that rights and checks ask of it."""
    with_rows = Article.objects.select_related("section", "desk_section", "working_revision", "live_revision")
    return with_rows.get(pk=article_id)


def authorise(verb: Verb, article: Article, by: AbstractBaseUser) -> Role:
    """The role in which the person does this. Raises Refused for whoever holds none that may."""
    role = acting_role(by, article, verb.roles_at(article.stage))
    if role is None:
        raise Refused(_("You may not do this: %s.") % verb.label)
    return role


def require_note(verb: Verb, note: str) -> str:
    """The note as it is kept. Raises Refused where the verb cannot do without one."""
    note = text.clean(note).strip()
    if verb.needs_note and not note:
        raise Refused(_("Please say why."))
    return note


def check(verb: Verb, article: Article, order: Order) -> str:
    """Refuse what the table alone cannot say; returns the rule that was relaxed, if one was."""
    revision = article.working_revision
    timing.check(verb, article, order.at, order.now)
    if verb.name in LACKING and revision:
        readiness.require(LACKING[verb.name](revision.snapshot))
    if verb.name == "approve" and revision and revision.author_id == order.by.pk:
        if Publication.current().four_eyes:
            raise Refused(_("Whoever changed the text last does not approve it: ask a colleague."))
        return "four_eyes"
    return ""


LACKING = {
    "submit": readiness.for_editors,
    "approve": readiness.for_readers,
    "publish": readiness.for_readers,
    "schedule_update": readiness.for_readers,
}


def hold(verb: Verb, article: Article, order: Order, role: Role) -> str:
    """Refuse what sign-offs, an embargo or a collision forbid; returns the rule that was relaxed, if one was.

    Asked once the row is locked, so that nobody takes a signature back meanwhile.
    """
    if verb.name == "approve":
        readiness.require(gates.for_approval(article))
    elif verb.name in ("publish", "schedule_update"):
        readiness.require(gates.for_publication(article, timing.appears_at(article, order)))
    elif verb.name == "hotfix":
        return hotfix.hold(article, order, role)
    return ""


def move(article: Article, verb: Verb, now: datetime) -> None:
    """Set the stage, if the story is still as it was read. Raises Conflict otherwise."""
    stage = verb.target or Stage(article.stage)
    columns: dict[str, Any] = {"version": F("version") + 1, "desk_changed_at": now}
    if verb.name in ("trash", "restore"):
        columns["trashed_at"] = now if verb.name == "trash" else None
    if verb.name in ("unhold", "trash"):
        columns |= timing.NOT_HELD
    if stage is not Stage.DONE:
        columns["stage"] = stage
    if verb.target is not None or verb.name == "withdraw":
        columns |= timing.NO_UPDATE
    moved = Article.objects.filter(pk=article.pk, stage=article.stage, version=article.version).update(**columns)
    if not moved:
        raise conflict(article)
    article.version += 1


__all__ = ["TRANSITIONS", "NotReady", "Outcome", "Refused", "Verb", "fits", "perform", "possible"]
