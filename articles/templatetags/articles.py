"""How do templates write times, names and leads, and what do they tell machines?"""

import re
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles import pages
from articles.addresses import absolute as with_host
from articles.models import Article, Presentation, Publication
from articles.seo import Meta
from articles.structured import StructuredData
from newsroom.lib import dates, text
from newsroom.lib.pieces import Pieces

register = template.Library()

AROUND: Final = Pieces[SafeString](60)
NO_LETTER: Final = re.compile(r"[^\w.-]")


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


@register.filter
def in_mail_link(words: str) -> str:
    """For the query of a mailto address: letters stay as they are, browsers write them as mail programs want them."""
    return NO_LETTER.sub(lambda sign: quote(sign[0], safe=""), words)


@register.simple_tag(takes_context=True)
def chrome_part(context: template.Context, name: str) -> str:
    """`{% chrome_part "includes/_header.html" %}`: what stands around every page, made once for each section."""
    around: pages.Chrome | None = context.get("chrome")
    section, request = context.get("section"), context.get("request")
    inside = {"chrome": around, "section": section, "request": request}
    if around is None or around.version is None:
        return render_to_string(name, inside)
    where = (getattr(section, "pk", None), getattr(section, "parent_id", None), bool(request and request.path == "/"))
    key = (name, get_language(), around.version, around.today, *where)
    return AROUND.get(key, lambda: render_to_string(name, inside))


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
