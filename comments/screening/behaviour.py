"""What speaks against a comment in how it was sent, and by whom?"""

from collections.abc import Iterator
from typing import Final

from comments.screening.findings import Effect, Finding, Submission, Trust

TOO_FAST: Final = 3  # seconds: nobody reads a preview and sends it sooner
COPY_LENGTH: Final = 20  # characters: "Hay quá!" under many stories is no campaign
COPIES_HELD, COPIES_SPAM = 2, 5  # other stories with the same text
ALIKE_HELD: Final = 3  # other comments in nearly the same words
RATE_WINDOW: Final = 5 * 60  # seconds
PER_PERSON: Final = 5  # posts of one device or e-mail in RATE_WINDOW; comments.posting refuses more
PER_NETWORK: Final = 30  # a café or a mobile operator shares one address
PER_THREAD: Final = 60  # more than the desk can follow
PER_SITE: Final = 300
TURNED_DOWN: Final = 50  # percent


def filled_trap(submission: Submission) -> Iterator[Finding]:
    """Only programs fill a field that is out of sight."""
    if submission.trap:
        yield Finding("trap", Effect.SPAM)


def too_fast(submission: Submission) -> Iterator[Finding]:
    if submission.age < TOO_FAST:
        yield Finding("fast", Effect.HOLD, number=max(0, int(submission.age)))


def copies(submission: Submission) -> Iterator[Finding]:
    """The same text under several stories is a campaign."""
    number = submission.copies_elsewhere
    if number >= COPIES_HELD and len(submission.text) >= COPY_LENGTH:
        yield Finding("copies", Effect.SPAM if number >= COPIES_SPAM else Effect.HOLD, number=number)


def alike(submission: Submission) -> Iterator[Finding]:
    """So is nearly the same text, but people quote each other too."""
    if submission.alike:
        yield Finding("alike", Effect.HOLD if submission.alike >= ALIKE_HELD else Effect.NOTE, number=submission.alike)


def crowds(submission: Submission) -> Iterator[Finding]:
    """Thousands of readers may share an address, so a network is never refused: its posts wait, as in any rush."""
    for code, number, most in (
        ("network", submission.recent_of_network, PER_NETWORK),
        ("thread", submission.recent_of_thread, PER_THREAD),
        ("site", submission.recent_of_site, PER_SITE),
    ):
        if number >= most and (code == "network" or submission.trust < Trust.PROVEN):
            yield Finding(code, Effect.HOLD, number=number)


def held_writer(submission: Submission) -> Iterator[Finding]:
    if submission.writer_is_held:
        yield Finding("writer", Effect.HOLD)


def history(submission: Submission) -> Iterator[Finding]:
    """Whose comments are mostly turned down waits; who has not proved reliable yet, where the policy asks for that."""
    if submission.turned_down >= TURNED_DOWN and submission.trust < Trust.TRUSTED:
        yield Finding("history", Effect.HOLD, number=submission.turned_down)
    elif submission.policy == "trusted" and submission.trust < Trust.PROVEN:
        yield Finding("new", Effect.HOLD)
