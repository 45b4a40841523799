"""Which buttons does a story have, in which box, and what comes with a press? Notes, times in Hà Nội, notices."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.notices import ChangeForm
from articles.transitions import Time, Verb
from newsroom.lib import dates

FIELDS: Final = {
    Time.FIRST: "publish_at",
    Time.UPDATE: "update_at",
    Time.MOVE: "move_at",
    Time.END: "end_at",
    Time.EMBARGO: "embargo_at",
    Time.HOLD: "hold_until",
}
NOTES: Final[dict[Time | None, str]] = {Time.EMBARGO: "embargo_note", Time.HOLD: "hold_note"}  # the others share one


def time_field() -> forms.DateTimeField:
    return forms.DateTimeField(
        required=False,
        error_messages={"invalid": gettext_lazy("The time is not one: write it as 14/01/2021 14:39.")},
    )


class VerbForm(ChangeForm):
    """What comes with the button of a verb: a note, its time, a notice for a change. Other times are not looked at."""

    verb_note = forms.CharField(required=False, max_length=2000)
    embargo_note = forms.CharField(required=False, max_length=500)
    hold_note = forms.CharField(required=False, max_length=500)
    publish_at, update_at, move_at, end_at, embargo_at = (time_field() for _each in range(5))
    hold_until = forms.DateField(
        required=False, error_messages={"invalid": gettext_lazy("The day is not one: write it as 14/01/2021.")}
    )

    def __init__(self, verb: Verb, data: Any) -> None:
        super().__init__(data)
        self.verb = verb
        for kind, name in FIELDS.items():
            if kind is not verb.time:
                del self.fields[name]

    def note(self) -> str:
        """The note of a valid form."""
        return self.cleaned_data[NOTES.get(self.verb.time, "verb_note")]

    def time(self) -> datetime | None:
        """The time of a valid form, if the verb takes one; of a day its first moment."""
        given = self.cleaned_data[FIELDS[self.verb.time]] if self.verb.time else None
        return datetime.combine(given, time.min, dates.TZ) if self.verb.time is Time.HOLD and given else given


def done(verb: Verb, at: datetime | None) -> str:
    """The message after a verb."""
    said = {
        Time.FIRST: _("The story will appear at %s."),
        Time.UPDATE: _("The update will appear at %s."),
        Time.MOVE: _("The story will appear at %s."),
        Time.END: _("Readers have the story until %s."),
        Time.EMBARGO: _("Nothing of this text is published before %s."),
        Time.HOLD: _("The story is held until %s."),
    }
    if verb.time and at and at > timezone.now():
        return said[verb.time] % (f"{at:%d/%m/%Y}" if verb.time is Time.HOLD else dates.stamp(at))
    return _("Done: %s.") % verb.label


@dataclass(frozen=True)
class Buttons:
    """The verbs of a story, each in the box where it is pressed."""

    plain: list[Verb]
    publishing: list[Verb]  # ask for a time and what readers are told
    clocks: list[Verb]  # set another time of the story, each in a box of its own
    noted: list[Verb]  # ask for a note; what is grave takes one too
    pages: list[Verb]  # have a form of their own

    @classmethod
    def of(cls, verbs: list[Verb]) -> "Buttons":
        boxes = cls([], [], [], [], [])
        for verb in verbs:
            boxes.box_of(verb).append(verb)
        return boxes

    def box_of(self, verb: Verb) -> list[Verb]:
        if verb.has_page:
            return self.pages
        if verb.needs_note or verb.is_grave:
            return self.noted
        if verb.time in (Time.FIRST, Time.UPDATE):
            return self.publishing
        return self.clocks if verb.time else self.plain

    @property
    def are_all_grave(self) -> bool:
        """Nothing in the box of notes is meant for every day: it stands at the end."""
        return all(verb.is_grave for verb in self.noted)

    @property
    def has_schedule(self) -> bool:
        """An update may wait for its time."""
        return any(verb.time is Time.UPDATE for verb in self.publishing)
