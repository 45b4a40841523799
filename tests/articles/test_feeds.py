"""RSS 2.0: whole stories with absolute addresses, of the paper and of each section, author and tag."""

import re
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from articles import catalogue
from articles.feeds import with_absolute_addresses
from articles.models import BylineRef
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://bao.example"


def channel(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def titles(client, address):
    return [item.findtext("title") for item in channel(client, address).iter("item")]


def test_a_story_is_whole(client):
    builders.make_publication()
    image = builders.make_image()
    body = f'<p>Chào <a href="/do-thi/">bạn</a>.</p><figure class="image" data-image="{image.pk}"></figure>'
    story = builders.make_article(headline="Phở & bún < cơm", body=body, image=image)
    item = channel(client, "/rss/home.rss").find("item")
    assert item.findtext("title") == "Phở & bún < cơm"
    assert item.findtext("link") == item.findtext("guid") == f"https://bao.example{story.get_absolute_url()}"
    assert abs(parsedate_to_datetime(item.findtext("pubDate")) - story.published_at).total_seconds() < 1
    assert item.find("enclosure").attrib["url"].startswith("https://bao.example/media/")
    assert item.find("enclosure").attrib["type"] == "image/jpeg"
    description = item.findtext("description")
    assert story.lead in description
    assert '<a href="https://bao.example/do-thi/">' in description
    assert not re.search(r'(src|href|srcset)="(?!https://)', description)


def test_channel_names_itself(client):
    builders.make_publication(tagline="Chuyên trang")
    found = channel(client, "/rss/home.rss")
    assert found.findtext("title") == "Nhịp sống Hà Nội"
    assert found.findtext("link") == "https://bao.example/"
    assert found.findtext("language") == "vi"
    own = found.find("{http://www.w3.org/2005/Atom}link").attrib
    assert (own["rel"], own["href"]) == ("self", "https://bao.example/rss/home.rss")


def test_each_feed_has_its_own_stories(client):
    section, sub = builders.make_section("Đô thị"), None
    sub = builders.make_section("Giao thông", parent=section)
    author, tag = builders.make_author("Lê An"), catalogue.tag_named("Bão")
    story = builders.make_article(section=sub.pk, tags=(tag.pk,), bylines=(BylineRef(author.pk),))
    other = builders.make_article()
    assert titles(client, "/rss/home.rss") == [other.headline, story.headline]
    for address in ("do-thi", "giao-thong", "tac-gia/le-an", "chu-de/bao"):
        assert titles(client, f"/rss/{address}.rss") == [story.headline], address


def test_what_readers_may_not_see_is_not_fed(client):
    builders.make_article(published_at=builders.hours(1))
    builders.withdraw(builders.make_article())
    assert titles(client, "/rss/home.rss") == []


@pytest.mark.parametrize("address", ["khong-co", "tac-gia/khong-co", "chu-de/khong-co"])
def test_unknown(client, address):
    assert client.get(f"/rss/{address}.rss").status_code == 404


def test_not_sent_again_to_who_has_it(client):
    builders.make_article()
    first = client.get("/rss/home.rss")
    assert "home" in first["Surrogate-Key"].split()
    assert client.get("/rss/home.rss", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_list_of_feeds(client):
    builders.make_section("Giao thông", parent=builders.make_section("Đô thị"))
    page = client.get("/rss/").content.decode()
    assert all(f'href="/rss/{name}.rss"' in page for name in ("home", "do-thi", "giao-thong"))


def test_addresses_in_srcset_and_of_others():
    body = '<img src="/media/a.jpg" srcset="/media/a.jpg 1w, /media/b.jpg 2w"><a href="https://x.example/">x</a>'
    assert with_absolute_addresses(body) == (
        '<img src="https://bao.example/media/a.jpg" srcset="https://bao.example/media/a.jpg 1w, '
        'https://bao.example/media/b.jpg 2w"><a href="https://x.example/">x</a>'
    )
