"""What do search engines and social networks learn about a page?

Every address in it is absolute (SITE_URL). Structured data follows schema.org and Google's "Article" guide.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import renditions
from articles.models import Article, Author, Byline, Correction, Image, Publication, PublicVersion, Section, Tag
from newsroom.lib import dates, text

Node = dict[str, Any]

INDEX = "index, follow, max-image-preview:large"
NO_INDEX = "noindex, follow"
DESCRIPTION_LENGTH = 200
PICTURE_WIDTH = 1200


@dataclass(frozen=True)
class Meta:
    """The head of a page; `feed` is the address of its RSS feed, `nodes` what it adds to the structured data."""

    title: str
    path: str
    description: str = ""
    kind: str = "website"
    robots: str = INDEX
    feed: str = ""
    picture: Node | None = None
    article: Article | None = None
    nodes: list[Node] = field(default_factory=list)

    @property
    def canonical(self) -> str:
        return absolute(self.path)


class StructuredData:
    """JSON-LD for a script element: `<`, `>` and `&` are written as escapes, so that no text can end the element."""

    ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    def __str__(self) -> str:
        graph = {"@context": "https://schema.org", "@graph": self.nodes}
        return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(self.ESCAPES)

    __html__ = __str__


def absolute(path: str) -> str:
    """The address with scheme and host; what has them already stays."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


# --- heads of pages ---------------------------------------------------------------------------------------------


def for_home() -> Meta:
    search = absolute(reverse("search")) + "?q={search_term_string}"
    action = {"@type": "SearchAction", "target": search, "query-input": "required name=search_term_string"}
    site = {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "publisher": {"@id": absolute("/#organization")},
        "potentialAction": action,
    }
    return Meta(title="", path="/", feed=reverse("feed_home"), nodes=[site])


def for_section(section: Section, page: int = 1) -> Meta:
    return Meta(
        title=_numbered(section.name, page),
        path=_paged(section.get_absolute_url(), page),
        description=section.description,
        feed=reverse("feed_section", args=[section.slug]),
        nodes=[breadcrumb([(part.name, part.get_absolute_url()) for part in section.line])],
    )


def for_article(article: Article, told: Iterable[PublicVersion] = ()) -> Meta:
    """A story's head; its section and, prefetched, bylines and tags are read. `told`: the changes readers know of."""
    picture = picture_of(article.lead_image)
    story = news_article(article, picture, told)
    line = [(part.name, part.get_absolute_url()) for part in article.section.line] if article.section else []
    return Meta(
        title=article.headline,
        path=article.get_absolute_url(),
        description=text.excerpt(article.lead, DESCRIPTION_LENGTH),
        kind="article",
        picture=picture,
        article=article,
        nodes=[story, breadcrumb([*line, (article.headline, article.get_absolute_url())])],
    )


def for_author(author: Author, page: int = 1, empty: bool = False) -> Meta:
    address = author.get_absolute_url()
    return Meta(
        title=_numbered(author.name, page),
        path=_paged(address, page),
        description=text.excerpt(author.bio, DESCRIPTION_LENGTH),
        kind="profile",
        robots=NO_INDEX if empty else INDEX,
        feed=reverse("feed_author", args=[author.slug]),
        picture=picture_of(author.portrait),
        nodes=[person(author), breadcrumb([(_("Authors"), reverse("authors")), (author.name, address)])],
    )


def for_authors() -> Meta:
    return Meta(title=_("Authors"), path=reverse("authors"))


def for_tag(tag: Tag, page: int = 1, empty: bool = False) -> Meta:
    return Meta(
        title=_numbered(tag.name, page),
        path=_paged(tag.get_absolute_url(), page),
        description=text.excerpt(tag.description, DESCRIPTION_LENGTH),
        robots=NO_INDEX if empty else INDEX,
        feed=reverse("feed_tag", args=[tag.slug]),
    )


def for_corrections(page: int = 1) -> Meta:
    return Meta(title=_numbered(_("Corrections and updates"), page), path=_paged(reverse("corrections"), page))


def for_correction(correction: Correction) -> Meta:
    title = _("Correction and apology: %s") % correction.work_title
    description = text.excerpt(correction.corrected_content, DESCRIPTION_LENGTH)
    return Meta(title=title, path=correction.get_absolute_url(), description=description)


def for_most_read() -> Meta:
    return Meta(title=_("Most read"), path=reverse("most_read"))


def for_feeds() -> Meta:
    return Meta(title=_("RSS feeds"), path=reverse("rss"), feed=reverse("feed_home"))


def _numbered(title: str, page: int) -> str:
    return title if page == 1 else _("%(title)s - page %(number)s") % {"title": title, "number": page}


def _paged(path: str, page: int) -> str:
    return path if page == 1 else f"{path}?trang={page}"


def picture_of(image: Image | None) -> Node | None:
    """The picture as an ImageObject, as wide as large previews ask for (1200 pixels where it has them)."""
    if image is None or not renditions.has(image, "full"):
        return None
    width, height = renditions.size(image, "full")
    shown = min(width, PICTURE_WIDTH)
    return {
        "@type": "ImageObject",
        "url": absolute(renditions.url(image, "full", PICTURE_WIDTH)),
        "width": shown,
        "height": round(height * shown / width),
        "caption": image.caption or image.alt,
        "creditText": image.credit,
    }


# --- structured data ----------------------------------------------------------------------------------------------


def organization(publication: Publication) -> Node:
    """The paper itself, which every page names as its publisher."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#organization"),
        "name": publication.name,
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": absolute(f"{settings.STATIC_URL}img/icon-512.png")},
    }


def news_article(article: Article, picture: Node | None, told: Iterable[PublicVersion] = ()) -> Node:
    """Headline, times with their zone, pictures, authors by name and address, and what was corrected."""
    node = {
        "@type": "NewsArticle",
        "@id": absolute(article.get_absolute_url()) + "#article",
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "headline": article.headline,
        "description": article.lead,
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(article.updated_at or article.published_at),
        "articleSection": article.section.name if article.section else "",
        "keywords": [tagging.tag.name for tagging in article.taggings.all()],
        "wordCount": article.word_count,
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
        "author": [person(byline.author) for byline in article.bylines.all() if byline.role == Byline.Role.TEXT]
        or [{"@id": absolute("/#organization")}],
        "publisher": {"@id": absolute("/#organization")},
        "image": [picture] if picture else [],
        "correction": [
            {"@type": "CorrectionComment", "text": change.line, "datePublished": _moment(change.at)}
            for change in told
            if change.kind == PublicVersion.Kind.CORRECTION
        ],
    }
    return {name: value for name, value in node.items() if value not in ("", [])}


def person(author: Author) -> Node:
    return {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}


def breadcrumb(parts: list[tuple[str, str]]) -> Node:
    """From the home page down to the page itself."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate([(_("Home"), "/"), *parts], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _moment(moment: Any) -> str:
    return dates.local(moment).isoformat(timespec="seconds") if moment else ""
