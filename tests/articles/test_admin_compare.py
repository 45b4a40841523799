"""The desk shows what a story was: its history, versions, and two of them compared; only to those who may see it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow, writing
from articles.models import Article, BylineRef, PictureRef, Revision, Stage
from tests.builders import hours, make_author, make_draft, make_image

pytestmark = pytest.mark.django_db
SECRET = "Bí mật chưa đăng"


def at(name, article, *args):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args])


def save(article, by, **fields):
    article.refresh_from_db()
    snapshot = replace(article.working_revision.snapshot, **fields)
    return writing.save_text(article, snapshot, by=by, version=article.version)


def backdate(article, *minutes):
    """Give the versions, the first one first, times so many minutes ago."""
    for revision, ago in zip(article.revisions.order_by("number"), minutes, strict=True):
        Revision.objects.filter(pk=revision.pk).update(created_at=hours(0) - timedelta(minutes=ago))


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def queries(client, url):
    """How often the page asks the database, once everything is warm."""
    page(client, url)
    with CaptureQueriesContext(connection) as asked:
        page(client, url)
    return len(asked)


# --- rights -----------------------------------------------------------------------------------------------------


def looks(article):
    return [
        at("history", article),
        at("revision", article, 1),
        at("compare", article, 1, 2),
        at("compare", article, 2, 1),
        at("pick", article) + "?tu=1&den=2",
        at("field_history", article) + "?truong=headline",
    ]


@pytest.fixture
def secret(cast):
    article = make_draft(cast.rita, headline=SECRET)
    save(article, cast.rita, lead="Sapo khác hẳn.")
    return article


@pytest.mark.parametrize("name", ["mo", "ada", "nobody"])
def test_who_may_not_see_the_story_sees_nothing_of_it(client, cast, secret, name):
    client.force_login(getattr(cast, name))
    for url in looks(secret):
        response = client.get(url)
        assert response.status_code in (403, 404)
        assert SECRET not in response.content.decode()
    for url in [at("restore", secret, 1), at("name", secret, 1)]:
        response = client.post(url, {"version": 2, "label": "Tên"}, follow=True)
        assert response.status_code in (403, 404)
        assert SECRET not in response.content.decode()
    assert secret.revisions.count() == 2
    assert not secret.revisions.exclude(label="").exists()


def test_a_stranger_is_sent_to_sign_in(client, secret):
    for url in looks(secret):
        response = client.get(url)
        assert response.status_code == 302
        assert "/login/" in response["Location"]


def test_who_may_look_but_not_edit_gets_no_buttons(client, cast, secret):
    Article.objects.filter(pk=secret.pk).update(stage=Stage.REVIEW)  # its editor reads it, and changes it no more
    client.force_login(cast.ed)
    for url in [at("revision", secret, 1), at("compare", secret, 1, 2)]:
        content = page(client, url)
        assert at("restore", secret, 1) not in content
        assert at("name", secret, 1) not in content


@pytest.mark.parametrize("numbers", [(1, 9), (9, 10), (1, 10**30)])
def test_versions_that_are_not_there(client, cast, secret, numbers):
    client.force_login(cast.ed)
    assert client.get(at("compare", secret, *numbers)).status_code == 404
    assert client.get(at("revision", secret, numbers[1])).status_code == 404


def test_no_page_changes_anything_when_asked_for(client, cast, secret):
    client.force_login(cast.rita)
    assert client.get(at("restore", secret, 1)).status_code == 405
    assert client.get(at("name", secret, 1)).status_code == 405
    assert client.post(at("compare", secret, 1, 2)).status_code == 405


# --- comparison -------------------------------------------------------------------------------------------------


@pytest.fixture
def edited(cast):
    lake, street = make_image("Hồ Gươm"), make_image("Phố cổ")
    article = make_draft(cast.rita, headline="Mở 3 tuyến phố", image=lake)
    save(
        article,
        cast.ed,
        headline="Mở 4 tuyến phố",
        picture=PictureRef(street.pk, "Phố cổ <về> đêm."),
        bylines=(BylineRef(make_author("Trần Bình").pk, "photo"),),
        body=f'<p>Tuyến phố dài 1,5 km, có ghế nghỉ.</p><figure class="image" data-image="{lake.pk}"></figure>',
    )
    return article


def test_side_by_side_is_the_first_view(client, cast, edited):
    client.force_login(cast.rita)
    content = page(client, at("compare", edited, 1, 2))
    assert "is-paired" in content
    assert "3</del>" not in content  # words for screen readers stand in between
    assert content.count("<del>") == content.count("</del>") > 0
    assert "Phố cổ &lt;về&gt; đêm." in content
    assert "Trần Bình" in content
    assert content.index("compare-headline") < content.index("compare-body")


def test_in_one_text_by_a_link(client, cast, edited):
    client.force_login(cast.rita)
    content = page(client, at("compare", edited, 1, 2) + "?cach=lien-mach")
    assert "is-inline" in content
    assert "is-paired" not in content


def test_changes_are_joined_by_links(client, cast, edited):
    client.force_login(cast.rita)
    response = client.get(at("compare", edited, 1, 2))
    content, count = response.content.decode(), response.context["count"]
    assert count >= 4
    for number in range(1, count + 1):
        assert content.count(f'id="thay-doi-{number}"') == 1
        assert f'href="#thay-doi-{number}"' in content


def test_pictures_are_shown(client, cast, edited):
    client.force_login(cast.rita)
    content = page(client, at("compare", edited, 1, 2))
    assert content.count('class="compare-thumb"') == 3  # old and new lead picture, one in the text


def test_the_older_version_stands_first(client, cast, edited):
    client.force_login(cast.rita)
    assert client.get(at("compare", edited, 2, 1))["Location"] == at("compare", edited, 1, 2)


def test_equal_versions_say_so(client, cast, edited):
    client.force_login(cast.rita)
    assert client.get(at("compare", edited, 1, 1)).context["count"] == 0


def test_what_is_no_longer_there_does_not_break_the_page(client, cast):
    article = make_draft(cast.rita, tags=(987,), bylines=(BylineRef(986),), section=None)
    save(
        article,
        cast.rita,
        section=985,
        picture=PictureRef(984, ""),
        body='<figure class="image" data-image="983"></figure>',
    )
    client.force_login(cast.rita)
    page(client, at("compare", article, 1, 2))


def test_asks_the_database_no_more_for_a_long_story(client, cast):
    article = make_draft(cast.rita, image=make_image(), body="<p>Một.</p>")
    figures = [f'<figure class="image" data-image="{make_image().pk}"></figure>' for _ in range(12)]
    names = tuple(BylineRef(make_author(f"Tác giả {n}").pk) for n in range(8))
    save(article, cast.rita, body=figures[0])
    save(article, cast.rita, body="".join(figures) + "<p>Đoạn.</p>" * 100, bylines=names)
    client.force_login(cast.rita)
    assert queries(client, at("compare", article, 1, 3)) <= queries(client, at("compare", article, 1, 2))


def test_picking_two_versions_leads_to_their_comparison(client, cast, edited):
    client.force_login(cast.rita)
    for query in ["?tu=1&den=2", "?tu=2&den=1"]:
        assert client.get(at("pick", edited) + query)["Location"] == at("compare", edited, 1, 2)
    for query in ["", "?tu=1", "?tu=1&den=1", "?tu=x&den=²", f"?tu=1&den={10**40}"]:
        assert client.get(at("pick", edited) + query)["Location"] == at("history", edited)


# --- names ------------------------------------------------------------------------------------------------------


def test_a_version_gets_a_name_and_loses_it(client, cast, secret):
    client.force_login(cast.rita)
    client.post(at("name", secret, 1), {"label": "  Bản gửi \u200bluật sư "})
    assert secret.revisions.get(number=1).label == "Bản gửi luật sư"
    client.post(at("name", secret, 1), {"label": ""})
    assert secret.revisions.get(number=1).label == ""


def test_a_name_has_60_characters_at_most(client, cast, secret):
    client.force_login(cast.rita)
    client.post(at("name", secret, 1), {"label": "a" * 61})
    assert secret.revisions.get(number=1).label == ""
    with pytest.raises(ValueError):
        writing.name_revision(secret.working_revision, "a" * 61, by=cast.rita)


def test_only_who_may_edit_gives_names(client, cast, secret):
    workflow.perform(secret.pk, "submit", by=cast.rita)
    client.force_login(cast.rita)  # it is with the editors now
    assert client.post(at("name", secret, 1), {"label": "Tên"}).status_code == 403
    assert secret.revisions.get(number=1).label == ""
