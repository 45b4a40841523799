"""How does a story's text look to readers, and how in the editor?

The stored body names pictures and embeds; here they become mark-up with addresses. Sanitised first, whatever it is.
The result is stored with the live story, so it speaks the site's language, not that of whoever publishes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles import renditions, tones
from articles.models import Image
from newsroom.lib import html, text

EAGER: Final = {"loading": "eager", "priority": "high"}
LAZY: Final = {"loading": "lazy", "priority": ""}
# `sizes` of a place that is equally small on every screen: one file will do.
SMALL: Final = re.compile(r"([0-9.]+)rem")
SHARPEST: Final = 2.5  # device pixels a CSS pixel; more is seen by nobody


@dataclass(frozen=True)
class Service:
    """A site whose things stories embed: its pages' addresses, and the player that shows one without its page."""

    name: str
    page: re.Pattern[str]
    player: str  # template of the player's address; {0} is the first group, {url} the page quoted


@dataclass(frozen=True)
class Layout:
    """What the form of a story changes in how its text is shown."""

    sizes: str = ""  # of pictures: the HTML attribute; empty: as wide as the text
    zoom: bool = False  # pictures lead to their largest file
    poster: int | None = None  # the picture on an embed at the very beginning, until that is played


WIDE: Final = "(min-width: 62rem) 60rem, 100vw"
PLAIN: Final = Layout()
SERVICES: Final = tuple(
    Service(name, re.compile(page), player)
    for name, page, player in (
        ("YouTube", r"https://www\.youtube\.com/watch\?v=([\w-]{11})", "https://www.youtube-nocookie.com/embed/{0}"),
        ("Vimeo", r"https://vimeo\.com/([0-9]+)", "https://player.vimeo.com/video/{0}?dnt=1"),
        ("TikTok", r"https://www\.tiktok\.com/@[\w.-]+/video/([0-9]+)", "https://www.tiktok.com/embed/v2/{0}"),
        ("Facebook", r"https://www\.facebook\.com/()", "https://www.facebook.com/plugins/video.php?href={url}"),
        ("Spotify", r"https://open\.spotify\.com/(\w+/\w+)", "https://open.spotify.com/embed/{0}"),
        ("SoundCloud", r"https://soundcloud\.com/()", "https://w.soundcloud.com/player/?url={url}"),
        ("Google Maps", r"https://www\.google\.com/maps/embed\?pb=()", "{plain}"),
    )
)


# --- for readers ------------------------------------------------------------------------------------------------


def render_body(body: str, known: Mapping[int, Image] | None = None, layout: Layout = PLAIN) -> str:
    """The HTML that pages show: sanitised, pictures and embeds resolved, links and tables made safe and usable.

    A picture that no longer exists is left out. One query for all pictures; none if the caller knows them by key.
    Raises html.TooLong.
    """
    body = html.sanitise(body)
    images = _images_in(body, layout.poster) if known is None else known
    posters = iter([images.get(layout.poster or 0)] if body.startswith('<figure class="embed"') else [])

    def image(number: int, caption: str) -> str:
        found = images.get(number)
        return render_figure(found, mark_safe(caption), layout) if found else ""  # from sanitised HTML

    with translation.override(settings.LANGUAGE_CODE):
        # Tables first: those of the stored text only, not what templates may bring.
        tabled = _TABLE.sub(lambda table: _scrolling(table[0]), _outward_links(body))
        return html.replace_figures(tabled, image, lambda url, caption: _embed(url, caption, next(posters, None)))


def trusted(rendered: str) -> SafeString:
    """A live story's stored `html`, which only `render_body` writes, as templates may show it."""
    return mark_safe(rendered)


def render_figure(image: Image, caption: SafeString | str = "", layout: Layout = PLAIN) -> str:
    shown = picture(image, "full", alt=described(image, html.to_text(caption)), sizes=layout.sizes)
    context = {"picture": shown, "zoom": layout.zoom}
    return _without_gaps(render_to_string("articles/_figure.html", context | captioned(image, caption)))


