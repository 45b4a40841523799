"""RSS 2.0: whole stories with absolute addresses, of the paper and of each section, author and tag."""

from datetime import datetime
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from django.core.files.storage import default_storage
from django.db import connection

from articles import catalogue, workflow
from articles.models import Article, BylineRef, Publication
from articles.pictures import add_picture
from newsroom.lib import dates
from tests import builders
from tests.articles import rss_rules
from tests.articles.rss_rules import ATOM, CONTENT, DC, MEDIA
from tests.picture_files import encoded, gradient, upload

pytestmark = pytest.mark.django_db
HOME = "/rss/home.rss"
HOSTILE = "Phở & bún <b>\"ngon\"</b> ]]> 😀 – <!-- Đặng 'Thị' -->"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://bao.example"
    builders.make_publication(tagline="Chuyên trang", copyright_note="© Báo")


def channel(client, address=HOME):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = rss_rules.check(response.content)
    second = feedparser.parse(response.content)
    assert not second.bozo, second.get("bozo_exception")
    assert [entry.link for entry in second.entries] == [item.findtext("link") for item in found.iter("item")]
    return found


def titles(client, address=HOME):
    return [item.findtext("title") for item in channel(client, address).iter("item")]


def test_a_story_is_whole(client):
    image = builders.make_image()
    body = f'<p>Chào <a href="/do-thi/">bạn</a>.</p><figure class="image" data-image="{image.pk}"></figure>'
    body += '<figure class="embed" data-embed="https://www.youtube.com/watch?v=abcdefghijk"></figure>'
    bylines = tuple(BylineRef(builders.make_author(name).pk) for name in ("Lê An", "Vũ Bình"))
    bylines += (BylineRef(builders.make_author("Máy Ảnh").pk, "photo"),)
    tag = catalogue.tag_named("Bão")
    sub = builders.make_section("Giao thông", parent=builders.make_section("Đô thị"))
    story = builders.make_article(
        headline="Phở & bún < cơm", body=body, image=image, bylines=bylines, tags=(tag.pk,), section=sub.pk
    )
    item = channel(client).find("item")
    assert item.findtext("title") == "Phở & bún < cơm"
    assert item.findtext("link") == item.findtext("guid") == f"https://bao.example{story.get_absolute_url()}"
    assert abs(parsedate_to_datetime(item.findtext("pubDate")) - story.published_at).total_seconds() < 1
    assert story.lead in item.findtext("description")
    assert [creator.text for creator in item.findall(f"{DC}creator")] == ["Lê An", "Vũ Bình"]
    assert [category.text for category in item.findall("category")] == ["Đô thị", "Giao thông", "Bão"]
    content = item.findtext(f"{CONTENT}encoded")
    assert story.lead in content and '<a href="https://bao.example/do-thi/">' in content
    assert 'src="https://bao.example/media/' in content and "https://www.youtube.com/watch?v=abcdefghijk" in content


def test_the_picture_is_told_with_its_real_size(client, cast):
    image = add_picture(
        upload(encoded(gradient(1600, 1200))), by=cast.rita, caption="Hồ & cầu.", credit="Hà", alt="Hồ"
    )
    builders.make_article(image=image)
    item = channel(client).find("item")
    told = item.find("enclosure").attrib
    size = default_storage.size(told["url"].removeprefix("https://bao.example/media/"))
    assert (told["length"], told["type"]) == (str(size), "image/jpeg")
    media = item.find(f"{MEDIA}content")
    assert (media.get("width"), media.get("height")) == ("1200", "900")
    assert media.findtext(f"{MEDIA}description") == "Hồ & cầu." and media.findtext(f"{MEDIA}credit") == "Hà"


def test_a_picture_that_nobody_has_weighed_and_a_story_without_one(client):
    builders.make_article(image=builders.make_image(), published_at=builders.hours(-2))
    builders.make_article(published_at=builders.hours(-3))
    first, second = channel(client).iter("item")
    assert first.find("enclosure").get("length") == "0", "not known, as the RSS profile writes it"
    assert second.find("enclosure") is second.find(f"{MEDIA}content") is None


def test_channel_names_itself(client):
    found = channel(client)
    assert found.findtext("title") == "Nhịp sống Hà Nội"
    assert found.findtext("link") == "https://bao.example/"
    assert (found.findtext("language"), found.findtext("ttl"), found.findtext("copyright")) == ("vi", "10", "© Báo")
    own = found.find(f"{ATOM}link").attrib
    assert (own["rel"], own["href"]) == ("self", "https://bao.example/rss/home.rss")


def test_last_build_is_the_last_change(client):
    story = builders.make_article(published_at=datetime(2021, 1, 14, 9, tzinfo=dates.TZ))
    Article.objects.filter(pk=story.pk).update(updated_at=datetime(2021, 1, 15, 9, tzinfo=dates.TZ))
    found = channel(client)
    assert parsedate_to_datetime(found.findtext("lastBuildDate")) == datetime(2021, 1, 15, 9, tzinfo=dates.TZ)
    assert found.find("item").findtext(f"{ATOM}updated") == "2021-01-15T02:00:00+00:00"


