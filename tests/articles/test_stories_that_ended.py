"""Stories whose time is over: gone from every page at once, out of lists and counts soon after, back when asked."""

import pytest
from django.core.management import call_command

from articles import placing, releasing
from articles.models import Article, DayCount, Placement, SearchDoc, Section
from articles.workflow import perform
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, withdraw

pytestmark = pytest.mark.django_db


def ended(**fields):
    """A story that readers had until an hour ago."""
    story = make_article(hours(-5), **fields)
    Article.objects.filter(pk=story.pk).update(visible_until=hours(-1))
    return stored(story)


def stored(story):
    return Article.objects.get(pk=story.pk)


def is_listed(story):
    """In sections, in the count of its day, in search."""
    counted = DayCount.objects.filter(section=None, count__gt=0).exists()
    found = {
        Placement.objects.filter(article=story).exists(),
        counted,
        SearchDoc.objects.filter(article_id=story.pk).exists(),
    }
    assert len(found) == 1, "all of them or none"
    return found.pop()


def test_the_clock_takes_it_out_of_the_lists(client):
    story = ended()
    assert is_listed(story) and client.get(story.get_absolute_url()).status_code == 410
    call_command("release_due", verbosity=0)
    assert not is_listed(story) and stored(story).is_over
    assert client.get(story.get_absolute_url()).status_code == 410
    assert releasing.clear() == 0


def test_one_that_has_not_ended_stays():
    story = make_article(hours(-5))
    Article.objects.filter(pk=story.pk).update(visible_until=hours(1))
    assert releasing.clear() == 0 and is_listed(story)
    assert releasing.clear(hours(2)) == 1 and not is_listed(story)


def test_its_pages_are_stale(cast):
    story = ended()
    before = dict(Epoch.objects.values_list("key", "version"))
    releasing.clear()
    after = dict(Epoch.objects.values_list("key", "version"))
    assert {key for key in after if after[key] != before.get(key)} >= {"home", f"a{story.pk}", f"s{story.section_id}"}


def test_very_many_are_taken_out_by_and_by():
    for _n in range(3):
        ended()
    assert [releasing.clear(most=2), releasing.clear(most=2), releasing.clear(most=2)] == [2, 1, 0]


@pytest.mark.parametrize("until", [None, 5], ids=["for good", "for five hours"])
def test_with_another_end_it_stands_where_it_stood(client, cast, until):
    story = ended()
    releasing.clear()
    perform(story.pk, "set_end", by=cast.cora, at=hours(until) if until else None)
    assert is_listed(story) and not stored(story).is_over
    assert client.get(story.get_absolute_url()).status_code == 200
    assert story.headline in client.get(story.section.get_absolute_url()).content.decode()


def test_nothing_else_brings_it_back(cast):
    """Neither a withdrawal that is undone, nor its section shown anew, nor the index made anew."""
    story = ended()
    releasing.clear()
    withdraw(story)
    perform(story.pk, "republish", by=cast.cora)
    section = Section.objects.get(pk=story.section_id)
    placing.place(stored(story))
    call_command("reindex", verbosity=0)
    assert not is_listed(story) and section.is_public
