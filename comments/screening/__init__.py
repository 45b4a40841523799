"""What speaks against showing a comment at once? Every rule runs and every finding is kept; one function decides.

Pure Python: what a rule needs to know is handed to it in a Submission.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from comments.screening import behaviour, names, personal, wording
from comments.screening.behaviour import PER_NETWORK, PER_PERSON, RATE_WINDOW
from comments.screening.findings import Effect, Finding, Reserved, Submission, Trust

__all__ = [
    "PER_NETWORK", "PER_PERSON", "RATE_WINDOW", "RULES", "Effect", "Finding", "Reserved", "Submission", "Trust",
    "Verdict", "screen", "verdict",
]  # fmt: skip

Rule = Callable[[Submission], Iterator[Finding]]

RULES: Final[Sequence[Rule]] = (
    behaviour.filled_trap,
    behaviour.too_fast,
    wording.links,
    wording.capitals,
    wording.listed_words,
    personal.personal_data,
    names.impersonation,
    behaviour.copies,
    behaviour.alike,
    behaviour.crowds,
    behaviour.held_writer,
    behaviour.history,
    wording.remote,
)


class Verdict(StrEnum):
    PASS = "pass"
    HOLD = "hold"
    SPAM = "spam"


def screen(submission: Submission) -> list[Finding]:
    """The findings of all rules: none hides another from the moderator."""
    return [finding for rule in RULES for finding in rule(submission)]


def verdict(findings: Sequence[Finding], policy: str, trust: Trust = Trust.NEW) -> Verdict:
    """Shown at once only where nothing holds it and the policy lets this writer; otherwise a moderator looks at it.

    "open" lets everybody, "trusted" whoever has proved reliable, "held" the newsroom alone.
    """
    effects = {finding.effect for finding in findings}
    if Effect.SPAM in effects:
        return Verdict.SPAM
    needed = {"open": Trust.NEW, "trusted": Trust.PROVEN}.get(policy, Trust.STAFF)
    return Verdict.HOLD if Effect.HOLD in effects or trust < needed else Verdict.PASS
