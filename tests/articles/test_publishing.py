"""Going live and leaving: what the live row, the lists, the search and the address are after each verb."""

from datetime import datetime

import pytest
from django.utils import timezone

from articles import catalogue, writing
from articles.models import Article, Byline, BylineRef, SearchDoc, Stage, Tagging
from articles.notices import Notice
from articles.workflow import perform
from newsroom.lib import dates
from newsroom.lib.pagecache.models import Epoch
from tests.builders import (
    hours,
    make_article,
    make_author,
    make_draft,
    make_image,
    make_section,
    make_snapshot,
    withdraw,
)

pytestmark = pytest.mark.django_db


def approve(article):
    Article.objects.filter(pk=article.pk).update(stage=Stage.APPROVED)


def update(article, by, **fields):
    """The story is taken up again, changed and published: what is not in `fields` stays as it is."""
    perform(article.pk, "revise", by=by)
    article.refresh_from_db()
    text = {**article.working_revision.snapshot.__dict__, **fields}
    writing.save_text(article, make_snapshot(**text), by=by, version=article.version)
    approve(article)
    outcome = perform(article.pk, "publish", by=by, notice=Notice("update", "Bổ sung số liệu."))
    article.refresh_from_db()
    return outcome


def test_the_live_row_is_the_revision():
    image, tag = make_image(), catalogue.tag_named("Bão")
    mai, ha = make_author("Nguyễn Mai"), make_author("Trần Hà")
    article = make_article(
        headline="Đường đi đến Đà Nẵng",
        lead="Bốn chữ sapo đây",
        body="<p>Ba chữ thôi</p>",
        bylines=(BylineRef(ha.pk, "photo"), BylineRef(mai.pk)),
        tags=(tag.pk,),
        image=image,
    )
    assert article.headline == "Đường đi đến Đà Nẵng"
    assert article.headline_fold == "duong di den da nang"
    assert article.slug == "duong-di-den-da-nang"
    assert (article.lead_image, article.word_count) == (image, 7)
    assert article.html == "<p>Ba chữ thôi</p>"
    assert article.live_revision == article.working_revision
    rows = Byline.objects.order_by("position").values_list("author", "role", "published_at")
    assert list(rows) == [(ha.pk, "photo", article.published_at), (mai.pk, "text", article.published_at)]
    assert Tagging.objects.get().tag == tag
    assert SearchDoc.objects.get().pk == article.pk


def test_a_past_time_dates_the_story_back_and_its_day_is_that_of_hanoi():
    late = datetime(2021, 1, 14, 0, 30, tzinfo=dates.TZ)  # still the 13th in Greenwich
    article = make_article(late)
    assert (article.published_at, f"{article.published_on:%d/%m/%Y}") == (late, "14/01/2021")
    assert timezone.now() - article.first_published_at < timezone.timedelta(minutes=1)
    assert article.updated_at is None


def test_an_update_keeps_date_and_address_and_says_when(cast):
    article = make_article(hours(-30), headline="Tít đầu")
    before = article.published_at, article.slug, article.first_published_at
    update(article, cast.cora, headline="Tít khác hẳn")
    assert (article.published_at, article.slug, article.first_published_at) == before
    assert article.headline == "Tít khác hẳn"
    assert timezone.now() - article.updated_at < timezone.timedelta(minutes=1)


def test_an_update_before_the_story_appears_is_no_update(cast):
    article = make_article(hours(2))
    update(article, cast.cora, headline="Tít sửa trước giờ đăng")
    assert (article.updated_at, article.readers_state) == (None, "scheduled")


def test_an_update_replaces_bylines_tags_and_the_search_document(cast):
    article = make_article(tags=(catalogue.tag_named("Cũ").pk,), headline="Từ khóa cũ")
    other = make_author("Người mới")
    update(article, cast.cora, bylines=(BylineRef(other.pk),), tags=(), headline="Chữ khác")
    assert Byline.objects.get().author == other
    assert not Tagging.objects.exists()
    assert "chu khac" in SearchDoc.objects.get().headline


def test_names_that_are_gone_are_left_out():
    article = make_article(bylines=(BylineRef(999), BylineRef(make_author().pk)), tags=(999,))
    assert Byline.objects.get().article == article
    assert not Tagging.objects.exists()


def test_a_headline_without_letters_still_has_an_address():
    article = make_article(headline="!!!")
    assert article.get_absolute_url() == f"/bai-{article.pk}.html"


def test_an_update_makes_old_and_new_places_stale(cast):
    old, new = make_section("Đô thị"), make_section("Thể thao")
    gone, come = make_author("Đi"), make_author("Đến")
    article = make_article(section=old.pk, bylines=(BylineRef(gone.pk),))
    outcome = update(article, cast.cora, section=new.pk, bylines=(BylineRef(come.pk),))
    assert {f"s{old.pk}", f"s{new.pk}", f"p{gone.pk}", f"p{come.pk}", f"a{article.pk}", "home"} <= outcome.keys


def test_a_first_publication_that_is_taken_back_binds_neither_date_nor_address(cast):
    article = make_article(hours(3), headline="Tít đầu")
    perform(article.pk, "unschedule", by=cast.pia)
    article.refresh_from_db()
    assert (article.readers_state, article.was_published, article.slug) == ("never", False, "")
    assert (article.published_on, article.live_revision) == (None, None)
    assert not article.placements.exists()
    assert not SearchDoc.objects.exists()
    writing.save_text(article, make_snapshot(headline="Tít sau"), by=cast.rita, version=article.version)
    perform(article.pk, "publish", by=cast.pia, at=hours(-48))
    article.refresh_from_db()
    assert (article.slug, article.is_public) == ("tit-sau", True)


def test_a_withdrawn_story_leaves_lists_and_search_and_comes_back_with_its_date(cast):
    article = make_article(hours(-5))
    before = article.published_at
    withdraw(article)
    assert not article.placements.exists()
    assert not SearchDoc.objects.exists()
    assert article.headline, "its text stays in the house"
    outcome = perform(article.pk, "republish", by=cast.cora)
    article.refresh_from_db()
    assert (article.published_at, article.withdrawn_at, article.is_public) == (before, None, True)
    assert article.placements.exists()
    assert SearchDoc.objects.exists()
    assert f"d{article.published_on:%Y%m%d}" in outcome.keys


def test_a_text_published_while_withdrawn_stays_away_until_it_is_brought_back(cast):
    article = make_article(headline="Bản sai")
    withdraw(article)
    update(article, cast.cora, headline="Bản đúng")
    assert (article.headline, article.readers_state) == ("Bản đúng", "withdrawn")
    assert not article.placements.exists()
    assert not SearchDoc.objects.exists()
    perform(article.pk, "republish", by=cast.cora)
    assert Article.objects.published().get().headline == "Bản đúng"


def test_a_refused_publication_changes_nothing(cast):
    article = make_draft(cast.rita, body="")
    approve(article)
    article.refresh_from_db()
    epochs = Epoch.objects.count()
    with pytest.raises(Exception, match="chưa có nội dung"):
        perform(article.pk, "publish", by=cast.pia)
    after = Article.objects.get()
    assert (after.stage, after.version, after.published_at) == (Stage.APPROVED, article.version, None)
    assert Epoch.objects.count() == epochs
    assert not article.transitions.exists()
