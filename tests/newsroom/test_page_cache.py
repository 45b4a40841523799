"""The page cache: what is kept, how it is sent, what is never kept, and how long it is right."""

import re
from pathlib import Path

import pytest
from django.db import connection

from articles import catalogue, pages
from articles.models import Article
from comments.models import Comment, State, Thread
from newsroom import front_door
from newsroom.lib.pagecache import serving
from newsroom.lib.pagecache.models import bump
from tests import builders
from tests.comments.voices import load
from tests.front_door import Door

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
DAY = 24 * 3600


def test_the_application_is_asked_once(door, story):
    path = story.get_absolute_url()
    first, second = door.get(path), door.get(path)
    assert first.status == second.status == 200
    assert first.body == second.body
    assert "Cầu mới qua sông Hồng" in second.text
    assert door.renders == [path]
    assert first.headers.keys() == second.headers.keys()
    assert f"a{story.pk}" in second.headers["Surrogate-Key"].split()
    assert re.fullmatch(r"public, max-age=0, s-maxage=\d\d?", second.headers["Cache-Control"])


def test_each_reader_gets_the_coding_that_the_browser_takes(door, story):
    plain = door.get("/")
    for accepted, coding in {"gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "x": None}.items():
        answer = door.get("/", HTTP_ACCEPT_ENCODING=accepted)
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.text == plain.text
        assert int(answer.headers["Content-Length"]) == len(answer.body)
        again = door.get("/", HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=answer.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
    assert len(door.renders) == 1


def test_without_memory_nothing_is_kept_but_shared_caches_may(story, settings):
    settings.PAGE_CACHE_MB = 0
    door = Door()
    for _reader in range(2):
        answer = door.get("/", HTTP_ACCEPT_ENCODING="br")
        assert answer.headers["Content-Encoding"] == "br"
        assert re.search(r"s-maxage=[1-9]", answer.headers["Cache-Control"])
    assert door.renders == ["/", "/"]
    door.cache.versions.close()


def test_head_and_range(door, story):
    head, part = door.get("/", "HEAD"), door.get("/", HTTP_RANGE="bytes=0-9")
    assert head.body == b""
    assert part.status == 200
    assert int(head.headers["Content-Length"]) == len(part.body)
    assert len(door.renders) == 1


def test_what_networks_add_to_links_is_left_out(door, story):
    for query in ("", "?fbclid=1", "?utm_source=zalo&fbclid=2"):
        assert door.get(f"/{query}").status == 200
    assert len(door.renders) == 1
    door.get("/thoi-su/?trang=1")
    door.get("/thoi-su/?x=1&trang=1")
    assert door.renders[1:] == ["/thoi-su/"]


def test_every_parameter_that_pages_read_is_known():
    """One that is missing in the list would not reach its page at all."""
    read = re.compile(r"""GET(?:\.get\(|\[)\s*"([a-z-]+)"|"([a-z-]+)" in request\.GET""")
    sources = [*ROOT.glob("*/views/*.py"), ROOT / "articles/addresses.py"]
    found = {one or two for source in sources for one, two in read.findall(source.read_text(encoding="utf-8"))}
    assert {"q", "trang", "goc"} <= found <= front_door.PARAMETERS
    for names in (pages_parameters(), {"tu", "den"}):
        assert names <= front_door.PARAMETERS


def pages_parameters():
    archive = (ROOT / "articles/views/archive.py").read_text(encoding="utf-8")
    fields = re.search(r"^FIELDS = {(.*)}", archive, re.MULTILINE)[1]
    return set(re.findall(r': "([a-z-]+)"', fields))


def test_ranks_that_are_due_are_reckoned_after_the_page_was_read(door, story):
    """Nothing can be written while a page is read in its snapshot; the next reader has the new ranks."""
    first, second = load(story, State.VISIBLE, State.VISIBLE)
    Comment.objects.filter(pk=first.pk).update(like_count=50)
    Thread.objects.filter(pk=story.pk).update(rank_due_at=builders.hours(-1))
    before = door.get(story.get_absolute_url())
    assert before.status == 200
    assert Thread.objects.get(pk=story.pk).rank_due_at is None
    after = door.get(story.get_absolute_url()).text
    assert len(door.renders) == 2
    assert after.index(f'id="c-{first.pk}"') < after.index(f'id="c-{second.pk}"')


def test_staff_errors_and_forms_are_not_kept(door, story, monkeypatch):
    door.get("/", HTTP_COOKIE="session=abc")
    door.get("/", HTTP_COOKIE="session=abc")
    door.get("/", HTTP_AUTHORIZATION="Basic x")
    assert door.renders == ["/"] * 3
    preview = door.get(f"/binh-luan/{story.pk}/gui/", "POST", HTTP_ORIGIN="http://testserver")
    assert preview.status in (200, 400)
    for path in ("/binh-luan/cua-toi/", "/admin/login/", "/luu-tru/?ngay=31&thang=2&nam=2020"):
        door.get(path)
    monkeypatch.setattr(pages, "render_to_string", lambda *_args, **_kwargs: 1 / 0)
    assert door.get("/").status == 500
    assert len(door.cache.store) == 0


def test_pages_for_staff_are_compressed_where_they_are_everybodys(door, story):
    everybodys = door.get("/", HTTP_COOKIE="session=abc", HTTP_ACCEPT_ENCODING="br")
    assert everybodys.headers["Content-Encoding"] == "br"
    own = door.get("/admin/login/", HTTP_ACCEPT_ENCODING="br")  # holds a token: see BREACH
    assert "Content-Encoding" not in own.headers


def test_a_changed_story_is_right_at_once(door, story):
    path = story.get_absolute_url()
    assert door.get(path).status == 200
    assert door.get("/").text.count("Cầu mới qua sông Hồng") > 0
    builders.withdraw(story)
    assert door.get(path).status == 410
    assert "Cầu mới qua sông Hồng" not in door.get("/").text
    assert door.get(path).status == 410
    assert door.renders == [path, "/", path, "/"]


def test_only_the_pages_of_the_change_are_made_anew(door, story):
    other = builders.make_article()
    paths = [story.get_absolute_url(), other.get_absolute_url(), "/"]
    for path in paths * 2:
        door.get(path)
    bump([f"c{story.pk}"])
    for path in paths:
        door.get(path)
    assert door.renders == [*paths, story.get_absolute_url()]


def test_what_is_missing_is_looked_for_again_after_any_change(door, story):
    assert door.get("/chu-de/bao/").status == 404
    assert door.get("/chu-de/bao/").status == 404
    if (
        connection.vendor == "sqlite"
    ):  # PostgreSQL counts changes of the cluster's other databases: other tests run there
        assert door.renders == ["/chu-de/bao/"]
    builders.catalogue.tag_named("Bão")
    assert door.get("/chu-de/bao/").status == 200


def test_no_page_outlives_the_day_or_the_next_story(door, story, clock):
    builders.make_article(published_at=builders.hours(1))
    door.get("/")
    page = next(iter(door.cache.store._newcomers.values()))
    assert page.ends_at - page.made_at <= 3600
    page.ends_at = clock.time() + 5
    assert door.get("/").headers["Cache-Control"].endswith(("s-maxage=4", "s-maxage=5"))
    clock.ahead = 6
    door.get("/")
    assert door.renders == ["/", "/"]


def test_a_page_of_yesterday_is_not_kept_past_midnight(door, story, clock):
    """A render that began before midnight has the old date, even if it ends after it."""
    clock.ahead = serving.seconds_to_midnight(serving.datetime.now(serving.UTC)) - 1
    slow = door.application
    door.cache.application = lambda *request: (setattr(clock, "ahead", clock.ahead + 2), slow(*request))[1]
    door.get("/")
    assert len(door.cache.store) == 0


def test_only_pages_that_age_are_made_anew_after_a_while(door, story, clock):
    """A search shows nothing that grows by itself; home lists the most read."""
    search = "/tim-kiem/?q=cau+moi"
    for path in (search, "/"):
        door.get(path)
    for page in door.cache.store._newcomers.values():
        page.fresh_until = clock.time()
    late = door.get(search)
    assert re.search(r"s-maxage=[1-9]", late.headers["Cache-Control"]), "shared caches may keep it anew"
    assert story.get_absolute_url() in late.text
    door.get("/")
    assert door.renders == ["/tim-kiem/", "/", "/"]
    Article.objects.filter(pk=story.pk).update(headline="Cầu khác")
    bump(["search"])
    door.get(search)
    assert door.renders[-1] == "/tim-kiem/"


def test_a_search_by_an_author_has_the_name_that_the_author_has_now(door, story):
    """Also of one who has no story, whose change touches nothing else."""
    author = builders.make_author("Thu Hà")
    search = f"/tim-kiem/?q=cau+moi&tac-gia={author.slug}"
    assert "Thu Hà" in door.get(search).text
    author.name = "Hà Thu Hà"
    catalogue.save_author(author)
    assert "Hà Thu Hà" in door.get(search).text


def test_a_clock_that_is_put_back(door, story, clock):
    clock.ahead = 2 * DAY
    door.get("/")
    clock.ahead = 0
    door.get("/")
    assert door.renders == ["/", "/"]


def test_a_corrupt_page_is_made_anew(door, story, clock, caplog):
    right = door.get("/").body
    page = next(iter(door.cache.store._newcomers.values()))
    page.bodies[""].content = right.replace(b"h", b"x", 1)
    clock.ahead = 2
    assert door.get("/").body == right
    assert "corrupt" in caplog.text
    assert len(door.renders) == 2


def test_moved_addresses(door, story):
    wrong = f"/sai-{story.pk}.html"
    for _reader in range(2):
        assert door.get(wrong).headers["Location"] == story.get_absolute_url()
    assert door.renders == [wrong]
