"""The page on which the chief takes a story down."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests.articles.test_corrections import published
from tests.builders import hours, make_article, make_draft

pytestmark = pytest.mark.django_db
GONE = {"reason": "false", "note": "Chưa kiểm chứng", "readers_get": "gone"}


@pytest.fixture
def story(cast):
    return make_article(hours(-3), by=cast.rita, headline="Tin sẽ bị gỡ")


def page(article):
    return reverse("admin:articles_article_withdraw", args=[article.pk])


@pytest.fixture
def cora(client, cast):
    client.force_login(cast.cora)
    return client


def test_it_shows_what_leads_to_the_story(cora, cast, story):
    link = f'<p><a href="{story.get_absolute_url()}">bài trước</a></p>'
    linking = make_article(hours(-2), by=cast.rita, body=link, headline="Bài có liên kết")
    correction = published(cast, article=story)
    shown = cora.get(page(story)).content.decode()
    assert linking.headline in shown
    assert correction.work_title in shown


def test_the_story_is_withdrawn_and_told(cora, story):
    response = cora.post(page(story), GONE)
    assert response.url == reverse("admin:articles_article_change", args=[story.pk])
    assert cora.get(story.get_absolute_url()).status_code == 410
    step = story.transitions.get(verb="withdraw")
    assert step.note == "Chưa kiểm chứng"


def test_readers_are_led_on(cora, cast, story):
    other = make_article(by=cast.rita)
    address = f"http://127.0.0.1:8000{other.get_absolute_url()}"
    cora.post(page(story), {**GONE, "readers_get": "led_on", "target": address})
    assert cora.get(story.get_absolute_url())["Location"] == other.get_absolute_url()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "vì thích"}, "reason"),
        ({"note": "  "}, "note"),
        ({"readers_get": "led_on"}, "target"),
        ({"readers_get": "led_on", "target": "chữ"}, "target"),
        ({"readers_get": "led_on", "target": "99999999"}, "target"),
        ({"readers_get": "x"}, "readers_get"),
    ],
)
def test_what_is_wrong_is_told_at_the_field(cora, story, changed, field):
    response = cora.post(page(story), {**GONE, **changed})
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert Article.objects.get(pk=story.pk).is_public


def test_a_story_does_not_lead_to_itself(cora, story):
    response = cora.post(page(story), {**GONE, "readers_get": "led_on", "target": story.get_absolute_url()})
    assert "target" in response.context["form"].errors


def test_whoever_saw_an_older_state_is_told(cora, story):
    response = cora.post(page(story), {**GONE, "seen_version": str(story.version - 1)})
    assert response.context["form"].non_field_errors()
    assert Article.objects.get(pk=story.pk).is_public


@pytest.mark.parametrize(("who", "status"), [("rita", 302), ("ed", 302), ("pia", 302), ("mo", 403), ("nobody", 403)])
def test_others_withdraw_nothing(client, cast, story, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(page(story), GONE).status_code == status
    assert Article.objects.get(pk=story.pk).is_public


def test_what_was_never_out_is_led_back(cora, cast):
    draft = make_draft(cast.rita)
    assert cora.get(page(draft)).status_code == 302
    assert cora.get(reverse("admin:articles_article_withdraw", args=[10**9])).status_code == 404
