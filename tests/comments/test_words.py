"""Which texts hold a listed term? The golden file: what must be hit in which form, and what must be left alone."""

import json
import unicodedata
from pathlib import Path

import pytest

from comments.words import Kind, Term, WordList

LINES = [json.loads(line) for line in Path(__file__).with_name("probes.jsonl").read_text("utf-8").splitlines()]
TERMS = [Term(number, line["term"], Kind(line["kind"])) for number, line in enumerate(LINES) if "kind" in line]
PROBES = [line for line in LINES if "text" in line]
HITS, MISSES = [line for line in PROBES if "term" in line], [line for line in PROBES if "term" not in line]
LISTED = WordList(TERMS)

WAYS = {
    "as it is": lambda text: text,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "capitals": lambda text: text.upper(),
    "zero width": lambda text: "\u200b".join(text),
    "soft hyphens": lambda text: "\u00ad".join(unicodedata.normalize("NFD", text)),
    "in a text": lambda text: f"Thưa tòa soạn, tôi nghĩ rằng: {text}",
}


def found(text):
    return [(match.term.text, match.form.value) for match in LISTED.find(text)]


def test_there_are_enough_probes():
    assert len(PROBES) >= 500 and min(len(HITS), len(MISSES)) >= 200


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_must_be_hit(way):
    probes = [line for line in HITS if way is not WAYS["in a text"] or line["form"] != "unmarked"]
    assert [line for line in probes if (line["term"], line["form"]) not in found(way(line["text"]))] == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_must_be_left_alone(way):
    assert [(line["text"], found(way(line["text"]))) for line in MISSES if found(way(line["text"]))] == []
