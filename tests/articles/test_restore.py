"""An earlier version becomes the working text again, as a new version; nothing is lost and nobody overtaken."""

import pytest
from django.core.exceptions import PermissionDenied

from articles import workflow, writing
from articles.models import Article, ImageUse, PictureRef
from tests.articles.test_admin_compare import at, save
from tests.builders import make_article, make_draft, make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    article = make_draft(cast.rita, headline="Tít đầu tiên", image=make_image())
    save(article, cast.rita, headline="Tít thứ hai", picture=None)
    return article


def press(client, article, number, **data):
    return client.post(at("restore", article, number), data, follow=True)


def test_restoring_makes_a_new_version(cast, story):
    first = story.revisions.get(number=1)
    revision = writing.restore(story, first, by=cast.rita, version=story.version)
    assert revision.number == 3
    assert revision.snapshot == first.snapshot
    assert revision.author == cast.rita
    assert revision.label.endswith(" 1")  # restored from version 1
    story.refresh_from_db()
    assert story.working_revision == revision
    assert story.desk_headline == "Tít đầu tiên"
    assert ImageUse.objects.filter(revision=revision).count() == 1
    assert [each.snapshot.headline for each in story.revisions.all()] == [
        "Tít đầu tiên",
        "Tít thứ hai",
        "Tít đầu tiên",
    ]


def test_readers_notice_nothing(cast):
    article = make_article(by=cast.rita, headline="Tít đã đăng")
    workflow.perform(article.pk, "revise", by=cast.ed)
    save(article, cast.ed, headline="Tít đang sửa")
    writing.restore(article, article.revisions.get(number=1), by=cast.ed, version=article.version)
    article.refresh_from_db()
    assert article.headline == "Tít đã đăng"
    assert article.live_revision.number == 1
    assert article.working_revision.number == 3


def test_a_stale_page_restores_nothing(cast, story):
    stale = story.version
    save(story, cast.ed, lead="Sapo của biên tập")
    with pytest.raises(writing.Conflict, match="ed"):
        writing.restore(story, story.revisions.get(number=1), by=cast.rita, version=stale)
    assert story.revisions.count() == 3


def test_who_may_not_edit_may_not_restore(cast, story):
    workflow.perform(story.pk, "submit", by=cast.rita)
    story.refresh_from_db()
    with pytest.raises(PermissionDenied):
        writing.restore(story, story.revisions.get(number=1), by=cast.rita, version=story.version)


def test_a_version_of_another_story_is_refused(cast, story):
    other = make_draft(cast.rita)
    with pytest.raises(PermissionDenied):
        writing.restore(story, other.working_revision, by=cast.rita, version=story.version)


def test_nothing_pending_nothing_to_restore(client, cast):
    article = make_article(by=cast.rita)
    client.force_login(cast.cora)
    assert press(client, article, 1, version=article.version).status_code == 403
    assert article.revisions.count() == 1


def test_the_button_on_the_page_of_a_version(client, cast, story):
    client.force_login(cast.rita)
    for url in [at("revision", story, 1), at("compare", story, 1, 2)]:
        content = client.get(url).content.decode()
        assert at("restore", story, 1) in content
        assert f'name="version" value="{story.version}"' in content
        assert at("restore", story, 2) not in content  # it is the working text
    press(client, story, 1, version=story.version)
    assert Article.objects.get(pk=story.pk).desk_headline == "Tít đầu tiên"


@pytest.mark.parametrize("version", ["", "1", "-2", "²", "9" * 30])
def test_a_wrong_version_is_a_conflict_that_is_told(client, cast, story, version):
    client.force_login(cast.rita)
    response = press(client, story, 1, version=version)
    assert story.revisions.count() == 2
    assert "rita" in str(next(iter(response.context["messages"])))


def test_pressing_twice_restores_once(client, cast, story):
    client.force_login(cast.rita)
    version = story.version
    press(client, story, 1, version=version)
    press(client, story, 1, version=version)
    assert story.revisions.count() == 3


def test_a_picture_that_is_gone_does_not_stop_it(cast):
    article = make_draft(cast.rita, picture=PictureRef(999))
    save(article, cast.rita, picture=None)
    revision = writing.restore(article, article.revisions.get(number=1), by=cast.rita, version=article.version)
    assert revision.snapshot.picture == PictureRef(999)
