"""What do the findings of screening say in words?"""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from comments.models import Comment
from comments.sentences import sentence

# code -> what the desk's filter calls it
LABELS: Final[dict[str, str | Promise]] = {
    "trap": gettext_lazy("hidden field filled in"),
    "fast": gettext_lazy("sent too fast"),
    "link": gettext_lazy("links"),
    "capitals": gettext_lazy("capitals"),
    "copies": gettext_lazy("same text elsewhere"),
    "network": gettext_lazy("many from one network"),
    "writer": gettext_lazy("writer checked first"),
    "unconfirmed": gettext_lazy("e-mail not confirmed"),
    "block": gettext_lazy("kept under watch"),
}


def sentences(comment: Comment) -> list[str]:
    """What the rules say about the comment, each sentence once."""
    return list(dict.fromkeys(sentence(found) for found in comment.findings))


def marked(body: str, findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The text in pieces, each with what a rule says of it ("" for the rest)."""
    pieces, end = [], 0
    spans = sorted((tuple(found["span"]), sentence(found)) for found in findings if found.get("span"))
    for (start, stop), why in spans:
        if start >= end:
            pieces += [(body[end:start], ""), (body[start:stop], why)]
            end = stop
    return [piece for piece in [*pieces, (body[end:], "")] if piece[0]]
