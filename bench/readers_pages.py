"""Which pages have readers and their machines, and which of each kind is measured?"""

from collections.abc import Iterator

from django.db.models import Count, F
from django.utils.http import urlencode

from articles.models import Article, Author, Section, Tag
from bench.desk_pages import Page
from bench.texts import FREQUENT, RARE
from comments.models import Comment, Thread

READER = ""  # signs in as nobody


def pages() -> Iterator[Page]:
    for name, address in {**stories(), **lists(), **archive(), **searches(), **threads(), **machines()}.items():
        yield Page(name, READER, address)


def stories() -> dict[str, str]:
    newest = Article.objects.published().newest_first().filter(presentation="")
    busiest = Thread.objects.order_by("-visible_count")[0].article_id
    return {
        "home": "/",
        "story": newest[5].get_absolute_url(),
        "story, oldest": newest.reverse()[5].get_absolute_url(),
        "story, 10,000 comments": newest.get(pk=busiest).get_absolute_url(),
    }


def lists() -> dict[str, str]:
    parent, leaf = Section.objects.get(name="Đô thị"), Section.objects.get(name="Sách")
    author = Author.objects.annotate(n=Count("bylines")).order_by("-n")[0]
    tag = Tag.objects.annotate(n=Count("taggings")).order_by("-n")[0]
    section = parent.get_absolute_url()
    return {
        "section": section,
        "sub-section": leaf.get_absolute_url(),
        "section, page 20": f"{section}?trang=20",
        "author": author.get_absolute_url(),
        "keyword": tag.get_absolute_url(),
        "most read": "/doc-nhieu/",
        "corrections": "/dinh-chinh/",
    }


def archive() -> dict[str, str]:
    full = Article.objects.published().newest_first()[300].published_on  # one of 200 stories in every archive
    return {
        "day": f"/luu-tru/{full:%Y/%m/%d}/",
        "day, page 2": f"/luu-tru/{full:%Y/%m/%d}/?trang=2",
        "month": f"/luu-tru/{full:%Y/%m}/",
        "year": f"/luu-tru/{full:%Y}/",
        "archive": "/luu-tru/",
    }


def searches() -> dict[str, str]:
    words = {"rare word": RARE, "frequent word": FREQUENT, "no such word": "khongco", "two words": "thành phố"}
    return {f"search: {name}": f"/tim-kiem/?{urlencode({'q': word})}" for name, word in words.items()}


def threads() -> dict[str, str]:
    busiest = Thread.objects.order_by("-visible_count")[0].article_id
    late = Comment.objects.shown().filter(thread=busiest).order_by(F("published_at"), "pk")[500]
    return {
        "thread": f"/binh-luan/{busiest}/",
        "thread, a late comment": f"/binh-luan/{busiest}/?c={late.pk}",
        "thread, most liked": f"/binh-luan/{busiest}/?thu-tu=hay-nhat",
    }


def machines() -> dict[str, str]:
    return {
        "feed": "/rss/home.rss",
        "feed of a section": "/rss/do-thi.rss",
        "JSON feed": "/feed.json",
        "sitemaps": "/sitemap.xml",
        "news sitemap": "/sitemap-news.xml",
    }
