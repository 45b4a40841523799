"""How do SQLite and PostgreSQL find stories by words, and which come first?

Of very many hits only the newest (or oldest) MOST are looked at. PostgreSQL takes them by the months that its index
knows (migration `search_windows`): the last three first, then ten, then 32, then all, so that a frequent
word is as quick as a rare one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article
from articles.queries import Order, Query, Within
from newsroom.lib import dates

MOST: Final = 1050  # hits that are ranked: a few more than are counted
MONTH: Final = 30 * 24 * 3600  # seconds: a "month" of PostgreSQL's index
LENGTHS: Final = {"~": MONTH, "~~": 8 * MONTH}  # of the periods in the index, by the signs before their numbers
WINDOWS: Final[dict[str, tuple[str, int]]] = {
    "last": ("~", 3),
    "near": ("~", 10),
    "wider": ("~~", 4),
}  # so many periods are looked through first

_DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)

_SECTION: Final = """
    AND EXISTS (SELECT 1 FROM articles_placement p WHERE p.article_id = d.article_id AND p.section_id = %(section)s)"""
_AUTHOR: Final = """
    AND EXISTS (SELECT 1 FROM articles_byline b WHERE b.article_id = d.article_id AND b.author_id = %(author)s)"""
_SIDE_BY_SIDE: Final = " AND d.folded @@ phraseto_tsquery('simple', %({})s)"
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
SELECT newest.id FROM newest JOIN ranks ON ranks.id = newest.id WHERE newest.id IN public
ORDER BY newest.id IN typed DESC, newest.id IN together DESC, ranks.rank, newest.at DESC, newest.id DESC"""

# The keys are asked first, behind a fence (OFFSET 0): in no other order of things are they cheap. The order is said by
# an expression, so that the planner does not walk all stories from the newest on.
_HITS: Final = """
    SELECT d.article_id AS id, d.published_at AS at, d.exact, d.folded FROM (
        SELECT d.article_id, d.published_at, d.exact, d.folded FROM articles_searchdoc d
        WHERE articles_searchkeys(d.headline, d.body, d.published_at, d.places)
            @@ (%(keys)s::tsquery{place}{window}) OFFSET 0
    ) d WHERE {narrowed}{only_if}
    ORDER BY d.published_at + interval '0' {way} LIMIT %(most)s"""
# Stories name their own sections in the index; those below a section are listed in it too.
_PLACE: Final = """ && (
    SELECT string_agg(quote_literal('§' || id), '|')::tsquery FROM articles_section
    WHERE id = %(section)s OR parent_id = %(section)s)"""
_STEP: Final = """{name} AS MATERIALIZED ({hits}
), few_{name} AS (SELECT count(*) < %(enough)s FROM {name}
), """
_POSTGRESQL_RANKED: Final = """
SELECT id FROM newest d WHERE id IN (TABLE public){phrases}
ORDER BY
    d.exact @@ CASE WHEN %(is_plain)s THEN phraseto_tsquery('simple', %(typed)s)
        ELSE plainto_tsquery('simple', %(typed)s) END DESC,
    d.folded @@ phraseto_tsquery('simple', %(all)s) DESC,
    ts_rank(d.folded, plainto_tsquery('simple', %(all)s)) DESC, at DESC, id DESC"""
# The periods from the first story on.
_FIRST: Final = """(
    SELECT string_agg('''{sign}' || period || '''', '|')::tsquery FROM (
        SELECT floor(extract(epoch FROM greatest(min(published_at), %(since)s)) / {length})::int AS first
        FROM articles_searchdoc
    ) s, generate_series(s.first, s.first + {count} - 1) period)"""
_BY_DATE: Final = """
SELECT id FROM newest d WHERE id IN (SELECT id FROM public){phrases} ORDER BY at {way}, id {way}"""
_AMONG: Final = {
    "sqlite": "articles_article.id IN (SELECT id FROM newest)",
    "postgresql": "articles_article.id = ANY (ARRAY (SELECT id FROM newest))",
}

_SQLITE_HAS: Final = "EXISTS (SELECT 1 FROM articles_searchindex WHERE articles_searchindex MATCH %s)"
_ONE: Final = """(SELECT d.article_id FROM articles_searchdoc d
    WHERE articles_searchkeys(d.headline, d.body, d.published_at, d.places) @@ %s::tsquery
    ORDER BY d.published_at + interval '0' LIMIT 1)"""
_POSTGRESQL_HAS: Final = f"COALESCE({_ONE}, {_ONE}) IS NOT NULL"


def ranked(query: Query, within: Within, order: Order) -> list[int]:
    """Keys of those that readers may see among the newest (or oldest) MOST stories with these words, in order."""
    since, until = bounds(within)
    values = {
        "since": connection.ops.adapt_datetimefield_value(since),
        "until": connection.ops.adapt_datetimefield_value(until),
        "now": connection.ops.adapt_datetimefield_value(timezone.now()),
        "section": within.section.pk if within.section else None,
        "author": within.author.pk if within.author else None,
        "most": MOST,
    }
    parts = {
        "narrowed": _DAYS + (_SECTION if within.section else "") + (_AUTHOR if within.author else ""),
        "way": "ASC" if order is Order.OLDEST else "DESC",
        "phrases": "",
        "place": _PLACE if within.section else "",
    }
    if connection.vendor == "sqlite":
        find, rank = _SQLITE, _SQLITE_RANKED
        values |= _for_sqlite(query)
    else:
        phrases = _phrases(query)
        windows = _windows(within)
        expressions, periods = _periods(windows, since, until, order)
        find, rank = _steps(expressions), _POSTGRESQL_RANKED
        values |= _for_postgresql(query, within) | periods | phrases
        parts["phrases"] = "".join(map(_SIDE_BY_SIDE.format, phrases))
    sql = find + _public(connection.vendor) + (rank if order is Order.RELEVANCE else _BY_DATE)
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
            near = _last(*WINDOWS["near"], timezone.now())
            cursor.execute(
                f"SELECT {found}", [key for _, plain in words for key in (f"'{plain}' & ({near})", f"'{plain}'")]
            )
        return [word for (word, _), has in zip(words, cursor.fetchone(), strict=True) if not has]


