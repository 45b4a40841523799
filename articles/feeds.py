"""What do feed readers get? RSS 2.0 of the paper, a section, an author, a tag: whole stories, absolute addresses."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from articles import fronts, keys, pages, renditions
from articles.addresses import named
from articles.models import Article, Author, Publication, Section, Tag
from articles.seo import PICTURE_WIDTH, absolute
from newsroom.lib.pagecache.responses import publish_response

_ADDRESS = re.compile(r'\b(src|href|srcset)="([^"]*)"')


class StoryFeed(Feed):
    """What all feeds share. A feed says what it is of, which stories it has, and which key makes it stale."""

    feed_type = Rss201rev2Feed
    language = settings.LANGUAGE_CODE
    ttl = "10"

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.key = keys.HOME

    def title(self, thing: Any) -> str:
        return f"{thing} - {self.publication.name}" if thing else self.publication.name

    def description(self, thing: Any) -> str:
        return (getattr(thing, "description", "") or self.publication.tagline) if thing else self.publication.tagline

    def link(self, thing: Any) -> str:
        return absolute(thing.get_absolute_url() if thing else reverse("home"))

    def feed_copyright(self, thing: Any) -> str:
        return self.publication.copyright_note

    def items(self, thing: Any) -> QuerySet[Article] | list[Article]:
        return fronts.for_feed()

    def item_title(self, item: Article) -> str:
        return item.headline

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_description(self, item: Article) -> str:
        return format_html("<p><strong>{}</strong></p>", item.lead) + with_absolute_addresses(item.html)

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_categories(self, item: Article) -> list[str]:
        return [part.name for part in item.section.line] if item.section else []

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        """The lead picture. Its length is 0, "not known", as the RSS profile recommends: to ask the store is slow."""
        image = item.lead_image
        if image is None or not renditions.has(image, "full"):
            return []
        return [Enclosure(absolute(renditions.url(image, "full", PICTURE_WIDTH)), "0", renditions.MIME["jpg"])]


class HomeFeed(StoryFeed):
    def feed_url(self, thing: None) -> str:
        return absolute(reverse("feed_home"))


class SectionFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Section:
        found = named(Section.objects.public(), slug)
        self.key = keys.section(found.pk)
        return found

    def feed_url(self, thing: Section) -> str:
        return absolute(reverse("feed_section", args=[thing.slug]))

    def items(self, thing: Section) -> list[Article]:
        return fronts.for_feed(thing.placements.all())


class AuthorFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Author:
        found = named(Author.objects.order_by("pk"), slug)
        self.key = keys.author(found.pk)
        return found

    def feed_url(self, thing: Author) -> str:
        return absolute(reverse("feed_author", args=[thing.slug]))

    def items(self, thing: Author) -> list[Article]:
        return fronts.for_feed(thing.bylines.all())


class TagFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        found = named(Tag.objects.order_by("pk"), slug)
        self.key = keys.tag(found.pk)
        return found

    def feed_url(self, thing: Tag) -> str:
        return absolute(reverse("feed_tag", args=[thing.slug]))

    def items(self, thing: Tag) -> list[Article]:
        return fronts.for_feed(thing.taggings.all())


def view_of(kind: type[StoryFeed]) -> Callable[..., HttpResponse]:
    """The view of a feed: an object a request, for it remembers what it is of."""

    @require_safe
    def feed(request: HttpRequest, **parts: str) -> HttpResponse:
        around = pages.chrome()
        told = kind(around.publication)
        response = told(request, **parts)
        return publish_response(request, response, {keys.CHROME, told.key}, around.next_change)

    return feed


def with_absolute_addresses(body: str) -> str:
    """The story's HTML with a host in every address, also in `srcset`: a feed has no page to be relative to."""

    def absolute_one(match: re.Match[str]) -> str:
        places = (absolute(place) if place.startswith("/") else place for place in match[2].split(", "))
        return f'{match[1]}="{", ".join(places)}"'

    return _ADDRESS.sub(absolute_one, body)
