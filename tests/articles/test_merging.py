"""Two changes of one text: what merges, what is told as a conflict."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.merging import merge
from articles.models import BylineRef, PictureRef, Snapshot
from newsroom.lib import html

WORDS = [
    f"<p>{text}</p>" for text in ("Một", "Hai ba bốn năm sáu bảy tám", "Chín mười mười một", "Hà Nội sáng nay", "")
]
keys = st.integers(1, 6)
bylines = st.lists(st.builds(BylineRef, keys, st.sampled_from(["text", "photo"])), max_size=4, unique=True).map(tuple)
lists = st.lists(keys, max_size=5, unique=True).map(tuple)
snapshots = st.builds(
    Snapshot,
    headline=st.sampled_from(["", "Tít", "Tít khác"]),
    lead=st.sampled_from(["", "Dẫn", "Dẫn khác"]),
    body=st.lists(st.sampled_from(WORDS), max_size=6).map("\n".join).map(html.sanitise),
    section=st.sampled_from([None, 1, 2]),
    bylines=bylines,
    tags=lists,
    other_sections=lists,
    picture=st.none() | st.builds(PictureRef, keys, st.sampled_from(["", "Chú thích"])),
)
BASE = Snapshot(
    headline="Tít",
    lead="Dẫn",
    body="<p>Tuyến phố dài 1,2 km có cây xanh và ghế nghỉ.</p>\n<h2>Mở cửa</h2>\n<p>Từ 19 giờ.</p>",
    tags=(1, 2),
    bylines=(BylineRef(1), BylineRef(2)),
)


@given(base=snapshots, other=snapshots)
def test_what_one_side_left_alone_is_the_other_sides(base, other):
    for mine, theirs in ((base, other), (other, base), (other, other)):
        merged = merge(base, mine, theirs)
        assert (merged.snapshot, merged.conflicts) == (other, ())


@settings(max_examples=400)
@given(base=snapshots, mine=snapshots, theirs=snapshots)
def test_both_orders_agree_on_what_merges_and_nothing_is_lost_in_silence(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {conflict.field for conflict in one.conflicts} == {conflict.field for conflict in other.conflicts}
    told = {conflict.field for conflict in one.conflicts}
    for conflict in one.conflicts:
        assert len({str(conflict.base), str(conflict.mine), str(conflict.theirs)}) == 3
        assert getattr(one.snapshot, conflict.field) == conflict.mine
    for name in ("headline", "lead", "section", "body"):
        if name not in told:
            assert getattr(one.snapshot, name) == getattr(other.snapshot, name)
    for name in {"tags", "bylines", "other_sections"} - told:
        left, right = getattr(one.snapshot, name), getattr(other.snapshot, name)
        before, here, there = (set(getattr(side, name)) for side in (base, mine, theirs))
        assert set(left) == set(right) == (before & here & there) | (here - before) | (there - before)
        assert len(left) == len(set(left))
    assert html.sanitise(one.snapshot.body) == one.snapshot.body


def bodies(mine, theirs, base=BASE.body):
    merged = merge(replace(BASE, body=base), replace(BASE, body=mine), replace(BASE, body=theirs))
    return merged.snapshot.body if merged.is_whole else None


def test_different_blocks_merge_neighbours_too():
    mine = BASE.body.replace("Mở cửa", "Giờ mở cửa")
    theirs = BASE.body.replace("19 giờ", "20 giờ")
    assert bodies(mine, theirs) == BASE.body.replace("Mở cửa", "Giờ mở cửa").replace("19 giờ", "20 giờ")


def test_words_far_apart_in_one_block_merge():
    merged = bodies(BASE.body.replace("Tuyến phố", "Con phố"), BASE.body.replace("ghế nghỉ", "ghế đá"))
    assert merged == BASE.body.replace("Tuyến phố", "Con phố").replace("ghế nghỉ", "ghế đá")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Từ 20 giờ.", "Từ 21 giờ."),
        ("Lúc 19 giờ.", "Từ 19 giờ 30."),  # too near: each may bear on the other
        ("Từ 19 giờ. Miễn phí.", "Từ 19 giờ. Có vé."),
        ("", "Từ 20 giờ."),
    ],
)
def test_the_same_place_is_a_conflict(mine, theirs):
    swap = [BASE.body.replace("Từ 19 giờ.", text) for text in (mine, theirs)]
    assert bodies(*swap) is None


def test_two_new_blocks_at_one_point_are_a_conflict_elsewhere_they_are_not():
    last, first = f"{BASE.body}\n<p>Cuối.</p>", f"<p>Đầu.</p>\n{BASE.body}"
    assert bodies(last, f"{BASE.body}\n<p>Khác.</p>") is None
    assert bodies(last, first) == f"<p>Đầu.</p>\n{BASE.body}\n<p>Cuối.</p>"


def test_a_block_taken_out_by_one_and_changed_by_the_other_is_a_conflict():
    without = BASE.body.replace("\n<h2>Mở cửa</h2>", "")
    assert bodies(without, BASE.body.replace("Mở cửa", "Giờ giấc")) is None
    assert bodies(without, BASE.body.replace("Tuyến phố", "Con phố")) == without.replace("Tuyến phố", "Con phố")


def test_marks_that_would_cross_are_a_conflict():
    base = "<p>một hai ba bốn năm sáu bảy tám chín mười</p>"
    mine = base.replace("hai ba bốn năm sáu", "<strong>hai ba bốn năm sáu</strong>")
    theirs = base.replace("bốn năm sáu bảy tám chín mười", "<em>bốn năm sáu bảy tám chín mười</em>")
    assert bodies(mine, theirs, base) is None


def test_a_line_changed_by_both_is_a_conflict_with_all_three_texts():
    merged = merge(
        BASE, replace(BASE, headline="Của tôi", tags=(2, 1, 3)), replace(BASE, headline="Của họ", tags=(1,))
    )
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == ("headline", "Tít", "Của tôi", "Của họ")
    assert merged.snapshot.tags == (1, 3)


def test_bylines_keep_their_order_and_one_role_a_person():
    added = replace(BASE, bylines=(BylineRef(1), BylineRef(3, "photo"), BylineRef(2)))
    swapped = replace(BASE, bylines=(BylineRef(2), BylineRef(1)))
    assert merge(BASE, added, swapped).snapshot.bylines == (BylineRef(2), BylineRef(1), BylineRef(3, "photo"))
    photo, video = (replace(BASE, bylines=(BylineRef(1, role), BylineRef(2))) for role in ("photo", "video"))
    assert [conflict.field for conflict in merge(BASE, photo, video).conflicts] == ["bylines"]
