"""What a server lives through: no room on its disk, uploads that are cut off, a rush. Real processes, slow."""

import json
import re
import socket
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from articles import renditions
from articles.models import Image
from tests import builders
from tests.front_door import Door
from tests.hosts import NAME, Editor, Host, Visitor
from tests.picture_files import encoded, gradient, upload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the database lies on the disk that is full"),
]
SIZE = 64 << 20


@pytest.fixture
def story():
    builders.make_publication()
    call_command("sync_roles", verbosity=0)
    return builders.make_article(headline="Cầu mới qua sông Hồng")


@pytest.fixture
def disk(tmp_path):
    """A small file system of its own; only root may have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", folder], check=False)
    if mounted.returncode:
        pytest.skip("a file system can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def database_on(folder):
    """The database of the test, copied there; its address."""
    path = folder / "newsroom.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{path}"


def fill(folder):
    """A file that takes all the room that is left."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        for block in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * block)
            except OSError:
                continue
    return path


@pytest.mark.slow
def test_a_full_disk(story, disk, tmp_path):
    other = builders.make_article()
    editor, photo = Editor(builders.make_user("reporter")), encoded(gradient(1200, 900))
    host = editor.host = Host(
        tmp_path / "host", VAR_DIR=str(disk), DATABASE_URL=database_on(disk), STORAGE_URL=str(disk)
    )
    pages = ["/", story.get_absolute_url(), other.get_absolute_url()]
    try:
        assert [host.ask(path)[0] for path in pages[:2]] == [200, 200] and editor.ask("/admin/")[0] == 200
        filler = fill(disk)
        assert [host.ask(path)[0] for path in pages] == [200, 200, 200], "kept ones, and one that was never asked for"
        status, text = Visitor(host).comment(story)
        assert status == 503 and "Máy chủ hết chỗ chứa" in text
        assert editor.ask("/admin/")[0] == 200
        status, text = editor.upload(upload(photo, "anh.jpg"))
        assert status == 503 and "Kho ảnh đầy" in json.loads(text)["outcomes"][0]["reason"]
        assert host.said("a disk is full, nothing can be saved") and host.said("No space left")
        filler.unlink()
        assert Visitor(host).comment(story)[0] == 303
        assert editor.upload(upload(photo, "anh.jpg"))[0] == 200
    finally:
        host.stop()
    with closing(sqlite3.connect(disk / "newsroom.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM articles_image").fetchone() == (1,)


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.02, 0.5, 0.999])
def test_an_upload_that_is_cut_off(story, tmp_path, part):
    """Nothing of it stays, the server goes on, and nobody is called at night for it."""
    editor = Editor(builders.make_user("reporter"))
    host = editor.host = Host(tmp_path / "host", STORAGE_URL=str(tmp_path / "host"))
    try:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', editor.ask("/admin/articles/image/add/")[1])[
            1
        ]
        file = upload(encoded(gradient(2000, 1500)), "anh.jpg")
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token, "files": [file]})
        cookies = "; ".join(f"{name}={value}" for name, value in editor.cookies.items())
        head = (
            f"POST /admin/articles/image/add/ HTTP/1.1\r\nHost: {NAME}\r\nCookie: {cookies}\r\n"
            f"Content-Type: {MULTIPART_CONTENT}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with closing(socket.create_connection(("127.0.0.1", host.port))) as line:
            line.sendall(head.encode() + body[: int(len(body) * part)])
        time.sleep(1)
        assert editor.ask("/admin/articles/image/")[0] == 200
    finally:
        host.stop()
    assert not Image.objects.exists()
    assert [path for path in (tmp_path / "host").rglob("*.*") if path.suffix in renditions.MIME] == []
    assert not host.said("Traceback"), host.log.read_text()


@pytest.mark.slow
def test_a_rush_to_a_story_just_published(story):
    door = Door()
    answers = door.get_at_once(story.get_absolute_url(), 1000)
    assert len(answers) == 1000 and {answer.status for answer in answers} == {200}
    assert door.renders == [story.get_absolute_url()]
