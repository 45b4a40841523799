"""How is a part of a word found in a million texts? By an index of all their parts of two and three letters.

`holding("fold", "uon")` finds what `fold__contains` finds. PostgreSQL asks an index on `newsroom_parts(fold)` first
(the function is made by the migration `desk_author` of articles); SQLite reads on.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value


class Holds(Func):
    """Whether a text holds a word. `<> 0` counts for nothing in a plan: the parts alone say how many texts do."""

    arity = 3
    template = "(strpos(%(column)s, %(word)s) <> 0 AND newsroom_parts(%(column)s) @> %(parts)s)"
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parts, word = (compiler.compile(source) for source in self.get_source_expressions())
        sql = self.template % {"column": column[0], "parts": parts[0], "word": word[0]}
        return sql, (*column[1], *word[1], *column[1], *parts[1])


def holding(column: str, word: str) -> Q:
    """Rows whose folded text holds the folded word anywhere. A word of one letter is in most texts, and met soon."""
    parts = parts_of(word)
    if connection.vendor == "postgresql" and parts:
        return Q(Holds(F(column), Value(parts), Value(word)))
    return Q(**{f"{column}__contains": word})


def parts_of(word: str) -> list[str]:
    """What to look for of a word: its threes of letters, or itself where it has two."""
    size = min(3, len(word))
    return [word[start : start + size] for start in range(len(word) - size + 1)] if size > 1 else []
