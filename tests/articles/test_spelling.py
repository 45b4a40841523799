""" "Có phải bạn tìm …?": what the paper writes, offered and never searched instead."""

import pytest
from django.core.cache import cache

from tests.builders import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_and_fresh(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()


def story(headline, body="<p>Tin ngắn.</p>"):
    return make_article(headline=headline, lead="Tin từ các phường.", body=body)


def better(client, query, **fields):
    """What the page offers instead, and the context it was drawn from."""
    response = client.get("/tim-kiem/", {"q": query, **fields})
    offered = response.context["better"]
    assert ("Did you mean" in response.content.decode()) == bool(offered)
    return offered[0] if offered else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tieengs Vieetj", "tiếng Việt"),
        ("tie61ng Vie65t", "tiếng Việt"),
        ('"tieengs Vieetj"', '"tiếng Việt"'),
        ("tieng viet", "tiếng Việt"),
        ("tiéng viêt", "tiếng Việt"),
        ("tíêng việt", "tiếng Việt"),
        ("Truong hoc, viet", "Trường học, việt"),
        ("tiếng Việt", None),
        ("tieengs zzzz", None),
        ("🎉", None),
        ("cá voi", None),
    ],
)
def test_offers(client, typed, meant):
    story("Giữ gìn tiếng Việt", body="<p>Tiếng Việt trong trường học.</p>")
    story("Chuyện khác hẳn")
    assert better(client, typed) == meant


def test_the_form_that_the_paper_uses_most(client):
    for _ in range(4):
        story("Bão số 5 đổ bộ")
    story("Bảo tàng mở cửa")
    assert better(client, "bao") == "Bão"


def test_marks_that_a_story_has_so_are_no_mistake(client):
    for _ in range(9):
        story("Bão số 5 đổ bộ")
    story("Bảo tàng mở cửa")
    assert better(client, "bảo") is None


def test_words_without_marks_that_the_paper_writes_so(client):
    story("Giải chạy marathon quốc tế")
    assert better(client, "marathon") is None


def test_scattered_words_are_spelled_in_runs(client):
    story("Đường sắt đô thị", body="<p>Khách đi tàu đến Hà Nội.</p>")
    assert better(client, "duong sat ha noi") == "đường sắt hà nội"


def test_what_was_typed_is_what_is_searched(client):
    story("Giữ gìn tiếng Việt")
    response = client.get("/tim-kiem/", {"q": "tieengs Vieetj"})
    assert not response.context["found"].hits
    html = response.content.decode()
    assert 'value="tieengs Vieetj"' in html
    assert 'href="?q=ti%E1%BA%BFng+Vi%E1%BB%87t"' in html


def test_the_offer_keeps_the_filters_and_finds_something(client):
    story("Giữ gìn tiếng Việt")
    html = client.get("/tim-kiem/", {"q": "tieengs vieetj", "tu": "01/01/2020"}).content.decode()
    assert "&amp;tu=01%2F01%2F2020" in html
    assert better(client, "tieengs vieetj", den="01/01/2020") is None


def test_a_word_that_no_story_has_can_be_left_out(client):
    story("Cá voi xanh về biển")
    response = client.get("/tim-kiem/", {"q": "cá voi zzzz"})
    html = response.content.decode()
    assert response.context["unknown"] == ("zzzz",)
    assert "No story has the word “zzzz”." in html
    assert 'href="?q=c%C3%A1+voi"' in html
    assert client.get("/tim-kiem/", {"q": "cas voi zzzz"}).context["without"][0] == "cá voi"
    assert client.get("/tim-kiem/", {"q": "zzzz yyyy"}).context["without"] is None


def test_only_on_the_first_page(client):
    for number in range(11):
        story(f"Giữ gìn tiếng Việt {number}")
    assert "Did you mean" not in client.get("/tim-kiem/", {"q": "tieng viet", "trang": "2"}).content.decode()
