"""How good are readers' pages on a cheap phone in a weak network?

    .venv/bin/python bench/lighthouse.py [--runs 5] [--folder DIR]

Serves the demo paper as in production and has Lighthouse look at the home page and at one story, with its profile of a
phone (processor four times slower, slow 4G); writes medians as a Markdown table. Needs npx and Chromium. `--folder`
keeps the paper for the next run.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import QUIET
from tests.browser.pages.paper import served

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {  # audit: how many of its units are one of ours
    "first-contentful-paint": 1000,
    "largest-contentful-paint": 1000,
    "cumulative-layout-shift": 1,
    "total-blocking-time": 1,
    "total-byte-weight": 1024,
}
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
        sys.stdout.write(f"| {' | '.join(HEAD)} |\n|---{'|---:' * (len(HEAD) - 1)}|\n")
        for name, path in {"home": "/", "story": story}.items():
            sys.stdout.write(row(name, [looked_at(paper.url + path) for _run in range(options.runs)]) + "\n")


def looked_at(url: str) -> dict[str, float]:
    """What one run of Lighthouse says: scores of 100, seconds, milliseconds, KB; and the load of the machine."""
    flags = [*QUIET, "--headless=new", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
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
