"""How long do the pages of the desk, or those of readers, take, and does that grow with the archive?

    tests/postgres .venv/bin/python bench/growth.py desk 10000 1000000
    .venv/bin/python bench/growth.py readers 10000 200000 --database-url sqlite:////tmp/growth.sqlite3

For each number of stories a database beside the given one is made, filled by bench/archive.py with three comments for
each story, and measured without the page cache; the last columns say how many times more the pages of the largest
cost than those of the smallest. Milliseconds are processor time (bench/clock.py), so that a busy machine measures the
same as an idle one. `--keep` leaves the databases for the next run, `--of` names the pages to measure.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

COMMENTS = 3  # for each story
RUNS = 7  # of each page, after one that warms it


def main() -> None:
    asked = parse()
    if asked.measure:
        sys.stdout.write(json.dumps(measured(asked.whose, asked.of)))
        return
    rows = {count: results(asked, count) for count in asked.counts}
    sys.stdout.write("\n".join(table(rows)) + "\n")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("whose", choices=["desk", "readers"])
    parser.add_argument("counts", type=int, nargs="*", help="numbers of stories")
    parser.add_argument("--database-url", default=os.environ.get("DATABASE_URL", ""), help="else DATABASE_URL")
    parser.add_argument("--of", default="", help="only pages with this in their name")
    parser.add_argument("--keep", action="store_true", help="leave the databases")
    parser.add_argument("--measure", action="store_true", help="the given database alone, as JSON")
    return parser.parse_args()


# --- databases ----------------------------------------------------------------------------------------------------


def results(asked: argparse.Namespace, count: int) -> dict[str, Any]:
    """What the pages take with so many stories, in a process of its own."""
    url = beside(asked.database_url, count)
    environment = {**os.environ, "DATABASE_URL": url}
    if make(url):
        subprocess.run(
            [sys.executable, ROOT / "bench/archive.py", "--articles", str(count), "--comments", str(COMMENTS * count)],
            env=environment,
            check=True,
        )
    command = [sys.executable, __file__, asked.whose, "--measure", "--of", asked.of]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    if not asked.keep:
        drop(url)
    return json.loads(answer.stdout)


def beside(url: str, count: int) -> str:
    stem = url.removesuffix(".sqlite3")
    return f"{stem}_{count}" + url[len(stem) :]


def make(url: str) -> bool:
    """The database has yet to be filled."""
    if url.startswith("sqlite"):
        return not Path(url.removeprefix("sqlite:///")).exists()
    with server(url) as cursor:
        name = url.rpartition("/")[2]
        is_there = cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not is_there:
            cursor.execute(f'CREATE DATABASE "{name}"')
        return not is_there


def drop(url: str) -> None:
    if url.startswith("sqlite"):
        for end in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + end).unlink(missing_ok=True)
        return
    with server(url) as cursor:
        cursor.execute(f'DROP DATABASE "{url.rpartition("/")[2]}"')


def server(url: str) -> Any:
    import psycopg  # noqa: PLC0415 - SQLite needs none

    return psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True)


# --- what is measured ---------------------------------------------------------------------------------------------


def measured(whose: str, of: str) -> dict[str, Any]:
    """Milliseconds (medians; of the backend alone, too) and queries of each page, by its name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()

    from bench import clock, desk_pages, readers_pages  # noqa: PLC0415 - they need the settings

    found, watch = {}, clock.Clock()
    for page in {"desk": desk_pages, "readers": readers_pages}[whose].pages():
        if of in page.name:
            page.open()
            queries = page.queries()
            runs = [spent(page, watch) for _run in range(RUNS)]
            both, backend = (1000 * statistics.median(part) for part in zip(*runs, strict=True))
            found[page.name] = {"ms": both, "backend": backend, "queries": queries}
    return found


def spent(page: Any, watch: Any) -> tuple[float, float]:
    before = watch.read()
    page.open()
    after = watch.read()
    return after[0] - before[0], after[1] - before[1]


def table(rows: dict[int, dict[str, Any]]) -> list[str]:
    """Markdown: for each page its milliseconds, its queries, and how much it grew."""
    counts = sorted(rows)
    small, large = rows[counts[0]], rows[counts[-1]]
    heads = ["page", *(f"{count:,}" for count in counts), "times", "queries"]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    for name, result in large.items():
        cells = [f"{rows[count][name]['ms']:.0f} ms" for count in counts]
        before = small[name]["queries"]
        asked = str(before) if before == result["queries"] else f"{before}, {result['queries']}"
        lines.append(f"| {name} | {' | '.join(cells)} | {result['ms'] / small[name]['ms']:.1f} | {asked} |")
    return lines


if __name__ == "__main__":
    main()
