"""How are differences shown on the desk? Fields and blocks in words, keys as names and pictures, changes numbered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.admin.related import STATE
from articles.differences import SAME, BlockChange, Change, Segment
from articles.models import Article, Author, Byline, BylineRef, CommentPolicy, Image, Presentation, Section, Tag

FIELD_LABELS: Final[dict[str, str | Promise]] = {
    "headline": gettext_lazy("Headline"),
    "subheadline": gettext_lazy("Sub-headline"),
    "lead": gettext_lazy("Lead"),
    "picture": gettext_lazy("Lead picture"),
    "body": gettext_lazy("Text"),
    "bylines": gettext_lazy("Byline"),
    "source": gettext_lazy("Source"),
    "section": gettext_lazy("Section"),
    "other_sections": gettext_lazy("Other sections"),
    "tags": gettext_lazy("Tags"),
    "comment_policy": gettext_lazy("Comments"),
    "presentation": gettext_lazy("Form"),
    "related": gettext_lazy("Related stories"),
}
CHOICES: Final = {"comment_policy": CommentPolicy.choices, "presentation": Presentation.choices}
BLOCK_LABELS: Final[dict[str, str | Promise]] = {
    "p": gettext_lazy("paragraph"),
    "h2": gettext_lazy("cross-head"),
    "h3": gettext_lazy("small cross-head"),
    "item": gettext_lazy("list item"),
    "numbered": gettext_lazy("numbered list item"),
    "quote": gettext_lazy("quotation"),
    "pull": gettext_lazy("pull quote"),
    "row": gettext_lazy("table row"),
    "picture": pgettext_lazy("block", "picture"),
    "embed": gettext_lazy("embed"),
    "rule": gettext_lazy("rule"),
}
FATES: Final[dict[str, str | Promise]] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
    "restyled": gettext_lazy("formatting or links changed"),
    "moved": gettext_lazy("moved here"),
    "left": gettext_lazy("moved away"),
}


@dataclass(frozen=True)
class Shown:
    """A member of a list, in words; a picture also as itself."""

    kind: str
    text: str
    image: Image | None = None


@dataclass(frozen=True)
class BlockRow:
    """A block of the body as the page shows it; `number` counts the changes of the page, 0 for what is the same."""

    change: BlockChange
    label: str
    fate: str
    number: int = 0
    image: Image | None = None
    was: str = ""  # what kind of block it was, if it is another now
    links: tuple[tuple[str, str], ...] = ()  # old and new addresses of links that changed


@dataclass
class Run:
    """Blocks of the body one after the other that are the same, or one that is not."""

    is_changed: bool
    rows: list[BlockRow] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A field as the page shows it."""

    name: str
    label: str
    is_changed: bool
    number: int = 0
    segments: tuple[Segment, ...] = ()
    runs: tuple[Run, ...] = ()
    items: tuple[Shown, ...] = ()


class Names:
    """What the keys in these differences stand for; one query for each kind of thing."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[str, set[int]] = {kind: set() for kind in ("bylines", "tags", "sections", "pictures", "related")}
        for change in changes:
            kind = {"section": "sections", "other_sections": "sections", "picture": "pictures"}.get(change.name)
            values = [getattr(item.value, "author", item.value) for item in change.items]
            if (kind := kind or change.name) in wanted:
                wanted[kind].update(values)
            blocks = [each.block for each in change.blocks]
            wanted["pictures"].update(int(block.target) for block in blocks if block.kind == "picture")
        self.authors = Author.objects.in_bulk(wanted["bylines"])
        self.tags = Tag.objects.in_bulk(wanted["tags"])
        self.sections = Section.objects.select_related("parent").in_bulk(wanted["sections"])
        self.stories = stories_named(wanted["related"])
        self.images = Image.objects.defer("fold", "rights").in_bulk(wanted["pictures"])

    def shown(self, name: str, kind: str, value: Any) -> Shown:
        """A member of the list `name`; what is no longer there keeps its place."""
        if name == "picture":
            image = self.images.get(value)
            return Shown(kind, str(image or _("(no longer there)")), image)
        return Shown(kind, self.word(name, value) or _("(no longer there)"))

    def word(self, name: str, value: Any) -> str:
        if isinstance(value, BylineRef):
            author = self.authors.get(value.author)
            return f"{author} ({dict(Byline.Role.choices).get(value.role, value.role)})" if author else ""
        if name in CHOICES:
            return str(dict(CHOICES[name]).get(value, value))
        kept: dict[str, dict[int, Any]] = {
            "tags": self.tags,
            "related": self.stories,
            "section": self.sections,
            "other_sections": self.sections,
        }
        return str(kept[name].get(value, "")) if name in kept else str(value)


def stories_named(keys: set[int]) -> dict[int, str]:
    """Other stories as readers know them; those that readers do not have by their number."""
    stories = Article.objects.only("headline", *STATE).select_related("section").in_bulk(keys)
    return {pk: story.public_headline or f"#{pk}" for pk, story in stories.items()}


def rows(changes: list[Change]) -> list[Row]:
    """The fields of a comparison, their changes numbered from 1 in reading order."""
    names, numbers = Names(changes), count(1)
    return [row(change, names, numbers) for change in changes]


def row(change: Change, names: Names, numbers: Iterator[int]) -> Row:
    """One field; a body counts each of its changed blocks, every other field is one change."""
    is_whole = change.is_changed and not change.blocks
    return Row(
        change.name,
        str(FIELD_LABELS.get(change.name, change.name)),
        change.is_changed,
        next(numbers) if is_whole else 0,
        change.segments,
        tuple(runs(change.blocks, names, numbers)),
        tuple(names.shown(change.name, item.kind, item.value) for item in change.items),
    )


def runs(changes: Iterable[BlockChange], names: Names, numbers: Iterator[int]) -> list[Run]:
    found: list[Run] = []
    for change in changes:
        if change.is_changed or not found or found[-1].is_changed:
            found.append(Run(change.is_changed))
        found[-1].rows.append(block_row(change, names, numbers))
    return found


def block_row(change: BlockChange, names: Names, numbers: Iterator[int]) -> BlockRow:
    block = change.block
    return BlockRow(
        change,
        str(BLOCK_LABELS[block.kind]),
        str(FATES.get(change.kind, "")),
        next(numbers) if change.is_changed else 0,
        names.images.get(int(block.target)) if block.kind == "picture" else None,
        str(BLOCK_LABELS[change.old.kind]) if change.old and change.has_new_kind else "",
        tuple((item.kind, item.value) for item in change.links if item.kind != SAME),
    )


def last_number(shown: list[Row]) -> int:
    """How many changes there are."""
    blocks = (each.number for row in shown for run in row.runs for each in run.rows)
    return max((*blocks, *(row.number for row in shown)), default=0)
