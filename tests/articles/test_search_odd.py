"""Odd queries and odd stories: whatever is typed, there is an answer, and it does no harm."""

import pytest

from articles.queries import Query
from articles.search import search
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def found(query):
    return [hit.article.headline for hit in search(Query.read(query)).hits]


ODD = [
    "",
    "   ",
    "\x00",
    "a\x00b",
    '"',
    '"" “” «»',
    '"hà" "nội',
    "'",
    "'; DROP TABLE articles_article; --",
    '"hà nội',
    "hà AND nội OR (NOT",
    "NEAR(hà nội, 2)",
    "headline : hà",
    "-hà +nội *",
    "hà*",
    "hà & nội | !họp <-> x",
    "hà:*",
    "\\",
    "%s %(x)s %",
    "{headline}",
    "____",
    "🎉🎉",
    "👩‍👩‍👧",
    "\ud800",
    "\u0301\u0301",
    "½ № ﬁ ß İ",
    "北京",
    "hà " * 2000,
    "x" * 5000,
    "https://example.org/a/b?c=d",
    "a@b.vn 1e5 1.2.3 /etc/passwd",
]


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_odd_queries_never_fail(query):
    make_article(headline="Hà Nội họp báo")
    some = search(Query.read(query))
    assert some.total == len(some.hits)


def test_odd_signs_between_words_do_no_harm():
    make_article(headline="Hà Nội họp báo")
    for query in ('"hà nội"', "hà* (nội)", "hà & nội!", "hà-nội", "🎉 hà nội"):
        assert found(query) == ["Hà Nội họp báo"], query


def test_a_long_query_is_cut():
    make_article(headline="Một hai ba bốn năm sáu bảy tám chín mười mốt hai")
    assert found("một hai ba bốn năm sáu bảy tám chín mười mốt hai và những chữ không có")


def test_a_story_as_long_as_it_may_be_is_indexed():
    words = " ".join(f"chữ{number}ệ" for number in range(40_000))
    make_article(headline="Bài rất dài", body=f"<p>{words}</p>")
    assert found("bai rat dai") == ["Bài rất dài"]
