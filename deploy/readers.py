"""Who walks through the stack: a browser with its forms and cookies, and readers by the dozen."""

import gzip
import http.client
import http.cookiejar
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from functools import partial
from html.parser import HTMLParser

HOST = "bao.example.vn"


class Answer:
    def __init__(self, response):
        self.status, self.headers, body = response.status, response.headers, response.read()
        self.raw, self.address = body, response.geturl()
        self.text = (gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body).decode(
            "utf-8", "replace"
        )


class Browser:
    """Asks nginx by the name of the site, and keeps cookies."""

    def __init__(self, stack, port="http", own_address="127.0.0.1"):
        self.stack, self.base = stack, f"http://{HOST}:{stack.ports['http']}"
        self.there = f"http://127.0.0.1:{stack.ports[port]}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.open = urllib.request.build_opener(jar, NoRedirect(), From(own_address)).open
        self.jar = jar.cookiejar

    def ask(self, path, form=None, **headers):
        data = urllib.parse.urlencode(form, doseq=True).encode() if form is not None else None
        sent = {"Host": self.base.removeprefix("http://"), "Accept-Encoding": "gzip", "Origin": self.base, **headers}
        if form is None:
            del sent["Origin"]
        request = urllib.request.Request(self.there + path, data, sent)
        try:
            with self.open(request, timeout=30) as response:
                return Answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_what):
        return None


class From(urllib.request.HTTPHandler):
    """Readers have addresses of their own: nginx limits what comes from one."""

    def __init__(self, address):
        super().__init__()
        self.address = address

    def http_open(self, request):
        return self.do_open(partial(http.client.HTTPConnection, source_address=(self.address, 0)), request)


class Form(HTMLParser):
    """The fields of the form with this id, as a browser sends them."""

    def __init__(self, text, form_id):
        super().__init__()
        self.form_id, self.inside, self.fields, self.area, self.select = form_id, False, [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        if not self.inside:
            return
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in given:
                self.fields.append((name, given.get("value") or ("on" if kind == "checkbox" else "")))
        elif tag == "textarea" and name:
            self.area = [name, ""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.fields.append((self.select, given.get("value", "")))

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.fields.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


class Load:
    """Readers who ask and ask, from several threads, until the block ends; every answer is counted."""

    def __init__(self, stack, paths, threads=3, form=None):
        self.stack, self.paths, self.form, self.done = stack, paths, form, threading.Event()
        self.seen, self.slowest = Counter(), 0.0
        self.threads = [threading.Thread(target=self.read, args=(number,)) for number in range(threads)]

    def read(self, number):
        reader, turn = Browser(self.stack, own_address=f"127.0.1.{number + 1}"), 0
        while not self.done.wait(0.03 if self.form is None else 0.3):
            turn += 1
            path = self.paths[turn % len(self.paths)].format(f"{number}-{turn}")
            began = time.monotonic()
            try:
                status = reader.ask(path, self.form).status
            except (OSError, http.client.HTTPException) as error:
                status = type(error).__name__
            self.seen[status] += 1
            self.slowest = max(self.slowest, time.monotonic() - began)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        time.sleep(1)
        return self

    def __exit__(self, *_error):
        time.sleep(1)
        self.done.set()
        for thread in self.threads:
            thread.join()

    def told(self):
        assert set(self.seen) == {200}, dict(self.seen)
        return f"{self.seen[200]} requests, none failed, slowest {self.slowest:.2f} s"
