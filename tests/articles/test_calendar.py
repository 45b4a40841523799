"""The calendar of stories: what stands on which day, and moving a story to another time."""

from datetime import datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow, writing
from articles.admin import calendar
from articles.models import Article, DayCount, Placement, RoleGrant, Stage
from articles.readiness import Refused
from newsroom.lib import dates
from tests.builders import hours, make_article, make_draft, make_section, make_snapshot, make_user, withdraw

pytestmark = pytest.mark.django_db
CALENDAR = reverse("admin:articles_article_calendar")


@pytest.fixture(autouse=True)
def roles(cast):
    call_command("sync_roles", verbosity=0)


def shown(client, **query):
    page = client.get(CALENDAR, query)
    assert page.status_code == 200
    return {str(day.day): [str(entry.article) for entry in day.entries] for day in page.context["days"]}


def day_of(moment):
    return dates.local(moment).date().isoformat()


def move(client, story, at, **more):
    fields = {"version": story.version, "at": f"{dates.local(at):%Y-%m-%dT%H:%M}", **more}
    return client.post(reverse("admin:articles_article_reschedule", args=[story.pk]), fields)


def test_stories_stand_on_their_day_in_ha_noi(client, cast):
    client.force_login(cast.ed)
    out, coming = make_article(headline="Đã lên"), make_article(hours(24 * 9), headline="Sắp lên")
    withdraw(make_article(headline="Đã gỡ"))
    make_draft(headline="Bản nháp")
    week = shown(client)
    assert len(week) == 7
    assert week[day_of(out.published_at)] == ["Đã lên"]
    day = day_of(coming.published_at)
    assert shown(client, ngay=day, xem="ngay") == {day: ["Sắp lên"]}


def test_of_stories_of_others_a_reporter_sees_what_readers_have(client, cast):
    out, own = make_article(headline="Tít đã đăng"), make_article(hours(1), by=cast.rita, headline="Bài của mình")
    make_article(hours(1), headline="Bài người khác hẹn giờ")
    workflow.perform(out.pk, "revise", by=cast.ed)
    out.refresh_from_db()
    writing.save_text(out, make_snapshot(headline="Tít viết lại"), by=cast.ed, version=out.version)
    client.force_login(cast.rita)
    page = client.get(CALENDAR, {"ngay": day_of(out.published_at)}).content.decode()
    page += client.get(CALENDAR, {"ngay": day_of(own.published_at)}).content.decode()
    assert f'<a href="{out.get_absolute_url()}">Tít đã đăng</a>' in page
    assert reverse("admin:articles_article_change", args=[own.pk]) in page
    hidden = ("Tít viết lại", "Bài người khác hẹn giờ", reverse("admin:articles_article_change", args=[out.pk]))
    assert [words for words in hidden if words in page] == []


def test_who_withdraws_everywhere_is_led_there_from_stories_of_other_sections(client):
    person = make_user("editor", section=make_section("Thể thao"))
    RoleGrant.objects.create(user=person, role="withdrawer")
    story = make_article(headline="Tít đã đăng")
    client.force_login(person)
    address = reverse("admin:articles_article_withdraw", args=[story.pk])
    assert address in client.get(CALENDAR, {"ngay": day_of(story.published_at)}).content.decode()
    form = {"reason": "other", "note": "Sai", "readers_get": "gone", "seen_version": story.version}
    assert client.get(address).status_code == 200
    assert client.post(address, {"withdraw": "", **form}).url == CALENDAR
    story.refresh_from_db()
    assert story.withdrawn_at
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "2026-02-31", "9998-12-31", "1900-01-01", "²-1-1", "0-0-0"])
def test_a_day_that_is_none_is_today(client, cast, day):
    client.force_login(cast.rita)
    assert dates.today().isoformat() in shown(client, ngay=day)


