"""How do SQLite and PostgreSQL find stories by words, and which come first?

Of very many hits only the newest (or oldest) MOST are looked at. PostgreSQL takes them by the months that its index
knows (migration `search_windows`): the nearest four first, then eight times as many, then all, so that a frequent
word is as quick as a rare one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from articles.queries import Order, Query, Within
from newsroom.lib import dates

MOST: Final = 2000  # hits that are ranked
MONTH: Final = 30 * 24 * 3600  # seconds: a "month" of PostgreSQL's index
WINDOWS: Final = {"near": ("~", MONTH), "wider": ("~~", 8 * MONTH)}  # names and lengths of the periods in the index
PERIODS: Final = 4  # looked through first, of either length

_DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)

_SECTION: Final = """
    AND EXISTS (SELECT 1 FROM articles_placement p WHERE p.article_id = d.article_id AND p.section_id = %(section)s)"""
_AUTHOR: Final = """
    AND EXISTS (SELECT 1 FROM articles_byline b WHERE b.article_id = d.article_id AND b.author_id = %(author)s)"""
_SIDE_BY_SIDE: Final = " AND d.{0} @@ phraseto_tsquery('simple', %({1})s)"
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
    WHERE articles_searchkeys(d.headline, d.body, d.published_at) @@ (%(keys)s::tsqueryWINDOW) AND {narrowed}ONLY_IF
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
# The periods from the first story on.
_FIRST: Final = f"""(
    SELECT string_agg('''{{sign}}' || period || '''', '|')::tsquery FROM (
        SELECT floor(extract(epoch FROM greatest(min(published_at), %(since)s)) / {{length}})::int AS first
        FROM articles_searchdoc
    ) s, generate_series(s.first, s.first + {PERIODS} - 1) period)"""
_BY_DATE: Final = " SELECT id FROM newest ORDER BY at {way}, id {way}"

_SQLITE_HAS: Final = "EXISTS (SELECT 1 FROM articles_searchindex WHERE articles_searchindex MATCH %s)"
_ONE: Final = """(SELECT d.article_id FROM articles_searchdoc d
    WHERE articles_searchkeys(d.headline, d.body, d.published_at) @@ %s::tsquery
    ORDER BY d.published_at + interval '0' LIMIT 1)"""
_POSTGRESQL_HAS: Final = f"COALESCE({_ONE}, {_ONE}) IS NOT NULL"


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
        phrases = _phrases(query)
        values |= _for_postgresql(query) | _near(until) | phrases
        parts["narrowed"] += "".join(_SIDE_BY_SIDE.format(name.rstrip("0123456789"), name) for name in phrases)
        parts |= _windows(order)
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
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = ", ".join([_SQLITE_HAS] * len(words))
            cursor.execute(f"SELECT {found}", [f"{{headline body}} : {_together([plain])}" for _, plain in words])
        else:
            found = ", ".join([_POSTGRESQL_HAS] * len(words))
            near = _near(timezone.now())["near"]
            cursor.execute(
                f"SELECT {found}", [key for _, plain in words for key in (f"'{plain}' & ({near})", f"'{plain}'")]
            )
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
    """Keys of the index for what must be there, and plain text for what is ranked, parsed as the documents were."""
    pairs = [f"{one}_{other}" for phrase in query.folded_phrases for one, other in pairwise(phrase)]
    return {
        "keys": " & ".join(f"'{key}'" for key in (*query.folded, *pairs)),
        "all": " ".join(query.folded),
        "typed": " ".join(query.as_typed),
        "is_plain": query.is_plain,
    }


def _phrases(query: Query) -> dict[str, str]:
    """What the keys cannot tell, by column and number: more than two words side by side, and words with marks."""
    folded = [phrase for phrase in query.folded_phrases if len(phrase) > 2]
    columns = {"folded": folded, "exact": query.exact_phrases}
    return {
        f"{column}{n}": " ".join(phrase) for column, phrases in columns.items() for n, phrase in enumerate(phrases)
    }


def _windows(order: Order) -> dict[str, str]:
    """The expressions for the periods in which hits are looked for first."""
    if order is Order.OLDEST:
        return {name: _FIRST.format(sign=sign, length=length) for name, (sign, length) in WINDOWS.items()}
    return {name: f"%({name})s::tsquery" for name in WINDOWS}


def _near(until: datetime) -> dict[str, str]:
    """The last periods before this moment, as the index names them: the planner knows how many stories they have."""
    second = int(until.timestamp())
    return {
        name: " | ".join(f"'{sign}{second // length - n}'" for n in range(PERIODS))
        for name, (sign, length) in WINDOWS.items()
    }
