"""Addresses of the paper: fronts, stories, archive, search, feeds, sitemaps."""

from django.urls import path, re_path, register_converter

from articles import sitemaps
from articles.feeds import jsonfeed, rss
from articles.views import archive, corrections, media, preview, readers, reading, search


class AddressPart:
    """Small ASCII letters, digits and single hyphens: what `text.slugify` makes."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AddressPart, "part")


urlpatterns = [
    path("", reading.home, name="home"),
    re_path(r"^(?P<slug>[^/]*)-(?P<id>[0-9]{1,18})\.html$", reading.article, name="article"),
    re_path(media.PATTERN, media.media, name="media"),
    path("luu-tru/", archive.landing, name="archive"),
    path("luu-tru/lich.html", archive.calendar, name="calendar"),
    re_path(r"^luu-tru/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/dem\.json$", archive.month_counts, name="month_counts"),
    re_path(r"^luu-tru/(?P<year>[^/]+)/$", archive.period, name="archive_year"),
    re_path(r"^luu-tru/(?P<year>[^/]+)/(?P<month>[^/]+)/$", archive.period, name="archive_month"),
    re_path(r"^luu-tru/(?P<year>[^/]+)/(?P<month>[^/]+)/(?P<day>[^/]+)/$", archive.period, name="archive_day"),
    path("tim-kiem/", search.results, name="search"),
    path("tim-kiem/goi-y/", search.suggestions, name="suggestions"),
    path("tac-gia/", reading.authors, name="authors"),
    path("tac-gia/<part:slug>/", reading.author, name="author"),
    path("chu-de/<part:slug>/", reading.tag, name="tag"),
    path("doc-nhieu/", readers.most_read, name="most_read"),
    re_path(r"^doc/(?P<id>[0-9]{1,18})/$", readers.count, name="count_read"),
    path("trang/<part:slug>/", reading.static_page, name="page"),
    path("dinh-chinh/", corrections.corrections, name="corrections"),
    re_path(r"^dinh-chinh/(?P<id>[0-9]{1,18})/$", corrections.correction, name="correction"),
    path("rss/", reading.feed_list, name="rss"),
    path("rss/home.rss", rss.view_of(rss.StoryFeed), name="feed_home"),
    path("rss/<part:slug>.rss", rss.view_of(rss.SectionFeed), name="feed_section"),
    path("rss/tac-gia/<part:slug>.rss", rss.view_of(rss.AuthorFeed), name="feed_author"),
    path("rss/chu-de/<part:slug>.rss", rss.view_of(rss.TagFeed), name="feed_tag"),
    path("feed.json", jsonfeed.feed, name="feed_json"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap/<part:name>.xml", sitemaps.listing, name="sitemap_file"),
    path("xem-truoc/<str:token>/", preview.preview, name="preview"),
    path("xem-truoc/<str:token>/tra-loi/", preview.answer, name="preview_answer"),
    path("<part:section>/", reading.section, name="section"),
    path("<part:section>/<part:subsection>/", reading.section, name="section"),
]
