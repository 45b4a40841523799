"""Which stories does a reader mean by these words? The only module that knows the search engine.

A story is found when every word occurs in it, with or without its marks. Stories that have the words as they were
typed come first, then those that have them side by side, then by rank. Of very many hits the newest MOST are ranked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.extracts import Piece, extract, pieces, spans
from articles.models import Article, DeskDoc, SearchDoc, Section, Snapshot
from newsroom.lib import dates, html, text
from newsroom.lib.plans import Unindexed

MOST: Final = 2000  # hits that are ranked
COUNTED: Final = 1000  # beyond, "more than 1000"
PER_PAGE: Final = 10
QUERY_LENGTH: Final = 200  # characters of a query that are read
QUERY_WORDS: Final = 12  # words of a query that are looked for
BODY_LENGTH: Final = 100_000  # characters of a story that are indexed: PostgreSQL's tsvector ends at 1 MB

_WORD: Final = re.compile(r"[^\W_]+")
_DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)


# --- what is indexed ----------------------------------------------------------------------------------------------


def index(article: Article, snapshot: Snapshot) -> None:
    """Make a published story findable by what it says now."""
    SearchDoc.objects.update_or_create(article=article, defaults=document(article, snapshot))


def document(article: Article, snapshot: Snapshot) -> dict[str, Any]:
    """The columns of the story's search document: its words, folded, and exact in lower case with marks."""
    body = f"{snapshot.subheadline} {snapshot.lead} {html.to_text(snapshot.body)}"[:BODY_LENGTH]
    return {
        "published_at": article.published_at,
        "headline": " ".join(folded(snapshot.headline)),
        "body": " ".join(folded(body)),
        "headline_exact": " ".join(exact(snapshot.headline)),
        "body_exact": " ".join(exact(body)),
    }


def forget(article: Article) -> None:
    """Take a story out of the search."""
    SearchDoc.objects.filter(article=article).delete()


def index_desk(article: Article, headline: str) -> None:
    """Make a story findable at the desk by the headline of its working text, published or not."""
    DeskDoc.objects.update_or_create(article=article, defaults={"words": desk_words(headline)})


def desk_words(headline: str) -> str:
    return " ".join(folded(headline))


