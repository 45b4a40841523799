"""How do templates write times, names and leads, and what do they tell machines?"""

from datetime import datetime
from typing import Any

from django import template

from articles import pages
from articles.addresses import absolute as with_host
from articles.models import Article, Presentation, Publication
from articles.seo import Meta
from articles.structured import StructuredData
from newsroom.lib import dates, text

register = template.Library()


@register.filter
def stamp(moment: datetime) -> str:
    """14/01/2021 14:39, on Hà Nội's clock."""
    return dates.stamp(moment)


@register.filter
def iso(moment: datetime) -> str:
    """The moment for <time datetime>: 2021-01-14T14:39:00+07:00."""
    return dates.local(moment).isoformat(timespec="seconds")


@register.filter
def day(moment: datetime) -> str:
    """The moment's day as in a list: 14/01/2021."""
    return f"{dates.local(moment):%d/%m/%Y}"


@register.filter
def reading_minutes(words: int) -> int:
    return text.reading_minutes(words)


@register.filter
def lead_sizes(article: Article) -> str:
    """How wide the lead picture stands, as the HTML attribute; as wide as the page where the form of the story is."""
    return "(min-width: 77rem) 77rem, 100vw" if article.presentation else "(min-width: 64rem) 46rem, 100vw"


@register.filter
def is_infographic(article: Article) -> bool:
    return article.presentation == Presentation.INFOGRAPHIC


@register.filter
def lead_with_tag(lead: str, publication: Publication) -> str:
    """The lead as the paper opens it, "(NSHN) - …", unless its writer typed that already."""
    opening = f"({publication.tag})"
    if not publication.tag or lead.startswith(opening):
        return lead
    return f"{opening} - {lead}"


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> StructuredData | str:
    """The page's JSON-LD, with the paper as its publisher."""
    meta: Meta | None = context.get("meta")
    around: pages.Chrome | None = context.get("chrome")
    if meta is None or around is None:
        return ""
    return meta.data(around.publication)


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: Any) -> str:
    return with_host(str(path))
