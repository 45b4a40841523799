"""JSON Feed 1.1: the newest stories of the paper, valid by the schema of the format."""

import json

import jsonschema
import pytest
from django.db import connection

from articles import catalogue
from articles.models import BylineRef, Publication
from tests import builders
from tests.articles.machine_schemas import JSON_FEED

pytestmark = pytest.mark.django_db
FEED = "/feed.json"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://bao.example"
    builders.make_publication(tagline="Chuyên trang")


def feed(client):
    response = client.get(FEED)
    assert (response.status_code, response["Content-Type"]) == (200, "application/feed+json")
    told = json.loads(response.content)
    jsonschema.validate(told, JSON_FEED)
    return told


def test_names_itself(client):
    told = feed(client)
    assert (told["title"], told["description"], told["language"]) == ("Nhịp sống Hà Nội", "Chuyên trang", "vi")
    assert (told["home_page_url"], told["feed_url"]) == ("https://bao.example/", "https://bao.example/feed.json")
    assert told["items"] == []


def test_a_story_is_whole(client):
    author, tag = builders.make_author("Lê An"), catalogue.tag_named("Bão")
    body = '<p>Chào <a href="/do-thi/">bạn</a>.</p>'
    story = builders.make_article(
        body=body, image=builders.make_image(), bylines=(BylineRef(author.pk),), tags=(tag.pk,)
    )
    (item,) = feed(client)["items"]
    assert item["id"] == item["url"] == f"https://bao.example{story.get_absolute_url()}"
    assert (item["title"], item["summary"], item["tags"]) == (story.headline, story.lead, ["Thời sự", "Bão"])
    assert item["authors"] == [{"name": "Lê An", "url": "https://bao.example/tac-gia/le-an/"}]
    assert item["image"].startswith("https://bao.example/media/")
    assert item["date_published"].endswith("+07:00") and item["date_modified"] >= item["date_published"]
    assert story.lead in item["content_html"] and 'href="https://bao.example/do-thi/"' in item["content_html"]


def test_what_a_story_lacks_is_left_out(client):
    builders.make_article(bylines=(), source="TTXVN")
    (item,) = feed(client)["items"]
    assert not {"image", "authors"} & set(item)


def test_what_readers_may_not_see_is_not_fed(client):
    builders.make_article(published_at=builders.hours(1))
    builders.withdraw(builders.make_article())
    assert feed(client)["items"] == []


def test_rubbish_is_cleaned(client):
    builders.make_article()
    html = "<p>Chào\x0b</p><script>alert(1)</script>"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET headline = %s, html = %s", ["a\x01b ]]> 😀", html])
    (item,) = feed(client)["items"]
    assert item["title"] == "ab ]]> 😀" and item["content_html"].endswith("<p>Chào</p>")


def test_not_sent_again_to_who_has_it(client):
    Publication.objects.update(tagline="")
    builders.make_article()
    first = client.get(FEED)
    assert {"chrome", "home"} == set(first["Surrogate-Key"].split())
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_home_page_names_it(client):
    head = client.get("/").content.decode().partition("</head>")[0]
    assert 'type="application/feed+json" title="Nhịp sống Hà Nội" href="/feed.json"' in head
