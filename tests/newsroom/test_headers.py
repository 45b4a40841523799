"""Headers of readers' pages: strict policies, validators, lifetimes, keys; no cookie and nothing inline."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import BylineRef
from tests import builders

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


@pytest.fixture
def story():
    builders.make_publication()
    tag = builders.catalogue.tag_named("Bão")
    author = builders.make_author("Lê An")
    section = builders.make_section("Đô thị")
    return builders.make_article(section=section.pk, tags=(tag.pk,), bylines=(BylineRef(author.pk),))


@pytest.fixture
def keys(story):
    """Page -> the key of its own that must be among its surrogate keys."""
    return {
        "/": "home",
        "/do-thi/": f"s{story.section_id}",
        story.get_absolute_url(): f"a{story.pk}",
        "/tac-gia/": "authors",
        "/tac-gia/le-an/": f"p{story.bylines.get().author_id}",
        "/chu-de/bao/": f"t{story.taggings.get().tag_id}",
        "/rss/": "chrome",
        "/rss/home.rss": "home",
        "/rss/do-thi.rss": f"s{story.section_id}",
        "/khong-co/": "home",
    }


def test_every_page(client, keys):
    for address, key in keys.items():
        response = client.get(address)
        policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if part)
        assert policy.items() >= POLICY.items(), address
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "Set-Cookie" not in response, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert {"chrome", key} <= set(response["Surrogate-Key"].split()), address
        assert re.fullmatch(r'"[0-9a-f]{24}"', response["ETag"]), address
        assert re.search(r"max-age=0, s-maxage=\d+", response["Cache-Control"]), address


def test_the_story_carries_the_key_of_its_thread(client, story):
    assert f"c{story.pk}" in client.get(story.get_absolute_url())["Surrogate-Key"].split()


def test_not_sent_again_to_who_has_it(client, keys):
    for address in keys:
        first = client.get(address)
        if first.status_code == 200:
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert again.status_code == 304, address


def test_head_has_no_body(client, story):
    response = client.head(story.get_absolute_url())
    assert (response.status_code, response.content) == (200, b"")


def test_a_page_is_kept_no_longer_than_until_the_next_story(client, story):
    builders.make_article(published_at=timezone.now() + timedelta(seconds=20))
    age = int(re.search(r"s-maxage=(\d+)", client.get("/")["Cache-Control"])[1])
    assert age <= 20


def test_pages_need_nothing_inline_and_nobody_else(client, keys):
    for address in keys:
        page = client.get(address).content.decode()
        if page.startswith("<?xml"):
            continue
        assert not re.search(r"<[a-z][^>]*\s(style|on[a-z]+)=", page), address
        assert not re.search(r"<script(?![^>]*(src=|ld\+json))", page), address
        for source in re.findall(r'<(?:script|img|link|source)[^>]*\s(?:src|href)="([^"]+)"', page):
            assert source.startswith("/") or 'rel="canonical"' in page, (address, source)


def test_one_headline_a_page_and_no_name_twice(client, keys):
    for address in keys:
        page = client.get(address).content.decode()
        if page.startswith("<?xml"):
            continue
        assert page.count("<h1") == 1, address
        names = re.findall(r'\sid="([^"]+)"', page)
        assert len(names) == len(set(names)), address
        assert all("alt=" in image for image in re.findall(r"<img[^>]*>", page)), address
        assert page.index('class="skip-link" href="#content"') < page.index("<header"), address
