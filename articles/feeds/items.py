"""What does a feed, in whatever format, tell of a story?

Everything is cleaned here: XML cannot hold control characters, and what stands in a database may be older than its
checks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from articles import fronts, renditions
from articles.addresses import absolute
from articles.editions import Edition
from articles.heads import LISTS
from articles.models import Article, Author, Byline, Image, Section, Tag
from newsroom.lib import html, text
from newsroom.lib.pieces import Shelf

PICTURE_WIDTH: Final = 1200


@dataclass(frozen=True)
class Picture:
    """The lead picture as one file. `bytes` is 0 where nobody has weighed it: "not known", says the RSS profile."""

    address: str
    width: int
    height: int
    bytes: int
    caption: str
    credit: str
    kind: str = renditions.MIME["jpg"]

    @classmethod
    def of(cls, image: Image | None, caption: str) -> Self | None:
        """None where there is no picture, or no file of it yet."""
        if image is None or not renditions.has(image, "full"):
            return None
        across, down = renditions.size(image, "full")
        width = renditions.shown_width(image, "full", PICTURE_WIDTH)
        return cls(
            address=absolute(renditions.url(image, "full", width)),
            width=width,
            height=round(down * width / across),
            bytes=renditions.weight(image, "full", width),
            caption=text.clean_line(caption or image.caption or image.alt),
            credit=text.clean_line(image.credit),
        )


@dataclass(frozen=True)
class Item:
    """A story; `writers` are names with addresses, `content` is HTML that may stand anywhere."""

    address: str  # its name for ever too: the address of a story never changes
    headline: str
    summary: str
    content: str
    published_at: datetime
    updated_at: datetime
    writers: list[tuple[str, str]]
    sections: list[str]
    tags: list[str]
    picture: Picture | None

    @classmethod
    def of(cls, story: Article) -> Self:
        assert story.published_at and story.section, "published() asks for both"
        return cls(
            address=absolute(story.get_absolute_url()),
            headline=text.clean_line(story.headline),
            summary=text.clean_line(story.lead),
            content=text.clean(html.outward(story.html, absolute)),
            published_at=story.published_at,
            updated_at=story.updated_at or story.published_at,
            writers=[
                (text.clean_line(byline.author.name), absolute(byline.author.get_absolute_url()))
                for byline in story.bylines.all()
                if byline.role == Byline.Role.TEXT
            ],
            sections=cleaned(part.name for part in story.section.line),
            tags=cleaned(tagging.tag.name for tagging in story.taggings.all()),
            picture=Picture.of(story.lead_image, story.lead_caption),
        )


def newest(edition: Edition, of: Section | Author | Tag | None = None) -> list[Item]:
    """The newest stories of a list, or of the paper, in this edition; three queries for what is not in memory."""
    place = (of._meta.model_name or "", of.pk) if of else ("", 0)
    rows = LISTS[place[0]](place[1]) if of else None
    return NEWEST.fetch(edition, [place], lambda _places: {place: list(map(Item.of, fronts.for_feed(rows)))})[place]


NEWEST: Final = Shelf[tuple[str, int], list[Item]](4)


def cleaned(names: Iterable[str]) -> list[str]:
    return [text.clean_line(name) for name in names]
