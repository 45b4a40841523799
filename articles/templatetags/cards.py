"""How does a template show a story in a list? The same words and picture in the same place are made once."""

from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from articles.models import Article, Image, Section
from newsroom.lib.pieces import Pieces

register = template.Library()

CARDS: Final = Pieces(2000)


@register.simple_tag
def card(story: Article, kind: str = "", **shown: Any) -> str:
    """`{% card story kind="row" level="h2" with_lead=True sizes="7rem" %}`.

    level is that of the headline ("h3"); with_lead, with_section, without_time say what stands beside it; sizes and
    eager are those of `{% picture %}`.
    """
    context = {"story": story, "kind": kind, **shown}
    key = (get_language(), kind, *shown.items(), *words(story), *place(story.section), *look(story.lead_image))
    return CARDS.get(key, lambda: render_to_string("articles/_card.html", context))


def words(story: Article) -> tuple[Any, ...]:
    kicker = getattr(story, "kicker", "")
    return story.pk, story.slug, story.headline, story.lead, story.published_at, story.presentation, kicker


def place(section: Section | None) -> tuple[Any, ...]:
    return (section.name, section.slug, section.parent and section.parent.slug) if section else ()


def look(image: Image | None) -> tuple[Any, ...]:
    return (image.key, image.width, image.height, image.colour, str(image.renditions.get("card"))) if image else ()
