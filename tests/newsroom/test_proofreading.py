"""Writing aids, the pure part: what is found, what it should be, and above all what is left alone."""

import json
import time
import unicodedata

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib.blocktext import BlockText
from newsroom.lib.proofreading import Kind, Placement, applied, proofread, usual_placements
from tests.newsroom.leftovers import LEFT_ALONE, TELEX, VNI

DEMO = sorted((settings.BASE_DIR / "newsroom/demo/stories").glob("*.json"))
LINES = ("headline", "subheadline", "lead", "caption")
PIECES = st.sampled_from(
    [*"aeosw.,;:!?\"'“”()[] \u00a0\n15Đđðư\u0301\u0323", "''", "``", ",,", "tieengs", "Vieetj", "ha2", "no65i", "hoà"]
    + ["hóa", "hòan", "xong.Ông", "TP.HCM", "www.", "@", "://", "\U0001f600", "а"]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join)


def found(text, **style):
    return [(finding.kind, finding.there, finding.mend) for finding in proofread(text, **style)]


def mended(text, **style):
    return applied(text, proofread(text, **style))


def test_the_probe_tables_are_as_large_as_promised():
    assert len(TELEX) + len(VNI) >= 120
    assert len(LEFT_ALONE) >= 80


@pytest.mark.parametrize(("typed", "meant"), TELEX)
def test_telex(typed, meant):
    assert {kind for kind, *_ in found(typed)} == {Kind.TELEX}
    assert mended(typed) == meant
    assert mended(f"Sáng nay {typed} ở đây.") == f"Sáng nay {meant} ở đây."


@pytest.mark.parametrize(("typed", "meant"), VNI)
def test_vni(typed, meant):
    assert {kind for kind, *_ in found(typed)} == {Kind.VNI}
    assert mended(f"Sáng nay {typed} ở đây.") == f"Sáng nay {meant} ở đây."


@pytest.mark.parametrize("word", LEFT_ALONE)
def test_left_alone(word):
    assert found(word) == []
    assert found(f"Theo báo cáo, {word} là một ví dụ") == []


def test_beside_a_sure_leftover_an_unsure_one_is_sure_and_the_run_is_one():
    assert found("Hans") == []
    assert found("ha2 no65i, bafi tieengs") == [
        (Kind.VNI, "ha2 no65i", "hà nội"),
        (Kind.TELEX, "bafi tieengs", "bài tiếng"),
    ]


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_clean_prose_has_no_findings(path):
    for story in json.loads(path.read_text(encoding="utf-8")):
        texts = [story.get(name) or "" for name in LINES] + [BlockText(story["body"]).text]
        assert [found(text) for text in texts if found(text)] == []


