"""Unpublished text at the desk: who cannot have it in hand finds none of it, on whatever page and by whatever deed."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles import editing, locks, previewing, telling, workflow, writing
from articles.models import Collision, Correction, RoleGrant, SignOff
from tests.builders import (
    hours,
    make_article,
    make_draft,
    make_image,
    make_publication,
    make_section,
    make_snapshot,
    make_user,
)
from tests.newsroom.addresses import DESK, desk_samples, path

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SECRET = "kinmatkhau"  # in the headline, the lead, the text and the notes of whatever nobody has published
TYPED = "dangodothoi"  # in what Ed typed and has not saved
QUERIES = {
    "admin:journal": f"?q={SECRET[:6]}",
    "admin:journal_export": "?dang=xlsx",
    "admin:autocomplete": "?app_label=articles&model_name=byline&field_name=article&term=k",
    "admin:articles_article_changelist": f"?q={SECRET[:6]}",
    "admin:articles_correction_changelist": f"?q={SECRET[:6]}",
    "admin:comments_comment_changelist": f"?q={SECRET[:6]}",
}
WALKED = [address for address in DESK if address.name not in ("admin:logout", "admin:account_end_sessions")]
# Where a chief does find the text of the draft: the control of this test.
SHOWN = (
    *("change", "history", "revision", "compare", "field_history", "preview", "merge", "collision"),
    *("calendar", "changelist"),
)


@pytest.fixture
def sections():
    city = make_section("Đô thị")
    return {"parent": city, "own": make_section("Giao thông", parent=city), "other": make_section("Thể thao")}


@pytest.fixture
def story(cast, sections):
    """A live story whose text is being rewritten in secret, with all that hangs on such a text."""
    call_command("sync_roles", verbosity=0)
    make_publication()
    own = {"by": cast.rita, "section": sections["own"].pk}
    make_article(hours(3), headline=f"{SECRET} hẹn giờ", **own)  # for the calendar
    story = make_article(hours(-5), headline="Tít đã đăng", **own)
    live = story.live_revision
    workflow.perform(story.pk, "revise", by=cast.ed, note=f"{SECRET} cần viết lại")
    story.refresh_from_db()
    words = {"headline": f"{SECRET} tít", "lead": f"{SECRET} sapo", "body": f"<p>{SECRET} thân bài</p>"}
    secret = make_snapshot(section=sections["own"].pk, image=make_image(), **words)
    draft = writing.save_text(story, secret, by=cast.ed, version=story.version, label=f"{SECRET} tên")
    typed = make_snapshot(headline=f"{TYPED} {SECRET}", section=sections["own"].pk)
    writing.keep_aside(story, typed, by=cast.ed, label=f"{SECRET} để riêng", base=live)
    telling.add_note(story, f"@rita {SECRET} nhé", by=cast.ed)
    previewing.make_link(story.pk, by=cast.ed, lasts=timedelta(days=1), pinned=True, note=f"{SECRET} luật sư")
    SignOff.objects.create(
        article=story, kind="legal", digest=draft.digest, signed_by=cast.pia, signed_at=timezone.now(), revision=draft
    )
    Collision.objects.create(article=story, base=live, fix=live, by=cast.pia, at=timezone.now())
    editing.autosave(story, editing.Typed(typed), editing.Page(cast.ed, "0" * 32))
    locks.release_all(cast.ed.pk)
    return story


def samples_of(story):
    """Addresses that lead to the secret draft: its version, its link, its autosave."""
    rows = {"autosaves": "autosave_id", "preview_links": "pk"}
    found = {name: getattr(story, rows_of).get().pk for rows_of, name in rows.items()}
    number = {"admin:articles_article_merge.number": 3, "number": 2, "old": 1, "new": 2}
    return desk_samples(story) | found | number


def told(response):
    """All that an answer gives away, in its headers and in a spreadsheet's sheets too."""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(book.read(name) for name in book.namelist())
    return (content.decode() + str(response.headers)).lower()


