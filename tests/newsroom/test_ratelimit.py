"""A key may be used so often within a window."""

from unittest.mock import Mock

import pytest
from django.core.cache import cache

from newsroom.lib import ratelimit


class Clock:
    now = 1_610_611_200.0  # a full hour

    def time(self):
        return self.now


@pytest.fixture(autouse=True)
def clock(settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rates"}}
    cache.clear()
    clock = Clock()
    monkeypatch.setattr(ratelimit, "time", clock)
    return clock


def test_up_to_the_limit():
    assert [ratelimit.allow("a", 3, 3600) for _ in range(5)] == [True, True, True, False, False]


def test_each_key_counts_for_itself():
    assert ratelimit.allow("a", 1, 3600)
    assert not ratelimit.allow("a", 1, 3600)
    assert ratelimit.allow("b", 1, 3600)


def test_the_next_window_starts_afresh(clock):
    assert ratelimit.allow("a", 1, 60)
    clock.now += 59
    assert not ratelimit.allow("a", 1, 60)
    clock.now += 1
    assert ratelimit.allow("a", 1, 60)


def test_a_limit_of_nothing():
    assert not ratelimit.allow("a", 0, 60)
    assert not ratelimit.allow("a", 0, 60)


def test_any_key_will_do():
    assert ratelimit.allow("địa chỉ " + "\ud800\n" * 400, 1, 60)


def test_an_evicted_count_starts_afresh(monkeypatch):
    ratelimit.allow("a", 1, 60)
    monkeypatch.setattr(ratelimit, "cache", Mock(add=Mock(return_value=False), incr=Mock(side_effect=ValueError)))
    assert ratelimit.allow("a", 1, 60)
