"""The archive: landing, years, months and days, for the whole paper and for one section."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import catalogue
from articles.models import Article
from articles.views import archive as views
from newsroom.lib import dates
from tests.builders import hours, make_article, make_section, withdraw

pytestmark = pytest.mark.django_db

NONE = "There are no stories of this day."


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def at(year, month, day, hour=9, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=dates.TZ)


def story(headline, moment, **fields):
    return make_article(moment, headline=headline, **fields)


def text(response):
    return response.content.decode()


# --- a day --------------------------------------------------------------------------------------------------------


def test_a_day_reads_like_that_day_s_paper(client):
    economy = make_section("Kinh tế", position=2)
    market = make_section("Thị trường", parent=economy)
    news = make_section("Thời sự", position=1)
    story("Giá gạo", at(2021, 1, 14, 8, 5), section=market.pk)
    story("Giá điện", at(2021, 1, 14, 10), section=economy.pk)
    story("Huyện ủy họp", at(2021, 1, 14, 14, 39), section=news.pk)
    story("Hôm sau", at(2021, 1, 15), section=news.pk)
    response = client.get("/luu-tru/2021/01/14/")
    page = text(response)
    assert response.status_code == 200
    assert "Thursday, 14 January 2021" in page
    groups = [(group.section.name, [s.headline for s in group.stories]) for group in response.context["groups"]]
    assert groups == [("Thời sự", ["Huyện ủy họp"]), ("Kinh tế", ["Giá điện", "Giá gạo"])]
    assert ">14:39</time>" in page
    assert "Hôm sau" not in page


def test_a_day_of_a_section_tells_its_sub_sections_apart(client):
    economy, news = make_section("Kinh tế"), make_section("Thời sự")
    market = make_section("Thị trường", parent=economy)
    story("Giá gạo", at(2021, 1, 14), section=market.pk)
    story("Giá điện", at(2021, 1, 14), section=economy.pk)
    story("Ngân sách", at(2021, 1, 14), section=news.pk, other_sections=(economy.pk,))
    story("Huyện ủy họp", at(2021, 1, 14), section=news.pk)
    response = client.get("/luu-tru/2021/01/14/?chuyen-muc=kinh-te")
    groups = [(group.section.name, [s.headline for s in group.stories]) for group in response.context["groups"]]
    assert groups == [("Kinh tế", ["Ngân sách", "Giá điện"]), ("Thị trường", ["Giá gạo"])]


def test_midnight_in_ha_noi_parts_the_days(client):
    story("Cuối ngày", datetime(2021, 1, 14, 23, 59, 59, 999999, tzinfo=dates.TZ))
    story("Đầu ngày", at(2021, 1, 15, 0))
    assert "Cuối ngày" in text(client.get("/luu-tru/2021/01/14/"))
    assert "Cuối ngày" not in text(client.get("/luu-tru/2021/01/15/"))
    assert "Đầu ngày" in text(client.get("/luu-tru/2021/01/15/"))


def test_only_what_is_published(client):
    day = at(2021, 1, 14)
    withdraw(story("Bị gỡ", day))
    Article.objects.filter(pk=story("Đã hết hạn", day).pk).update(visible_until=hours(-1))
    story("Mục ẩn", day, section=make_section("Ẩn", is_shown=False).pk)
    today = f"/luu-tru/{dates.today():%Y/%m/%d}/"
    story("Chưa đến giờ", dates.day_bounds(dates.today())[1] - timedelta(microseconds=1))
    assert NONE in text(client.get("/luu-tru/2021/01/14/"))
    assert NONE in text(client.get(today))


def test_an_empty_day_leads_to_the_nearest_ones(client):
    news, economy = make_section("Thời sự"), make_section("Kinh tế")
    story("Trước", at(2021, 1, 10), section=news.pk)
    story("Sau", at(2021, 3, 2), section=news.pk)
    story("Gần hơn, mục khác", at(2021, 1, 12), section=economy.pk)
    page = text(client.get("/luu-tru/2021/01/14/"))
    assert NONE in page
    assert 'rel="prev" href="/luu-tru/2021/01/12/"' in page
    assert 'rel="next" href="/luu-tru/2021/03/02/"' in page
    assert '"robots" content="noindex' in page
    page = text(client.get("/luu-tru/2021/01/14/?chuyen-muc=thoi-su"))
    assert 'rel="prev" href="/luu-tru/2021/01/10/?chuyen-muc=thoi-su"' in page


def test_the_neighbours_are_days_that_readers_can_see(client):
    story("Đọc được", at(2021, 1, 10))
    withdraw(story("Bị gỡ", at(2021, 1, 12)))
    Article.objects.filter(pk=story("Hết hạn", at(2021, 1, 13)).pk).update(visible_until=hours(-1))
    story("Hẹn giờ", hours(48))
    page = text(client.get("/luu-tru/2021/01/14/"))
    assert 'rel="prev" href="/luu-tru/2021/01/10/"' in page
    assert 'rel="next"' not in page


def test_a_long_day_has_pages(client, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for minute in range(5):
        story(f"Tin số {minute}", at(2021, 1, 14, 9, minute))
    assert "Tin số 4" in text(client.get("/luu-tru/2021/01/14/"))
    third = text(client.get("/luu-tru/2021/01/14/?trang=3&chuyen-muc=thoi-su"))
    assert "Tin số 0" in third
    assert 'href="?chuyen-muc=thoi-su&amp;trang=2"' in third
    for beyond in ("4", "99999999", "0", "-1", "x", ""):
        assert client.get(f"/luu-tru/2021/01/14/?trang={beyond}").status_code == 404, beyond


# --- months, years, landing ---------------------------------------------------------------------------------------


def test_a_month_is_a_calendar_with_counts(client):
    for day in (3, 14, 14):
        story("Tin", at(2021, 1, day))
    response = client.get("/luu-tru/2021/01/")
    weeks = response.context["weeks"]
    assert [len(week) for week in weeks] == [7] * 5
    assert weeks[0][:4] == [None] * 4  # 1 January 2021 was a Friday
    assert weeks[0][4].day == date(2021, 1, 1)
    counted = {square.day.day: square.stories for week in weeks for square in week if square and square.stories}
    assert counted == {3: 1, 14: 2}
    assert 'href="/luu-tru/2021/01/14/"' in text(response)
    assert 'href="/luu-tru/2021/01/15/"' not in text(response)
    assert "January 2021" in text(response)


def test_a_year_and_the_landing_have_totals(client):
    economy = make_section("Kinh tế")
    story("Cũ", at(2019, 5, 1), section=economy.pk)
    for day in (1, 2):
        story("Mới", at(2021, 2, day))
    year = client.get("/luu-tru/2021/")
    assert {month: n for month, n, _ in year.context["months"] if n} == {"February 2021": 2}
    assert 'href="/luu-tru/2021/02/"' in text(year)
    assert 'rel="prev" href="/luu-tru/2019/"' in text(year)
    landing = client.get("/luu-tru/")
    assert landing.context["years"] == [
        ("2021", 2, "/luu-tru/2021/"),
        ("2019", 1, "/luu-tru/2019/"),
    ]
    landing = client.get("/luu-tru/?chuyen-muc=kinh-te")
    assert landing.context["years"] == [("2019", 1, "/luu-tru/2019/?chuyen-muc=kinh-te")]


@pytest.mark.parametrize("path", ["/luu-tru/", "/luu-tru/2021/", "/luu-tru/2021/01/", "/luu-tru/2021/01/14/"])
def test_an_empty_paper_has_an_archive_too(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "There are no stories" in text(response)


def test_vietnamese_is_read(client, settings):
    settings.LANGUAGE_CODE = "vi"
    story("Huyện ủy họp", at(2021, 1, 14))
    assert "<h1>Thứ Năm, 14/1/2021</h1>" in text(client.get("/luu-tru/2021/01/14/"))
    assert "2.021" not in text(client.get("/luu-tru/2021/"))


# --- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("/luu-tru/2021/1/", "/luu-tru/2021/01/"),
        ("/luu-tru/2021/1/5/", "/luu-tru/2021/01/05/"),
        ("/luu-tru/2021/01/5/", "/luu-tru/2021/01/05/"),
        ("/luu-tru/2021/1/14/?chuyen-muc=thoi-su", "/luu-tru/2021/01/14/?chuyen-muc=thoi-su"),
    ],
)
def test_days_without_zeros_are_moved(client, written, right):
    make_section("Thời sự")
    response = client.get(written)
    assert (response.status_code, response["Location"]) == (301, right)


@pytest.mark.parametrize(
    "rest",
    [
        "2021/02/31/",
        "2021/00/",
        "2021/13/",
        "2021/01/00/",
        "2021/01/32/",
        "0000/",
        "0000/01/01/",
        "21/01/14/",
        "20210/",
        "abc/",
        "2021/x/",
        "2021/01/x/",
        "-2021/",
        "２０２１/",
        "٢٠٢١/01/",
        "2021/01/14th/",
        "9999/",
        "2021/001/",
        "2021/0١/",
        "2021/%20/",
    ],
)
def test_what_the_calendar_does_not_have_is_404_with_the_picker(client, rest):
    response = client.get(f"/luu-tru/{rest}")
    assert response.status_code == 404
    assert 'name="ngay"' in text(response)


def test_days_to_come_are_404(client):
    tomorrow = dates.today() + timedelta(days=1)
    story("Hẹn giờ", dates.day_bounds(tomorrow)[0] + timedelta(hours=9))
    response = client.get(f"/luu-tru/{tomorrow:%Y/%m/%d}/")
    assert response.status_code == 404
    assert "Hẹn giờ" not in text(response)
    assert client.get(f"/luu-tru/{dates.today().year + 1}/").status_code == 404
    assert client.get(f"/luu-tru/{dates.today():%Y/%m/%d}/").status_code == 200


@pytest.mark.parametrize("rest", ["", "2021/", "2021/01/", "2021/01/14/", "2021/01/dem.json"])
def test_an_unknown_or_hidden_section_is_404(client, rest):
    make_section("Ẩn", is_shown=False)
    for slug in ("khong-co", "an", "x" * 5000, "%F0%9F%8E%89"):
        assert client.get(f"/luu-tru/{rest}?chuyen-muc={slug}").status_code == 404


def test_the_former_address_of_a_section_is_moved(client):
    section = make_section("Thời sự")
    section.slug = "tin-tuc"
    catalogue.save_section(section)
    response = client.get("/luu-tru/2021/01/14/?chuyen-muc=thoi-su")
    assert (response.status_code, response["Location"]) == (301, "/luu-tru/2021/01/14/?chuyen-muc=tin-tuc")
    assert client.get("/luu-tru/?chuyen-muc=thoi-su")["Location"] == "/luu-tru/?chuyen-muc=tin-tuc"


# --- caches -------------------------------------------------------------------------------------------------------


def keys(client, path):
    return set(client.get(path)["Surrogate-Key"].split())


def test_pages_carry_the_keys_of_what_they_show(client):
    section = make_section("Thời sự")
    for day in (13, 14, 16):
        story("Tin", at(2021, 1, day))
    assert {"archive", "chrome"} <= keys(client, "/luu-tru/")
    assert {"archive", f"s{section.pk}"} <= keys(client, "/luu-tru/2021/01/?chuyen-muc=thoi-su")
    day = keys(client, "/luu-tru/2021/01/14/")
    assert {"d20210113", "d20210114", "d20210115", "d20210116"} <= day
    assert "archive" not in day
    # The next story day may appear anywhere in the years since: any change of the archive counts.
    assert "archive" in keys(client, "/luu-tru/2021/01/16/")
    # And an earlier one anywhere before the first.
    assert "archive" in keys(client, "/luu-tru/2021/01/13/")


def test_pages_are_public_and_free_of_cookies(client):
    for path in ("/luu-tru/", "/luu-tru/2021/01/14/", "/luu-tru/2021/01/dem.json"):
        response = client.get(path)
        assert "public" in response["Cache-Control"]
        assert response["ETag"]
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
        assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_queries_do_not_grow(client):
    paths = ["/luu-tru/", "/luu-tru/2021/", "/luu-tru/2021/01/", "/luu-tru/2021/01/14/"]

    def counts():
        found = {}
        for path in (*paths, *(f"{path}?chuyen-muc=kinh-te" for path in paths)):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found[path] = len(queries)
        return found

    top = make_section("Kinh tế")
    story("Tin", at(2021, 1, 14), section=top.pk)
    client.get(paths[0])
    few = counts()
    for number in range(30):
        section = make_section(f"Mục {number}", parent=top if number % 2 else None)
        story(f"Tin {number}", at(2021, 1, 1 + number % 28), section=section.pk, other_sections=(top.pk,))
        story(f"Tin {number}", at(2021, 1, 14), section=section.pk, other_sections=(top.pk,))
    assert counts() == few
    assert max(few.values()) <= 8
