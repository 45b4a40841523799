"""Does a comment give away personal data: telephone numbers, identity numbers, bank accounts, number plates?"""

import re
from collections.abc import Iterator
from typing import Final

from comments.screening.findings import Effect, Finding, Submission
from comments.words.reading import Reading, read

NEAR: Final = 40  # characters between a number and the word that says what it is
# The first three digits of a citizen number: where the birth was registered, as the ministry numbered the provinces.
_PROVINCES: Final = frozenset(
    """
    1 2 4 6 8 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62
    64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96
    """.split()
)
_DIGITS: Final = re.compile(r"\+?\d(?:[ .\-()]{0,2}\d){7,18}(?!\d)")
_SPOKEN: Final = re.compile(
    r"\b(?:không|zero)(?:[ ,.\-]{1,2}(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)){8,9}\b"
)
_MOBILE: Final = re.compile(r"(?:\+?84|0)[35789]\d{8}")
_LANDLINE: Final = re.compile(r"(?:\+?84|0)2\d{9}")
_IDENTITY_WORDS: Final = re.compile(r"\b(?:cmnd|cmt|cccd|chứng minh|căn cước|định danh|hộ chiếu)\b")
_BANK_WORDS: Final = re.compile(
    r"\b(?:stk|số tk|tài khoản|ngân hàng|chuyển khoản|ck|vietcombank|vcb|techcombank|tcb|mb ?bank|bidv|agribank"
    r"|vietinbank|acb|vpbank|tpbank|sacombank|vib|shb|hdbank|ocb|msb|momo)\b"
)
_PLATE: Final = re.compile(
    r"(?<![\w.,])(?:1[1-9]|[2-9]\d)[ \-]?(?:[a-hk-npr-vx-z][a-z0-9]?|mđ\d?)[ \-.]{0,2}"
    r"(?:\d{3}\.?\d{2}|(?<=-)\d{4})(?![\d%])"
)


def personal_data(submission: Submission) -> Iterator[Finding]:
    """Each piece with its span; the number of a thing that anybody may know (a price, a year) is none."""
    reading = read(submission.text)
    for match in _DIGITS.finditer(reading.text):
        if code := _kind(reading.text, match):
            yield _finding(code, reading, match)
    yield from (_finding("phone", reading, match) for match in _SPOKEN.finditer(reading.text))
    yield from (_finding("plate", reading, match) for match in _PLATE.finditer(reading.text))


def _finding(code: str, reading: Reading, match: re.Match[str]) -> Finding:
    return Finding(code, Effect.HOLD, span=reading.span(*match.span()))


def _kind(text: str, match: re.Match[str]) -> str:
    """What the digits are: "phone", "citizen", "bank", or "" for nobody's."""
    if match.start() and text[match.start() - 1].isalnum():
        return ""
    digits = re.sub(r"[ .\-()]", "", match[0])
    around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return "phone"
    if _is_citizen(digits) or (len(digits) in {9, 12} and _IDENTITY_WORDS.search(around)):
        return "citizen"
    return "bank" if _BANK_WORDS.search(around) and not _is_money(text, match) else ""


def _is_citizen(digits: str) -> bool:
    """Twelve digits: a province, a sex and century that exist, a year, six more."""
    return len(digits) == 12 and digits[0] == "0" and str(int(digits[:3])) in _PROVINCES and digits[3] in "0123"


def _is_money(text: str, match: re.Match[str]) -> bool:
    """ "250.000.000 đồng": an amount and no account."""
    groups = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", match[0])
    return bool(groups) or bool(
        re.match(r"\s*(?:đồng|đ|vnđ|vnd|triệu|tỷ|tỉ|usd)\b", text[match.end() : match.end() + 8])
    )
