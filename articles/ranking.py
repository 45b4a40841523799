"""How do SQLite and PostgreSQL find stories by words, and which come first?

Of very many hits only the newest (or oldest) MOST are looked at. PostgreSQL takes them by the months that its index
knows (migration `search_windows`): the nearest four first, then 32, then all, so that a frequent word is as quick as
a rare one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from articles.queries import Order, Query, Within
from newsroom.lib import dates

MOST: Final = 2000  # hits that are ranked
MONTH: Final = 30 * 24 * 3600  # seconds: a "month" of PostgreSQL's index
WINDOWS: Final = {"near": 4, "wider": 32}  # months

_DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)

_SECTION: Final = """
    AND EXISTS (SELECT 1 FROM articles_placement p WHERE p.article_id = d.article_id AND p.section_id = %(section)s)"""
_AUTHOR: Final = """
    AND EXISTS (SELECT 1 FROM articles_byline b WHERE b.article_id = d.article_id AND b.author_id = %(author)s)"""
_EXACTLY: Final = " AND d.exact @@ phraseto_tsquery('simple', %({})s)"
_DAYS: Final = "d.published_at >= %(since)s AND d.published_at < %(until)s"

# The unary plus keeps FTS5 from looking up each key of the list in an index of its own.
_SQLITE: Final = """
WITH newest AS (
    SELECT d.article_id AS id, d.published_at AS at
    FROM articles_searchindex CROSS JOIN articles_searchdoc d INDEXED BY searchdoc_age
        ON d.article_id = articles_searchindex.rowid
    WHERE articles_searchindex MATCH %(all)s AND {narrowed} ORDER BY d.published_at {way} LIMIT %(most)s
)"""
_SQLITE_RANKED: Final = """, ranks AS (
    SELECT rowid AS id, bm25(articles_searchindex, 8.0, 1.0) AS rank FROM articles_searchindex
    WHERE articles_searchindex MATCH %(all)s AND +rowid IN (SELECT id FROM newest)
), typed AS (
    SELECT rowid AS id FROM articles_searchindex
    WHERE articles_searchindex MATCH %(typed)s AND +rowid IN (SELECT id FROM newest)
), together AS (
    SELECT rowid AS id FROM articles_searchindex
    WHERE articles_searchindex MATCH %(together)s AND +rowid IN (SELECT id FROM newest)
)
SELECT newest.id FROM newest JOIN ranks ON ranks.id = newest.id
ORDER BY newest.id IN typed DESC, newest.id IN together DESC, ranks.rank, newest.at DESC, newest.id DESC"""

# The order is said by an expression, so that the planner does not walk all stories from the newest on.
_HITS: Final = """
    SELECT d.article_id AS id, d.published_at AS at FROM articles_searchdoc d
    WHERE d.folded @@ ({asked}WINDOW) AND {narrowed}ONLY_IF
    ORDER BY d.published_at + interval '0' {way} LIMIT %(most)s"""
_NEAR: Final = _HITS.replace("WINDOW", " && {near}").replace("ONLY_IF", "")
_WIDER: Final = _HITS.replace("WINDOW", " && {wider}").replace("ONLY_IF", " AND (TABLE few_near)")
_ALL: Final = _HITS.replace("WINDOW", "").replace("ONLY_IF", " AND (TABLE few_near) AND (TABLE few_wider)")
_POSTGRESQL: Final = f"""
WITH near AS MATERIALIZED ({_NEAR}
), few_near AS (SELECT count(*) < %(most)s FROM near
), wider AS MATERIALIZED ({_WIDER}
), few_wider AS (SELECT count(*) < %(most)s FROM wider
), newest AS MATERIALIZED (
    SELECT * FROM near WHERE NOT (TABLE few_near)
    UNION ALL SELECT * FROM wider WHERE NOT (TABLE few_wider)
    UNION ALL ({_ALL})
)"""
_POSTGRESQL_RANKED: Final = """
SELECT id FROM newest JOIN articles_searchdoc d ON d.article_id = id
ORDER BY
    d.exact @@ CASE WHEN %(is_plain)s THEN phraseto_tsquery('simple', %(typed)s)
        ELSE plainto_tsquery('simple', %(typed)s) END DESC,
    d.folded @@ phraseto_tsquery('simple', %(all)s) DESC,
    ts_rank(d.folded, plainto_tsquery('simple', %(all)s)) DESC, at DESC, id DESC"""
# The months from the first story on.
_FIRST_MONTHS: Final = f"""(
    SELECT string_agg('''~' || month || '''', '|')::tsquery FROM (
        SELECT floor(extract(epoch FROM greatest(min(published_at), %(since)s)) / {MONTH})::int AS first
        FROM articles_searchdoc
    ) s, generate_series(s.first, s.first + {{}} - 1) month)"""
_BY_DATE: Final = " SELECT id FROM newest ORDER BY at {way}, id {way}"

_SQLITE_HAS: Final = "EXISTS (SELECT 1 FROM articles_searchindex WHERE articles_searchindex MATCH %s)"
_ONE: Final = """(SELECT d.article_id FROM articles_searchdoc d
    WHERE d.folded @@ (plainto_tsquery('simple', %s){}) ORDER BY d.published_at + interval '0' LIMIT 1)"""
_POSTGRESQL_HAS: Final = f"COALESCE({_ONE.format(' && %s::tsquery')}, {_ONE.format('')}) IS NOT NULL"


def ranked(query: Query, within: Within, order: Order) -> list[int]:
    """Keys of the newest (or oldest) MOST stories with these words, in order, whether readers may see them or not."""
    since, until = bounds(within)
    values = {
        "since": connection.ops.adapt_datetimefield_value(since),
        "until": connection.ops.adapt_datetimefield_value(until),
        "section": within.section.pk if within.section else None,
        "author": within.author.pk if within.author else None,
        "most": MOST,
    }
    parts = {
        "narrowed": _DAYS + (_SECTION if within.section else "") + (_AUTHOR if within.author else ""),
        "way": "ASC" if order is Order.OLDEST else "DESC",
    }
    if connection.vendor == "sqlite":
        find, rank = _SQLITE, _SQLITE_RANKED
        values |= _for_sqlite(query)
    else:
        find, rank = _POSTGRESQL, _POSTGRESQL_RANKED
        values |= _for_postgresql(query) | _phrases(query) | _months(until)
        parts["narrowed"] += "".join(_EXACTLY.format(name) for name in _phrases(query) if name.startswith("exact"))
        parts |= _asked(query) | _windows(order)
    sql = find + (rank if order is Order.RELEVANCE else _BY_DATE)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**parts), values)
        return [key for (key,) in cursor.fetchall()]


def bounds(within: Within) -> tuple[datetime, datetime]:
    """The moments between which stories must have appeared: from the first day's beginning, never in the future."""
    now = timezone.now()
    since = dates.day_bounds(within.since)[0] if within.since else _DAWN
    return since, min(dates.day_bounds(within.until)[1], now) if within.until else now


