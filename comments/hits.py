"""How often does a term hit, and how often is it right? Counted in the transactions that store and decide."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import F

from comments.models import Term, Verb
from comments.screening import Finding

JUDGED_AS: Final[Mapping[str, str]] = {
    Verb.APPROVE: "cleared",
    Verb.KEEP: "cleared",
    Verb.REJECT: "upheld",
    Verb.SPAM: "upheld",
}

Judged = tuple[Iterable[Mapping[str, Any]], str]  # findings as stored, and the verb of the decision ("": none)


def count(findings: Iterable[Finding]) -> None:
    """One more hit for each term met; rows are changed in the order of their keys: nobody waits in a circle."""
    for term in sorted({finding.term for finding in findings if finding.term}):
        Term.objects.filter(pk=term).update(hits=F("hits") + 1)


def judge(was: Judged, now: Judged) -> None:
    """A person decided about a comment, and its terms were right, or gave a false alarm.

    `was` is what stood before, `now` what stands: an undo, and a second decision, take back what was counted.
    """
    moved: Counter[tuple[int, str]] = Counter()
    for (findings, verb), by in ((was, -1), (now, 1)):
        for term in {found["term"] for found in findings if found.get("term")} if verb in JUDGED_AS else ():
            moved[term, JUDGED_AS[verb]] += by
    for (term, tally), by in sorted(moved.items()):
        if by:
            Term.objects.filter(pk=term).update(**{tally: F(tally) + by})
