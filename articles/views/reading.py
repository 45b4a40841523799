"""What does a reader get at the address of a front, a story, an author, a tag?"""

import unicodedata
from functools import partial
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from articles import changes, editions, fetching, front_pages, fronts, keys, pages, readership, section_bar, seo
from articles.addresses import named, page_number, renamed
from articles.models import Article, Author, Byline, Section, StaticPage, Tag
from articles.reading import Reading
from articles.rendering import render_body
from newsroom.lib.pagecache.responses import publish_response

TONES = "\u0300\u0301\u0303\u0309\u0323"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    edition, arrangement = front_pages.opened()
    front = front_pages.home(edition, arrangement)
    context = {"chrome": pages.chrome(edition).until(front.next_change), "front": front, "most_read": front.most_read}
    context["meta"] = seo.for_home()
    return pages.page(request, "articles/home.html", context, {keys.HOME, *readership.keys_of(front.most_read)})


@require_safe
def section(request: HttpRequest, section: str, subsection: str = "") -> HttpResponse:
    slug = subsection or section
    edition, arrangement = front_pages.opened(slug)
    found = section_bar.at(edition).named(slug) or renamed(Section.objects.public(), slug)
    if request.path != found.get_absolute_url():
        return moved(request, found.get_absolute_url(), keys.section(found.pk))
    front = front_pages.section_front(found, page_number(request), edition, arrangement)
    context = {"chrome": pages.chrome(edition).until(front.next_change), "section": found, "front": front}
    context |= {"stories": front.stories, "paging": front.paging, "newest": front.newest, "most_read": front.most_read}
    context |= {"meta": seo.for_section(found, front.paging.number, [*front.at.values(), *front.stories])}
    # the strip of the newest has what the home page has
    shown = {keys.section(found.pk), keys.HOME, *front.keys, *readership.keys_of(front.most_read)}
    return pages.page(request, "articles/section.html", context, shown)


@require_safe
def article(request: HttpRequest, slug: str, id: str) -> HttpResponse:
    """A story by its number. What was taken down or has ended is 410; what was never there, or not yet, 404."""
    story, edition = fetching.story(int(id))
    if story.readers_state in ("withdrawn", "ended"):
        return gone(request, story)
    if not story.is_public or story.section is None:
        raise Http404
    if request.path != story.get_absolute_url():
        return moved(request, story.get_absolute_url(), keys.article(story.pk))
    reading = Reading.of(story)
    context = {"reading": reading, "article": story, "section": story.section}
    shown = {keys.article(story.pk), keys.thread(story.pk), *(keys.section(part.pk) for part in story.section.line)}
    around = fronts.around(story, reading.tags, edition)
    shown |= {keys.article(other.pk) for other in around.related} | readership.keys_of(around.most_read)
    context |= {"chrome": pages.chrome(edition), "around": around, "most_read": around.most_read}
    context["meta"] = SimpleLazyObject(partial(seo.for_article, reading))  # kept, as a rule
    return pages.with_players(request, pages.page(request, "articles/article.html", context, shown), story.html)


def gone(request: HttpRequest, story: Article) -> HttpResponse:
    """301 to the story that readers of a withdrawn one are led to, if they can read that one; else 410."""
    target, passed = changes.successor(story)
    shown = set(map(keys.article, passed))
    if target is None:
        return pages.page(request, "410.html", {}, shown, status=410)
    return publish_response(request, HttpResponsePermanentRedirect(target.get_absolute_url()), shown)


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """Everybody whose name stands under a published story, in Vietnamese order under their first letters."""
    signed = fronts.newest(Byline.objects.filter(author=OuterRef("pk")))
    found = Author.objects.filter(Exists(signed)).select_related("portrait").order_by("sort", "pk")
    letters = [(letter, list(group)) for letter, group in groupby(found, key=lambda author: initial(author.name))]
    context = {"letters": letters, "meta": seo.for_authors()}
    return pages.page(request, "articles/authors.html", context, {keys.AUTHORS, keys.HOME})


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = named(Author.objects.select_related("portrait"), slug)
    if request.path != found.get_absolute_url():
        return moved(request, found.get_absolute_url(), keys.author(found.pk))
    edition = editions.current()
    stories, paging = fronts.page_of(found, page_number(request), edition)
    meta = seo.for_author(found, paging.number, stories)
    context = {"chrome": pages.chrome(edition), "author": found, "stories": stories, "paging": paging, "meta": meta}
    return pages.page(request, "articles/author.html", context, {keys.author(found.pk)})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = named(Tag.objects.order_by("pk"), slug)
    if request.path != found.get_absolute_url():
        return moved(request, found.get_absolute_url(), keys.tag(found.pk))
    edition = editions.current()
    stories, paging = fronts.page_of(found, page_number(request), edition)
    meta = seo.for_tag(found, paging.number, stories)
    context = {"chrome": pages.chrome(edition), "tag": found, "stories": stories, "paging": paging, "meta": meta}
    return pages.page(request, "articles/tag.html", context, {keys.tag(found.pk)})


@require_safe
def static_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the paper about itself."""
    found = named(StaticPage.objects.filter(is_shown=True), slug)
    if request.path != found.get_absolute_url():
        return moved(request, found.get_absolute_url(), keys.static_page(found.pk))
    body = render_body(found.body)
    context = {"static_page": found, "body": body, "meta": seo.for_static_page(found)}
    response = pages.page(request, "articles/static_page.html", context, {keys.static_page(found.pk)})
    return pages.with_players(request, response, body)


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """The page that lists the feeds for people."""
    return pages.page(request, "articles/feeds.html", {"meta": seo.for_feeds()}, ())


def moved(request: HttpRequest, address: str, key: str) -> HttpResponse:
    """301 to where the thing is now; kept no longer than a page, for names may change again."""
    return publish_response(request, HttpResponsePermanentRedirect(address), {keys.CHROME, key})


def initial(name: str) -> str:
    """The letter under which a name is listed: Đ, Â and Ơ are letters of their own, tones make none."""
    spelled = unicodedata.normalize("NFD", name[:1].upper())
    letter = unicodedata.normalize("NFC", "".join(char for char in spelled if char not in TONES))
    return letter if letter.isalpha() else "#"
