"""The history of a story: sittings in one line, milestones always seen, stages and publications told."""

import re

import pytest

from articles import workflow, writing
from articles.notices import Notice
from tests.articles.test_admin_compare import at, backdate, page, queries, save
from tests.builders import hours, make_article, make_draft

pytestmark = pytest.mark.django_db


def sittings(client, article):
    events = client.get(at("history", article)).context["events"]
    return [
        (event.newest.revision.number, [version.revision.number for version in event.older])
        for event in events
        if hasattr(event, "newest")
    ]


def test_saves_of_one_sitting_are_one_line(client, cast):
    article = make_draft(cast.rita)
    for n in range(4):
        save(article, cast.rita, lead=f"Sapo {n}")
    backdate(article, 60, 40, 30, 20, 1)
    client.force_login(cast.rita)
    assert sittings(client, article) == [(5, []), (4, [3, 2]), (1, [])]


def test_another_hand_begins_another_line(client, cast):
    article = make_draft(cast.rita)
    save(article, cast.ed, lead="Sapo của biên tập")
    save(article, cast.rita, lead="Sapo của phóng viên")
    client.force_login(cast.rita)
    assert [number for number, _older in sittings(client, article)] == [3, 2, 1]


def test_milestones_are_never_hidden(client, cast):
    article = make_draft(cast.rita)
    save(article, cast.rita, lead="Sapo 2")
    writing.name_revision(article.working_revision, "Bản gửi luật sư", by=cast.rita)
    save(article, cast.rita, lead="Sapo 3")
    save(article, cast.rita, lead="Sapo 4")
    client.force_login(cast.rita)
    assert sittings(client, article) == [(4, [3]), (2, [1])]
    assert "Bản gửi luật sư" in page(client, at("history", article))


def test_a_step_parts_two_sittings_and_names_the_version(client, cast):
    article = make_draft(cast.rita)
    workflow.perform(article.pk, "submit", by=cast.rita)
    save(article, cast.pia, lead="Sapo 2")
    client.force_login(cast.rita)
    events = client.get(at("history", article)).context["events"]
    second, step, first = events
    assert [each.verb for each in first.newest.steps] == ["submit"]
    assert (first.newest.stage, second.newest.stage) == ("draft", "submitted")
    assert step.transition.verb == "submit"


def test_publications_are_counted(client, cast):
    article = make_article(by=cast.rita)
    workflow.perform(article.pk, "revise", by=cast.pia)
    save(article, cast.pia, lead="Sapo sửa")
    workflow.perform(article.pk, "forward", by=cast.ed)
    workflow.perform(article.pk, "approve", by=cast.cora)
    workflow.perform(article.pk, "publish", by=cast.cora, notice=Notice("typo"))
    client.force_login(cast.rita)
    events = client.get(at("history", article)).context["events"]
    found = {event.newest.revision.number: event.newest for event in events if hasattr(event, "newest")}
    assert (found[1].publication, found[2].publication) == (1, 2)
    assert (found[1].is_live, found[2].is_live) == (False, True)


def test_a_version_that_is_to_appear_is_called_scheduled(client, cast):
    article = make_article(hours(5), by=cast.rita)
    client.force_login(cast.rita)
    events = client.get(at("history", article)).context["events"]
    (version,) = [event.newest for event in events if hasattr(event, "newest")]
    assert (version.is_due, version.is_live) == (True, False)


def test_a_long_history_asks_no_more(client, cast):
    article = make_draft(cast.rita)
    save(article, cast.ed, lead="Sapo")
    client.force_login(cast.rita)
    few = queries(client, at("history", article))
    for n in range(25):
        save(article, (cast.rita, cast.ed)[n % 2], lead=f"Sapo {n}")
    assert queries(client, at("history", article)) <= few


def test_two_saves_of_one_sitting_are_chosen_where_there_is_no_other(client, cast):
    """The button of a history that is one sitting must not answer that nothing is chosen."""
    article = make_draft(cast.rita)
    save(article, cast.rita, lead="Sapo thứ hai.")
    client.force_login(cast.rita)
    shown = page(client, at("history", article))
    assert re.findall(r'name="(tu|den)" value="(\d+)"[^>]*checked', shown) == [("den", "2"), ("tu", "1")]
    assert '<details class="version-older" open>' in shown
