"""How do templates show stories in lists? The same words and pictures in the same place are made once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.front_pages import Block
from articles.models import Article, Image, Section
from articles.readership import TopList
from newsroom.lib.pieces import Pieces

register = template.Library()

PIECES: Final = Pieces(3000)
KEPT: Final = Pieces(500)  # of stories, as long as they are asked for


@register.simple_tag
def card(story: Article, kind: str = "", **shown: Any) -> str:
    """`{% card story kind="row" level="h2" with_lead=True sizes="7rem" %}`.

    level is that of the headline ("h3"); with_lead, with_section, without_time say what stands beside it; sizes and
    eager are those of `{% picture %}`.
    """
    return piece("articles/_card.html", story=story, kind=kind, **shown)


@register.tag
def keep(parser: Parser, token: Token) -> "Keep":
    """`{% keep "text" reading.version %} … {% endkeep %}`: made once for a version; without one, each time."""
    _tag, name, version = token.split_contents()
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(name, parser.compile_filter(version), nodes)


class Keep(template.Node):
    """What stands in it may depend on nothing that the version does not tell."""

    def __init__(self, name: str, version: FilterExpression, nodelist: template.NodeList) -> None:
        self.name, self.version, self.nodelist = name, version, nodelist

    def render(self, context: template.Context) -> SafeString:
        version = self.version.resolve(context, ignore_failures=True)
        if version is None:
            return self.nodelist.render(context)
        return KEPT.get((self.name, get_language(), version), lambda: self.nodelist.render(context))


@register.simple_tag
def piece(name: str, **shown: Any) -> str:
    """`{% piece "articles/_block.html" block=block %}`: an include that sees what it is given and nothing else."""
    key = (name, get_language(), *shown, *map(seen, shown.values()))
    return PIECES.get(key, lambda: render_to_string(name, shown))


def seen(thing: Any) -> Any:
    """All that a piece can show of the thing."""
    look = LOOKS.get(type(thing))
    return look(thing) if look else thing


def _story(story: Article) -> tuple[Any, ...]:
    """Of a story that stays in memory it is put together once."""
    known: tuple[Any, ...] | None = getattr(story, "seen", None)
    if known is None:
        words = (story.pk, story.slug, story.headline, story.lead, story.published_at, story.presentation)
        known = (*words, getattr(story, "kicker", ""), seen(story.section), seen(story.lead_image))
        story.seen = known  # type: ignore[attr-defined]
    return known


def _section(section: Section) -> tuple[Any, ...]:
    subs = getattr(section, "shown_subsections", ())
    return (section.pk, section.name, section.slug, section.parent and section.parent.slug, _all(subs))


def _image(image: Image) -> tuple[Any, ...]:
    return image.key, image.width, image.height, image.colour, str(image.renditions.get("card"))


def _block(block: Block) -> tuple[Any, ...]:
    return _section(block.section), _story(block.lead), _all(block.stories)


def _top(top: TopList) -> tuple[Any, ...]:
    return top.window, _all(top.stories)


def _all(things: Any) -> tuple[Any, ...]:
    return tuple(map(seen, things))


LOOKS: Final[Mapping[type, Callable[[Any], Any]]] = {
    Article: _story, Section: _section, Image: _image, Block: _block, TopList: _top, list: _all
}  # fmt: skip
