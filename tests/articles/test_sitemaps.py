"""The sitemap: an index with a file for each month, and only addresses that readers and search engines may have."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import catalogue, keys, sitemaps, workflow
from articles.models import Article, BylineRef, Correction, DayCount
from newsroom.lib import dates, pieces
from tests import builders
from tests.articles import sitemap_rules
from tests.articles.test_placing import update

pytestmark = pytest.mark.django_db
HOST = "https://bao.example"
MONTH = "/sitemap/2021-01.xml"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = HOST
    builders.make_publication()


def at(day, hour=9, month=1):
    return datetime(2021, month, day, hour, tzinfo=dates.TZ)


def content(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return response.getvalue()


def index(client):
    found = sitemap_rules.check_index(content(client, "/sitemap.xml"), HOST)
    return {address.removeprefix(HOST): changed for address, changed in found.items()}


def listed(client, address):
    found = sitemap_rules.check_urlset(content(client, address), HOST)
    return {path.removeprefix(HOST): changed for path, changed in found.items()}


def set_changed(when, **days):
    DayCount.objects.filter(**days).update(changed_at=when)
    pieces.forget()


# --- what is listed -------------------------------------------------------------------------------------------------


def test_index_names_the_files_that_have_something_in_them(client):
    assert list(index(client)) == ["/sitemap/trang.xml"]
    builders.make_section("Trống")
    tag = catalogue.tag_named("Bão")
    builders.make_article(at(14), tags=(tag.pk,))
    builders.make_article(at(1, month=3))
    assert list(index(client)) == [
        *("/sitemap/trang.xml", "/sitemap/chuyen-muc.xml", "/sitemap/tac-gia.xml", "/sitemap/chu-de.xml"),
        *("/sitemap/2021-01.xml", "/sitemap/2021-03.xml"),
    ]


def test_every_address_is_there_and_is_the_one_that_counts(client):
    sub = builders.make_section("Giao thông", parent=builders.make_section("Đô thị"))
    tag = catalogue.tag_named("Bão")
    builders.make_article(at(14), section=sub.pk, tags=(tag.pk,))
    paths = [path for file in index(client) for path in listed(client, file)]
    assert {"/", "/luu-tru/", "/dinh-chinh/", "/do-thi/giao-thong/", "/tac-gia/nguyen-mai/", "/chu-de/bao/"} < set(
        paths
    )
    for path in paths:
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code == 200, path
        assert f'<link rel="canonical" href="{HOST}{path}">' in page
        assert '<meta name="robots" content="index, follow' in page, path


def test_what_readers_may_not_see_is_not_listed(client):
    hidden, tag = builders.make_section("Nháp"), catalogue.tag_named("Bão")
    secret = BylineRef(builders.make_author("Bí Mật").pk)
    catalogue.tag_named("Không ai dùng")
    gone = {"tags": (tag.pk,), "bylines": (secret,)}
    builders.withdraw(builders.make_article(at(1), **gone))
    builders.make_article(builders.hours(1), **gone)
    ended = builders.make_article(at(2), **gone)
    Article.objects.filter(pk=ended.pk).update(visible_until=at(3))
    builders.make_article(at(4), section=hidden.pk, **gone)
    builders.make_section("Nháp", is_shown=False)
    builders.make_draft()
    assert list(index(client)) == ["/sitemap/trang.xml", "/sitemap/chuyen-muc.xml"]
    assert list(listed(client, "/sitemap/chuyen-muc.xml")) == ["/thoi-su/"]
    for address in (MONTH, "/sitemap/chu-de.xml", "/sitemap/tac-gia.xml"):
        assert client.get(address).status_code == 404, address
    seen = builders.make_article(at(5))
    assert list(listed(client, MONTH)) == [seen.get_absolute_url()]


def test_formal_corrections_are_found_for_good(client, cast):
    story = builders.make_article(at(14))
    correction = Correction.objects.create(
        **{"article": story, "work_title": "Bài", "section_name": "Thời sự", "false_on": at(14).date()},
        **{
            "false_content": "a",
            "corrected_content": "b",
            "apology": "c",
            "created_by": cast.ed,
            "received_at": at(15),
        },
        **{"due_at": at(16), "stage": "published", "published_at": at(16), "published_by": cast.pia},
    )
    assert listed(client, "/sitemap/trang.xml")[f"/dinh-chinh/{correction.pk}/"] == at(16)


def test_a_month_begins_and_ends_in_ha_noi(client):
    first = builders.make_article(datetime(2021, 1, 1, 0, 0, 0, tzinfo=dates.TZ))
    last = builders.make_article(datetime(2021, 1, 31, 23, 59, 59, tzinfo=dates.TZ))
    after = builders.make_article(datetime(2021, 2, 1, 0, 0, 0, tzinfo=dates.TZ))
    assert list(listed(client, MONTH)) == [first.get_absolute_url(), last.get_absolute_url()]
    assert list(listed(client, "/sitemap/2021-02.xml")) == [after.get_absolute_url()]


@pytest.mark.parametrize(
    "name",
    "2021-02 2021-01-2 2021-01-1 2021-01-0 2021-1 2021-13 2021-00 0000-01 9999-12 trang-2 trang-1 khong-co x "
    "chuyen-muc-99 2021-01-02-03".split(),
)
def test_files_that_do_not_exist(client, name):
    builders.make_article(at(14))
    assert client.get(f"/sitemap/{name}.xml").status_code == 404


def test_a_full_file_goes_on_in_the_next_and_stays_as_it_is(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 2)
    stories = [builders.make_article(at(day), tags=(catalogue.tag_named(f"Từ {day}").pk,)) for day in (1, 2, 3)]
    files = index(client)
    assert {MONTH, "/sitemap/2021-01-2.xml", "/sitemap/chu-de.xml", "/sitemap/chu-de-2.xml"} < set(files)
    assert list(listed(client, MONTH)) == [story.get_absolute_url() for story in stories[:2]]
    assert list(listed(client, "/sitemap/2021-01-2.xml")) == [stories[2].get_absolute_url()]
    assert len(listed(client, "/sitemap/chu-de.xml")) == 2 and len(listed(client, "/sitemap/chu-de-2.xml")) == 1
    assert client.get("/sitemap/2021-01-3.xml").status_code == 404


# --- when it changed ------------------------------------------------------------------------------------------------


def test_lastmod_of_a_story_is_its_last_real_change(client):
    first, second = builders.make_article(at(14)), builders.make_article(at(15))
    Article.objects.filter(pk=second.pk).update(updated_at=at(20))
    assert listed(client, MONTH) == {first.get_absolute_url(): at(14), second.get_absolute_url(): at(20)}


def test_lastmod_of_a_month_follows_every_verb(client, cast):
    story = builders.make_article(at(14))
    builders.make_article(at(15))
    builders.make_article(at(14, month=2))
    for deed in ("withdraw", "republish"):
        set_changed(at(28, month=2))
        before = index(client)
        assert before[MONTH] == at(28, month=2)
        workflow.perform(story.pk, deed, by=cast.cora, note="Kiểm tra")
        assert DayCount.objects.get(section=None, day=at(14).date()).changed_at > at(28, month=2)
        after = index(client)
        assert after[MONTH] > before[MONTH] and after["/sitemap/2021-02.xml"] == before["/sitemap/2021-02.xml"]
    for deed in (lambda: update(story, cast.pia, lead="Mới."), lambda: builders.make_article(at(14))):
        set_changed(at(28, month=2))
        deed()
        assert index(client)[MONTH] > at(28, month=2)


def test_lastmod_of_a_month_follows_a_section_that_is_hidden(client):
    section = builders.make_section("Đô thị")
    builders.make_article(at(14), section=section.pk)
    builders.make_article(at(15))
    set_changed(at(28))
    builders.make_section("Đô thị", is_shown=False)
    assert index(client)[MONTH] > at(28)


def test_lastmod_of_a_month_follows_the_clock():
    """A story that was scheduled appears, one that has an end goes: no row changes, the file does."""
    builders.make_article(at(10, 8))
    builders.make_article(at(10, 20))
    ended = builders.make_article(at(9))
    Article.objects.filter(pk=ended.pk).update(visible_until=at(10, 12))
    set_changed(at(9))

    def state(now):
        (month,) = sitemaps.months(now)
        return month.stories, month.changed_at

    assert state(at(9, 10)) == (1, at(9))
    assert state(at(10, 9)) == (2, at(10, 8))
    assert state(at(10, 13)) == (1, at(10, 12))
    assert state(at(10, 21)) == state(at(11)) == state(at(1, month=5)) == (2, at(10, 20))


def test_a_month_that_did_not_change_is_not_even_read(client):
    story = builders.make_article(at(14))
    first = client.get(MONTH)
    known = {"If-None-Match": first["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        assert client.get(MONTH, headers=known).status_code == 304
    assert not [query for query in captured if "slug" in query["sql"] and "articles_article" in query["sql"]]
    builders.withdraw(story)
    builders.make_article(at(15))
    assert client.get(MONTH, headers=known).status_code == 200


def test_publishing_makes_its_own_month_stale_and_no_other(client):
    builders.make_article(at(14))
    builders.make_article(at(14, month=2))
    story = builders.make_article(at(20))
    bumped = story_keys(story)
    for address, is_stale in ((MONTH, True), ("/sitemap/2021-02.xml", False), ("/sitemap.xml", True)):
        assert bool(bumped & set(client.get(address)["Surrogate-Key"].split())) is is_stale, address
    for address in (
        "/sitemap-news.xml",
        "/feed.json",
        "/rss/home.rss",
        "/rss/thoi-su.rss",
        "/rss/tac-gia/nguyen-mai.rss",
    ):
        assert bumped & set(client.get(address)["Surrogate-Key"].split()), address
    builders.make_section("Kinh tế")
    assert not bumped & set(client.get("/rss/kinh-te.rss")["Surrogate-Key"].split())


def story_keys(story):
    return keys.listed(
        story.pk,
        story.placements.values_list("section", flat=True),
        story.bylines.values_list("author", flat=True),
        [],
        [story.published_on],
    )


def test_a_renamed_tag_makes_the_list_of_tags_stale(client):
    tag = catalogue.tag_named("Bão")
    builders.make_article(at(14), tags=(tag.pk,))
    response = client.get("/sitemap/chu-de.xml")
    assert keys.TAGS in response["Surrogate-Key"].split()
    tag.slug = "bao-so-3"
    catalogue.save_tag(tag)
    assert list(listed(client, "/sitemap/chu-de.xml")) == ["/chu-de/bao-so-3/"]


# --- news -----------------------------------------------------------------------------------------------------------


def news(client):
    found = sitemap_rules.check_news(content(client, "/sitemap-news.xml"), HOST)
    return {path.removeprefix(HOST): told for path, told in found.items()}


def test_news_of_the_last_two_days(client):
    fresh = builders.make_article(builders.hours(-47), headline='Phở & <bún> ]]> "ngon" 😀')
    builders.make_article(builders.hours(-49))
    builders.make_article(builders.hours(1))
    builders.withdraw(builders.make_article())
    when = dates.local(fresh.published_at).replace(microsecond=0)
    assert news(client) == {fresh.get_absolute_url(): (fresh.headline, when, "Nhịp sống Hà Nội", "vi")}


def test_news_may_be_none(client):
    assert news(client) == {}


def test_news_are_at_most_a_thousand_the_newest(client, monkeypatch):
    assert sitemaps.MOST_NEWS == 1000
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    stories = [builders.make_article(builders.hours(-n)) for n in (3, 2, 1)]
    assert list(news(client)) == [story.get_absolute_url() for story in reversed(stories[1:])]


def test_news_without_what_xml_forbids(client):
    builders.make_article()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET headline = %s", ["Chào\x0b \x1f\ufffebạn"])
    assert [told[0] for told in news(client).values()] == ["Chào bạn"]


# --- robots ---------------------------------------------------------------------------------------------------------


def test_robots_name_both(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[-2:] == [f"Sitemap: {HOST}/sitemap.xml", f"Sitemap: {HOST}/sitemap-news.xml"]
    for address in re.findall(f"Sitemap: {HOST}(.*)", "\n".join(lines)):
        assert client.get(address).status_code == 200
