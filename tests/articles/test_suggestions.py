"""What is offered while a reader types: pages of the paper that begin like it, as JSON."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import catalogue, suggestions
from articles.models import Article
from articles.views import search as views
from tests.builders import hours, make_article, make_author, make_section, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_and_fresh(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()


def asked(client, query, status=200):
    response = client.get("/tim-kiem/goi-y/", {"q": query})
    assert response.status_code == status
    return json.loads(response.content)["items"]


def names(client, query):
    return [(item["kind"], item["name"]) for item in asked(client, query)]


@pytest.mark.parametrize("recent", [3000, 0], ids=["newest", "index"])
def test_every_kind_with_its_address(client, monkeypatch, recent):
    monkeypatch.setattr(suggestions, "RECENT", recent)
    section = make_section("Giao thông", parent=make_section("Đô thị"))
    tag = catalogue.tag_named("Giao thừa")
    author = make_author("Giao Linh")
    article = make_article(headline="Hà Nội đổi giao thông", section=section.pk, tags=(tag.pk,))
    assert [tuple(item.values()) for item in asked(client, "gia")] == [
        ("Section", "Đô thị › Giao thông", section.get_absolute_url()),
        ("Keyword", "Giao thừa", tag.get_absolute_url()),
        ("Author", "Giao Linh", author.get_absolute_url()),
        ("Story", "Hà Nội đổi giao thông", article.get_absolute_url()),
    ]


@pytest.mark.parametrize("recent", [3000, 0], ids=["newest", "index"])
@pytest.mark.parametrize(
    "typed",
    ["cau lo", "cầu Lo", "CẦU LONG BIÊN", "long bie", "bien cau", "caauf long", "ca6u2 lo", '"cầu long"', "biên"],
)
def test_headlines_by_beginnings_of_words(client, monkeypatch, typed, recent):
    monkeypatch.setattr(suggestions, "RECENT", recent)
    make_article(headline="Sửa cầu Long Biên")
    make_article(headline="Chuyện khác hẳn")
    assert names(client, typed) == [("Story", "Sửa cầu Long Biên")]


def test_only_the_last_word_may_be_unfinished(client):
    make_article(headline="Sửa cầu Long Biên")
    assert names(client, "lon bien") == []
    assert names(client, "ong") == []


def test_nothing_that_readers_may_not_see(client):
    withdraw(make_article(headline="Hồ Tây bị gỡ"))
    make_article(headline="Hồ Tây hẹn giờ", published_at=hours(2))
    secret = make_article(headline="Hồ Tây cũ")
    Article.objects.filter(pk=secret.pk).update(desk_headline="Hồ Tây bí mật")
    make_section("Hồ Tây", is_shown=False)
    catalogue.tag_named("Hồ Tây")  # no story carries it
    assert names(client, "hồ tây") == [("Story", "Hồ Tây cũ")]


def test_the_newest_five(client):
    for number in range(7):
        make_article(headline=f"Chợ hoa số {number}", published_at=hours(number - 9))
    assert [name for _, name in names(client, "chợ h")] == [f"Chợ hoa số {number}" for number in (6, 5, 4, 3, 2)]


@pytest.mark.parametrize(
    "typed",
    ["", "h", " ", "🎉", "%%", "__", "'", '"', ":*", "a & b | !c", "\\", "hà " * 1500, "x" * 5000, "e\u0301" * 300],
)
def test_odd_beginnings_are_answered(client, typed):
    make_article(headline="Hà Nội")
    assert isinstance(asked(client, typed), list)


def test_public_small_and_keyed(client):
    make_article(headline="Hà Nội vào thu")
    response = client.get("/tim-kiem/goi-y/?q=ha")
    assert "public" in response["Cache-Control"] and not response.cookies
    assert {"search", "chrome"} <= set(response["Surrogate-Key"].split())
    assert len(response.content) < 1000


def test_too_many_from_one_address_get_an_empty_list(client, monkeypatch):
    monkeypatch.setattr(views, "SUGGESTIONS", 1)
    make_article(headline="Hà Nội vào thu")
    assert asked(client, "hà nội")
    assert asked(client, "hà nội", status=429) == []


@pytest.mark.parametrize("count", [1, 20])
def test_six_queries_however_many(client, count):
    for number in range(count):
        make_article(headline=f"Chợ hoa {number}", section=make_section(f"Chợ {number}").pk)
    with CaptureQueriesContext(connection) as queries:
        asked(client, "choj h")
    assert len(queries) <= 6
