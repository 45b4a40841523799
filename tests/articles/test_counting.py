"""A read is counted once a day for a device: not from robots, not from elsewhere, not for what nobody can see."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from articles import counting
from articles.models import Article, CountedRead, ReadCount
from newsroom.lib import dates
from tests import builders
from tests.articles.readers import PHONE, tell, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def new_minute():
    cache.clear()


@pytest.fixture
def story():
    return builders.make_article(published_at=builders.hours(-2))


def test_a_read_counts_in_its_hour(client, story):
    response = tell(client, story)
    assert (response.status_code, response.content) == (204, b"")
    assert written() == {story.pk: 1}
    assert ReadCount.objects.get().hour == int(time.time()) // 3600


def test_the_answer_is_kept_by_nobody_and_sets_no_cookie(client, story):
    response = tell(client, story)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies and "Cookie" not in response.get("Vary", "")


def test_a_page_without_a_token_is_enough(story):
    assert tell(Client(enforce_csrf_checks=True), story).status_code == 204
    assert written() == {story.pk: 1}


def test_repeats_count_once_a_day(client, story):
    for _ in range(5):
        tell(client, story)
        assert written() == {story.pk: 1}
    tomorrow = timezone.now() + timedelta(days=1)
    counting.notice(story.pk, counting.Visit("203.0.113.7", PHONE, "vi-VN,vi;q=0.9"), tomorrow)
    assert written() == {story.pk: 2}


def test_repeats_are_known_after_a_restart(client, story):
    tell(client, story)
    counting.flush()
    counting.waiting.take()
    tell(client, story)
    assert written() == {story.pk: 1}


def test_other_devices_and_other_stories_count(client, story):
    other = builders.make_article(published_at=builders.hours(-2))
    tell(client, story)
    tell(client, story, address="203.0.113.8")
    tell(client, story, agent=PHONE.replace("142", "141"))
    tell(client, story, **{"accept-language": "en-GB"})
    tell(client, other)
    assert written() == {story.pk: 4, other.pk: 1}


def test_a_phone_that_changes_its_address_within_its_network_is_the_same(client, story):
    tell(client, story, address="2001:db8:1:2::a")
    tell(client, story, address="2001:db8:1:2:ffff::b")
    tell(client, story, address="2001:db8:1:3::a")
    assert written() == {story.pk: 2}


ROBOTS = [
    "",
    "curl/8.5.0",
    "python-requests/2.32",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 Chrome/99 Mobile Safari/537.36 GoogleOther",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 11; moto g power) AppleWebKit/537.36 Chrome/142 Mobile Chrome-Lighthouse",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116 Safari/537.36",
]
PEOPLE = [
    PHONE,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/490]",
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36 Zalo android/2410",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 coc_coc_browser/130.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 11; CUBOT X50) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
]


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_are_not_readers(client, story, agent):
    assert tell(client, story, agent=agent or None).status_code == 204, "they are told nothing"
    assert written() == {}


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_readers(client, story, agent):
    tell(client, story, agent=agent)
    assert written() == {story.pk: 1}


@pytest.mark.parametrize("headers", [{"accept-language": None}, {"sec-purpose": "prefetch;prerender"}])
def test_what_no_reader_sends(client, story, headers):
    assert tell(client, story, **headers).status_code == 204
    assert written() == {}


def test_colleagues_who_are_signed_in_are_not_readers(client, story, cast):
    client.force_login(cast.rita)
    tell(client, story)
    assert written() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": None},
        {"origin": None, "referer": "https://evil.example/x.html"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_requests_from_elsewhere_are_refused(client, story, headers):
    assert tell(client, story, **headers).status_code == 403
    assert written() == {}


def test_reading_the_address_counts_nothing(client, story):
    assert client.get(f"/doc/{story.pk}/").status_code == 405
    assert written() == {}


def test_only_what_readers_can_see_counts(client, story):
    ended = builders.make_article(published_at=builders.hours(-3))
    Article.objects.filter(pk=ended.pk).update(visible_until=builders.hours(-1))
    withdrawn = builders.make_article()
    builders.withdraw(withdrawn)
    hidden = builders.make_article(section=builders.make_section("Ẩn").pk)
    builders.make_section("Ẩn", is_shown=False)
    unseen = [ended, withdrawn, hidden, builders.make_article(builders.hours(1)), builders.make_draft(), 10**17]
    for each in unseen:
        assert tell(client, each).status_code == 204, "a page kept by a cache tells of what is gone"
    tell(client, story)
    assert written() == {story.pk: 1}
    assert CountedRead.objects.count() == 1, "nor is the device remembered for them"


def test_a_network_sends_no_more_than_people_would(client, story, monkeypatch):
    monkeypatch.setattr(counting, "STORY_HOUR", 20)
    other = builders.make_article(published_at=builders.hours(-2))
    for host in range(30):
        assert tell(client, story, address=f"203.0.113.{host}").status_code == 204, "never an error"
    tell(client, other, address="203.0.113.1")
    tell(client, story, address="198.51.100.1")
    assert written() == {story.pk: 21, other.pk: 1}


def test_no_address_is_kept_and_devices_are_forgotten(client, story):
    tell(client, story, address="203.0.113.7")
    counting.flush()
    assert [field.name for field in CountedRead._meta.fields] == ["key"]
    now = timezone.now()
    midnight = dates.day_bounds(dates.local(now).date())[1]
    assert counting.forget(now) == 0
    assert counting.forget(midnight + timedelta(minutes=5)) == 0, "reads of before midnight may come late"
    assert counting.forget(midnight + counting.LATE) == 1
    assert written() == {story.pk: 1}, "counts stay"


def test_the_key_of_a_device_changes_every_day_and_with_the_secret(settings):
    visit, today = counting.Visit("203.0.113.7", PHONE, "vi"), dates.today()
    hashes = {visit.key(1, today + timedelta(days=n)) & (1 << counting.HASH_BITS) - 1 for n in range(5)}
    settings.SECRET_KEY = "another"
    hashes.add(visit.key(1, today) & (1 << counting.HASH_BITS) - 1)
    assert len(hashes) == 6
    assert visit.key(1, dates.today() + timedelta(days=80 * 365)) < 2**63


def test_what_the_database_refuses_waits_and_counts_later(client, story, monkeypatch):
    tell(client, story)
    with monkeypatch.context() as patch:

        def refuse(_reads):
            raise DatabaseError("locked")

        patch.setattr(counting, "store", refuse)
        assert counting.flush() == 0
    tell(client, story, address="198.51.100.1")
    assert written() == {story.pk: 2}


def test_memory_is_bounded(client, story, monkeypatch):
    monkeypatch.setattr(counting, "MOST_WAITING", 3)
    for host in range(6):
        tell(client, story, address=f"203.0.113.{host}")
    assert written() == {story.pk: 3}


def test_the_reader_waits_for_no_query(client, story, django_assert_num_queries):
    with django_assert_num_queries(0):
        tell(client, story)


def test_the_first_read_sets_the_clock(client, story, monkeypatch):
    rings = []
    monkeypatch.setattr(counting, "set_clock", lambda: rings.append(1))
    tell(client, story)
    tell(client, story, address="198.51.100.1")
    assert len(rings) == 1
    counting.flush()
    tell(client, story, address="198.51.100.2")
    assert len(rings) == 2
    assert written() == {story.pk: 3}


def test_a_preview_is_no_reading(client, story, cast):
    address = 'data-read="/doc/'
    assert f"{address}{story.pk}/" in client.get(story.get_absolute_url()).content.decode()
    client.force_login(cast.pia)
    preview = client.get(f"/admin/articles/article/{story.pk}/xem-truoc/")
    assert story.headline in preview.content.decode() and address not in preview.content.decode()
