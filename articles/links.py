"""Which stories does a live text lead to, and what leads to a story?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from articles.models import Article, Correction, StoryLink

_ADDRESS: Final = re.compile(r"(?:^|/)[^/?#]*-([0-9]{1,18})\.html$")
_HREF: Final = re.compile(r'<a href="([^"]+)"')
_NUMBER: Final = re.compile("#?([0-9]{1,18})")


def story_number(address: str) -> int | None:
    """The number of the story at an address of this site, or in "123" as people write it; else None."""
    if found := _NUMBER.fullmatch(address):
        return int(found[1])
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return None
    found = _ADDRESS.search(parts.path)
    return int(found[1]) if found else None


def targets(article: Article) -> set[int]:
    """The numbers of the stories that the live text leads to, itself left out."""
    found = {story_number(href) for href in _HREF.findall(article.body) if not href.isdecimal()}
    return {number for number in found if number is not None} - {article.pk}


def write(*articles: Article) -> None:
    """Remember where the live texts lead to now."""
    StoryLink.objects.filter(article__in=articles).delete()
    write_many(articles)


def write_many(articles: Iterable[Article]) -> None:
    """The same for stories that have no links stored yet."""
    StoryLink.objects.bulk_create(
        StoryLink(article=article, target_id=number) for article in articles for number in sorted(targets(article))
    )


@dataclass(frozen=True)
class Inbound:
    """What readers can come from when they ask for a story."""

    stories: QuerySet[Article]  # their live text links to it
    redirects: QuerySet[Article]  # withdrawn, and lead their readers to it
    corrections: QuerySet[Correction]

    def __bool__(self) -> bool:
        return any(rows.exists() for rows in (self.stories, self.redirects, self.corrections))


def inbound(article: Article) -> Inbound:
    """What leads to the story at this moment."""
    linking = StoryLink.objects.filter(target_id=article.pk).values("article")
    return Inbound(
        Article.objects.published().filter(pk__in=linking).newest_first().only("headline", "slug", "published_at"),
        Article.objects.filter(withdrawn_to=article).only("headline", "slug"),
        article.corrections.all(),
    )
