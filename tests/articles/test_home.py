"""The home page: the newest on top, a block a section, no story twice, and sense with few stories or none."""

import re

import pytest
from django.core.cache import cache

from articles import front_pages
from tests import builders

pytestmark = pytest.mark.django_db


def links(page):
    """Addresses of stories in their places, in order; the picture of a card leads where its headline does.

    The strip under the section bar names the latest once more: on a phone they stand far below.
    """
    page = re.sub(r'<nav class="strip.*?</nav>', "", page, flags=re.DOTALL)
    return re.findall(r'href="(/[^"]*-[0-9]+\.html)"(?! tabindex)', page)


def home(client):
    cache.clear()
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_empty_paper_says_so(client):
    page = home(client)
    assert "Tòa soạn đang chuẩn bị" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("stories", [1, 5, 30])
def test_no_story_stands_twice(client, stories):
    sections = [builders.make_section(name) for name in ("Thời sự", "Đô thị", "Văn hóa")]
    for n in range(stories):
        builders.make_article(section=sections[n % 3].pk, published_at=builders.hours(-n - 1))
    shown = links(home(client))
    assert len(shown) == len(set(shown))
    assert len(shown) == min(stories, front_pages.FEATURED + front_pages.LATEST + 3 * front_pages.BLOCK_STORIES)


def test_strip_under_the_section_bar_has_the_latest(client):
    builders.make_section("Đô thị")
    assert 'class="strip' not in home(client)
    stories = [builders.make_article(published_at=builders.hours(-n - 1)) for n in range(front_pages.FEATURED + 6)]
    strip = re.search(r'<nav class="strip.*?</nav>', home(client), flags=re.DOTALL).group()
    assert re.findall(r'href="(/[^"]*)"', strip) == [
        story.get_absolute_url() for story in stories[front_pages.FEATURED :][:4]
    ]


def test_newest_with_a_picture_leads():
    builders.make_article(headline="Tin mới không ảnh", published_at=builders.hours(-1))
    pictured = builders.make_article(image=builders.make_image(), published_at=builders.hours(-2))
    assert front_pages.home(*front_pages.opened()).lead == pictured


def test_blocks_follow_the_section_bar_and_show_the_newest():
    later = builders.make_section("Đô thị", position=2)
    first = builders.make_section("Thời sự", position=1)
    for n in range(20):
        builders.make_article(section=later.pk, published_at=builders.hours(-n - 1))
        builders.make_article(section=first.pk, published_at=builders.hours(-n - 1))
    blocks = front_pages.home(*front_pages.opened()).blocks
    assert [block.section for block in blocks] == [first, later]
    for block in blocks:
        shown = [block.lead, *block.stories]
        assert len(shown) == front_pages.BLOCK_STORIES
        assert shown == sorted(shown, key=lambda story: story.published_at, reverse=True)


def test_subsections_stand_in_the_block_of_their_section():
    parent = builders.make_section("Đô thị")
    sub = builders.make_section("Giao thông", parent=parent)
    for n in range(front_pages.FEATURED + front_pages.LATEST + 2):
        builders.make_article(section=sub.pk, published_at=builders.hours(-n - 1))
    blocks = front_pages.home(*front_pages.opened()).blocks
    assert [block.section for block in blocks] == [parent]


def test_shows_only_what_is_published(client):
    builders.make_article(headline="Chưa đến giờ", published_at=builders.hours(1))
    builders.make_draft(headline="Chỉ là bản nháp")
    builders.withdraw(builders.make_article(headline="Đã gỡ xuống"))
    ended = builders.make_article(headline="Đã hết hạn", published_at=builders.hours(-3))
    type(ended).objects.filter(pk=ended.pk).update(visible_until=builders.hours(-1))
    page = home(client)
    assert not [secret for secret in ("Chưa đến giờ", "bản nháp", "gỡ xuống", "hết hạn") if secret in page]


def test_masthead_by_law(client):
    builders.make_publication(licence="Số 1/GP-BTTTT", editor_in_chief="Lê Văn A", address="44 Lê Thái Tổ")
    page = home(client)
    assert re.search(r"Hà Nội, ngày \d\d-\d\d-\d{4}", page)
    for law in ("Nhịp sống Hà Nội", "Thành ủy Hà Nội", "Số 1/GP-BTTTT", "Lê Văn A", "44 Lê Thái Tổ"):
        assert law in page
