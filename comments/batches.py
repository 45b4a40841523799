"""How is one decision taken about many comments, each with a result of its own?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.rights import Person
from comments.conflicts import Conflict
from comments.models import Batch, Comment, Commenter
from comments.moderation import Decision, checked_reason, decide

MOST_AT_ONCE: Final = 200  # comments in one decision


@dataclass(frozen=True)
class Outcome:
    """What became of one comment of many: `problem` is "" when it was done."""

    comment_id: int
    problem: str = ""


@dataclass
class Result:
    """What became of all; the batch can be undone as a whole (None: a single comment, or none)."""

    outcomes: list[Outcome] = field(default_factory=list)
    batch: Batch | None = None

    @property
    def done(self) -> list[int]:
        return [outcome.comment_id for outcome in self.outcomes if not outcome.problem]

    @property
    def problems(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.problem]


def begin(verb: str, by: Person, about: Commenter | None = None) -> Batch:
    return Batch.objects.create(actor_id=by.pk, verb=verb, commenter=about)


def decide_many(seen: Iterable[tuple[int, int]], decision: Decision, by: Person) -> Result:
    """One decision about comments given as (id, version seen); one refusal stops no other.

    Each is a transaction of its own: what is done when the server stops stays done, and belongs to the batch.
    Raises ReasonMissing before anything is done, ValueError for more than MOST_AT_ONCE.
    """
    seen = list(dict.fromkeys(seen))
    if len(seen) > MOST_AT_ONCE:
        raise ValueError(f"At most {MOST_AT_ONCE} comments in one decision.")
    checked_reason(decision)
    result = Result(batch=decision.batch)
    if len(seen) > 1 and result.batch is None:
        result.batch = begin(decision.verb, by)
    for comment_id, version in seen:
        problem = _problem(comment_id, version, replace(decision, batch=result.batch), by)
        result.outcomes.append(Outcome(comment_id, problem))
    return result


def _problem(comment_id: int, version: int, decision: Decision, by: Person) -> str:
    """Decide about one of many; what stood against it, in words."""
    try:
        decide(comment_id, version, decision, by)
    except Conflict as conflict:
        return conflict.sentence()
    except PermissionDenied:
        return _("This is not one of your sections.")
    except Comment.DoesNotExist:
        return _("There is no such comment.")
    return ""
