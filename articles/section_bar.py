"""Which sections and which masthead do readers see? Kept in memory as long as their edition is the same."""

from dataclasses import dataclass, field
from typing import Final

from articles.editions import Edition
from articles.models import Publication, Section
from newsroom.lib.pieces import Shelf


@dataclass(frozen=True)
class SectionBar:
    """The public sections, and who publishes the paper."""

    publication: Publication
    top: list[Section] = field(default_factory=list)  # in order, each with its `shown_subsections`
    by_key: dict[int, Section] = field(default_factory=dict)

    def named(self, slug: str) -> Section | None:
        return next((section for section in self.by_key.values() if section.slug == slug), None)


BARS: Final = Shelf[None, SectionBar](1)


def at(edition: Edition) -> SectionBar:
    """The bar of this edition; queries only where it is another one than the last."""
    return BARS.fetch((edition.frame, edition.apart), [None], lambda _keys: {None: loaded()})[None]


def loaded() -> SectionBar:
    shown = list(Section.objects.public())
    for section in shown:
        section.shown_subsections = [sub for sub in shown if sub.parent_id == section.pk]  # type: ignore[attr-defined]
    top = [section for section in shown if section.parent_id is None]
    return SectionBar(Publication.current(), top, {section.pk: section for section in shown})
