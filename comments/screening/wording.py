"""What speaks against a comment in its words: links, shouting, terms of the lists, what a checker outside says?"""

import re
from collections.abc import Iterator
from typing import Final

from comments.screening.findings import Effect, Finding, Submission
from comments.words import Kind, Match

LINKS_HELD: Final = 1
SHOUTING_LETTERS: Final = 20  # shorter texts may be an abbreviation
SHOUTING_SHARE: Final = 0.7
SHOWN_AT_MOST: Final = 20  # terms in one comment: the twenty-first tells a moderator nothing

_ENDINGS: Final = "com|net|org|info|vn|xyz|top|shop|club|site|online|me|io|ru|cn"
_LINK: Final = re.compile(
    rf"(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})\b"
    rf"|(?<![\w.-])[\w-]+\s?(?:[(\[]\s?(?:\.|dot|chấm)\s?[)\]]|\b(?:dot|chấm)\b)\s?(?:com|net|org|vn|xyz|info)\b",
    re.IGNORECASE,
)


def links(submission: Submission) -> Iterator[Finding]:
    """Addresses, spelled out too: "vaytien chấm com"."""
    found = list(_LINK.finditer(submission.text))
    if len(found) >= LINKS_HELD:
        yield from (Finding("link", Effect.HOLD, span=match.span()) for match in found)


def capitals(submission: Submission) -> Iterator[Finding]:
    letters = [char for char in submission.text if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    if len(letters) >= SHOUTING_LETTERS and upper > SHOUTING_SHARE * len(letters):
        yield Finding("capitals", Effect.HOLD, number=round(100 * upper / len(letters)))


def listed_words(submission: Submission) -> Iterator[Finding]:
    """Terms of the lists. What is not sure only waits, and a term on trial does nothing at all."""
    matches = submission.terms.find(submission.text, submission.sections)
    for match in sorted(matches, key=lambda match: _effect(match) is not Effect.SPAM)[:SHOWN_AT_MOST]:
        yield Finding(
            "trial" if match.term.is_trial else "word",
            _effect(match),
            span=(match.start, match.end),
            term=match.term.id,
            form=match.form,
            words=match.term.text,
        )


def _effect(match: Match) -> Effect:
    if match.term.is_trial:
        return Effect.NOTE
    return Effect.SPAM if match.is_sure and match.term.kind is Kind.BANNED else Effect.HOLD


def remote(submission: Submission) -> Iterator[Finding]:
    yield from submission.remote
