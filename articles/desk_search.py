"""What can the desk find? The headlines of working texts, published or not, by words with or without marks."""

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, DeskDoc
from articles.queries import QUERY_LENGTH, QUERY_WORDS, folded
from newsroom.lib.plans import Unindexed

FEW: Final = 2000  # stories found, so that it is cheaper to look at these than at the list in its order

_SQLITE: Final = "SELECT rowid FROM articles_deskindex WHERE articles_deskindex MATCH %s"
_POSTGRESQL: Final = "SELECT article_id FROM articles_deskdoc WHERE folded @@ to_tsquery('simple', %s)"

_NEWEST: Final = f"""
SELECT count(*) FROM (SELECT folded FROM articles_deskdoc ORDER BY article_id DESC LIMIT {FEW}) newest
WHERE folded @@ to_tsquery('simple', %s)"""
_FIRST: Final = {
    "sqlite": f"%s LIMIT {FEW}",
    # Without MATERIALIZED it might hope to meet that many soon, and read the whole table.
    "postgresql": f"WITH hits AS MATERIALIZED (%s) SELECT * FROM hits LIMIT {FEW}",
}


def index(article: Article, headline: str) -> None:
    """Make a story findable by the headline of its working text."""
    DeskDoc.objects.update_or_create(article=article, defaults={"words": words_of(headline)})


def index_many(articles: Iterable[Article]) -> None:
    """The same for many stories at once."""
    DeskDoc.objects.bulk_create(
        [DeskDoc(article=article, words=words_of(article.desk_headline)) for article in articles],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["words"],
    )


def words_of(headline: str) -> str:
    return " ".join(folded(headline))


def found(stories: QuerySet[Article], query: str) -> QuerySet[Article]:
    """Those of the stories whose working headline has all words of the query; the last word may be begun only."""
    words = folded(query[:QUERY_LENGTH])[:QUERY_WORDS]
    if not words:
        return stories.none() if query.strip() else stories
    if connection.vendor == "sqlite":
        hits, begun = _SQLITE, " AND ".join(f'"{word}"' for word in words) + " *"
    else:
        hits, begun = _POSTGRESQL, " & ".join(f"'{word}'" for word in words) + ":*"
    keys = few(hits, begun)
    if keys is not None:
        return stories.filter(pk__in=keys)
    return stories.alias(key=Unindexed("pk")).filter(key__in=RawSQL(hits, [begun]))


def few(hits: str, begun: str) -> list[int] | None:
    """Keys of the stories found; None where they are many: then the list is walked in its order, looking up each."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_NEWEST, [begun])  # a word of every tenth headline shows here, without collecting all
            if cursor.fetchone()[0] > FEW // 20:
                return None
        cursor.execute(_FIRST[connection.vendor] % hits, [begun])
        keys = [key for (key,) in cursor.fetchall()]
    return keys if len(keys) < FEW else None
