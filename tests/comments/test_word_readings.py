"""Where do matches stand, and does typing the same differently change them? On texts that nobody thought of."""

import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.words import Form, Kind, Term, WordList
from comments.words.reading import read
from tests.comments.test_words import LISTED

STORIES = Path(__file__).parents[2] / "newsroom/demo/stories"
PIECES = [
    "lồn",
    "địt",
    "mẹ",
    "du lịch",
    "các",
    "loonf",
    "l0n",
    "c*c",
    "đ",
    "m",
    "l",
    "ồ",
    "n",
    ".",
    " ",
    " ",
    "\n",
    "x",
    "bạn",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)
vietnamese = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def found(text):
    return [(match.term.text, match.form) for match in LISTED.find(text)]


@given(texts)
def test_spans_point_into_the_original(text):
    for match in LISTED.find(text):
        assert 0 <= match.start < match.end <= len(text)


@given(texts)
def test_every_letter_of_the_reading_comes_from_the_text_in_order(text):
    reading = read(text)
    places = list(zip(reading.starts, reading.ends, strict=True))
    assert len(places) == len(reading.text)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    for token in reading.tokens:
        start, end = reading.span(token.start, token.end)
        assert token.text in read(text[start:end]).text


@given(vietnamese)
def test_composed_decomposed_or_with_characters_of_no_width(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert found(decomposed) == found(unicodedata.normalize("NFC", text)) == found("\u200d".join(decomposed))


@given(vietnamese)
def test_the_span_is_the_same_words_in_every_spelling(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    there = [composed[match.start : match.end] for match in LISTED.find(composed)]
    again = [decomposed[match.start : match.end] for match in LISTED.find(decomposed)]
    assert there == [unicodedata.normalize("NFC", word) for word in again]


def test_a_span_holds_the_disguise_and_no_more():
    text = "Xin chào l\u0336ồ\u200bn\u0336 nhé"
    (match,) = LISTED.find(text)
    assert text[match.start : match.end] == "l\u0336ồ\u200bn\u0336"


def sentences():
    """Those of the demonstration paper, which speak of everything that a city paper does."""
    for path in sorted(STORIES.glob("*.json")):
        for line in re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text("utf-8")):
            plain = re.sub(r"<[^>]*>", "\n", json.loads(f'"{line}"'))
            yield from (part for part in re.split(r"(?<=[.!?])\s|\n", plain) if len(part.split()) > 3)


def test_news_is_no_insult():
    news = [sentence for sentence in sentences() if not sentence.isascii()][:800]
    hit = [sentence for sentence in news if LISTED.find(sentence)]
    assert len(news) == 800 and len(hit) <= 2, hit


@pytest.mark.parametrize(
    "piece", ["a ", "đ ị t ", "lồn ", "a!", "*a", "\u0301", "địt mẹ ", "đ.", "aa", "l o n ", "1 "], ids=repr
)
def test_hostile_text_costs_what_its_length_costs(piece):
    def seconds(length):
        runs = []
        for _again in range(3):
            start = time.process_time()
            LISTED.find(piece * (length // len(piece)))
            runs.append(time.process_time() - start)
        return min(runs)

    assert seconds(20_000) < 10 * seconds(5_000) + 0.01  # four times as much, and 16 times if it were quadratic


def test_a_longer_term_stands_for_the_shorter_ones_inside():
    terms = WordList([Term(1, "chó", Kind.SUSPECT), Term(2, "chó chết", Kind.BANNED)])
    assert [match.term.id for match in terms.find("đồ chó chết")] == [2]


def test_a_banned_word_is_not_hidden_by_a_suspect_phrase():
    terms = WordList([Term(1, "chó", Kind.BANNED), Term(2, "đồ chó chết", Kind.SUSPECT)])
    assert [match.term.id for match in terms.find("đồ chó chết")] == [2, 1]


def test_harmless_words_cover_what_they_hold_and_nothing_beside():
    terms = WordList([Term(1, "cc", Kind.SUSPECT), Term(2, "chung cư cc", Kind.ALLOW)])
    assert [match.start for match in terms.find("chung cư cc gì mà cc")] == [18]


def test_a_term_of_a_section_counts_only_there():
    terms = WordList([Term(1, "cc", section=7), Term(2, "dm", section=8), Term(3, "vl")])
    assert [match.term.id for match in terms.find("cc dm vl", sections={7})] == [1, 3]
    assert len(terms.find("cc dm vl")) == 3


def test_a_term_on_trial_hides_nothing():
    terms = WordList([Term(1, "chó", Kind.BANNED), Term(2, "đồ chó", Kind.ALLOW, is_trial=True)])
    assert [match.term.id for match in terms.find("đồ chó")] == [1]


@pytest.mark.parametrize(
    ("text", "form", "is_sure"),
    [
        ("địt", Form.EXACT, True),
        ("ddijt", Form.TYPED, True),
        ("đ!t", Form.LEET, False),
        ("đ*t", Form.MASKED, False),
        ("dit", Form.UNMARKED, False),
        ("ông này dit me mày thế", Form.UNMARKED, True),  # marks were left out on purpose
        ("ong nay dit me may the", Form.UNMARKED, False),  # they are left out everywhere
    ],
)
def test_only_what_is_sure_bans(text, form, is_sure):
    (match,) = LISTED.find(text)
    assert (match.form, match.is_sure) == (form, is_sure)


@settings(deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_any_term_and_any_text_will_do(text, term):
    WordList([Term(1, term)]).find(text)