def test_the_name_of_a_story_survives_a_new_headline(client, cast):
    story = builders.make_article(headline="Cũ")
    before = channel(client).find("item").findtext("guid")
    workflow.perform(story.pk, "revise", by=cast.pia)
    Article.objects.filter(pk=story.pk).update(headline="Hoàn toàn mới")
    assert channel(client).find("item").findtext("guid") == before


def test_each_feed_has_its_own_stories(client):
    section = builders.make_section("Đô thị")
    sub = builders.make_section("Giao thông", parent=section)
    author, tag = builders.make_author("Lê An"), catalogue.tag_named("Bão")
    story = builders.make_article(section=sub.pk, tags=(tag.pk,), bylines=(BylineRef(author.pk),))
    other = builders.make_article()
    assert titles(client) == [other.headline, story.headline]
    for address in ("do-thi", "giao-thong", "tac-gia/le-an", "chu-de/bao"):
        assert titles(client, f"/rss/{address}.rss") == [story.headline], address


def test_what_readers_may_not_see_is_not_fed(client):
    hidden = builders.make_section("Nháp")
    builders.make_article(published_at=builders.hours(1))
    builders.withdraw(builders.make_article())
    ended = builders.make_article(published_at=builders.hours(-3))
    Article.objects.filter(pk=ended.pk).update(visible_until=builders.hours(-1))
    builders.make_article(section=hidden.pk)
    builders.make_section("Nháp", is_shown=False)
    for address in (HOME, "/rss/thoi-su.rss", "/rss/tac-gia/nguyen-mai.rss"):
        assert titles(client, address) == [], address
    assert client.get("/rss/nhap.rss").status_code == 404


@pytest.mark.parametrize("address", ["khong-co", "tac-gia/khong-co", "chu-de/khong-co"])
def test_unknown(client, address):
    assert client.get(f"/rss/{address}.rss").status_code == 404


def test_a_former_address_leads_to_the_feed(client):
    author, tag = builders.make_author("Lê An"), catalogue.tag_named("Bão")
    builders.make_section("Đô thị")
    builders.make_section("Đô thị", slug="thanh-pho")
    author.slug, tag.slug = "an", "bao-so-3"
    catalogue.save_author(author)
    catalogue.save_tag(tag)
    moves = {"do-thi": "thanh-pho", "tac-gia/le-an": "tac-gia/an", "chu-de/bao": "chu-de/bao-so-3"}
    for old, new in moves.items():
        response = client.get(f"/rss/{old}.rss")
        assert (response.status_code, response["Location"]) == (301, f"/rss/{new}.rss")


def test_what_is_kept_of_a_feed_follows_the_name_of_an_author(client):
    author = builders.make_author("Lê An")
    builders.make_article(bylines=(BylineRef(author.pk),))
    assert channel(client).find(f".//{DC}creator").text == "Lê An"
    author.name = "Lê Ánh"
    catalogue.save_author(author)
    assert channel(client).find(f".//{DC}creator").text == "Lê Ánh"


def test_hostile_words_stay_words(client):
    tag = catalogue.tag_named(HOSTILE)
    story = builders.make_article(headline=HOSTILE, lead=HOSTILE, tags=(tag.pk,))
    item = channel(client).find("item")
    assert item.findtext("title") == story.headline == HOSTILE
    assert "&lt;!--" in item.findtext("description") and "😀" in item.findtext("description")
    assert item.findall("category")[-1].text == HOSTILE


def test_stored_rubbish_makes_no_broken_feed(client):
    """What is older than our checks: control characters, which XML forbids, and HTML that nobody sanitised."""
    builders.make_article()
    html = (
        '<p onclick="x()">Chào\x0b</p><script>alert(1)</script><img src="/media/a.jpg" srcset="/b 2x"><iframe src="x">'
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET headline = %s, lead = %s, html = %s", ["a\x01\x1b\ufffeb", "\x08", html]
        )
        cursor.execute("UPDATE articles_publication SET name = %s", ["Bá\x02o"])
        cursor.execute("UPDATE articles_author SET name = %s", ["A\x03n"])
    found = channel(client)
    assert (found.findtext("title"), found.find("item").findtext("title")) == ("Báo", "ab")
    content = found.find("item").findtext(f"{CONTENT}encoded")
    assert '<p>Chào</p><img src="https://bao.example/media/a.jpg">' in content


def test_not_sent_again_to_who_has_it(client):
    story = builders.make_article()
    first = client.get(HOME)
    assert "home" in first["Surrogate-Key"].split() and not first.has_header("Last-Modified")
    assert client.get(HOME, headers={"If-None-Match": first["ETag"]}).status_code == 304
    builders.withdraw(story)
    empty = client.get(HOME, headers={"If-None-Match": first["ETag"]})
    assert empty.status_code == 200
    assert client.get(HOME, headers={"If-None-Match": empty["ETag"]}).status_code == 304, "an empty feed holds"


def test_a_paper_that_says_little_of_itself(client):
    Publication.objects.update(tagline="", copyright_note="")
    assert channel(client).findtext("description") == "Nhịp sống Hà Nội"


def test_list_of_feeds(client):
    builders.make_section("Giao thông", parent=builders.make_section("Đô thị"))
    page = client.get("/rss/").content.decode()
    assert all(f'href="/rss/{name}.rss"' in page for name in ("home", "do-thi", "giao-thong"))
    assert 'href="/feed.json" lang="en"' in page