# --- tones


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hòan", "hoàn"), ("tòan", "toàn"), ("cuả", "của"), ("Gỉai", "Giải"), ("qúy", "quý"), ("khỏang", "khoảng")]
    + [("TÒAN", "TOÀN"), ("lọai", "loại"), ("đựơc", "được"), ("thưở", "thưở")],
)
def test_a_tone_on_the_wrong_vowel(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(("old", "new"), [("hòa", "hoà"), ("khỏe", "khoẻ"), ("ủy", "uỷ"), ("tùy", "tuỳ")])
def test_the_house_style_is_a_parameter(old, new):
    assert (mended(new), mended(old)) == (old, old)
    assert (mended(old, house=Placement.NEW), mended(new, house=Placement.NEW)) == (new, new)
    assert mended(f"{old} {new} {new}", house=None) == f"{new} {new} {new}"
    assert found(f"{old} {old}", house=None) == []


def test_without_a_house_style_several_texts_decide_together():
    usual = usual_placements(["Toàn khóa, khóa này, khóa sau", "cả khoá"])
    assert usual == {"khóa": Placement.OLD}
    assert mended("cả khoá", house=None, usual=usual) == "cả khóa"
    assert found("hoà", house=None, usual=usual) == []


def test_names_keep_their_spelling_but_a_committee_is_no_name():
    assert found("bà Hoà nói; Hoà Bình; anh Thuỷ") == []
    assert mended("Uỷ ban; UỶ BAN; Hoà giải viên") == "Ủy ban; ỦY BAN; Hòa giải viên"


def test_what_was_meant_follows_the_house_style():
    assert (mended("hoaf"), mended("hoaf", house=Placement.NEW)) == ("hòa", "hoà")


# --- spaces, quotes, characters


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hai  dấu cách", "hai dấu cách"),
        ("dính\u00a0 cách", "dính cách"),
        ("khóa XXI\u00a0(nhiệm kỳ", "khóa XXI (nhiệm kỳ"),
        ("trước , phẩy", "trước, phẩy"),
        ("trước ,phẩy", "trước, phẩy"),
        ("cuối câu .", "cuối câu."),
        ("Sao \u00a0?", "Sao?"),
        ("nhà,cửa", "nhà, cửa"),
        ("đã xong.Ông nói", "đã xong. Ông nói"),
        ("thật sao?Ông", "thật sao? Ông"),
        ("( trong ngoặc )", "(trong ngoặc)"),
        ("“ trong ngoặc ”", "“trong ngoặc”"),
    ],
)
def test_spaces(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("là “Kỷ cương, phát triển''.", "là “Kỷ cương, phát triển”."),
        ("''Kỷ cương''", "“Kỷ cương”"),
        ('Ông nói: "Đúng", rồi "thôi".', "Ông nói: “Đúng”, rồi “thôi”."),
        ("``Kỷ cương''", "“Kỷ cương”"),
        ("„Kỷ cương”", "“Kỷ cương”"),
        ("“Kỷ cương“, ông nói", "“Kỷ cương”, ông nói"),
        ("”Kỷ cương”, ông nói", "“Kỷ cương”, ông nói"),
        (",,Kỷ cương”", "“Kỷ cương”"),
    ],
)
def test_quotes(typed, meant):
    assert mended(typed) == meant


def test_a_quote_without_its_half_is_told_and_not_guessed():
    assert found("Ông nói “đúng rồi") == [(Kind.UNBALANCED, "“", None)]
    assert found("Ông nói đúng”, rồi đi") == [(Kind.UNBALANCED, "”", None)]
    assert mended("Ông nói “đúng rồi") == "Ông nói “đúng rồi"


def test_a_quotation_of_several_paragraphs_opens_each_and_closes_the_last():
    assert found("“Đoạn một.\n“Đoạn hai.\n“Đoạn ba”.") == []
    assert found("“Đoạn một.\nĐoạn hai") == [(Kind.UNBALANCED, "“", None)]


def test_characters():
    decomposed = unicodedata.normalize("NFD", "tiếng")
    assert found(f"{decomposed} Việt") == [(Kind.CHARACTERS, decomposed, "tiếng")]
    assert mended("ðường Ðà Nẵng") == "đường Đà Nẵng"
    assert mended("cộng hòа") == "cộng hòa", "the last letter was Cyrillic"


def test_the_seed_of_real_dirt():
    text = "6 chương trình toàn khoá cụ thể hóa\u00a0Nghị quyết là\u00a0“Kỷ cương, phát triển''."
    assert mended(text) == "6 chương trình toàn khóa cụ thể hóa Nghị quyết là “Kỷ cương, phát triển”."


# --- any text


@given(TEXTS, st.sampled_from([Placement.OLD, Placement.NEW, None]))
def test_a_mend_removes_its_finding_and_touches_nothing_else(text, house):
    findings = proofread(text, house)
    for before, after in zip(findings, findings[1:], strict=False):
        assert before.end <= after.start
    for finding in findings:
        assert text[finding.start : finding.end] == finding.there
        if finding.mend is None:
            continue
        after = applied(text, [finding])
        end = finding.start + len(finding.mend)
        assert (after[: finding.start], after[end:]) == (text[: finding.start], text[finding.end :])
        again = [one for one in proofread(after, house) if one.kind == finding.kind and one.start < end]
        assert not [one for one in again if one.end > finding.start], (finding, again)


HOSTILE = ["a", " ", "“", "''", "a.", "a,", "aa,bb", "\u00a0 ", "a@", "w.", "a-", "( ", "a\u0301", "tieengs ", "x://"]


@pytest.mark.parametrize("piece", [*HOSTILE, "xong.Ông ", "hoà ", "1a2"])
def test_no_text_takes_long(piece):
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    proofread(text)
    assert time.process_time() - started < 10, "backtracking: what is linear takes milliseconds, on a busy machine too"
