"""What do the findings of screening say in words? One sentence and one label for each code."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from comments.models import Comment
from comments.sentences import pieces, sentence

# code -> what the desk's filter calls it
LABELS: Final[Mapping[str, Promise]] = {
    "word": gettext_lazy("listed words"),
    "trial": gettext_lazy("listed words, on trial"),
    "phone": gettext_lazy("telephone number"),
    "citizen": gettext_lazy("identity number"),
    "bank": gettext_lazy("bank account"),
    "plate": gettext_lazy("number plate"),
    "link": gettext_lazy("links"),
    "capitals": gettext_lazy("capitals"),
    "copies": gettext_lazy("same text elsewhere"),
    "alike": gettext_lazy("nearly the same text"),
    "network": gettext_lazy("many from one network"),
    "thread": gettext_lazy("many under one story"),
    "site": gettext_lazy("many in the whole paper"),
    "office": gettext_lazy("name of the newsroom"),
    "person": gettext_lazy("name of a colleague"),
    "writer": gettext_lazy("writer checked first"),
    "history": gettext_lazy("often turned down"),
    "new": gettext_lazy("writer not yet trusted"),
    "fast": gettext_lazy("sent too fast"),
    "trap": gettext_lazy("hidden field filled in"),
    "checker": gettext_lazy("checker outside the house"),
    "checker-failed": gettext_lazy("checker without an answer"),
    "unconfirmed": gettext_lazy("e-mail not confirmed"),
    "block": gettext_lazy("kept under watch"),
}


def sentences(comment: Comment) -> list[str]:
    """What the rules say about the comment, each sentence once."""
    return list(dict.fromkeys(sentence(found) for found in comment.findings))


def marked(body: str, findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The text in pieces, each with what a rule says of it ("" for the rest)."""
    return [(piece, sentence(found) if found else "") for piece, found in pieces(body, findings)]
