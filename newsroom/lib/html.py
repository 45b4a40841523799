"""What HTML may the text of an article hold, and what is in it?

The one stored form ("canonical"): p h2 h3 strong em sub sup br hr ul ol li blockquote table a, an info box
(<aside class="box">), a pull quote (<blockquote class="pull">), and figures that name a picture or an embed without
showing it: <figure class="image" data-image="7">, <figure class="embed" data-embed="https://…">, each with an
optional <figcaption>. Three passes lead there: markup (whose tags), nh3 (what is safe), htmltree (what stands where).
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final, NamedTuple

import nh3

from newsroom.lib import text
from newsroom.lib.embeds import embed_url
from newsroom.lib.htmltree import canonical
from newsroom.lib.markup import BLOCKS, INLINE, TOKEN, VOID, simplify

__all__ = [
    "MAX_HTML",
    "Figure",
    "TooLong",
    "embed_first",
    "embed_url",
    "figures",
    "has_embed",
    "outward",
    "replace_figures",
    "sanitise",
    "to_text",
    "without_images",
]

MAX_HTML: Final = 400_000  # characters, before and after
_MAX_ROUNDS: Final = 8

_CLEANER: Final = nh3.Cleaner(
    tags=set(BLOCKS | INLINE | VOID),
    attributes={
        "a": {"href", "title"},
        "img": {"data-image"},
        "figure": {"data-image", "data-embed"},
        "blockquote": {"class"},
        "aside": {"class"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


class TooLong(ValueError):
    """The HTML has more than MAX_HTML characters."""


class Figure(NamedTuple):
    image_id: int
    caption: str  # plain text


def sanitise(html: str) -> str:
    """Return the HTML in its canonical form, safe to show. sanitise(sanitise(x)) == sanitise(x).

    Raises TooLong if it has more than MAX_HTML characters.
    """
    for _ in range(_MAX_ROUNDS):
        cleaned = _sanitise_once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    # Not seen so far: HTML that looks different after each reading. Its text cannot.
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in to_text(html).splitlines())


def _sanitise_once(html: str) -> str:
    if len(html) > MAX_HTML:
        raise TooLong(f"{len(html)} characters of HTML are more than {MAX_HTML}.")
    encodable = html.encode("utf-8", "ignore").decode()  # nh3 raises for a lone surrogate
    return canonical(_CLEANER.clean(simplify(encodable)))


# --- reading the canonical form ---------------------------------------------------------------------------------

_FIGURE: Final = re.compile(
    '<figure class="(?:image" data-image="(?P<image>[0-9]+)|embed" data-embed="(?P<embed>[^"]+))">'
    "(?:<figcaption>(?P<caption>(?:[^<]|<(?!/?fig))*+)</figcaption>)?</figure>"
)


def figures(html: str) -> list[Figure]:
    """Return the pictures of canonical HTML in order, one each time it is shown."""
    found = _FIGURE.finditer(html)
    return [Figure(int(each["image"]), to_text(each["caption"] or "")) for each in found if each["image"]]


def embed_first(html: str) -> str:
    """Return canonical HTML with its first embed at the very beginning."""
    found = next((each for each in _FIGURE.finditer(html) if each["embed"]), None)
    if found is None:
        return html
    blocks = found[0], html[: found.start()].rstrip("\n"), html[found.end() :].lstrip("\n")
    return "\n".join(block for block in blocks if block)


def has_embed(html: str) -> bool:
    """Canonical HTML shows something of another site: a video, a recording, a map."""
    return any(each["embed"] for each in _FIGURE.finditer(html))


def replace_figures(html: str, image: Callable[[int, str], str], embed: Callable[[str, str], str]) -> str:
    """Return canonical HTML with what image(id, caption) and embed(url, caption) return in place of each figure.

    The captions given to both are HTML ("" for none), and so must be what they return.
    """

    def replacement(found: re.Match[str]) -> str:
        caption = found["caption"] or ""
        return image(int(found["image"]), caption) if found["image"] else embed(unescape(found["embed"]), caption)

    return _FIGURE.sub(replacement, html)


def without_images(html: str, lost: set[int]) -> str:
    """Return canonical HTML without the figures of these pictures."""
    return _FIGURE.sub(lambda found: "" if found["image"] and int(found["image"]) in lost else found[0], html)


def outward(html: str, absolute: Callable[[str], str]) -> str:
    """Return what of any HTML may stand outside our pages, as in a feed: plain elements, every address absolute."""

    def attribute(_tag: str, name: str, value: str) -> str:
        return absolute(value) if name in {"href", "src"} else value

    return nh3.clean(
        html,
        tags=set(BLOCKS | INLINE | VOID),
        attributes={
            "a": {"href", "title"},
            "img": {"src", "alt", "width", "height"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def to_text(html: str) -> str:
    """Return the text of any HTML, a line for each block, without tags and entities."""
    lines = unescape(TOKEN.sub(_text_break, html.replace("\n", " "))).split("\n")
    return "\n".join(line for line in map(text.clean_line, lines) if line)


def _text_break(token: re.Match[str]) -> str:
    name = (token["name"] or "").lower()
    if name in {"td", "th"}:
        return " "
    return "" if not name or name in INLINE or name in _QUIET else "\n"


_QUIET: Final = frozenset({"span", "b", "i", "u", "font", "s", "small", "code", "mark"})