@cache
def _public(vendor: str) -> str:
    """Which of the newest stories readers may see at the moment `now`. PostgreSQL looks each of them up by its key."""
    found = RawSQL(_AMONG[vendor], [], output_field=BooleanField())
    stories = Article.objects.published(_DAWN).filter(found).order_by().values("pk")
    sql, moments = stories.query.sql_with_params()
    (_dawn,) = set(moments)  # nothing else is asked for
    return f", public (id) AS ({sql % tuple('%(now)s' for _moment in moments)})"


# --- what each of them reads ----------------------------------------------------------------------------------------


def _for_sqlite(query: Query) -> dict[str, Any]:
    """FTS5 expressions: nothing but quoted words reaches them, so no character of a query is an operator."""
    every = [*(_together([word]) for word in query.folded), *map(_together, query.folded_phrases)]
    typed = [_together(query.as_typed)] if query.is_plain else [_together([word]) for word in query.as_typed]
    return {
        "all": f"{{headline body}} : ({_all(every)})",
        "together": f"{{headline body}} : {_together(query.folded)}",
        "typed": f"{{headline_exact body_exact}} : ({_all(typed)})",
    }


def _all(expressions: Iterable[str]) -> str:
    return " AND ".join(expressions)


def _together(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def section_key(pk: int) -> str:
    """How PostgreSQL's index names a section of a story."""
    return f"§{pk}"


def author_key(pk: int) -> str:
    """How PostgreSQL's index names an author of a story."""
    return f"@{pk}"


def _for_postgresql(query: Query, within: Within) -> dict[str, Any]:
    """Keys of the index for what must be there, and plain text for what is ranked, parsed as the documents were."""
    pairs = [f"{one}_{other}" for phrase in query.folded_phrases for one, other in pairwise(phrase)]
    places = [author_key(within.author.pk)] if within.author else []
    keys = [f"'{key}'" for key in (*query.folded, *pairs, *places)]
    return {
        "keys": " & ".join(keys),
        "all": " ".join(query.folded),
        "typed": " ".join(query.as_typed),
        "is_plain": query.is_plain,
    }


def _phrases(query: Query) -> dict[str, str]:
    """What pairs cannot tell: more than two words side by side. They are looked for among the newest hits."""
    phrases = [phrase for phrase in query.folded_phrases if len(phrase) > 2]
    return {f"phrase{number}": " ".join(phrase) for number, phrase in enumerate(phrases)}


Windows = dict[str, tuple[str, int]]


def _windows(within: Within) -> Windows:
    """The periods worth looking through first: of a section four months hold few hits, an author never has many."""
    if within.author:
        return {}
    return {"wider": WINDOWS["wider"]} if within.section else WINDOWS


def _steps(expressions: dict[str, str]) -> str:
    """The statement's beginning: `newest` are the hits of the first window that has enough of them, or all."""
    steps, found, few = "", "", ""
    for name, expression in expressions.items():
        hits = _HITS.replace("{window}", f" && {expression}").replace("{only_if}", few)
        steps += _STEP.replace("{name}", name).replace("{hits}", hits)
        found += f"SELECT * FROM {name} WHERE NOT (TABLE few_{name}) UNION ALL "
        few += f" AND (TABLE few_{name})"
    rest = _HITS.replace("{window}", "").replace("{only_if}", few)
    return f"WITH {steps}newest AS MATERIALIZED ({found}({rest}))"


def _periods(
    windows: Windows, since: datetime, until: datetime, order: Order
) -> tuple[dict[str, str], dict[str, Any]]:
    """The windows in which hits are looked for first: expressions, and their values. A short time is one window.

    The planner knows how many stories the named periods have.
    """
    if whole := _whole(int(since.timestamp()), int(until.timestamp())):
        return {"near": "%(near)s::tsquery"}, {"near": whole, "enough": 0}
    if order is Order.OLDEST:
        first = {
            name: _FIRST.format(sign=sign, count=count, length=LENGTHS[sign])
            for name, (sign, count) in windows.items()
        }
        return first, {"enough": MOST}
    last = {name: _last(*window, until) for name, window in windows.items()}
    return {name: f"%({name})s::tsquery" for name in windows}, last | {"enough": MOST}


def _whole(since: int, until: int) -> str:
    """All periods of a time between two seconds, "" if they are many."""
    for sign, length in LENGTHS.items():
        if until // length - since // length < 9:
            return " | ".join(f"'{sign}{period}'" for period in range(since // length, until // length + 1))
    return ""


def _last(sign: str, count: int, until: datetime) -> str:
    """The last periods before this moment."""
    last = int(until.timestamp()) // LENGTHS[sign]
    return " | ".join(f"'{sign}{last - n}'" for n in range(count))
