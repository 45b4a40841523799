"""The page cache while others publish, and while the database is away: one render, and never a page from before."""

import itertools
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest
from django.db import connection

from articles.models import Article
from articles.views import reading
from newsroom.lib.pagecache.versions import PostgreSQL
from tests import builders
from tests.processes import ROOT, environment

pytestmark = pytest.mark.django_db(transaction=True)

# Another process that changes a story again and again, and says so after each commit.
PUBLISHER = """
import sys, django
django.setup()
from django.db import transaction
from articles.models import Article
from newsroom.lib.pagecache.models import bump
pk = int(sys.argv[1])
for number in range(1, int(sys.argv[2]) + 1):
    with transaction.atomic():
        bump([f"a{pk}"])
        Article.objects.filter(pk=pk).update(headline=f"Tin so {number}.")
    print(number, flush=True)
"""


def meanwhile(deed):
    """Somebody else does this, to the end."""

    def work():
        try:
            deed()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


class Held:
    """A view that stands still after it has read, until it is let go."""

    def __init__(self, view):
        self.view, self.has_read, self.go_on = view, threading.Event(), threading.Event()

    def __call__(self, *args, **kwargs):
        found = self.view(*args, **kwargs)
        self.has_read.set()
        assert self.go_on.wait(20)
        return found


@pytest.fixture
def held(monkeypatch):
    held = Held(reading.front_pages.home)
    monkeypatch.setattr(reading.front_pages, "home", held)
    yield held
    held.go_on.set()


def test_a_page_from_before_a_change_is_never_kept_after_it(door, story, held):
    held.go_on.set()
    original = held.view
    held.view = lambda *args, **kwargs: (original(*args, **kwargs), meanwhile(lambda: builders.withdraw(story)))[0]
    assert "Cầu mới" in door.get("/").text  # it was asked for, and read, before
    held.view = original
    assert "Cầu mới" not in door.get("/").text
    assert "Cầu mới" not in door.get("/").text
    assert door.renders == ["/", "/"]


def test_a_page_shows_one_moment(door, story, monkeypatch):
    """Even the parts that it reads last are from before what was committed meanwhile."""
    around = reading.pages.chrome
    monkeypatch.setattr(reading.pages, "chrome", lambda *args: (around(*args), meanwhile(rename))[0])

    def rename():
        Article.objects.filter(pk=story.pk).update(headline="Tên khác")

    assert "Cầu mới" in door.get("/").text


def test_a_thousandth_reader_waits_for_the_first(door, story):
    answers = door.get_at_once(story.get_absolute_url(), 12)
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert door.renders == [story.get_absolute_url()]


def test_readers_wait_rather_than_get_what_is_withdrawn(door, story, held):
    held.go_on.set()
    door.get("/")
    held.go_on.clear()
    held.has_read.clear()
    builders.withdraw(story)
    answers = []
    reader = threading.Thread(target=lambda: answers.extend(door.get_at_once("/", 4)))
    reader.start()
    assert held.has_read.wait(20)
    time.sleep(0.1)
    assert answers == []
    held.go_on.set()
    reader.join()
    assert len(answers) == 4
    assert not any("Cầu mới" in answer.text for answer in answers)
    assert door.renders == ["/", "/"]


def test_an_old_copy_that_is_right_is_sent_while_one_renders(door, story, held):
    held.go_on.set()
    door.get("/")
    page = door.cache.store.get(next(iter(door.cache.store._newcomers)))
    page.fresh_until = time.time()
    held.go_on.clear()
    held.has_read.clear()
    first = threading.Thread(target=lambda: (door.get("/"), door.leave()))
    first.start()
    assert held.has_read.wait(20)
    assert door.get("/").status == 200  # does not wait
    held.go_on.set()
    first.join()
    assert door.renders == ["/", "/"]


