"""What does a list show of each story? The stories by key, read with as little as a card needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.utils import timezone

from articles import section_bar
from articles.models import Article, Image
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
    return stories.values_list(*STORY, *(f"lead_image__{name}" for name in PICTURE), section_bar.version())


ROWS: Final = Prepared(_rows)


def cards(keys: Iterable[int], now: datetime | None = None) -> dict[int, Article]:
    """The published stories among these, by key, with their sections and lead pictures. One query."""
    asked = list(keys)
    if not asked:
        return {}
    asked += [0] * (-len(asked) % LOT)
    rows = ROWS.fetch(None, now=now or timezone.now(), **{f"key{n}": key for n, key in enumerate(asked)})
    stories = map(_story, rows)
    return {story.pk: story for story in stories if story.section is not None}


def _story(row: list[Any]) -> Article:
    story = Article.from_db(DEFAULT_DB_ALIAS, STORY, row[: len(STORY)])
    story.section = section_bar.at(row[-1]).by_key.get(story.section_id or 0)
    if story.lead_image_id is not None:
        story.lead_image = Image.from_db(DEFAULT_DB_ALIAS, PICTURE, row[len(STORY) : -1])
    return story
