"""Where does the date picker stand, and with what in it?"""

from datetime import date
from typing import Any

from django import template

from articles.archive import Period, Picked
from articles.models import Section

register = template.Library()


@register.inclusion_tag("articles/_date_picker.html")
def date_picker(
    section: Section | None = None, day: date | None = None, picked: Picked | None = None
) -> dict[str, Any]:
    """The form "Chọn ngày", for the whole paper or one section, at a day if one is given. Asks the database nothing.

    `picked` is what the archive's own pages have in the fields: a month, or something that is no day at all.
    """
    there = Period(day.year, day.month, day.day) if day else None
    return {"section": section, "picked": picked or Picked.of(there)}
