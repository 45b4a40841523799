"""Last-Modified on kept pages: since when these words stand, and what If-Modified-Since gets (RFC 9110, 13)."""

import pytest
from django.utils.http import http_date, parse_http_date

from articles.models import Article
from newsroom.lib.pagecache.models import bump

pytestmark = pytest.mark.django_db(transaction=True)


def date_of(door, clock):
    """What the home page is dated; a page that has just been made has no date yet."""
    assert "Last-Modified" not in door.get("/").headers
    clock.ahead += 2
    return parse_http_date(door.get("/").headers["Last-Modified"])


def test_a_date_names_when_the_words_were_new(clock, door, story):
    before = clock.time()
    first = date_of(door, clock)
    assert before < first <= clock.time()
    clock.ahead += 70  # rendered again, with the same words
    assert parse_http_date(door.get("/").headers["Last-Modified"]) == first
    bump(["home"])
    assert parse_http_date(door.get("/").headers["Last-Modified"]) == first
    assert len(door.renders) == 3
    Article.objects.update(headline="Đã sửa")
    bump(["home"])
    assert date_of(door, clock) > first + 60


def test_who_has_it_since_gets_a_304(clock, door, story):
    date = date_of(door, clock)
    for since, status in {
        http_date(date): 304,
        http_date(date + 3600): 304,
        http_date(date - 1): 200,
        "hôm qua": 200,
        "": 200,
    }.items():
        answer = door.get("/", HTTP_IF_MODIFIED_SINCE=since)
        assert (answer.status, bool(answer.body)) == (status, status == 200), since
        assert parse_http_date(answer.headers["Last-Modified"]) == date
    assert door.get("/", method="HEAD", HTTP_IF_MODIFIED_SINCE=http_date(date)).status == 304
    assert door.get("/khong-co/", HTTP_IF_MODIFIED_SINCE=http_date(date + 3600)).status == 404


def test_an_etag_counts_before_a_date(clock, door, story):
    date = http_date(date_of(door, clock))
    etag = door.get("/").headers["ETag"]
    assert door.get("/", HTTP_IF_NONE_MATCH='"khac"', HTTP_IF_MODIFIED_SINCE=date).status == 200
    assert door.get("/", HTTP_IF_NONE_MATCH=etag, HTTP_IF_MODIFIED_SINCE=http_date(0)).status == 304


def test_two_changes_within_a_second_are_never_taken_for_one(clock, door, story):
    """Whoever asked in the very second in which a page changed is not told later that nothing has."""
    seen = http_date(clock.time())
    door.get("/")
    Article.objects.update(headline="Đã sửa")
    bump(["home"])
    door.get("/")
    clock.ahead += 2
    assert "Đã sửa" in door.get("/", HTTP_IF_MODIFIED_SINCE=seen).text
