"""Finding stories by words: one function, the same answers on SQLite and PostgreSQL."""

import unicodedata
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import catalogue, ranking, search, workflow
from articles.models import Article, BylineRef
from articles.queries import Order, Query, Within
from newsroom.lib import dates
from tests.builders import hours, make_article, make_author, make_section, make_user, withdraw

pytestmark = pytest.mark.django_db


def story(headline, body="<p>Tin ngắn.</p>", **fields):
    return make_article(headline=headline, lead=fields.pop("lead", "Tin từ các phường."), body=body, **fields)


def found(query, page=1, order=Order.RELEVANCE, **narrowed):
    return search.search(Query.read(query), Within(**narrowed), order, page)


def headlines(query, **choices):
    return [hit.article.headline for hit in found(query, **choices).hits]


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("ha noi", "Hà Nội vào thu"),
        ("HÀ NỘI", "Hà Nội vào thu"),
        ("dang bo", "Đảng bộ họp"),
        ("đảng bộ", "Đảng bộ họp"),
        ("hoà bình", "Phố hòa bình"),
        ("hòa bình", "Phố hoà bình"),
        ("uỷ ban", "Ủy ban thành phố"),
        ("ky thuat", "Kỹ thuật mới"),
        ("kĩ thuật", "Kỹ thuật mới"),
        ("covid-19", "Dịch COVID-19 lắng xuống"),
        ("14-1", "Sáng 14-1, trời rét"),
        ("2020-2025", "Nhiệm kỳ 2020-2025"),
        ("19h30", "Khai mạc lúc 19h30"),
        ("1,2 km", "Tuyến phố dài 1,2 km"),
        ("duong sat", "Đường sắt đô thị"),
    ],
)
def test_finds(query, headline):
    story("Chuyện khác hẳn")
    story(headline)
    assert headlines(query) == [headline]
    assert headlines(unicodedata.normalize("NFD", query)) == [headline]


def test_words_may_stand_in_headline_lead_and_text():
    story("Lễ hội mùa xuân", lead="Ở Đông Anh đông vui.", body="<p>Có <strong>rối nước</strong>&nbsp;và cờ người.</p>")
    assert headlines("lễ hội đông anh rối nước") == ["Lễ hội mùa xuân"]
    assert headlines("lễ hội tây hồ") == []


def test_markup_is_no_word():
    story("Bài có liên kết", body='<p><a href="https://example.org/kinhdoanh">đọc tiếp</a></p>')
    assert headlines("kinhdoanh") == []
    assert headlines("href") == []


def test_exact_marks_come_first():
    for headline in ("Bão số 5 đổ bộ", "Bảo tàng mở cửa", "Báo cáo của sở", "Bào ngư lên giá"):
        story(headline, lead="Tin ngắn.")
    assert headlines("bảo")[0] == "Bảo tàng mở cửa"
    assert headlines("bão")[0] == "Bão số 5 đổ bộ"
    assert len(headlines("bao")) == 4


def test_exact_marks_in_the_text_come_before_other_marks_in_the_headline():
    story("Tin trong ngày", body="<p>Một chiếc ô tô màu bạc.</p>")
    story("Bác Hồ với thủ đô")
    assert headlines("bạc") == ["Tin trong ngày", "Bác Hồ với thủ đô"]


def test_words_side_by_side_come_before_scattered_ones():
    together = "Phố nhỏ ở Hà Nội"
    story("Bà Hà kể chuyện họ nội, họ ngoại")
    story(together)
    story("Nội thành và sông Hà")
    assert headlines("ha noi")[0] == together
    assert headlines("hà nội")[0] == together


def test_headline_counts_more_than_text():
    story("Tin tổng hợp", body="<p>Cầu Long Biên ở cuối bài này.</p>")
    story("Cầu Long Biên sửa xong")
    assert headlines("long bien") == ["Cầu Long Biên sửa xong", "Tin tổng hợp"]


def test_equals_come_newest_first():
    for day in (1, 3, 2):
        story("Giá vàng hôm nay", published_at=datetime(2024, 5, day, 9, tzinfo=dates.TZ))
    days = [hit.article.published_on.day for hit in found("giá vàng").hits]
    assert days == [3, 2, 1]


# --- exact phrases ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ['"ha noi"', '"Hà Nội"', "“Hà Nội”", '"hà nội" phố'])
def test_words_in_quotes_stand_side_by_side(query):
    story("Phố nhỏ ở Hà Nội")
    story("Bà Hà kể chuyện phố, họ nội, họ ngoại")
    assert headlines(query) == ["Phố nhỏ ở Hà Nội"]


def test_in_quotes_too_the_marks_that_were_typed_come_first():
    story("Bảo tàng mở cửa")
    story("Báo động bão táng")
    assert headlines('"bảo tàng"') == ["Bảo tàng mở cửa", "Báo động bão táng"]
    assert headlines('"bão táng"') == ["Báo động bão táng", "Bảo tàng mở cửa"]


@pytest.mark.parametrize("order", Order)
def test_long_phrases_stand_side_by_side(order):
    story("Hà Nội mùa thu vàng")
    story("Mùa thu vàng, hà nội mùa hạ", body="<p>Nội mùa thu.</p>")
    assert headlines('"hà nội mùa thu vàng"', order=order) == ["Hà Nội mùa thu vàng"]


def test_several_phrases_and_words():
    story("Cầu Long Biên, Hà Nội", body="<p>Mùa thu.</p>")
    story("Biên Hòa: cầu dài nội đô Hà", body="<p>Mùa thu, Long An.</p>")
    assert headlines('"long bien" thu "hà nội"') == ["Cầu Long Biên, Hà Nội"]


