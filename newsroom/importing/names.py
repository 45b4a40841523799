"""Which sections, authors and tags do the lines mean? Found by address or name, else made as the side file says."""

import json
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from articles import catalogue
from articles.models import Author, Section
from newsroom.importing.lines import Refused, Story
from newsroom.lib import text

Kind = type[Section] | type[Author]
FILLED_IN: Final = ["name_key", "name_fold", "sort", "is_public"]  # by articles.catalogue


def side_file(path: Path) -> dict[str, Any] | None:
    """FILE.meta.json beside the file, if there is one. Raises ValueError if it is none."""
    side = path.with_name(f"{path.name}.meta.json")
    if not side.exists():
        return None
    meta = json.loads(side.read_text(encoding="utf-8-sig"))
    if not isinstance(meta, dict):
        raise ValueError(side.name)
    return meta


class Names:
    """The sections, authors and tags of one file. `meta` None means that there is no side file: the lines are all."""

    def __init__(self, meta: dict[str, Any] | None) -> None:
        self.is_told = meta is not None
        self.told: dict[Kind, dict[str, dict[str, Any]]] = {
            Section: by_slug(meta or {}, "sections"),
            Author: by_slug(meta or {}, "authors"),
        }
        self.found: dict[tuple[Kind, str], int] = {}
        self.tags: dict[str, int] = {}
        last = Section.objects.aggregate(last=models.Max("position"))["last"]
        self.next_position = (last or 0) + 1

    def section(self, slug: str) -> int:
        """The key of the section, made if there is none. Raises Refused."""
        return self._key(Section, slug)

    def author(self, slug: str) -> int:
        """The key of the author, made if there is none. Raises Refused."""
        return self._key(Author, slug)

    def tag(self, name: str) -> int:
        """The key of the tag, made if there is none. Raises Refused."""
        identity = text.identity(name)
        if identity not in self.tags:
            try:
                self.tags[identity] = catalogue.tag_named(name).pk
            except ValidationError as error:
                raise Refused(" ".join(error.messages)) from error
        return self.tags[identity]

    def check(self, story: Story) -> None:
        """Raise Refused where the story's section or author could not be found or made. Writes nothing."""
        for kind, slug in ((Section, story.section), (Author, story.author)):
            if slug and (kind, slug) not in self.found and existing(kind, slug, self._name(kind, slug)) is None:
                self._new(kind, slug)

    def _key(self, kind: Kind, slug: str) -> int:
        if (kind, slug) not in self.found:
            thing = existing(kind, slug, self._name(kind, slug))
            if thing is None:
                thing = self._new(kind, slug)
                save(thing)
            self.found[kind, slug] = thing.pk
        return self.found[kind, slug]

    def _name(self, kind: Kind, slug: str) -> str:
        """The name that the side file gives; without one the words of the address."""
        told = self.told[kind].get(slug, {}).get("name", "")
        return text.clean_line(str(told)) or slug.replace("-", " ").capitalize()

    def _new(self, kind: Kind, slug: str) -> Section | Author:
        """An unsaved row for a slug that is unknown here. Raises Refused."""
        if self.is_told and slug not in self.told[kind]:
            raise Refused(_("“%(slug)s” stands neither in the side file nor here.") % {"slug": slug[:80]})
        thing: Section | Author
        if kind is Section:
            order = list(self.told[kind]).index(slug) if self.is_told else len(self.found)
            thing = Section(slug=slug, name=self._name(kind, slug), position=self.next_position + order)
        else:
            bio = str(self.told[kind].get(slug, {}).get("bio", ""))
            thing = Author(slug=slug, name=self._name(kind, slug), bio=bio)
        try:
            thing.clean_fields(exclude=FILLED_IN)
        except ValidationError as error:
            raise Refused(f"{slug[:80]}: {' '.join(error.messages)}") from error
        return thing


def by_slug(meta: dict[str, Any], field: str) -> dict[str, dict[str, Any]]:
    """What the side file says of each, in its order."""
    rows = meta.get(field)
    rows = rows if isinstance(rows, list) else []
    return {str(row["slug"]): row for row in rows if isinstance(row, dict) and "slug" in row}


def existing(kind: Kind, slug: str, name: str) -> Section | Author | None:
    """The row with this address, else the one that has the name already (names are unique, too)."""
    rows: Any = kind._default_manager
    top = {"parent": None} if kind is Section else {}
    found: Section | Author | None = (
        rows.filter(slug=slug).first() or rows.filter(name_key=text.identity(name), **top).first()
    )
    return found


def save(thing: Section | Author) -> None:
    if isinstance(thing, Section):
        catalogue.save_section(thing)
    else:
        catalogue.save_author(thing)
