"""How is a writer shown what screening found? The text in pieces, some marked, and a sentence for each finding."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from comments.sentences import pieces as cut


def pieces(body: str, findings: Sequence[dict[str, Any]]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether a finding points at it."""
    return [(piece, found is not None) for piece, found in cut(body, findings)]


def sentences(findings: Sequence[dict[str, Any]]) -> list[str]:
    """What to tell the writer, each sentence once."""
    return list(dict.fromkeys(_sentence(found["code"]) for found in findings))


def _sentence(code: str) -> str:
    if code == "capitals":
        return _("Most of it is in capitals, which reads like shouting.")
    if code == "word":
        return _("The marked words may hurt others.")
    return _("The marked part looks like personal data: everybody could read it.")
