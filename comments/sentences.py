"""How is a finding of screening said to a moderator, and where does it point? One sentence for each code."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

PLAIN: Final[Mapping[str, Promise]] = {
    "trap": gettext_lazy("A program: it filled in the hidden field"),
    "link": gettext_lazy("Holds a link"),
    "writer": gettext_lazy("This writer is always checked first"),
    "new": gettext_lazy("This writer has not proved reliable yet"),
    "phone": gettext_lazy("Gives away a telephone number"),
    "citizen": gettext_lazy("Gives away the number of an identity card"),
    "bank": gettext_lazy("Gives away a bank account"),
    "plate": gettext_lazy("Gives away a number plate"),
    "unconfirmed": gettext_lazy("This story asks for a confirmed e-mail, and the writer has not confirmed it"),
    "block": gettext_lazy("Kept under watch by the desk"),
    "checker-failed": gettext_lazy("The checker outside the house did not answer"),
}
FORMS: Final[Mapping[str, Promise]] = {
    "stretched": gettext_lazy("stretched"),
    "spaced": gettext_lazy("spelled out with gaps"),
    "typed": gettext_lazy("in keys of Telex or VNI"),
    "leet": gettext_lazy("with digits or other letters"),
    "masked": gettext_lazy("behind asterisks"),
    "unmarked": gettext_lazy("without marks"),
}


def sentence(found: Mapping[str, Any]) -> str:
    """A finding as it is stored (see comments.screening.Finding), in the language of whoever reads."""
    code = found["code"]
    if code in PLAIN:
        return str(PLAIN[code])
    return _COUNTED[code](found, found.get("number") or 0) if code in _COUNTED else code


def pieces(body: str, findings: Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any] | None]]:
    """The text in pieces, each with the finding that points at it; of two that overlap the first one counts."""
    cut: list[tuple[str, Mapping[str, Any] | None]] = []
    end = 0
    for found in sorted((found for found in findings if found.get("span")), key=lambda found: found["span"]):
        start, stop = found["span"]
        if start >= end:
            cut += [(body[end:start], None), (body[start:stop], found)]
            end = stop
    return [piece for piece in [*cut, (body[end:], None)] if piece[0]]


def _fast(_found: Mapping[str, Any], n: int) -> str:
    return ngettext("Sent within %(n)d second", "Sent within %(n)d seconds", n + 1) % {"n": n + 1}


def _copies(_found: Mapping[str, Any], n: int) -> str:
    return ngettext("Same text under %(n)d other story", "Same text under %(n)d other stories", n) % {"n": n}


def _alike(_found: Mapping[str, Any], n: int) -> str:
    said = ngettext("%(n)d other comment says nearly the same", "%(n)d other comments say nearly the same", n)
    return said % {"n": n}


def _word(found: Mapping[str, Any], _n: int) -> str:
    words, form = found.get("words", ""), FORMS.get(found.get("form", ""))
    said = f"“{words}”" if form is None else f"“{words}” ({form})"
    return (_("On trial: %(words)s") if found["code"] == "trial" else _("Listed: %(words)s")) % {"words": said}


_COUNTED: Final[Mapping[str, Callable[[Mapping[str, Any], int], str]]] = {
    "fast": _fast,
    "copies": _copies,
    "alike": _alike,
    "word": _word,
    "trial": _word,
    "capitals": lambda _found, n: _("%(n)d%% capitals") % {"n": n},
    "network": lambda _found, n: _("%(n)d comments from its network in five minutes") % {"n": n},
    "thread": lambda _found, n: _("%(n)d comments under this story in five minutes") % {"n": n},
    "site": lambda _found, n: _("%(n)d comments in the whole paper in five minutes") % {"n": n},
    "history": lambda _found, n: _("%(n)d%% of this writer's comments were turned down") % {"n": n},
    "office": lambda found, _n: _("The name passes for the newsroom: “%(words)s”") % {"words": found.get("words", "")},
    "person": lambda found, _n: _("The name is that of %(words)s of the newsroom") % {"words": found.get("words", "")},
    "checker": lambda found, _n: _("The checker says: %(words)s") % {"words": found.get("words", "–")},
}
