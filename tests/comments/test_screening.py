"""The rules that look at a comment, one by one, and the verdict over all of them."""

import pytest

from comments.screening import Effect, Finding, Submission, Verdict, screen, verdict

PLAIN = "Tôi đồng tình với bài viết. Mong thành phố sớm làm vỉa hè ở phố Huế."


def codes(**fields):
    return [finding.code for finding in screen(Submission(**{"text": PLAIN, **fields}))]


def test_an_ordinary_comment_has_no_findings():
    assert codes() == []


@pytest.mark.parametrize(
    "text",
    [
        "UBND TP HCM và HĐND vừa họp",
        "Hay quá!",
        "CẢM ƠN BÁO",
        "Giá xăng tăng 1.500 đồng/lít... mong Nhà nước xem lại.Nhân dân chờ",
        "Ông A.B.C nói đúng, 3.5 triệu/m2",
    ],
)
def test_ordinary_spellings_are_left_alone(text):
    assert codes(text=text) == []


def test_a_filled_trap_is_spam():
    assert codes(trap="http://spam.example") == ["trap"]


@pytest.mark.parametrize(("age", "found"), [(0, True), (2.9, True), (3, False), (90_000, False)])
def test_faster_than_anybody_reads(age, found):
    assert ("fast" in codes(age=age)) is found


@pytest.mark.parametrize(
    "text", ["xem http://a.example/x nhé", "vào www.vay-nhanh.example", "dang ky tai vaytien.vn", "choi tai bet88.com"]
)
def test_links_are_found_where_they_stand(text):
    (finding,) = screen(Submission(text=text))
    start, end = finding.span
    assert finding.code == "link"
    assert "." in text[start:end] and " " not in text[start:end]


def test_shouting():
    assert codes(text="TẠI SAO KHÔNG AI LÀM GÌ CẢ VẬY HẢ TRỜI") == ["capitals"]


@pytest.mark.parametrize(
    ("copies", "effect"), [(0, None), (1, None), (2, Effect.HOLD), (4, Effect.HOLD), (5, Effect.SPAM)]
)
def test_the_same_text_under_several_stories(copies, effect):
    found = screen(Submission(text=PLAIN, copies_elsewhere=copies))
    assert [finding.effect for finding in found] == ([effect] if effect else [])


def test_short_texts_may_repeat():
    assert codes(text="Hay quá!", copies_elsewhere=9) == []


def test_a_crowded_network_only_holds():
    (finding,) = screen(Submission(text=PLAIN, recent_of_network=500))
    assert (finding.code, finding.effect) == ("network", Effect.HOLD)


def test_a_held_writer():
    assert codes(writer_is_held=True) == ["writer"]


def test_every_rule_is_heard():
    text = "MUA NGAY TẠI WWW.BAN-HANG.EXAMPLE KHÔNG LÀ HẾT"
    assert codes(text=text, age=0, trap="x") == ["trap", "fast", "link", "capitals"]


HOLD, SPAM = Finding("link", Effect.HOLD), Finding("trap", Effect.SPAM)


@pytest.mark.parametrize(
    ("findings", "policy", "expected"),
    [
        ([], "open", Verdict.PASS),
        ([], "held", Verdict.HOLD),
        ([HOLD], "open", Verdict.HOLD),
        ([HOLD, SPAM], "open", Verdict.SPAM),
        ([SPAM], "held", Verdict.SPAM),
    ],
)
def test_verdict(findings, policy, expected):
    assert verdict(findings, policy) == expected


def test_findings_are_kept_without_what_they_lack():
    assert HOLD.as_json() == {"code": "link", "effect": "hold"}
