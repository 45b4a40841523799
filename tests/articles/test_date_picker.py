"""The date picker: a plain form that needs no JavaScript, and the figures that its calendar asks for."""

from datetime import datetime, timedelta

import pytest
from django.template import Context, Template

from newsroom.lib import dates
from tests.architecture.tree import ROOT
from tests.builders import hours, make_article, make_publication, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def at(year, month, day):
    return datetime(year, month, day, 9, tzinfo=dates.TZ)


def render(source, **context):
    return Template("{% load archive %}" + source).render(Context(context))


# --- the form -----------------------------------------------------------------------------------------------------


def test_the_form_is_plain_and_asks_the_database_nothing(django_assert_num_queries):
    section = make_section("Thời sự")
    with django_assert_num_queries(0):
        form = render("{% date_picker of=section day=day %}", section=section, day=at(2021, 1, 4).date())
    assert 'action="/luu-tru/"' in form
    assert 'name="ngay" value="04"' in form
    assert 'name="thang" value="01"' in form
    assert 'name="nam" value="2021"' in form
    assert 'type="hidden" name="chuyen-muc" value="thoi-su"' in form
    assert form.count('inputmode="numeric"') == 3
    assert "method" not in form
    assert "csrf" not in form


def test_without_section_and_day_the_fields_are_empty():
    form = render("{% date_picker %}")
    assert "chuyen-muc" not in form
    assert 'name="nam" value=""' in form


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("ngay=14&thang=1&nam=2021", "/luu-tru/2021/01/14/"),
        ("ngay=14&thang=01&nam=2021", "/luu-tru/2021/01/14/"),
        ("ngay=+14+&thang=1&nam=2021", "/luu-tru/2021/01/14/"),
        ("ngay=&thang=1&nam=2021", "/luu-tru/2021/01/"),
        ("ngay=&thang=&nam=2021", "/luu-tru/2021/"),
        ("ngay=14&thang=&nam=2021", "/luu-tru/2021/"),
        ("nam=2021", "/luu-tru/2021/"),
        ("ngay=&thang=&nam=", "/luu-tru/"),
        ("ngay=14&thang=1&nam=2021&chuyen-muc=thoi-su", "/luu-tru/2021/01/14/?chuyen-muc=thoi-su"),
        ("ngay=&thang=&nam=&chuyen-muc=thoi-su", "/luu-tru/?chuyen-muc=thoi-su"),
        ("ngay=29&thang=2&nam=2024", "/luu-tru/2024/02/29/"),
    ],
)
def test_the_form_leads_to_the_day(client, query, target):
    make_section("Thời sự")
    response = client.get(f"/luu-tru/?{query}")
    assert (response.status_code, response["Location"]) == (302, target)


@pytest.mark.parametrize(
    "query",
    [
        "ngay=31&thang=2&nam=2021",
        "ngay=29&thang=2&nam=2023",
        "ngay=0&thang=1&nam=2021",
        "ngay=1&thang=13&nam=2021",
        "ngay=a&thang=b&nam=c",
        "ngay=14&thang=1&nam=",
        "ngay=14&thang=1&nam=21",
        "ngay=14&thang=1&nam=0000",
        "ngay=14&thang=1&nam=99999999999999999999",
        "ngay=-1&thang=1&nam=2021",
        "ngay=1.5&thang=1&nam=2021",
        "ngay=%F0%9F%8E%89&thang=1&nam=2021",
        "ngay=%D9%A1&thang=1&nam=2021",
        "ngay=14&thang=1&nam=9000",
    ],
)
def test_an_impossible_date_comes_back_with_the_reason(client, query):
    response = client.get(f"/luu-tru/?{query}")
    assert response.status_code == 400
    page = response.content.decode()
    assert 'role="alert"' in page
    assert 'aria-invalid="true"' in page


def test_what_was_typed_is_kept_and_escaped(client):
    page = client.get('/luu-tru/?ngay=31&thang=2&nam="><b>x').content.decode()
    assert 'name="ngay" value="31"' in page
    assert 'name="thang" value="2"' in page
    assert 'value="&quot;&gt;&lt;b&gt;x"' in page
    assert "<b>x" not in page


def test_a_very_long_value_is_no_trouble(client):
    response = client.get("/luu-tru/", {"ngay": "9" * 5000, "thang": "1", "nam": "2021"})
    assert response.status_code == 400
    assert "9" * 11 not in response.content.decode()


def test_tomorrow_is_still_to_come(client):
    day = dates.today() + timedelta(days=1)
    response = client.get(f"/luu-tru/?ngay={day.day}&thang={day.month}&nam={day.year}")
    assert response.status_code == 400
    assert "still to come" in response.content.decode()


def test_nul_is_refused(client):
    assert client.get("/luu-tru/?ngay=%00").status_code == 400


# --- the calendar -------------------------------------------------------------------------------------------------


def test_the_dialog_is_asked_for_when_it_is_opened(client, django_assert_num_queries):
    page = client.get("/luu-tru/").content.decode()
    assert 'data-from="/luu-tru/lich.html"' in page and "<dialog" not in page
    with django_assert_num_queries(0):
        response = client.get("/luu-tru/lich.html")
    assert response.content.decode().startswith('<dialog class="calendar-dialog"')
    assert response["X-Robots-Tag"] == "noindex" and "s-maxage" in response["Cache-Control"]


def test_a_month_s_counts(client):
    economy = make_section("Kinh tế")
    make_article(at(2020, 12, 30))
    for day in (3, 14, 14):
        make_article(at(2021, 1, day))
    make_article(at(2021, 1, 5), section=economy.pk)
    make_article(at(2021, 3, 9))
    make_article(hours(50))
    today = dates.today().isoformat()
    assert client.get("/luu-tru/2021/01/dem.json").json() == {
        "days": {"3": 1, "5": 1, "14": 2},
        "prev": "2020-12-30",
        "next": "2021-03-09",
        "first": "2020-12-30",
        "last": today,
    }
    assert client.get("/luu-tru/2021/01/dem.json?chuyen-muc=kinh-te").json() == {
        "days": {"5": 1},
        "prev": None,
        "next": None,
        "first": "2021-01-05",
        "last": today,
    }


def test_counts_carry_their_keys(client):
    section = make_section("Kinh tế")
    response = client.get("/luu-tru/2021/01/dem.json?chuyen-muc=kinh-te")
    assert set(response["Surrogate-Key"].split()) == {"archive", f"s{section.pk}"}
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize("rest", ["2021/13", "2021/00", "0000/01", "9000/01", "2021/1", "abcd/01"])
def test_no_such_month(client, rest):
    assert client.get(f"/luu-tru/{rest}/dem.json", follow=True).status_code == 404


@pytest.mark.parametrize("query", ["", "?chuyen-muc=thoi-su"])
def test_at_most_eight_queries(client, django_assert_max_num_queries, query):
    make_publication()
    for day in range(1, 29):
        make_article(at(2021, 1, day))
    with django_assert_max_num_queries(8):
        client.get(f"/luu-tru/2021/01/dem.json{query}")


def test_the_script_is_small():
    assert len((ROOT / "static/js/date-picker.js").read_bytes()) <= 7 * 1024
