"""What becomes of a text: shown at once, held for a moderator, or spam? Asked for new comments and changed ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from articles.models import CommentPolicy
from comments import screening, writers
from comments.models import Comment, Commenter, State, ThreadRules
from comments.policy import Rules
from comments.screening import Effect, Finding, Submission, Verdict

SAME_TEXT_WITHIN: Final = timedelta(days=1)
RATE_WINDOW: Final = timedelta(seconds=screening.RATE_WINDOW)
STATE_OF: Final = {Verdict.PASS: State.VISIBLE, Verdict.HOLD: State.PENDING, Verdict.SPAM: State.SPAM}
UNCONFIRMED: Final = "unconfirmed"  # the story asks for a confirmed e-mail
# What a writer is asked about before sending: mended by a few keystrokes, and most often meant well.
ASKED_ABOUT: Final = {"capitals", "word", "phone", "citizen", "bank", "plate"}


@dataclass(frozen=True)
class Circumstances:
    """What a verdict depends on besides the text."""

    policy: CommentPolicy
    rules: Rules
    trap: str = ""
    age: float = 60.0  # seconds between form and post
    writer: int | None = None  # the commenter whose address was confirmed in this browser
    user: Any = None  # a member of staff who is signed in
    block: str = ""  # of comments.writers.blocked


def judge(comment: Comment, around: Circumstances, now: datetime) -> State:
    """Screen the text as it would stand, keep the findings on the comment, and say which state it deserves."""
    findings = screening.screen(_submission(comment, around, now))
    proved = comment.commenter is not None and writers.is_proved(comment.commenter, around.writer, around.user)
    if around.block:
        findings.append(Finding("block", Effect.HOLD))
    if around.rules.identity == ThreadRules.Identity.EMAIL and not proved:
        findings.append(Finding(UNCONFIRMED, Effect.HOLD))
    comment.findings = [finding.as_json() for finding in findings]
    policy = around.policy
    if policy == CommentPolicy.TRUSTED and proved and comment.commenter and comment.commenter.is_trusted:
        policy = CommentPolicy.OPEN
    held = CommentPolicy.HELD if comment.thread.hold else policy
    return STATE_OF[screening.verdict(findings, held)]


def worth_asking(comment: Comment, around: Circumstances, now: datetime) -> list[dict[str, Any]]:
    """What a writer may want to change before sending, as findings; nothing is stored."""
    judge(comment, around, now)
    return [found for found in comment.findings if found["code"] in ASKED_ABOUT]


def _submission(comment: Comment, around: Circumstances, now: datetime) -> Submission:
    others = Comment.objects.exclude(pk=comment.pk) if comment.pk else Comment.objects.all()
    same_text = others.since(now - SAME_TEXT_WITHIN).filter(body_hash=comment.body_hash)
    elsewhere = same_text.exclude(thread=comment.thread_id).values("thread").distinct()
    of_network = others.since(now - RATE_WINDOW).filter(ip_prefix=comment.ip_prefix)
    return Submission(
        text=comment.body,
        trap=around.trap,
        age=around.age,
        copies_elsewhere=elsewhere.count(),
        recent_of_network=of_network.count() if comment.ip_prefix else 0,
        writer_is_held=_is_held(comment.commenter, now),
    )


def _is_held(writer: Commenter | None, now: datetime) -> bool:
    if writer is None or writer.status != Commenter.Status.HELD:
        return False
    return writer.status_until is None or writer.status_until > now
