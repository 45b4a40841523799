"""Preview links in tests: made, their story rewritten and published, their pages looked at."""

from datetime import timedelta

from articles import previewing, workflow, writing
from articles.models import Article
from articles.notices import Notice
from tests import builders

SECRET = "Xkzq"  # a word of texts that are not out yet
DAY = timedelta(days=1)
HOME = {"origin": "http://testserver"}


def make(story, by=None, pinned=False, lasts=DAY, **fields):
    link = previewing.make_link(story.pk, by=by or story.created_by, lasts=lasts, pinned=pinned, **fields)
    return link, f"/xem-truoc/{previewing.token_of(link)}/"


def rewrite(story, headline):
    story.refresh_from_db()
    snapshot = builders.make_snapshot(headline=headline)
    return writing.save_text(story, snapshot, by=story.created_by, version=story.version)


def publish(story, by):
    Article.objects.filter(pk=story.pk).update(stage="approved")
    workflow.perform(story.pk, "publish", by=by, notice=Notice(kind="typo"))


def assert_tells_nothing(response):
    page = response.content.decode() + str(response.headers)
    assert SECRET.lower() not in page.lower()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert "ETag" not in response and "Surrogate-Key" not in response
