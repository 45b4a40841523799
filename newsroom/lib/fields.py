"""How does text stay in one spelling (NFC, nothing invisible) on its way into the database and into every lookup?"""

from collections.abc import Callable
from typing import Any

from django.db import models

from newsroom.lib import text


class NFCCharField(models.CharField):
    """One line of text: cleaned, with single spaces, when assigned by a form, saved, or compared with in a query."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), text.clean_line)

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value), text.clean_line)


class NFCTextField(models.TextField):
    """Text of any length, cleaned; its line breaks and spaces are kept."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), text.clean)

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value), text.clean)


def _cleaned(value: Any, cleaning: Callable[[str], str]) -> Any:
    return cleaning(value) if isinstance(value, str) else value
