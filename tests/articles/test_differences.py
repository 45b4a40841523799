"""Differences of two versions: exact, readable, quick; what is the same is never flagged."""

from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.differences import (
    ADDED,
    NAMES,
    REMOVED,
    SAME,
    Item,
    Segment,
    blocks,
    compare,
    compare_bodies,
    difference,
    items,
    words,
)
from articles.models import BylineRef, PictureRef, Snapshot
from newsroom.lib import html

SYLLABLES = ["Hà", "Nội", "và", "của", "phố", "đi", "bộ", ",", ".", "1.200", "“", "”", "\n", "  "]
sentences = st.lists(st.sampled_from(SYLLABLES), max_size=30).map(" ".join)
texts = sentences | st.text(max_size=80)
PIECES = [
    "<p>Phố đi bộ mở cửa cuối tuần.</p>",
    "<p>Phố đi bộ mở cửa <strong>mỗi</strong> tối.</p>",
    "<h2>Mở cửa</h2>",
    '<figure class="image" data-image="7"><figcaption>Hồ Gươm.</figcaption></figure>',
    '<figure class="image" data-image="8"></figure>',
    "<ul><li>Một</li><li>Hai<ul><li>Ba</li></ul></li></ul>",
    "<ol><li>Một</li></ol>",
    "<table><tbody><tr><th>Năm</th><td>2020</td></tr><tr><td></td><td>5<br>6</td></tr></tbody></table>",
    '<aside class="box"><h3>Hộp</h3><p>Giờ mở cửa</p></aside>',
    '<blockquote class="pull"><p>Rất đẹp</p></blockquote>',
    "<hr>",
]
bodies = st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: html.sanitise("".join(pieces)))


def side(segments, kind):
    return "".join(segment.text for segment in segments if segment.kind in (SAME, kind))


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_difference(old, new):
    found = words(old, new)
    assert side(found, REMOVED) == old
    assert side(found, ADDED) == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert words(text, text) == ((Segment(SAME, text),) if text else ())


@given(sentences, sentences, sentences)
def test_what_stands_before_and_after_a_change_is_not_flagged(head, tail, new):
    found = words(f"{head} cũ {tail}", f"{head} {new} {tail}")
    same = [word for segment in found if segment.kind == SAME for word in segment.text.split()]
    assert "".join(same).startswith("".join(head.split()))
    assert "".join(same).endswith("".join(tail.split()))


def test_one_changed_syllable_is_one_change():
    found = words("Hà Nội mở 3 tuyến phố, đẹp.", "Hà Nội mở 4 tuyến phố, đẹp.")
    assert found == (
        Segment(SAME, "Hà Nội mở "),
        Segment(REMOVED, "3"),
        Segment(ADDED, "4"),
        Segment(SAME, " tuyến phố, đẹp."),
    )


def test_a_number_is_one_word():
    assert Segment(REMOVED, "1.200") in words("gồm 1.200 hộ", "gồm 1.350 hộ")


def test_a_word_between_two_rewritten_stretches_is_not_left_stranded():
    found = words("một hai ba bốn và năm sáu bảy tám", "chín mười cam quýt và bưởi ổi mận đào")
    assert [segment.kind for segment in found] == [REMOVED, ADDED]


def test_long_texts_are_compared_well_under_a_second():
    old = " ".join(f"từ{n * 7919 % 997}" for n in range(10_000))
    new = " ".join(f"từ{n * 7919 % 997 if n % 40 else n}" for n in range(10_000))
    other = " ".join(f"chữ{n * 6007 % 991}" if n % 3 else "và" for n in range(10_000))
    start = perf_counter()
    words(old, new)
    words(old, other)
    words("a b " * 5_000, "b c a " * 3_000)
    assert perf_counter() - start < 2


# --- bodies -----------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(bodies, bodies)
def test_both_bodies_can_be_read_out_of_the_difference(old, new):
    found = compare_bodies(old, new)
    assert [each.new for each in found if each.new] == blocks(new)
    assert [each.old for each in found if each.old and each.kind != "moved"] == blocks(old)
    for change in found:
        if change.new:
            assert side(change.segments, ADDED) == change.new.text
        if change.old and change.new:
            assert side(change.segments, REMOVED) == change.old.text


@given(bodies)
def test_a_body_does_not_differ_from_itself(body):
    assert not any(change.is_changed for change in compare_bodies(body, body))


@given(bodies)
def test_blocks_hold_all_the_text_of_a_body(body):
    assert "".join("".join(block.text for block in blocks(body)).replace("|", "").split()) == "".join(
        html.to_text(body).split()
    )


def kinds(old, new):
    return [change.kind for change in compare_bodies(old, new)]


def test_only_the_changed_paragraph_is_flagged():
    same = "".join(f"<p>Đoạn thứ {n} giữ nguyên.</p>" for n in range(5))
    old, new = f"<p>Mở đầu của bài viết.</p>{same}", f"<p>Mở đầu mới của bài viết.</p>{same}"
    assert kinds(old, new) == ["changed", *["same"] * 5]


