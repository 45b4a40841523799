"""Where does the date picker stand, and with what in it?"""

from datetime import date
from typing import Any

from django import template

from articles.archive import Of, Period, Picked, parameter

register = template.Library()


@register.inclusion_tag("articles/_date_picker.html")
def date_picker(of: Of | None = None, day: date | None = None, picked: Picked | None = None) -> dict[str, Any]:
    """The form "Chọn ngày", at a day if one is given, for the paper or a part of it. Asks the database nothing.

    `picked` is what the archive's own pages have in the fields: a month, or something that is no day at all.
    """
    there = Period(day.year, day.month, day.day) if day else None
    return {"of": of, "parameter": parameter(of) if of else "", "picked": picked or Picked.of(there)}
