"""Old versions are cleared away, and never one that is anybody's."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import retention, workflow, writing
from articles.models import Article, ImageUse, Revision
from newsroom.lib import dates
from tests.articles.test_admin_compare import save
from tests.builders import hours, make_article, make_draft, make_image

pytestmark = pytest.mark.django_db


def noon(days):
    """Noon in Hà Nội, so many days ago."""
    return dates.local(timezone.now()).replace(hour=12, minute=0, second=0) - timedelta(days=days)


def make_old(article, days=100):
    """Every version of the story was saved on one day long ago, a minute after the other."""
    for revision in article.revisions.all():
        moment = noon(days) + timedelta(minutes=revision.number)
        Revision.objects.filter(pk=revision.pk).update(created_at=moment)


def prune(days=30, **options):
    call_command("prune_revisions", older_than=days, verbosity=0, **options)


def numbers(article):
    return sorted(article.revisions.values_list("number", flat=True))


@pytest.fixture
def story(cast):
    """Five versions of one day; the fifth is the working text and the newest."""
    article = make_draft(cast.rita)
    for n in range(4):
        save(article, cast.rita, lead=f"Sapo {n}")
    make_old(article)
    return article


def test_working_versions_go_the_first_and_the_newest_of_the_day_stay(story):
    prune()
    assert numbers(story) == [1, 5]


def test_young_versions_stay(story):
    prune(days=101)
    assert numbers(story) == [1, 2, 3, 4, 5]


def test_the_newest_of_each_day_stays_by_the_clock_of_ha_noi(story):
    evening = noon(100).replace(hour=23, minute=50)
    for number, moment in [(1, evening), (2, evening + timedelta(minutes=5)), (3, evening + timedelta(minutes=15))]:
        story.revisions.filter(number=number).update(created_at=moment)
    story.revisions.filter(number=4).update(created_at=evening + timedelta(minutes=20))
    story.revisions.filter(number=5).update(created_at=timezone.now())
    prune()
    assert numbers(story) == [1, 2, 4, 5]


def test_a_named_version_stays(cast, story):
    writing.name_revision(story.revisions.get(number=2), "Bản gửi luật sư", by=cast.rita)
    prune()
    assert numbers(story) == [1, 2, 5]


@pytest.mark.parametrize("column", ["live_revision", "working_revision", "due_revision"])
def test_what_the_story_points_at_stays(story, column):
    also = {"due_at": hours(1)} if column == "due_revision" else {}
    Article.objects.filter(pk=story.pk).update(**{column: story.revisions.get(number=2)}, **also)
    prune()
    assert 2 in numbers(story)


def test_what_was_once_published_stays(cast):
    article = make_article(by=cast.rita)
    workflow.perform(article.pk, "revise", by=cast.ed)
    save(article, cast.ed, lead="Sapo 2")
    save(article, cast.ed, lead="Sapo 3")
    Article.objects.filter(pk=article.pk).update(live_revision=article.revisions.get(number=3))
    make_old(article)
    prune()
    assert numbers(article) == [1, 3]


def test_what_was_sent_or_approved_stays(cast, story):
    Article.objects.filter(pk=story.pk).update(working_revision=story.revisions.get(number=3))
    workflow.perform(story.pk, "submit", by=cast.rita)
    Article.objects.filter(pk=story.pk).update(working_revision=story.revisions.get(number=5))
    prune()
    assert numbers(story) == [1, 3, 5]


def test_whatever_points_at_a_revision_protects_it():
    holders = {(each.related_model._meta.label, each.field.name) for each in retention.referrers()}
    assert {
        ("articles.Article", "live_revision"),
        ("articles.Article", "working_revision"),
        ("articles.Article", "due_revision"),
        ("articles.Transition", "revision"),
        ("articles.SignOff", "revision"),
        ("articles.PreviewLink", "revision"),
    } <= holders
    with connection.cursor() as cursor:
        in_database = {
            (table, constraint["columns"][0])
            for table in connection.introspection.table_names(cursor)
            for constraint in connection.introspection.get_constraints(cursor, table).values()
            if constraint["foreign_key"] and constraint["foreign_key"][0] == Revision._meta.db_table
        }
    known = {(each.related_model._meta.db_table, each.field.column) for each in retention.referrers()}
    assert in_database - known == {(ImageUse._meta.db_table, "revision_id")}


def test_uses_of_pictures_go_with_their_version(cast):
    article = make_draft(cast.rita, image=make_image())
    save(article, cast.rita, lead="Sapo 2")
    save(article, cast.rita, lead="Sapo 3")
    make_old(article)
    prune()
    assert numbers(article) == [1, 3]
    assert ImageUse.objects.filter(revision__article=article).count() == 2


def test_other_stories_of_the_day_do_not_count(cast, story):
    other = make_draft(cast.rita)
    make_old(other)
    prune()
    assert numbers(other) == [1]


def test_a_dry_run_tells_and_deletes_nothing(story, capsys):
    call_command("prune_revisions", older_than=30, dry_run=True)
    assert "3" in capsys.readouterr().out
    assert numbers(story) == [1, 2, 3, 4, 5]


def test_twice_is_as_good_as_once(story, capsys):
    prune()
    prune()
    assert capsys.readouterr().out.splitlines()[-1].startswith("0")
    assert numbers(story) == [1, 5]


def test_lots_are_deleted_one_after_the_other(story, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    seen = []
    assert retention.prune(noon(30), seen.append) == 3
    assert seen == [2, 1]


@pytest.mark.parametrize("days", [0, -1, 10**6])
def test_senseless_ages_are_refused(days):
    with pytest.raises(CommandError):
        prune(days=days)
