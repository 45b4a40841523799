"""What day is it for the paper, and how does it write days and times?

The paper's days begin at midnight in Hà Nội, wherever the server stands. Weekdays and ages follow the active language.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

TZ: Final = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 9998  # the day after the last one must exist too

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_YEAR: Final = re.compile("[0-9]{4}")
_DAY_OR_MONTH: Final = re.compile("[0-9]{1,2}")

_WEEKDAYS: Final = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_JUST_NOW: Final = {"vi": "vừa xong", "en": "just now"}
_UNITS: Final = {
    "vi": {_MINUTE: ("phút", "phút"), _HOUR: ("giờ", "giờ"), _DAY: ("ngày", "ngày")},
    "en": {_MINUTE: ("minute", "minutes"), _HOUR: ("hour", "hours"), _DAY: ("day", "days")},
}
_SECONDS: Final = {"vi": ("giây", "giây"), "en": ("second", "seconds")}
_AGO: Final = {"vi": "trước", "en": "ago"}


def today() -> date:
    """Return the date that it is in Hà Nội."""
    return datetime.now(TZ).date()


def local(moment: datetime) -> datetime:
    """Return the moment on Hà Nội's clock. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(TZ)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the moments when the day begins and when the next one does: start <= moment < end."""
    return datetime.combine(day, time.min, TZ), datetime.combine(day + _DAY, time.min, TZ)


def seconds_to_midnight(now: datetime) -> int:
    """Return the whole seconds left of the day in Hà Nội: 86400 at midnight sharp, 0 within its last second."""
    _, end = day_bounds(local(now).date())
    return (end - now) // timedelta(seconds=1)


def parse_day(year: str | int, month: str | int, day: str | int) -> date | None:
    """Return the date, or None if it does not exist or is not written in the digits 0 to 9 (year in four of them)."""
    year, month, day = str(year), str(month), str(day)
    if not (_YEAR.fullmatch(year) and _DAY_OR_MONTH.fullmatch(month) and _DAY_OR_MONTH.fullmatch(day)):
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def dateline(day: date) -> str:
    """Return the date of the masthead: 26-01-2021."""
    return f"{day:%d-%m-%Y}"


def stamp(moment: datetime) -> str:
    """Return the date and time under a headline: 14/01/2021 14:39."""
    return f"{local(moment):%d/%m/%Y %H:%M}"


def weekday_name(day: date) -> str:
    """Return the name of the weekday, as newspapers write it: Thứ Năm, Chủ Nhật."""
    return _WEEKDAYS[_language()][day.weekday()]


def long_date(day: date) -> str:
    """Return the day with its weekday: "Thứ Năm, 14/1/2021", in English "Thursday, 14 January 2021"."""
    written = f"{day.day}/{day.month}/{day.year}"
    if _language() == "en":
        written = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{weekday_name(day)}, {written}"


def ago(moment: datetime, now: datetime) -> str:
    """Return the age of the moment ("5 phút trước"), or its date when it is over a week old or still to come."""
    age, language = now - moment, _language()
    if age <= -_MINUTE or age >= 8 * _DAY:
        return f"{local(moment):%d/%m/%Y}"
    return f"{length(age)} {_AGO[language]}" if age >= _MINUTE else _JUST_NOW[language]


def just_ago(moment: datetime, now: datetime) -> str:
    """Return the age of the moment, to the second within the first minute: "12 giây trước"."""
    seconds = int((now - moment).total_seconds())
    if not 0 < seconds < 60:
        return ago(moment, now)
    language = _language()
    one, many = _SECONDS[language]
    return f"{seconds} {one if seconds == 1 else many} {_AGO[language]}"


def length(span: timedelta) -> str:
    """Return how long a stretch of time is, in its largest unit: "2 giờ"; a started minute counts as none."""
    unit = _DAY if span >= _DAY else _HOUR if span >= _HOUR else _MINUTE
    count = max(span, timedelta()) // unit
    one, many = _UNITS[_language()][unit]
    return f"{count} {one if count == 1 else many}"


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
