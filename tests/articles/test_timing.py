"""Scheduled updates, ends and embargo: what may be set, and what happens when the time has come."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import placing, releasing, workflow, writing
from articles.models import Article, Clock, Stage, Transition
from articles.models.timing import PAUSES
from articles.notices import Notice
from articles.workflow import NotReady, Refused, perform
from articles.writing import Conflict
from newsroom.lib import dates
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_draft, make_section, make_snapshot, make_user, withdraw

pytestmark = pytest.mark.django_db
UPDATE = Notice(kind="update", line="Thêm ý kiến của người dân")


def stored(article):
    return Article.objects.get(pk=article.pk)


def with_update(cast, at=None, **fields):
    """A live story whose approved update waits for its time."""
    article = make_article(hours(-5), by=cast.rita)
    perform(article.pk, "revise", by=cast.ed)
    article.refresh_from_db()
    writing.save_text(article, make_snapshot(**fields), by=cast.ed, version=article.version)
    perform(article.pk, "forward", by=cast.ed)
    perform(article.pk, "approve", by=cast.pia)
    perform(article.pk, "schedule_update", by=cast.pia, at=at or hours(2), notice=UPDATE)
    return stored(article)


# --- updates ----------------------------------------------------------------------------------------------------


def test_a_scheduled_update_changes_nothing_for_readers_until_its_time(cast):
    article = with_update(cast, headline="Tít cập nhật")
    assert (article.stage, article.due_revision, article.due_by) == (
        Stage.APPROVED,
        article.working_revision,
        cast.pia,
    )
    assert releasing.release_all() == ([], [])
    assert stored(article).headline != "Tít cập nhật"
    released, failures = releasing.release_all(hours(2.01))
    after = stored(article)
    assert (len(released), failures, after.headline, after.stage) == (1, [], "Tít cập nhật", Stage.DONE)
    assert (after.published_at, after.due_at, after.due_revision) == (article.published_at, None, None)
    step = after.transitions.first()
    assert (step.verb, step.actor, step.role, step.revision) == ("release", cast.pia, "publisher", after.live_revision)
    told = after.public_versions.order_by("-number").first()
    assert (told.kind, told.line, told.by) == ("update", UPDATE.line, cast.pia)
    assert releasing.release_all(hours(3)) == ([], [])


def test_an_update_needs_a_time_to_come_and_what_readers_are_told(cast):
    article = with_update(cast)
    for at in (None, timezone.now() - timedelta(seconds=1)):
        with pytest.raises(Refused):
            perform(article.pk, "schedule_update", by=cast.pia, at=at, notice=UPDATE)
    with pytest.raises(NotReady):
        perform(article.pk, "schedule_update", by=cast.pia, at=hours(3))
    perform(article.pk, "schedule_update", by=cast.cora, at=hours(3), notice=UPDATE)
    assert (stored(article).due_by, stored(article).due_at > hours(2.9)) == (cast.cora, True)


@pytest.mark.parametrize(
    ("verb", "person"), [("unschedule_update", "pia"), ("return", "ed"), ("discard", "ed"), ("withdraw", "cora")]
)
def test_what_takes_the_update_back_takes_its_time_back(cast, verb, person):
    article = with_update(cast)
    perform(article.pk, verb, by=getattr(cast, person), note="Chờ thêm nguồn tin")
    after = stored(article)
    assert (after.due_at, after.due_revision, after.due_notice) == (None, None, {})
    assert releasing.release_all(hours(3)) == ([], [])
    assert stored(article).headline == article.headline


def test_a_text_mended_while_it_waits_keeps_its_time(cast):
    article = with_update(cast)
    writing.save_text(article, make_snapshot(headline="Sửa lỗi gõ"), by=cast.cora, version=article.version)
    after = stored(article)
    assert (after.due_at, after.due_revision) == (article.due_at, after.working_revision)
    releasing.release_all(hours(2.01))
    assert stored(article).headline == "Sửa lỗi gõ"


def test_publishing_now_needs_no_waiting_any_more(cast):
    article = with_update(cast, headline="Đăng luôn")
    perform(article.pk, "publish", by=cast.pia, notice=UPDATE)
    assert (stored(article).headline, stored(article).due_at) == ("Đăng luôn", None)


# --- failures ---------------------------------------------------------------------------------------------------


def test_a_failure_is_kept_tried_again_with_pauses_and_stops_no_other(cast, monkeypatch):
    broken, sound = with_update(cast), with_update(cast, headline="Không sao")
    place = placing.place

    def fail_for_one(article, *args):
        if article.pk == broken.pk:
            raise RuntimeError("đĩa đầy")
        return place(article, *args)

    monkeypatch.setattr(placing, "place", fail_for_one)
    now = hours(2.01)
    released, failures = releasing.release_all(now)
    assert [step.article_id for step in released] == [sound.pk]
    assert [(failure.error, failure.is_first) for failure in failures] == [("đĩa đầy", True)]
    after = stored(broken)
    assert (after.headline, after.stage, after.due_tries, after.due_error) == (
        broken.headline,
        Stage.APPROVED,
        1,
        "đĩa đầy",
    )
    assert broken in releasing.late_or_failed(now)
    for n, pause in enumerate(PAUSES, start=1):
        assert releasing.due(now + pause - timedelta(seconds=1)) == [], "not before the pause is over"
        now += pause
        assert [failure.is_first for failure in releasing.release_all(now)[1]] == [False]
        assert stored(broken).due_tries == n + 1
    assert releasing.due(now + timedelta(days=9)) == [], "given up: a person decides"
    assert broken in releasing.late_or_failed(now)
    monkeypatch.setattr(placing, "place", place)
    perform(broken.pk, "schedule_update", by=cast.pia, at=hours(9), notice=UPDATE)
    assert (stored(broken).due_tries, stored(broken).due_error) == (0, "")


def test_what_is_late_is_shown(cast):
    article = with_update(cast)
    assert list(releasing.late_or_failed(hours(2.02))) == []
    assert list(releasing.late_or_failed(hours(2.05))) == [article]


def test_failed_and_late_updates_are_told_once_by_mail(cast, settings, monkeypatch):
    settings.ADMINS = [("Vận hành", "ops@example.org")]
    article = with_update(cast, headline="Tít chờ đăng")
    Article.objects.filter(pk=article.pk).update(due_at=timezone.now() - timedelta(minutes=9))
    with monkeypatch.context() as patch:
        patch.setattr(placing, "place", lambda *_args: 1 / 0)
        with pytest.raises(CommandError):
            call_command("release_due", verbosity=0)
        Article.objects.filter(pk=article.pk).update(due_failed_at=timezone.now() - timedelta(hours=1))
        with pytest.raises(CommandError):
            call_command("release_due", verbosity=0)
    told = [letter.to[0] for letter in mail.outbox]
    assert {"cora@example.org", "ops@example.org", "pia@example.org"} <= set(told)
    assert (len(told), cast.rita.email in told, cast.ed.email in told) == (len(set(told)), False, False)
    assert "Tít chờ đăng" in mail.outbox[0].subject
    Article.objects.filter(pk=article.pk).update(due_failed_at=timezone.now() - timedelta(hours=1))
    call_command("release_due", verbosity=0)
    assert len(mail.outbox) == 2 * len(told), "that it came late is told too"
    assert stored(article).headline == "Tít chờ đăng"


def test_a_broken_mail_server_stops_no_update(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    article = with_update(cast, headline="Vẫn đăng")
    Article.objects.filter(pk=article.pk).update(due_at=timezone.now() - timedelta(minutes=9))
    call_command("release_due", verbosity=0)
    assert stored(article).headline == "Vẫn đăng"


def test_a_dry_run_says_what_is_ahead_and_does_nothing(cast, capsys):
    update, first = with_update(cast), make_article(hours(3), by=cast.rita)
    ends = make_article(by=cast.rita)
    perform(ends.pk, "set_end", by=cast.pia, at=hours(4))
    make_article(hours(30), by=cast.rita)
    call_command("release_due", "--dry-run")
    lines = capsys.readouterr().out.splitlines()
    assert [f"#{article.pk} " in line for article, line in zip((update, first, ends), lines, strict=True)] == [
        True
    ] * 3
    assert stored(update).due_at is not None
    assert not Clock.objects.exists()


# --- pages ------------------------------------------------------------------------------------------------------


def test_what_begins_or_ends_is_announced_exactly_once(cast):
    begins, ends = make_article(hours(1), by=cast.rita), make_article(by=cast.rita)
    perform(ends.pk, "set_end", by=cast.pia, at=hours(2))
    gone = make_article(hours(1), by=cast.rita)
    withdraw(gone)
    assert releasing.announce() == []
    before = dict(Epoch.objects.values_list("key", "version"))
    assert releasing.announce(hours(1.5)) == [begins]
    assert releasing.announce(hours(1.5)) == []
    assert releasing.announce(hours(1.2)) == [], "a clock that goes back announces nothing twice"
    assert releasing.announce(hours(2.5)) == [ends]
    after = dict(Epoch.objects.values_list("key", "version"))
    assert after[f"a{begins.pk}"] == before[f"a{begins.pk}"] + 1
    assert after[f"a{ends.pk}"] == before[f"a{ends.pk}"] + 1


# --- first publication, end, embargo ----------------------------------------------------------------------------


def test_a_schedule_across_midnight_stands_under_the_day_of_hanoi(cast):
    midnight = dates.day_bounds(dates.today() + timedelta(days=1))[0]
    for at in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(minutes=5)):
        article = make_article(at, by=cast.rita)
        assert article.published_on == dates.today() + timedelta(days=int(at >= midnight))
        assert not article.is_public_at(at - timedelta(microseconds=1))
        assert article.is_public_at(at)


def test_an_end_is_in_the_future_and_after_the_beginning_and_may_be_lifted(cast):
    article = make_article(hours(5), by=cast.rita)
    for at in (hours(-1), hours(4), article.published_at):
        with pytest.raises(Refused):
            perform(article.pk, "set_end", by=cast.pia, at=at)
    perform(article.pk, "set_end", by=cast.pia, at=hours(6))
    ends = stored(article)
    assert not ends.is_public_at(ends.visible_until)
    assert ends.is_public_at(ends.visible_until - timedelta(microseconds=1))
    perform(article.pk, "set_end", by=cast.pia)
    assert stored(article).visible_until is None


def test_an_ended_story_comes_back_with_another_end(cast):
    article = make_article(hours(-5), by=cast.rita)
    Article.objects.filter(pk=article.pk).update(visible_until=hours(-1))
    perform(article.pk, "set_end", by=cast.pia, at=hours(1))
    assert stored(article).is_public


def test_a_story_cannot_be_scheduled_behind_its_own_end(cast):
    article = make_article(hours(1), by=cast.rita)
    perform(article.pk, "set_end", by=cast.pia, at=hours(2))
    perform(article.pk, "unschedule", by=cast.pia)
    with pytest.raises(Refused):
        perform(article.pk, "publish", by=cast.pia, at=hours(3))
    assert stored(article).stage == Stage.APPROVED


def embargoed(cast):
    article = make_draft(cast.rita)
    Article.objects.filter(pk=article.pk).update(stage=Stage.APPROVED)
    perform(article.pk, "embargo", by=cast.ed, at=hours(3), note="Họp báo lúc 15 giờ")
    return stored(article)


def test_an_embargo_forbids_publishing_and_scheduling_before_its_end(cast):
    article = embargoed(cast)
    assert article.embargo_note == "Họp báo lúc 15 giờ"
    for at in (None, hours(2), hours(-2)):
        with pytest.raises(NotReady) as refusal:
            perform(article.pk, "publish", by=cast.pia, at=at)
        assert [item.field for item in refusal.value.missing] == ["embargo"]
    perform(article.pk, "publish", by=cast.pia, at=hours(4))
    assert stored(article).readers_state == "scheduled"


def test_an_embargo_can_be_lifted_and_readers_never_see_it(cast, client):
    article = embargoed(cast)
    perform(article.pk, "embargo", by=cast.ed)
    perform(article.pk, "publish", by=cast.pia)
    assert stored(article).embargo_until is None
    Article.objects.filter(pk=article.pk).update(embargo_note="Nội bộ")
    assert "Nội bộ" not in client.get(stored(article).get_absolute_url()).content.decode()


def test_an_embargo_does_not_overtake_a_schedule(cast):
    article = with_update(cast, at=hours(2))
    with pytest.raises(Refused):
        perform(article.pk, "embargo", by=cast.ed, at=hours(3))
    perform(article.pk, "unschedule_update", by=cast.pia)
    perform(article.pk, "embargo", by=cast.ed, at=hours(3))
    with pytest.raises(NotReady):
        perform(article.pk, "schedule_update", by=cast.pia, at=hours(2), notice=UPDATE)


def test_a_reporter_sets_no_times(cast):
    article = make_article(by=cast.rita)
    names = {verb.name for verb in workflow.possible(article, cast.rita)}
    assert not names & {"set_end", "embargo", "schedule_update", "hotfix"}
    with pytest.raises((Refused, Conflict)):
        perform(article.pk, "set_end", by=cast.rita, at=hours(1))


def test_only_the_section_of_the_story_counts(cast):
    elsewhere = make_user("publisher", section=make_section("Thể thao"))
    article = make_article(by=cast.rita)
    with pytest.raises(Refused):
        perform(article.pk, "set_end", by=elsewhere, at=hours(1))
    assert not Transition.objects.filter(verb="set_end").exists()