@pytest.fixture
def away(door, monkeypatch):
    """A database that is not there when a new connection is asked for."""

    def go():
        door.leave()
        what, where = ("NAME", "/nowhere/at/all") if connection.vendor == "sqlite" else ("PORT", "1")
        monkeypatch.setitem(connection.settings_dict, what, where)

    yield go
    monkeypatch.undo()
    connection.close()


def test_without_a_database_readers_keep_the_last_copy(door, story, away, monkeypatch, caplog):
    right = door.get("/")
    away()
    stale = door.get("/", HTTP_ACCEPT_ENCODING="br")
    assert (stale.status, stale.text) == (200, right.text)
    assert stale.headers["Warning"].startswith("111")
    assert int(stale.headers["Age"]) >= 0
    assert "readers get the last copy" in caplog.text
    for path in (story.get_absolute_url(), "/admin/"):
        refused = door.get(path, HTTP_COOKIE=f"session={'a' * 32}" if path == "/admin/" else "")
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "no-store" in refused.headers["Cache-Control"]
        assert "Cơ sở dữ liệu" in refused.text
    monkeypatch.undo()
    door.leave()
    time.sleep(1.1)  # the pause after which the database is asked again
    assert "Warning" not in door.get("/").headers
    assert door.get(story.get_absolute_url()).status == 200


def test_what_is_known_to_be_withdrawn_is_not_shown_without_a_database(door, story, away, held):
    """The change was seen, then the database went before the page could be made anew."""
    held.go_on.set()
    door.get("/")
    builders.withdraw(story)
    page = door.cache.store.get(next(iter(door.cache.store._newcomers)))
    assert not door.cache._is_right(page)
    away()
    assert door.get("/").status == 503


def hear(process, last, number):
    for line in process.stdout:
        last[number] = int(line)


def read_while_they_publish(door, stories, publishers, readers, changes):
    """Readers ask for the stories; nobody may get less than what was committed before the question."""
    last, wrong, asked = [0] * len(stories), [], [0]
    arguments = [sys.executable, "-c", PUBLISHER]
    processes = [
        subprocess.Popen(
            [*arguments, str(story.pk), str(changes)], cwd=ROOT, env=environment(), stdout=subprocess.PIPE
        )
        for story in stories
        for _publisher in range(publishers // len(stories))
    ]
    ears = [threading.Thread(target=hear, args=(one, last, number)) for number, one in enumerate(processes)]

    def read(number):
        story = number % len(stories)
        while last[story] < changes:
            before = last[story]
            text = door.get(stories[story].get_absolute_url()).text
            shown = int((text.partition("Tin so ")[2] or "0.").partition(".")[0])
            asked[0] += 1
            if shown < before:
                wrong.append((before, shown))
        door.leave()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in ears + threads:
        thread.start()
    for thread in threads + ears:
        thread.join()
    for process in processes:
        process.stdout.close()
        assert process.wait() == 0
    return asked[0], wrong


def test_who_shares_a_question_never_gets_an_answer_from_before(monkeypatch):
    """The state of the database moves on all the time; each thread asks for one that is newer than what it knows."""
    versions, moments, questions, late = PostgreSQL(), itertools.count(), [], []

    def asked(_statement, _values):
        questions.append(next(moments))
        seen = questions[-1]
        time.sleep(0.002)
        return SimpleNamespace(get_value=lambda *_place: seen)

    def read():
        for _time in range(50):
            known = next(moments)
            late.append(versions._state() < known)

    monkeypatch.setattr(versions, "_asked", asked)
    threads = [threading.Thread(target=read) for _reader in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(late), any(late)) == (400, False)
    assert len(questions) < 400


@pytest.mark.parametrize(
    ("changes", "readers"), [(12, 4), pytest.param(400, 8, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_other_processes_publish_while_readers_read(door, story, changes, readers):
    stories = [story, builders.make_article()]
    for one in stories:
        Article.objects.filter(pk=one.pk).update(slug="tin")
        one.refresh_from_db()
    asked, wrong = read_while_they_publish(door, stories, 2, readers, changes)
    assert wrong == []
    assert asked > changes
