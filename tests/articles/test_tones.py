"""The colour that stands where a picture is still on its way."""

import io
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pixels

from articles import pictures, rendering, tones
from tests.picture_files import encoded, upload

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "tones.css"


def two_thirds(colour, other):
    picture = Pixels.new("RGB", (300, 200), other)
    picture.paste(colour, (0, 0, 200, 200))
    return picture


@pytest.mark.parametrize(
    ("colour", "other"), [((200, 30, 40), (255, 255, 255)), ((12, 60, 90), (240, 200, 20)), ((128,) * 3, (0, 0, 0))]
)
def test_most_of_the_picture_decides(colour, other):
    found = tones.dominant(two_thirds(colour, other))
    assert all(abs(int(found[1 + 2 * n : 3 + 2 * n], 16) - colour[n]) <= 6 for n in range(3)), found


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_the_class_is_near_the_colour(colour):
    number = tones.css_class("#{:02x}{:02x}{:02x}".format(*colour)).removeprefix("tone-")
    rule = SHEET.read_text().split(f".tone-{number} {{ background: #")[1][:6]
    assert all(abs(int(rule[2 * n : 2 * n + 2], 16) - colour[n]) <= 22 for n in range(3))


def test_the_style_sheet_is_drawn_from_the_code():
    drawn = StringIO()
    call_command("draw_tones", stdout=drawn)
    assert SHEET.read_text() == drawn.getvalue(), "manage.py draw_tones > static/css/tones.css"


def test_a_picture_gets_its_colour_when_it_comes_in(db):
    image = pictures.add_picture(upload(encoded(two_thirds((200, 30, 40), (255, 255, 255)))), by=None, alt="Cờ")
    assert image.colour.startswith("#c")
    figure = rendering.render_figure(image)
    assert f'<img class="{tones.css_class(image.colour)}"' in figure
    assert "style=" not in figure and 'width="' in figure and 'height="' in figure


def test_nothing_shines_through_a_transparent_picture(db):
    glass = Pixels.new("RGBA", (300, 200), (200, 30, 40, 0))
    image = pictures.add_picture(upload(encoded(glass, "PNG")), by=None, alt="Kính")
    assert image.colour == tones.NONE
    assert "tone-" not in rendering.render_figure(image)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_kept_original_has_the_same_colour(kind):
    data = encoded(two_thirds((12, 60, 90), (240, 200, 20)), kind)
    with Pixels.open(io.BytesIO(data)) as picture:
        assert tones.css_class(tones.of_file(data)) == tones.css_class(tones.dominant(picture))


def test_one_pixel_has_a_colour():
    assert tones.css_class(tones.dominant(Pixels.new("RGB", (1, 1), (255, 255, 255)))) == "tone-215"
