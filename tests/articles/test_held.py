"""Held stories (bài gác): kept for later until a day, beside the stage that they return to."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles import workflow, writing
from articles.models import Article, Stage
from articles.notices import Notice
from articles.transitions import TRANSITIONS
from articles.workflow import Refused, perform
from articles.writing import Conflict
from newsroom.lib import dates
from tests.articles.story_form import LIST, page_of, shown, told
from tests.builders import hours, make_article, make_draft, make_section, make_snapshot, make_user

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")
PANEL = "Bài gác đến ngày"


def put(article, **columns):
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()
    return article


def in_days(n):
    return dates.today() + timedelta(days=n)


def at(day):
    """Some moment of the day in Hà Nội."""
    return datetime(day.year, day.month, day.day, 0, 0, tzinfo=dates.TZ)


def hold(article, by, day=None, note=""):
    perform(article.pk, "hold", by=by, at=at(day or in_days(7)), note=note)
    article.refresh_from_db()
    return article


# --- the two verbs


def test_a_held_story_returns_to_the_stage_it_had(cast):
    article = put(make_draft(cast.rita), stage=Stage.REVIEW)
    hold(article, cast.ed, in_days(7), "Đợi kết luận thanh tra")
    assert (article.stage, article.held_until, article.held_note) == (
        Stage.REVIEW,
        in_days(7),
        "Đợi kết luận thanh tra",
    )
    perform(article.pk, "unhold", by=cast.pia)
    article.refresh_from_db()
    assert (article.stage, article.held_until, article.held_note) == (Stage.REVIEW, None, "")
    steps = list(article.transitions.order_by("pk").values_list("verb", "actor__username", "from_stage", "to_stage"))
    assert steps == [("hold", "ed", "review", "review"), ("unhold", "pia", "review", "review")]


@pytest.mark.parametrize("day", [None, -1, -400])
def test_a_story_is_held_until_a_day_that_is_not_over(cast, day):
    article = make_draft(cast.rita)
    with pytest.raises(Refused):
        perform(article.pk, "hold", by=cast.ed, at=day and at(in_days(day)))
    assert Article.objects.get(pk=article.pk).held_until is None


def test_today_is_a_day_and_another_day_replaces_the_first(cast):
    article = hold(make_draft(cast.rita), cast.ed, in_days(0), "Chờ ảnh")
    assert article.is_hold_over
    hold(article, cast.pia, in_days(9))
    assert (article.held_until, article.held_note, article.is_hold_over) == (in_days(9), "", False)


def test_a_held_story_goes_no_further_and_what_readers_have_is_still_looked_after(cast):
    article = put(make_article(hours(-5), by=cast.rita), stage=Stage.APPROVED)
    before = {verb.name for verb in workflow.possible(article, cast.cora)}
    assert {"publish", "schedule_update", "return", "discard", "hold"} <= before
    hold(article, cast.cora)
    assert {verb.name for verb in workflow.possible(article, cast.cora)} == {
        *("hold", "unhold", "embargo", "hotfix", "set_end", "withdraw"),
    }
    for verb in ("publish", "return", "discard"):
        with pytest.raises(Conflict):
            perform(article.pk, verb, by=cast.cora, note="x", notice=Notice(kind="typo"))


def test_no_held_story_can_be_moved_to_another_stage():
    assert [verb.name for verb in TRANSITIONS.values() if verb.target and verb.of_held is not False] == []


def test_its_text_can_be_written_on(cast):
    article = hold(make_draft(cast.rita), cast.rita)
    assert writing.may_edit(cast.rita, article)
    writing.save_text(article, make_snapshot(headline="Viết tiếp"), by=cast.rita, version=article.version)
    assert (article.desk_headline, article.held_until) == ("Viết tiếp", in_days(7))


@pytest.mark.parametrize(
    ("stage", "allowed"),
    [(Stage.DRAFT, True), (Stage.RETURNED, True), (Stage.SUBMITTED, False), (Stage.APPROVED, False)],
)
def test_the_author_holds_what_is_still_in_the_authors_hands(cast, stage, allowed):
    article = put(make_draft(cast.rita), stage=stage)
    assert ("hold" in {verb.name for verb in workflow.possible(article, cast.rita)}) is allowed
    hold(article, cast.ed)
    assert ("unhold" in {verb.name for verb in workflow.possible(article, cast.rita)}) is allowed
    if not allowed:
        with pytest.raises(Refused):
            perform(article.pk, "unhold", by=cast.rita)


def test_another_reporter_and_another_sections_editor_do_not(cast):
    article = make_draft(cast.rita, section=make_section("Đô thị").pk)
    for person in (make_user("reporter"), make_user("editor", section=make_section("Thể thao")), cast.mo, cast.ada):
        with pytest.raises(Refused):
            perform(article.pk, "hold", by=person, at=at(in_days(3)))


# --- beside trash, embargo and updates


def test_the_trash_takes_the_mark_away(cast):
    article = hold(make_draft(cast.rita), cast.ed, note="Chờ")
    perform(article.pk, "trash", by=cast.pia)
    article.refresh_from_db()
    assert (article.held_until, article.held_note, article.trashed_at is None) == (None, "", False)
    with pytest.raises(Conflict):
        perform(article.pk, "hold", by=cast.pia, at=at(in_days(3)))
    perform(article.pk, "restore", by=cast.pia)
    assert "submit" in {verb.name for verb in workflow.possible(Article.objects.get(pk=article.pk), cast.rita)}


def test_an_update_that_has_its_time_is_not_held(cast):
    article = put(make_article(hours(-5), by=cast.rita), stage=Stage.APPROVED)
    put(article, due_at=hours(2), due_revision=article.working_revision, due_by=cast.pia)
    with pytest.raises(Conflict):
        perform(article.pk, "hold", by=cast.pia, at=at(in_days(3)))
    perform(article.pk, "unschedule_update", by=cast.pia)
    hold(article, cast.pia)
    with pytest.raises(Conflict):
        perform(article.pk, "schedule_update", by=cast.pia, at=hours(3), notice=Notice(kind="typo"))


def test_an_embargo_holds_beside_it(cast):
    article = hold(make_draft(cast.rita), cast.ed)
    perform(article.pk, "embargo", by=cast.ed, at=hours(200), note="Đến giờ công bố")
    article.refresh_from_db()
    assert (article.held_until, article.embargo_note) == (in_days(7), "Đến giờ công bố")


@pytest.mark.parametrize("columns", [{"trashed_at": hours(0)}, {"stage": Stage.DONE}])
def test_the_database_keeps_the_marks_apart(cast, columns):
    article = hold(make_draft(cast.rita), cast.ed)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(article, **columns)


# --- on the desk


def panels(client, person):
    client.force_login(person)
    return {str(panel.heading): list(map(str, panel.stories)) for panel in client.get(DESK).context["panels"]}


def test_it_waits_for_nobody_until_its_day_is_near(client, cast):
    for name, day in (("xa", 4), ("mai", 1), ("quá", 3)):
        hold(put(make_draft(cast.rita, headline=f"Bài {name}"), stage=Stage.REVIEW), cast.pia, in_days(day))
    Article.objects.filter(desk_headline="Bài quá").update(held_until=in_days(-2))
    for person in (cast.pia, cast.ed, cast.rita):
        shown_to = panels(client, person)
        assert shown_to[PANEL] == ["Bài quá", "Bài mai"]
        assert shown_to.get("Chờ duyệt", []) == []
    assert PANEL not in panels(client, make_user("reporter"))
    assert PANEL not in panels(client, make_user("editor", section=make_section("Thể thao")))
    client.force_login(cast.pia)
    page = client.get(LIST, {"whose": "held"})
    assert [str(article) for article in page.context["cl"].result_list] == ["Bài quá", "Bài mai", "Bài xa"]
    assert f"Bài gác đến {in_days(1):%d/%m/%Y}" in page.content.decode()


def test_a_returned_story_that_is_held_stays_among_ones_own(client, cast):
    hold(put(make_draft(cast.rita, headline="Bài trả"), stage=Stage.RETURNED), cast.rita, in_days(30))
    assert panels(client, cast.rita) == {"Bài của tôi đang làm": ["Bài trả"]}


def test_held_and_taken_up_again_by_buttons(client, cast):
    article = put(make_draft(cast.rita), stage=Stage.SUBMITTED)
    client.force_login(cast.ed)
    day = in_days(5)
    button = {"_verb": "hold", "hold_until": f"{day:%d/%m/%Y}", "hold_note": "Đợi số liệu"}
    assert f"Bài được gác đến {day:%d/%m/%Y}." in told(client.post(page_of(article), button, follow=True))
    page = client.get(page_of(article)).content.decode()
    assert f"Bài gác đến {day:%d/%m/%Y}." in page and "Đợi số liệu" in page
    assert 'value="take"' not in page and 'value="unhold"' in page
    answer = client.post(page_of(article), {"_verb": "unhold", "seen_version": ""}, follow=True)
    assert 'value="take"' in answer.content.decode()


def test_the_button_saves_the_text_first(client, cast):
    article = make_draft(cast.rita)
    client.force_login(cast.rita)
    form = shown(client, article, headline="Tít mới", _verb="hold", hold_until=f"{in_days(2):%d/%m/%Y}")
    client.post(page_of(article), form)
    article.refresh_from_db()
    assert (article.desk_headline, article.held_until) == ("Tít mới", in_days(2))


@pytest.mark.parametrize("typed", ["", "hôm nào", "32/01/2030", "14/01/2021", "01/01/0001", "31/12/9999x", "\x00"])
def test_a_day_that_is_none_is_told(client, cast, typed):
    article = put(make_draft(cast.rita), stage=Stage.SUBMITTED)
    client.force_login(cast.ed)
    answer = client.post(page_of(article), {"_verb": "hold", "hold_until": typed}, follow=True)
    assert answer.status_code == 200 and told(answer)
    assert Article.objects.get(pk=article.pk).held_until is None


def test_the_last_day_there_is(client, cast):
    article = put(make_draft(cast.rita), stage=Stage.SUBMITTED)
    client.force_login(cast.ed)
    client.post(page_of(article), {"_verb": "hold", "hold_until": "31/12/9999"})
    assert client.get(page_of(article)).status_code == 200
    assert Article.objects.get(pk=article.pk).held_until == date(9999, 12, 31)
