"""Writing a story at the desk: its form, its buttons, and what they refuse, over HTTP."""

import unicodedata

import pytest
from django.urls import reverse

from articles.models import Article, Byline, BylineRef, PictureRef, Revision, Stage, Tag
from articles.workflow import perform
from newsroom.lib import html
from tests.articles.story_form import ADD, page_of, shown, told, typed
from tests.builders import make_article, make_author, make_draft, make_image, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(client, cast):
    client.force_login(cast.rita)
    return client


def put(article, stage):
    Article.objects.filter(pk=article.pk).update(stage=stage)
    article.refresh_from_db()
    return article


def snapshot_of(article):
    article.refresh_from_db()
    return article.working_revision.snapshot


# --- a new story


def test_what_is_typed_becomes_a_draft_and_its_first_revision(rita, cast):
    section, other, image = make_section("Đô thị"), make_section("Văn hóa"), make_image()
    mai, ha = make_author("Nguyễn Mai"), make_author("Trần Hà")
    fields = typed(
        headline="  Phố đi bộ  mở thêm ",
        subheadline="Tít phụ",
        lead="Từ cuối tuần này.",
        body="<p>Dài 1,2 km.</p>",
        picture=image.pk,
        picture_caption="Sáng sớm.",
        source="TTXVN",
        primary_section=section.pk,
        other_sections=[other.pk, section.pk],
        tag_names="Phố đi bộ, Hồ Gươm; phố đi bộ",
        comments="closed",
    )
    fields |= {"byline_rows-author": [ha.pk, "", mai.pk], "byline_rows-role": ["photo", "text", "text"]}
    response = rita.post(ADD, fields)
    article = Article.objects.get()
    assert response.url == page_of(article)
    assert (article.stage, article.created_by, article.desk_headline) == (Stage.DRAFT, cast.rita, "Phố đi bộ mở thêm")
    snapshot = article.working_revision.snapshot
    assert snapshot.bylines == (BylineRef(ha.pk, "photo"), BylineRef(mai.pk, "text")), "in the order typed"
    assert [Tag.objects.get(pk=pk).name for pk in snapshot.tags] == ["Phố đi bộ", "Hồ Gươm"], "made, each once"
    assert snapshot.picture == PictureRef(image.pk, "Sáng sớm.")
    assert (snapshot.section, snapshot.other_sections) == (section.pk, (other.pk,))
    assert (snapshot.source, snapshot.comment_policy) == ("TTXVN", "closed")


def test_an_empty_story_may_be_kept_as_a_draft(rita):
    assert rita.post(ADD, typed()).status_code == 302
    assert str(Article.objects.get()) == "(chưa có tít)"


def test_decomposed_text_is_stored_composed_and_measured_so(rita):
    headline = ("Đường đi đến Đà Nẵng rộng " * 8)[:199].strip()
    rita.post(ADD, typed(headline=unicodedata.normalize("NFD", headline), body="<p>" + "Nẵng" + "</p>"))
    snapshot = snapshot_of(Article.objects.get())
    assert snapshot.headline == headline
    assert unicodedata.is_normalized("NFC", snapshot.body)


def test_nothing_dangerous_is_stored(rita):
    body = '<p onclick="x()">A</p><script>b</script><a href="javascript:c">d</a><p style="color:red" class="Mso">e</p>'
    rita.post(ADD, typed(body=body))
    assert snapshot_of(Article.objects.get()).body.replace("\n", "") == "<p>A</p><p>d</p><p>e</p>"


# --- what is refused keeps what was typed, and stores nothing


