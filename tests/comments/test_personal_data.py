"""Which numbers in a comment belong to somebody, and which to nobody?"""

import pytest

from comments.screening import Effect, Submission, screen


def found(text):
    return [
        (finding.code, text[slice(*finding.span)])
        for finding in screen(Submission(text))
        if finding.code in {"phone", "citizen", "bank", "plate"}
    ]


@pytest.mark.parametrize(
    "number",
    ["0912345678", "0912 345 678", "0912.345.678", "090-1234567", "+84 912 345 678", "84912345678", "024 3942 1234",
     "(024) 39421234", "０９１２３４５６７８", "09\u200b12345678", "không chín một hai ba bốn năm sáu bảy tám"],
)  # fmt: skip
def test_telephone_numbers(number):
    ((code, words),) = found(f"Anh gọi {number} nhé")
    assert (code, words.strip("(")) == ("phone", number.strip("("))


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("số 001085012345 đó", "citizen", "001085012345"),
        ("CMND 012345678 của ông ấy", "citizen", "012345678"),
        ("STK 0123456789012 Vietcombank", "bank", "0123456789012"),
        ("ủng hộ qua tài khoản 19034567890 nhé", "bank", "19034567890"),
        ("xe 29A-123.45 vượt đèn đỏ", "plate", "29A-123.45"),
        ("xe 51F-12345", "plate", "51F-12345"),
        ("xe máy 29H1-123.45", "plate", "29H1-123.45"),
        ("xe 30e 12345 chạy ẩu", "plate", "30e 12345"),
    ],
)
def test_what_belongs_to_somebody(text, code, words):
    assert found(text) == [(code, words)]


@pytest.mark.parametrize(
    "text",
    ["tổng đài 1900 1234", "mã số 123456789", "250.000.000 đồng vào tài khoản ngân hàng",
     "ngân hàng lãi 12.000 tỷ đồng", "năm 2021-2025", "ngày 14-1-2021 lúc 14:39", "60.000 người", "tỷ số 2-1, 3-0",
     "QL1A 12345", "24h 2021", "dài 32 km 12", "003085012345 đơn vị", "0912345678901234567890123"],
)  # fmt: skip
def test_what_belongs_to_nobody(text):
    assert found(text) == []


def test_it_waits_and_every_piece_is_marked():
    findings = screen(Submission("Gọi 0912345678 hoặc 0987654321, xe 29A-123.45"))
    assert [(finding.code, finding.effect) for finding in findings] == [
        ("phone", Effect.HOLD),
        ("phone", Effect.HOLD),
        ("plate", Effect.HOLD),
    ]
