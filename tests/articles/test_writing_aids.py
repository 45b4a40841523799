"""The panel of writing aids: what it remarks on, who sees it, what a press mends, and that nothing happens unasked."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles import aids, locks, writing
from articles.models import Article, EditLock, PictureRef, Revision, Snapshot, Stage
from newsroom.lib.blocktext import BlockText, Change
from newsroom.lib.proofreading import Kind
from tests.articles.story_form import ADD, page_of, shown, told, typed
from tests.builders import make_draft, make_image

pytestmark = pytest.mark.django_db
NEW = reverse("admin:articles_article_aids_new")
DIRTY = '<p>Có <strong>tieen</strong>gs &amp; Vieetj, "thật".</p><ul><li>toàn khoá</li></ul>'


def look(article):
    return reverse("admin:articles_article_aids", args=[article.pk])


def text_of(article):
    article.refresh_from_db()
    return article.working_revision.snapshot


def remarks_of(response):
    return [row.remark for group in response.context["aids"].groups for row in group.rows]


def keys_of(response, kind):
    return ",".join(remark.key for remark in remarks_of(response) if remark.kind == kind)


@pytest.fixture
def story(cast):
    return make_draft(cast.rita, headline="Tít hoà nhập", lead="Sapo sạch", body=DIRTY)


@pytest.fixture
def rita(client, cast):
    client.force_login(cast.rita)
    return client


# --- what is shown


def test_the_page_of_a_story_shows_what_would_be_remarked(rita, story):
    response = rita.get(page_of(story))
    found = [(remark.field, remark.kind, remark.finding.there, remark.finding.mend) for remark in remarks_of(response)]
    assert found == [
        ("body", Kind.TELEX, "tieengs", "tiếng"),
        ("body", Kind.TELEX, "Vieetj", "Việt"),
        ("headline", Kind.TONES, "hoà", "hòa"),
        ("body", Kind.TONES, "khoá", "khóa"),
        ("body", Kind.QUOTES, '"', "“"),
        ("body", Kind.QUOTES, '"', "”"),
    ]
    page = response.content.decode()
    assert "Soát lỗi" in page and "Gõ Telex chưa thành dấu" in page
    assert "<mark>tieengs</mark>" in page and "Sửa tất cả" in page
    assert "Chưa thấy lỗi nào" not in page


def test_in_english_too(rita, story):
    rita.cookies["django_language"] = "en"
    page = rita.get(page_of(story)).content.decode()
    assert "Writing aids" in page and "Keys of Telex" in page and "Gõ Telex" not in page


def test_a_clean_story_and_a_new_one_have_nothing_to_remark(rita, cast):
    for address in (page_of(make_draft(cast.rita)), ADD):
        response = rita.get(address)
        assert remarks_of(response) == []
        assert "Chưa thấy lỗi nào" in response.content.decode()


def test_every_field_is_looked_at(rita, story):
    fields = dict.fromkeys(["headline", "subheadline", "lead", "picture_caption", "source"], "hai  cách")
    body = '<figure class="image" data-image="7"><figcaption>Chú thichs  ảnh</figcaption></figure>'
    response = rita.post(look(story), shown(rita, story, **fields, body=body))
    assert {remark.field for remark in remarks_of(response)} == set(aids.FIELDS)


def test_what_is_being_typed_is_remarked_and_not_kept(rita, story):
    before = story.revisions.count(), story.version
    response = rita.post(look(story), shown(rita, story, headline="Chuowng trình ddoois mới", body="<p>Sạch.</p>"))
    assert [remark.finding.mend for remark in remarks_of(response)] == ["Chương", "đối"]
    assert "<html" not in response.content.decode()
    assert [r.finding.mend for r in remarks_of(rita.post(NEW, typed(lead="tieengs")))] == ["tiếng"]
    story.refresh_from_db()
    assert (story.revisions.count(), story.version) == before
    assert Article.objects.count() == 1


def test_markup_in_a_text_is_shown_as_text(rita, story):
    response = rita.post(look(story), shown(rita, story, headline="<script>x</script>  tieengs"))
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "body", ["<p>" + "tieengs.<br>" * 3000, "<" * 9000, "&#xD800; &#0; &nope; tieengs", "<p>" + "x" * 500_000, "\x00"]
)
def test_any_text_is_taken(rita, story, body):
    response = rita.post(look(story), shown(rita, story, body=body))
    assert response.status_code == 200
    assert len(remarks_of(response)) <= aids.MOST


def test_the_house_decides_on_tones(rita, story, settings):
    settings.TONE_PLACEMENT = "none"
    kinds = [remark.kind for remark in remarks_of(rita.get(page_of(story)))]
    assert Kind.TONES not in kinds
    response = rita.post(look(story), shown(rita, story, headline="khóa và khóa"))
    assert [r.finding.mend for r in remarks_of(response) if r.kind is Kind.TONES] == ["khóa"]
    assert "Viết hai cách trong cùng một bài" in response.content.decode()
    settings.TONE_PLACEMENT = "new"
    response = rita.post(look(story), shown(rita, story, headline="khóa", body=""))
    assert [remark.finding.mend for remark in remarks_of(response)] == ["khoá"]


# --- who may look


def test_who_may_not_edit_sees_nothing(client, cast, story):
    fields = shown_by(cast.rita, story)
    assert client.post(look(story), fields).status_code == 401
    for person in (cast.nobody, cast.mo, cast.ada):
        client.force_login(person)
        response = client.post(look(story), {**fields, "user": person.pk})
        assert response.status_code in {403, 404}, person
        assert "tieengs" not in response.content.decode()
        assert client.post(NEW, typed(lead="tieengs")).status_code in {403, 404}
    Article.objects.filter(pk=story.pk).update(stage=Stage.REVIEW)
    client.force_login(cast.rita)
    response = client.post(look(story), fields)
    assert response.status_code == 403
    assert "tiếng" not in response.content.decode()
    assert 'id="aids"' not in client.get(page_of(story)).content.decode()
    assert client.get(look(story)).status_code == 405


def shown_by(person, story):
    client = Client()
    client.force_login(person)
    return shown(client, story)


def test_who_may_not_edit_mends_nothing(rita, story):
    keys = keys_of(rita.get(page_of(story)), Kind.TELEX)
    fields = shown(rita, story)
    Article.objects.filter(pk=story.pk).update(stage=Stage.REVIEW)
    assert rita.post(page_of(story), {"_mend": keys}).status_code == 403
    assert rita.post(page_of(story), {**fields, "_mend": keys}).status_code == 409
    assert text_of(story).body == DIRTY_SAVED


DIRTY_SAVED = '<p>Có <strong>tieen</strong>gs &amp; Vieetj, "thật".</p>\n<ul><li>toàn khoá</li></ul>'


# --- a press without scripts


def test_merely_saving_changes_nothing_and_no_step_is_blocked(rita, story):
    fields = shown(rita, story)
    rita.post(page_of(story), {**fields, "_save": "1"})
    assert text_of(story).body == DIRTY_SAVED
    assert story.revisions.count() == 1
    rita.post(page_of(story), {**shown(rita, story), "_verb": "submit"})
    story.refresh_from_db()
    assert story.stage == Stage.SUBMITTED


def test_one_press_saves_then_mends_that_one_place_as_a_version(rita, story):
    [one, *_] = remarks_of(rita.get(page_of(story)))
    fields = shown(rita, story, lead="Sapo gõ thêm", _mend=one.key)
    response = rita.post(page_of(story), fields, follow=True)
    text = text_of(story)
    assert text.body == DIRTY_SAVED.replace("<strong>tieen</strong>gs", "<strong>tiến</strong>g")
    assert (text.lead, text.headline) == ("Sapo gõ thêm", "Tít hoà nhập")
    assert list(Revision.objects.order_by("number").values_list("label", flat=True)) == ["", "", "Soát lỗi"]
    assert "tieengs → tiếng" in told(response)


def test_all_of_a_kind_at_once(rita, story):
    keys = keys_of(rita.get(page_of(story)), Kind.QUOTES)
    response = rita.post(page_of(story), shown(rita, story, _mend=keys), follow=True)
    assert text_of(story).body == DIRTY_SAVED.replace('"thật"', "“thật”")
    assert "Đã sửa 2 chỗ" in told(response)


def test_a_place_that_has_changed_is_not_mended_and_the_text_is_saved(rita, story):
    [one, *_] = remarks_of(rita.get(page_of(story)))
    changed = DIRTY.replace("Có ", "Không có ")
    response = rita.post(page_of(story), shown(rita, story, body=changed, _mend=one.key), follow=True)
    assert "Không có <strong>tieen</strong>gs" in text_of(story).body
    assert "chưa được sửa" in told(response)
    assert not story.revisions.filter(label="Soát lỗi").exists()


@pytest.mark.parametrize("keys", ["", ",", "x" * 5000, "<script>", "0" * 16])
def test_keys_of_nothing(rita, story, keys):
    response = rita.post(page_of(story), shown(rita, story, _mend=keys), follow=True)
    assert response.status_code == 200
    assert text_of(story).body == DIRTY_SAVED


def test_after_a_merge_nothing_is_mended_unread(rita, cast, story):
    [one, *_] = remarks_of(rita.get(page_of(story)))
    fields = shown(rita, story, _mend=one.key)
    theirs = text_of(story)
    writing.save_text(story, Snapshot(**{**vars(theirs), "lead": "Sapo của Pia"}), by=cast.pia, version=story.version)
    response = rita.post(page_of(story), {**fields, "headline": "Tít của Rita"}, follow=True)
    text = text_of(story)
    assert (text.headline, text.lead, text.body) == ("Tít của Rita", "Sapo của Pia", DIRTY_SAVED)
    assert not story.revisions.filter(label="Soát lỗi").exists()
    assert "gộp" in told(response).lower()


def test_while_a_colleague_types_nothing_is_mended(rita, cast, story):
    [one, *_] = remarks_of(rita.get(page_of(story)))
    fields = shown(rita, story, _mend=one.key)
    EditLock.objects.all().delete()
    locks.acquire(story.pk, cast.pia, "a1b2")
    response = rita.post(page_of(story), fields, follow=True)
    assert text_of(story).body == DIRTY_SAVED
    assert "pia" in told(response).lower(), "it is said who is typing"


# --- the verbs below


def test_places_alike_are_told_apart():
    values = {"headline": "", "body": "<p>tieengs, tieengs</p><p>tieengs, tieengs</p>"}
    found = aids.remarks(values)
    assert len({remark.key for remark in found}) == 4
    for place, remark in enumerate(found):
        after, done = aids.mended(values, {remark.key})
        assert done == [remark]
        assert re.findall(r"\w{5,}", after["body"]).index("tiếng") == place


def test_the_caption_of_the_lead_picture_is_mended():
    snapshot = Snapshot(picture=PictureRef(make_image().pk, "Chú thich  ảnh"), source="Báo  bạn")
    values, done = aids.mended(aids.values_of(snapshot), {one.key for one in aids.remarks(aids.values_of(snapshot))})
    after = aids.with_values(snapshot, values)
    assert (after.picture.caption, after.source, len(done)) == ("Chú thich ảnh", "Báo bạn", 2)
    assert aids.with_values(Snapshot(), aids.values_of(Snapshot())) == Snapshot()


@pytest.mark.parametrize(
    ("html", "text", "change", "after"),
    [
        ("<p>a<strong>b</strong>c</p>", "abc", (0, 3, "axc"), "<p>a<strong>x</strong>c</p>"),
        ("<p>a &amp; b</p><p>c</p>", "a & b\nc", (2, 3, "<"), "<p>a &lt; b</p><p>c</p>"),
        ("<p>a&nbsp; b</p>", "a\u00a0 b", (1, 3, " "), "<p>a b</p>"),
        ("<ul>\n\t<li>a,b</li>\n</ul>", "a,b", (1, 3, ", b"), "<ul>\n\t<li>a, b</li>\n</ul>"),
        ('<p><a href="x">hoà</a></p>', "hoà", (0, 3, "hòa"), '<p><a href="x">hòa</a></p>'),
        ("<p>a<br>b</p>", "a\nb", (2, 3, "c"), "<p>a<br>c</p>"),
        ("", "", (0, 0, "a"), "a"),
    ],
)
def test_a_change_of_the_text_never_touches_the_markup(html, text, change, after):
    blocks = BlockText(html)
    assert blocks.text == text
    assert blocks.changed([Change(*change)]) == after
