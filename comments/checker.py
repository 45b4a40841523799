"""What does a checker outside the house say of a comment? One that a setting names, asked for 1.5 seconds at most.

COMMENT_CHECKER is the dotted path of a function that takes a Question and returns what a checker answers, or an
http(s) address that gets the question as JSON. The answer is {"findings": [{"effect": "note", "hold" or "spam",
"words": "why", "span": [start, end]}]}, words and span if there are any; an empty list is a yes. With
COMMENT_CHECKER_KEY, the header X-Signature is the HMAC-SHA256 of the body under that key.

Whatever goes wrong holds the comment, and after some failures nobody is asked for a while. Ask outside transactions.
"""

import hashlib
import hmac
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.module_loading import import_string

from comments.screening import Effect, Finding

TIMEOUT: Final = 1.5  # seconds, for all of it
LONGEST_ANSWER: Final = 64 * 1024  # bytes
MOST_FINDINGS, MOST_WORDS = 20, 200
FAILURES: Final = 3  # in a row, after which nobody is asked
REST: Final = 30.0  # seconds
FAILED: Final = Finding("checker-failed", Effect.HOLD)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """What the checker learns: nothing of the e-mail, the device or the network."""

    text: str
    name: str
    story: int
    address: str  # of the story


class Breaker:
    """Stops asking whoever does not answer, and tries again after a rest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures, self._rests_until = 0, 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._rests_until

    def note(self, is_good: bool) -> None:
        with self._lock:
            self._failures = 0 if is_good else self._failures + 1
            if self._failures >= FAILURES:
                self._failures, self._rests_until = 0, time.monotonic() + REST


class _NoRedirects(HTTPRedirectHandler):
    """A reader's words go to the address that was set, and to no other."""

    def redirect_request(self, *_anything: Any) -> None:
        return None


breaker = Breaker()
_asking = ThreadPoolExecutor(max_workers=4, thread_name_prefix="checker")
_opener = build_opener(_NoRedirects)


def is_set() -> bool:
    return bool(settings.COMMENT_CHECKER)


def ask(question: Question) -> tuple[Finding, ...]:
    """The checker's findings, or one that holds the comment when they cannot be had."""
    if breaker.is_open:
        return (FAILED,)
    waiting = _asking.submit(_asked, question)
    try:
        findings = _understood(waiting.result(timeout=TIMEOUT), len(question.text))
    except Exception as problem:  # a foreign program: anything may go wrong, and none of it is the reader's fault
        waiting.cancel()
        breaker.note(is_good=False)
        logger.warning("The comment checker failed: %s", type(problem).__name__)
        return (FAILED,)
    breaker.note(is_good=True)
    return findings


def _asked(question: Question) -> Any:
    checker: str = settings.COMMENT_CHECKER
    if not checker.startswith(("http://", "https://")):
        function: Callable[[Question], Any] = import_string(checker)
        return function(question)
    body = json.dumps(asdict(question)).encode()
    headers = {"Content-Type": "application/json"}
    if key := settings.COMMENT_CHECKER_KEY:
        headers["X-Signature"] = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    with _opener.open(Request(checker, body, headers), timeout=TIMEOUT) as answer:
        return json.loads(answer.read(LONGEST_ANSWER + 1)[:LONGEST_ANSWER])


def _understood(answer: Any, length: int) -> tuple[Finding, ...]:
    """The answer as findings. Raises ValueError, KeyError or TypeError for one that makes no sense."""
    return tuple(_finding(item, length) for item in answer["findings"][:MOST_FINDINGS])


def _finding(item: dict[str, Any], length: int) -> Finding:
    span = None
    if item.get("span") is not None:
        start, end = item["span"]
        if not (type(start) is type(end) is int and 0 <= start < end <= length):
            raise ValueError("This span is not in the text.")
        span = (start, end)
    words = str(item.get("words") or "")[:MOST_WORDS].replace("\0", "")
    return Finding("checker", Effect(item["effect"]), span=span, words=words or None)
