"""A checker outside the house: asked in time, believed in part, and never in the way of a reader."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from comments import checker
from comments.checker import FAILED, Question
from comments.models import State
from comments.screening import Effect, Finding
from tests.builders import make_article
from tests.comments.voices import send

QUESTION = Question("Mua hàng ở đây nhé", "Lan", 7, "/bai-7.html")


@pytest.fixture(autouse=True)
def rested(monkeypatch):
    monkeypatch.setattr(checker, "breaker", checker.Breaker())


def answering(monkeypatch, settings, answer):
    """A function in the place of the checker; returns the questions that it gets."""
    asked = []

    def check(question):
        asked.append(question)
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer

    monkeypatch.setattr(checker, "check", check, raising=False)
    settings.COMMENT_CHECKER = "comments.checker.check"
    return asked


def test_its_findings_are_kept(monkeypatch, settings):
    answering(
        monkeypatch,
        settings,
        {"findings": [{"effect": "spam", "words": "quảng cáo", "span": [0, 8]}, {"effect": "note"}]},
    )
    assert checker.ask(QUESTION) == (
        Finding("checker", Effect.SPAM, span=(0, 8), words="quảng cáo"),
        Finding("checker", Effect.NOTE),
    )


@pytest.mark.parametrize(
    "answer",
    [
        None, [], {}, {"findings": 3}, {"findings": [{}]}, {"findings": [{"effect": "delete"}]}, {"findings": ["x"]},
        {"findings": [{"effect": "hold", "span": [0, 99]}]}, {"findings": [{"effect": "hold", "span": [3, 3]}]},
        {"findings": [{"effect": "hold", "span": "ab"}]}, ConnectionError("gone"), ValueError("odd"),
    ],
)  # fmt: skip
def test_garbage_and_failures_hold_the_comment(monkeypatch, settings, answer):
    answering(monkeypatch, settings, answer)
    assert checker.ask(QUESTION) == (FAILED,)


def test_who_is_slow_is_not_waited_for(monkeypatch, settings):
    monkeypatch.setattr(checker, "TIMEOUT", 0.05)
    answering(monkeypatch, settings, lambda: time.sleep(0.3))
    start = time.monotonic()
    assert checker.ask(QUESTION) == (FAILED,)
    assert time.monotonic() - start < 0.25


def test_who_fails_again_and_again_is_left_in_peace_for_a_while(monkeypatch, settings):
    asked = answering(monkeypatch, settings, None)
    for _again in range(checker.FAILURES + 2):
        assert checker.ask(QUESTION) == (FAILED,)
    assert len(asked) == checker.FAILURES
    later = time.monotonic() + checker.REST + 1
    monkeypatch.setattr(checker.time, "monotonic", lambda: later)
    checker.ask(QUESTION)
    assert len(asked) == checker.FAILURES + 1


def test_an_address_gets_the_question_signed(settings):
    got = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.update(body=body, signature=self.headers["X-Signature"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"findings": [{"effect": "hold", "words": "lạ"}]}).encode())

        def log_message(self, *_anything):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        settings.COMMENT_CHECKER = f"http://127.0.0.1:{server.server_port}/"
        settings.COMMENT_CHECKER_KEY = "bí mật"
        assert checker.ask(QUESTION) == (Finding("checker", Effect.HOLD, words="lạ"),)
        thread.join()
    assert json.loads(got["body"])["text"] == QUESTION.text
    assert got["signature"] == hmac.new("bí mật".encode(), got["body"], hashlib.sha256).hexdigest()


@pytest.mark.django_db
def test_a_comment_waits_when_it_fails_and_programs_are_not_asked_about(monkeypatch, settings):
    story = make_article()
    story.comment_policy = "open"
    story.save(update_fields=["comment_policy"])
    asked = answering(monkeypatch, settings, None)
    comment = send(story)
    assert comment.state == State.PENDING
    assert [found["code"] for found in comment.findings] == ["checker-failed"]
    send(story, trap="x")
    assert len(asked) == 1
    assert not {"email", "device", "network"} & set(vars(asked[0]))
