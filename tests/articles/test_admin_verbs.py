"""The buttons of a story: each saves the text first, then does its verb, and tells how it went."""

from datetime import datetime

import pytest
from django.urls import reverse

from articles.models import Article, EditLock, Stage
from articles.workflow import perform
from newsroom.lib import dates
from tests.articles.story_form import page_of, shown, told
from tests.builders import make_draft, make_image

pytestmark = pytest.mark.django_db
NOTE = "Bổ sung nguồn tin"


@pytest.fixture
def rita(client, cast):
    client.force_login(cast.rita)
    return client


def put(article, stage):
    Article.objects.filter(pk=article.pk).update(stage=stage)
    article.refresh_from_db()
    return article


def test_a_button_saves_the_text_first(rita, cast):
    article = make_draft(cast.rita)
    response = rita.post(page_of(article), shown(rita, article, headline="Sửa rồi gửi", _verb="submit"), follow=True)
    article.refresh_from_db()
    assert (article.stage, article.desk_headline) == (Stage.SUBMITTED, "Sửa rồi gửi")
    assert "Đã xong: Gửi biên tập." in told(response)


def test_what_is_missing_is_told_and_the_text_is_kept(rita, cast):
    article = make_draft(cast.rita, lead="")
    response = rita.post(page_of(article), shown(rita, article, headline="Thiếu sapo", _verb="submit"), follow=True)
    assert "Bài chưa có sapo." in told(response)
    article.refresh_from_db()
    assert (article.stage, article.desk_headline) == (Stage.DRAFT, "Thiếu sapo")


def test_every_warning_leads_to_its_field(client, cast):
    image = make_image(alt="", credit="", caption="")
    article = make_draft(cast.rita, headline="", lead="", body="", section=None, bylines=(), image=image)
    client.force_login(cast.rita)
    response = client.get(page_of(article))
    page = response.content.decode()
    missing = response.context["missing"]
    assert {item.field for item in missing} == {"headline", "lead", "section", "body", "bylines", "picture"}
    for item in missing:
        assert f'href="#{item.anchor}"' in page
        assert f'id="{item.anchor}"' in page


def test_a_return_asks_for_a_note(client, cast):
    article = put(make_draft(cast.rita), Stage.EDITING)
    client.force_login(cast.ed)
    response = client.post(page_of(article), shown(client, article, _verb="return"), follow=True)
    assert "Xin cho biết lý do." in told(response)
    client.post(page_of(article), shown(client, article, _verb="return", verb_note=NOTE))
    article.refresh_from_db()
    assert (article.stage, article.transitions.get().note) == (Stage.RETURNED, NOTE)
    client.force_login(cast.rita)
    assert NOTE in client.get(page_of(article)).content.decode(), "the reporter reads why"


def test_a_returned_story_is_free_for_its_author_at_once(client, cast):
    """The page of the one who returned it must not open the form again and hold the story."""
    article = put(make_draft(cast.rita), Stage.EDITING)
    client.force_login(cast.ed)
    sent = shown(client, article, _verb="return", verb_note=NOTE)
    assert EditLock.objects.filter(user=cast.ed).exists()
    assert client.post(page_of(article), sent, follow=True).redirect_chain[-1][0] == reverse("admin:index")
    assert not EditLock.objects.exists()
    client.force_login(cast.rita)
    response = client.post(page_of(article), shown(client, article, _verb="submit"), follow=True)
    assert "Đã xong: Gửi biên tập." in told(response)


@pytest.mark.parametrize("time", ["14/01/2021 14:39", "14-1-2021 14:39", "14/1/2021 14:39:00"])
def test_a_date_of_its_own_is_typed_as_in_a_newspaper(client, cast, time):
    article = put(make_draft(cast.rita), Stage.APPROVED)
    client.force_login(cast.pia)
    client.post(page_of(article), shown(client, article, _verb="publish", publish_at=time))
    article.refresh_from_db()
    assert article.published_at == datetime(2021, 1, 14, 14, 39, tzinfo=dates.TZ)


@pytest.mark.parametrize("time", ["31/02/2021 10:00", "mai", "14/01/2021 25:00", "01/14/2021 14:39", "9" * 300])
def test_a_time_that_is_none_is_told_and_nothing_is_published(client, cast, time):
    article = put(make_draft(cast.rita), Stage.APPROVED)
    client.force_login(cast.pia)
    fields = shown(client, article, headline="Vẫn được lưu", _verb="publish", publish_at=time)
    assert "14/01/2021 14:39" in told(client.post(page_of(article), fields, follow=True))
    article.refresh_from_db()
    assert (article.stage, article.desk_headline) == (Stage.APPROVED, "Vẫn được lưu")


def test_a_step_nobody_knows_is_told(rita, cast):
    article = make_draft(cast.rita)
    response = rita.post(page_of(article), shown(rita, article, _verb="explode"), follow=True)
    assert "Không có bước này." in told(response)


def test_a_button_pressed_on_an_old_page_does_nothing_and_names_who_was_faster(rita, cast):
    article = make_draft(cast.rita)
    perform(article.pk, "submit", by=cast.rita)
    seen = rita.get(page_of(article)).context["article"].version
    perform(article.pk, "take", by=cast.ed)
    perform(article.pk, "return", by=cast.ed, note=NOTE)
    article.refresh_from_db()
    writing_again = rita.post(page_of(article), {"_verb": "submit", "seen_version": seen}, follow=True)
    assert writing_again.status_code == 200
    article.refresh_from_db()
    assert article.stage == Stage.RETURNED
