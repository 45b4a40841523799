"""Which files a picture gets, and what pages are told about them."""

import io

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image as Pixels

from articles import renditions
from articles.models import Image
from articles.renditions import CARD, FULL, crop_box, render_files, widths_for
from tests.picture_files import dotted, encoded, gradient


def opened(data):
    picture = Pixels.open(io.BytesIO(data))
    picture.load()
    return picture


def image_row(width=1600, height=1067, **widths):
    made = {family: {"v": "abc123", "widths": sizes} for family, sizes in widths.items()}
    return Image(key="f" * 32, width=width, height=height, renditions=made, alt="Hồ")


@pytest.mark.parametrize(
    ("width", "family", "expected"),
    [
        (6000, FULL, [480, 800, 1200, 1600]),
        (1600, FULL, [480, 800, 1200, 1600]),
        (1000, FULL, [480, 800, 1000]),
        (810, FULL, [480, 800]),
        (300, FULL, [300]),
        (1, CARD, [1]),
        (640, CARD, [320, 640]),
    ],
)
def test_nothing_is_enlarged_and_a_small_picture_gets_its_own_width(width, family, expected):
    assert widths_for(width, family) == expected


def test_all_formats_and_widths_are_what_they_say():
    files = render_files(encoded(gradient(2000, 1500)), (50, 50))
    heights = {"full": 3 / 4, "card": 2 / 3, "wide": 9 / 16, "classic": 3 / 4, "square": 1}
    assert len(files) == (4 + 3) * 3 + 3
    for label, data in files.items():
        family, rest = label.split("-")
        width, kind = rest.split(".")
        picture = opened(data)
        assert picture.width == int(width)
        assert picture.height == round(int(width) * heights[family])
        assert picture.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[kind]


@pytest.mark.parametrize("x", [0, 12, 50, 88, 100])
@pytest.mark.parametrize("y", [0, 12, 50, 88, 100])
@pytest.mark.parametrize("size", [(1800, 600), (600, 1800), (1200, 800)])
def test_crop_holds_the_focal_point(size, x, y):
    left, top, across, down = crop_box(*size, (3, 2), (x, y))
    assert left >= 0 and top >= 0 and left + across <= size[0] and top + down <= size[1]
    assert left <= size[0] * x / 100 <= left + across
    assert top <= size[1] * y / 100 <= top + down
    assert abs(across / down - 1.5) < 0.01


@pytest.mark.parametrize(("size", "point"), [((3000, 700), (90, 50)), ((700, 3000), (50, 10)), ((3000, 700), (5, 95))])
def test_the_coloured_dot_at_the_focal_point_is_on_the_card(size, point):
    files = render_files(encoded(dotted(*size, *point, radius=40)), point, [CARD])
    for fmt in renditions.FORMATS:
        picture = opened(files[f"card-320.{fmt}"]).convert("RGB")
        red = sum(1 for r, g, b in picture.get_flattened_data() if r > 180 and g < 80 and b < 80)
        assert red > 10


def test_crop_elsewhere_loses_the_dot():
    files = render_files(encoded(dotted(3000, 700, 95, 50, radius=40)), (5, 50), [CARD])
    picture = opened(files["card-320.jpg"]).convert("RGB")
    assert not [1 for r, g, b in picture.get_flattened_data() if r > 180 and g < 80 and b < 80]


def test_panorama_is_decoded_large_enough_for_its_crop():
    files = render_files(encoded(gradient(4000, 700)), (50, 50))
    assert opened(files["card-960.jpg"]).size == (960, 640)
    assert opened(files["full-1600.jpg"]).size == (1600, 280)


def test_transparent_becomes_white_in_jpeg_and_stays_in_webp():
    files = render_files(encoded(Pixels.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"), (50, 50))
    assert opened(files["full-400.jpg"]).getpixel((10, 10)) == (255, 255, 255)
    assert opened(files["full-400.webp"]).mode == "RGBA"


def test_srcset_needs_neither_database_nor_files(django_assert_num_queries):
    image = image_row(full=[480, 800, 1200], card=[320])
    srcset = renditions.srcset(image, "full", "avif").split(", ")
    assert srcset[0] == f"/media/p/ff/{'f' * 32}/full-480-abc123.avif 480w"
    assert len(srcset) == 3
    assert renditions.url(image, "full", 500).endswith("/full-800-abc123.jpg")
    assert renditions.url(image, "full", 9000).endswith("/full-1200-abc123.jpg")
    assert renditions.size(image, "full") == (1200, 800)
    assert renditions.size(image, "card") == (320, 213)


def test_picture_without_files_has_no_addresses():
    image = image_row()
    assert not renditions.has(image, "full")
    assert renditions.url(image, "full", 480) == renditions.srcset(image, "card", "webp") == ""
    assert renditions.size(image, "card") == (0, 0)


def test_files_are_stored_whole_or_not_at_all(monkeypatch):
    saved = FileSystemStorage.save
    calls = []

    def fail_at_the_third(self, name, content):
        calls.append(name)
        if len(calls) == 3:
            raise OSError("disk full")
        return saved(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "save", fail_at_the_third)
    with pytest.raises(OSError, match="disk full"):
        renditions.store("e" * 32, render_files(encoded(gradient()), (50, 50)))
    assert not default_storage.listdir(renditions.folder("e" * 32))[1]


def test_remove_takes_one_family_in_one_version():
    files = render_files(encoded(gradient(300, 200)), (50, 50))
    first, second = (renditions.store("d" * 32, files)["card"]["v"] for _turn in range(2))
    there = set(default_storage.listdir(renditions.folder("d" * 32))[1])
    renditions.remove("d" * 32, "card", first)
    left = set(default_storage.listdir(renditions.folder("d" * 32))[1])
    assert there - left == {name for name in there if name.startswith("card-") and f"-{first}." in name} != set()
    assert first != second
    renditions.remove("c" * 32)
