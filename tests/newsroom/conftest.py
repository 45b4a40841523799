"""A site behind its page cache, as tests of the cache want it: a door, a story, and a clock that can be moved."""

import pytest

from newsroom.lib.pagecache import kept, serving
from tests import builders
from tests.front_door import Clock, Door


@pytest.fixture
def door():
    door = Door()
    yield door
    door.cache.versions.close()


@pytest.fixture
def clock(monkeypatch):
    """The time of the page cache, `ahead` of the real one by so many seconds."""
    clock = Clock(monotonic=serving.time.monotonic)
    for module in (serving, kept):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def story():
    builders.make_publication()
    return builders.make_article(headline="Cầu mới qua sông Hồng")
