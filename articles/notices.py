"""What are readers told when a published story changes or goes?"""

from dataclasses import dataclass, replace
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from newsroom.lib import text

LINE_LENGTH: Final = 500  # characters


class Reason(TextChoices):
    """Why a story was taken down; kept in the record of the house, not told to readers."""

    FALSE = "false", _("false or unverified information")
    AUTHORITY = "authority", _("asked for by an authority")
    PRIVACY = "privacy", _("privacy or safety of a person")
    COPYRIGHT = "copyright", _("copyright")
    MISTAKE = "mistake", _("published by mistake or twice")
    OTHER = "other", _("another reason")


@dataclass(frozen=True)
class Notice:
    """What comes with publishing a change (its kind and line) or with withdrawing (why, and where readers are led).

    `kind` is one of PublicVersion.CHANGES, `redirect` the number of another story; without one readers get 410.
    """

    kind: str = ""
    line: str = ""
    reason: str = Reason.OTHER.value
    basis: str = ""  # number and date of the document that the withdrawal rests on
    redirect: int | None = None

    def cleaned(self) -> "Notice":
        """The same in one spelling and on single lines."""
        return replace(self, line=text.clean_line(self.line), basis=text.clean_line(self.basis))


SILENCE: Final = Notice()
