"""Counts by day: exact after every publication, withdrawal and end, and exact to the second at midnight in Hà Nội."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import archive, placing, workflow
from articles.models import Article
from newsroom.lib import dates
from tests.builders import hours, make_article, make_section, make_user, withdraw

pytestmark = pytest.mark.django_db

FROM, TO = date(2021, 1, 1), date(2021, 1, 31)


def at(day, hour=9):
    return datetime(2021, 1, day, hour, tzinfo=dates.TZ)


def counted(section=None, now=None):
    return {day.day: stories for day, stories in archive.per_day(FROM, TO, section, now).items()}


def by_hand(section=None, now=None):
    """The same from the stories themselves."""
    stories = Article.objects.published(now).filter(published_on__range=(FROM, TO))
    if section:
        stories = stories.filter(placements__section=section)
    return dict(Counter(story.published_on.day for story in stories))


def test_counts_follow_publication_and_withdrawal():
    economy, news = make_section("Kinh tế"), make_section("Thời sự")
    market = make_section("Thị trường", parent=economy)
    gone = make_article(at(14), section=market.pk)
    make_article(at(14), section=news.pk, other_sections=(economy.pk,))
    make_article(at(20), section=news.pk)
    assert counted() == by_hand() == {14: 2, 20: 1}
    assert counted(economy) == by_hand(economy) == {14: 2}
    assert counted(market) == {14: 1}
    withdraw(gone)
    assert counted() == by_hand() == {14: 1, 20: 1}
    assert counted(market) == {}
    workflow.perform(gone.pk, "republish", by=make_user("chief"), note="Đã kiểm chứng")
    assert counted() == by_hand() == {14: 2, 20: 1}


def test_what_is_not_due_or_has_ended_is_not_counted():
    section = make_section("Thời sự")
    make_article(at(14, 8))
    make_article(at(14, 20))
    ended = make_article(at(14, 7))
    Article.objects.filter(pk=ended.pk).update(visible_until=at(14, 10))
    for moment in (at(14, 6), at(14, 7), at(14, 8), at(14, 9), at(14, 10), at(14, 20), at(15)):
        for where in (None, section):
            assert counted(where, moment) == by_hand(where, moment), moment
    assert counted(now=at(14, 9)) == {14: 2}
    assert counted(now=at(14, 10)) == {14: 1}


def test_days_of_nothing_are_left_out():
    Article.objects.filter(pk=make_article(at(14)).pk).update(visible_until=hours(-1))
    assert counted() == {}


def test_counting_anew_changes_nothing():
    for day in (3, 3, 14):
        make_article(at(day))
    before = counted()
    placing.recount()
    assert counted() == before == {3: 2, 14: 1}


def test_sums_by_month_and_year():
    counts = Counter({date(2020, 12, 31): 1, date(2021, 1, 1): 2, date(2021, 1, 2): 3})
    assert archive.per_month(counts) == {archive.Period(2020, 12): 1, archive.Period(2021, 1): 5}
    assert archive.per_year(counts) == {archive.Period(2020): 1, archive.Period(2021): 5}


def test_story_days_around():
    news, economy = make_section("Thời sự"), make_section("Kinh tế")
    make_article(at(10, 23), section=news.pk)
    make_article(at(12), section=economy.pk)
    make_article(at(20, 0), section=news.pk)
    make_article(hours(30), section=news.pk)
    day = date(2021, 1, 12)
    assert archive.first_day() == date(2021, 1, 10)
    assert archive.first_day(economy) == day
    assert archive.story_day_before(day) == date(2021, 1, 10)
    assert archive.story_day_after(day) == date(2021, 1, 20)
    assert archive.story_day_before(day, economy) is None
    assert archive.story_day_after(day, economy) is None
    assert archive.story_day_after(date(2021, 1, 20)) is None
    assert archive.story_day_before(date(2021, 1, 20), news) == date(2021, 1, 10)


def test_midnight_in_ha_noi():
    _, end = dates.day_bounds(date(2021, 1, 14))
    make_article(end - timedelta(microseconds=1))
    make_article(end)
    assert counted() == {14: 1, 15: 1}
    assert archive.story_day_after(date(2021, 1, 14)) == date(2021, 1, 15)


@pytest.mark.parametrize("count", [1, 30])
def test_two_queries_however_many(count):
    for day in range(count):
        make_article(at(1 + day % 28))
    with CaptureQueriesContext(connection) as queries:
        archive.per_day(FROM, TO)
    assert len(queries) == 2