def leaks(client, story, words):
    """Where an answer has one of the words: the names of the addresses."""
    samples, found = samples_of(story), set()
    for address in WALKED:
        page = path(address, samples)
        answers = [client.get(page), client.post(page, {"headline": "x", "post": "yes"})]
        if str(address) in QUERIES:
            answers.append(client.get(page + QUERIES[str(address)]))
        texts = [told(answer) for answer in answers]
        if any(word in text for text in texts for word in words):
            found.add(str(address))
    return found


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_the_walk_finds_the_text_where_it_is_shown(story, cast):
    found = leaks(signed_in(cast.cora), story, [SECRET])
    assert {f"admin:articles_article_{name}" for name in SHOWN} <= found
    assert {"admin:index", "admin:journal", "admin:journal_export"} <= found


@pytest.mark.parametrize("stage", ["draft", "published"])
def test_a_formal_correction_has_the_headline_that_readers_have(story, stage):
    published = {"published_at": hours(-1), "published_by": make_user("publisher")} if stage == "published" else {}
    correction = Correction.objects.create(
        article=story,
        stage=stage,
        work_title="Tít đã đăng",
        section_name="Đô thị",
        false_on=hours(-5).date(),
        false_content=SECRET if stage == "draft" else "sai",
        received_at=hours(-2),
        due_at=hours(9),
        created_by=make_user("editor"),
        **published,
    )
    other = signed_in(make_user("editor", section=make_section("Thể thao")))
    answer = other.get(f"/admin/articles/correction/{correction.pk}/change/")
    assert SECRET not in told(answer)
    assert (answer.status_code == 200) is (stage == "published")


def test_who_writes_elsewhere_finds_nothing(story, sections):
    reporter, editor = make_user("reporter"), make_user("editor", section=sections["other"])
    own = make_draft(reporter, related=(story.pk,))
    assert SECRET not in told(signed_in(reporter).get(f"/admin/articles/article/{own.pk}/change/"))
    keeper = make_user("administrator")
    RoleGrant.objects.create(user=keeper, role="editor", section=sections["other"])
    RoleGrant.objects.create(user=editor, role="withdrawer")
    for person in (reporter, editor, keeper):
        assert leaks(signed_in(person), story, [SECRET, TYPED]) == set()


@pytest.mark.parametrize("place", ["own", "parent"])
def test_the_editor_of_the_section_or_of_the_one_above_finds_it(story, sections, place):
    found = leaks(signed_in(make_user("editor", section=sections[place])), story, [SECRET])
    assert {f"admin:articles_article_{name}" for name in SHOWN} <= found


def test_the_author_finds_it(story, cast):
    """But for the page where two texts are merged: that takes the right to edit at this stage."""
    found = leaks(signed_in(cast.rita), story, [SECRET])
    assert {f"admin:articles_article_{name}" for name in SHOWN if name != "merge"} <= found


@pytest.mark.parametrize("role", ["moderator", "administrator", "withdrawer"])
def test_who_has_no_part_in_writing_finds_nothing(story, role):
    assert leaks(signed_in(make_user(role)), story, [SECRET, TYPED]) == set()


def test_a_superuser_without_a_role_finds_nothing(story):
    assert leaks(signed_in(make_user(is_superuser=True)), story, [SECRET, TYPED]) == set()


def test_a_story_that_was_never_saved_is_its_writers_alone(story, cast):
    """Editors of its section read a story as it was saved; what is being typed is for nobody else's eyes."""
    autosave = f"/admin/articles/article/tu-luu/{story.autosaves.get().pk}/"
    assert TYPED in told(signed_in(cast.ed).get(autosave))
    for colleague in (cast.rita, cast.pia, cast.cora):
        assert signed_in(colleague).get(autosave).status_code == 404
        assert signed_in(colleague).post(f"{autosave}bo/").status_code == 404
    assert story.autosaves.exists()