def index_many(articles: Iterable[Article]) -> None:
    """The same for many stories at once; their live revisions are at hand."""
    SearchDoc.objects.bulk_create(
        [
            SearchDoc(article=article, **document(article, article.live_revision.snapshot))
            for article in articles
            if article.live_revision
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["published_at", "headline", "body", "headline_exact", "body_exact"],
    )


def forget_all_but(articles: QuerySet[Article]) -> None:
    """Take every other story out of the search."""
    SearchDoc.objects.exclude(article__in=articles).delete()


def tidy() -> None:
    """Read the documents into SQLite's index anew, whatever state it was in; PostgreSQL needs nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_searchindex (articles_searchindex) VALUES ('rebuild')")


def exact(phrase: str) -> list[str]:
    """The words in lower case with their marks, tones where the house puts them: "Hoà" and "hòa" are one."""
    return _WORD.findall(text.old_tone_placement(text.clean_line(phrase).lower()))


def folded(phrase: str) -> list[str]:
    """The words without marks (see `text.fold`)."""
    return _WORD.findall(text.fold(" ".join(exact(phrase))))


# --- what is asked ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """A query as it is looked for: its words folded, and the test for "as typed"."""

    folded: list[str]
    typed: list[str]  # the words that must occur exactly; together, if `typed_together`
    typed_together: bool

    @classmethod
    def of(cls, query: str) -> "Words":
        """Where the reader typed marks, those words count; without any, the words as they stand, side by side."""
        words = exact(query[:QUERY_LENGTH])[:QUERY_WORDS]
        marked = [word for word in words if text.fold_chars(word) != word]
        return cls(folded(" ".join(words)), marked or words, typed_together=not marked)

    def __bool__(self) -> bool:
        return bool(self.folded)


@dataclass(frozen=True)
class Hit:
    """A found story with its headline and an extract around the best place, in pieces."""

    article: Article
    headline: list[Piece]
    extract: list[Piece]

    @classmethod
    def of(cls, article: Article, words: Words) -> "Hit":
        body = text.clean_line(f"{article.lead} {html.to_text(article.body)}")
        headline = pieces(article.headline, spans(article.headline, words.folded))
        return cls(article, headline, extract(body, words.folded, words.typed))


@dataclass(frozen=True)
class Found:
    """One page of hits; `total` is exact up to COUNTED, and COUNTED where there are more (`more`)."""

    hits: list[Hit]
    total: int
    more: bool = False


def search(
    query: str, section: Section | None = None, since: date | None = None, until: date | None = None, page: int = 1
) -> Found:
    """One page of the published stories that have all words of the query, in this section, between these days."""
    words = Words.of(query)
    if not words:
        return Found([], 0)
    now = timezone.now()
    keys = ranked(words, section, dates.day_bounds(since)[0] if since else _DAWN, _until(until, now))
    public = set(Article.objects.published(now).filter(pk__in=keys).values_list("pk", flat=True))
    keys = [key for key in keys if key in public]
    stories = Article.objects.published(now).select_related("section__parent", "lead_image").defer("html")
    on_page = stories.in_bulk(keys[(page - 1) * PER_PAGE : page * PER_PAGE])
    hits = [Hit.of(on_page[key], words) for key in keys if key in on_page]
    return Found(hits, min(len(keys), COUNTED), more=len(keys) > COUNTED)


def _until(day: date | None, now: datetime) -> datetime:
    return min(dates.day_bounds(day)[1], now) if day else now


def on_desk(stories: QuerySet[Article], query: str) -> QuerySet[Article]:
    """Those of the stories whose working headline has all words of the query; the last word may be begun only.

    A few hits are listed by key; where there are many, the list is walked in its order and each story looked up.
    """
    words = folded(query[:QUERY_LENGTH])[:QUERY_WORDS]
    if not words:
        return stories.none() if query.strip() else stories
    if connection.vendor == "sqlite":
        hits, begun, first = _DESK_SQLITE, f"{_all(words)} *", "%s LIMIT %d"
    else:
        hits, begun = _DESK_POSTGRESQL, " & ".join(f"'{word}'" for word in words) + ":*"
        # Without MATERIALIZED it might hope to meet that many soon, and read the whole table.
        first = "WITH hits AS MATERIALIZED (%s) SELECT * FROM hits LIMIT %d"
    with connection.cursor() as cursor:
        cursor.execute(first % (hits, MOST), [begun])
        keys = [key for (key,) in cursor.fetchall()]
    if len(keys) < MOST:
        return stories.filter(pk__in=keys)
    return stories.alias(key=Unindexed("pk")).filter(key__in=RawSQL(hits, [begun]))


# --- how the databases find it ------------------------------------------------------------------------------------

_NARROW = """
    d.published_at >= %(since)s AND d.published_at < %(until)s
    AND (%(section)s IS NULL OR EXISTS (
        SELECT 1 FROM articles_placement p WHERE p.article_id = d.article_id AND p.section_id = %(section)s))
    ORDER BY d.published_at DESC LIMIT %(most)s"""

# The unary plus keeps FTS5 from looking up each key of the list in an index of its own.
_SQLITE = f"""
WITH newest AS (
    SELECT d.article_id AS id, d.published_at AS at
    FROM articles_searchindex CROSS JOIN articles_searchdoc d INDEXED BY searchdoc_age
        ON d.article_id = articles_searchindex.rowid
    WHERE articles_searchindex MATCH %(all)s AND {_NARROW}
), ranks AS (
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

_POSTGRESQL = f"""
WITH newest AS (
    SELECT d.article_id AS id, d.published_at AS at, d.folded, d.exact FROM articles_searchdoc d
    WHERE d.folded @@ plainto_tsquery('simple', %(all)s) AND {_NARROW}
)
SELECT id FROM newest
ORDER BY
    exact @@ CASE WHEN %(typed_together)s THEN phraseto_tsquery('simple', %(typed)s)
        ELSE plainto_tsquery('simple', %(typed)s) END DESC,
    folded @@ phraseto_tsquery('simple', %(all)s) DESC,
    ts_rank(folded, plainto_tsquery('simple', %(all)s)) DESC, at DESC, id DESC"""

_DESK_SQLITE = "SELECT rowid FROM articles_deskindex WHERE articles_deskindex MATCH %s"
_DESK_POSTGRESQL = "SELECT article_id FROM articles_deskdoc WHERE folded @@ to_tsquery('simple', %s)"


def ranked(words: Words, section: Section | None, since: datetime, until: datetime) -> list[int]:
    """Keys of the newest MOST stories with these words, best first, whether readers may see them or not."""
    narrowed = {
        "since": connection.ops.adapt_datetimefield_value(since),
        "until": connection.ops.adapt_datetimefield_value(until),
        "section": section.pk if section else None,
        "most": MOST,
    }
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute(_SQLITE, narrowed | _for_sqlite(words))
        else:
            cursor.execute(_POSTGRESQL, narrowed | _for_postgresql(words))
        return [key for (key,) in cursor.fetchall()]


def _for_sqlite(words: Words) -> dict[str, Any]:
    """FTS5 expressions: nothing but quoted words reaches them, so no character of a query is an operator."""
    typed = _together(words.typed) if words.typed_together else _all(words.typed)
    return {
        "all": f"{{headline body}} : ({_all(words.folded)})",
        "together": f"{{headline body}} : {_together(words.folded)}",
        "typed": f"{{headline_exact body_exact}} : ({typed})",
    }


def _all(words: Iterable[str]) -> str:
    return " AND ".join(f'"{word}"' for word in words)


def _together(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def _for_postgresql(words: Words) -> dict[str, Any]:
    """Plain text: PostgreSQL parses it as it parsed the documents, in which words stand between spaces too."""
    typed = " ".join(words.typed)
    return {"all": " ".join(words.folded), "typed": typed, "typed_together": words.typed_together}
