"""How good are readers' pages on a cheap phone in a weak network?

    .venv/bin/python bench/lighthouse.py [--runs 5] [--folder DIR]

Serves the demo paper as in production, nginx in front of it with TLS and HTTP/2 as in `deploy/nginx.conf`, and has
Lighthouse look at the home page and at one story, with its profile of a phone (processor four times slower, slow 4G);
writes medians as a Markdown table. Needs npx, Chromium, nginx and openssl. `--folder` keeps the paper for the next
run.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import QUIET
from tests.browser.pages.paper import fetch, served

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {  # audit: how many of its units are one of ours
    "first-contentful-paint": 1000,
    "largest-contentful-paint": 1000,
    "cumulative-layout-shift": 1,
    "total-blocking-time": 1,
    "total-byte-weight": 1024,
}
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{ worker_connections 256; }}
http {{ access_log off; server {{ listen 127.0.0.1:{port} ssl http2; ssl_protocols TLSv1.3;
  ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
  location / {{ proxy_pass {url}; proxy_http_version 1.1;
    proxy_set_header Host $proxy_host; proxy_set_header Connection ""; }} }} }}
"""
CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout key.pem -out certificate.pem"
)
HEAD = (
    *("page", "performance", "accessibility", "best practices", "SEO"),
    *("FCP, s", "LCP, s", "CLS", "TBT, ms", "KB", "load"),
)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--runs", type=int, default=5)
    cli.add_argument("--folder", type=Path, help="of the paper; without it a new paper is made and thrown away")
    options = cli.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        paper = stack.enter_context(served(folder, "newsroom.wsgi:application", workers=2))
        paper.crawl(limit=40)
        story = paper.first(r"/[^/]*-\d+\.html", "form-standard")
        site = stack.enter_context(proxied(paper.url))
        sys.stdout.write(f"| {' | '.join(HEAD)} |\n|---{'|---:' * (len(HEAD) - 1)}|\n")
        for name, path in {"home": "/", "story": story}.items():
            for _worker in range(10):
                fetch(paper.url + path)  # every worker has the page, as it has of a page that is read
            sys.stdout.write(row(name, [looked_at(site + path) for _run in range(options.runs)]) + "\n")


@contextlib.contextmanager
def proxied(url: str) -> Iterator[str]:
    """The address of an nginx in front of `url`, with a certificate of its own."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        subprocess.run(CERTIFICATE.split(), cwd=folder, check=True, stderr=subprocess.DEVNULL)
        Path(folder, "nginx.conf").write_text(NGINX.format(folder=folder, port=port, url=url), encoding="ascii")
        server = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf"], stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            yield f"https://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def looked_at(url: str) -> dict[str, float]:
    """What one run of Lighthouse says: scores of 100, seconds, milliseconds, KB; and the load of the machine."""
    flags = [*QUIET, "--headless=new", "--ignore-certificate-errors", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--chrome-flags={' '.join(flags)}"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or shutil.which("google-chrome") or ""}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    report = json.loads(done.stdout)
    scores = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9 and not re.match("metrics|screenshot", audit["id"]):
            sys.stderr.write(f"{audit['id']}: {audit.get('displayValue', audit['title'])}\n")
    figures = {name: report["audits"][name]["numericValue"] / unit for name, unit in FIGURES.items()}
    return {**scores, **figures, "load": os.getloadavg()[0]}


def row(name: str, runs: list[dict[str, float]]) -> str:
    medians = [statistics.median(run[figure] for run in runs) for figure in runs[0]]
    return f"| {name} | " + " | ".join(f"{value:.3g}" for value in medians) + " |"


if __name__ == "__main__":
    main()
