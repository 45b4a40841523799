"""What becomes of a text: shown at once, held for a moderator, or spam? Asked for new comments and changed ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from articles.models import Article, CommentPolicy
from comments import checker, screening, weighing, writers
from comments.models import Comment, State, ThreadRules
from comments.policy import Rules
from comments.screening import Effect, Finding, Verdict
from comments.weighing import Sending

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
    remote: Iterable[Finding] = ()  # of ask_outside


def judge(comment: Comment, around: Circumstances, now: datetime) -> tuple[State, list[Finding]]:
    """Screen the text as it would stand: the state it deserves, and the findings, which are kept on the comment."""
    proved = comment.commenter is not None and writers.is_proved(comment.commenter, around.writer, around.user)
    policy = CommentPolicy.HELD if comment.thread.hold else around.policy
    sending = Sending(around.trap, around.age, proved, around.remote)
    findings, trust = weighing.weigh(comment, sending, policy, now)
    if around.block:
        findings.append(Finding("block", Effect.HOLD))
    if around.rules.identity == ThreadRules.Identity.EMAIL and not proved:
        findings.append(Finding(UNCONFIRMED, Effect.HOLD))
    comment.findings = [finding.as_json() for finding in findings]
    return STATE_OF[screening.verdict(findings, policy, trust)], findings


def worth_asking(comment: Comment, around: Circumstances, now: datetime) -> list[dict[str, Any]]:
    """What a writer may want to change before sending, as findings; nothing is stored."""
    judge(comment, around, now)
    return [found for found in comment.findings if found["code"] in ASKED_ABOUT]


def ask_outside(article_id: int, name: str, body: str) -> tuple[Finding, ...]:
    """What a checker outside the house says. Ask before anything is locked: it may take its time."""
    if not checker.is_set():
        return ()
    story = Article.objects.get(pk=article_id)
    return tuple(checker.ask(checker.Question(body, name, story.pk, story.get_absolute_url())))