def test_a_publisher_moves_a_scheduled_story(client, cast):
    story = make_article(hours(3), headline="Bài hẹn")
    client.force_login(cast.pia)
    assert move(client, story, hours(50)).status_code == 302
    before, story = story, Article.objects.get(pk=story.pk)
    assert day_of(story.published_at) == day_of(hours(50)) == story.published_on.isoformat()
    assert (story.stage, story.slug) == (Stage.DONE, before.slug)
    assert {row.published_at for row in Placement.objects.all()} == {story.published_at}
    assert {row.day for row in DayCount.objects.filter(count__gt=0)} == {story.published_on}
    assert story.transitions.first().verb == "reschedule"
    assert Article.objects.published().count() == 0


def test_nobody_else_moves_it_nor_to_the_past_nor_a_story_that_is_out(client, cast):
    story = make_article(hours(3))
    for person, at in ((cast.ed, hours(5)), (cast.pia, hours(-5))):
        client.force_login(person)
        assert move(client, story, at).status_code == 400
    assert move(client, make_article(), hours(5)).status_code in (400, 409)
    assert move(client, story, hours(5), version=99).status_code == 400
    assert Article.objects.get(pk=story.pk).published_at == story.published_at
    for person in (cast.mo, cast.rita):
        client.force_login(person)
        assert move(client, story, hours(5)).status_code == 403


def test_no_time_before_the_embargo_ends(cast):
    story = make_article(hours(30))
    Article.objects.filter(pk=story.pk).update(embargo_until=hours(20))
    with pytest.raises(Refused):
        workflow.perform(story.pk, "reschedule", by=cast.pia, at=hours(10))
    workflow.perform(story.pk, "reschedule", by=cast.pia, at=hours(21))


def test_an_update_that_waits_is_moved_with_its_notice(client, cast):
    story = make_article(hours(-5))
    notice = {"kind": "update", "line": "Thêm số liệu"}
    due = {"due_at": hours(2), "due_revision": story.live_revision, "due_by": cast.cora, "due_notice": notice}
    Article.objects.filter(pk=story.pk).update(stage=Stage.APPROVED, **due)
    client.force_login(cast.pia)
    assert move(client, story, hours(30)).status_code == 302
    story.refresh_from_db()
    assert (day_of(story.due_at), story.due_by, story.due_notice) == (day_of(hours(30)), cast.pia, notice)


def test_the_page_asks_as_often_for_ten_stories_as_for_one(client, cast):
    client.force_login(cast.pia)
    make_article(hours(1))
    client.get(CALENDAR)  # what is remembered between pages
    counts = []
    for number in (0, 9):
        for _each in range(number):
            make_article(hours(1))
        with CaptureQueriesContext(connection) as captured:
            client.get(CALENDAR)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_only_writers_see_the_calendar(client, cast):
    for person in (cast.mo, cast.ada, cast.nobody):
        client.force_login(person)
        assert client.get(CALENDAR).status_code == 403


def test_a_week_shows_the_last_of_a_busy_day_and_all_that_is_to_come(client, cast, monkeypatch):
    monkeypatch.setattr(calendar, "MOST_OUT", 2)
    day = timezone.make_aware(datetime.combine(dates.today() - timedelta(days=7), time(12)))
    for hour in range(4):
        make_article(day + timedelta(hours=hour), headline=f"Bài {hour}")
    for hour in range(3):
        make_article(hours(24 * 9) + timedelta(minutes=hour), headline=f"Sắp lên {hour}")
    client.force_login(cast.ed)
    past, to_come = day_of(day), day_of(hours(24 * 9))
    assert shown(client, ngay=past)[past] == ["Bài 2", "Bài 3"]
    assert "2 bài trước đó trong ngày" in client.get(CALENDAR, {"ngay": past}).content.decode()
    assert shown(client, ngay=past, xem="ngay")[past] == [f"Bài {hour}" for hour in range(4)]
    assert len(shown(client, ngay=to_come)[to_come]) == 3
