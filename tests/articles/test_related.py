"""Where a story leads on to: what the desk chose, else what shares its tags; then more of its section."""

import pytest
from django.urls import reverse

from articles import catalogue
from tests.articles.story_form import page_of, shown
from tests.builders import hours, make_article, make_draft, make_section, withdraw

pytestmark = pytest.mark.django_db


def tagged(*names, **fields):
    tags = tuple(catalogue.tag_named(name).pk for name in names)
    return make_article(tags=tags, published_at=fields.pop("at", hours(-5)), **fields)


def led_to(client, story):
    around = client.get(story.get_absolute_url()).context["around"]
    return around.related, around.more


def test_stories_that_share_most_tags_come_first_then_the_newer(client):
    elsewhere = make_section("Thể thao").pk
    story = tagged("Bão", "Hà Nội")
    older, newer = tagged("Bão", section=elsewhere, at=hours(-9)), tagged("Bão", section=elsewhere, at=hours(-3))
    both = tagged("Bão", "Hà Nội", section=elsewhere, at=hours(-20))
    tagged("Xe buýt", section=elsewhere)
    related, more = led_to(client, story)
    assert related == [both, newer, older]
    assert more == []


def test_what_the_desk_chose_stands_in_its_order_and_nothing_else(client):
    first, second, third = tagged("Bão"), tagged("Bão"), tagged("Bão")
    story = tagged("Bão", related=(third.pk, first.pk))
    related, more = led_to(client, story)
    assert related == [third, first]
    assert more == [second], "no story stands twice"


def test_chosen_stories_that_readers_do_not_have_are_left_out(client):
    coming, gone, out = make_article(published_at=hours(5)), make_article(), make_article()
    withdraw(gone)
    story = make_article(related=(coming.pk, gone.pk, out.pk, 999), published_at=hours(-1))
    assert led_to(client, story)[0] == [out]


def test_the_page_is_stale_when_a_related_story_changes(client):
    other = make_article()
    story = make_article(related=(other.pk,))
    assert f"a{other.pk}" in client.get(story.get_absolute_url())["Surrogate-Key"].split()


def test_the_desk_names_stories_by_number_or_address(client, cast):
    client.force_login(cast.rita)
    other, another, story = make_article(), make_article(), make_draft(cast.rita)
    typed = [f"http://127.0.0.1:8000{other.get_absolute_url()}", f"#{another.pk}", str(other.pk), "", str(story.pk)]
    client.post(page_of(story), shown(client, story, related=typed))
    story.refresh_from_db()
    assert story.working_revision.snapshot.related == (other.pk, another.pk), "each once, never itself"


@pytest.mark.parametrize("typed", ["999999", "bài về cơn bão", "https://example.org/a-1.html", "9" * 30, "²"])
def test_what_is_no_story_is_told_and_stays_typed(client, cast, typed):
    client.force_login(cast.rita)
    story = make_draft(cast.rita)
    refused = client.post(page_of(story), shown(client, story, related=[typed]))
    assert "related" in refused.context["adminform"].form.errors
    assert f'value="{typed}"' in refused.content.decode()


def test_more_than_six_are_too_many(client, cast):
    client.force_login(cast.rita)
    story, others = make_draft(cast.rita), [make_article() for _each in range(7)]
    refused = client.post(page_of(story), shown(client, story, related=[other.pk for other in others]))
    assert "related" in refused.context["adminform"].form.errors


def test_stories_are_found_by_words_number_and_address(client, cast):
    client.force_login(cast.rita)
    find = reverse("admin:articles_article_find")
    story, hidden = make_article(headline="Cầu Nhật Tân lên đèn"), make_draft(cast.rita, headline="Cầu Nhật Tân kín")
    for words in ("cau nhat tan", str(story.pk), story.get_absolute_url()):
        assert [each["id"] for each in client.get(find, {"q": words}).json()["stories"]] == [story.pk]
    assert client.get(find, {"q": str(hidden.pk)}).json() == {"stories": []}
    assert client.get(find, {"q": ""}).json() == {"stories": []}


def test_only_the_newsroom_finds(client, cast):
    find = reverse("admin:articles_article_find")
    assert client.get(find, {"q": "cầu"}).status_code == 302
    client.force_login(cast.mo)
    assert client.get(find, {"q": "cầu"}).status_code == 403
