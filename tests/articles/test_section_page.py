"""A section's page: its stories and its sub-sections', page by page; old and wrong addresses lead to the right one."""

import pytest

from articles import catalogue, editions, fronts
from articles.models import Placement
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return builders.make_section("Đô thị")


@pytest.fixture
def sub(section):
    return builders.make_section("Giao thông", parent=section)


def test_lists_its_stories_and_those_of_its_subsections(client, section, sub):
    own, below = builders.make_article(section=section.pk), builders.make_article(section=sub.pk)
    elsewhere = builders.make_article()
    strip, page = client.get("/do-thi/").content.decode().split("<main")
    assert own.headline in page
    assert below.headline in page
    assert elsewhere.headline not in page
    assert elsewhere.headline in strip  # the newest of the whole paper
    assert own.headline not in client.get("/do-thi/giao-thong/").content.decode().split("<main")[1]


def test_without_stories_it_says_so(client, section):
    response = client.get("/do-thi/")
    assert response.status_code == 200
    assert "Chưa có bài nào ở đây" in response.content.decode()


@pytest.mark.parametrize("address", ["/giao-thong/", "/van-hoa/giao-thong/"])
def test_a_subsection_has_one_address(client, sub, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/do-thi/giao-thong/")


def test_an_old_address_leads_on(client, section):
    section.slug = "thanh-thi"
    catalogue.save_section(section)
    assert client.get("/do-thi/")["Location"] == "/thanh-thi/"


def test_hidden_section_is_not_found(client, section, sub):
    section.is_shown = False
    catalogue.save_section(section)
    assert client.get("/do-thi/").status_code == 404
    assert client.get("/do-thi/giao-thong/").status_code == 404


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "51", "99999999", "abc", "", "1.5", "٢", "１", "01", " 1", "1%0A", "%F0%9F%98%80"]
)
def test_pages_that_do_not_exist(client, section, number):
    builders.make_article(section=section.pk)
    assert client.get(f"/do-thi/?trang={number}").status_code == 404


def test_pages_hold_every_story_once(section):
    stories = many(section, fronts.PER_PAGE + 3)
    first, paging = fronts.page_of(section, 1, editions.current())
    second, _ = fronts.page_of(section, 2, editions.current())
    assert [story.pk for story in [*first, *second]] == stories
    assert (paging.pages, paging.leads_on) == (2, False)


def test_after_page_50_the_archive_leads_on(client, section, monkeypatch):
    monkeypatch.setattr(fronts, "MAX_PAGES", 2)
    many(section, 2 * fronts.PER_PAGE + 1)
    last = client.get("/do-thi/?trang=2").content.decode()
    assert "Tin cũ hơn: xem theo ngày" in last
    assert client.get("/do-thi/?trang=3").status_code == 404


def test_hand_over_of_page_numbers():
    assert fronts.Paging(5, 50, False).numbers == [1, None, 4, 5, 6, None, 50]
    assert fronts.Paging(1, 2, False).numbers == [1, 2]
    assert fronts.Paging(2, 3, False).numbers == [1, 2, 3]


def many(section, count):
    """Keys of so many stories of the section, newest first; only the first goes the long way."""
    first = builders.make_article(section=section.pk, published_at=builders.hours(-1))
    model = type(first)
    rows = []
    for n in range(1, count):
        copy = model.objects.get(pk=first.pk)
        copy.pk, copy.published_at = None, builders.hours(-1 - n)
        rows.append(copy)
    copies = model.objects.bulk_create(rows)
    Placement.objects.bulk_create(
        Placement(article=copy, section=section, published_at=copy.published_at) for copy in copies
    )
    return [first.pk, *(copy.pk for copy in copies)]
