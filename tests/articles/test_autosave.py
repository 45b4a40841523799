"""Text that is typed and not saved: kept in a side row, never in the history, and offered back."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow, writing
from articles.models import Article, Autosave, Tag
from newsroom.lib import html
from tests.articles.story_form import ADD, page_of, shown, typed
from tests.builders import make_author, make_draft, make_image, make_section, make_snapshot

pytestmark = pytest.mark.django_db
NEW = reverse("admin:articles_article_autosave_new")


def keep(article):
    return reverse("admin:articles_article_autosave", args=[article.pk])


@pytest.fixture
def rita(client, cast):
    client.force_login(cast.rita)
    return client


@pytest.fixture
def story(cast):
    return make_draft(cast.rita, headline="Tít")


def test_what_is_typed_is_kept_beside_the_story(rita, story):
    answer = rita.post(keep(story), shown(rita, story, headline="Đang gõ", lead="Nửa câ")).json()
    row = Autosave.objects.get()
    assert (answer["id"], answer["state"]) == (row.pk, "mine")
    assert answer["saved_at"].count(":") == 2
    assert (row.snapshot.headline, row.snapshot.lead) == ("Đang gõ", "Nửa câ")
    assert (row.base_version, row.base) == (story.version, story.working_revision)
    before = (story.version, story.desk_changed_at)
    story.refresh_from_db()
    assert (story.version, story.desk_changed_at) == before, "nothing of the story changes"
    assert story.revisions.count() == 1, "never in the history"
    assert "Đang gõ" not in rita.get(reverse("admin:articles_article_history", args=[story.pk])).content.decode()


def test_a_tab_has_one_row(rita, story):
    fields = shown(rita, story)
    for text in ("một", "một hai", "một hai ba"):
        rita.post(keep(story), {**fields, "lead": text})
    assert [row.snapshot.lead for row in Autosave.objects.all()] == ["một hai ba"]
    rita.post(keep(story), {**fields, "tab": "another"})
    assert Autosave.objects.count() == 2


def test_every_field_comes_back_as_it_was_typed(rita, cast, story):
    author, image = make_author("Trần Hà"), make_image()
    sport, city = make_section("Thể thao"), make_section("Đô thị")
    fields = shown(
        rita,
        story,
        headline="Tít dở",
        body="<p>Thân bài</p><script>x</script>",
        picture=image.pk,
        picture_caption="Chú thích dở",
        primary_section=sport.pk,
        other_sections=[city.pk],
        tag_names="Hồ Gươm, từ khóa chưa gõ xo",
        comments="closed",
        **{"byline_rows-author": [author.pk], "byline_rows-role": ["photo"]},
    )
    number = rita.post(keep(story), fields).json()["id"]
    assert not Tag.objects.exists(), "half a word makes no tag"
    initial = rita.get(f"{page_of(story)}?khoi-phuc={number}").context["adminform"].form.initial
    assert initial["headline"] == "Tít dở"
    assert initial["body"] == "<p>Thân bài</p>"
    assert (initial["picture"], initial["picture_caption"]) == (image.pk, "Chú thích dở")
    assert (initial["primary_section"], initial["other_sections"]) == (sport.pk, [city.pk])
    assert initial["tag_names"] == "Hồ Gươm, từ khóa chưa gõ xo"
    assert initial["comments"] == "closed"
    assert [(ref.author, ref.role) for ref in initial["byline_rows"]] == [(author.pk, "photo")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"headline": "Dài " * 200},
        {"primary_section": "999999"},
        {"other_sections": ["abc"]},
        {"picture": "ảnh"},
        {"tag_names": "!!!"},
        {"byline_rows-author": ["999999"]},
        {"comments": "king"},
        {"version": "9" * 30},
        {"base": "x"},
        {"restored": "9" * 40},
        {"tab": "<script>" * 20},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_a_field_that_could_not_be_saved_does_not_lose_the_rest(rita, story, wrong):
    response = rita.post(keep(story), shown(rita, story, lead="Sapo còn nguyên", **wrong))
    assert response.status_code == 200
    row = Autosave.objects.get()
    assert row.snapshot.lead == "Sapo còn nguyên"
    assert rita.get(f"{page_of(story)}?khoi-phuc={row.pk}").status_code == 200


def test_a_text_that_is_too_long_is_refused_in_words(rita, story):
    body = "<p>" + "chữ " * (html.MAX_HTML // 4) + "</p>"
    response = rita.post(keep(story), shown(rita, story, body=body))
    assert (response.status_code, response.json()["state"]) == (413, "refused")
    assert response.json()["text"]


# --- offered back


def test_a_text_left_behind_is_offered_when_the_story_is_opened_again(rita, story):
    rita.post(keep(story), shown(rita, story, headline="Tít bỏ dở"))
    response = rita.get(page_of(story))
    assert [row.snapshot.headline for row in response.context["saving"].offers] == ["Tít bỏ dở"]
    page = response.content.decode()
    row = Autosave.objects.get()
    assert f"?khoi-phuc={row.pk}" in page
    assert reverse("admin:articles_article_unsaved", args=[row.pk]) in page
    assert response.context["adminform"].form.initial["headline"] == "Tít", "nothing is filled in unasked"


def test_the_differences_are_shown(rita, story):
    rita.post(keep(story), shown(rita, story, headline="Tít bỏ dở"))
    page = rita.get(reverse("admin:articles_article_unsaved", args=[Autosave.objects.get().pk])).content.decode()
    assert "Tít bỏ dở" in page and "Tít" in page
    assert story.working_revision.snapshot.lead not in page, "what is the same is left out"


def test_restoring_fills_the_form_and_saving_deletes_the_row(rita, story):
    rita.post(keep(story), shown(rita, story, headline="Tít bỏ dở"))
    row = Autosave.objects.get()
    response = rita.get(f"{page_of(story)}?khoi-phuc={row.pk}")
    assert response.context["saving"].offers == []
    fields = shown(rita, story, headline="Tít bỏ dở", restored=row.pk)
    rita.post(page_of(story), fields)
    story.refresh_from_db()
    assert story.working_revision.snapshot.headline == "Tít bỏ dở"
    assert not Autosave.objects.exists()


def test_a_restored_text_goes_on_in_the_same_row(rita, story):
    rita.post(keep(story), shown(rita, story, headline="Tít bỏ dở"))
    old = Autosave.objects.get()
    rita.post(keep(story), shown(rita, story, headline="Viết tiếp", restored=old.pk))
    row = Autosave.objects.get()
    assert (row.pk, row.snapshot.headline) == (old.pk, "Viết tiếp")
    assert row.tab != old.tab


def test_a_text_older_than_the_story_is_merged_when_it_is_saved(rita, cast, story):
    rita.post(keep(story), shown(rita, story, headline="Tít của Rita"))
    row = Autosave.objects.get()
    other = make_snapshot(**{**vars(story.working_revision.snapshot), "lead": "Sapo của Ed"})
    writing.save_text(story, other, by=cast.ed, version=story.version)
    page = rita.get(f"{page_of(story)}?khoi-phuc={row.pk}")
    form, saving = page.context["adminform"].form, page.context["saving"]
    assert (form.initial["version"], saving.base) == (row.base_version, str(row.base_id))
    sent = {"headline": form.initial["headline"], "lead": form.initial["lead"], "version": row.base_version}
    fields = shown(rita, story, **sent, base=saving.base, restored=row.pk)
    rita.post(page_of(story), fields)
    story.refresh_from_db()
    text = story.working_revision.snapshot
    assert (text.headline, text.lead) == ("Tít của Rita", "Sapo của Ed")


def test_saving_in_one_tab_leaves_the_text_of_another(rita, story):
    rita.post(keep(story), shown(rita, story, headline="Thẻ kia", tab="another"))
    fields = shown(rita, story, headline="Thẻ này")
    rita.post(keep(story), fields)
    rita.post(page_of(story), fields)
    assert [row.snapshot.headline for row in Autosave.objects.all()] == ["Thẻ kia"]


def test_what_is_in_the_history_is_not_offered(rita, story):
    fields = shown(rita, story, headline="Đã lưu")
    rita.post(page_of(story), fields)
    rita.post(keep(story), fields)  # it was on its way while the form was saved
    assert rita.get(page_of(story)).context["saving"].offers == []


def test_discarding_takes_a_press(rita, story):
    rita.post(keep(story), shown(rita, story, headline="Tít bỏ dở"))
    address = reverse("admin:articles_article_drop", args=[Autosave.objects.get().pk])
    assert rita.get(address).status_code == 405
    assert rita.post(address)["Location"] == page_of(story)
    assert not Autosave.objects.exists()


def test_a_new_story_is_kept_and_offered_too(rita):
    fields = typed(headline="Bài mới", tab="t1")
    assert rita.post(NEW, fields).json()["state"] == "mine"
    row = Autosave.objects.get()
    assert row.article is None
    page = rita.get(ADD)
    assert [offer.pk for offer in page.context["saving"].offers] == [row.pk]
    restored = rita.get(f"{ADD}?khoi-phuc={row.pk}")
    assert restored.context["adminform"].form.initial["headline"] == "Bài mới"
    rita.post(ADD, {**fields, "tab": "t2", "restored": row.pk})
    assert Article.objects.get().desk_headline == "Bài mới"
    assert not Autosave.objects.exists()


# --- rights


def test_only_its_writer_sees_it(client, cast, story):
    client.force_login(cast.rita)
    client.post(keep(story), shown(client, story, headline="Bí mật"))
    row = Autosave.objects.get()
    for person in (cast.ed, cast.cora, cast.ada, cast.nobody):
        client.force_login(person)
        assert client.get(reverse("admin:articles_article_unsaved", args=[row.pk])).status_code in {403, 404}
        assert client.post(reverse("admin:articles_article_drop", args=[row.pk])).status_code in {403, 404}
        assert "Bí mật" not in client.get(f"{page_of(story)}?khoi-phuc={row.pk}").content.decode()
    assert Autosave.objects.exists()


def test_who_may_not_edit_keeps_nothing(client, cast, story):
    fields = typed(headline="Không được")
    for person in (cast.nobody, cast.mo, cast.ada):
        client.force_login(person)
        assert client.post(keep(story), fields).status_code == 404
        assert client.post(NEW, fields).status_code == 403
    workflow.perform(story.pk, "submit", by=cast.rita)
    client.force_login(cast.rita)
    answer = client.post(keep(story), fields)
    assert (answer.status_code, answer.json()["state"]) == (403, "no_right")
    assert "rita" in answer.json()["text"]
    assert not Autosave.objects.exists()


def test_a_session_that_has_ended_is_told_and_a_new_one_goes_on(client, cast, story):
    client.force_login(cast.rita)
    fields = shown(client, story, headline="Gõ tiếp")
    client.logout()
    answer = client.post(keep(story), fields)
    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})
    assert client.get(keep(story)).status_code == 401
    client.force_login(cast.rita)
    fresh = client.get(keep(story)).json()
    assert fresh["user"] == cast.rita.pk and fresh["token"]
    assert client.post(keep(story), fields).status_code == 200


def test_somebody_else_who_signs_in_gets_nothing_of_it(client, cast, story):
    client.force_login(cast.rita)
    fields = shown(client, story, headline="Của Rita")
    client.force_login(cast.cora)
    answer = client.post(keep(story), fields)
    assert (answer.status_code, answer.json()["state"]) == (409, "other_user")
    assert not Autosave.objects.exists()


def test_a_foreign_page_cannot_make_it(cast, story):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.rita)
    for address in (keep(story), NEW, reverse("admin:articles_article_leave", args=[story.pk])):
        assert strict.post(address, typed(headline="Từ nơi khác")).status_code == 403
    assert not Autosave.objects.exists()


def test_after_the_story_moved_on_its_writer_still_sees_the_text(rita, cast, story):
    rita.post(keep(story), shown(rita, story, headline="Chưa kịp lưu"))
    workflow.perform(story.pk, "submit", by=cast.rita)
    page = rita.get(page_of(story)).content.decode()
    assert reverse("admin:articles_article_unsaved", args=[Autosave.objects.get().pk]) in page
    assert "khoi-phuc" not in page


# --- old ones


def test_what_nobody_came_back_for_is_deleted_after_thirty_days(rita, story, capsys):
    for days, name in ((29, "trẻ"), (31, "già")):
        rita.post(keep(story), shown(rita, story, headline=name, tab=f"t{days}"))
        Autosave.objects.filter(tab=f"t{days}").update(saved_at=timezone.now() - timedelta(days=days))
    call_command("prune_autosaves", dry_run=True)
    assert Autosave.objects.count() == 2
    assert capsys.readouterr().out.startswith("1 ")
    call_command("prune_autosaves")
    assert [row.tab for row in Autosave.objects.all()] == ["t29"]
