"""What do the findings of screening say in words?"""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments.models import Comment

# code -> what the desk's filter calls it
LABELS: Final[dict[str, str | Promise]] = {
    "trap": gettext_lazy("hidden field filled in"),
    "fast": gettext_lazy("sent too fast"),
    "link": gettext_lazy("links"),
    "capitals": gettext_lazy("capitals"),
    "copies": gettext_lazy("same text elsewhere"),
    "network": gettext_lazy("many from one network"),
    "writer": gettext_lazy("writer checked first"),
}


def sentences(comment: Comment) -> list[str]:
    """What the rules say about the comment, each sentence once."""
    return list(dict.fromkeys(sentence(found) for found in comment.findings))


def sentence(found: dict[str, Any]) -> str:
    number = found.get("number", 0)
    said = {
        "trap": _("A program: it filled in the hidden field"),
        "fast": ngettext("Sent within %(n)d second", "Sent within %(n)d seconds", number + 1) % {"n": number + 1},
        "link": _("Holds a link"),
        "capitals": _("%(n)d%% capitals") % {"n": number},
        "copies": ngettext("Same text under %(n)d other story", "Same text under %(n)d other stories", number)
        % {"n": number},
        "network": _("%(n)d comments from its network in five minutes") % {"n": number},
        "writer": _("This writer is always checked first"),
    }
    return said.get(found["code"], str(LABELS.get(found["code"], found["code"])))


def marked(body: str, findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The text in pieces, each with what a rule says of it ("" for the rest)."""
    pieces, end = [], 0
    spans = sorted((tuple(found["span"]), sentence(found)) for found in findings if found.get("span"))
    for (start, stop), why in spans:
        if start >= end:
            pieces += [(body[end:start], ""), (body[start:stop], why)]
            end = stop
    return [piece for piece in [*pieces, (body[end:], "")] if piece[0]]
