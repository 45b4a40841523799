"""A save that started from an older version: merged where that is possible, shown side by side where it is not."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from articles import editing, locks, workflow, writing
from articles.editing import Page, Typed
from articles.models import Article, Autosave, EditLock, Revision, Stage, Tag
from tests.articles.story_form import page_of, shown, told
from tests.builders import make_author, make_draft, make_section, make_snapshot, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    """Being edited; by Ed, and in another section-wide editor's hands at the same time."""
    article = make_draft(cast.rita, headline="Tít", lead="Sapo", body="<p>Đoạn một.</p><p>Đoạn hai.</p>")
    Article.objects.filter(pk=article.pk).update(stage=Stage.EDITING)
    article.refresh_from_db()
    return article


def other_saves(article, by, **fields):
    """A colleague saves meanwhile."""
    article.refresh_from_db()
    snapshot = article.working_revision.snapshot
    writing.save_text(article, type(snapshot)(**{**vars(snapshot), **fields}), by=by, version=article.version)


def text_of(article):
    article.refresh_from_db()
    return article.working_revision.snapshot


def merge_page(article, number):
    return reverse("admin:articles_article_merge", args=[article.pk, number])


@pytest.fixture
def ed(client, cast):
    client.force_login(cast.ed)
    return client


def test_fields_that_do_not_conflict_are_merged_and_it_is_said(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed")
    other_saves(story, cast.pia, lead="Sapo của Pia")
    response = ed.post(page_of(story), fields, follow=True)
    assert "Đã gộp với bản của pia lúc" in told(response) or "pia" in told(response)
    assert (text_of(story).headline, text_of(story).lead) == ("Tít của Ed", "Sapo của Pia")
    assert not story.revisions.filter(base__isnull=False).exists(), "nothing had to be kept aside"


def test_paragraphs_are_merged_too(ed, cast, story):
    body = story.working_revision.snapshot.body
    fields = shown(ed, story, body=body.replace("một", "1"))
    other_saves(story, cast.pia, body=body.replace("hai", "2"))
    ed.post(page_of(story), fields)
    assert "Đoạn 1." in text_of(story).body and "Đoạn 2." in text_of(story).body


def test_a_step_is_not_taken_with_a_text_that_nobody_has_read(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed", _verb="forward")
    other_saves(story, cast.pia, lead="Sapo của Pia")
    ed.post(page_of(story), fields)
    story.refresh_from_db()
    assert story.stage == Stage.EDITING
    assert text_of(story).headline == "Tít của Ed"


def test_a_step_of_a_colleague_makes_no_conflict(ed, cast, story):
    Article.objects.filter(pk=story.pk).update(stage=Stage.SUBMITTED)
    publisher = make_user("publisher")
    ed.force_login(publisher)
    fields = shown(ed, story, headline="Tít mới")
    workflow.perform(story.pk, "take", by=cast.pia)
    ed.post(page_of(story), fields)
    assert text_of(story).headline == "Tít mới"


def test_what_conflicts_is_shown_side_by_side_and_both_texts_are_kept(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed", lead="Sapo của Ed")
    other_saves(story, cast.pia, headline="Tít của Pia")
    response = ed.post(page_of(story), fields)
    mine = story.revisions.get(base__isnull=False)
    assert response["Location"] == merge_page(story, mine.number)
    assert (mine.author, mine.snapshot.headline) == (cast.ed, "Tít của Ed")
    assert "ed" in mine.label
    assert text_of(story).headline == "Tít của Pia", "theirs is the working text"
    page = ed.get(response["Location"]).content.decode()
    assert "Tít của Ed" in page and "Tít của Pia" in page
    assert text_of(story).lead == "Sapo", "until the person has decided"


@pytest.mark.parametrize(
    ("choice", "headline"), [("mine", "Tít của Ed"), ("theirs", "Tít của Pia"), ("edit", "Tít của cả hai")]
)
def test_the_choice_is_saved(ed, cast, story, choice, headline):
    fields = shown(ed, story, headline="Tít của Ed", lead="Sapo của Ed")
    other_saves(story, cast.pia, headline="Tít của Pia")
    address = ed.post(page_of(story), fields)["Location"]
    story.refresh_from_db()
    chosen = {"version": story.version, "choice_headline": choice, "edit_headline": "Tít của cả hai"}
    assert ed.post(address, chosen)["Location"] == page_of(story)
    assert (text_of(story).headline, text_of(story).lead) == (headline, "Sapo của Ed")


def test_bodies_that_conflict_can_be_put_together_in_the_editor(ed, cast, story):
    fields = shown(ed, story, body="<p>Đoạn của Ed.</p>")
    other_saves(story, cast.pia, body="<p>Đoạn của Pia.</p>")
    address = ed.post(page_of(story), fields)["Location"]
    story.refresh_from_db()
    body = "<p>Đoạn chung.</p><script>alert(1)</script>"
    ed.post(address, {"version": story.version, "choice_body": "edit", "edit_body": body})
    assert text_of(story).body == "<p>Đoạn chung.</p>"


def test_without_a_choice_nothing_is_saved(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed")
    other_saves(story, cast.pia, headline="Tít của Pia")
    address = ed.post(page_of(story), fields)["Location"]
    response = ed.post(address, {"version": story.version})
    assert response.status_code == 400
    assert text_of(story).headline == "Tít của Pia"


def test_who_is_overtaken_again_while_choosing_sees_the_newest_text(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed")
    other_saves(story, cast.pia, headline="Tít của Pia")
    address = ed.post(page_of(story), fields)["Location"]
    story.refresh_from_db()
    seen = story.version
    other_saves(story, cast.cora, headline="Tít của Cora")
    response = ed.post(address, {"version": seen, "choice_headline": "mine"})
    assert response.status_code == 409
    assert "Tít của Cora" in response.content.decode()
    assert text_of(story).headline == "Tít của Cora"


def test_a_form_sent_twice_keeps_the_text_aside_once(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed")
    other_saves(story, cast.pia, headline="Tít của Pia")
    assert ed.post(page_of(story), fields)["Location"] == ed.post(page_of(story), fields)["Location"]
    assert story.revisions.filter(base__isnull=False).count() == 1


@pytest.mark.parametrize("forged", [{"base": ""}, {"base": "9" * 30}, {"base": "một"}, {"version": ""}])
def test_a_form_that_does_not_know_its_version_overwrites_nothing(ed, cast, story, forged):
    fields = shown(ed, story, headline="Tít của Ed", **forged)
    other_saves(story, cast.pia, headline="Tít của Pia")
    assert ed.post(page_of(story), fields).status_code == 302
    assert text_of(story).headline == "Tít của Pia"
    assert Revision.objects.filter(author=cast.ed, label__contains="ed").exists()


def test_the_page_of_two_texts_is_for_who_may_edit(client, ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed")
    other_saves(story, cast.pia, headline="Tít của Pia")
    address = ed.post(page_of(story), fields)["Location"]
    for person, status in ((cast.rita, 403), (cast.nobody, 403), (cast.mo, 403), (cast.cora, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status, person
    client.force_login(cast.ed)
    assert client.get(merge_page(story, 1)).status_code == 404, "an ordinary version"


def test_pictures_bylines_and_sections_are_chosen_by_name(ed, cast, story):
    mai, ha = make_author("Nguyễn Mai"), make_author("Trần Hà")
    sport, city = make_section("Thể thao"), make_section("Đô thị")
    tag = Tag.objects.create(name="Hồ Gươm", slug="ho-guom", name_key="hồ gươm")
    fields = shown(
        ed, story, primary_section=sport.pk, tag_names="Hồ Gươm", **{"byline_rows-author": [ha.pk]}, comments="open"
    )
    fields["byline_rows-role"] = ["photo"]
    other_saves(story, cast.pia, section=city.pk, comment_policy="closed")
    address = ed.post(page_of(story), fields)["Location"]
    page = ed.get(address).content.decode()
    assert "Thể thao" in page and "Đô thị" in page
    story.refresh_from_db()
    ed.post(address, {"version": story.version, "choice_section": "theirs", "choice_comment_policy": "mine"})
    text = text_of(story)
    assert (text.section, text.comment_policy, text.tags) == (city.pk, "open", (tag.pk,))
    assert [ref.author for ref in text.bylines] == [ha.pk] and mai.pk != ha.pk


@pytest.mark.django_db(transaction=True)
def test_six_who_save_at_once_lose_nothing():
    """Real threads: every headline is the working text once, or kept aside; every other field is merged."""
    article = make_draft(make_user("reporter"), headline="Tít", lead="Sapo")
    Article.objects.filter(pk=article.pk).update(stage=Stage.EDITING)
    article.refresh_from_db()
    base, version = article.working_revision, article.version
    people = [make_user("editor") for _ in range(6)]
    errors, start = [], threading.Barrier(len(people))

    def save(number, user):
        start.wait()
        snapshot = make_snapshot(**{**vars(base.snapshot), "headline": f"Tít {number}"})
        try:
            editing.save(article, Typed(snapshot, version, base), Page(user, f"tab{number}"))
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    kept = {revision.snapshot.headline for revision in article.revisions.all()}
    assert {f"Tít {number}" for number in range(6)} <= kept
    article.refresh_from_db()
    assert article.version == version + 1
    assert not EditLock.objects.exists() and not Autosave.objects.exists()


def test_a_save_while_a_colleague_types_is_kept_aside(ed, cast, story):
    fields = shown(ed, story, headline="Tít của Ed")
    EditLock.objects.all().delete()
    locks.acquire(story.pk, cast.pia, "tabofpia")
    response = ed.post(page_of(story), fields, follow=True)
    assert "pia" in told(response)
    assert text_of(story).headline == "Tít"
    assert story.revisions.get(base__isnull=False).snapshot.headline == "Tít của Ed"
