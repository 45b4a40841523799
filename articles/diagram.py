"""What does the workflow look like? The page of docs/ for editors, made from the table and from nothing else."""

from collections.abc import Iterable, Iterator

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.models import Role, SignOffKind, Stage
from articles.transitions import ANY, EVERY, PENDING, ROWS, STATE_LABELS, Time, Verb


def page() -> str:
    """The whole page, in the active language."""
    context = {
        "stages": [(stage.value, stage.label) for stage in Stage],
        "arrows": list(arrows()),
        "rows": [row(verb) for verb in ROWS],
        "kinds": listed(kind.label for kind in SignOffKind),
    }
    return render_to_string("admin/articles/workflow.txt", context)


def arrows() -> Iterator[tuple[str, str, object]]:
    """From stage to stage, with the verb; discarding, which is possible nearly everywhere, would hide the rest."""
    for verb in ROWS:
        if verb.target and verb.name != "discard":
            yield from ((source.value, verb.target.value, verb.label) for source in verb.sources)


def row(verb: Verb) -> dict[str, object]:
    """A verb in words, a column each."""
    return {
        "label": verb.label,
        "sources": stages(verb.sources),
        "target": verb.target.label if verb.target else "",
        "roles": listed(who(role, verb) for role in verb.roles) or _("the clock"),
        "readers": "" if verb.readers == ANY else listed(STATE_LABELS[s] for s in STATE_LABELS if s in verb.readers),
        "needs": listed(needs(verb)),
    }


def who(role: Role, verb: Verb) -> str:
    """The role, with the stages where its holder may as the author, unless those are all."""
    is_bound = role is Role.REPORTER and verb.authors_at != EVERY
    return f"{role.label} ({stages(verb.authors_at)})" if is_bound else str(role.label)


def stages(sources: tuple[Stage, ...]) -> str:
    if sources == EVERY:
        return _("any")
    if sources == PENDING:
        return _("any but “%s”") % Stage.DONE.label
    return listed(stage.label for stage in sources)


def listed(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)


def needs(verb: Verb) -> list[str]:
    """What comes with the button."""
    times = {
        Time.FIRST: _("time (empty: now)"),
        Time.UPDATE: _("time to come"),
        Time.MOVE: _("time to come"),
        Time.END: _("time (empty: no end)"),
        Time.EMBARGO: _("time (empty: lifted)"),
        Time.HOLD: _("day to come"),
    }
    asked = [_("note")] * verb.needs_note + [_("corrected text")] * (verb.name == "hotfix")
    return asked + ([times[verb.time]] if verb.time else [])
