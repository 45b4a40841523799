"""How many readers does one small server take? Home, article, section, day, thread and search under load.

    .venv/bin/python bench/load.py --stories 2000 --seconds 2 --rounds 3
    tests/postgres .venv/bin/python bench/load.py --stories 2000

Needs wrk (apt-get install wrk nginx); without nginx its line is left out. Fills a database of its own (with
DATABASE_URL: that one, unless it has stories) by `bench/archive.py`, starts every target with two workers and asks
them in turn within a round: this project with and without its page cache, a bare Django view that returns the same
bytes, nginx with the same bytes as a file, and nginx as deploy/ has it, with its micro-cache before the project.
Medians of the rounds, as ratios to the bare view and the file of the same run: absolute figures are the machine's.
Memory is the proportional set size of the server and its workers after the load (bench/memory.py: after a long one).
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
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROXY = {"TRUSTED_PROXIES": "127.0.0.1"}
THREADS = ["--blocking-threads", "4"]
WORKERS, CONNECTIONS = 2, 32
NGINX = """
daemon off; pid {folder}/{name}.pid; error_log {folder}/nginx.log; worker_processes 2; {user}
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; default_type text/html; keepalive_requests 1000000; {site} }}
"""
# Searching is limited by address: every request comes from another one.
READERS = """
local n = 0
request = function()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = "10." .. n % 250 .. "." .. math.floor(n / 250) % 250 .. ".7"
  return wrk.format()
end
"""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
FILLED = """
import sys, django
django.setup()
from articles.models import Article
sys.exit(not Article.objects.exists())
"""
# What is asked of the database, in a process of its own: addresses with their statements.
PLACES = """
import json, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from articles.models import Article, Section
story = Article.objects.published().filter(presentation="").newest_first()[5]
places = {
    "home": "/", "article": story.get_absolute_url(), "section": story.section.line[0].get_absolute_url(),
    "day": f"/luu-tru/{story.published_on:%Y/%m/%d}/", "thread": f"/binh-luan/{story.pk}/",
    "search": "/tim-kiem/?q=thanh+pho",
}
client, found = Client(SERVER_NAME="127.0.0.1"), {}
for name, place in places.items():
    client.get(place)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place).status_code == 200, place
    found[name] = (place, len(captured))
