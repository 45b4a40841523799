"""Who changed the headline, when, from what to what? The same for every field of a story."""

import pytest

from articles import history, writing
from articles.differences import NAMES
from articles.models import BylineRef, PictureRef
from tests.articles.test_admin_compare import at, queries, save
from tests.builders import make_author, make_draft, make_image, make_section, make_snapshot

pytestmark = pytest.mark.django_db


def told(article, name):
    return [(change.number, change.old, change.new) for change in history.field_changes(article, name)]


def test_headlines_newest_first_with_who_and_from_what(cast):
    article = make_draft(cast.rita, headline="Một")
    save(article, cast.ed, headline="Hai")
    save(article, cast.ed, lead="Sapo khác")
    save(article, cast.pia, headline="Ba")
    assert told(article, "headline") == [(4, "Hai", "Ba"), (2, "Một", "Hai"), (1, None, "Một")]
    assert [change.author for change in history.field_changes(article, "headline")] == [cast.pia, cast.ed, cast.rita]


def test_a_text_kept_aside_changed_nothing(cast):
    article = make_draft(cast.rita, headline="Một")
    first = article.working_revision
    writing.keep_aside(article, make_snapshot(headline="Bên lề"), by=cast.ed, label="Chưa lưu", base=first)
    save(article, cast.ed, headline="Hai")
    assert told(article, "headline") == [(3, "Một", "Hai"), (1, None, "Một")]


@pytest.mark.parametrize("headline", ["123", "true", "null", '"', "[1]", "{}", ""])
def test_text_that_looks_like_data_stays_text(cast, headline):
    article = make_draft(cast.rita, headline=headline)
    assert told(article, "headline") == [(1, None, headline)]


def test_every_field_reads_as_the_snapshot_has_it(cast):
    rich = {
        "subheadline": "Phụ",
        "body": "<p>Hai</p>",
        "source": "TTXVN",
        "section": make_section("Văn hóa").pk,
        "other_sections": (make_section("Du lịch").pk,),
        "bylines": (BylineRef(make_author("Bình").pk, "photo"), BylineRef(make_author("An").pk)),
        "tags": (3, 4),
        "picture": PictureRef(make_image().pk, "Hồ Gươm"),
        "comment_policy": "closed",
        "presentation": "long",
        "related": (7, 5),
        "headline": "Hai",
        "lead": "Sapo hai",
    }
    article = make_draft(cast.rita)
    before = article.working_revision.snapshot
    save(article, cast.ed, **rich)
    assert set(rich) == set(NAMES)
    for name in NAMES:
        assert told(article, name) == [(2, getattr(before, name), rich[name]), (1, None, getattr(before, name))]


def test_the_page_tells_who_and_both_texts(client, cast):
    article = make_draft(cast.rita, headline="Mở 3 tuyến phố")
    save(article, cast.ed, headline="Mở 4 tuyến phố")
    client.force_login(cast.rita)
    content = client.get(at("field_history", article)).content.decode().split('id="content"')[1]
    assert content.index("<strong>ed</strong>") < content.index("<strong>rita</strong>")
    assert "<del>" in content
    assert at("compare", article, 1, 2) in content


@pytest.mark.parametrize("name", NAMES)
def test_a_page_for_every_field(client, cast, name):
    article = make_draft(cast.rita, image=make_image())
    save(article, cast.ed, body="<p>Khác hẳn.</p>", picture=None, bylines=())
    client.force_login(cast.rita)
    assert client.get(at("field_history", article), {"truong": name}).status_code == 200


@pytest.mark.parametrize("name", ["schema", "password", "headline__x", "' OR 1"])
def test_there_are_no_other_fields(client, cast, name):
    article = make_draft(cast.rita)
    client.force_login(cast.rita)
    assert client.get(at("field_history", article), {"truong": name}).status_code == 404


def test_a_long_history_is_paged_and_asks_no_more(client, cast):
    article = make_draft(cast.rita)
    client.force_login(cast.rita)
    few = queries(client, at("field_history", article))
    for n in range(35):
        save(article, cast.rita, headline=f"Tít {n}")
    assert queries(client, at("field_history", article)) <= few
    response = client.get(at("field_history", article), {"truong": "headline"})
    assert len(response.context["changes"]) == 30
    assert client.get(at("field_history", article), {"p": "2"}).status_code == 200
    assert client.get(at("field_history", article), {"p": "x"}).status_code == 200


def test_the_history_leads_there(client, cast):
    article = make_draft(cast.rita)
    client.force_login(cast.rita)
    assert at("field_history", article) in client.get(at("history", article)).content.decode()
