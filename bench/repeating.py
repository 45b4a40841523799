"""How does one story become thousands? Its rows again, with other keys, at another time, and a record that holds."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models

from articles import record
from articles.models import Article, ImportRecord, PublicVersion, Revision
from bench.rows import Table
from newsroom.lib import dates

POOL = 250  # stories that are repeated, of each kind


def canonical(content: Any) -> str:
    """The JSON over which digests are taken."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass
class Specimen:
    """The rows of a story that was published at `at`."""

    rows: list[tuple[Table, list[Any]]]
    at: datetime

    def __post_init__(self) -> None:
        """Find the keys that move with the story: of its rows, and those that point to the story or its revisions."""
        self.moving = {table: moving_keys(table) for table, _row in self.rows}
        self.story = next(row[0] for table, row in self.rows if table.model is Article)
        self.revision = min(row[0] for table, row in self.rows if table.model is Revision)

    def repeat(self, stories: Any, at: datetime) -> None:
        """Write the rows once more, as of a story published at this time."""
        writer, later = stories.writer, at - self.at
        shifts = {Article: writer.next_key(Article) - self.story}
        shifts[Revision] = writer.keys[Revision] + 1 - self.revision
        for table, old in self.rows:
            row = old.copy()
            if table.model is not Article and isinstance(table.model._meta.pk, models.AutoField):
                row[0] = writer.next_key(table.model)
            for place, model in self.moving[table]:
                row[place] = row[place] and row[place] + shifts[model]
            for place in table.times:
                row[place] = row[place] and row[place] + later
            for place in table.days:
                row[place] = row[place] and dates.local(at).date()
            if table.model is PublicVersion:
                self.vouch(table, row, shifts[Article], at)
            elif table.model is ImportRecord:
                row[table.places["source_id"]] = str(self.story + shifts[Article])
            writer.rows[table.model].append(row)
        if stories.number % 5 == 0:
            stories.public.append((self.story + shifts[Article], at))

    def vouch(self, table: Table, row: list[Any], shift: int, at: datetime) -> None:
        """Let the content say the new address and time, and the digest cover it."""
        places, pk = table.places, self.story + shift
        content = row[places["content"]].replace(f"-{self.story}.html", f"-{pk}.html")
        content = content.replace(str(record.moment(self.at)), str(record.moment(at)))
        moment = row[places["at"]].astimezone(UTC).isoformat(timespec="microseconds")
        envelope = (
            f'{{"article":{pk},"at":"{moment}","by":{row[places["by_id"]]},"content":{content},"correction":null,'
            '"kind":"first","line":"","number":1,"previous":""}'
        )
        row[places["content"]], row[places["digest"]] = content, hashlib.sha256(envelope.encode()).hexdigest()


def moving_keys(table: Table) -> list[tuple[int, type[models.Model]]]:
    found = [(n, field.related_model) for n, field in enumerate(table.fields) if field.is_relation]
    own = [(0, Article)] if table.model is Article else []
    return own + [(n, model) for n, model in found if model in (Article, Revision)]
