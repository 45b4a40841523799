"""What of a story can be searched, and which stories does a reader mean by these words?

A story is found when every word occurs in it, with or without its marks. Stories that have the words as they were
typed come first, then those that have them side by side, then by rank.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from articles.extracts import Piece, extract, pieces, spans
from articles.models import Article, SearchDoc, Snapshot
from articles.queries import Order, Query, Within, exact, folded
from articles.ranking import author_key, ranked, section_key
from newsroom.lib import html, text

COUNTED: Final = 1000  # beyond, "more than 1000"
PER_PAGE: Final = 10
BEST: Final = 40  # hits whose spelling is looked at
BODY_LENGTH: Final = 100_000  # characters of a story that are indexed: PostgreSQL's tsvector ends at 1 MB

ANYWHERE: Final = Within()
SHOWN: Final = (
    *("headline", "slug", "lead", "body", "published_at"),
    *("section__name", "section__slug", "section__parent__slug"),
)  # of a hit


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
        "places": " ".join(sorted(places(snapshot))),
    }


def places(snapshot: Snapshot) -> set[str]:
    """The keys of the story's own sections and of its authors, as `ranking` asks for them."""
    sections = {pk for pk in (snapshot.section, *snapshot.other_sections) if pk}
    return {section_key(pk) for pk in sections} | {author_key(ref.author) for ref in snapshot.bylines}


def forget(article: Article) -> None:
    """Take a story out of the search."""
    SearchDoc.objects.filter(article=article).delete()


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
        update_fields=["published_at", "headline", "body", "headline_exact", "body_exact", "places"],
    )


def forget_all_but(articles: QuerySet[Article]) -> None:
    """Take every other story out of the search."""
    SearchDoc.objects.exclude(article__in=articles).delete()


def tidy() -> None:
    """Read the documents into SQLite's indexes anew, whatever state they were in; PostgreSQL needs nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for index in ("articles_searchindex", "articles_headlineindex"):
                cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


# --- what is found ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A found story with its headline and an extract around the best place, in pieces."""

    article: Article
    headline: list[Piece]
    extract: list[Piece]

    @classmethod
    def of(cls, article: Article, query: Query) -> "Hit":
        body = text.clean_line(f"{article.lead} {html.to_text(article.body)}")
        return cls(article, pieces(article.headline, spans(article.headline, query)), extract(body, query))


@dataclass(frozen=True)
class Found:
    """One page of hits; `total` is exact up to COUNTED, and COUNTED where there are more (`more`)."""

    hits: list[Hit]
    total: int
    more: bool = False
    best: tuple[int, ...] = ()  # keys of the most relevant, if that is the order


def search(query: Query, within: Within = ANYWHERE, order: Order = Order.RELEVANCE, page: int = 1) -> Found:
    """One page of the published stories that have all words of the query."""
    keys = ranked(query, within, order) if query else []
    stories = Article.objects.published().select_related("section__parent").only(*SHOWN)
    on_page = stories.in_bulk(keys[(page - 1) * PER_PAGE : page * PER_PAGE])
    hits = [Hit.of(on_page[key], query) for key in keys if key in on_page]
    best = tuple(keys[:BEST]) if order is Order.RELEVANCE else ()
    return Found(hits, min(len(keys), COUNTED), len(keys) > COUNTED, best)


def stories(query: Query) -> list[Article]:
    """The first stories that readers find, as lists show them."""
    keys = ranked(query, ANYWHERE, Order.RELEVANCE)[:PER_PAGE] if query else []
    found = Article.objects.published().for_cards().in_bulk(keys)
    return [found[key] for key in keys if key in found]
