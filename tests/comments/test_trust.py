"""How far is a writer trusted, and what does that change?"""

import pytest

from comments.screening import Effect, Finding, Submission, Trust, Verdict, screen, verdict
from comments.screening.trust import Record, level, turned_down_percent


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Record(), Trust.NEW),
        (Record(approved=1), Trust.NEW),
        (Record(is_confirmed=True), Trust.KNOWN),
        (Record(approved=2), Trust.KNOWN),
        (Record(approved=9), Trust.KNOWN),
        (Record(approved=10), Trust.PROVEN),
        (Record(approved=10, turned_down=2), Trust.KNOWN),
        (Record(approved=40, turned_down=4), Trust.PROVEN),
        (Record(is_granted=True), Trust.TRUSTED),
        (Record(is_staff=True), Trust.STAFF),
    ],
)
def test_levels(record, expected):
    assert level(record) == expected


def test_one_of_one_is_no_history():
    assert [turned_down_percent(Record(turned_down=n)) for n in (1, 3, 4)] == [0, 0, 100]
    assert turned_down_percent(Record(approved=6, turned_down=2)) == 25


def test_whose_comments_are_mostly_turned_down_waits():
    assert [finding.code for finding in screen(Submission("Hay quá", turned_down=60))] == ["history"]
    assert screen(Submission("Hay quá", turned_down=60, trust=Trust.TRUSTED)) == []


def test_where_only_the_trusted_are_shown_at_once_the_desk_is_told_why_others_wait():
    assert [finding.code for finding in screen(Submission("Hay quá", policy="trusted"))] == ["new"]
    assert screen(Submission("Hay quá", policy="trusted", trust=Trust.PROVEN)) == []


@pytest.mark.parametrize(
    ("policy", "trust", "expected"),
    [
        ("open", Trust.NEW, Verdict.PASS),
        ("trusted", Trust.KNOWN, Verdict.HOLD),
        ("trusted", Trust.PROVEN, Verdict.PASS),
        ("held", Trust.TRUSTED, Verdict.HOLD),
        ("held", Trust.STAFF, Verdict.PASS),
    ],
)
def test_verdict_by_policy(policy, trust, expected):
    assert verdict([], policy, trust) == expected
    assert verdict([Finding("x", Effect.NOTE)], policy, trust) == expected
    assert verdict([Finding("x", Effect.HOLD)], policy, trust) == Verdict.HOLD
