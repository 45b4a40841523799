"""The search page: the form keeps what was asked, hits are marked, and nothing that is typed breaks it."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import quote, quote_plus

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import search
from articles.models import BylineRef
from articles.views import search as views
from newsroom.lib import dates
from tests.builders import make_article, make_author, make_publication, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_and_fresh(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()


def page(client, status=200, **fields):
    response = client.get("/tim-kiem/", {name.replace("_", "-"): value for name, value in fields.items()})
    assert response.status_code == status
    return response.content.decode()


def test_hits_are_marked(client):
    make_article(headline="Hà Nội vào thu", lead="Hoa sữa thơm.", body="<p>Phố Hà Nội &lt;đẹp&gt; &amp; yên.</p>")
    html = page(client, q="ha noi")
    assert "<mark>Hà Nội</mark> vào thu" in html
    assert "Phố <mark>Hà Nội</mark> &lt;đẹp&gt; &amp; yên." in html
    assert "1 story with “ha noi”" in html


def test_nothing_asked_is_a_form_with_a_hint(client):
    for query in ("", "   "):
        html = page(client, q=query)
        assert 'name="q"' in html
        assert "search-hint" in html
        assert "search-nothing" not in html


def test_nothing_found_says_what_to_do(client):
    make_article(headline="Tin mới toanh")
    html = page(client, q="cá voi zzzz", tu="14/01/2021")
    assert "No story has all of “cá voi zzzz”" in html
    assert f'href="?q={quote_plus("cá voi zzzz")}"' in html  # of all days
    assert 'class="date-picker"' in html
    assert 'href="/thoi-su/"' in html
    assert "Tin mới toanh" in html


def test_signs_alone_find_nothing(client):
    for query in ("🎉", "?!", '"', "____"):
        assert "search-nothing" in page(client, q=query)


def test_the_form_keeps_everything(client):
    section = make_section("Kinh tế")
    html = page(client, q='giá "vàng" <b>', chuyen_muc=section.slug, tu="1/1/2021", den="31-1-2021")
    assert 'value="giá &quot;vàng&quot; &lt;b&gt;"' in html
    assert '<option value="kinh-te" selected>' in html
    assert 'name="tu" value="1/1/2021"' in html
    assert 'name="den" value="31-1-2021"' in html


def test_section_and_days_narrow(client):
    economy = make_section("Kinh tế")
    moment = datetime(2021, 1, 14, 9, tzinfo=dates.TZ)
    make_article(moment, headline="Giá vàng tăng", section=economy.pk)
    make_article(moment, headline="Giá vàng và đời sống")
    assert "<mark>Giá vàng</mark> tăng" in page(client, q="giá vàng", chuyen_muc="kinh-te")
    assert "đời sống" not in page(client, q="giá vàng", chuyen_muc="kinh-te")
    for days in ({"tu": "14/01/2021"}, {"den": "14.1.2021"}, {"tu": "2021-01-14", "den": "14-1-2021"}):
        assert "2 stories" in page(client, q="giá vàng", **days)
    assert "search-nothing" in page(client, q="giá vàng", tu="15/01/2021")
    assert "search-nothing" in page(client, q="giá vàng", den="13/01/2021")


@pytest.mark.parametrize("typed", ["31/02/2021", "hôm qua", "14/1", "٠١/٠١/٢٠٢١", "0/0/0000", "x" * 5000, "🎉"])
def test_an_impossible_date_gets_a_message(client, typed):
    make_article(headline="Giá vàng tăng")
    html = page(client, status=400, q="giá vàng", tu=typed)
    assert "Please write the date as in 14/01/2021." in html
    assert 'aria-describedby="search-since-error"' in html
    assert 'value="giá vàng"' in html
    assert "<mark>" not in html


def test_days_in_the_wrong_order_get_a_message(client):
    assert "The last day is before the first one." in page(client, 400, q="vàng", tu="15/01/2021", den="14/01/2021")


def test_an_author_by_name_or_address(client):
    author = make_author("Lê An")
    make_article(headline="Giá vàng tăng", bylines=(BylineRef(author.pk),))
    make_article(headline="Giá vàng giảm", bylines=(BylineRef(make_author("Trần Bình").pk),))
    for typed in ("le-an", "Lê An", "le an", " LÊ  AN "):
        html = page(client, q="giá vàng", tac_gia=typed)
        assert "1 story" in html
        assert 'name="tac-gia" value="Lê An"' in html


@pytest.mark.parametrize("typed", ["ai đó", "🎉", "x" * 5000, "'"])
def test_an_unknown_author_gets_a_message(client, typed):
    html = page(client, status=400, q="giá vàng", tac_gia=typed)
    assert "No author has this name." in html
    assert 'aria-describedby="search-author-error"' in html
    assert 'value="giá vàng"' in html


def test_what_narrows_can_be_taken_away(client):
    section, author = make_section("Kinh tế"), make_author("Lê An")
    make_article(headline="Giá vàng tăng", section=section.pk, bylines=(BylineRef(author.pk),))
    asked = {"q": "vàng", "chuyen_muc": "kinh-te", "tac_gia": "le-an", "tu": "1/1/2020", "xep": "cu"}
    links = chips(page(client, **asked))
    assert [name for name, _ in links] == ["Kinh tế", "Author: Lê An", "From 01/01/2020", "Remove all"]
    assert links[0][1] == "?q=v%C3%A0ng&tac-gia=le-an&tu=1%2F1%2F2020&xep=cu"
    assert links[-1][1] == "?q=v%C3%A0ng&xep=cu"
    assert chips(page(client, q="vàng")) == []


def chips(html):
    found = re.findall(r'<li><a (?:class="search-chips-all" )?href="([^"]+)">(.*?)</a></li>', html)
    inside = html.partition('class="search-chips"')[2].partition("</ul>")[0]
    return [
        (re.sub("<span.*?</span>", "", name).strip(), unescape(address))
        for address, name in found
        if f'"{address}"' in inside
    ]


def test_the_order_is_chosen_by_links_and_stays(client):
    for year in (2019, 2021, 2020):
        make_article(datetime(year, 1, 1, tzinfo=dates.TZ), headline=f"Chợ hoa {year}")
    html = page(client, q="chợ hoa", xep="cu")
    years = re.findall(r"</mark> (20\d\d)\s", html)
    assert years == ["2019", "2020", "2021"]
    assert '<input type="hidden" name="xep" value="cu">' in html
    assert f'<a href="?q={quote_plus("chợ hoa")}&amp;xep=moi">Newest</a>' in html
    assert re.search(r'aria-current="true">Oldest</a>', html)
    assert 'aria-current="true">Most relevant' in page(client, q="chợ hoa", xep="khong-co")


def test_an_unknown_section_is_404(client):
    make_section("Ẩn", is_shown=False)
    for slug in ("khong-co", "an", "x" * 5000):
        page(client, 404, q="vàng", chuyen_muc=slug)


def test_pages(client):
    for number in range(25):
        make_article(headline=f"Chợ hoa số {number}")
    first = page(client, q="chợ hoa", tu="01/01/2020")
    assert first.count('class="hit"') == 10
    assert "trang=3" in first
    assert f"?q={quote('chợ hoa').replace('%20', '+')}&amp;tu=01%2F01%2F2020&amp;trang=2" in first
    assert page(client, q="chợ hoa", trang="3").count('class="hit"') == 5
    for beyond in ("4", "51", "99999999", "0", "-1", "x", "1e3", ""):
        page(client, 404, q="chợ hoa", trang=beyond)
    page(client, 404, q="cá voi xanh", trang="2")


def test_many_hits_end_with_page_fifty_and_the_archive(client, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 2)
    for number in range(3):
        make_article(headline=f"Chợ hoa số {number}")
    html = page(client, q="chợ hoa")
    assert "More than 2 stories" in html
    assert "Older stories: view by day" in html


def test_search_pages_stay_out_of_search_engines(client):
    for fields in ({}, {"q": "vàng"}):
        html = page(client, **fields)
        assert '<meta name="robots" content="noindex, follow">' in html
        assert 'rel="canonical" href="http://127.0.0.1:8000/tim-kiem/"' in html


def test_pages_are_public_and_carry_their_key(client):
    response = client.get("/tim-kiem/?q=v%C3%A0ng")
    assert "search" in response["Surrogate-Key"].split()
    assert "public" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize(
    "query",
    ["a" * 5000, "hà " * 1600, "' OR 1=1 --", '"', "NEAR(", "hà* AND", "%", "\\", "{{ 7|add:7 }}", "e\u0301" * 300],
)
def test_odd_queries_are_answered(client, query):
    make_article(headline="Hà Nội")
    assert 'name="q"' in page(client, q=query)


def test_broken_bytes_and_nul(client):
    assert client.get("/tim-kiem/?q=%ff%fe").status_code in (200, 400)
    assert client.get("/tim-kiem/?q=%00").status_code == 400


def test_too_many_searches_from_one_address(client, monkeypatch):
    monkeypatch.setattr(views, "SEARCHES", 2)
    for _ in range(2):
        page(client, q="vàng")
    response = client.get("/tim-kiem/?q=v%C3%A0ng")
    assert response.status_code == 429
    assert response["Cache-Control"] == "no-store"
    assert int(response["Retry-After"]) > 0
    page(client)  # the empty form costs nothing
    assert client.get("/tim-kiem/?q=v%C3%A0ng", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_queries_do_not_grow(client):
    def count(query):
        page(client)  # sections and masthead come into memory
        with CaptureQueriesContext(connection) as queries:
            page(client, q=query, chuyen_muc="thoi-su", tac_gia="nguyen-mai")
        return len(queries)

    make_publication()
    make_article(headline="Một bông hoa")
    one = count("một bông hoa")
    for number in range(30):
        section = make_section(f"Mục {number}", parent=make_section("Thời sự"))
        make_article(headline=f"Nhiều bông hoa {number}", section=section.pk)
    assert count("nhiều bông hoa") == one
    assert one <= 8


@pytest.mark.parametrize("query", ["chợ hoa", "cho hoa", '"chợ hoa"', "choj hoa", "choj tra", "hoa zzzz", "zzzz"])
def test_at_most_eight_queries_whatever_is_asked(client, query):
    make_publication()
    section = make_section("Thời sự")
    for number in range(12):
        make_article(headline=f"Chợ hoa {number}", section=section.pk)
    narrow = {"chuyen_muc": "thoi-su", "tac_gia": "nguyen-mai"}
    for fields in ({}, narrow, narrow | {"xep": "cu"}):
        with CaptureQueriesContext(connection) as queries:
            page(client, q=query, **fields)
        assert len(queries) <= 8, fields
