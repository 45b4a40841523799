"""How do templates show stories in lists? The same words and pictures in the same place are made once."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
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

PIECES: Final = Pieces[SafeString](500)
KEPT: Final = Pieces[SafeString](40)  # of stories, as long as they are asked for


@register.simple_tag
def card(story: Article, kind: str = "", **shown: Any) -> SafeString:
    """`{% card story kind="row" level="h2" with_lead=True sizes="7rem" %}`.

    level is that of the headline ("h3"); with_lead, with_section, without_time say what stands beside it; sizes and
    eager are those of `{% picture %}`.
    """
    return cards([story], kind, **shown)


@register.simple_tag
def cards(stories: Iterable[Article], kind: str = "", **shown: Any) -> SafeString:
    """A card of each story, one after the other."""
    return pieces("articles/_card.html", "story", stories, kind=kind, **shown)


@register.tag
def keep(parser: Parser, token: Token) -> "Keep":
    """`{% keep "text" reading.version count %} … {% endkeep %}`: made once for these; without a version, each time."""
    _tag, name, *values = token.split_contents()
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(name, [parser.compile_filter(value) for value in values], nodes)


class Keep(template.Node):
    """What stands in it may depend on nothing that the values do not tell."""

    def __init__(self, name: str, values: list[FilterExpression], nodelist: template.NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context: template.Context) -> SafeString:
        values = [value.resolve(context, ignore_failures=True) for value in self.values]
        if values[0] is None:
            return self.nodelist.render(context)
        return KEPT.get((self.name, get_language(), *values), lambda: self.nodelist.render(context))


@register.simple_tag
def piece(name: str, **shown: Any) -> SafeString:
    """`{% piece "articles/_block.html" block=block %}`: an include that sees what it is given and nothing else."""
    key = (name, get_language(), *shown, *map(seen, shown.values()))
    return PIECES.get(key, lambda: render_to_string(name, shown))


@register.simple_tag
def pieces(name: str, one: str, things: Iterable[Any], **shown: Any) -> SafeString:
    """`{% pieces "articles/_day_story.html" "story" group.stories %}`: one for each, which sees it by that name."""
    same = (name, get_language(), one, *shown, *map(seen, shown.values()))
    made = (
        PIECES.get((*same, seen(thing)), partial(render_to_string, name, {one: thing, **shown})) for thing in things
    )
    return SafeString("\n".join(made))


def seen(thing: Any) -> Any:
    """All that a piece can show of the thing."""
    look = LOOKS.get(type(thing))
    return look(thing) if look else thing


def _story(story: Article) -> tuple[Any, ...]:
    """Of stories and sections, which stay in memory, it is put together once."""
    known: tuple[Any, ...] | None = getattr(story, "seen", None)
    if known is None:
        words = (story.pk, story.slug, story.headline, story.lead, story.published_at, story.presentation)
        known = (*words, getattr(story, "kicker", ""), seen(story.section), seen(story.lead_image))
        story.seen = known  # type: ignore[attr-defined]
    return known


def _section(section: Section) -> tuple[Any, ...]:
    known: tuple[Any, ...] | None = getattr(section, "seen", None)
    if known is None:
        subs = _all(getattr(section, "shown_subsections", ()))
        known = (section.pk, section.name, section.slug, section.parent and section.parent.slug, subs)
        section.seen = known  # type: ignore[attr-defined]
    return known


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
