"""The desk's queries find their rows by an index: what a page touches does not grow with the archive.

Every page of the desk is opened on some thousand stories, and the plan of each of its queries is read.
"""

import json
import re
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import desk_search
from bench import archive, desk_pages, filling, soundness
from newsroom.lib.paging import ShortPaginator

pytestmark = pytest.mark.django_db
STORIES = 5000
ROWS, STEPS = 2000, 250  # what one query may look at; walking past all stories takes twice as much
GROWING = (
    *("articles_article", "articles_deskdoc", "articles_revision", "articles_transition", "articles_placement"),
    *("articles_publicversion", "articles_image", "articles_imageuse", "articles_desknotice", "comments_comment"),
    *("comments_modaction", "audit_auditevent"),
)
# Pages that show as much as they touch; words that are looked for in a stretch of time; the library, whose uses
# PostgreSQL reads whole while they are few; a word of every third story, whose hits SQLite collects; the unpublished,
# which SQLite sorts.
LONG = re.compile(r"calendar|page|words|pictures|frequent|days|by published$|never published")


@pytest.fixture
def a_newsroom(monkeypatch):
    monkeypatch.setattr(ShortPaginator, "most", 100)
    monkeypatch.setattr(desk_search, "FEW", 100)
    filling.populate(STORIES, STORIES // 5, archive.shapes)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table would be read whole
        yield cursor


def rows_of(cursor, query):
    """How many rows of growing tables the query looks at (PostgreSQL)."""
    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
    found, rows = cursor.fetchone()[0], 0
    nodes = [(json.loads(found) if isinstance(found, str) else found)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if node.get("Relation Name") in GROWING:
            kinds = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
            rows += sum(node.get(kind, 0) for kind in kinds) * node["Actual Loops"]
    return rows


def steps_of(cursor, query):
    """How many hundred steps SQLite takes; a story that is only passed by costs it about ten steps."""
    ticks = count()
    connection.connection.set_progress_handler(lambda: next(ticks) < 0, 100)
    cursor.execute(query)
    cursor.fetchall()
    connection.connection.set_progress_handler(None, 0)
    return next(ticks)


def test_no_page_of_the_desk_walks_through_the_archive(a_newsroom):
    soundness.check(50)
    work, most = (rows_of, ROWS) if connection.vendor == "postgresql" else (steps_of, STEPS)
    problems = set()
    for page in desk_pages.pages():
        if LONG.search(page.name):
            continue
        page.open()
        with CaptureQueriesContext(connection) as captured:
            page.open()
        queries = [row["sql"] for row in captured if row["sql"].startswith("SELECT")]
        assert queries, page.name
        costs = {query: work(a_newsroom, query) for query in queries}
        problems |= {f"{page.name}: {cost:.0f}: {query[-900:]}" for query, cost in costs.items() if cost > most}
    assert not problems, "\n\n".join(problems)