# --- only what readers may see ------------------------------------------------------------------------------------


def test_only_what_is_published():
    gone = story("Hồ Tây bị gỡ")
    withdraw(gone)
    story("Hồ Tây hẹn giờ", published_at=hours(2))
    ended = story("Hồ Tây đã hết hạn", published_at=hours(-3))
    Article.objects.filter(pk=ended.pk).update(visible_until=hours(-1))
    story("Hồ Tây trong mục ẩn", section=make_section("Mục ẩn", is_shown=False).pk)
    story("Hồ Tây sáng nay")
    for order in Order:
        assert headlines("hồ tây", order=order) == ["Hồ Tây sáng nay"]
        assert found("hồ tây", order=order).total == 1


def test_a_withdrawn_story_is_found_again_when_it_is_back():
    gone = story("Hồ Tây bị gỡ")
    withdraw(gone)
    workflow.perform(gone.pk, "republish", by=make_user("chief"), note="Đã kiểm chứng")
    assert headlines("hồ tây") == ["Hồ Tây bị gỡ"]


def test_narrowed_by_section():
    economy = make_section("Kinh tế")
    market = make_section("Thị trường", parent=economy)
    story("Giá điện", section=make_section("Thời sự").pk)
    story("Giá gạo", section=market.pk)
    assert headlines("giá", section=economy) == ["Giá gạo"]
    assert headlines("giá", section=market) == ["Giá gạo"]


def test_a_section_takes_its_stories_with_it_when_it_moves():
    economy, city = make_section("Kinh tế"), make_section("Đô thị")
    market = make_section("Thị trường", parent=economy)
    story("Giá gạo", section=market.pk)
    market.parent = city
    catalogue.save_section(market)
    assert headlines("giá", section=city) == ["Giá gạo"]
    assert headlines("giá", section=economy) == []


def test_narrowed_by_days_of_ha_noi():
    story("Giao thừa", published_at=datetime(2021, 1, 14, 0, 0, tzinfo=dates.TZ))
    story("Giao thừa", published_at=datetime(2021, 1, 14, 23, 59, 59, tzinfo=dates.TZ))
    story("Giao thừa muộn", published_at=datetime(2021, 1, 15, 0, 0, tzinfo=dates.TZ))
    day = date(2021, 1, 14)
    assert headlines("giao thừa", since=day, until=day) == ["Giao thừa", "Giao thừa"]
    assert headlines("giao thừa", since=date(2021, 1, 15)) == ["Giao thừa muộn"]
    assert headlines("giao thừa", until=date(2021, 1, 13)) == []


def test_narrowed_by_author():
    one, other = make_author("Lê An"), make_author("Trần Bình")
    story("Giá điện", bylines=(BylineRef(one.pk), BylineRef(other.pk)))
    story("Giá gạo", bylines=(BylineRef(other.pk),))
    assert headlines("giá", author=one) == ["Giá điện"]
    assert len(headlines("giá", author=other)) == 2


def test_everything_at_once():
    section, author = make_section("Kinh tế"), make_author("Lê An")
    moment = datetime(2021, 1, 14, 9, tzinfo=dates.TZ)
    story("Giá vàng tăng", section=section.pk, bylines=(BylineRef(author.pk),), published_at=moment)
    choices = {"section": section, "author": author, "since": moment.date(), "until": moment.date()}
    for order in Order:
        assert headlines('"giá vàng"', order=order, **choices) == ["Giá vàng tăng"]


@pytest.mark.parametrize("most", [2000, 2])
def test_by_date(monkeypatch, most):
    monkeypatch.setattr(ranking, "MOST", most)
    for year in (2013, 2024, 2019):
        story(f"Chợ hoa {year}", published_at=datetime(year, 1, 1, tzinfo=dates.TZ))
    assert headlines("chợ hoa", order=Order.NEWEST) == ["Chợ hoa 2024", "Chợ hoa 2019", "Chợ hoa 2013"][:most]
    assert headlines("chợ hoa", order=Order.OLDEST) == ["Chợ hoa 2013", "Chợ hoa 2019", "Chợ hoa 2024"][:most]


# --- many hits ----------------------------------------------------------------------------------------------------


def test_pages(monkeypatch):
    monkeypatch.setattr(search, "PER_PAGE", 2)
    for number in range(5):
        story(f"Chợ hoa số {number}")
    pages = [headlines("chợ hoa", page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({headline for page in pages for headline in page}) == 5


def test_the_count_is_capped(monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 2)
    story("Chợ hoa")
    story("Chợ hoa")
    assert (found("chợ").total, found("chợ").more) == (2, False)
    story("Chợ hoa")
    assert (found("chợ").total, found("chợ").more) == (2, True)


def test_of_too_many_hits_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr(ranking, "MOST", 2)
    for year in (2022, 2024, 2023):
        story(f"Chợ hoa {year}", published_at=datetime(year, 1, 1, tzinfo=dates.TZ))
    assert sorted(headlines("chợ hoa")) == ["Chợ hoa 2023", "Chợ hoa 2024"]


@pytest.mark.parametrize("count", [1, 30])
def test_two_queries_however_many(count):
    for number in range(count):
        story(f"Chợ hoa {number}", section=make_section(f"Mục {number}").pk)
    with CaptureQueriesContext(connection) as queries:
        hits = found("chợ hoa").hits
        assert all(hit.article.section.name and hit.article.get_absolute_url() for hit in hits)
    assert len(queries) == 2
