"""kill -9 of the server while readers write and moderators decide: what was answered is there, every number right."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from articles.models import Article
from comments.models import Comment, ModAction
from tests.builders import make_article, make_user
from tests.comments.moderators import DECIDE, DESK
from tests.processes import ROOT, environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS, MODERATORS, KILLS = 4, 2, 4
BETWEEN, PATIENCE = 2.0, 60.0  # seconds from a start to the next kill, at least and at most
FIELD = r'name="%s" value="([^"]*)"'
VERBS = ("approve", "reject:insult", "spam")


class Browser:
    """Cookies, and one request after the other. OSError and HTTPException: the server is down."""

    def __init__(self, port, cookies=()):
        self.port, self.cookies = port, dict(cookies)

    def ask(self, path, form=None):
        """Status, address of the redirect and HTML."""
        sent = {
            "Origin": f"http://127.0.0.1:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Requested-With": "desk",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(line):
            line.request("POST" if form else "GET", path, urlencode(form or {}, doseq=True), sent)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", ()):
                self.cookies |= {name: found.value for name, found in SimpleCookie(cookie).items()}
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()


class Server:
    """Two worker processes on the database of the test."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        own = {"SITE_URL": f"http://127.0.0.1:{self.port}", "VAR_DIR": str(folder), "SECRET_KEY": settings.SECRET_KEY}
        self.environment, self.log = environment() | own, folder / "server.log"

    def start(self):
        program = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--workers", "2"]
        program += ["--port", str(self.port), "newsroom.wsgi:application"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                program, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return Browser(self.port).ask("/healthz")
            time.sleep(0.1)
        raise RuntimeError(self.log.read_text())

    def kill(self):
        """Every process of it, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def write(port, story, name, posted):
    """One comment, from a device of its own."""
    reader, path = Browser(port), f"/binh-luan/{story.pk}/gui/"
    form = {"name": "Hà", "email": f"{name}@example.com", "body": f"Ý kiến của bạn đọc {name}", "consent": "on"}
    status, _place, html = reader.ask(path, form)
    if status == 200:
        form |= {field: re.search(FIELD % field, html)[1] for field in ("token", "asked", "csrfmiddlewaretoken")}
        status, place, _html = reader.ask(path, form)
    if status == 303:
        posted.append(int(place.partition("moi=")[2]))


def decide(port, cookies, place, verb, decided):
    """One decision about the comments on the page that are this moderator's by their number."""
    desk = Browser(port, cookies)
    _status, _place, html = desk.ask(DESK)
    pairs = re.findall(r'name="seen" form="bulk" value="(\d+):(\d+)"', html)
    seen = [f"{pk}:{version}" for pk, version in pairs if int(pk) % MODERATORS == place]
    token = re.search(FIELD % "csrfmiddlewaretoken", html)
    if seen and token:
        status, _place, _html = desk.ask(DECIDE, {"seen": seen, "verb": verb, "csrfmiddlewaretoken": token[1]})
        if status == 200:
            decided.extend((*map(int, pair.split(":")), verb.partition(":")[0]) for pair in seen)


def session_of(person):
    client = Client()
    client.force_login(person)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def again_and_again(over, deed, *args):
    """Like people: who gets no answer tries something else a little later."""
    for number in range(10**6):
        if over.is_set():
            return
        try:
            deed(number, *args)
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)


def test_what_was_answered_is_there_and_counted(tmp_path):
    story, server, over, posted, decided = make_article(), Server(tmp_path), threading.Event(), [], []
    Article.objects.update(comment_policy="open")
    deeds = [lambda n, who=who: write(server.port, story, f"{who}-{n}", posted) for who in range(WRITERS)]
    for place in range(MODERATORS):
        me = server.port, session_of(make_user("moderator")), place
        deeds.append(lambda n, me=me: decide(*me, VERBS[n % len(VERBS)], decided))
    hands = [threading.Thread(target=again_and_again, args=(over, deed)) for deed in deeds]
    server.start()
    for hand in hands:
        hand.start()
    try:
        for _kill in range(KILLS):
            before, start = (len(posted), len(decided)), time.monotonic()
            while time.monotonic() < start + BETWEEN or len(posted) == before[0] or len(decided) == before[1]:
                assert time.monotonic() < start + PATIENCE, "nothing is going on"
                time.sleep(0.05)
            server.kill()
            server.start()
    finally:
        over.set()
        for hand in hands:
            hand.join(timeout=60)
        server.kill()
    call_command("recount", check=True, verbosity=0)
    assert set(posted) <= set(Comment.objects.values_list("pk", flat=True)), "an answered comment is gone"
    log = set(ModAction.objects.filter(actor__isnull=False).values_list("comment", "version", "verb"))
    assert {(pk, version + 1, verb) for pk, version, verb in decided} <= log, "an answered decision is gone"
