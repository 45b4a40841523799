"""What do search engines learn about a page as data? Nodes of JSON-LD in the words of schema.org.

After Google's guides "Article", "Breadcrumb", "Profile page" and "Organization". Every address is absolute.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import renditions
from articles.addresses import absolute
from articles.models import Article, Author, Byline, Correction, Image, Publication, PublicVersion
from newsroom.lib import dates, text

Node = dict[str, Any]

PICTURE_WIDTH: Final = 1200  # what large previews ask for
LOGO_SIZE: Final = 512


class StructuredData:
    """JSON-LD for a script element: `<`, `>` and `&` are written as escapes, so that no text can end the element."""

    ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    def __str__(self) -> str:
        graph = {"@context": "https://schema.org", "@graph": self.nodes}
        return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(self.ESCAPES)

    __html__ = __str__


# --- the paper --------------------------------------------------------------------------------------------------


def organization(publication: Publication, *, is_whole: bool = True) -> Node:
    """The paper itself, which every page names as its publisher; a story says no more of it than that."""
    logo = absolute(static("img/icon-512.png"))
    name = {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#organization"),
        "name": publication.name,
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": logo, "width": LOGO_SIZE, "height": LOGO_SIZE},
    }
    more = {
        "slogan": publication.tagline,
        "email": publication.email,
        "telephone": publication.phone,
        "address": publication.address,
        "correctionsPolicy": absolute(reverse("corrections")),
    }
    return _told(name | more if is_whole else name)


def website(publication: Publication) -> Node:
    """The site with its search, for the home page."""
    target = {"@type": "EntryPoint", "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}"}
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "name": publication.name,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": {"@id": absolute("/#organization")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }


# --- stories ----------------------------------------------------------------------------------------------------


def news_article(article: Article, told: Iterable[PublicVersion] = (), corrections: Iterable[Correction] = ()) -> Node:
    """Headline, times with their zone, pictures, authors by name and address, and what was corrected."""
    address = absolute(article.get_absolute_url())
    writers = [byline.author for byline in article.bylines.all() if byline.role == Byline.Role.TEXT]
    return _told(
        {
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "mainEntityOfPage": address,
            "headline": article.headline,
            "alternativeHeadline": article.subheadline,
            "description": article.lead,
            "datePublished": moment(article.published_at),
            "dateModified": moment(article.updated_at or article.published_at),
            "articleSection": [part.name for part in article.section.line] if article.section else [],
            "keywords": [tagging.tag.name for tagging in article.taggings.all()],
            "wordCount": article.word_count,
            "inLanguage": settings.LANGUAGE_CODE,
            "isAccessibleForFree": True,
            "author": list(map(person, writers)) or [{"@id": absolute("/#organization")}],
            "publisher": {"@id": absolute("/#organization")},
            "image": pictures_of(article.lead_image, article.lead_caption),
            "correction": [*map(_correction, corrections), *_corrected(told)],
        }
    )


def _correction(correction: Correction) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": correction.corrected_content,
        "datePublished": moment(correction.published_at),
        "url": absolute(correction.get_absolute_url()),
    }


def _corrected(told: Iterable[PublicVersion]) -> list[Node]:
    return [
        {"@type": "CorrectionComment", "text": change.line, "datePublished": moment(change.at)}
        for change in told
        if change.kind == PublicVersion.Kind.CORRECTION
    ]


def pictures_of(image: Image | None, caption: str = "") -> list[Node]:
    """The picture in every shape that search engines ask for (16:9, 4:3, 1:1), or whole where it has none of them.

    Caption and credit stand with the first one: they are the same for all.
    """
    shapes = [picture_of(image, family.name, caption) for family in renditions.PREVIEWS]
    whole = [node for node in shapes if node] or [node for node in [picture_of(image, "full", caption)] if node]
    return whole[:1] + [{name: node[name] for name in ("@type", "url", "width", "height")} for node in whole[1:]]


def picture_of(image: Image | None, family: str, caption: str = "") -> Node | None:
    """The picture in one shape as an ImageObject, or None where there is no such file."""
    if image is None or not renditions.has(image, family):
        return None
    across, down = renditions.size(image, family)
    width = renditions.shown_width(image, family, PICTURE_WIDTH)
    return _told(
        {
            "@type": "ImageObject",
            "url": absolute(renditions.url(image, family, width)),
            "width": width,
            "height": round(down * width / across),
            "caption": caption or image.caption or image.alt,
            "creditText": image.credit,
        }
    )


# --- people and lists -------------------------------------------------------------------------------------------


def person(author: Author) -> Node:
    return {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}


def profile(author: Author) -> Node:
    """The page of an author, who is told in full."""
    address = absolute(author.get_absolute_url())
    whole = {
        **person(author),
        "@id": f"{address}#person",
        "description": text.clean_line(author.bio),
        "email": author.email,
        "image": pictures_of(author.portrait),
        "worksFor": {"@id": absolute("/#organization")},
    }
    return {"@type": "ProfilePage", "@id": address, "url": address, "mainEntity": _told(whole)}


def collection(name: str, path: str, stories: Iterable[Article] = ()) -> Node:
    """A page that lists stories, in their order."""
    items = [
        {"@type": "ListItem", "position": n, "url": absolute(story.get_absolute_url()), "name": story.headline}
        for n, story in enumerate(stories, start=1)
    ]
    node: Node = {
        "@type": "CollectionPage",
        "@id": absolute(path),
        "url": absolute(path),
        "name": name,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": {"@id": absolute("/#organization")},
    }
    return {**node, "mainEntity": {"@type": "ItemList", "itemListElement": items}} if items else node


def breadcrumb(parts: list[tuple[str, str]]) -> Node:
    """From the home page down to the page itself, or to the list that a story stands in."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate([(_("Home"), "/"), *parts], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def moment(at: datetime | None) -> str:
    return dates.local(at).isoformat(timespec="seconds") if at else ""


def _told(node: Node) -> Node:
    """What is known: empty values say nothing."""
    return {name: value for name, value in node.items() if value not in ("", [], None)}
