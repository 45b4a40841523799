"""How does the page of a story get its row, with the names on it, in two statements?"""

from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, QuerySet, Value
from django.http import Http404

from articles import changes, section_bar
from articles.cards import columns
from articles.models import Article, Author, Byline, Image, Tag, Tagging
from newsroom.lib.prepared import Prepared

STORY: Final = [field.attname for field in Article._meta.concrete_fields if field.attname != "body"]
PICTURE: Final = [field.attname for field in Image._meta.concrete_fields if field.attname not in ("fold", "rights")]
NAMED: Final = columns(Author, "id name slug")  # of authors and tags alike


def story(pk: int) -> Article:
    """The story with section, lead picture, bylines and tags, and marked as `changes.marked` does. Raises Http404."""
    rows = STORIES.fetch(None, pk=pk)
    if not rows:
        raise Http404
    row = rows[0]
    found = Article.from_db(DEFAULT_DB_ALIAS, STORY, row[: len(STORY)])
    is_told, is_corrected, version = row[-3:]
    found.is_told, found.is_corrected = bool(is_told), bool(is_corrected)  # type: ignore[attr-defined]
    section = section_bar.at(version).by_key.get(found.section_id or 0)
    if section is not None:  # else it is hidden, or none: the story is not public
        found.section = section
    if found.lead_image_id is not None:
        found.lead_image = Image.from_db(DEFAULT_DB_ALIAS, PICTURE, row[len(STORY) : -3])
    bylines, taggings = names(found)
    found._prefetched_objects_cache = {"bylines": bylines, "taggings": taggings}  # type: ignore[attr-defined]
    return found


def _stories(_shape: None, pk: int) -> QuerySet[Any, Any]:
    picture = (f"lead_image__{name}" for name in PICTURE)
    rows = changes.marked(Article.objects.filter(pk=pk))
    return rows.values_list(*STORY, *picture, "is_told", "is_corrected", section_bar.version())


STORIES: Final = Prepared(_stories)


def names(story: Article) -> tuple[list[Byline], list[Tagging]]:
    """Who stands under the story, and its keywords, both in order."""
    bylines, taggings = [], []
    for role, place, *named in sorted(NAMES.fetch(None, story=story.pk), key=lambda row: row[1]):
        if role:
            author = Author.from_db(DEFAULT_DB_ALIAS, NAMED, named)
            bylines.append(Byline(article=story, author=author, role=role, position=place))
        else:
            tag = Tag.from_db(DEFAULT_DB_ALIAS, NAMED, named)
            taggings.append(Tagging(article=story, tag=tag, position=place))
    return bylines, taggings


def _names(_shape: None, story: int) -> QuerySet[Any, Any]:
    authors = Byline.objects.filter(article=story).order_by()
    tags = Tagging.objects.filter(article=story).order_by()
    return authors.values_list("role", "position", *(f"author__{name}" for name in NAMED)).union(
        tags.values_list(Value("", CharField()), "position", *(f"tag__{name}" for name in NAMED)), all=True
    )


NAMES: Final = Prepared(_names)
