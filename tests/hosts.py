"""Application servers as real processes, and who comes to them: readers by the dozen, and an editor."""

import http.client
import json
import re
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from deploy.readers import Form
from tests import services
from tests.processes import environment

NAME = "bao.example.vn"
SERVER = "granian --interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 8 --no-ws --port {port}"


class Host(services.Server):
    """An application server of its own machine: nothing of its disk is the other's."""

    def __init__(self, folder, **environ):
        folder.mkdir(exist_ok=True)
        self.log = folder / "log"
        own = {"VAR_DIR": str(folder), "SLOW_REQUEST_MS": "0", "ALLOWED_HOSTS": NAME, "SITE_URL": f"http://{NAME}"}
        own |= {"SECRET_KEY": settings.SECRET_KEY, "LOG_FORMAT": "json"}
        program, *options = SERVER.split()
        command = [Path(sys.executable).with_name(program), *options, "newsroom.wsgi:application"]
        super().__init__(command, **{**environment(), **own, **environ})

    def start(self):
        with self.log.open("ab") as log:
            super().start(log)

    def ask(self, path, body=None, **headers):
        """Status, headers and text of what somebody gets who asks this host for the site."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("POST" if body is not None else "GET", path, body, {"Host": NAME, **headers})
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, answer.headers, content.decode("utf-8", "replace")

    def renders(self, path):
        """How often the application was asked for this page."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if '"slow request"' in line]
        return sum(line["path"] == path for line in lines)

    def said(self, words):
        """How often its log says this."""
        return self.log.read_text().count(words)


class Visitor:
    """Somebody with a browser, at one of the hosts."""

    def __init__(self, host):
        self.host, self.cookies = host, {}

    def ask(self, path, form=None, **headers):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = encode_multipart(BOUNDARY, form) if form else None
        sent = {"Content-Type": MULTIPART_CONTENT} if form else {}
        status, got, text = self.host.ask(path, body, Cookie=cookies, **sent, **headers)
        for line in got.get_all("Set-Cookie") or []:
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return status, text

    def comment(self, story):
        """Preview, then send; the answer to that."""
        path, own = f"/binh-luan/{story.pk}/gui/", {"Origin": f"http://{NAME}"}
        typed = {"consent": "on", "name": "Trần Bình", "email": "binh@example.org", "body": "Bài rất thiết thực."}
        hidden = re.findall(r'name="(token|csrfmiddlewaretoken)" value="([^"]+)"', self.ask(path, typed, **own)[1])
        time.sleep(3)  # nobody types faster
        return self.ask(path, {**typed, **dict(hidden)}, **own)


class Editor(Visitor):
    """Somebody of the desk, signed in."""

    def __init__(self, person, host=None):
        super().__init__(host)
        client = Client()
        client.force_login(person)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def publish(self, story):
        path = f"/admin/articles/article/{story.pk}/change/"
        form = {"_verb": ["publish"]}
        for name, value in Form(self.ask(path)[1], "article_form").fields:
            form.setdefault(name, []).append(value)
        status, text = self.ask(path, form)
        assert status == 302, re.findall(r'errorlist[^<]*<[^<]+|errornote">[^<]+', text)

    def upload(self, file):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("/admin/articles/image/add/")[1])[1]
        form = {"csrfmiddlewaretoken": token, "files": [file]}
        return self.ask("/admin/articles/image/add/", form, Accept="application/json")


def burst(hosts, path, readers):
    """What so many readers get who ask at once, every other one the other host."""
    answers, start = [], threading.Barrier(readers)

    def read(host):
        start.wait()
        answers.append(host.ask(path))

    threads = [threading.Thread(target=read, args=(hosts[number % 2],)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
