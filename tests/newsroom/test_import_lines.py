"""Which lines of an import file are refused, and what is the person told who mends it?"""

import json

import pytest
from django.utils import translation

from newsroom.importing.lines import Reject, Story, story_or_reject
from tests.newsroom.corpus import a_comment, a_line


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


BAD_LINES = {
    b"\xff\xfe": "not UTF-8",
    b"{": "not JSON",
    b"[" * 100_000: "not JSON",
    b"[]": "not a story",
    b"{}": "has no id",
}
BAD_FIELDS = [
    ({"id": None}, "has no id"),
    ({"id": True}, "has no id"),
    ({"id": "x" * 61}, "longer than 60"),
    ({"title": ""}, "“title” is missing"),
    ({"title": 7}, "“title” is not text"),
    ({"title": "a" * 201}, "longer than 200"),
    ({"lead": "a" * 601}, "longer than 600"),
    ({"body": []}, "has no text"),
    ({"body": "chữ"}, "“body” is not a list"),
    ({"body": [{"t": "script", "text": "x"}]}, "unknown kind"),
    ({"body": [{"t": ["p"], "text": "x"}]}, "unknown kind"),
    ({"section": ""}, "“section” is missing"),
    ({"tags": [3]}, "“tags” is not text"),
    ({"tags": ["a" * 81]}, "longer than 80"),
    ({"published_at": "hôm qua"}, "is not a time"),
    ({"published_at": "2021-01-14T14:39:00"}, "has no offset"),
    ({"published_at": "0001-01-01T00:00:00+07:00"}, "not a possible year"),
    ({"published_at": None}, "is missing"),
    ({"updated_at": "x"}, "is not a time"),
    ({"comments": [7]}, "Comment 1: This is not a comment"),
    ({"comments": [a_comment(1, parent=9)]}, "does not stand before it"),
    ({"comments": [a_comment(1), a_comment(2, text=" ")]}, "Comment 2: “text” is missing"),
    ({"comments": [a_comment(1, name=None)]}, "“name” is missing"),
    ({"comments": [a_comment(1, posted_at="2021-01-14")]}, "has no offset"),
]


@pytest.mark.parametrize(("raw", "reason"), BAD_LINES.items(), ids=BAD_LINES.values())
def test_a_line_that_is_no_story_is_refused_with_its_reason(raw, reason):
    refused = story_or_reject(3, raw)
    assert isinstance(refused, Reject)
    assert refused.number == 3 and reason in refused.reason


@pytest.mark.parametrize(("fields", "reason"), BAD_FIELDS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_bad_field_is_refused_with_its_reason(fields, reason):
    refused = story_or_reject(1, json.dumps(a_line(**fields)).encode())
    assert isinstance(refused, Reject)
    assert reason in refused.reason


def test_the_address_loses_the_id_at_its_end_and_is_left_out_where_it_is_none():
    for slug, bare in (("mua-7", "mua"), ("mua-17", "mua-17"), ("Mưa to", ""), ("", ""), ("a" * 101, "")):
        story = story_or_reject(1, json.dumps(a_line(7, slug=slug)).encode())
        assert isinstance(story, Story)
        assert story.slug == bare
