"""The record handed out for legal deposit: whole, readable without us, and provable by itself."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import deposit, proof, workflow
from articles.models import PublicVersion
from articles.models.record import digest_of
from articles.notices import Notice
from tests.articles.test_corrections import WORDS, published
from tests.builders import make_article, make_image, make_user, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def story():
    image = make_image(caption="Hồ Gươm sáng sớm.")
    body = f'<p>Tuyến phố dài 1,2 km.</p><figure class="image" data-image="{image.pk}"></figure>'
    story = make_article(image=image, body=body, headline="Phố đi bộ <mới> & rộng")
    type(story).objects.filter(pk=story.pk).update(stage="approved")
    notice = Notice(kind="correction", line="Sửa độ dài.")
    workflow.perform(story.pk, "publish", by=make_user("publisher"), notice=notice)
    return story


def export(tmp_path, today, **options):
    out = tmp_path / "record"
    call_command("export_record", first=today, last=today, out=out, verbosity=0, **options)
    return out, json.loads((out / deposit.MANIFEST).read_bytes())


def test_every_version_is_there_twice_with_its_pictures(tmp_path, today, story, cast):
    published(cast)
    withdraw(story)
    out, manifest = export(tmp_path, today)
    assert len(manifest["versions"]) == PublicVersion.objects.count() == 4
    for name in manifest["versions"]:
        assert (out / f"{name}.json").exists()
        assert (out / f"{name}.html").exists()
    image = story.lead_image
    picture = out / f"pictures/{image.digest}.jpg"
    with image.file.open("rb") as original:
        assert picture.read_bytes() == original.read()


def test_pages_read_without_us(tmp_path, today, story, cast):
    published(cast)
    out, _manifest = export(tmp_path, today)
    folder = out / f"versions/{today:%Y-%m-%d}"
    page = (folder / f"story-{story.pk}-2.html").read_text()
    for words in ("Phố đi bộ &lt;mới&gt; &amp; rộng", "Tuyến phố dài 1,2 km.", "Sửa độ dài.", "Nguyễn Mai", "Hồ Gươm"):
        assert words in page
    source = page.partition('<img src="')[2].partition('"')[0]
    assert (folder / source).resolve().is_file()
    assert "<script" not in page
    correction = next(folder.glob("correction-*.html")).read_text()
    assert WORDS["corrected_content"] in correction


def test_digests_can_be_computed_from_the_files_alone(tmp_path, today, story):
    out, manifest = export(tmp_path, today)
    previous = ""
    for name in manifest["versions"]:
        stored = json.loads((out / f"{name}.json").read_bytes())
        assert stored["digest"] == digest_of(stored["version"])
        assert stored["version"]["previous"] == previous
        previous = stored["digest"]


def test_only_the_days_asked_for(tmp_path, today, story):
    out = tmp_path / "record"
    call_command("export_record", first=today - timedelta(9), last=today - timedelta(1), out=out, verbosity=0)
    assert json.loads((out / deposit.MANIFEST).read_bytes())["versions"] == []


def test_a_zip_file_holds_the_same(tmp_path, today, story):
    out = tmp_path / "thang-11.zip"
    call_command("export_record", first=today, last=today, out=out, verbosity=0)
    with zipfile.ZipFile(out) as packed:
        packed.extractall(tmp_path / "unpacked")
    assert deposit.verify(tmp_path / "unpacked") is None
    assert [path.name for path in tmp_path.glob("tmp*")] == []


def test_nothing_is_written_over(tmp_path, today, story):
    export(tmp_path, today)
    with pytest.raises(CommandError):
        export(tmp_path, today)
    with pytest.raises(CommandError):
        call_command("export_record", first=today, last=today - timedelta(1), out=tmp_path / "x")


def test_a_picture_that_cannot_be_read_is_named_and_stops_nothing(tmp_path, today, story):
    story.lead_image.file.delete(save=False)
    _out, manifest = export(tmp_path, today)
    assert manifest["missing"] == [f"pictures/{story.lead_image.digest}.jpg"]


# --- proved again ---------------------------------------------------------------------------------------------------


def sealed(tmp_path, today):
    proof.seal_days(timezone.now() + timedelta(days=1))
    return export(tmp_path, today)[0]


def test_an_exported_record_is_unbroken(tmp_path, today, story):
    out = sealed(tmp_path, today)
    assert json.loads((out / deposit.MANIFEST).read_bytes())["seals"][0]["count"] == 2
    call_command("verify_record", folder=out)


@pytest.mark.parametrize("ending", ["json", "html"])
def test_a_changed_file_is_found(tmp_path, today, story, ending):
    out = sealed(tmp_path, today)
    path = sorted(out.rglob(f"*.{ending}"))[-1]
    path = path if path.name != deposit.MANIFEST else sorted(out.rglob("story*.json"))[0]
    path.write_text(path.read_text().replace("1,2 km", "12 km"))
    with pytest.raises(CommandError, match=path.name):
        call_command("verify_record", folder=out)


def test_a_missing_and_a_foreign_file_are_found(tmp_path, today, story):
    out = sealed(tmp_path, today)
    (out / "versions/x.html").write_text("x")
    assert deposit.verify(out).where == "versions/x.html"
    (out / "versions/x.html").unlink()
    path = next(out.rglob("*.jpg"))
    path.unlink()
    assert deposit.verify(out).where == path.relative_to(out).as_posix()


def change_manifest(out, change):
    path = out / deposit.MANIFEST
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest))


def test_a_version_that_was_left_out_cleverly_breaks_the_seal(tmp_path, today, story):
    out = sealed(tmp_path, today)
    name = f"versions/{today:%Y-%m-%d}/story-{story.pk}-2"

    def leave_out(manifest):
        manifest["versions"].remove(name)
        for ending in ("json", "html"):
            (out / f"{name}.{ending}").unlink()
            del manifest["files"][f"{name}.{ending}"]

    change_manifest(out, leave_out)
    assert f"{today:%d/%m/%Y}" in str(deposit.verify(out))


def test_a_folder_that_is_none_is_told(tmp_path):
    with pytest.raises(CommandError):
        call_command("verify_record", folder=tmp_path)
