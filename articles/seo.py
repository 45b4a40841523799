"""What do search engines and social networks learn from the head of a page? The data in it: `articles.structured`.

One address counts for each page: further pages of a list and archives of a section have their own, orders and
unknown parameters have none.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.addresses import absolute
from articles.models import Article, Author, Byline, Correction, Image, Publication, Section, StaticPage, Tag
from articles.reading import Reading
from articles.structured import (
    Node,
    StructuredData,
    breadcrumb,
    collection,
    news_article,
    organization,
    picture_of,
    profile,
    website,
)
from newsroom.lib import text

INDEX = "index, follow, max-image-preview:large"
NO_INDEX = "noindex, follow"
DESCRIPTION_LENGTH = 200


@dataclass(frozen=True)
class Picture:
    """What social networks show beside the title."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Meta:
    """The head of a page; `feed` is the address of its RSS feed, `nodes` what it adds to the structured data."""

    title: str
    path: str
    description: str = ""
    kind: str = "website"
    robots: str = INDEX
    feed: str = ""
    picture: Picture | None = None
    article: Article | None = None
    nodes: list[Node] = field(default_factory=list)

    @property
    def canonical(self) -> str:
        return absolute(self.path)

    @property
    def seen(self) -> Hashable:
        """All that the head of a page that is no story shows of it."""
        texts = (self.title, self.path, self.description, self.kind, self.robots, self.feed)
        return (*texts, self.picture, str(StructuredData(self.nodes)))

    @property
    def is_home(self) -> bool:
        return self.path == "/"

    @property
    def writers(self) -> list[str]:
        """The addresses of those who wrote the story."""
        bylines = self.article.bylines.all() if self.article else []
        return [absolute(line.author.get_absolute_url()) for line in bylines if line.role == Byline.Role.TEXT]

    @property
    def keywords(self) -> list[str]:
        return [tagging.tag.name for tagging in self.article.taggings.all()] if self.article else []

    def data(self, publication: Publication) -> StructuredData:
        """What the page says to machines, with the paper as its publisher."""
        site = [website(publication)] if self.is_home else []
        return StructuredData([organization(publication, is_whole=self.article is None), *site, *self.nodes])


def for_home() -> Meta:
    return Meta(title="", path="/", feed=reverse("feed_home"))


def for_section(section: Section, page: int = 1, stories: Sequence[Article] = ()) -> Meta:
    path = _paged(section.get_absolute_url(), page)
    line = breadcrumb([(part.name, part.get_absolute_url()) for part in section.line])
    return Meta(
        title=_numbered(section.name, page),
        path=path,
        description=section.description,
        feed=reverse("feed_section", args=[section.slug]),
        nodes=[collection(section.name, path, stories), line],
    )


def for_article(reading: Reading) -> Meta:
    """A story's head; its section and, prefetched, bylines and tags are read."""
    article = reading.article
    line = [(part.name, part.get_absolute_url()) for part in article.section.line] if article.section else []
    return Meta(
        title=article.headline,
        path=article.get_absolute_url(),
        description=text.excerpt(article.lead, DESCRIPTION_LENGTH),
        kind="article",
        picture=preview(article.lead_image, article.lead_caption),
        article=article,
        nodes=[news_article(article, reading.changes, reading.corrections), breadcrumb(line)],
    )


def for_static_page(page: StaticPage) -> Meta:
    path = page.get_absolute_url()
    return Meta(title=page.name, path=path, description=page.description, nodes=[breadcrumb([(page.name, path)])])


def for_author(author: Author, page: int = 1, stories: Sequence[Article] = ()) -> Meta:
    address = author.get_absolute_url()
    path = _paged(address, page)
    line = breadcrumb([(_("Authors"), reverse("authors")), (author.name, address)])
    return Meta(
        title=_numbered(author.name, page),
        path=path,
        description=text.excerpt(author.bio, DESCRIPTION_LENGTH),
        kind="profile",
        robots=INDEX if stories else NO_INDEX,
        feed=reverse("feed_author", args=[author.slug]),
        picture=preview(author.portrait, author.name),
        nodes=[profile(author) if page == 1 else collection(author.name, path, stories), line],
    )


def for_authors() -> Meta:
    return _list(_("Authors"), reverse("authors"))


def for_tag(tag: Tag, page: int = 1, stories: Sequence[Article] = ()) -> Meta:
    path = _paged(tag.get_absolute_url(), page)
    return Meta(
        title=_numbered(tag.name, page),
        path=path,
        description=text.excerpt(tag.description, DESCRIPTION_LENGTH),
        robots=INDEX if stories else NO_INDEX,
        feed=reverse("feed_tag", args=[tag.slug]),
        nodes=[collection(tag.name, path, stories), breadcrumb([(tag.name, tag.get_absolute_url())])],
    )


def for_corrections(page: int = 1) -> Meta:
    return _list(_numbered(_("Corrections and updates"), page), _paged(reverse("corrections"), page))


def for_correction(correction: Correction) -> Meta:
    title, path = _("Correction and apology: %s") % correction.work_title, correction.get_absolute_url()
    description = text.excerpt(correction.corrected_content, DESCRIPTION_LENGTH)
    line = breadcrumb([(_("Corrections and updates"), reverse("corrections")), (correction.work_title, path)])
    return Meta(title=title, path=path, description=description, nodes=[line])


def for_most_read() -> Meta:
    return _list(_("Most read"), reverse("most_read"))


def for_feeds() -> Meta:
    return Meta(title=_("RSS feeds"), path=reverse("rss"), feed=reverse("feed_home"))


def preview(image: Image | None, alt: str) -> Picture | None:
    """The picture in the shape of a preview, or whole where it has no such file."""
    node = picture_of(image, "wide") or picture_of(image, "full")
    if image is None or node is None:
        return None
    return Picture(node["url"], node["width"], node["height"], text.clean_line(image.alt or alt or image.caption))


def _list(title: str, path: str) -> Meta:
    return Meta(title=title, path=path, nodes=[collection(title, path)])


def _numbered(title: str, page: int) -> str:
    return title if page == 1 else _("%(title)s - page %(number)s") % {"title": title, "number": page}


def _paged(path: str, page: int) -> str:
    return path if page == 1 else f"{path}?trang={page}"
