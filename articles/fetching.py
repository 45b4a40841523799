"""How does the page of a story get its row, with everything that is told on it, in one statement?

Names, changes and corrections come as lists in JSON, so that no second statement and no second row is needed.
"""

from datetime import datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from articles import changes, editions, keys, section_bar
from articles.cards import columns
from articles.editions import Edition
from articles.models import Article, Author, Byline, Correction, Image, PublicVersion, Tag, Tagging
from newsroom.lib.jsonrows import listed, written
from newsroom.lib.prepared import Prepared

STORY: Final = columns(
    Article,
    "id slug headline subheadline lead html source section_id lead_image_id lead_caption word_count comment_policy "
    "presentation related published_at updated_at visible_until withdrawn_at withdrawn_to_id",
)
PICTURE: Final = columns(
    Image, "id key title caption credit alt is_decorative focal_x focal_y width height renditions colour"
)
NAMED: Final = columns(Author, "id name slug")  # of authors and tags alike
TOLD: Final = columns(PublicVersion, "id number kind line at")
CORRECTED: Final = columns(
    Correction,
    "id work_title section_name false_on false_content corrected_content apology basis stage published_at",
)


def story(pk: int, now: datetime | None = None) -> tuple[Article, Edition]:
    """The story as `articles.reading` wants it, and the edition in which it is read. Raises Http404."""
    now = now or timezone.now()
    rows = STORIES.fetch(None, pk=pk, now=now, key=keys.article(pk))
    if not rows:
        raise Http404
    *row, bylines, taggings, told, corrections, version = rows[0][: -editions.WIDTH]
    edition = editions.of(rows[0], now)
    found = Article.from_db(DEFAULT_DB_ALIAS, STORY, row[: len(STORY)])
    section = section_bar.at(edition).by_key.get(found.section_id or 0)
    if section is not None:  # else it is hidden, or none: the story is not public
        found.section = section
    if found.lead_image_id is not None:
        found.lead_image = Image.from_db(DEFAULT_DB_ALIAS, PICTURE, row[len(STORY) :])
    found._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "bylines": [
            Byline(article=found, author=Author.from_db(DEFAULT_DB_ALIAS, NAMED, named), role=role, position=place)
            for place, role, *named in sorted(bylines or ())
        ],
        "taggings": [
            Tagging(article=found, tag=Tag.from_db(DEFAULT_DB_ALIAS, NAMED, named), position=place)
            for place, *named in sorted(taggings or ())
        ],
    }
    newest_first = sorted(written(PublicVersion, TOLD, told), key=lambda version: -version.number)
    found.version_shown = version if edition.apart is None else None  # type: ignore[attr-defined]
    changes.know(found, newest_first, written(Correction, CORRECTED, corrections))
    return found, edition


def _stories(_shape: None, pk: int, now: datetime, key: str) -> QuerySet[Any, Any]:
    picture = (f"lead_image__{name}" for name in PICTURE)
    lists = (
        listed(Byline.objects.filter(article=pk), ["position", "role", *(f"author__{name}" for name in NAMED)]),
        listed(Tagging.objects.filter(article=pk), ["position", *(f"tag__{name}" for name in NAMED)]),
        listed(changes.told_versions().filter(article=pk), TOLD),
        listed(changes.published().filter(article=pk), CORRECTED),
    )
    version = editions.version_of(key)
    return Article.objects.filter(pk=pk).values_list(*STORY, *picture, *lists, version, *editions.columns(now))


STORIES: Final = Prepared(_stories)
