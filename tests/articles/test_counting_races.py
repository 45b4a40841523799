"""Many readers at once, and several processes: each device counts once, and nothing is lost."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from articles import counting, readership
from articles.models import MostRead, Ranking, ReadCount
from tests import builders
from tests.articles.readers import PHONE, counted, tell

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    cache.clear()
    return builders.make_article(published_at=builders.hours(-2))


def database_url():
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def at_once(deeds):
    start, failed = threading.Barrier(len(deeds)), []

    def do(deed):
        start.wait()
        try:
            deed()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_hundred_readers_at_once_are_a_hundred(story):
    at_once([lambda n=n: tell(Client(), story, address=f"203.0.113.{n}") for n in range(100)])
    counting.flush()
    assert counted() == {story.pk: 100}


def test_a_device_that_repeats_at_once_is_one(story):
    at_once([lambda: tell(Client(), story) for _ in range(30)])
    counting.flush()
    assert counted() == {story.pk: 1}


def test_processes_that_write_at_once_count_each_device_once(story):
    """Eight processes that have seen the same hundred devices, on their way to ten stories."""
    others = [builders.make_article(published_at=builders.hours(-2)) for _ in range(9)]
    pks = [story.pk, *(other.pk for other in others)]
    reads = {
        counting.Read(counting.Visit(f"203.0.113.{n}", PHONE, "vi").key(pk, builders.hours(0).date()), pk, 480_000)
        for n in range(100)
        for pk in pks
    }
    at_once([lambda: counting.store(reads) for _ in range(8)])
    assert counted() == dict.fromkeys(pks, 100)


def test_one_process_works_out_the_lists(story, monkeypatch):
    for other in [story, *(builders.make_article(published_at=builders.hours(-2)) for _ in range(3))]:
        ReadCount.objects.create(article=other, hour=readership.hour_of(builders.hours(0)), count=1)
    ranked, rank = [], readership.rank
    monkeypatch.setattr(readership, "rank", lambda window, now: ranked.append(window) or rank(window, now))
    at_once([readership.rank_due for _ in range(8)])
    assert sorted(ranked) == ["24h", "7d"]
    assert Ranking.objects.count() == 2
    assert MostRead.objects.filter(section=None).count() == 8


def test_folding_at_once_counts_nothing_twice(story):
    hour = readership.hour_of(builders.hours(0)) - 1000
    ReadCount.objects.bulk_create(ReadCount(article=story, hour=hour - n, count=2) for n in range(30))
    at_once([readership.fold for _ in range(4)])
    assert ReadCount.objects.count() == 0
    assert counted() == {story.pk: 60}


LEAVES_AT_ONCE = """
import django
django.setup()
from articles import counting
counting.notice({pk}, counting.Visit("203.0.113.7", {agent!r}, "vi"))
"""


def test_a_process_that_ends_writes_what_it_has_counted(story):
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    code = LEAVES_AT_ONCE.format(pk=story.pk, agent=PHONE)
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, timeout=120, check=True)
    assert counted() == {story.pk: 1}


def test_the_clock_writes_and_leaves_no_connection_open(story):
    tell(Client(), story)
    clock = threading.Thread(target=counting.write_by_the_clock)
    clock.start()
    clock.join()
    assert counted() == {story.pk: 1}
