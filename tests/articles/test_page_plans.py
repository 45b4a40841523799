"""What a reader's page touches is the same in a small archive and in a large one.

Every page is asked as the first one after a publication, when least of it is in memory.
"""

from itertools import count

import pytest
from django.db import connection, transaction

from articles.addresses import MAX_PAGES
from articles.fronts import PER_PAGE
from bench import archive, filling, plans

pytestmark = pytest.mark.django_db
# A list is counted up to its last page, in the index; SQLite takes some steps for each key.
COUNTED = {"section": PER_PAGE * MAX_PAGES}
FEW = 120  # rows, or hundreds of steps: lists that the small archive does not fill


def work_at(stories):
    """By page: rows that PostgreSQL looks at, or hundreds of SQLite's steps."""
    with transaction.atomic():
        filling.populate(stories, archive.shapes)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table would be read whole
        work = rows_of if connection.vendor == "postgresql" else steps_of
        found = {name: sum(map(work, plans.statements(address))) for name, address in plans.places().items()}
        transaction.set_rollback(True)
    return found


def rows_of(query):
    return plans.work_of(query).rows


def steps_of(query):
    ticks = count()
    connection.connection.set_progress_handler(lambda: next(ticks) < 0, 100)
    with connection.cursor() as cursor:
        cursor.execute(query)
        cursor.fetchall()
    connection.connection.set_progress_handler(None, 0)
    return next(ticks)


@pytest.mark.parametrize("large", [2000, pytest.param(30_000, marks=pytest.mark.slow)])
def test_no_page_of_the_readers_walks_through_the_archive(large):
    small, grown = work_at(300), work_at(large)
    problems = {
        page: (small[page], work)
        for page, work in grown.items()
        if work > 1.3 * small[page] + FEW + COUNTED.get(page, 0)
    }
    assert not problems, (small, grown)
