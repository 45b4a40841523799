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


def count(findings: Iterable[Finding]) -> None:
    """One more hit for each term met; rows are changed in the order of their keys: nobody waits in a circle."""
    for term in sorted({finding.term for finding in findings if finding.term}):
        Term.objects.filter(pk=term).update(hits=F("hits") + 1)


def judge(findings: Iterable[Mapping[str, Any]], before: str, after: str) -> None:
    """A person decided about a comment with these findings (as stored): its terms were right, or gave a false alarm.

    `before` and `after` are the verbs of the decision that stood and of the one that stands now, "" for none: an undo
    takes back what was counted.
    """
    moved: Counter[str] = Counter()
    for verb, by in ((before, -1), (after, 1)):
        if verb in JUDGED_AS:
            moved[JUDGED_AS[verb]] += by
    changes = {name: F(name) + by for name, by in moved.items() if by}
    for term in sorted({found["term"] for found in findings if found.get("term")}) if changes else ():
        Term.objects.filter(pk=term).update(**changes)
