"""Taking over a story that somebody is typing in: by right, one at a time, and the loser's text is kept."""

import pytest
from django.urls import reverse

from articles import editing, locks
from articles.editing import Page
from articles.models import Article, Autosave, Section, Stage, Tag, Transition
from articles.readiness import Refused
from articles.writing import Conflict
from tests.articles.story_form import page_of, shown, told
from tests.articles.test_edit_lock import holds, race
from tests.builders import make_draft, make_section, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    article = make_draft(cast.rita, headline="Tít", section=make_section("Đô thị").pk)
    Article.objects.filter(pk=article.pk).update(stage=Stage.EDITING)
    article.refresh_from_db()
    return article


def address(article):
    return reverse("admin:articles_article_take_over", args=[article.pk])


def types(client, article, **fields):
    """What the page of this client sends a few seconds after somebody typed; returns what the form holds."""
    sent = shown(client, article, **fields)
    answer = client.post(reverse("admin:articles_article_autosave", args=[article.pk]), sent)
    assert answer.json()["state"] == "mine"
    return sent


def test_the_unsaved_text_becomes_a_named_version_and_is_not_the_working_text(client, cast, story):
    client.force_login(cast.ed)
    types(client, story, headline="Ed viết dở", tag_names="Hồ Gươm, Từ khóa mới, !")
    client.force_login(cast.pia)
    response = client.post(address(story), follow=True)
    kept = story.revisions.get(base__isnull=False)
    assert kept.author == cast.ed
    assert "ed" in kept.label and "pia" in kept.label
    assert kept.snapshot.headline == "Ed viết dở"
    assert set(Tag.objects.filter(pk__in=kept.snapshot.tags).values_list("name", flat=True)) == {
        "Hồ Gươm",
        "Từ khóa mới",
    }
    story.refresh_from_db()
    assert story.working_revision.snapshot.headline == "Tít"
    assert holds(story)[0] == cast.pia
    assert not Autosave.objects.exists()
    assert 'name="headline"' in response.content.decode(), "and may edit at once"
    assert not response.context["saving"].is_in_other_tab
    step = Transition.objects.get(verb="take_over")
    assert (step.actor, step.role, step.from_stage, step.to_stage) == (cast.pia, "publisher", "editing", "editing")


def test_the_losers_page_hears_of_it_and_its_last_words_are_kept(client, cast, story):
    client.force_login(cast.ed)
    fields = types(client, story, headline="Ed viết dở")
    client.force_login(cast.pia)
    client.post(address(story))
    client.force_login(cast.ed)
    hold = reverse("admin:articles_article_hold", args=[story.pk])
    answer = client.post(hold, fields).json()
    assert answer["state"] == "taken" and "pia" in answer["text"]
    last = client.post(
        reverse("admin:articles_article_autosave", args=[story.pk]), {**fields, "headline": "Ed viết thêm"}
    )
    assert last.json()["state"] == "taken"
    assert editing.offers(story, cast.ed)[0].snapshot.headline == "Ed viết thêm"
    response = client.post(page_of(story), {**fields, "headline": "Ed cố lưu"}, follow=True)
    assert "pia" in told(response)
    story.refresh_from_db()
    assert story.working_revision.snapshot.headline == "Tít", "a tab that lost the story never overwrites"
    assert "Ed cố lưu" in {revision.snapshot.headline for revision in story.revisions.all()}


def test_after_the_taker_has_gone_the_old_tab_still_overwrites_nothing(client, cast, story):
    client.force_login(cast.ed)
    fields = types(client, story, headline="Ed viết dở")
    client.force_login(cast.pia)
    client.post(address(story))
    client.post(page_of(story), shown(client, story, headline="Pia đã lưu"))
    locks.release_all(cast.pia.pk)
    client.force_login(cast.ed)
    client.post(page_of(story), fields)
    story.refresh_from_db()
    assert story.working_revision.snapshot.headline == "Pia đã lưu"


def test_ones_own_other_tab_keeps_its_text_as_an_offer(client, cast, story):
    client.force_login(cast.ed)
    types(client, story, headline="Ở thẻ kia")
    response = client.post(address(story), follow=True)
    assert [row.snapshot.headline for row in response.context["saving"].offers] == ["Ở thẻ kia"]
    assert not response.context["saving"].is_in_other_tab
    assert not Transition.objects.filter(verb="take_over").exists()


def test_who_has_typed_nothing_loses_nothing(client, cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    client.force_login(cast.pia)
    client.post(address(story))
    assert story.revisions.count() == 1
    assert holds(story)[0] == cast.pia


def test_only_the_editor_of_the_section_or_higher_takes_over(client, cast, story):
    elsewhere = make_user("editor", section=make_section("Thể thao"))
    here = make_user("editor", section=Section.objects.get(name="Đô thị"))
    locks.acquire(story.pk, cast.pia, "t1")
    for person in (cast.rita, elsewhere):
        client.force_login(person)
        client.post(address(story))
        assert holds(story) == (cast.pia, "t1"), person
    for person in (cast.mo, cast.ada, cast.nobody):
        client.force_login(person)
        assert client.post(address(story)).status_code == 404
    client.force_login(here)
    client.post(address(story))
    assert holds(story)[0] == here


def test_an_author_takes_no_draft_from_a_colleague_of_the_byline(cast):
    draft = make_draft(cast.rita)
    locks.acquire(draft.pk, cast.ed, "t1")
    with pytest.raises(Refused):
        editing.take_over(draft.pk, Page(cast.rita, "t2"))


def test_it_takes_a_deliberate_press(client, cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    client.force_login(cast.pia)
    assert client.get(address(story)).status_code == 405
    assert holds(story) == (cast.ed, "t1")


@pytest.mark.django_db(transaction=True)
def test_of_six_who_take_over_at_once_one_wins_each_time(settings):
    article = make_draft()
    locks.acquire(article.pk, make_user("editor"), "before")
    people = [make_user("publisher") for _ in range(6)]
    results = race([lambda u=user: editing.take_over(article.pk, Page(u, f"tab{u.pk}")) for user in people])
    lost = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(result, Conflict) for result in lost), results
    winners = Transition.objects.filter(verb="take_over")
    assert winners.count() == 6 - len(lost) >= 1
    assert holds(article)[0] == winners.first().actor, "the last one who took it has it"
