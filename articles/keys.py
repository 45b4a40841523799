"""Which pages show what? The surrogate keys that pages carry and that verbs make stale."""

from collections.abc import Iterable
from datetime import date

CHROME = "chrome"  # masthead, section bar, footer: on every page
HOME = "home"
ARCHIVE = "archive"  # landing, years and months, which only count
AUTHORS = "authors"
TAGS = "tags"  # lists of all tags
SEARCH = "search"
CORRECTIONS = "corrections"  # the page of corrections and told changes


def article(pk: int) -> str:
    return f"a{pk}"


def section(pk: int) -> str:
    return f"s{pk}"


def author(pk: int) -> str:
    return f"p{pk}"


def tag(pk: int) -> str:
    return f"t{pk}"


def static_page(pk: int) -> str:
    return f"g{pk}"


def day(on: date) -> str:
    return f"d{on:%Y%m%d}"


def thread(article_pk: int) -> str:
    """The comments of a story: on its page and on its thread page."""
    return f"c{article_pk}"


def listed(
    article_pk: int, sections: Iterable[int], authors: Iterable[int], tags: Iterable[int], days: Iterable[date]
) -> set[str]:
    """Every page that shows the story itself or lists it."""
    return {
        article(article_pk),
        HOME,
        ARCHIVE,
        SEARCH,
        CORRECTIONS,
        *map(section, sections),
        *map(author, authors),
        *map(tag, tags),
        *map(day, days),
    }
