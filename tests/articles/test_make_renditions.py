"""Older pictures get the files that came later, by a command that can be stopped and repeated."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles import pictures, renditions
from articles.models import FOCUS, Image
from articles.pictures import upkeep
from newsroom.lib.pagecache.models import Epoch
from tests import builders
from tests.picture_files import dotted, encoded, upload

pytestmark = pytest.mark.django_db
LATER = ("wide", "classic", "square")


def run():
    out = io.StringIO()
    call_command("make_renditions", verbosity=1, stdout=out)
    return out.getvalue()


def files(image):
    return set(default_storage.listdir(renditions.folder(image.key))[1])


def add(size=(1600, 1200), **details):
    """A picture with a red dot at its focal point."""
    return pictures.add_picture(
        upload(encoded(dotted(*size, 90, 50, radius=60))), by=None, **{"focal_x": 90, "focal_y": 50, **details}
    )


def made_older(image):
    """As it was before: two families, nothing weighed."""
    for family in LATER:
        renditions.remove(image.key, family)
    image.renditions = {
        name: {"v": entry["v"], "widths": entry["widths"]}
        for name, entry in image.renditions.items()
        if name not in LATER
    }
    image.save(update_fields=["renditions"])
    return image


def test_the_missing_files_are_made_and_the_others_stay():
    image = add()
    whole = {name: entry["widths"] for name, entry in image.renditions.items()}
    there = files(made_older(image))
    assert "1 pictures completed." in run()
    image.refresh_from_db()
    assert {name: entry["widths"] for name, entry in image.renditions.items()} == whole
    assert there < files(image) and len(files(image)) == len(there) + 3
    for family in renditions.FAMILIES:
        file = renditions.url(image, family, 1200).removeprefix("/media/")
        assert renditions.weight(image, family, 1200) == default_storage.size(file) > 0


def test_repeated_it_finds_nothing_to_do():
    made_older(add())
    run()
    before = Image.objects.get().renditions
    assert not upkeep.incomplete() and "0 pictures completed." in run()
    assert Image.objects.get().renditions == before


@pytest.mark.parametrize(
    ("family", "size", "made"),
    [
        ("wide", (1600, 1200), (1200, 675)),
        ("classic", (1600, 1200), (1200, 900)),
        ("square", (1600, 1200), (1200, 1200)),
        ("square", (1600, 400), (400, 400)),
        ("wide", (300, 900), (300, 169)),
    ],
)
def test_shapes_are_exact_hold_the_focal_point_and_are_never_enlarged(family, size, made):
    image = add(size)
    assert renditions.size(image, family) == made
    with default_storage.open(renditions.url(image, family, 1200).removeprefix("/media/")) as file:
        picture = renditions.Pixels.open(file).convert("RGB")
    assert picture.size == made
    assert sum(1 for r, g, b in picture.get_flattened_data() if r > 180 and g < 80 and b < 80) > 10


def test_the_stories_that_show_it_are_stale():
    image = made_older(add(alt="Hồ", caption="Hồ.", credit="An"))
    story = builders.make_article(image=image)
    before = Epoch.objects.get(key=f"a{story.pk}").version
    run()
    assert Epoch.objects.get(key=f"a{story.pk}").version == before + 1


def test_a_focal_point_that_moves_meanwhile_wins(cast, monkeypatch, django_capture_on_commit_callbacks):
    image = made_older(add())
    make = renditions.make_renditions

    def while_a_colleague_is_quicker(*args):
        made = make(*args)
        monkeypatch.setattr(renditions, "make_renditions", make)
        pictures.change_picture(Image.objects.get(pk=image.pk), by=cast.ed, focal_x=5)
        return made

    monkeypatch.setattr(renditions, "make_renditions", while_a_colleague_is_quicker)
    assert not upkeep.complete(image)
    kept = Image.objects.get()
    assert kept.focal_x == 5
    wide = [name for name in files(kept) if name.startswith("wide-")]
    assert [f"/media/{renditions.folder(kept.key)}/{name}" for name in wide] == [renditions.url(kept, "wide", 1200)]


def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_done():
    broken, whole = made_older(add()), made_older(add((1200, 900)))
    broken.file.storage.delete(broken.file.name)
    with pytest.raises(CommandError, match=f"#{broken.pk} "):
        run()
    assert list(upkeep.incomplete()) == [broken]
    assert set(Image.objects.get(pk=whole.pk).renditions) == set(renditions.FAMILIES)


def test_older_pictures_get_a_colour_and_lose_no_heads():
    """A portrait that nobody had looked at, as it was: cut around its middle, without a colour."""
    tall = dotted(800, 1600, 50, 12, radius=60)
    image = pictures.add_picture(upload(encoded(tall)), by=None, focal_x=50, focal_y=50)
    before, colour = image.renditions, image.colour
    Image.objects.filter(pk=image.pk).update(colour="")
    assert "1 pictures completed." in run()
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y, image.colour) == (*FOCUS, colour)
    assert image.renditions["full"] == before["full"], "not cropped: not made again"
    assert image.renditions["card"]["was"] == before["card"]["v"], "pages in caches still find the old crop"
    assert "0 pictures completed." in run()


def test_a_focal_point_that_somebody_set_stays():
    image = add(size=(800, 1600))
    before = image.renditions
    Image.objects.filter(pk=image.pk).update(colour="")
    run()
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y, image.renditions) == (90, 50, before)
    assert image.colour


def test_a_point_set_meanwhile_wins(monkeypatch):
    image = pictures.add_picture(upload(encoded(dotted(800, 1600, 50, 50))), by=None, focal_x=50, focal_y=50)
    Image.objects.filter(pk=image.pk).update(colour="")
    seen, editor = Image.objects.get(pk=image.pk), builders.make_user("editor")
    pictures.change_picture(image, by=editor, focal_y=90)
    there = files(image)
    assert upkeep.complete(seen) is False
    assert files(image) == there
    image.refresh_from_db()
    assert image.focal_y == 90
