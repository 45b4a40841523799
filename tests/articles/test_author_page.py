"""Authors: a page each, and all of them from A to Y in Vietnamese order."""

import re

import pytest

from articles import catalogue
from articles.models import BylineRef
from articles.views.reading import initial
from tests import builders

pytestmark = pytest.mark.django_db


def sign(name, role="text", **fields):
    author = builders.make_author(name)
    return author, builders.make_article(bylines=(BylineRef(author.pk, role),), **fields)


def test_lists_the_stories_signed(client):
    author, story = sign("Lê An")
    page = client.get(author.get_absolute_url()).content.decode()
    assert story.headline in page
    assert "<h1>Lê An</h1>" in page


def test_a_story_counts_once_though_signed_twice(client):
    author = builders.make_author("Lê An")
    story = builders.make_article(bylines=(BylineRef(author.pk), BylineRef(author.pk, "photo")))
    assert client.get(author.get_absolute_url()).content.decode().count(story.headline) == 1


def test_withdrawn_stories_leave_the_page(client):
    author, story = sign("Lê An")
    builders.withdraw(story)
    page = client.get(author.get_absolute_url()).content.decode()
    assert story.headline not in page
    assert 'content="noindex' in page


def test_old_address_leads_on(client):
    author, _ = sign("Lê An")
    author.slug = "le-van-an"
    catalogue.save_author(author)
    assert client.get("/tac-gia/le-an/")["Location"] == "/tac-gia/le-van-an/"


def test_unknown_author(client):
    assert client.get("/tac-gia/khong-co/").status_code == 404


def test_all_in_vietnamese_order(client):
    names = ["Đặng Lan", "Ân Hà", "Dương Mai", "An Bình", "Bùi Anh", "Ông Thanh"]
    for name in names:
        sign(name)
    builders.make_author("Chưa Ký Bài")
    page = client.get("/tac-gia/").content.decode()
    assert re.findall(r'href="/tac-gia/[^"]+">([^<]+)<', page) == [
        "An Bình",
        "Ân Hà",
        "Bùi Anh",
        "Dương Mai",
        "Đặng Lan",
        "Ông Thanh",
    ]
    assert re.findall(r"<h2>(\w)</h2>", page) == ["A", "Â", "B", "D", "Đ", "Ô"]


def test_without_authors(client):
    assert "Chưa có tác giả nào" in client.get("/tac-gia/").content.decode()


@pytest.mark.parametrize(
    ("name", "letter"), [("Ánh", "A"), ("ấu", "Â"), ("đỗ", "Đ"), ("Ứng", "Ư"), ("7", "#"), ("", "#")]
)
def test_initial(name, letter):
    assert initial(name) == letter