def picture(
    image: Image | None, family: str = "card", *, sizes: str = "", eager: bool = False, alt: str | None = None
) -> dict[str, Any] | None:
    """What templates/articles/_picture.html needs; None where there is nothing to show. Asks no database, no file."""
    if image is None or not renditions.has(image, family):
        return None
    width, height = renditions.size(image, family)
    small = SMALL.fullmatch(sizes)
    needed = int(float(small[1]) * 16 * SHARPEST) if small else 0
    files = partial(renditions.url, image, family, needed) if small else partial(renditions.srcset, image, family)
    # Of a thumbnail, the address weighs more than WebP saves; who takes only JPEG gets one width.
    formats = ("avif",) if small else ("avif", "webp")
    return {
        "sources": [{"type": renditions.MIME[fmt], "srcset": files(fmt=fmt)} for fmt in formats],
        "src": renditions.url(image, family, needed or 800),
        "sizes": "" if small else sizes or renditions.FAMILIES[family].sizes,
        "large": renditions.url(image, family, width),
        "width": width,
        "height": height,
        "alt": described(image) if alt is None else alt,
        "tone": tones.css_class(image.colour),
        **(EAGER if eager else LAZY),
    }


def described(image: Image, caption: str = "") -> str:
    """The alternative text: none for a decorative picture; where nobody wrote one, the caption says what is shown."""
    return "" if image.is_decorative else image.alt or caption or image.caption


def captioned(image: Image, caption: SafeString | str = "") -> dict[str, str]:
    """The caption of this place, else the picture's own, and the credit unless the caption names it already."""
    shown = caption or image.caption
    said = text.fold(html.to_text(shown))
    return {"caption": shown, "credit": "" if text.fold(image.credit) in said else image.credit}


def _images_in(body: str, poster: int | None = None) -> dict[int, Image]:
    wanted = {figure.image_id for figure in html.figures(body)} | ({poster} if poster else set())
    return Image.objects.defer("fold", "rights").in_bulk(wanted) if wanted else {}


def _embed(url: str, caption: str, poster: Image | None = None) -> str:
    service, player = _player(url)
    shown = picture(poster, "full", eager=True, alt="", sizes=WIDE)
    context = {"url": url, "service": service, "player": player, "picture": shown}
    context["caption"] = mark_safe(caption)  # from sanitised HTML
    return _without_gaps(render_to_string("articles/_embed.html", context))


def _player(url: str) -> tuple[str, str]:
    for service in SERVICES:
        if match := service.page.match(url):
            return service.name, service.player.format(match[1], url=quote(url, safe=""), plain=url)
    return urlsplit(url).hostname or "", ""


_LINK: Final = re.compile(r'<a href="(https?://[^"]*)"')
_TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)


def _outward_links(body: str) -> str:
    """Links to other sites do not hand them our window."""
    home = urlsplit(settings.SITE_URL).netloc

    def link(found: re.Match[str]) -> str:
        return found[0] if urlsplit(found[1]).netloc == home else f'{found[0]} rel="noopener"'

    return _LINK.sub(link, body)


def _scrolling(table: str) -> str:
    """A wide table scrolls by itself, reachable by keyboard (WCAG 2.1.1); the page does not."""
    label = translation.gettext("Table; scrolls sideways")
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">{table}</div>'


def _without_gaps(markup: str) -> str:
    return re.sub(r"\s*\n\s*", "", markup)


# --- for the editor ---------------------------------------------------------------------------------------------


def editor_html(body: str) -> str:
    """The body as the editor shows it: each figure with a picture in it. The sanitiser is the way back."""
    body = html.sanitise(body)
    images = _images_in(body)

    def image(number: int, caption: str) -> str:
        found = images.get(number)
        src = renditions.url(found, "full", 800) if found else ""
        shown = format_html(
            '<img data-image="{}" src="{}" alt="{}">', number, src, described(found) if found else f"? {number}"
        )
        return f'<figure class="image" data-image="{number}">{shown}<figcaption>{caption}</figcaption></figure>'

    def embed(url: str, caption: str) -> str:
        link = format_html('<a href="{}">{}</a>', url, url)
        figure = format_html('<figure class="embed" data-embed="{}">', url)
        return f"{figure}{link}<figcaption>{caption}</figcaption></figure>"

    return html.replace_figures(body, image, embed)
