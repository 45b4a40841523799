"""Which address has a page? As Django's `reverse`, remembered: lists name the same stories again and again."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=5000)
def address(name: str, *parts: str | int) -> str:
    """The path of the page with this name in `urls.py`, for these parts of it."""
    return reverse(name, args=parts)
