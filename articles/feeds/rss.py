"""What does a feed reader get that asks for RSS? The feeds of the paper, a section, an author, a tag.

RSS 2.0 with the elements that readers know besides: Dublin Core for several writers, Media RSS for the picture,
content:encoded for the whole text (its description is the lead), Atom for the feed's own address and for updates.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed, rfc3339_date
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles import editions, keys, pages
from articles.addresses import absolute, named
from articles.editions import Edition
from articles.feeds import items
from articles.feeds.items import Item, Picture
from articles.models import Author, Publication, Section, Tag
from newsroom.lib import text
from newsroom.lib.pagecache.responses import publish_response

NAMESPACES: Final = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
MINUTES_KEPT: Final = "10"
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the elements of NAMESPACES."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **NAMESPACES}

    def latest_post_date(self) -> datetime:
        """A feed without stories did not change just now, as Django would say: its ETag must hold."""
        return super().latest_post_date() if self.items else NEVER

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        story: Item = item["story"]
        for name, _address in story.writers:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("atom:updated", rfc3339_date(story.updated_at))
        handler.addQuickElement("content:encoded", item["content"])
        if story.picture:
            add_picture(handler, story.picture)


def add_picture(handler: SimplerXMLGenerator, picture: Picture) -> None:
    size = {"fileSize": str(picture.bytes)} if picture.bytes else {}
    shape = {"width": str(picture.width), "height": str(picture.height)}
    about = {"url": picture.address, "type": picture.kind, "medium": "image", **shape, **size}
    handler.startElement("media:content", AttributesImpl(about))
    if picture.caption:
        handler.addQuickElement("media:description", picture.caption, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")


class StoryFeed(Feed):
    """What all feeds share. A feed says what it is of, which stories it has, and which key makes it stale."""

    feed_type = Rss
    language = settings.LANGUAGE_CODE
    ttl = MINUTES_KEPT
    item_guid_is_permalink = True

    def __init__(self, publication: Publication, edition: Edition) -> None:
        self.publication, self.edition = publication, edition
        self.key, self.address = keys.HOME, reverse("feed_home")

    def title(self, thing: Any) -> str:
        return text.clean_line(f"{thing} - {self.publication.name}" if thing else self.publication.name)

    def description(self, thing: Any) -> str:
        told = getattr(thing, "description", "") or self.publication.tagline or self.title(thing)
        return text.clean_line(told)

    def link(self, thing: Any) -> str:
        return absolute(thing.get_absolute_url() if thing else reverse("home"))

    def feed_url(self, thing: Any) -> str:
        return absolute(self.address)

    def feed_copyright(self, thing: Any) -> str:
        return text.clean_line(self.publication.copyright_note)

    def items(self, thing: Any) -> list[Item]:
        return items.newest(self.edition, thing)

    def item_title(self, item: Item) -> str:
        return item.headline

    def item_link(self, item: Item) -> str:
        return item.address

    def item_guid(self, item: Item) -> str:
        return item.address

    def item_description(self, item: Item) -> str:
        return format_html("<p>{}</p>", item.summary)

    def item_pubdate(self, item: Item) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Item) -> datetime:
        return item.updated_at

    def item_categories(self, item: Item) -> list[str]:
        return list(dict.fromkeys([*item.sections, *item.tags]))

    def item_enclosures(self, item: Item) -> list[Enclosure]:
        picture = item.picture
        return [Enclosure(picture.address, str(picture.bytes), picture.kind)] if picture else []

    def item_extra_kwargs(self, item: Item) -> dict[str, Any]:
        lead = format_html("<p><strong>{}</strong></p>", item.summary)
        return {"story": item, "content": lead + item.content}


class SectionFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Section:
        found = named(Section.objects.public(), slug)
        self.key, self.address = keys.section(found.pk), reverse("feed_section", args=[found.slug])
        return found


class AuthorFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Author:
        found = named(Author.objects.order_by("pk"), slug)
        self.key, self.address = keys.author(found.pk), reverse("feed_author", args=[found.slug])
        return found


class TagFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        found = named(Tag.objects.order_by("pk"), slug)
        self.key, self.address = keys.tag(found.pk), reverse("feed_tag", args=[found.slug])
        return found


def view_of(kind: type[StoryFeed]) -> Callable[..., HttpResponse]:
    """The view of a feed: an object a request, for it remembers what it is of. A former address leads on (301)."""

    @require_safe
    def feed(request: HttpRequest, **parts: str) -> HttpResponse:
        edition = editions.current()
        around = pages.chrome(edition)
        told = kind(around.publication, edition)
        response = told(request, **parts)
        if request.path != told.address:
            response = HttpResponsePermanentRedirect(told.address)
        # The newest story's time is not when the feed changed: a withdrawal makes it older. Readers ask by ETag.
        response.headers.pop("Last-Modified", None)
        return publish_response(request, response, {keys.CHROME, told.key}, around.next_change)

    return feed
