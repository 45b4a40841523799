"""A change to a published story is a typo, an update or a correction, and readers are told of the last two."""

import json
import re

import pytest

from articles import workflow, writing
from articles.models import Article, PublicVersion, Snapshot, Stage
from articles.notices import LINE_LENGTH, Notice
from articles.workflow import NotReady
from tests.builders import hours, make_article, make_snapshot

pytestmark = pytest.mark.django_db
LINE = "Sửa số liệu: tuyến phố dài 1,2 km."


@pytest.fixture
def live(cast):
    return make_article(hours(-48), by=cast.rita, headline="Phố đi bộ mới")


def rework(article, cast, notice, **fields):
    """A new text goes through every hand and is published with this notice."""
    workflow.perform(article.pk, "revise", by=cast.ed)
    article.refresh_from_db()
    before = Snapshot.from_json(article.working_revision.content)
    snapshot = make_snapshot(**{"headline": before.headline, "section": before.section, **fields})
    writing.save_text(article, snapshot, by=cast.ed, version=article.version)
    workflow.perform(article.pk, "forward", by=cast.ed)
    workflow.perform(article.pk, "approve", by=cast.pia)
    workflow.perform(article.pk, "publish", by=cast.pia, notice=notice)
    article.refresh_from_db()
    return article


def page_of(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def story_data(page):
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"]
    return next(node for node in graph if node["@type"] == "NewsArticle")


def test_the_first_publication_is_not_asked_about(cast):
    article = make_article(by=cast.rita)
    assert article.public_versions.get().kind == "first"


@pytest.mark.parametrize(
    ("notice", "field"),
    [
        (Notice(), "change_kind"),
        (Notice(kind="first"), "change_kind"),
        (Notice(kind="withdrawal", line=LINE), "change_kind"),
        (Notice(kind="update"), "change_line"),
        (Notice(kind="correction", line=" \u200b "), "change_line"),
        (Notice(kind="correction", line="x" * (LINE_LENGTH + 1)), "change_line"),
    ],
)
def test_a_change_that_is_not_told_is_refused_and_changes_nothing(cast, live, notice, field):
    with pytest.raises(NotReady) as refusal:
        rework(live, cast, notice, headline="Tít khác")
    assert [item.field for item in refusal.value.missing] == [field]
    live.refresh_from_db()
    assert (live.headline, live.stage, live.updated_at) == ("Phố đi bộ mới", Stage.APPROVED, None)
    assert live.public_versions.count() == 1


def test_a_typo_is_mended_silently(client, cast, live):
    rework(live, cast, Notice(kind="typo", line="bỏ đi"), headline="Phố đi bộ mới toanh")
    assert (live.headline, live.updated_at) == ("Phố đi bộ mới toanh", None)
    page = page_of(client, live)
    assert "Cập nhật lúc" not in page
    assert story_data(page)["dateModified"] == story_data(page)["datePublished"]
    assert live.public_versions.first().line == ""


def test_a_typo_after_an_update_leaves_the_time_of_the_update(cast, live):
    rework(live, cast, Notice(kind="update", line=LINE))
    updated = live.updated_at
    rework(live, cast, Notice(kind="typo"), headline="Không dấu vết")
    assert live.updated_at == updated


@pytest.mark.parametrize("kind", ["update", "correction"])
def test_readers_are_told_with_the_time(client, cast, live, kind):
    rework(live, cast, Notice(kind=kind, line=f"  {LINE}\n"))
    page = page_of(client, live)
    assert LINE in page.partition('class="changes"')[2]
    assert "article-updated" in page
    data = story_data(page)
    assert data["dateModified"] > data["datePublished"]
    told = data.get("correction", [])
    assert [each["text"] for each in told] == ([LINE] if kind == "correction" else [])


def test_the_newest_change_comes_first(client, cast, live):
    for line in ("Lần một.", "Lần hai."):
        rework(live, cast, Notice(kind="update", line=line))
    page = page_of(client, live)
    assert 0 < page.find("Lần hai.") < page.find("Lần một.")


def test_a_line_is_text_and_never_mark_up(client, cast, live):
    rework(live, cast, Notice(kind="correction", line="<script>alert(1)</script></script>"))
    page = page_of(client, live)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_story_that_nobody_has_seen_yet_is_published_again_without_a_notice(cast):
    article = make_article(hours(5), by=cast.rita)
    workflow.perform(article.pk, "unschedule", by=cast.pia)
    workflow.perform(article.pk, "publish", by=cast.pia)
    kinds = list(PublicVersion.objects.filter(article=article).order_by("number").values_list("kind", flat=True))
    assert kinds == ["first", "unscheduled", "first"]
    assert Article.objects.get(pk=article.pk).updated_at is None


def test_a_story_that_was_taken_down_is_still_classified(cast, live):
    workflow.perform(live.pk, "revise", by=cast.ed)
    workflow.perform(live.pk, "withdraw", by=cast.cora, note="Sai")
    workflow.perform(live.pk, "forward", by=cast.ed)
    workflow.perform(live.pk, "approve", by=cast.pia)
    with pytest.raises(NotReady):
        workflow.perform(live.pk, "publish", by=cast.pia)
