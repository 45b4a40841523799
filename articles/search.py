"""Which stories does a reader mean by these words? The only module that knows the search engine."""

from articles.models import Article, SearchDoc, Snapshot
from newsroom.lib import html, text


def index(article: Article, snapshot: Snapshot) -> None:
    """Make a published story findable by what it says now."""
    SearchDoc.objects.update_or_create(article=article, defaults=document(article, snapshot))


def document(article: Article, snapshot: Snapshot) -> dict[str, object]:
    """The columns of the story's search document: folded, and exact in lower case with marks."""
    headline = text.clean_line(snapshot.headline)
    body = text.clean_line(f"{snapshot.subheadline} {snapshot.lead} {html.to_text(snapshot.body)}")
    return {
        "published_at": article.published_at,
        "headline": text.fold(headline),
        "body": text.fold(body),
        "headline_exact": headline.lower(),
        "body_exact": body.lower(),
    }


def forget(article: Article) -> None:
    """Take a story out of the search."""
    SearchDoc.objects.filter(article=article).delete()
