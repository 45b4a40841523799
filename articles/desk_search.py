"""What can the desk find? The headlines of working texts, published or not, by words with or without marks."""

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, DeskDoc
from articles.queries import QUERY_LENGTH, QUERY_WORDS, folded

FEW: Final = 2000  # stories found, so that it is cheaper to look at these than at the list in its order

_SQLITE: Final = "SELECT rowid FROM articles_deskindex WHERE articles_deskindex MATCH %s"
_POSTGRESQL: Final = "SELECT article_id FROM articles_deskdoc WHERE folded @@ to_tsquery('simple', %s)"


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
    if connection.vendor != "sqlite":
        begun = " & ".join(f"'{word}'" for word in words) + ":*"
        return stories.filter(pk__in=RawSQL(_POSTGRESQL, [begun]))
    begun = " AND ".join(f'"{word}"' for word in words) + " *"
    with connection.cursor() as cursor:
        cursor.execute(f"{_SQLITE} LIMIT {FEW}", [begun])
        keys = [key for (key,) in cursor.fetchall()]
    if len(keys) < FEW:
        return stories.filter(pk__in=keys)
    # So many that the list is walked in its order and each story looked up among them: the plus keeps SQLite from
    # fetching every one of them first.
    return stories.alias(key=RawSQL("+articles_article.id", [])).filter(key__in=RawSQL(_SQLITE, [begun]))