@pytest.mark.parametrize(
    "wrong",
    [
        {"headline": "Dài " * 2500},
        {"lead": "Dài " * 2500},
        {"body": "<p>" + "chữ " * (html.MAX_HTML // 4) + "</p>"},
        {"primary_section": "999999"},
        {"primary_section": "9" * 30},
        {"primary_section": "thời sự"},
        {"other_sections": ["999999"]},
        {"other_sections": ["9" * 30]},
        {"picture": "999999"},
        {"picture": "9" * 30},
        {"picture": "-1"},
        {"picture": "ảnh"},
        {"byline_rows-author": ["999999"]},
        {"byline_rows-author": ["9" * 30]},
        {"byline_rows-author": ["²"]},
        {"byline_rows-author": ["abc"]},
        {"tag_names": ", ".join(f"từ khóa {n}" for n in range(21))},
        {"tag_names": "!!!"},
        {"tag_names": "dài" * 40},
        {"comments": "everybody"},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_a_field_that_cannot_be_kept_is_named_and_the_rest_stays(rita, wrong):
    response = rita.post(ADD, typed(**{"headline": "Tít còn nguyên", "lead": "Sapo còn nguyên", **wrong}))
    assert response.status_code == 200
    assert told(response).strip()
    page = response.content.decode()
    assert "còn nguyên" in page
    assert Article.objects.count() == Revision.objects.count() == Tag.objects.count() == 0


def test_a_role_that_does_not_exist_is_refused(rita):
    author = make_author()
    response = rita.post(ADD, typed(**{"byline_rows-author": [author.pk], "byline_rows-role": ["king"]}))
    assert "danh sách" in told(response)


def test_nul_bytes_are_refused_or_dropped(rita):
    response = rita.post(ADD, typed(headline="A\0B", body="<p>\0c</p>", tag_names="\0x"))
    assert response.status_code == 200
    assert not Article.objects.exists()
    rita.post(ADD, typed(headline="A\0B"))
    assert snapshot_of(Article.objects.get()).headline == "AB"


# --- saving again


def test_a_save_is_a_new_revision_and_an_unchanged_one_is_none(rita, cast):
    article = make_draft(cast.rita)
    rita.post(page_of(article), shown(rita, article, headline="Tít mới"))
    assert (snapshot_of(article).headline, article.revisions.count()) == ("Tít mới", 2)
    rita.post(page_of(article), shown(rita, article))
    assert article.revisions.count() == 2


def test_a_live_story_is_left_alone_until_it_is_published_again(client, cast):
    article = make_article(by=cast.rita, headline="Tít cũ")
    perform(article.pk, "revise", by=cast.ed)
    client.force_login(cast.ed)
    client.post(page_of(article), shown(client, article, headline="Tít mới", body="<p>Bản mới</p>"))
    article.refresh_from_db()
    assert (article.headline, article.desk_headline) == ("Tít cũ", "Tít mới")
    assert "Bản mới" not in client.get(article.get_absolute_url()).content.decode()
    perform(article.pk, "forward", by=cast.ed)
    client.force_login(cast.pia)
    client.post(page_of(article), shown(client, article, _verb="approve"))
    client.post(page_of(article), shown(client, article, _verb="publish", change_kind="typo"))
    assert "Bản mới" in client.get(article.get_absolute_url()).content.decode()


def test_a_text_that_comes_after_the_story_moved_on_is_shown_and_not_lost(rita, cast):
    article = make_draft(cast.rita)
    fields = shown(rita, article, headline="Câu vừa gõ")
    perform(article.pk, "submit", by=cast.rita)
    response = rita.post(page_of(article), fields)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Câu vừa gõ" in page
    assert "rita đã thay đổi bài này lúc" in page
    assert article.revisions.count() == 1


# --- who may do what here


def test_only_writers_come_in(client, cast):
    article = make_draft(cast.rita)
    revision = reverse("admin:articles_article_revision", args=[article.pk, 1])
    history = reverse("admin:articles_article_history", args=[article.pk])
    pages = [ADD, page_of(article), history, revision, reverse("admin:articles_article_embed")]
    for address in pages:
        assert client.get(address).status_code == 302
    for person in (cast.mo, cast.ada, cast.nobody):
        client.force_login(person)
        for address in pages:
            assert client.get(address).status_code in (403, 404), (person, address)
        assert client.post(page_of(article), {"_verb": "submit"}).status_code == 403
        assert client.post(ADD, typed(headline="Không được")).status_code == 403
    assert Article.objects.count() == 1


def test_who_may_not_change_a_story_reads_it_as_a_text(rita, cast):
    image = make_image(caption="Mặt hồ buổi sớm")
    article = make_draft(cast.rita, headline="Tít đọc được", body="<h2>Tít xen</h2><p>Thân bài</p>", image=image)
    perform(article.pk, "submit", by=cast.rita)
    page = rita.get(page_of(article)).content.decode()
    for words in ("Tít đọc được", "<h2>Tít xen</h2>", "Mặt hồ buổi sớm", "Nguyễn Mai", "Rút bài"):
        assert words in page
    assert 'name="headline"' not in page
    rita.post(page_of(article), {"_verb": "recall"})
    article.refresh_from_db()
    assert article.stage == Stage.DRAFT


def test_the_history_tells_steps_and_versions_and_each_version_can_be_read(rita, cast):
    article = make_draft(cast.rita, headline="Bản đầu")
    rita.post(page_of(article), shown(rita, article, headline="Bản hai", _verb="submit"))
    page = rita.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    for words in ("Gửi biên tập", "Bản nháp → Chờ biên tập", "Phiên bản 1", "Phiên bản 2"):
        assert words in page
    first = rita.get(reverse("admin:articles_article_revision", args=[article.pk, 1])).content.decode()
    assert "Bản đầu" in first
    assert rita.get(reverse("admin:articles_article_revision", args=[article.pk, 99])).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999", "9" * 30, "abc", "1_5F2"])
def test_a_story_that_is_not_there_leads_back_to_the_desk(rita, key):
    response = rita.get(f"/admin/articles/article/{key}/change/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain


def test_an_embed_is_known_by_one_address_or_refused(rita):
    ask = reverse("admin:articles_article_embed")
    found = rita.get(ask, {"address": "https://youtu.be/dQw4w9WgXcQ?t=3"}).json()
    assert found == {"address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}
    for refused in ("https://evil.example/x", "javascript:alert(1)", ""):
        assert rita.get(ask, {"address": refused}).json() == {"address": None}


def test_the_last_byline_row_is_a_choice_among_active_authors_and_those_named(rita, cast):
    gone = make_author("Người cũ")
    article = make_draft(cast.rita, bylines=(BylineRef(gone.pk, Byline.Role.PHOTO),))
    type(gone).objects.update(is_active=False)
    assert "Người cũ" in rita.get(page_of(article)).content.decode()
    assert "Người cũ" not in rita.get(ADD).content.decode()


def test_the_page_of_a_story_speaks_english_to_who_chose_so(rita, cast):
    article = make_draft(cast.rita)
    rita.cookies["django_language"] = "en"
    page = rita.get(page_of(article)).content.decode()
    assert "Send to the editors" in page
    assert "Gửi biên tập" not in page
