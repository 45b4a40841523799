"""Which sections do readers see? Kept in memory as long as the version of what stands around every page is the same.

Whoever asks has read that version with the query that it asks anyway (`version`), so nothing here is ever old.
"""

from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from articles import keys
from articles.models import Section
from newsroom.lib.pagecache.models import Epoch


@dataclass(frozen=True)
class SectionBar:
    """The public sections at one version."""

    version: int
    top: list[Section] = field(default_factory=list)  # in order, each with its `shown_subsections`
    by_key: dict[int, Section] = field(default_factory=dict)


class Memory:
    """The bar of this process."""

    bar: SectionBar | None = None


def version() -> Coalesce:
    """The version of what stands around every page, as a column of a query."""
    epochs = Epoch.objects.filter(key=keys.CHROME).values("version")[:1]
    return Coalesce(Subquery(epochs), Value(0), output_field=BigIntegerField())


def at(version: int) -> SectionBar:
    """The bar at this version; a query only where it is another one than the last."""
    bar = Memory.bar
    if bar is None or bar.version != version:
        bar = Memory.bar = loaded(version)
    return bar


def loaded(version: int = 0) -> SectionBar:
    shown = list(Section.objects.public())
    for section in shown:
        section.shown_subsections = [sub for sub in shown if sub.parent_id == section.pk]  # type: ignore[attr-defined]
    top = [section for section in shown if section.parent_id is None]
    return SectionBar(version, top, {section.pk: section for section in shown})