def test_a_paragraph_added_between_others():
    assert kinds("<p>Một.</p><p>Ba.</p>", "<p>Một.</p><p>Hai.</p><p>Ba.</p>") == ["same", "added", "same"]


def test_a_moved_paragraph_is_told_as_moved():
    old = "<p>Chuyện thứ nhất.</p><p>Sang phần khác.</p><p>Kết lại vấn đề.</p>"
    new = "<p>Sang phần khác.</p><p>Kết lại vấn đề.</p><p>Chuyện thứ nhất.</p>"
    assert kinds(old, new) == ["left", "same", "same", "moved"]


def test_bold_alone_is_formatting():
    (change,) = compare_bodies("<p>Rất <strong>đẹp</strong></p>", "<p>Rất đẹp</p>")
    assert change.kind == "restyled"
    assert [segment.kind for segment in change.segments] == [SAME]


def test_a_link_led_elsewhere_is_told_with_both_addresses():
    old = '<p>Xem <a href="https://a.example/">ở đây</a></p>'
    (change,) = compare_bodies(old, old.replace("a.example", "b.example"))
    assert change.kind == "restyled"
    assert change.links == (Item(REMOVED, "https://a.example/"), Item(ADDED, "https://b.example/"))


def test_a_paragraph_made_a_cross_head():
    (change,) = compare_bodies("<p>Mở cửa</p>", "<h2>Mở cửa</h2>")
    assert (change.kind, change.has_new_kind) == ("restyled", True)


def figure(number, caption):
    return f'<figure class="image" data-image="{number}"><figcaption>{caption}</figcaption></figure>'


def test_a_picture_with_another_caption_is_one_change():
    (change,) = compare_bodies(figure(7, "Hồ Gươm."), figure(7, "Hồ Gươm sáng sớm."))
    assert (change.kind, change.block.target) == ("changed", "7")


def test_another_picture_is_removed_and_added():
    assert kinds(figure(7, "Hồ Gươm."), figure(8, "Hồ Gươm.")) == ["removed", "added"]


def test_a_moved_picture_keeps_being_itself():
    text = "<p>Đoạn văn ở giữa bài.</p><p>Đoạn văn tiếp theo.</p>"
    assert kinds(figure(7, "A") + text, text + figure(7, "B")) == ["left", "same", "same", "moved"]


def test_a_table_is_compared_row_by_row():
    table = "<table><tbody><tr><th>Năm</th><th>Hộ</th></tr><tr><td>2020</td><td>{}</td></tr></tbody></table>"
    first, second = compare_bodies(table.format("1.200"), table.format("1.350"))
    assert first.kind == "same"
    assert second.segments == (Segment(SAME, "2020 | "), Segment(REMOVED, "1.200"), Segment(ADDED, "1.350"))


def test_no_break_spaces_are_no_change():
    assert kinds("<p>5&nbsp;km</p>", "<p>5 km</p>") == ["same"]


# --- the whole story --------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 9), max_size=12).map(tuple), st.lists(st.integers(0, 9), max_size=12).map(tuple))
def test_both_lists_can_be_read_out_of_the_difference(old, new):
    found = items(old, new)
    assert tuple(each.value for each in found if each.kind in (SAME, REMOVED)) == old
    assert tuple(each.value for each in found if each.kind in (SAME, ADDED)) == new


def test_every_field_of_a_snapshot_is_compared():
    assert set(NAMES) == set(Snapshot.__dataclass_fields__) - {"schema"}
    assert not any(change.is_changed for change in compare(Snapshot(headline="Một"), Snapshot(headline="Một")))


def test_each_field_is_flagged_when_it_changes():
    changed = {
        "headline": "Hai",
        "subheadline": "Hai",
        "lead": "Hai",
        "body": "<p>Hai</p>",
        "source": "TTXVN",
        "section": 2,
        "other_sections": (3,),
        "bylines": (BylineRef(1, "photo"),),
        "tags": (4,),
        "picture": PictureRef(5, "Hồ Gươm"),
        "comment_policy": "closed",
    }
    for name, value in changed.items():
        found = compare(Snapshot(), Snapshot(**{name: value}))
        assert [change.name for change in found if change.is_changed] == [name]


def test_a_byline_in_another_role_is_a_change():
    change = difference("bylines", (BylineRef(1), BylineRef(2)), (BylineRef(1), BylineRef(2, "photo")))
    assert [item.kind for item in change.items] == [SAME, REMOVED, ADDED]


def test_a_caption_alone_leaves_the_picture():
    change = difference("picture", PictureRef(5, "Hồ Gươm"), PictureRef(5, "Hồ Tây"))
    assert [item.kind for item in change.items] == [SAME]
    assert change.is_changed
