"""A story's page: its parts in the order of the printed page, its address, and what a story that is gone answers."""

import re
from datetime import datetime

import pytest

from articles import workflow
from articles.models import Article, BylineRef
from newsroom.lib import dates
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    builders.make_publication()
    section = builders.make_section("Thời sự")
    tag = builders.catalogue.tag_named("Đảng bộ")
    return builders.make_article(
        headline="Huyện ủy Phúc Thọ: Tiếp tục thực hiện 6 chương trình",
        subheadline="Toàn khóa XXI",
        lead="Ngày 14-1, Huyện ủy Phúc Thọ tổ chức hội nghị tổng kết.",
        body="<p>Năm 2020, Huyện ủy lãnh đạo “nhiệm vụ kép''.</p>",
        section=section.pk,
        tags=(tag.pk,),
        source="Cổng thông tin huyện",
        image=builders.make_image(caption="Quang cảnh hội nghị.", credit="Mai Nguyễn"),
        published_at=datetime(2021, 1, 14, 14, 39, tzinfo=dates.TZ),
    )


def page_of(client, story):
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


def test_parts_stand_in_the_order_of_the_paper(client, story):
    page = page_of(client, story)
    parts = [
        'aria-label="Bạn đang ở đây"',
        "<h1",
        "Toàn khóa XXI",
        '<time datetime="2021-01-14T14:39:00+07:00">14/01/2021 14:39</time> | ',
        "(NSHN) - Ngày 14-1, Huyện ủy",
        "Quang cảnh hội nghị.",
        "Ảnh: Mai Nguyễn",
        "Năm 2020, Huyện ủy",
        "Nguyễn Mai",
        "Cổng thông tin huyện",
        "Đảng bộ",
        'id="binh-luan"',
    ]
    places = [page.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place == -1]
    assert places == sorted(places)


def test_number_of_comments_beside_the_time(client, story):
    assert re.search(
        r'14:39</time> \| <a href="#binh-luan"><span class="unseen">Bình luận: </span>0</a>', page_of(client, story)
    )


def test_agency_tag_is_not_doubled(client):
    builders.make_publication()
    story = builders.make_article(lead="(NSHN) - Sáng 14-1, hội nghị khai mạc.")
    assert page_of(client, story).count("(NSHN) -") == 1


def test_photographer_is_named_apart(client):
    names = (BylineRef(builders.make_author("Lê An").pk), BylineRef(builders.make_author("Vũ Bình").pk, "photo"))
    page = page_of(client, builders.make_article(bylines=names))
    assert re.search(r'article-byline">\s*<a rel="author"[^>]*>Lê An</a>\s*</p>', page)
    assert re.search(r"article-contributors.*Vũ Bình", page, re.DOTALL)


def test_more_from_the_section_leaves_the_story_itself_out(client, story):
    other = builders.make_article(section=story.section_id)
    page = page_of(client, story)
    assert page.count(story.get_absolute_url()) == 0
    assert other.headline in page


@pytest.mark.parametrize("slug", ["khac", "", "Huyen-Uy", "%C4%91", "a--b"])
def test_the_number_decides_and_a_wrong_slug_leads_on(client, story, slug):
    response = client.get(f"/{slug}-{story.pk}.html")
    assert (response.status_code, response["Location"]) == (301, story.get_absolute_url())


@pytest.mark.parametrize("number", ["999999999", "9" * 18, "9" * 19, "9" * 400, "١", "-1x", "0"])
def test_unknown_numbers_are_not_found(client, number):
    assert client.get(f"/bai-{number}.html").status_code == 404


def test_address_stays_when_the_headline_changes(client, story):
    address = story.get_absolute_url()
    Article.objects.filter(pk=story.pk).update(headline="Tít khác")
    assert client.get(address).status_code == 200


def test_draft_scheduled_and_trashed_are_not_found(client):
    draft = builders.make_draft()
    later = builders.make_article(published_at=builders.hours(2))
    for story in (draft, later):
        assert client.get(f"/{story.slug}-{story.pk}.html").status_code == 404
    workflow.perform(draft.pk, "trash", by=builders.make_user("publisher"))
    assert client.get(f"/-{draft.pk}.html").status_code == 404


def test_withdrawn_and_ended_are_gone_and_tell_nothing(client, story):
    builders.withdraw(story)
    ended = builders.make_article(headline="Chỉ đến hôm qua", published_at=builders.hours(-9))
    Article.objects.filter(pk=ended.pk).update(visible_until=builders.hours(-1))
    for gone in (story, ended):
        response = client.get(gone.get_absolute_url())
        assert response.status_code == 410
        assert "không còn được đăng" in response.content.decode()
        assert gone.headline not in response.content.decode()


def test_hostile_text_is_shown_as_text(client):
    story = builders.make_article(headline="</title><script>alert(1)</script>", lead='"><img src=x onerror=alert(1)>')
    page = client.get(story.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_players_may_be_framed_only_where_something_is_embedded(client, story):
    body = '<p>Xem phim.</p><figure class="embed" data-embed="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></figure>'
    embedding = builders.make_article(body=body)
    framed = client.get(embedding.get_absolute_url())
    assert "frame-src https://open.spotify.com" in framed["Content-Security-Policy"]
    assert "<iframe" not in framed.content.decode()
    assert "frame-src" not in client.get(story.get_absolute_url())["Content-Security-Policy"]
