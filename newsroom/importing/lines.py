"""Which stories does a file of JSON Lines hold, and which of its lines cannot be taken, and why?

One story a line: id, slug, title, lead, body (blocks of plain text), section, author, image, caption, tags,
published_at, updated_at, comments. Text becomes NFC here, at the border.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from articles.models.article import HEADLINE_LENGTH, LEAD_LENGTH
from comments.models import NAME_LENGTH
from comments.posting import LoadedComment
from newsroom.lib import dates, text

BLOCKS: Final = {"p": "<p>{}</p>", "h2": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>"}
KEY_LENGTH: Final = 60
TAG_LENGTH: Final = 80
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH: Final = 100

Content = dict[str, Any]


class Refused(ValueError):
    """The line cannot be taken; `str()` says why, for the person who mends the file."""


@dataclass(frozen=True)
class Story:
    """A line that holds a story; `number` counts from 1. Section and author are slugs, tags names, image a file."""

    number: int
    key: str
    slug: str
    headline: str
    lead: str
    body: str
    section: str
    author: str
    image: str
    caption: str
    tags: tuple[str, ...]
    published_at: datetime
    updated_at: datetime | None
    comments: tuple[LoadedComment, ...]


@dataclass(frozen=True)
class Reject:
    """A line that was not taken; `key` is its id, where it could be read."""

    number: int
    key: str
    reason: str


def read(path: Path) -> Iterator[Story | Reject]:
    """Every line of the file that is not blank, one at a time. Raises OSError."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                yield story_or_reject(number, raw)


def story_or_reject(number: int, raw: bytes) -> Story | Reject:
    content: Content = {}
    try:
        content = parsed(raw)
        return story(number, content)
    except Refused as refused:
        return Reject(number, str(content.get("id", ""))[:KEY_LENGTH], str(refused))


def parsed(raw: bytes) -> Content:
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(_("The line is not UTF-8.")) from None
    except (ValueError, RecursionError):
        raise Refused(_("The line is not JSON.")) from None
    if not isinstance(content, dict):
        raise Refused(_("The line is not a story."))
    return content


def story(number: int, content: Content) -> Story:
    """The story of a line. Raises Refused."""
    key, published_at = source_key(content), moment(content, "published_at")
    updated_at = moment(content, "updated_at") if content.get("updated_at") else None
    return Story(
        number=number,
        key=key,
        slug=bare_slug(line(content, "slug"), key),
        headline=line(content, "title", HEADLINE_LENGTH, needed=True),
        lead=line(content, "lead", LEAD_LENGTH),
        body=body(content),
        section=line(content, "section", needed=True),
        author=line(content, "author"),
        image=line(content, "image"),
        caption=line(content, "caption"),
        tags=tags(content),
        published_at=published_at,
        updated_at=updated_at if updated_at and updated_at > published_at else None,
        comments=comments(content),
    )


def source_key(content: Content) -> str:
    """The story's id at its source, a number or a short text."""
    key = content.get("id")
    if isinstance(key, bool) or not isinstance(key, int | str):
        raise Refused(_("The story has no id."))
    key = text.clean_line(str(key))
    if not 0 < len(key) <= KEY_LENGTH:
        raise Refused(_("The id is empty or longer than %(limit)s characters.") % {"limit": KEY_LENGTH})
    return key


def bare_slug(slug: str, key: str) -> str:
    """The slug without the id at its end; "" where it is no address, so that one is made from the headline."""
    slug = slug.removesuffix(f"-{key}")
    return slug if SLUG.fullmatch(slug) and len(slug) <= SLUG_LENGTH else ""


def line(content: Content, field: str, limit: int = 0, *, needed: bool = False) -> str:
    """A field as one clean line. Raises Refused if it is not text, missing though needed, or longer than the limit."""
    value = content.get(field)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise Refused(_("“%(field)s” is not text.") % {"field": field})
    value = text.clean_line(value)
    if needed and not value:
        raise Refused(_("“%(field)s” is missing.") % {"field": field})
    if limit and len(value) > limit:
        raise Refused(_("“%(field)s” is longer than %(limit)s characters.") % {"field": field, "limit": limit})
    return value


def moment(content: Content, field: str) -> datetime:
    """A time with its offset, in the years that the archive knows."""
    value = line(content, field, needed=True)
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(_("“%(field)s” is not a time: %(value)s.") % {"field": field, "value": value[:40]}) from None
    if when.tzinfo is None:
        raise Refused(_("“%(field)s” has no offset: %(value)s.") % {"field": field, "value": value[:40]})
    if not dates.FIRST_YEAR < when.year < dates.LAST_YEAR:
        raise Refused(_("“%(field)s” is not a possible year: %(value)s.") % {"field": field, "value": value[:40]})
    return when


def items(content: Content, field: str) -> list[Any]:
    value = content.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refused(_("“%(field)s” is not a list.") % {"field": field})
    return value


def body(content: Content) -> str:
    """The blocks as HTML: what looks like mark-up in them is text."""
    made = []
    for block in items(content, "body"):
        template = BLOCKS.get(str(block.get("t"))) if isinstance(block, dict) else None
        if template is None:
            raise Refused(_("“body” has a block of an unknown kind."))
        made.append(template.format(escape(line(block, "text", needed=True), quote=False)))
    if not made:
        raise Refused(_("The story has no text."))
    return "".join(made)


def tags(content: Content) -> tuple[str, ...]:
    """The names of its tags, each once (names are compared with their marks)."""
    named: dict[str, str] = {}
    for name in items(content, "tags"):
        clean = line({"tags": name}, "tags", TAG_LENGTH, needed=True)
        named.setdefault(text.identity(clean), clean)
    return tuple(named.values())


def comments(content: Content) -> tuple[LoadedComment, ...]:
    """Its readers' comments, in the order of the file; what they answer is told by place, not by id."""
    places: dict[Any, int] = {}
    loaded = []
    for place, comment in enumerate(items(content, "comments")):
        try:
            loaded.append(comment_of(comment, places))
        except Refused as refused:
            raise Refused(
                _("Comment %(place)s: %(reason)s") % {"place": place + 1, "reason": str(refused)}
            ) from refused
        if isinstance(comment.get("id"), int | str):
            places[comment["id"]] = place
    return tuple(loaded)


def comment_of(comment: object, places: dict[Any, int]) -> LoadedComment:
    if not isinstance(comment, dict):
        raise Refused(_("This is not a comment."))
    parent = comment.get("parent")
    if parent is not None and (not isinstance(parent, int | str) or parent not in places):
        raise Refused(_("It answers a comment that does not stand before it."))
    words = comment.get("text")
    if not isinstance(words, str) or not text.clean(words).strip():
        raise Refused(_("“%(field)s” is missing.") % {"field": "text"})
    return LoadedComment(
        name=text.excerpt(line(comment, "name", needed=True), NAME_LENGTH),
        text=text.clean(words).strip(),
        posted_at=moment(comment, "posted_at"),
        parent=None if parent is None else places[parent],
    )
