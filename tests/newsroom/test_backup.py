"""Backup and restore: the restored site is the same, and what cannot be restored is refused with a reason."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection

from articles import keys
from articles.models import Article, Section
from newsroom.backup import archive, databases, restoring
from newsroom.lib.pagecache.models import Epoch, bump
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    """A story with a picture, as readers have it."""
    builders.make_publication()
    default_storage.save("ab/cd.webp", ContentFile(b"a rendition"))
    return builders.make_article(headline="Cầu Long Biên sáng đèn trở lại", image=builders.make_image())


def backup(folder):
    call_command("backup", str(folder), verbosity=0)
    (path,) = folder.glob("newsroom-*.zip")
    return path


def page_of(client, story):
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return response.content


def spoil():
    """What happens to a paper before somebody asks for the backup."""
    Article.objects.update(headline="Không còn gì", html="")
    bump(map(keys.article, Article.objects.values_list("pk", flat=True)))
    Section.objects.create(name="Mới", slug="moi")
    default_storage.delete("ab/cd.webp")
    storages["originals"].save("moi.jpg", ContentFile(b"later"))


def test_a_story_reads_the_same_after_the_restore(client, story, tmp_path, capsys):
    bump(["home"])
    before, path = page_of(client, story), backup(tmp_path / "backups")
    assert path.stat().st_mode & 0o077 == 0, "it holds personal data"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name], "nothing half done lies beside it"
    spoil()
    assert page_of(client, story) != before
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", str(path), verbosity=0)
    call_command("restore", str(path), "--force")
    assert page_of(client, story) == before and not Section.objects.filter(slug="moi").exists()
    with default_storage.open("ab/cd.webp") as file:
        assert file.read() == b"a rendition" and not storages["originals"].exists("moi.jpg")
    assert Epoch.objects.get(key="home").version > restoring.AHEAD, "no page kept from before is taken for a new one"
    assert "giống hệt bản sao lưu" in capsys.readouterr().out
    assert builders.make_article().pk > story.pk, "numbers go on where they were"
    with archive.opened(path) as (_zip, manifest):
        assert "articles_article" in restoring.differences(manifest, lambda _name: None)


def damage(path, name, content=b"other"):
    """The same archive with one file replaced."""
    broken = path.with_name("newsroom-broken.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return broken


def test_what_is_damaged_or_from_elsewhere_is_refused(story, tmp_path):
    path = backup(tmp_path)
    call_command("backup", "--check", str(path), verbosity=0)
    with pytest.raises(CommandError, match="ab/cd.webp"):
        call_command("backup", "--check", str(damage(path, "media/ab/cd.webp")), verbosity=0)
    told = json.loads(zipfile.ZipFile(path).read("manifest.json"))
    for change, why in [
        ({"vendor": "oracle"}, "oracle"),
        ({"migrations": ["articles.9999_to_come"]}, "9999_to_come"),
        ({"format": 2}, "phiên bản mới hơn"),
    ]:
        other = damage(path, "manifest.json", json.dumps(told | change).encode())
        with pytest.raises(CommandError, match=why):
            call_command("restore", str(other), "--force", verbosity=0)
    assert Article.objects.get().headline == story.headline
    (tmp_path / "letter.zip").write_bytes(b"no zip")
    for nothing in ("letter.zip", "nowhere.zip"):
        with pytest.raises(CommandError, match="không phải bản sao lưu"):
            call_command("restore", str(tmp_path / nothing), verbosity=0)


def test_a_dump_that_breaks_changes_nothing(story, tmp_path):
    """The database refuses the copy half way: what was there is there."""
    dump = tmp_path / "database"
    databases.engine().dump(dump, lambda _name: None)
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    with pytest.raises(databases.Trouble):
        databases.engine().load(dump)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            own = "datname = current_database() AND application_name LIKE 'restore %%'"
            cursor.execute(f"SELECT state FROM pg_stat_activity WHERE {own}")
            assert not cursor.fetchall(), "the server is still at work on it, and holds its locks"
    connection.close()
    assert Article.objects.get().headline == story.headline


def test_only_the_newest_are_kept(story, tmp_path):
    for day in (1, 2, 3):
        Path(tmp_path / f"newsroom-2026010{day}-030000.zip").touch()
    (tmp_path / "other.zip").touch()
    call_command("backup", str(tmp_path), "--keep", "2", verbosity=0)
    names = sorted(path.name for path in tmp_path.glob("*.zip"))
    assert names[0] == "newsroom-20260103-030000.zip" and len(names) == 3 and names[-1] == "other.zip"


def test_a_backup_that_fails_is_told(tmp_path, caplog):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "file"), verbosity=0)
    assert "the backup failed" in caplog.text


@pytest.mark.parametrize(("arguments", "why"), [([], "BACKUP_DIR"), (["x", "--keep", "0"], "--keep")])
def test_what_lacks_is_said(arguments, why):
    with pytest.raises(CommandError, match=why):
        call_command("backup", *arguments, verbosity=0)


def test_a_tool_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(databases.Trouble, match="pg_dump.*postgresql-client"):
        databases.PostgreSQL().dump(Path("nowhere"), lambda _name: None)