print(json.dumps(found))
"""


@dataclass
class Target:
    """Something that answers on a port; `paths` are its addresses by page."""

    name: str
    command: list[str]
    paths: dict[str, str]
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    readers: Path = Path()
    process: subprocess.Popen[bytes] | None = None
    start: tuple[float, float] = (0.0, 0.0)  # seconds to the first answer; processor time of its slowest process
    runs: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, page: str, seconds: int) -> None:
        """One run of wrk. Raises RuntimeError where an answer is not 200."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", self.url + self.paths[page]]
        command[1:1] = ["-s", str(self.readers)] if page == "search" else []
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said:
            raise RuntimeError(f"{self.name} {page}: {said}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
        p50, p99 = (milliseconds(said, share) for share in ("50", "99"))
        self.runs.setdefault(page, []).append((rate, p50, p99))

    def median(self, page: str) -> tuple[float, float, float]:
        rates, halves, slowest = zip(*self.runs[page], strict=True)
        return statistics.median(rates), statistics.median(halves), statistics.median(slowest)

    def memory(self) -> tuple[float, float]:
        """MB of the process and its workers, and of the workers alone (proportional set size)."""
        pids = [self.process.pid, *children(self.process.pid)]
        rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
        shares = [int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024 for text in rollups]
        return sum(shares), sum(shares[1:])

    def processor(self) -> float:
        """Seconds of processor time that the busiest of its processes has taken."""
        pids = [self.process.pid, *children(self.process.pid)]
        times = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
        return max(int(user) + int(system) for user, system in (one[11:13] for one in times)) / os.sysconf(
            "SC_CLK_TCK"
        )


def milliseconds(said: str, share: str) -> float:
    number, unit = re.search(rf"\s{share}%\s+([\d.]+)(us|ms|s)", said).groups()
    return float(number) * UNITS[unit]


def children(pid: int) -> list[int]:
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [grandchild for child in found for grandchild in children(child)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def granian(application: str, port: int) -> list[str]:
    server = str(Path(sys.executable).with_name("granian"))
    return [server, "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS), *THREADS, application]


@contextlib.contextmanager
def started(target: Target, environment: dict[str, str]) -> Iterator[None]:
    """The target while it runs, as soon as it answers."""
    settled = {**environment, **target.environment}
    began = time.monotonic()
    target.process = subprocess.Popen(target.command, cwd=ROOT, env=settled, stdout=subprocess.DEVNULL)
    try:
        for _try in range(1000):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(target.url + next(iter(target.paths.values())), timeout=5).close()
                break
            time.sleep(0.02)
        target.start = time.monotonic() - began, target.processor()
        yield
    finally:
        target.process.terminate()
        target.process.wait()


def nginx(folder: Path, name: str, site: str) -> list[str]:
    """The command of an nginx with this site."""
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / f"{name}.conf").write_text(NGINX.format(folder=folder, name=name, site=site, user=user))
    return ["nginx", "-c", str(folder / f"{name}.conf")]


def micro_cache(folder: Path, port: int, application: int) -> str:
    """The site of deploy/ in front of this port, without its log and the limits of a single reader."""
    inner = free_port()
    places = {
        "/etc/nginx/newsroom-proxy.conf": str(ROOT / "deploy/nginx-proxy.conf"),
        "/var/cache/nginx/newsroom": f"{folder}/micro-cache",
        "/var/log/nginx": str(folder),
        "listen 80;": f"listen 127.0.0.1:{port};",
        "127.0.0.1:8000": f"127.0.0.1:{inner}",
        "127.0.0.1:8001": f"127.0.0.1:{application}",
    }
    text = (ROOT / "deploy/nginx.conf").read_text()
    text = re.sub(r"(?m)^ *(limit_(req|conn)|log_format|access_log|server 127.0.0.1:8002)[^;]*;", "", text)
    for place, here in places.items():
        text = text.replace(place, here)
    return text


def targets(folder: Path, places: dict[str, str]) -> list[Target]:
    ports = [free_port() for _target in range(5)]
    files = {page: f"/{page}" for page in places}
    own = "newsroom.wsgi:application"
    found = [
        Target("cached", granian(own, ports[0]), places, PROXY, ports[0]),
        Target("uncached", granian(own, ports[1]), places, {"PAGE_CACHE_MB": "0", **PROXY}, ports[1]),
        Target("bare Django", granian("bench.bare:application", ports[2]), files, {}, ports[2]),
    ]
    if shutil.which("nginx"):
        site = f"server {{ listen 127.0.0.1:{ports[3]}; root {folder}/pages; }}"
        before = micro_cache(folder, ports[4], ports[0])
        found.append(Target("nginx file", nginx(folder, "file", site), files, {}, ports[3]))
        found.append(Target("micro-cache", nginx(folder, "micro-cache", before), places, {}, ports[4]))
    return found


def table(measured: list[Target], statements: dict[str, int]) -> Iterator[str]:
    """Markdown: what each target gives for each page, and the ratios to the bare view and to the file of nginx."""
    yield "| page | target | requests/s | to bare | to file | p50, ms | p99, ms | statements |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    bare, file = (next((one for one in measured if one.name == name), None) for name in ("bare Django", "nginx file"))
    for page in statements:
        for target in measured:
            rate, p50, p99 = target.median(page)
            count = statements[page] if target.name == "uncached" else ""
            ratios = " | ".join(f"{rate / other.median(page)[0]:.3f}" if other else "" for other in (bare, file))
            yield f"| {page} | {target.name} | {rate:,.0f} | {ratios} | {p50:.2f} | {p99:.1f} | {count} |"
    yield ""
    yield "Memory (PSS), MB: " + ", ".join(f"{target.name} {target.memory()[0]:.0f}" for target in measured) + "."
    starts = ", ".join("{} {:.2f} ({:.2f})".format(target.name, *target.start) for target in measured)
    yield f"Start to first answer, seconds (processor time of one worker): {starts}."


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--stories", type=int, default=2000)
    cli.add_argument("--seconds", type=int, default=2)
    cli.add_argument("--rounds", type=int, default=3)
    options = cli.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = prepared(folder, options.stories)
        places, statements = asked(environment)
        (folder / "pages").mkdir()
        measured = targets(folder, places)
        own = measured[0]
        with started(own, environment):
            for page, place in places.items():
                content = urllib.request.urlopen(own.url + place).read()
                (folder / "pages" / page).write_bytes(content)
                sys.stderr.write(f"{page}: {place}, {len(content):,} bytes\n")
        readers = folder / "readers.lua"
        readers.write_text(READERS)
        for target in measured:
            target.readers = readers
            stack.enter_context(started(target, environment))
        ask_in_turn(measured, places, options)
        sys.stdout.writelines(f"{line}\n" for line in table(measured, statements))


def prepared(folder: Path, stories: int) -> dict[str, str]:
    """The environment of a server that keeps its files in this folder; its database is filled, if it was empty."""
    environment = {**os.environ, "VAR_DIR": str(folder), "PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR"}
    environment |= {"BARE_PAGES": str(folder / "pages"), "STATIC_MANIFEST": "true", "DEBUG": "false"}
    environment |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    run = [sys.executable, "manage.py"]
    for command in ([*run, "migrate", "-v0"], [*run, "collectstatic", "--no-input", "-v0"]):
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    if not is_filled(environment):
        fill = [sys.executable, "bench/archive.py", "--articles", str(stories)]
        subprocess.run(fill, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment


def ask_in_turn(measured: list[Target], places: dict[str, str], options: argparse.Namespace) -> None:
    for number in range(1 + options.rounds):
        for page in places:
            for target in measured:
                target.ask(page, options.seconds if number else 1)
        if not number:  # the first pages and connections of every worker are not counted
            for target in measured:
                target.runs.clear()


def is_filled(environment: dict[str, str]) -> bool:
    command = [sys.executable, "-c", FILLED]
    return not subprocess.run(command, cwd=ROOT, env=environment).returncode


def asked(environment: dict[str, str]) -> tuple[dict[str, str], dict[str, int]]:
    """Addresses and statements by page."""
    said = subprocess.run([sys.executable, "-c", PLACES], cwd=ROOT, env=environment, check=True, capture_output=True)
    found = json.loads(said.stdout)
    quoted = {page: urllib.parse.quote(place, safe="/?=+") for page, (place, _count) in found.items()}
    return quoted, {page: count for page, (_place, count) in found.items()}


if __name__ == "__main__":
    main()