def unknown(query: Query) -> list[str]:
    """The words of the query that no story has, marks or not."""
    words = list(zip(query.words, query.folded, strict=False))
    near = _months(timezone.now())["near"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = ", ".join([_SQLITE_HAS] * len(words))
            cursor.execute(f"SELECT {found}", [f"{{headline body}} : {_together([plain])}" for _, plain in words])
        else:
            found = ", ".join([_POSTGRESQL_HAS] * len(words))
            cursor.execute(f"SELECT {found}", [value for _, plain in words for value in (plain, near, plain)])
        return [word for (word, _), has in zip(words, cursor.fetchone(), strict=True) if not has]


# --- what each of them reads ----------------------------------------------------------------------------------------


def _for_sqlite(query: Query) -> dict[str, Any]:
    """FTS5 expressions: nothing but quoted words reaches them, so no character of a query is an operator."""
    every = [*(_together([word]) for word in query.folded), *map(_together, query.folded_phrases)]
    wanted = [f"({{headline body}} : ({_all(every)}))"]
    wanted += [f"({{headline_exact body_exact}} : {_together(phrase)})" for phrase in query.exact_phrases]
    typed = [_together(query.as_typed)] if query.is_plain else [_together([word]) for word in query.as_typed]
    return {
        "all": _all(wanted),
        "together": f"{{headline body}} : {_together(query.folded)}",
        "typed": f"{{headline_exact body_exact}} : ({_all(typed)})",
    }


def _all(expressions: Iterable[str]) -> str:
    return " AND ".join(expressions)


def _together(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def _for_postgresql(query: Query) -> dict[str, Any]:
    """Plain text: PostgreSQL parses it as it parsed the documents, in which words stand between spaces too."""
    return {"all": " ".join(query.folded), "typed": " ".join(query.as_typed), "is_plain": query.is_plain}


def _phrases(query: Query) -> dict[str, str]:
    """What must stand side by side, by the names that the expressions use."""
    folded = {f"folded{number}": " ".join(phrase) for number, phrase in enumerate(query.folded_phrases)}
    return folded | {f"exact{number}": " ".join(phrase) for number, phrase in enumerate(query.exact_phrases)}


def _asked(query: Query) -> dict[str, str]:
    """The expression for the index: all words, and the phrases without their marks."""
    phrases = (f" && phraseto_tsquery('simple', %({name})s)" for name in _phrases(query) if name.startswith("folded"))
    return {"asked": "plainto_tsquery('simple', %(all)s)" + "".join(phrases)}


def _windows(order: Order) -> dict[str, str]:
    """The expressions for the months in which hits are looked for first."""
    if order is Order.OLDEST:
        return {name: _FIRST_MONTHS.format(months) for name, months in WINDOWS.items()}
    return {name: f"%({name})s::tsquery" for name in WINDOWS}


def _months(until: datetime) -> dict[str, str]:
    """The last months before this moment, as the index names them: the planner knows how many stories they have."""
    last = int(until.timestamp() // MONTH)
    return {name: " | ".join(f"'~{last - n}'" for n in range(months)) for name, months in WINDOWS.items()}
