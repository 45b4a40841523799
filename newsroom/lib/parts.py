"""How is a part of a word found in a million texts? By an index of all their parts of two and three letters.

`holding("fold", "uon")` finds what `fold__contains` finds. For PostgreSQL it asks in a second way, too, which an index
on `newsroom_parts(fold)` answers (the function is made by the migration `desk_author` of articles); SQLite reads on.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value

FUNCTION = """
CREATE FUNCTION newsroom_parts(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
DECLARE
    parts text[] := '{}';
    word text;
BEGIN
    FOREACH word IN ARRAY string_to_array(words, ' ') LOOP
        FOR start IN 1 .. length(word) - 1 LOOP
            parts := parts || substr(word, start, 2);
            IF start < length(word) - 1 THEN
                parts := parts || substr(word, start, 3);
            END IF;
        END LOOP;
    END LOOP;
    RETURN parts;
END $$"""


class HasParts(Func):
    """Whether a folded text (of a column) has all of these parts."""

    template = "(newsroom_parts(%(expressions)s))"
    arg_joiner = ") @> ("
    output_field = BooleanField()


def holding(column: str, word: str) -> Q:
    """Rows whose folded text holds the folded word anywhere. A word of one letter is in most texts, and met soon."""
    said, parts = Q(**{f"{column}__contains": word}), parts_of(word)
    if connection.vendor != "postgresql" or not parts:
        return said
    return said & Q(HasParts(F(column), Value(parts)))


def parts_of(word: str) -> list[str]:
    """What to look for of a word: its threes of letters, or itself where it has two."""
    size = min(3, len(word))
    return [word[start : start + size] for start in range(len(word) - size + 1)] if size > 1 else []
