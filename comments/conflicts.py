"""What is said to a moderator whose decision could not be carried out?"""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import ModAction, Verb
from newsroom.lib import dates
from newsroom.lib.people import full_name


class Conflict(Exception):
    """Somebody else was first, its writer changed it, or the verb means nothing in the state of the comment."""

    def __init__(self, action: ModAction | None) -> None:
        self.action = action
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """For people: “Lan: đã duyệt, 12 giây trước”."""
        if self.action is None:
            return _("This cannot be done with the comment as it stands now.")
        if self.action.actor is None:
            return BY_NOBODY.get(self.action.verb, _this_cannot_be_done)()
        return _("%(who)s was quicker: %(verb)s, %(when)s.") % {
            "who": full_name(self.action.actor),
            "verb": self.action.get_verb_display(),
            "when": dates.just_ago(self.action.at, timezone.now()),
        }


class OwnAppeal(Conflict):
    """The writer asked for a second look at what this moderator decided: somebody else has to take it."""

    def sentence(self) -> str:
        return _("You decided about this comment before its writer appealed. A colleague takes the second look.")


class ReasonMissing(Exception):
    """A comment is never rejected without a reason that its writer can read."""


def _this_cannot_be_done() -> str:
    return _("This cannot be done with the comment as it stands now.")


def _was_edited() -> str:
    return _("Its writer changed the comment meanwhile. Nothing was decided: please read the new text.")


def _was_withdrawn() -> str:
    return _("Its writer has withdrawn the comment meanwhile.")


def _was_reported() -> str:
    return _("Reports of readers came in meanwhile. Nothing was decided: please look again.")


def _was_appealed() -> str:
    return _("Its writer has asked for a second look meanwhile.")


BY_NOBODY: Final[Mapping[str, Callable[[], str]]] = {
    Verb.EDIT: _was_edited,
    Verb.WITHDRAW: _was_withdrawn,
    Verb.ERASE: _was_withdrawn,
    Verb.HIDE: _was_reported,
    Verb.REOPEN: _was_reported,
    Verb.APPEAL: _was_appealed,
}
