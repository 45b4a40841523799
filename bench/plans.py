"""What do readers' pages ask the database, by which indexes, and how much does it touch? Writes Markdown.

    tests/postgres sh -c '.venv/bin/python manage.py migrate -v0 &&
      .venv/bin/python bench/archive.py --articles 2000 && .venv/bin/python bench/plans.py'

PostgreSQL only. Every page is asked as the first one after a publication: nothing of what stays in memory is there
but masthead and sections. Rows are those that the plan looked at, buffers of 8 KB each.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import cards, changes, fetching, fronts, heads
from articles.models import Article
from comments import opening

# What stays in memory as long as nothing changes: of an edition, of a story, of the comments under it.
SHELVES = (cards.CARDS, changes.AT_HOME, fronts.KEYS, fronts.AROUND, heads.KEPT, fetching.KEPT, opening.READ)


@dataclass
class Work:
    """What one statement, or all of a page, made the database do."""

    rows: int = 0
    buffers: int = 0
    indexes: set[str] = field(default_factory=set)

    def __add__(self, other: "Work") -> "Work":
        return Work(self.rows + other.rows, self.buffers + other.buffers, self.indexes | other.indexes)


def places() -> dict[str, str]:
    """The addresses of the pages: a recent story, its section, a day years ago."""
    story = Article.objects.published().filter(presentation="").newest_first()[5]
    old = Article.objects.published().order_by("published_at")[20]
    return {
        "home": "/",
        "story": story.get_absolute_url(),
        "section": story.section.line[0].get_absolute_url(),
        "day": f"/luu-tru/{old.published_on:%Y/%m/%d}/",
    }


def statements(address: str) -> list[str]:
    """What the page asks when the stories have just changed."""
    client = Client(SERVER_NAME="127.0.0.1")
    assert client.get(address).status_code == 200, address
    for shelf in SHELVES:
        shelf.clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [row["sql"] for row in captured if row["sql"].lstrip("(").startswith("SELECT")]


def work_of(query: str) -> Work:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query.replace("%", "%%"), [])
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    buffers = plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)
    return sum(map(_of_node, nodes(plan)), Work(buffers=buffers))


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def _of_node(node: dict) -> Work:
    if "Relation Name" not in node:
        return Work()
    kinds = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows = sum(node.get(kind, 0) for kind in kinds) * node["Actual Loops"]
    index = node.get("Index Name") or f"{node['Relation Name']} read whole"
    return Work(round(rows), indexes={index})


def main() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say = sys.stdout.write
    say(f"### {Article.objects.count():,} stories\n\n| page | statement | rows | buffers | read by |\n")
    say("|---|---|---:|---:|---|\n")
    for name, address in places().items():
        whole = Work()
        for number, query in enumerate(statements(address), 1):
            work = work_of(query)
            whole += work
            say(f"| {name} | {number} | {work.rows:,} | {work.buffers:,} | {', '.join(sorted(work.indexes))} |\n")
        say(f"| **{name}** | all | **{whole.rows:,}** | **{whole.buffers:,}** | |\n")


if __name__ == "__main__":
    main()
