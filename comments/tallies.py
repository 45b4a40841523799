"""What have moderators made of a writer's comments and reports? Tallies move with human decisions alone.

What rules decided says nothing about a person. The log says which decision stands, so that a second one and an undo
take back what the first one counted. Rows of writers are changed in the order of their keys: nobody waits in a circle.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import F

from comments.models import Commenter, ModAction, Report, Verb

Moves = Counter[tuple[int, str]]  # (writer, tally) -> by how many; joined by update(), for + drops what goes down

COUNTED_AS: Final[Mapping[str, str]] = {
    Verb.APPROVE: "approved_count",
    Verb.KEEP: "approved_count",
    Verb.REJECT: "rejected_count",
    Verb.SPAM: "spam_count",
}
DECISIVE: Final = (*COUNTED_AS, Verb.RESTORE)


def standing_decision(comment_id: int) -> ModAction | None:
    """The last decision that a person took about a comment, and nobody has undone."""
    rows = ModAction.objects.filter(comment=comment_id, actor__isnull=False, verb__in=DECISIVE, undone_by=None)
    return rows.select_related("actor").order_by("-version", "-pk").first()


def moves(writer_id: int | None, before: str, after: str) -> Moves:
    """What it means for a writer that the standing decision was `before` (a verb, or "") and is `after`."""
    moved: Moves = Counter()
    if writer_id is not None and before != after:
        for verb, by in ((before, -1), (after, 1)):
            if verb in COUNTED_AS:
                moved[writer_id, COUNTED_AS[verb]] += by
    return moved


def moves_of_reports(reports: Iterable[Report], state: str, by: int) -> Moves:
    """What it means for those who reported that their reports were found right or wrong (`by` -1: no longer are)."""
    tally = "upheld_count" if state == Report.State.UPHELD else "dismissed_count"
    return Counter({(pk, tally): by * n for pk, n in Counter(row.commenter_id for row in reports).items() if pk})


def carry_out(moved: Moves) -> None:
    """Move the tallies in the caller's transaction, after its thread and comment are locked."""
    for (writer_id, tally), by in sorted(moved.items()):
        if by:
            Commenter.objects.filter(pk=writer_id).update(**{tally: F(tally) + by})
