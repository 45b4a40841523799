"""What does a list show of each story? The stories by key, read with as little as a card needs."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from articles import section_bar
from articles.editions import Edition
from articles.models import Article, Image
from newsroom.lib.pieces import Shelf
from newsroom.lib.prepared import Prepared

LOT: Final = 16  # keys are asked for in lots, so that few statements serve every page


def columns(model: type[Model], names: str) -> list[str]:
    """The columns by these names, in the order in which a row of the model takes them."""
    return [field.attname for field in model._meta.concrete_fields if field.attname in names.split()]


STORY: Final = columns(
    Article, "id slug headline lead published_at visible_until withdrawn_at presentation section_id lead_image_id"
)
PICTURE: Final = columns(Image, "id key title caption credit alt is_decorative width height renditions colour")


def _rows(_shape: None, now: datetime, **keys: int) -> QuerySet[Any, Any]:
    stories = Article.objects.published(now).filter(pk__in=list(keys.values())).order_by()
    return stories.values_list(*STORY, *(f"lead_image__{name}" for name in PICTURE))


ROWS: Final = Prepared(_rows)
CARDS: Final = Shelf[int, Article | None](500)


def cards(keys: Iterable[int], edition: Edition) -> dict[int, Article]:
    """The published stories among these, by key, with their sections and lead pictures; kept, so never changed.

    One query for all that are not there.
    """
    found = CARDS.fetch(edition, keys, partial(_fetched, edition))
    return {key: story for key, story in found.items() if story is not None}


def _fetched(edition: Edition, keys: list[int]) -> dict[int, Article | None]:
    asked = [*keys, *[0] * (-len(keys) % LOT)]
    rows = ROWS.fetch(None, now=edition.now, **{f"key{n}": key for n, key in enumerate(asked)})
    sections = section_bar.at(edition).by_key
    stories = {row[0]: story(row) for row in rows}
    for each in stories.values():
        each.section = sections.get(each.section_id or 0)
    return {key: stories[key] if key in stories and stories[key].section else None for key in keys}


def story(row: list[Any]) -> Article:
    """The story of a row with these columns, and its picture."""
    found = Article.from_db(DEFAULT_DB_ALIAS, STORY, row[: len(STORY)])
    if found.lead_image_id is not None:
        found.lead_image = Image.from_db(DEFAULT_DB_ALIAS, PICTURE, row[len(STORY) :])
    return found
