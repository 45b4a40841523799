"""A demo paper on a server of its own, with the settings of production: what the checks of pages look at.

`python -m tests.browser.pages.paper COMMAND` runs the command while the paper is served, crawled once for all its
processes; PAPER=folder keeps the paper there for the next run.
"""

import contextlib
import html
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

ROOT = Path(__file__).resolve().parents[3]
TOLD_IN = "PAPER_TOLD_IN"  # names the file in which the command finds what was crawled
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')


@dataclass(frozen=True)
class Answer:
    """What came back from an address: its status and its HTML ("" for anything else)."""

    status: int
    html: str


@dataclass
class Paper:
    """The paper at `url`, the password of its staff, and the readers' pages that links lead to from the home page."""

    url: str
    password: str
    pages: dict[str, Answer] = field(default_factory=dict)

    def crawl(self, limit=600):
        """Pages that links lead to from the home page, `limit` at most; of one address with several queries, two."""
        waiting, seen, queries = ["/"], {"/"}, {}
        while waiting and len(self.pages) < limit:
            path = waiting.pop(0)
            answer = self.pages[path] = fetch(self.url + path)
            for link in LINK.findall(answer.html):
                address = urlsplit(urljoin(self.url + path, html.unescape(link)))
                found = address.path + (f"?{address.query}" if address.query else "")
                if found in seen or f"{address.scheme}://{address.netloc}" != self.url or is_no_page(address.path):
                    continue
                seen.add(found)
                queries[address.path] = queries.get(address.path, 0) + bool(address.query)
                if queries[address.path] <= 2:
                    waiting.append(found)
        return self.pages

    def first(self, pattern, inside=""):
        """The first page whose address matches and whose HTML has `inside`."""
        return next(
            path for path, answer in self.pages.items() if re.fullmatch(pattern, path) and inside in answer.html
        )

    def withdrawn(self):
        """The address of the story that the demo paper took back."""
        return next(
            path for path in (f"/-{number}.html" for number in range(1, 200)) if fetch(self.url + path).status == 410
        )


def is_no_page(path):
    return path.startswith(("/admin/", "/media/", "/static/")) or path.endswith((".rss", ".xml", ".json"))


def fetch(url, form=None, reader=None):
    """The answer to a request, a POST where there is a form, from the address of a reader."""
    request = urllib.request.Request(url, form and urlencode(form).encode())
    request.add_header("Origin", f"http://{request.host}")
    if reader:
        request.add_header("X-Forwarded-For", reader)
    try:
        response = urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as refused:
        response = refused
    with response:
        is_page = response.headers.get_content_type() == "text/html"
        return Answer(response.status, response.read().decode() if is_page else "")


@contextlib.contextmanager
def served(folder, application="tests.browser.pages.server:application", workers=1):
    """The paper under `folder`, made if there is none, served until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    environment |= {"VAR_DIR": str(folder), "SITE_URL": url, "STATIC_MANIFEST": "true", "PYTHONPATH": str(ROOT)}
    environment["TRUSTED_PROXIES"] = "127.0.0.1"  # X-Forwarded-For: a test may be a reader of its own
    for command in (("collectstatic", "--no-input"), ("migrate",), ("demo", "--if-empty")):
        subprocess.run([sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=environment, check=True)
    granian = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port)]
    granian += ["--workers", str(workers), application]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(granian, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        await_answer(server, f"{url}/readyz")
        yield Paper(url, (folder / "demo-password.txt").read_text(encoding="ascii").strip())
    finally:
        server.terminate()
        server.wait(timeout=30)


def await_answer(server, url):
    """Wait until `url` answers; not longer than the server lives."""
    while server.poll() is None:
        with contextlib.suppress(OSError):
            return fetch(url)
        time.sleep(0.25)
    raise RuntimeError("the server has ended, see server.log")


def run(command):
    """Serve and crawl the paper, run the command, return its exit code."""
    with tempfile.TemporaryDirectory() as folder, served(Path(os.environ.get("PAPER", folder))) as paper:
        paper.crawl()
        told = Path(folder) / "paper.json"
        told.write_text(json.dumps(asdict(paper)), encoding="utf-8")
        return subprocess.run(command, env={**os.environ, TOLD_IN: str(told)}).returncode


def told():
    """The paper that is served while this command runs."""
    known = json.loads(Path(os.environ[TOLD_IN]).read_text(encoding="utf-8"))
    return Paper(**{**known, "pages": {path: Answer(**answer) for path, answer in known["pages"].items()}})


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
