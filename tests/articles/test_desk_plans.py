"""The desk's queries find their rows by an index: what a page touches does not grow with the archive.

Every page of the desk is opened on some thousand stories, and the plan of each of its queries is read.
"""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import archive, filling, pages, soundness
from newsroom.lib.paging import ShortPaginator

pytestmark = pytest.mark.django_db
STORIES, TOUCHED = 3000, 700  # of the rows of a table, those that a query may look at
GROWING = (
    *("articles_article", "articles_deskdoc", "articles_revision", "articles_transition", "articles_placement"),
    *("articles_publicversion", "articles_image", "articles_imageuse", "articles_desknotice", "comments_comment"),
    *("comments_modaction", "audit_auditevent"),
)
# Pages that show as much as they touch, and words that are looked for in a stretch of time or in the library.
LONG = re.compile(r"calendar|page|words|chosen from")


@pytest.fixture
def a_newsroom(monkeypatch):
    monkeypatch.setattr(ShortPaginator, "most", 100)
    filling.populate(STORIES, archive.shapes)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table would be read whole
        yield cursor


def touched(cursor, query):
    """How many rows of each growing table the query looks at (PostgreSQL)."""
    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
    (found,) = cursor.fetchone()
    counts, nodes = {}, [(json.loads(found) if isinstance(found, str) else found)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        table = node.get("Relation Name")
        kinds = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = sum(node.get(kind, 0) for kind in kinds) * node["Actual Loops"]
        counts[table] = counts.get(table, 0) + rows
    return {f"{table}: {rows:.0f} rows" for table, rows in counts.items() if table in GROWING and rows > TOUCHED}


def scanned(cursor, query):
    """Which growing tables are read from one end to the other without an index (SQLite)."""
    cursor.execute(f"EXPLAIN QUERY PLAN {query}")
    plans = [row[3] for row in cursor.fetchall()]
    return {
        plan
        for plan in plans
        if plan.startswith("SCAN") and plan.removeprefix("SCAN ").split()[0] in GROWING and "INDEX" not in plan
    }


def test_no_page_of_the_desk_walks_through_the_archive(a_newsroom):
    soundness.check(50)
    look = touched if connection.vendor == "postgresql" else scanned
    problems = {}
    for page in pages.pages():
        if LONG.search(page.name):
            continue
        page.open()
        with CaptureQueriesContext(connection) as captured:
            page.open()
        queries = [row["sql"] for row in captured if row["sql"].startswith("SELECT")]
        assert queries, page.name
        found = {(query[:4000], *look(a_newsroom, query)) for query in queries if look(a_newsroom, query)}
        if found:
            problems[page.name] = found
    assert problems == {}
