"""`manage.py import_articles`: what comes in, what is refused and why, and that a second run changes nothing."""

import io
import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError
from django.utils import translation
from PIL import Image as PIL

from articles.models import Article, Author, Image, ImportRecord, Section, Tag
from comments.models import Comment, Thread
from newsroom.importing import pictures, stories
from tests import builders
from tests.newsroom.corpus import a_comment, a_line

pytestmark = pytest.mark.django_db
META = {
    "sections": [{"slug": "the-gioi", "name": "Thế giới"}, {"slug": "thoi-su", "name": "Thời sự"}],
    "authors": [{"slug": "le-an", "name": "Lê An", "bio": "Phóng viên."}],
}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def in_this_process(monkeypatch):
    """Other processes are asked for in one test; the others need not wait for them to start."""
    monkeypatch.setattr(pictures, "in_parallel", lambda work, names: [(name, work(name)) for name in names])


@pytest.fixture
def write(tmp_path):
    """Write lines (as they are, or as JSON) with their side file; returns the path."""

    def write_file(*lines, meta=META):
        path = tmp_path / "bai.jsonl"
        raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
        path.write_bytes(b"\n".join(raw) + b"\n")
        if meta is not None:
            (tmp_path / "bai.jsonl.meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def folder(tmp_path, in_this_process):
    (tmp_path / "anh").mkdir()
    for name, colour in (("ho.jpg", "green"), ("song.jpg", "blue"), ("ho-lan-nua.jpg", "green")):
        PIL.new("RGB", (60, 40), colour).save(tmp_path / "anh" / name)
    (tmp_path / "anh" / "hong.jpg").write_bytes(b"not a picture")
    (tmp_path / "ngoai.jpg").write_bytes((tmp_path / "anh" / "ho.jpg").read_bytes())
    return tmp_path / "anh"


def run(path, **options) -> SimpleNamespace:
    out, err, refused = io.StringIO(), io.StringIO(), None
    try:
        call_command("import_articles", path, verbosity=0, stdout=out, stderr=err, **options)
    except CommandError as error:
        refused = error
    return SimpleNamespace(out=out.getvalue(), err=err.getvalue(), error=refused)


def state() -> list:
    models = (Article, Comment, Thread, Image, Author, Section, Tag, ImportRecord)
    return [list(model.objects.order_by("pk").values()) for model in models]


# --- what comes in ----------------------------------------------------------------------------------------------


def test_a_story_comes_in_whole(write, folder):
    body = [
        {"t": "p", "text": "Giá < 5 & <b>rẻ</b>."},
        {"t": "h2", "text": "Cuối tuần"},
        {"t": "quote", "text": "Vui lắm."},
    ]
    updated = "2021-01-15T10:00:00+07:00"
    line = a_line(
        7, body=body, published_at="2021-01-14T18:30:00+00:00", updated_at=updated, tags=["Bão", "Bảo", "bão"]
    )
    assert run(write(line), images=folder).error is None
    article = Article.objects.get()
    assert article.headline == "Hà Nội mở phố đi bộ số 7"
    assert article.get_absolute_url() == f"/ha-noi-mo-pho-di-bo-{article.pk}.html"
    assert article.body.replace("\n", "") == (
        "<p>Giá &lt; 5 &amp; &lt;b&gt;rẻ&lt;/b&gt;.</p><h2>Cuối tuần</h2><blockquote><p>Vui lắm.</p></blockquote>"
    )
    assert article.published_at == datetime(2021, 1, 14, 18, 30, tzinfo=UTC)
    assert article.published_on == date(2021, 1, 15)  # in Hà Nội
    assert article.updated_at == datetime.fromisoformat(updated)
    assert (article.section.name, article.section.position) == ("Thời sự", 2)
    assert [byline.author.name for byline in article.bylines.all()] == ["Lê An"]
    assert [tagging.tag.name for tagging in article.taggings.all()] == ["Bão", "Bảo"]
    assert article.lead_image.file_name == "ho.jpg"
    assert article.lead_caption == "Hồ Gươm. Ảnh: An"
    assert article.is_public
    assert article.created_by.get_username() == "nhap-lieu"
    assert not article.created_by.is_active
    assert not article.created_by.has_usable_password()


def test_text_becomes_nfc_and_what_nobody_sees_goes(write):
    run(write(a_line(title="Hà\u00a0Nội \u200bmở phố")))
    assert Article.objects.get().headline == "Hà Nội mở phố"


def test_an_update_at_the_time_of_publication_is_none(write):
    run(write(a_line()))
    assert Article.objects.get().updated_at is None


def test_comments_come_in_visible_with_their_names_and_times(write):
    run(write(a_line(comments=[a_comment(4), a_comment(5, parent=4, name="N" * 90), a_comment(6)])))
    article = Article.objects.get()
    first, reply, last = Comment.objects.order_by("created_at")
    assert reply.root == first and last.root is None
    assert first.created_at == first.published_at == datetime(2021, 1, 15, 1, 4, tzinfo=UTC)
    assert len(reply.author_name) <= 60
    assert Thread.objects.get(pk=article.pk).visible_count == 3


def test_without_a_side_file_the_lines_name_sections_and_authors(write):
    run(write(a_line(section="du-lich", author="vu-nam"), meta=None))
    article = Article.objects.get()
    assert article.section.name == "Du lich"
    assert article.bylines.get().author.name == "Vu nam"


def test_sections_and_authors_that_are_here_are_used(write):
    section, author = builders.make_section("Thời sự", slug="tin-moi"), builders.make_author("Lê An")
    run(write(a_line()))
    article = Article.objects.get()
    assert article.section == section
    assert article.bylines.get().author == author


def test_a_story_without_an_author_names_its_source(write):
    run(write(a_line(author=None)), source="Báo cũ")
    assert Article.objects.get().source == "Báo cũ"


def test_a_picture_is_stored_once_whatever_its_name(write, folder):
    run(write(a_line(1), a_line(2, image="ho-lan-nua.jpg"), a_line(3, image="song.jpg"), a_line(4)), images=folder)
    assert Image.objects.count() == 2
    assert len({article.lead_image_id for article in Article.objects.filter(headline__endswith="1")}) == 1


def test_pictures_are_prepared_in_other_processes(write, tmp_path):
    PIL.new("RGB", (60, 40), "green").save(tmp_path / "ho.jpg")
    (tmp_path / "hong.jpg").write_bytes(b"not a picture")
    run(write(a_line(), a_line(2, image="hong.jpg")), images=tmp_path)
    assert Article.objects.get().lead_image.renditions["card"]["widths"]


# --- again ------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(write, folder):
    path = write(a_line(1, comments=[a_comment(1)]), a_line(2))
    run(path, images=folder)
    before = state()
    again = run(path, images=folder)
    assert again.error is None
    assert "Nothing has changed." in again.out
    assert "Stories that were there already: 2" in again.out
    assert state() == before


def test_the_same_ids_of_another_source_are_other_stories(write):
    path = write(a_line())
    run(path)
    run(path, source="khác")
    assert Article.objects.count() == 2


def test_a_run_that_was_killed_is_completed_by_the_next(write, monkeypatch):
    path = write(*(a_line(n, comments=[a_comment(n)]) for n in range(1, 8)))
    monkeypatch.setattr(stories, "BATCH", 3)
    load_comments, calls = stories.load_comments, iter(range(100))

    def killed(article, rows):
        if next(calls) == 4:
            raise SystemExit
        return load_comments(article, rows)

    monkeypatch.setattr(stories, "load_comments", killed)
    with pytest.raises(SystemExit):
        run(path)
    assert Article.objects.count() == Comment.objects.count() == 3
    monkeypatch.setattr(stories, "load_comments", load_comments)
    assert run(path).error is None
    assert Article.objects.count() == Comment.objects.count() == 7


def test_a_dry_run_stores_nothing(write, folder):
    before = state()
    result = run(write(a_line(), a_line(2, image="hong.jpg")), images=folder, dry_run=True)
    assert state() == before
    assert "dry run" in result.out and "Stories loaded: 1" in result.out and "Lines refused: 1" in result.out


# --- what is refused --------------------------------------------------------------------------------------------


def test_bad_lines_do_not_stop_the_others(write, folder, tmp_path):
    lines = [
        a_line(1),
        b"{",
        b"",
        a_line(2, section="admin"),
        a_line(3, section="khong-co"),
        a_line(4, author="khong-co"),
        a_line(5, image="khong-co.jpg"),
        a_line(6, image="../ngoai.jpg"),
        a_line(7, image="hong.jpg"),
        a_line(1, title="Lần nữa"),
        a_line(8),
    ]
    meta = {**META, "sections": [*META["sections"], {"slug": "admin", "name": "Admin"}]}
    result = run(write(*lines, meta=meta), images=folder, rejects=tmp_path / "rejects.tsv")
    assert result.error.returncode == 1
    rows = [row.split("\t") for row in (tmp_path / "rejects.tsv").read_text(encoding="utf-8").splitlines()]
    assert [(number, key) for number, key, _reason in rows] == [
        ("2", ""), ("4", "2"), ("5", "3"), ("6", "4"), ("7", "5"), ("8", "6"), ("9", "7"), ("10", "1"),
    ]  # fmt: skip
    assert "address of the site itself" in rows[1][2]
    assert "twice" in rows[-1][2]
    assert "Line 2 (?): The line is not JSON." in result.err
    assert Article.objects.count() == 2
    assert not Section.objects.filter(slug="admin").exists()


def test_an_id_that_comes_again_much_later_is_refused_too(write, monkeypatch):
    monkeypatch.setattr(stories, "BATCH", 2)
    result = run(write(a_line(1), a_line(2), a_line(3), a_line(1)))
    assert result.error.returncode == 1
    assert "Line 4 (1): The id stands in the file twice." in result.err


def test_what_the_database_refuses_is_left_out_alone(write, monkeypatch):
    load_published = stories.load_published

    def picky(loaded, **options):
        if any(story.source_id == "2" for story in loaded):
            raise DataError("value out of range")
        return load_published(loaded, **options)

    monkeypatch.setattr(stories, "load_published", picky)
    result = run(write(a_line(1), a_line(2), a_line(3)))
    assert "Line 2 (2): value out of range" in result.err
    assert Article.objects.count() == 2


def test_missing_files_are_said_plainly(write, tmp_path):
    assert "There is no file" in str(run(tmp_path / "khong-co.jsonl").error)
    assert "There is no folder" in str(run(write(a_line()), images=tmp_path / "khong-co").error)
    path = write(a_line())
    path.with_name("bai.jsonl.meta.json").write_text("[", encoding="utf-8")
    assert "side file" in str(run(path).error)
    assert not Article.objects.exists()
