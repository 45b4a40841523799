"""A tag's page: stories about one thing, Bão apart from Bảo."""

import pytest

from articles import catalogue
from tests import builders

pytestmark = pytest.mark.django_db


def test_lists_the_stories_about_it(client):
    storm, name = catalogue.tag_named("Bão"), catalogue.tag_named("Bảo")
    about, other = builders.make_article(tags=(storm.pk,)), builders.make_article(tags=(name.pk,))
    page = client.get(storm.get_absolute_url()).content.decode()
    assert about.headline in page
    assert other.headline not in page


def test_without_stories_it_is_not_indexed(client):
    page = client.get(catalogue.tag_named("Bão").get_absolute_url()).content.decode()
    assert "Chưa có bài nào ở đây" in page
    assert 'content="noindex' in page


@pytest.mark.parametrize("address", ["/chu-de/khong-co/", "/chu-de/b%C3%A3o/", "/chu-de/"])
def test_unknown(client, address):
    assert client.get(address).status_code == 404


def test_page_beyond_the_last(client):
    tag = catalogue.tag_named("Bão")
    assert client.get(f"{tag.get_absolute_url()}?trang=2").status_code == 404
