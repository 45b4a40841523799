"""A story as readers will see it, before they do: from the form, unsaved text included, and from any version."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import previewing, writing
from articles.models import Article, BylineRef, PreviewLink, Revision, Stage, Tag
from articles.reading import Reading
from tests import builders

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/xem-truoc/"


@pytest.fixture(autouse=True)
def paper():
    builders.make_publication()


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.rita)
    return client


@pytest.fixture
def story(cast):
    return builders.make_draft(by=cast.rita, headline="Tít đã lưu", image=builders.make_image(credit="Minh Hà"))


def address(story):
    return reverse("admin:articles_article_preview", args=[story.pk])


def typed(**fields):
    author = builders.make_author("Lê An")
    data = {
        "headline": "Tít chưa lưu",
        "lead": "Sapo chưa lưu.",
        "body": "<p>Chữ chưa lưu.</p><script>alert(1)</script>",
        "primary_section": builders.make_section("Đô thị").pk,
        "byline_rows-author": [author.pk, ""],
        "byline_rows-role": ["text", "text"],
        "tag_names": "Phố đi bộ, Từ khóa mới",
        "comments": "",
    }
    return {**data, **fields}


def framed(response):
    """The page of readers inside the frame."""
    return html.unescape(re.search(r'srcdoc="([^"]*)"', response.content.decode())[1])


def main(page):
    return re.sub(r"\s+", " ", page.partition("<article")[2].partition("</article>")[0])


# --- the same page as readers' ------------------------------------------------------------------------------------


def test_shows_what_readers_get_after_publication(desk, cast):
    names = (BylineRef(builders.make_author("Lê An").pk), BylineRef(builders.make_author("Vũ Bình").pk, "photo"))
    body = "<p>Một.</p><h2>Hai</h2><table><tbody><tr><td>3</td></tr></tbody></table>"
    tag = builders.catalogue.tag_named("Bão")
    story = builders.make_article(
        by=cast.rita,
        body=body,
        bylines=names,
        tags=(tag.pk,),
        source="Cổng thông tin",
        subheadline="Tít phụ",
        image=builders.make_image(),
    )
    live = main(desk.get(story.get_absolute_url()).content.decode())
    live = re.sub(r'<div class="tools".*?</div> ', "", live)  # what nobody has published is not shared
    revision = story.live_revision
    foreseen = Reading.foreseen(story, revision.snapshot, story.published_at)
    assert foreseen.article.updated_at is not None, "a change of a live story says so"
    preview = main(framed(desk.get(address(story))))
    without_update = re.sub(r'\s*\|\s*<span class="article-updated">.*?</span>', "", preview)
    assert without_update == live


def test_nothing_is_written(desk, story):
    before = list(Article.objects.values()), Revision.objects.count(), Tag.objects.count()
    assert desk.post(address(story), typed()).status_code == 200
    assert desk.post(NEW, typed()).status_code == 200
    assert (list(Article.objects.values()), Revision.objects.count(), Tag.objects.count()) == before


def test_a_reading_is_never_saved(story):
    reading = Reading.foreseen(story, story.working_revision.snapshot, timezone.now())
    assert reading.article is not story and story.headline == ""


# --- from the form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_new", [True, False])
def test_unsaved_text_is_shown(desk, story, is_new):
    response = desk.post(NEW if is_new else address(story), typed())
    page = framed(response)
    assert response.status_code == 200
    for part in ("Tít chưa lưu", "(NSHN) - Sapo chưa lưu.", "Chữ chưa lưu.", "Lê An", "Từ khóa mới", "Đô thị"):
        assert part in page
    assert "Xem trước – chưa đăng" in page and "nội dung chưa lưu" in page
    assert "Tít đã lưu" not in page and "alert(1)" not in page
    assert "no-store" in response["Cache-Control"] and response["X-Frame-Options"] == "DENY"


def test_comments_and_search_engines_are_left_out(desk, story):
    page = framed(desk.get(address(story)))
    assert "/gui/" not in page and "ld+json" not in page and "og:title" not in page
    assert "Bình luận của bạn đọc sẽ ở đây" in page


def test_the_text_of_a_colleague_who_was_faster_is_no_obstacle(desk, story, cast):
    data = typed(version=story.version)
    writing.save_text(story, builders.make_snapshot(), by=cast.pia, version=story.version)
    assert "Tít chưa lưu" in framed(desk.post(address(story), data))


@pytest.mark.parametrize(
    "wrong", [{"headline": "x" * 300}, {"picture": "99999"}, {"primary_section": "x"}, {"tag_names": "!!!"}]
)
def test_what_cannot_be_shown_is_told(desk, story, wrong):
    response = desk.post(address(story), typed(**wrong))
    assert response.status_code == 400
    assert "Không mất gì" in response.content.decode() and "srcdoc" not in response.content.decode()


def test_an_empty_form_can_be_previewed(desk):
    assert desk.post(NEW, {}).status_code == 200


def test_players_may_be_framed_only_where_something_is_embedded(desk, story):
    body = '<figure class="embed" data-embed="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></figure>'
    assert "frame-src https://open.spotify.com" in desk.post(NEW, typed(body=body))["Content-Security-Policy"]
    assert "frame-src" not in desk.post(NEW, typed())["Content-Security-Policy"]


def test_speaks_the_language_of_readers(desk, story):
    desk.cookies["django_language"] = "en"
    response = desk.get(address(story))
    assert "Phone" in response.content.decode()
    assert "Xem trước – chưa đăng" in framed(response)


# --- any version --------------------------------------------------------------------------------------------------


def test_saved_versions(desk, story, cast):
    snapshot = builders.make_snapshot(headline="Tít thứ hai")
    writing.save_text(story, snapshot, by=cast.rita, version=story.version)
    assert "Tít thứ hai" in framed(desk.get(address(story)))
    assert "Tít đã lưu" in framed(desk.get(f"{address(story)}?phien-ban=1"))
    for number in ("9", "x", "-1", "9" * 30, "١"):
        assert desk.get(f"{address(story)}?phien-ban={number}").status_code == 404


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["mo", "ada", "nobody"])
def test_who_may_not_see_the_story_sees_no_preview(client, story, cast, who):
    client.force_login(getattr(cast, who))
    for response in (client.get(address(story)), client.post(address(story), typed()), client.post(NEW, typed())):
        assert response.status_code == 403
        assert "lưu" not in response.content.decode()


def test_strangers_are_led_to_the_door(client, story):
    assert client.get(address(story))["Location"].startswith("/admin/login/")
    assert client.post(NEW, typed())["Location"].startswith("/admin/login/")


def test_forms_need_their_token(story, cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.rita)
    share = reverse("admin:articles_article_preview_share", args=[story.pk])
    for where in (NEW, address(story), share):
        assert strict.post(where, typed()).status_code == 403
    assert not PreviewLink.objects.exists()


# --- the panel of links -------------------------------------------------------------------------------------------


def change_page(client, story):
    return client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()


def test_make_copy_and_revoke(desk, story, cast):
    share = reverse("admin:articles_article_preview_share", args=[story.pk])
    assert "Hiện không có liên kết xem trước nào" in change_page(desk, story)
    response = desk.post(share, {"lasts": "3d", "shows": "pin", "note": "Luật sư Hà"})
    assert response["Location"].endswith("/change/#preview-links")
    link = PreviewLink.objects.get()
    assert (link.expires_at - link.created_at).days == 3 and link.revision == story.working_revision
    page = change_page(desk, story)
    assert previewing.address_of(link) in page and "Luật sư Hà" in page and "luôn là phiên bản 1" in page
    desk.post(reverse("admin:articles_article_preview_revoke", args=[story.pk, link.pk]))
    link.refresh_from_db()
    assert link.revoked_by == cast.rita
    page = change_page(desk, story)
    assert previewing.address_of(link) not in page and "đã thu hồi lúc" in page


def test_openings_and_answers_are_told(desk, story):
    link = previewing.make_link(story.pk, by=story.created_by, lasts=previewing.LASTING["1d"][0], pinned=False)
    previewing.log_opening(link, "198.51.100.7", "Firefox/130")
    sealed = previewing.unseal(link, previewing.seal(link, story.working_revision))
    previewing.answer(link, sealed, name="Hà <b>", verdict="approval", remark="Được.\nĐăng đi.")
    page = change_page(desk, story)
    for part in ("đã mở 1 lần", "198.51.100.0/24", "Firefox", "Hà &lt;b&gt;", "Tôi đồng ý với nội dung này"):
        assert part in page


@pytest.mark.parametrize("data", [{"lasts": "9d"}, {"shows": "x"}, {"note": "x" * 201}])
def test_wrong_wishes_make_no_link(desk, story, data):
    share = reverse("admin:articles_article_preview_share", args=[story.pk])
    desk.post(share, {"lasts": "1h", "shows": "follow", "note": "", **data})
    assert not PreviewLink.objects.exists()


def test_who_only_reads_the_story_sees_links_without_addresses(client, story, cast):
    link = previewing.make_link(story.pk, by=cast.rita, lasts=previewing.LASTING["1d"][0], pinned=False, note="Chú Ba")
    Article.objects.filter(pk=story.pk).update(stage=Stage.REVIEW)  # its editor reads it, and changes it no more
    client.force_login(cast.ed)
    page = change_page(client, story)
    assert "Chú Ba" in page and previewing.token_of(link) not in page
    share = reverse("admin:articles_article_preview_share", args=[story.pk])
    client.post(share, {"lasts": "1h", "shows": "follow"})
    client.post(reverse("admin:articles_article_preview_revoke", args=[story.pk, link.pk]))
    link.refresh_from_db()
    assert PreviewLink.objects.count() == 1 and link.revoked_at is None


def test_a_link_of_another_story_is_not_found(desk, story, cast):
    other = builders.make_draft(by=cast.rita)
    link = previewing.make_link(other.pk, by=cast.rita, lasts=previewing.LASTING["1d"][0], pinned=False)
    assert desk.post(reverse("admin:articles_article_preview_revoke", args=[story.pk, link.pk])).status_code == 404
