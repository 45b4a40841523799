"""What do the stories of the demonstration say, and when was each published? Read from newsroom/demo/stories."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from newsroom.lib import dates

FOLDER: Final = Path(__file__).parent / "stories"
LIVE: Final = "live"


@dataclass(frozen=True)
class Remark:
    """A reader's comment; `reply_to` is the place of another one in the same list, counted from 0."""

    name: str
    text: str
    state: str
    minutes_after: int
    reply_to: int | None
    reason: str


@dataclass(frozen=True)
class Text:
    """One story as it was written down, with names where the database has keys; `key` is its file and place."""

    key: str
    content: dict[str, Any]
    remarks: tuple[Remark, ...]

    @property
    def stage(self) -> str:
        return str(self.content["stage"])

    def published_at(self, now: datetime) -> datetime:
        """Its time in Hà Nội, counted back from now unless it has a date of its own; never in the future."""
        if "date" in self.content:
            return datetime.fromisoformat(self.content["date"]).replace(tzinfo=dates.TZ)
        day = dates.local(now).date() - timedelta(days=self.content["days_ago"])
        when = datetime.combine(day, time.fromisoformat(self.content["time"]), dates.TZ)
        if when <= now:
            return when
        if self.content["days_ago"]:
            return when - timedelta(days=1)
        midnight = datetime.combine(day, time.min, dates.TZ)
        return max(midnight, now - timedelta(minutes=20))  # today's, at whatever hour the paper is looked at


def all_texts() -> Iterator[Text]:
    for path in sorted(FOLDER.glob("*.json")):
        for place, content in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            yield Text(f"{path.stem}/{place}", content, tuple(map(remark, content["comments"])))


def remark(content: dict[str, Any]) -> Remark:
    return Remark(
        name=content["name"],
        text=content["text"],
        state=content["state"],
        minutes_after=content["minutes_after"],
        reply_to=content["reply_to"],
        reason=content.get("reason") or "",
    )
