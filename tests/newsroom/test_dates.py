"""Days and times as the paper counts and writes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from newsroom.lib import dates

NOW = datetime(2021, 1, 14, 14, 39, tzinfo=dates.TZ)


def test_the_day_begins_at_midnight_in_hanoi():
    start, end = dates.day_bounds(date(2021, 1, 14))
    assert start == datetime(2021, 1, 13, 17, 0, 0, tzinfo=UTC)
    assert end == datetime(2021, 1, 14, 17, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2021, 1, 13, 16, 59, 59, tzinfo=UTC), date(2021, 1, 13)),
        (datetime(2021, 1, 13, 17, 0, 0, tzinfo=UTC), date(2021, 1, 14)),
        (datetime(2020, 12, 31, 17, 0, 0, tzinfo=UTC), date(2021, 1, 1)),
    ],
)
def test_local_day(moment, day):
    assert dates.local(moment).date() == day


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        dates.local(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2021, 1, 13, 17, 0, 0, tzinfo=UTC), 86400),
        (datetime(2021, 1, 13, 17, 0, 1, tzinfo=UTC), 86399),
        (datetime(2021, 1, 13, 16, 59, 59, tzinfo=UTC), 1),
        (datetime(2021, 1, 13, 16, 59, 59, 500_000, tzinfo=UTC), 0),
        (datetime(2021, 1, 14, 23, 59, 0, tzinfo=dates.TZ), 60),
    ],
)
def test_seconds_to_midnight(moment, seconds):
    assert dates.seconds_to_midnight(moment) == seconds


def test_today_is_a_day_of_hanoi():
    assert dates.today() in {datetime.now(dates.TZ).date(), (datetime.now(dates.TZ) - timedelta(minutes=1)).date()}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (("2021", "01", "14"), date(2021, 1, 14)),
        (("2021", "1", "4"), date(2021, 1, 4)),
        ((2021, 1, 4), date(2021, 1, 4)),
        (("2020", "02", "29"), date(2020, 2, 29)),
        (("2000", "02", "29"), date(2000, 2, 29)),
        (("9998", "12", "31"), date(9998, 12, 31)),
    ],
)
def test_parse_day(written, day):
    assert dates.parse_day(*written) == day
    dates.day_bounds(day)


@pytest.mark.parametrize(
    "written",
    [
        *[("2021", "02", "29"), ("1900", "02", "29"), ("2021", "02", "31"), ("2021", "04", "31")],
        *[("2021", "13", "01"), ("2021", "00", "01"), ("2021", "01", "00"), ("2021", "01", "32")],
        *[("0", "01", "01"), ("0000", "01", "01"), ("21", "01", "01"), ("9999", "12", "31"), ("12021", "01", "01")],
        *[("nam", "01", "14"), ("2021", "", "14"), ("2021", "01", " 1"), ("2021", "-1", "14"), ("2021", "1.0", "1")],
        *[("٢٠٢١", "٠١", "١٤"), ("２０２１", "０１", "１４"), ("2021", "01", "1\n"), ("2021", "001", "14")],
    ],
)
def test_parse_day_refuses(written):
    assert dates.parse_day(*written) is None


def test_written_forms():
    assert dates.dateline(date(2021, 1, 26)) == "26-01-2021"
    assert dates.stamp(datetime(2021, 1, 14, 7, 39, tzinfo=UTC)) == "14/01/2021 14:39"


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [
        ("vi", date(2021, 1, 14), "Thứ Năm, 14/1/2021"),
        ("vi", date(2021, 1, 17), "Chủ Nhật, 17/1/2021"),
        ("en", date(2021, 1, 14), "Thursday, 14 January 2021"),
        ("en-gb", date(2021, 12, 5), "Sunday, 5 December 2021"),
    ],
)
def test_long_date(language, day, expected):
    with translation.override(language):
        assert dates.long_date(day) == expected
        assert expected.startswith(dates.weekday_name(day))


@pytest.mark.parametrize(
    ("age", "vi", "en"),
    [
        (timedelta(0), "vừa xong", "just now"),
        (timedelta(seconds=59), "vừa xong", "just now"),
        (timedelta(seconds=-59), "vừa xong", "just now"),
        (timedelta(minutes=1), "1 phút trước", "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 phút trước", "59 minutes ago"),
        (timedelta(hours=1), "1 giờ trước", "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 giờ trước", "23 hours ago"),
        (timedelta(days=1), "1 ngày trước", "1 day ago"),
        (timedelta(days=7, hours=23), "7 ngày trước", "7 days ago"),
        (timedelta(days=8), "06/01/2021", "06/01/2021"),
        (timedelta(days=-2), "16/01/2021", "16/01/2021"),
    ],
)
def test_ago(age, vi, en):
    for language, expected in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert dates.ago(NOW - age, NOW) == expected
