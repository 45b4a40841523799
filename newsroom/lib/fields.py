"""How does text stay in one spelling (NFC, nothing invisible) on its way into the database and into comparisons?

Django's text fields prepare values with to_python() for saving, updating in bulk and comparing (exact, in): one
override does it. Pattern lookups (contains, startswith) take values as they are: search the folded columns instead.
"""

from typing import Any

from django.db import models

from newsroom.lib import text


class NFCCharField(models.CharField):
    """One line of clean text with single spaces."""

    def to_python(self, value: Any) -> str | None:
        value = super().to_python(value)
        return value if value is None else text.clean_line(value)


class NFCTextField(models.TextField):
    """Clean text of any length; its line breaks and spaces are kept."""

    def to_python(self, value: Any) -> str | None:
        value = super().to_python(value)
        return value if value is None else text.clean(value)
