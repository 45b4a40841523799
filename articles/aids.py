"""What would a proof-reader remark in a story, and what does the story say once remarks are mended?

A remark is bound to its field, to the text around it, and to which of several such places it is: whoever mends it
later mends that place or nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from django.conf import settings

from articles.models import Snapshot
from newsroom.lib.blocktext import BlockText, Change
from newsroom.lib.proofreading import Finding, Kind, Placement, applied, proofread, usual_placements

FIELDS: Final = ("headline", "subheadline", "lead", "body", "picture_caption", "source")
CONTEXT: Final = 24  # characters on either side by which a place is known again
MOST: Final = 200  # remarks shown at once

Values = Mapping[str, str]  # a field's name -> its text; of the body its HTML


@dataclass(frozen=True)
class Remark:
    """A finding in a field, `before` and `after` being the text around it; `nth` tells places alike apart, from 0."""

    field: str
    finding: Finding
    before: str
    after: str
    nth: int

    @property
    def kind(self) -> Kind:
        return self.finding.kind

    @property
    def key(self) -> str:
        """The name under which a page sends it back."""
        found = self.finding
        parts = (self.field, found.kind, self.before, found.there, self.after, str(found.mend), str(self.nth))
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remarks(values: Values) -> list[Remark]:
    """All remarks, field by field in the order of the text."""
    texts = texts_of(values)
    house, usual = house_style(), usual_placements(texts.values())
    return [remark for field, text in texts.items() for remark in in_field(field, text, proofread(text, house, usual))]


def mended(values: Values, keys: Collection[str]) -> tuple[dict[str, str], list[Remark]]:
    """The values with the remarks of these keys mended, and which these were: not what has changed or moved since."""
    chosen = [remark for remark in remarks(values) if remark.key in keys and remark.finding.mend is not None]
    result = dict(values)
    for field in {remark.field for remark in chosen}:
        findings = [remark.finding for remark in chosen if remark.field == field]
        if field == "body":
            changes = [Change(one.start, one.end, one.mend or "") for one in findings]
            result[field] = BlockText(values[field]).changed(changes)
        else:
            result[field] = applied(values[field], findings)
    return result, chosen


def values_of(snapshot: Snapshot) -> dict[str, str]:
    """What of a story is looked at."""
    values = {field: getattr(snapshot, field) for field in FIELDS if field != "picture_caption"}
    return values | {"picture_caption": snapshot.picture.caption if snapshot.picture else ""}


def with_values(snapshot: Snapshot, values: Values) -> Snapshot:
    """The story with these texts in place of its own."""
    texts = {field: text for field, text in values.items() if field != "picture_caption"}
    picture = snapshot.picture and replace(snapshot.picture, caption=values["picture_caption"])
    return replace(snapshot, **texts, picture=picture)  # type: ignore[arg-type]


def house_style() -> Placement | None:
    """Where the house puts the tone of "hòa"; None where it leaves that to the writers."""
    return {"old": Placement.OLD, "new": Placement.NEW}.get(settings.TONE_PLACEMENT)


def texts_of(values: Values) -> dict[str, str]:
    """The fields as they are read."""
    return {field: BlockText(text).text if field == "body" else text for field, text in values.items()}


def in_field(field: str, text: str, findings: list[Finding]) -> Iterator[Remark]:
    """The findings with the text around them, as far as it belongs to the same paragraph."""
    for found in findings:
        before = text[max(0, found.start - CONTEXT) : found.start].rpartition("\n")[2]
        after = text[found.end : found.end + CONTEXT].partition("\n")[0]
        place = found.start - len(before)
        yield Remark(field, found, before, after, text.count(before + found.there + after, 0, place))
