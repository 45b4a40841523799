"""Where does the date picker stand, and with what in it?"""

from dataclasses import astuple
from datetime import date
from typing import Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.archive import Of, Period, Picked, parameter
from newsroom.lib.pieces import Pieces

register = template.Library()

PICKERS: Final = Pieces[SafeString](60)


@register.simple_tag
def date_picker(of: Of | None = None, day: date | None = None, picked: Picked | None = None) -> str:
    """The form "Chọn ngày", at a day if one is given, for the paper or a part of it. Asks the database nothing.

    `picked` is what the archive's own pages have in the fields: a month, or something that is no day at all.
    """
    there = Period(day.year, day.month, day.day) if day else None
    name, chosen = parameter(of) if of else "", picked or Picked.of(there)
    context = {"of": of, "parameter": name, "picked": chosen}
    key = (get_language(), name, of and of.slug, *map(str, astuple(chosen)))
    return PICKERS.get(key, lambda: render_to_string("articles/_date_picker.html", context))
