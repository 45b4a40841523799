"""The workflow table: who may move a story from where to where, and what that does."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from articles import rights, workflow, writing
from articles.models import Article, BylineRef, Publication, RoleGrant, Stage, Transition
from articles.notices import Notice
from articles.workflow import TRANSITIONS, NotReady, Refused, perform
from articles.writing import Conflict
from newsroom.lib.pagecache.models import Epoch
from tests.builders import (
    hours,
    make_article,
    make_author,
    make_draft,
    make_section,
    make_snapshot,
    make_user,
    withdraw,
)

pytestmark = pytest.mark.django_db
NOTE = "Bổ sung nguồn tin"


def put(article, **columns):
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()
    return article


def story_at(stage, readers, by):
    """A story of this author in this stage, of which readers have this."""
    if readers == "never":
        return put(make_draft(by), stage=stage)
    article = make_article(hours(5) if readers == "scheduled" else None, by=by)
    if readers == "withdrawn":
        withdraw(article)
    return put(article, stage=stage)


def states():
    for stage in Stage:
        for readers in ("never", "scheduled", "live", "withdrawn"):
            if stage is not Stage.DONE or readers != "never":
                yield stage, readers


@pytest.mark.parametrize(("stage", "readers"), list(states()))
def test_every_verb_for_every_role_in_every_state(cast, stage, readers):
    article = story_at(stage, readers, by=cast.rita)
    people = {"reporter": cast.rita, "editor": cast.ed, "publisher": cast.pia, "chief": cast.cora}
    people |= {"moderator": cast.mo, "administrator": cast.ada, None: cast.nobody}
    for role, person in people.items():
        offered = {verb.name for verb in workflow.possible(article, person)}
        for name, verb in TRANSITIONS.items():
            allowed = stage in verb.sources and readers in verb.readers and role in verb.roles_at(stage)
            allowed = allowed and not (verb.from_trash or verb.of_update or verb.of_held)
            assert (name in offered) is allowed, (role, name)
            if not allowed:
                with pytest.raises((Refused, Conflict)):
                    perform(article.pk, name, by=person, note=NOTE)
    unchanged = Article.objects.get(pk=article.pk)
    assert (unchanged.stage, unchanged.version) == (article.stage, article.version)


def test_a_story_goes_through_every_hand(cast):
    article = make_draft(cast.rita)
    steps = [
        ("submit", cast.rita),
        ("take", cast.ed),
        ("forward", cast.ed),
        ("approve", cast.pia),
        ("publish", cast.pia),
    ]
    for name, person in steps:
        perform(article.pk, name, by=person)
    article.refresh_from_db()
    assert article.stage == Stage.DONE
    assert article.is_public
    log = list(Transition.objects.order_by("pk").values_list("verb", "role", "from_stage", "to_stage"))
    assert log[0] == ("submit", "reporter", "draft", "submitted")
    assert log[-1] == ("publish", "publisher", "approved", "done")


def test_a_reporter_moves_only_own_stories(cast):
    article = make_draft(make_user("reporter"))
    assert workflow.possible(article, cast.rita) == []
    with pytest.raises(Refused):
        perform(article.pk, "submit", by=cast.rita)


def test_a_byline_makes_a_story_ones_own(cast):
    pen_name = make_author("Mai Rita", user=cast.rita)
    article = make_draft(make_user("reporter"), bylines=(BylineRef(pen_name.pk),))
    perform(article.pk, "submit", by=cast.rita)
    assert Article.objects.get(pk=article.pk).stage == Stage.SUBMITTED


def test_a_role_in_a_section_holds_for_its_sub_sections_and_nowhere_else(cast):
    city, sport = make_section("Đô thị"), make_section("Thể thao")
    traffic = make_section("Giao thông", parent=city)
    editor = make_user("editor", section=city)
    here = put(make_draft(cast.rita, section=traffic.pk), stage=Stage.SUBMITTED)
    there = put(make_draft(cast.rita, section=sport.pk), stage=Stage.SUBMITTED)
    assert [verb.name for verb in workflow.possible(here, editor)] == ["take", "return", "embargo", "hold"]
    assert workflow.possible(there, editor) == []


def test_being_a_superuser_publishes_nothing():
    boss = make_user(is_superuser=True)
    article = put(make_draft(), stage=Stage.APPROVED)
    with pytest.raises(Refused):
        perform(article.pk, "publish", by=boss)


def test_who_has_left_has_no_rights(cast):
    cast.ed.is_active = False
    cast.ed.save()
    assert rights.grants_of(cast.ed).held == frozenset()


def test_a_return_says_why(cast):
    article = put(make_draft(cast.rita), stage=Stage.EDITING)
    with pytest.raises(Refused):
        perform(article.pk, "return", by=cast.ed, note="  ")
    perform(article.pk, "return", by=cast.ed, note=NOTE)
    assert article.transitions.get().note == NOTE


def test_what_is_missing_is_named_with_its_field(cast):
    article = make_draft(cast.rita, headline="", section=None)
    with pytest.raises(NotReady) as refusal:
        perform(article.pk, "submit", by=cast.rita)
    assert [item.field for item in refusal.value.missing] == ["headline", "section"]
    assert Article.objects.get(pk=article.pk).stage == Stage.DRAFT


def test_whoever_changed_the_text_last_does_not_approve_it(cast):
    article = put(make_draft(cast.rita), stage=Stage.REVIEW)
    writing.save_text(article, make_snapshot(headline="Sửa lại"), by=cast.pia, version=article.version)
    with pytest.raises(Refused):
        perform(article.pk, "approve", by=cast.pia)
    perform(article.pk, "approve", by=cast.cora)


def test_a_one_person_newsroom_may_relax_four_eyes_and_it_is_logged(cast):
    Publication.objects.create(pk=1, name="Báo", four_eyes=False)
    RoleGrant.objects.create(user=cast.rita, role="publisher")
    article = put(make_draft(cast.rita), stage=Stage.REVIEW)
    perform(article.pk, "approve", by=cast.rita)
    assert article.transitions.get().exception == "four_eyes"


def test_a_stale_button_changes_nothing_and_names_who_was_faster(cast):
    article = put(make_draft(cast.rita), stage=Stage.SUBMITTED)
    seen = article.version
    perform(article.pk, "take", by=cast.ed, version=seen)
    with pytest.raises(Conflict, match="ed "):
        perform(article.pk, "return", by=cast.cora, note=NOTE, version=seen)


def test_a_future_time_schedules_and_unschedule_takes_it_back(cast):
    article = put(make_draft(cast.rita), stage=Stage.APPROVED)
    perform(article.pk, "publish", by=cast.pia, at=hours(3))
    article.refresh_from_db()
    assert (article.readers_state, article.is_public) == ("scheduled", False)
    perform(article.pk, "unschedule", by=cast.pia)
    article.refresh_from_db()
    assert (article.stage, article.published_at, article.was_published) == (Stage.APPROVED, None, False)
    perform(article.pk, "publish", by=cast.pia)
    assert Article.objects.get(pk=article.pk).is_public


def test_an_update_takes_no_time_and_never_moves_the_date(cast):
    article = make_article(hours(-48), by=cast.rita)
    before = article.published_at
    perform(article.pk, "revise", by=cast.ed)
    article.refresh_from_db()
    writing.save_text(article, make_snapshot(headline="Tít mới"), by=cast.ed, version=article.version)
    assert Article.objects.get(pk=article.pk).headline != "Tít mới", "readers keep the live text"
    perform(article.pk, "forward", by=cast.ed)
    perform(article.pk, "approve", by=cast.pia)
    with pytest.raises(Refused):
        perform(article.pk, "publish", by=cast.pia, at=timezone.now())
    perform(article.pk, "publish", by=cast.pia, notice=Notice(kind="update", line="Bổ sung số liệu."))
    article.refresh_from_db()
    assert (article.headline, article.published_at) == ("Tít mới", before)
    assert article.updated_at is not None


def test_discard_makes_the_live_text_the_working_text_again(cast):
    article = make_article(by=cast.rita)
    perform(article.pk, "revise", by=cast.ed)
    article.refresh_from_db()
    writing.save_text(article, make_snapshot(headline="Bỏ đi"), by=cast.ed, version=article.version)
    perform(article.pk, "discard", by=cast.ed)
    article.refresh_from_db()
    assert article.working_revision_id == article.live_revision_id
    assert (article.stage, article.desk_headline) == (Stage.DONE, article.headline)
    assert article.revisions.count() == 2, "the abandoned text stays in the history"


def test_withdrawing_changes_nothing_of_the_working_text(cast):
    article = make_article(by=cast.rita)
    perform(article.pk, "revise", by=cast.ed)
    perform(article.pk, "withdraw", by=cast.cora, note="Sai sự thật")
    article.refresh_from_db()
    assert (article.stage, article.readers_state) == (Stage.EDITING, "withdrawn")
    perform(article.pk, "republish", by=cast.cora)
    assert Article.objects.get(pk=article.pk).is_public


def test_the_trash_gives_a_story_back_in_the_same_stage(cast):
    article = put(make_draft(cast.rita), stage=Stage.RETURNED)
    perform(article.pk, "trash", by=cast.rita)
    article.refresh_from_db()
    assert [verb.name for verb in workflow.possible(article, cast.rita)] == ["restore"]
    perform(article.pk, "restore", by=cast.rita)
    article.refresh_from_db()
    assert (article.stage, article.trashed_at) == (Stage.RETURNED, None)


def test_publishing_reports_the_pages_that_are_stale_and_bumps_them(cast):
    parent = make_section("Đô thị")
    section = make_section("Giao thông", parent=parent)
    article = put(make_draft(cast.rita, section=section.pk), stage=Stage.APPROVED)
    outcome = perform(article.pk, "publish", by=cast.pia)
    article.refresh_from_db()
    expected = {
        f"a{article.pk}",
        "home",
        "archive",
        f"s{section.pk}",
        f"s{parent.pk}",
        f"d{article.published_on:%Y%m%d}",
    }
    assert expected <= outcome.keys
    assert set(Epoch.objects.filter(key__in=outcome.keys).values_list("key", flat=True)) == set(outcome.keys)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_have_one_winner():
    article = put(make_draft(), stage=Stage.APPROVED)
    publishers = [make_user("publisher") for _ in range(4)]
    results, start = [], threading.Barrier(len(publishers))

    def press(user):
        start.wait()
        try:
            perform(article.pk, "publish", by=user, version=article.version)
            results.append("won")
        except Conflict as told:
            results.append(str(told))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[user]) for user in publishers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("won") == 1, results
    assert article.transitions.filter(verb="publish").count() == 1
