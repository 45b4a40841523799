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

from articles.models import SearchDoc
from articles.queries import Order, Query, Within
from newsroom.lib import dates

MOST: Final = 2000  # hits that are ranked
MONTH: Final = 30 * 24 * 3600  # seconds: a "month" of PostgreSQL's index
WINDOWS: Final = (4, 32)  # months

_DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)

_SECTION: Final = """
    AND EXISTS (SELECT 1 FROM articles_placement p WHERE p.article_id = d.article_id AND p.section_id = %(section)s)"""
_AUTHOR: Final = """
    AND EXISTS (SELECT 1 FROM articles_byline b WHERE b.article_id = d.article_id AND b.author_id = %(author)s)"""
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
    WHERE d.folded @@ ({asked}{window}) AND {narrowed}
    ORDER BY d.published_at + interval '0' {way} LIMIT %(most)s"""
_POSTGRESQL: Final = f"""
WITH near AS MATERIALIZED ({_HITS.replace("{window}", " && %(near)s::tsquery")}
), wider AS MATERIALIZED (
    SELECT * FROM ({_HITS.replace("{window}", " && %(wider)s::tsquery")}) h WHERE (SELECT count(*) FROM near) < %(most)s
), newest AS MATERIALIZED (
    SELECT * FROM near WHERE (SELECT count(*) FROM near) >= %(most)s
    UNION ALL SELECT * FROM wider WHERE (SELECT count(*) FROM wider) >= %(most)s
    UNION ALL SELECT * FROM ({_HITS.replace("{window}", "")}) h
        WHERE (SELECT count(*) FROM near) < %(most)s AND (SELECT count(*) FROM wider) < %(most)s
)"""
_POSTGRESQL_RANKED: Final = """
SELECT id FROM newest JOIN articles_searchdoc d ON d.article_id = id
ORDER BY
    d.exact @@ CASE WHEN %(is_plain)s THEN phraseto_tsquery('simple', %(typed)s)
        ELSE plainto_tsquery('simple', %(typed)s) END DESC,
    d.folded @@ phraseto_tsquery('simple', %(all)s) DESC,
    ts_rank(d.folded, plainto_tsquery('simple', %(all)s)) DESC, at DESC, id DESC"""
_SQLITE_HAS: Final = "EXISTS (SELECT 1 FROM articles_searchindex WHERE articles_searchindex MATCH %s)"
_ONE: Final = """(SELECT d.article_id FROM articles_searchdoc d
    WHERE d.folded @@ ({0}) ORDER BY d.published_at + interval '0' LIMIT 1)"""
_POSTGRESQL_HAS: Final = "COALESCE({0}, {1}) IS NOT NULL".format(
    _ONE.format("plainto_tsquery('simple', %s) && %s::tsquery"), _ONE.format("plainto_tsquery('simple', %s)")
)
_BY_DATE: Final = " SELECT id FROM newest ORDER BY at {way}, id {way}"


def ranked(query: Query, within: Within, order: Order) -> list[int]:
    """Keys of the newest (or oldest) MOST stories with these words, in order, whether readers may see them or not."""
    since, until = bounds(within)
    narrowed = _DAYS + (_SECTION if within.section else "") + (_AUTHOR if within.author else "")
    values = {
        "since": connection.ops.adapt_datetimefield_value(since),
        "until": connection.ops.adapt_datetimefield_value(until),
        "section": within.section.pk if within.section else None,
        "author": within.author.pk if within.author else None,
        "most": MOST,
    }
    way = "ASC" if order is Order.OLDEST else "DESC"
    if connection.vendor == "sqlite":
        find, rank, asked = _SQLITE, _SQLITE_RANKED, ""
        values |= _for_sqlite(query)
    else:
        find, rank = _POSTGRESQL, _POSTGRESQL_RANKED
        asked, phrases = _phrases(query)
        values |= _for_postgresql(query) | phrases | _windows(since, until, order)
        narrowed += "".join(
            f" AND d.exact @@ phraseto_tsquery('simple', %({name})s)" for name in phrases if name[0] == "e"
        )
    sql = find + (rank if order is Order.RELEVANCE else _BY_DATE)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(narrowed=narrowed, way=way, asked=asked), values)
        return [key for (key,) in cursor.fetchall()]


def bounds(within: Within) -> tuple[datetime, datetime]:
    """The moments between which stories must have appeared: from the first day's beginning, never in the future."""
    now = timezone.now()
    since = dates.day_bounds(within.since)[0] if within.since else _DAWN
    return since, min(dates.day_bounds(within.until)[1], now) if within.until else now


def unknown(query: Query) -> list[str]:
    """The words of the query that no story has, marks or not."""
    words = list(zip(query.words, query.folded, strict=False))
    month = int(timezone.now().timestamp() // MONTH)
    near = " | ".join(f"'~{month - n}'" for n in range(WINDOWS[0]))
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


def _phrases(query: Query) -> tuple[str, dict[str, str]]:
    """The expression that finds all words and the folded phrases, and all phrases by the names they have in it."""
    sides = {f"f{number}": " ".join(phrase) for number, phrase in enumerate(query.folded_phrases)}
    exacts = {f"e{number}": " ".join(phrase) for number, phrase in enumerate(query.exact_phrases)}
    parts = ["plainto_tsquery('simple', %(all)s)", *(f"phraseto_tsquery('simple', %({name})s)" for name in sides)]
    return " && ".join(parts), sides | exacts


def _windows(since: datetime, until: datetime, order: Order) -> dict[str, str]:
    """The months in which hits are looked for first, counted from the end where the order begins."""
    step = -1
    start = until
    if order is Order.OLDEST:
        step = 1
        first = SearchDoc.objects.order_by("published_at").values_list("published_at", flat=True).first()
        start = max(since, first) if first else until
    month = int(start.timestamp() // MONTH)
    near, wider = (" | ".join(f"'~{month + step * n}'" for n in range(count)) for count in WINDOWS)
    return {"near": near, "wider": wider}
