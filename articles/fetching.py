"""How does the page of a story get its row, with everything that is told on it, in one statement?

Names, changes and corrections come as lists in JSON, so that no second statement and no second row is needed.
"""

from copy import copy
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, F, QuerySet, When
from django.db.models.lookups import Exact
from django.http import Http404
from django.utils import timezone

from articles import changes, editions, keys, section_bar
from articles.cards import columns
from articles.editions import Edition
from articles.models import Article, Author, Byline, Correction, Image, PublicVersion, Tag, Tagging
from newsroom.lib.jsonrows import listed, written
from newsroom.lib.pieces import Pieces
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


class Kept(NamedTuple):
    """A story in memory, as it is in one version of what its page shows; never changed."""

    version: int
    story: Article


KEPT: Final = Pieces[Kept](40)
UNKNOWN: Final = Kept(-1, Article())


def story(pk: int, now: datetime | None = None) -> tuple[Article, Edition]:
    """The story as `articles.reading` wants it, and the edition in which it is read. Raises Http404.

    Of one that is in memory in this version, the database hands over neither text nor lists.
    """
    now, kept = now or timezone.now(), KEPT.find(pk) or UNKNOWN
    own, thread = keys.article(pk), keys.thread(pk)
    rows = STORIES.fetch(None, pk=pk, now=now, own=own, thread=thread, known=kept.version)
    if not rows:
        raise Http404
    *row, version, of_thread = rows[0][: -editions.WIDTH]
    if kept.version != version:
        kept = KEPT.put(pk, Kept(version, _built(row)))
    edition, found = editions.of(rows[0], now), copy(kept.story)
    section = section_bar.at(edition).by_key.get(found.section_id or 0)
    if section is not None:  # else it is hidden, or none: the story is not public
        found.section = section
    found.versions = editions.Versions(version, of_thread, edition.frame)  # type: ignore[attr-defined]
    return found, edition


def _built(row: list[Any]) -> Article:
    *row, bylines, taggings, told, corrections = row
    found = Article.from_db(DEFAULT_DB_ALIAS, STORY, row[: len(STORY)])
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
    changes.know(found, newest_first, written(Correction, CORRECTED, corrections))
    return found


def _stories(_shape: None, pk: int, now: datetime, own: str, thread: str, known: int) -> QuerySet[Any, Any]:
    version = editions.version_of(own)

    def unless_known(column: Any) -> Case:
        return Case(When(Exact(version, known), then=None), default=column)

    columns_of_story = (unless_known(F(name)) if name == "html" else name for name in STORY)
    picture = (f"lead_image__{name}" for name in PICTURE)
    lists = (
        listed(Byline.objects.filter(article=pk), ["position", "role", *(f"author__{name}" for name in NAMED)]),
        listed(Tagging.objects.filter(article=pk), ["position", *(f"tag__{name}" for name in NAMED)]),
        listed(changes.told_versions().filter(article=pk), TOLD),
        listed(changes.published().filter(article=pk), CORRECTED),
    )
    versions = version, editions.version_of(thread)
    return Article.objects.filter(pk=pk).values_list(
        *columns_of_story, *picture, *map(unless_known, lists), *versions, *editions.columns(now)
    )


STORIES: Final = Prepared(_stories)
