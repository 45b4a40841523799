"""How a picture comes into the library, changes, and leaves it."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError
from PIL import Image as Pixels

from articles import pictures, renditions
from articles.models import Article, Image
from articles.pictures import PictureRefused
from newsroom.lib.pagecache.models import Epoch
from tests import builders
from tests.picture_files import (
    HONEST,
    HOSTILE,
    SECRETS,
    animated,
    dotted,
    encoded,
    gradient,
    sixteen_bit,
    upload,
    with_camera_data,
    with_iptc,
)


def stored_files(storage):
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        try:
            inner, files = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".strip("/") for name in inner]
        found += [f"{folder}/{name}".strip("/") for name in files]
    return found


def everything_stored():
    return stored_files(default_storage) + stored_files(storages["originals"])


def content(storage, name):
    with storage.open(name) as file:
        return file.read()


def add(data, name="anh.jpg", by=None, **details):
    return pictures.add_picture(upload(data, name), by=by, **details)


@pytest.mark.parametrize("kind", HONEST)
def test_honest_pictures_are_taken_and_cleaned(db, kind):
    image = add(HONEST[kind]())
    assert image.pk
    assert image.renditions["full"]["widths"] and image.renditions["card"]["widths"]
    for storage in (default_storage, storages["originals"]):
        names = stored_files(storage)
        assert names
        for name in names:
            data = content(storage, name)
            with Pixels.open(io.BytesIO(data)) as picture:
                picture.load()
                assert getattr(picture, "n_frames", 1) == 1
                assert not picture.getexif()
            assert not [secret for secret in SECRETS if secret in data], name


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_with_a_reason_and_leave_nothing(db, kind):
    with pytest.raises(PictureRefused) as refusal:
        add(HOSTILE[kind]())
    assert refusal.value.messages[0]
    assert not Image.objects.exists()
    assert not everything_stored()


def test_file_larger_than_the_limit_is_refused(db, settings):
    settings.IMAGE_MAX_BYTES = 1000
    with pytest.raises(PictureRefused):
        add(encoded(gradient()))


def test_pixels_are_counted_before_decoding(db, settings):
    settings.IMAGE_MAX_PIXELS = 900 * 600 - 1
    with pytest.raises(PictureRefused):
        add(encoded(gradient()))


def test_name_says_nothing(db):
    image = add(encoded(gradient(), "PNG"), name="../../shell.php.html")
    assert image.file.name == f"{image.key[:2]}/{image.key}.png"
    assert image.file_name == "shell.php.html"
    assert all(name.startswith(f"p/{image.key[:2]}/{image.key}/") for name in stored_files(default_storage))


def test_orientation_is_applied(db):
    sideways = dotted(600, 400, 90, 10)
    image = add(with_camera_data(sideways, orientation=6))
    assert (image.width, image.height) == (400, 600)
    with image.file.open() as file, Pixels.open(file) as kept:
        red, green, _blue = kept.getpixel((360, 540))
    assert red > 200
    assert green < 80


def test_sixteen_bits_are_scaled_not_cut(db):
    image = add(sixteen_bit())
    with image.file.open() as file, Pixels.open(file) as kept:
        assert 110 < kept.convert("L").getpixel((150, 100)) < 145


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_first_frame_is_kept(db, kind):
    image = add(animated(kind))
    with image.file.open() as file, Pixels.open(file) as kept:
        red, green, blue = kept.convert("RGB").getpixel((200, 150))
    assert red > 200 > green + blue


def test_iptc_fills_what_the_uploader_left_out(db):
    said = {105: "Hồ Gươm", 120: "Người dân đi bộ quanh hồ.", 80: "Minh Hà", 110: "TTXVN"}
    image = add(with_iptc(gradient(), said))
    assert (image.title, image.caption, image.credit) == ("Hồ Gươm", "Người dân đi bộ quanh hồ.", "Minh Hà/TTXVN")
    other = add(with_iptc(gradient(800, 500), said), title="Tháp Rùa", credit="Hòa Bình")
    assert (other.title, other.credit, other.caption) == ("Tháp Rùa", "Hòa Bình", "Người dân đi bộ quanh hồ.")


def test_iptc_in_latin_1_and_decomposed(db):
    assert add(with_iptc(gradient(), {120: "Café à Hué"}, utf8=False)).caption == "Café à Hué"
    assert add(with_iptc(gradient(700, 500), {120: "Ha\u0300 No\u0323\u0302i"})).caption == "Hà Nội"


def test_title_comes_from_the_file_name_at_last(db):
    image = add(encoded(gradient()), name="ho-guom_sang som.JPG")
    assert image.title == "ho guom sang som"
    assert "ho guom" in image.fold


def test_found_without_marks(db):
    image = add(encoded(gradient()), title="Đường đi đến Đà Nẵng", credit="Nguyễn Hòa", name="IMG_1.jpg")
    assert all(words in image.fold for words in ("duong di den da nang", "nguyen hoa", "img_1.jpg"))


def test_exact_duplicate_points_at_the_first(db):
    data = encoded(gradient())
    first = add(data, title="Hồ Gươm")
    files = sorted(everything_stored())
    with pytest.raises(PictureRefused) as refusal:
        add(data, name="khac.png")
    assert refusal.value.duplicate == first
    assert "Hồ Gươm" in refusal.value.messages[0]
    assert sorted(everything_stored()) == files


def test_failed_row_takes_its_files_away(db, monkeypatch):
    def fail(self, **options):
        raise IntegrityError("no")

    monkeypatch.setattr(Image, "save", fail)
    with pytest.raises(IntegrityError):
        add(encoded(gradient()))
    assert not everything_stored()


def test_failed_file_leaves_no_row(db, monkeypatch):
    monkeypatch.setattr(type(storages["default"]), "_save", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        add(encoded(gradient()))
    assert not Image.objects.exists()


def test_too_long_words_are_refused_before_anything_is_stored(db):
    with pytest.raises(ValidationError):
        add(encoded(gradient()), title="a" * 10_000)
    assert not everything_stored()


def test_staff_who_write_may_add_and_others_may_not(cast):
    for person in (cast.rita, cast.ed, cast.pia, cast.cora):
        assert add(encoded(gradient(300 + person.pk, 200)), by=person).uploaded_by == person
    for person in (cast.mo, cast.ada, cast.nobody):
        with pytest.raises(PermissionDenied):
            add(encoded(gradient(400, 200)), by=person)


# --- change


def test_new_focal_point_makes_new_crops_and_keeps_the_old_for_caches(cast, django_capture_on_commit_callbacks):
    image = add(encoded(dotted(1600, 400, 95, 50)), by=cast.rita)
    before = dict(image.renditions)
    for focal in (95, 5):
        with django_capture_on_commit_callbacks(execute=True):
            pictures.change_picture(image, by=cast.rita, focal_x=focal)
    image.refresh_from_db()
    assert image.focal_x == 5
    assert image.renditions["full"] == before["full"]
    versions = {name.rsplit("-", 1)[1].split(".")[0] for name in stored_files(default_storage)}
    assert image.renditions["card"]["v"] in versions
    assert before["card"]["v"] == before["full"]["v"]
    assert len(versions) == 3


def test_two_focal_points_at_once_leave_the_files_of_the_last(cast, monkeypatch, django_capture_on_commit_callbacks):
    image = add(encoded(dotted(1600, 400, 95, 50)), by=cast.rita)
    make = renditions.make_renditions

    def while_another_is_quicker(*args):
        made = make(*args)
        monkeypatch.setattr(renditions, "make_renditions", make)
        pictures.change_picture(Image.objects.get(pk=image.pk), by=cast.ed, focal_x=20)
        return made

    monkeypatch.setattr(renditions, "make_renditions", while_another_is_quicker)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.change_picture(image, by=cast.rita, focal_x=5)
    image.refresh_from_db()
    assert default_storage.exists(renditions.url(image, "card", 320).removeprefix("/media/"))


def test_other_words_leave_the_crops_of_a_colleague(cast):
    image = add(encoded(dotted(1600, 400, 95, 50)), by=cast.rita)
    seen = Image.objects.get(pk=image.pk)
    pictures.change_picture(image, by=cast.ed, focal_x=5)
    pictures.change_picture(seen, by=cast.rita, caption="Mới.")
    seen.refresh_from_db()
    assert (seen.caption, seen.renditions["card"]["v"]) == ("Mới.", image.renditions["card"]["v"])


def test_stories_that_show_it_are_rendered_again(cast):
    image = add(encoded(gradient()), by=cast.rita, caption="Cũ.", alt="Hồ", credit="Minh Hà")
    story = builders.make_article(body=f'<figure class="image" data-image="{image.pk}"></figure><p>Chữ.</p>')
    assert "Cũ." in Article.objects.get(pk=story.pk).html
    before = {epoch.key: epoch.version for epoch in Epoch.objects.all()}
    pictures.change_picture(image, by=cast.rita, caption="Mới.")
    assert "Mới." in Article.objects.get(pk=story.pk).html
    after = {epoch.key: epoch.version for epoch in Epoch.objects.all()}
    assert {f"a{story.pk}", "home", f"s{story.section_id}"} <= {k for k in after if after[k] != before.get(k)}


def test_reporters_change_their_own_pictures_and_editors_all(cast):
    image = add(encoded(gradient()), by=cast.rita)
    pictures.change_picture(image, by=cast.ed, alt="Hồ")
    with pytest.raises(PermissionDenied):
        pictures.change_picture(image, by=builders.make_user("reporter"), alt="Khác")
    image.refresh_from_db()
    assert image.alt == "Hồ"


@pytest.mark.parametrize(
    "wrong", [{"focal_x": 101}, {"title": ""}, {"rights_from": "2026-02-01", "rights_until": "2026-01-01"}]
)
def test_impossible_values_change_nothing(cast, wrong):
    image = add(encoded(gradient()), by=cast.rita)
    files = sorted(everything_stored())
    with pytest.raises(ValidationError):
        pictures.change_picture(image, by=cast.rita, **wrong)
    assert sorted(everything_stored()) == files


# --- delete


def test_unused_picture_goes_with_its_files(cast, django_capture_on_commit_callbacks):
    image = add(encoded(gradient()), by=cast.rita)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.delete_picture(image, by=cast.rita)
    assert not Image.objects.exists()
    assert not everything_stored()


def test_picture_in_use_stays(cast):
    lead, body, portrait = (
        add(encoded(gradient(300 + n, 200)), by=cast.rita, alt="Hồ", caption="Hồ Gươm.", credit="Minh Hà")
        for n in range(3)
    )
    draft = builders.make_draft(cast.rita, image=lead, headline="Tít bài nháp")
    builders.make_article(body=f'<figure class="image" data-image="{body.pk}"></figure><p>Chữ.</p>')
    builders.make_author("Minh Hà", portrait=portrait)
    for image in (lead, body, portrait):
        with pytest.raises(ValidationError) as refusal:
            pictures.delete_picture(image, by=cast.ed)
        assert refusal.value.code == "in_use"
    assert Image.objects.count() == 3
    assert [(use.thing, use.is_live) for use in pictures.uses_of(lead, cast.ed)] == [(draft, False)]
    assert [use.is_live for use in pictures.uses_of(body, cast.ed)] == [True]
    assert len(everything_stored()) > 3


def test_others_may_not_delete(cast):
    image = add(encoded(gradient()), by=cast.rita)
    for person in (builders.make_user("reporter"), cast.mo, cast.ada):
        with pytest.raises(PermissionDenied):
            pictures.delete_picture(image, by=person)
