"""The log: one line each, with the id of the request; letters about errors that tell nothing of readers."""

import json
import logging
import re

import pytest
from django.core import mail
from django.test import Client

from newsroom.lib import logs
from newsroom.lib import mail as post

SECRET = "Nguyễn Văn Kín"


@pytest.fixture
def lines(settings):
    """What goes into the log from here on, as JSON."""

    class Kept(logging.Handler):
        def __init__(self):
            super().__init__()
            self.lines = []
            self.setFormatter(logs.JsonFormatter())

        def emit(self, record):
            self.lines.append(json.loads(self.format(record)))

    kept = Kept()
    logging.getLogger().addHandler(kept)
    yield kept.lines
    logging.getLogger().removeHandler(kept)


@pytest.fixture
def letters(settings, monkeypatch):
    """Letters about errors, written at once."""
    settings.ADMINS = [("Newsroom", "kythuat@bao.example.vn")]
    monkeypatch.setattr(post, "send_aside", post.send)
    (handler,) = [handler for handler in logging.getLogger().handlers if isinstance(handler, logs.ErrorLetters)]
    monkeypatch.setattr(handler, "told", {})
    return handler


@pytest.fixture
def broken_home(monkeypatch):
    def fail(*_args, **_kwargs):
        raise ValueError(SECRET)

    monkeypatch.setattr("articles.views.reading.front_pages.home", fail)


def test_each_answer_has_a_number(client, settings):
    made = client.get("/healthz")["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", made) and client.get("/healthz")["X-Request-ID"] != made
    assert client.get("/healthz", headers={"X-Request-ID": "from-anybody"})["X-Request-ID"] != "from-anybody"
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert client.get("/healthz", headers={"X-Request-ID": "from-the-proxy"})["X-Request-ID"] == "from-the-proxy"
    for odd in ("short", "x" * 65, "a b c d e f g", "dòng\nmới-123"):
        assert client.get("/healthz", headers={"X-Request-ID": odd})["X-Request-ID"] != odd


@pytest.mark.django_db
def test_slow_requests_and_statements(client, settings, lines):
    client.get("/robots.txt?q=" + SECRET)
    assert not lines
    settings.SLOW_REQUEST_MS = settings.SLOW_QUERY_MS = 0
    response = client.get("/tim-kiem/", {"q": SECRET}, headers={"User-Agent": SECRET})
    slow = [line for line in lines if line["message"] == "slow request"]
    assert [(line["path"], line["route"], line["status_code"]) for line in slow] == [("/tim-kiem/", "tim-kiem/", 200)]
    statements = [line for line in lines if line["message"] == "slow statement"]
    assert statements and slow[0]["statements"] == len(statements)
    assert {line["request_id"] for line in lines} == {response["X-Request-ID"]}
    assert all("duration_ms" in line for line in lines) and SECRET not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.django_db
def test_an_error_is_found_by_the_number_on_its_page(broken_home, lines):
    response = Client(raise_request_exception=False).get("/")
    number = response["X-Request-ID"]
    assert response.status_code == 500 and f"<code>{number}</code>" in response.content.decode()
    told = [line for line in lines if line["logger"] == "django.request"]
    assert [(line["request_id"], line["status_code"]) for line in told] == [(number, 500)]
    assert "ValueError" in told[0]["exception"]
    lines.clear()
    client = Client(headers={"Host": "scanner.example.org"})
    client.get("/"), client.get("/khong-co/")
    assert not [line for line in lines if line["logger"] == "django.request"], "what scanners ask is no event"


@pytest.mark.django_db
def test_the_same_error_is_told_once(broken_home, letters, monkeypatch):
    client = Client(raise_request_exception=False)
    for _time in range(3):
        number = client.get("/", {"q": SECRET}, headers={"Cookie": f"a={SECRET.encode().hex()}"})["X-Request-ID"]
    assert len(mail.outbox) == 1
    sent = mail.outbox[0]
    assert sent.to == ["kythuat@bao.example.vn"] and sent.subject.startswith("[Lỗi] ValueError")
    whole = sent.subject + sent.body
    assert "reading.py" in whole and number not in whole
    assert SECRET not in whole and SECRET.encode().hex() not in whole
    letters.told = {error: at - logs.PAUSE for error, at in letters.told.items()}
    number = client.get("/")["X-Request-ID"]
    assert len(mail.outbox) == 2 and number in mail.outbox[1].body


def test_never_more_than_so_many_letters(letters):
    for number in range(logs.MOST + 5):
        logging.getLogger("test").error("error %s of kind " + str(number), SECRET)
    assert len(mail.outbox) == logs.MOST and SECRET not in "".join(letter.body for letter in mail.outbox)


def test_a_mail_server_that_is_down_is_not_told_of_by_mail(letters, settings):
    settings.EMAIL_BACKEND = "tests.newsroom.broken_mail.Backend"
    logging.getLogger("test").error("no paper left")
    assert len(letters.told) == 1 and not mail.outbox


@pytest.mark.parametrize("formatter", [logs.LineFormatter(), logs.JsonFormatter()])
def test_a_message_is_one_line_and_opens_no_door(formatter):
    said = "Not Found: /xem-truoc/eyJhIjoxfQ/tra-loi/ and\nERROR forged /admin/loi-moi/MQ/abc-123/"
    record = logging.LogRecord("test", logging.WARNING, __file__, 1, said, (), None)
    line = formatter.format(record)
    assert "\n" not in line and "eyJ" not in line and "abc-123" not in line and "/xem-truoc/…" in line
