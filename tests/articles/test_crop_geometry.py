"""Whatever a picture measures and wherever its focal point lies: the crop holds it, has its shape, is not enlarged."""

from hypothesis import given
from hypothesis import strategies as st

from articles.models import FOCUS, Image
from articles.renditions import ALL, CROPPED, crop_box, size, widths_for

sides = st.integers(1, 16_383)
percent = st.integers(0, 100)
families = st.sampled_from(ALL)


@given(sides, sides, percent, percent, families)
def test_the_crop_lies_inside_and_holds_the_focal_point(width, height, x, y, family):
    left, top, across, down = crop_box(width, height, family.shape, (x, y))
    assert left >= 0 and left + across <= width and across >= 1
    assert top >= 0 and top + down <= height and down >= 1
    assert left <= width * x / 100 <= left + across
    assert top <= height * y / 100 <= top + down


@given(sides, sides, percent, percent, st.sampled_from(CROPPED))
def test_it_has_its_shape_within_a_pixel_and_takes_all_there_is_one_way(width, height, x, y, family):
    _left, _top, across, down = crop_box(width, height, family.shape, (x, y))
    assert across == width or down == height
    wide, high = family.shape
    assert abs(across - down * wide / high) < 1 + wide / high or abs(down - across * high / wide) <= 1


@given(sides, sides, families)
def test_no_file_is_larger_than_what_it_is_made_of(width, height, family):
    _left, _top, across, down = crop_box(width, height, family.shape, FOCUS)
    widths = widths_for(across, family)
    assert widths and max(widths) <= across
    made = {family.name: {"v": "a", "widths": widths}}
    shown = size(Image(width=width, height=height, renditions=made), family.name)
    assert shown[0] == max(widths) and shown[1] <= max(1, down)
    assert abs(shown[1] - shown[0] * down / across) <= 1, "its ratio within a pixel"


@given(sides, sides, st.sampled_from(CROPPED))
def test_by_default_heads_stay_on(width, height, family):
    """Above the crop no more is lost than an eighth of the picture, whatever its shape; a head is rarely higher."""
    _left, top, _across, down = crop_box(width, height, family.shape, FOCUS)
    is_strip = down < height / 4  # of a tall, narrow picture a crop can only be a strip
    assert is_strip or top <= height * (FOCUS[1] / 100 - 1 / 8) + 1
    assert top <= height * FOCUS[1] / 100 <= top + down


@given(st.integers(1, 16_383), st.integers(1, 16_383))
def test_a_portrait_keeps_more_of_its_top_than_of_its_foot(width, height):
    for family in CROPPED:
        _left, top, _across, down = crop_box(width, height, family.shape, FOCUS)
        assert top <= height - top - down + 1
