"""What readers type becomes words and phrases, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.queries import QUERY_LENGTH, QUERY_WORDS, Query


@pytest.mark.parametrize(
    ("typed", "words", "phrases"),
    [
        ("Hà Nội", ["hà", "nội"], []),
        ('"Hà Nội" vào thu', ["hà", "nội", "vào", "thu"], [["hà", "nội"]]),
        ("thu “Hà Nội” «Long Biên»", ["thu", "hà", "nội", "long", "biên"], [["hà", "nội"], ["long", "biên"]]),
        ('"hà nội', ["hà", "nội"], []),
        ('hà nội"', ["hà", "nội"], []),
        ('"hà" nội "', ["hà", "nội"], [["hà"]]),
        ('""', [], []),
        ('"?!" hà', ["hà"], []),
        ("hoà (bình) AND -uỷ*", ["hòa", "bình", "and", "ủy"], []),
    ],
)
def test_reads(typed, words, phrases):
    query = Query.read(typed)
    assert (query.words, query.phrases) == (words, phrases)
    assert bool(query) == bool(words)


@pytest.mark.parametrize(
    ("typed", "words", "line"),
    [
        ("Ha Noi, mua", ["hà", "nội", "mưa"], "Hà Nội, mưa"),
        ('"ha noi" 2021', ["hà", "nội", "2021"], '"hà nội" 2021'),
        ("hoà bình", ["hòa", "bình"], "hòa bình"),
    ],
)
def test_other_words_stand_where_its_own_stood(typed, words, line):
    assert Query.read(typed).with_words(words) == line


@given(st.text(max_size=600))
def test_any_text_is_a_query(typed):
    query = Query.read(typed)
    assert len(query.line) <= QUERY_LENGTH
    assert len(query.words) <= QUERY_WORDS
    assert all(phrase in query.groups for phrase in query.phrases)
    assert all(word.isalnum() or not word.isascii() for word in query.folded)
    assert Query.read(query.line).words == query.words


@given(st.lists(st.sampled_from(["hà", "nội", '"', "“", "”", " ", "-", "ß", "½", "İ", "\u0301", "e"]), max_size=30))
def test_quotes_in_any_order(parts):
    query = Query.read("".join(parts))
    assert [word for group in query.groups for word in group] == query.words
    assert query.with_words(query.words) or not query.line
