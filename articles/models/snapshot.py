"""What does a reader see of a story? Every such field, as one value that revisions keep as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

SCHEMA = 1
# Fields that came later: at their default they are left out, so that a text which does not use them keeps its digest.
LATER = {"presentation": "", "related": ()}


@dataclass(frozen=True)
class BylineRef:
    """An author by key, in a role (see Byline.Role)."""

    author: int
    role: str = "text"


@dataclass(frozen=True)
class PictureRef:
    """A picture by key with the caption it has in this place; empty means the picture's own."""

    image: int
    caption: str = ""


@dataclass(frozen=True)
class Snapshot:
    """The text of a story with its pictures, bylines, sections and tags (related rows by key)."""

    headline: str = ""
    subheadline: str = ""
    lead: str = ""
    body: str = ""
    source: str = ""
    section: int | None = None
    other_sections: tuple[int, ...] = ()
    bylines: tuple[BylineRef, ...] = ()
    tags: tuple[int, ...] = ()
    picture: PictureRef | None = None
    comment_policy: str = ""
    presentation: str = ""  # see Presentation
    related: tuple[int, ...] = ()  # stories to read on, chosen by the desk, in order
    schema: int = field(default=SCHEMA)

    def to_json(self) -> dict[str, Any]:
        content = asdict(self)
        return {name: value for name, value in content.items() if name not in LATER or value != LATER[name]}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """The snapshot in a revision's JSON. Raises ValueError for a schema this code does not know."""
        if content.get("schema") != SCHEMA:
            raise ValueError(f"unknown snapshot schema {content.get('schema')!r}")
        picture = content["picture"]
        return cls(
            **{
                **content,
                "other_sections": tuple(content["other_sections"]),
                "tags": tuple(content["tags"]),
                "related": tuple(content.get("related", ())),
                "bylines": tuple(BylineRef(**ref) for ref in content["bylines"]),
                "picture": PictureRef(**picture) if picture else None,
            }
        )
