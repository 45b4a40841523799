"""Statements compiled once, parts of pages made once: the same as if they were made each time."""

import re

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import catalogue, editions, fetching, heads
from articles.cards import cards
from articles.models import Article, Section
from comments import opening
from newsroom.lib.pieces import Pieces
from newsroom.lib.prepared import Prepared
from tests import builders


@pytest.mark.django_db
def test_other_values_same_statement(django_assert_num_queries):
    stories = [builders.make_article(published_at=builders.hours(-n - 1)) for n in range(3)]
    asked = Prepared(
        lambda most, now, **keys: (
            Article.objects.published(now)
            .filter(pk__in=list(keys.values()))
            .order_by("pk")
            .values_list("pk", "published_at", "related")[:most]
        )
    )
    for first, second in (stories[:2], stories[1:]):
        with django_assert_num_queries(1):
            rows = asked.fetch(5, now=timezone.now(), one=first.pk, two=second.pk)
        assert rows == [[story.pk, story.published_at, []] for story in (first, second)]
    assert asked.fetch(1, now=timezone.now(), one=stories[0].pk, two=stories[1].pk) == [
        [stories[0].pk, stories[0].published_at, []]
    ]
    assert asked.fetch(5, now=builders.hours(-10), one=stories[0].pk, two=stories[1].pk) == []
    assert len(asked.statements) == 2


@pytest.mark.django_db
def test_cards_have_what_lists_show(django_assert_num_queries):
    parent = builders.make_section("Đô thị")
    section = builders.make_section("Giao thông", parent=parent)
    story = builders.make_article(section=section.pk, image=builders.make_image())
    hidden = builders.make_article()
    builders.withdraw(hidden)
    expected = (story.headline, story.lead_image.renditions)
    edition = editions.current()
    cards([0], edition)  # sections come into memory
    with django_assert_num_queries(1):
        found = cards([story.pk, hidden.pk, 10**9], edition)
        assert list(found) == [story.pk]
        shown = found[story.pk]
        assert shown.section.get_absolute_url() == "/do-thi/giao-thong/"
        assert (shown.headline, shown.lead_image.renditions) == expected
    assert cards([], edition) == {}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite looks at the values")
def test_plans_for_all_values_use_the_indexes_of_some():
    """A thread's best comments, and the newest photo stories: constants are no values."""
    opening.OPENINGS.fetch(None, article=1, section=0, parent=0)
    heads.heads(editions.apart(), {heads.PHOTOS: 1})
    asked = (*opening.OPENINGS.statements.values(), *heads.HEADS.statements.values())
    plans = ""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        for number, statement in enumerate(asked):
            cursor.execute(f"PREPARE s{number} AS " + statement.numbered)
            cursor.execute(f"EXPLAIN EXECUTE s{number} ({', '.join(['NULL'] * len(statement.parameters))})")
            plans += "".join(row[0] for row in cursor.fetchall())
    assert {"comment_liked_roots", "comment_shown_replies", "article_photos"} <= set(re.findall(r"\w+", plans))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server")
def test_a_server_that_was_restarted_is_asked_again(client):
    builders.make_publication()
    story = builders.make_article()
    for _request in range(2):
        assert client.get(story.get_absolute_url()).status_code == 200
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        other.close()
        connection.health_check_done = False  # as at the beginning of a request
    assert client.get(story.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_statement_may_be_compiled_while_a_page_is_read(client):
    builders.make_publication()
    story = builders.make_article()
    fetching.STORIES.statements.clear()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            assert fetching.story(story.pk)[0] == story
        finally:
            cursor.execute("ROLLBACK")


@pytest.mark.django_db
def test_sections_in_memory_follow_the_catalogue(client):
    builders.make_publication()
    section = builders.make_section("Đô thị")
    builders.make_article(section=section.pk)
    assert "Đô thị" in client.get("/").content.decode()
    section = Section.objects.get(pk=section.pk)
    section.name = "Phố phường"
    catalogue.save_section(section)
    page = client.get("/").content.decode()
    assert "Phố phường" in page
    assert "Đô thị" not in page


def test_pieces_are_made_once_and_the_oldest_go():
    made = []
    pieces = Pieces(2)
    for key in ("a", "b", "a", "c", "a"):
        assert pieces.get(key, lambda key=key: made.append(key) or SafeString(key)) == key
    assert made == ["a", "b", "c", "a"]
