"""The archive of an author or a tag: the same pages and calendar, counted from their stories."""

from datetime import datetime

import pytest

from articles import catalogue
from articles.models import BylineRef
from newsroom.lib import dates
from tests.builders import hours, make_article, make_author, make_section, withdraw

pytestmark = pytest.mark.django_db


def at(day, hour=9):
    return datetime(2021, 1, day, hour, tzinfo=dates.TZ)


@pytest.fixture
def of():
    """Lê An, as writer and photographer of one story and writer of two more, all about the storm; and others."""
    an, storm = make_author("Lê An"), catalogue.tag_named("Bão")
    both = (BylineRef(an.pk), BylineRef(an.pk, "photo"))
    first = make_article(at(14), headline="Bão đổ bộ", bylines=both, tags=(storm.pk,))
    make_article(at(14, 20), headline="Sau bão", bylines=(BylineRef(an.pk),), tags=(storm.pk,))
    make_article(at(20), headline="Dựng lại nhà", bylines=(BylineRef(an.pk),), tags=(storm.pk,))
    make_article(at(16), headline="Của người khác")
    make_article(hours(24), headline="Mai mới đăng", bylines=(BylineRef(an.pk),), tags=(storm.pk,))
    return first


@pytest.mark.parametrize("query", ["tac-gia=le-an", "chu-de=bao"])
def test_days_months_and_years_count_what_is_theirs(client, of, query):
    day = client.get(f"/luu-tru/2021/01/14/?{query}")
    assert [s.headline for group in day.context["groups"] for s in group.stories] == ["Sau bão", "Bão đổ bộ"]
    assert day.context["later"][1] == f"/luu-tru/2021/01/20/?{query}"
    assert client.get(f"/luu-tru/2021/01/?{query}").context["total"] == 3
    assert client.get(f"/luu-tru/2021/?{query}").context["total"] == 3
    assert client.get(f"/luu-tru/?{query}").context["total"] == 3
    counts = client.get(f"/luu-tru/2021/01/dem.json?{query}").json()
    assert counts["days"] == {"14": 2, "20": 1}
    assert (counts["first"], counts["next"]) == ("2021-01-14", None)


@pytest.mark.parametrize("query", ["tac-gia=le-an", "chu-de=bao"])
def test_withdrawn_and_hidden_stories_are_not_counted(client, of, query):
    withdraw(of)
    assert client.get(f"/luu-tru/2021/01/?{query}").context["total"] == 2
    section = make_section()
    section.is_shown = False
    catalogue.save_section(section)
    assert client.get(f"/luu-tru/2021/01/?{query}").context["total"] == 0


@pytest.mark.parametrize(("page", "query"), [("/tac-gia/le-an/", "tac-gia"), ("/chu-de/bao/", "chu-de")])
def test_their_page_has_the_picker_which_stays_with_them(client, of, page, query):
    text = client.get(page).content.decode()
    slug = page.split("/")[2]
    assert f'<input type="hidden" name="{query}" value="{slug}" data-of>' in text
    answer = client.get("/luu-tru/", {"ngay": "14", "thang": "1", "nam": "2021", query: slug})
    assert answer.url == f"/luu-tru/2021/01/14/?{query}={slug}"


def test_the_page_says_whose_archive_it_is_and_leads_to_the_whole_paper(client, of):
    text = client.get("/luu-tru/2021/01/14/?tac-gia=le-an").content.decode()
    assert '<a href="/tac-gia/le-an/">Lê An</a>' in text
    assert 'href="/luu-tru/2021/01/14/"' in text


@pytest.mark.parametrize("query", ["tac-gia=khong-co", "chu-de=khong-co", "tac-gia=%00", "chu-de=a/b"])
def test_unknown_ones_are_not_found(client, of, query):
    assert client.get(f"/luu-tru/2021/01/?{query}").status_code in (400, 404)


def test_former_addresses_lead_on(client, of):
    an = make_author("Lê An")
    an.slug = "an-le"
    catalogue.save_author(an)
    answer = client.get("/luu-tru/2021/01/?tac-gia=le-an")
    assert (answer.status_code, answer.url) == (301, "/luu-tru/2021/01/?tac-gia=an-le")
