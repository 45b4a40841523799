"""Room in the page cache: never more bytes than it may have, and robots do not drive out what people read."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.lib.pagecache.kept import DECODINGS, OVERHEAD, Corrupt, Page
from newsroom.lib.pagecache.responses import publish_response
from newsroom.lib.pagecache.store import Store
from newsroom.lib.pagecache.versions import Keys
from tests import builders
from tests.front_door import Door

MOST = 1024 * 1024


def page(size=10_000):
    made = Page("200 OK", [], "e", Keys(["home"]), 1, 1, 0.0, 60.0, 60.0)
    made.add("", b"x" * (size - OVERHEAD))
    return made


def test_a_robot_does_not_drive_out_what_people_read():
    store = Store(MOST)
    people = [f"/bai-{number}.html" for number in range(20)]
    for address in people:
        store.put(address, page())
        store.get(address)
    for number in range(100_000 // 20):
        store.put(f"/?q={number}", page())
        assert store.size <= MOST
        if number % 10 == 0:
            assert store.get(people[number // 10 % 20])
    assert all(store.get(address) for address in people)
    assert store.size <= MOST


def test_who_comes_back_soon_after_stays():
    store = Store(MOST)
    store.put("/", page())
    for number in range(100):
        store.put(f"/a{number}", page())
    assert not store.get("/")
    store.put("/", page())
    for number in range(100):
        store.put(f"/b{number}", page())
    assert store.get("/")


def test_the_least_wanted_go_first():
    store = Store(MOST)
    for number in range(300):
        store.put(f"/{number}", page())
        store.get(f"/{number}")
    assert 50 < len(store) < 105
    assert store.get("/299")
    assert not store.get("/0")


def test_a_page_that_is_too_large_is_not_kept():
    store = Store(MOST)
    store.put("/", page(MOST // 10))
    assert (len(store), store.size) == (0, 0)


def test_codings_count_and_a_new_copy_takes_the_place_of_the_old_one():
    store, first = Store(MOST), page()
    store.put("/", first)
    before = store.size
    for coding in ("br", "gzip"):  # of the first one on, the page as it was rendered does not stay beside them
        first.add(coding, b"y" * 500)
        store.weigh("/", first)
    assert store.size == OVERHEAD + len("/") + 2 * 500 < before
    store.put("/", page())
    assert (len(store), store.size) == (1, before)
    store.weigh("/", first)  # it is no longer there
    assert store.size == before
    store.drop("/")
    assert (len(store), store.size) == (0, 0)


def test_a_page_is_the_same_in_every_coding_whichever_came_first():
    made = page()
    for asked in ("br", "gzip", "", "br, gzip", "deflate", "gzip"):
        coding = "br" if "br" in asked else asked if asked == "gzip" else ""
        body = made.body_for(asked).content
        assert (DECODINGS[coding](body) if coding else body) == b"x" * made.length
    made.bodies = {"br": replace(made.bodies["br"], content=b"broken")}
    with pytest.raises(Corrupt):
        made.body_for("gzip")


@pytest.mark.django_db(transaction=True)
def test_random_addresses_at_the_door(settings):
    settings.PAGE_CACHE_MB = 1
    builders.make_publication()
    door = Door()
    door.get("/")
    for number in range(25):
        door.get(f"/tim-kiem/?xep={number}")
        door.get(f"/khong-co-{number}/")
        door.get("/")
        assert door.cache.store.size <= MOST
    assert door.renders.count("/") == 1
    assert len(door.cache._flights) == 0
    door.cache.versions.close()


@pytest.mark.django_db(transaction=True)
def test_a_large_page_that_compresses_well_is_kept(settings):
    settings.PAGE_CACHE_MB = 1
    builders.make_publication()
    door = Door()
    answers_with(door, b"x" * 200_000)
    answers = [door.get("/tim-kiem/?q=mua", HTTP_ACCEPT_ENCODING="br") for _time in range(2)]
    assert [len(answer.text) > 200_000 for answer in answers] == [True, True]
    assert len(door.renders) == 1
    door.cache.versions.close()


def answers_with(door, text):
    """From now on the application answers with the front page and this text; `renders` has each answer."""
    front, request = door.get("/").text.encode(), RequestFactory().get("/")
    door.renders.clear()

    def answer(environ, start_response):
        door.renders.append(environ["PATH_INFO"])
        response = publish_response(request, HttpResponse(front + text + environ["QUERY_STRING"].encode()), ["home"])
        response.public_part.version = 0
        start_response("200 OK", list(response.items()))
        return response

    door.cache.application = answer


def memory():
    """MB that this process takes."""
    return int(re.search(r"^Rss:\s+(\d+)", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)[1]) / 1024


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_robot_with_100_000_random_addresses(settings):
    """All of them exist, as for a search that anybody may spell as they like."""
    settings.PAGE_CACHE_MB = 4
    builders.make_publication()
    door = Door()
    answers_with(door, b"")
    before = 0.0
    for number in range(100_000):
        assert door.get(f"/tim-kiem/?q={number}").status == 200
        if number == 5_000:  # full by now
            before = memory()
    assert memory() - before < 8
    assert door.cache.store.size <= 4 * MOST and not door.cache._flights
    door.cache.versions.close()
