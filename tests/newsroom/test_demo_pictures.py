"""Are the demonstration's pictures all there, described, and painted the same way every time?"""

import io

import pytest
from PIL import Image

from newsroom.demo.pictures import PICTURES, SCENES, draw

SMALL = (480, 320)


def test_pictures_have_scenes():
    assert len(PICTURES) == 41
    assert set(PICTURES) == set(SCENES)


@pytest.mark.parametrize("key", PICTURES)
def test_texts(key):
    picture = PICTURES[key]
    assert 0 < len(picture.title) <= 40
    assert picture.caption.endswith(".")
    assert picture.credit == "minh họa của Tòa soạn"
    assert len(picture.alt) > 30
    assert not picture.alt.endswith(".")
    assert 0 <= picture.focal_x <= 100
    assert 0 <= picture.focal_y <= 100


@pytest.mark.parametrize("key", PICTURES)
def test_every_scene_paints(key):
    picture = Image.open(io.BytesIO(draw(key, SMALL)))
    assert (picture.format, picture.size) == ("JPEG", SMALL)
    assert len(picture.convert("L").resize((60, 40)).getcolors()) > 30


def test_full_size_is_a_sensible_file():
    content = draw("ho-guom")
    assert Image.open(io.BytesIO(content)).size == (1600, 1067)
    assert 80_000 < len(content) < 300_000


def test_painted_the_same_every_time():
    assert draw("pho-co", SMALL) == draw("pho-co", SMALL)


def test_other_proportions_fill_the_sheet():
    picture = Image.open(io.BytesIO(draw("song-hong", (300, 400))))
    assert picture.size == (300, 400)


def test_unknown_key():
    with pytest.raises(KeyError):
        draw("nowhere")
