"""Few queries a page, as many with one story as with thirty."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import arranging
from articles.models import Arrangement, Article, BylineRef, Filling, Section, Slot, Tag
from bench.plans import SHELVES
from tests import builders

pytestmark = pytest.mark.django_db
# After a publication: what stays in memory as long as nothing changes is read anew.
MOST = {"/": 4, "STORY": 4, "/do-thi/": 4, "/do-thi/giao-thong/": 4, "DAY": 3, "/khong-co/": 3}
OWN_PICTURES = 1  # that editors chose for places on a front
KEPT = {"/": 1, "STORY": 1, "/do-thi/": 1, "/do-thi/giao-thong/": 1, "DAY": 2}
OTHERS = 8
PAGES = [
    "/",
    "/do-thi/",
    "/do-thi/giao-thong/",
    "STORY",
    "DAY",
    "/tac-gia/",
    "/tac-gia/le-an/",
    "/chu-de/bao/",
    "/rss/",
    "/rss/home.rss",
    "/rss/giao-thong.rss",
    "/rss/tac-gia/le-an.rss",
    "/rss/chu-de/bao.rss",
    "/feed.json",
    "/sitemap.xml",
    "MONTH",
    "/sitemap/trang.xml",
    "/sitemap/chuyen-muc.xml",
    "/sitemap/tac-gia.xml",
    "/sitemap/chu-de.xml",
    "/sitemap-news.xml",
    "/manifest.webmanifest",
    "/khong-co/",
]


def fill(count):
    """So many stories, each with a section, a picture, two bylines and tags of its own."""
    builders.make_publication()
    parent = builders.make_section("Đô thị")
    section = builders.make_section("Giao thông", parent=parent)
    common = builders.catalogue.tag_named("Bão")
    for n in range(count):
        builders.make_section(f"Mục {n}")
        own = builders.catalogue.tag_named(f"Từ khóa {n}")
        names = (builders.make_author("Lê An"), builders.make_author(f"Tác giả {n}"))
        story = builders.make_article(
            section=section.pk,
            tags=(common.pk, own.pk),
            bylines=tuple(BylineRef(author.pk) for author in names),
            image=builders.make_image(),
            published_at=builders.hours(-n - 1),
        )
    return story


def queries(client, story, kept=False):
    """Statements of each page; sections and masthead are in memory, lists and stories only where they are kept."""
    counts = {}
    day, month = story.published_on.strftime("/luu-tru/%Y/%m/%d/"), story.published_on.strftime("/sitemap/%Y-%m.xml")
    places = {"STORY": story.get_absolute_url(), "MONTH": month, "DAY": day}
    for address in PAGES:
        cache.clear()
        client.get(places.get(address, address))
        if not kept:
            for shelf in SHELVES:
                shelf.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(places.get(address, address)).getvalue()
        counts[address] = len(captured)
    return counts


def test_pages_ask_little_and_always_the_same(client):
    one = queries(client, fill(1))
    many = queries(client, fill(30))
    assert {address: count for address, count in many.items() if count > MOST.get(address, OTHERS)} == {}
    for address in ("STORY",):
        one[address] += 1  # a single story leads on to no other
    assert one == many
    kept = queries(client, Article.objects.last(), kept=True)
    assert {address: kept[address] for address in KEPT} == KEPT


def test_arranged_pages_ask_no_more(client):
    """Chosen stories with own pictures, and places that fill themselves with a section and a keyword."""
    story = fill(12)
    parent, tag = Section.objects.get(slug="do-thi"), Tag.objects.get(slug="bao")
    chosen = Slot(Filling.STORY, story.pk, image=builders.make_image().pk)
    slots = {"lead-1": chosen, "beside-1": Slot(Filling.TAG, tag.pk), "beside-2": Slot(Filling.SECTION, parent.pk)}
    by = builders.make_user("chief")
    for section, names in ((None, slots), (parent, {"lead-1": chosen, "next-1": slots["beside-1"]})):
        version = arranging.save_draft(section, Arrangement(names), by=by, version=0).version
        arranging.launch(section, by=by, version=version)
    counts = queries(client, story)
    assert {page: counts[page] for page in ("/", "/do-thi/")} == {
        page: MOST[page] + OWN_PICTURES for page in ("/", "/do-thi/")
    }
