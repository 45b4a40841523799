"""How does a template show a picture in the formats and sizes that the page needs?"""

from typing import Any

from django import template

from articles import rendering
from articles.models import Image

register = template.Library()


@register.inclusion_tag("articles/_picture.html")
def picture(
    image: Image | None, family: str = "card", sizes: str = "", eager: bool = False, alt: str | None = None
) -> dict[str, Any]:
    """`{% picture article.lead_image alt="" %}`: nothing where there is no picture.

    family "card" is cropped 3:2 around the focal point, "full" is the whole picture; `eager` for the one picture that
    is seen first; alt "" where the text beside it says it all.
    """
    return {"picture": rendering.picture(image, family, sizes=sizes, eager=eager, alt=alt)}


@register.inclusion_tag("articles/_figure.html")
def figure(
    image: Image | None, caption: str = "", sizes: str = "", eager: bool = False, zoom: bool = False
) -> dict[str, Any]:
    """`{% figure article.lead_image caption=article.lead_caption eager=True %}`: with caption and credit.

    `zoom` leads to the largest file.
    """
    if image is None:
        return {"picture": None}
    alt = rendering.described(image, caption)
    shown = rendering.picture(image, "full", sizes=sizes, eager=eager, alt=alt)
    return {"picture": shown, "zoom": zoom, **rendering.captioned(image, caption)}


@register.filter
def as_html(rendered: str) -> str:
    """`{{ article.html|as_html }}`: the stored HTML of a live story, which was made and sanitised by rendering."""
    return rendering.trusted(rendered)
