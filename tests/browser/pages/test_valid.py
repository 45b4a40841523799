"""The Nu HTML Checker finds no error on any page that readers come to, error pages included."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.pages.paper import ROOT, fetch

pytestmark = pytest.mark.pages

CHECKER = Path(__file__).with_name("node_modules") / "vnu-jar/build/dist/vnu.jar"
# To these no link leads.
ERRORS = {
    "/?q=%00": 400,
    "/luu-tru/?ngay=31&thang=2&nam=2026": 400,
    "/hong/403/": 403,
    "/khong-co-trang-nay/": 404,
    "/luu-tru/2026/02/31/": 404,
    "/doc/1/": 405,
    f"/tim-kiem/?q={'a' * 20_000}": 413,
    "/hong/500/": 500,
}


def test_no_page_has_an_error(paper, tmp_path):
    pages = {path: answer.html for path, answer in paper.pages.items()}
    assert len(pages) > 200 and all(pages.values()), "the crawl went through the paper"
    for path, status in ERRORS.items():
        answer = fetch(paper.url + path)
        assert answer.status == status, path
        pages[path] = answer.html
    pages |= {name: answer.html for name, answer in answers_to_readers(paper).items()}
    pages["410"] = fetch(paper.url + paper.withdrawn()).html
    pages["500 without a database"] = (ROOT / "static/500.html").read_text(encoding="utf-8")
    assert complaints(pages, tmp_path) == []


def answers_to_readers(paper):
    """What readers get who write, or who ask too often."""
    story = paper.first(r"/[^/]*-\d+\.html", 'id="comment-form"').removesuffix(".html").rpartition("-")[2]
    form = f"{paper.url}/binh-luan/{story}/gui/"
    words = {
        "body": "Con đường này lẽ ra phải xong từ năm ngoái.",
        "name": "Bạn đọc",
        "email": "ban-doc@vi-du.example",
    }
    answers = {"comment before it is sent": fetch(form, words), "comment with mistakes": fetch(form, {"body": ""})}
    assert [words["body"] in answer.html for answer in answers.values()] == [True, False]
    addresses = (f"{paper.url}/tim-kiem/?q=mua+{number}" for number in range(200))  # what was asked before is kept
    found = (fetch(address, reader="192.0.2.8") for address in addresses)
    refused = next(answer for answer in found if answer.status == 429)
    return {**answers, "429": refused}


def complaints(pages, folder):
    """What the checker says: `address: message, near extract`, each message once."""
    assert shutil.which("java") and CHECKER.exists(), "the checker is missing: default-jre-headless, make check-pages"
    names = {}
    for number, (path, text) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(text, encoding="utf-8")
        names[file.as_uri()] = path
    command = ["java", "-Xss2m", "-jar", str(CHECKER), "--format", "json", "--errors-only", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    found = {}
    for message in json.loads(done.stderr)["messages"]:
        found.setdefault(
            message["message"], f"{names[message['url']]}: {message['message']}, near {message.get('extract')}"
        )
    return list(found.values())
