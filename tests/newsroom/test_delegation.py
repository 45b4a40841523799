"""A right has a from and an until, to the second; only a chief lends the right to withdraw, and only for a time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Role, RoleGrant
from articles.rights import grants_of
from newsroom.lib.audit.models import AuditEvent
from newsroom.staff import delegation
from newsroom.staff.access import Refused
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:delegations")
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time that everything reads."""

    def set_to(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


def withdraws(person, story):
    return "withdraw" in [verb.name for verb in workflow.possible(story, person)]


def lend(cast, start, end, section=None, to=None, by=None):
    return delegation.delegate(to or cast.pia, section, start, end, by=by or cast.cora)


@pytest.mark.parametrize("role", ["editor", "publisher", "chief", "administrator"])
def test_a_role_holds_from_its_first_to_its_last_second(db, now, clock, role):
    user = builders.make_user()
    RoleGrant.objects.create(user=user, role=role, valid_from=now, valid_until=now + HOUR)
    held = []
    for moment in (now - SECOND, now, now + HOUR - SECOND, now + HOUR):
        clock(moment)
        held.append(grants_of(user).has(Role(role)))
    assert held == [False, True, True, False]


def test_the_chief_lends_the_right_to_withdraw(cast, now, clock):
    story = builders.make_article()
    assert not withdraws(cast.pia, story)
    lend(cast, now + HOUR, now + 2 * HOUR)
    assert not withdraws(cast.pia, story)
    clock(now + HOUR)
    assert withdraws(cast.pia, story)
    step = workflow.perform(story.pk, "withdraw", by=cast.pia, note="Sai sự thật").step
    assert step.role == Role.WITHDRAWER
    clock(now + 2 * HOUR)
    story.refresh_from_db()
    with pytest.raises(workflow.Refused):
        workflow.perform(story.pk, "republish", by=cast.pia)


def test_the_right_is_that_of_a_section(cast, now):
    here, there = builders.make_section("Thời sự"), builders.make_section("Thể thao")
    lend(cast, now - SECOND, now + HOUR, section=here)
    assert withdraws(cast.pia, builders.make_article(section=here.pk))
    assert not withdraws(cast.pia, builders.make_article(section=there.pk))


def test_delegations_overlap_and_the_last_end_counts(cast, now, clock):
    lend(cast, now, now + 2 * HOUR)
    lend(cast, now + HOUR, now + 3 * HOUR)
    lend(cast, now, now + 2 * HOUR)
    story = builders.make_article()
    clock(now + 3 * HOUR - SECOND)
    assert withdraws(cast.pia, story)
    clock(now + 3 * HOUR)
    assert not withdraws(cast.pia, story)


@pytest.mark.parametrize("who", ["rita", "ed", "pia", "mo", "ada", "nobody"])
def test_nobody_but_a_chief_lends(client, cast, now, who):
    person = getattr(cast, who)
    call_command("sync_roles", verbosity=0)
    with pytest.raises(PermissionDenied):
        lend(cast, now, now + HOUR, to=cast.ed if who != "ed" else cast.pia, by=person)
    client.force_login(person)
    assert client.get(PAGE).status_code == 403 and client.post(PAGE, {}).status_code == 403
    grant = lend(cast, now, now + HOUR, to=cast.ed)
    assert client.post(reverse("admin:delegation_end", args=[grant.pk])).status_code == 403
    grant.refresh_from_db()
    assert grant.valid_until == now + HOUR


def test_who_was_lent_the_right_does_not_pass_it_on(client, cast, now):
    lend(cast, now - SECOND, now + HOUR)
    with pytest.raises(PermissionDenied):
        lend(cast, now, now + HOUR, to=cast.ed, by=cast.pia)
    client.force_login(cast.pia)
    assert client.get(PAGE).status_code == 403


def test_a_chief_of_a_section_lends_there_only(cast, now):
    here, there = builders.make_section("Thời sự"), builders.make_section("Thể thao")
    sub = builders.make_section("Đô thị", parent=here)
    head = builders.make_user("chief", section=here)
    lend(cast, now, now + HOUR, section=sub, by=head)
    for section in (there, None):
        with pytest.raises(PermissionDenied):
            lend(cast, now, now + HOUR, section=section, by=head)


def test_nobody_lends_for_longer_than_they_hold(cast, now):
    deputy = builders.make_user()
    RoleGrant.objects.create(user=deputy, role="chief", valid_until=now + HOUR)
    lend(cast, now, now + HOUR, by=deputy)
    with pytest.raises(Refused):
        lend(cast, now, now + HOUR + SECOND, by=deputy)


def test_times_and_people_that_cannot_be(cast, now):
    for start, end in ((now, now), (now + HOUR, now), (now - 2 * HOUR, now - HOUR), (now, now + timedelta(days=93))):
        with pytest.raises(Refused):
            lend(cast, start, end)
    for person in (cast.cora, cast.mo, cast.nobody):
        with pytest.raises(Refused):
            lend(cast, now, now + HOUR, to=person)
    assert not RoleGrant.objects.filter(role=Role.WITHDRAWER).exists()


def test_it_ends_early_and_one_to_come_never_begins(client, cast, now):
    running, coming = lend(cast, now - HOUR, now + HOUR), lend(cast, now + HOUR, now + 2 * HOUR, to=cast.ed)
    client.force_login(cast.cora)
    for grant in (running, coming):
        assert client.post(reverse("admin:delegation_end", args=[grant.pk])).status_code == 302
        grant.refresh_from_db()
        assert grant.valid_until <= timezone.now() and grant.valid_from <= grant.valid_until
    assert "withdrawer" not in {role for role, _s in grants_of(cast.pia).held}
    again = client.post(reverse("admin:delegation_end", args=[running.pk]), follow=True)
    assert "đã kết thúc" in again.content.decode()
    assert client.post(reverse("admin:delegation_end", args=[999_999])).status_code == 404
    assert client.get(reverse("admin:delegation_end", args=[running.pk])).status_code == 405


def test_the_page_lends_and_lists(client, cast, now):
    client.force_login(cast.cora)
    local = timezone.localtime(now)
    data = {"person": cast.pia.pk, "section": "", "note": "Trực đêm"}
    data |= {"start": f"{local:%Y-%m-%dT%H:%M}", "end": f"{local + 5 * HOUR:%Y-%m-%dT%H:%M}"}
    assert client.post(PAGE, data).status_code == 302
    grant = RoleGrant.objects.get(role=Role.WITHDRAWER)
    assert grant.granted_by == cast.cora and grant.note == "Trực đêm" and withdraws(cast.pia, builders.make_article())
    page = client.get(PAGE).content.decode()
    assert "pia" in page and "Trực đêm" in page and "Chấm dứt ngay" in page
    assert AuditEvent.objects.get(kind="delegation.given").actor == cast.cora
    for wrong in ({"end": data["start"]}, {"person": cast.nobody.pk}, {"person": "x"}, {"start": "32/13/2021"}):
        response = client.post(PAGE, data | wrong)
        assert response.status_code == 200 and "error" in response.content.decode()
    assert RoleGrant.objects.filter(role=Role.WITHDRAWER).count() == 1


def test_an_administrator_gives_roles_for_a_time_but_not_the_chiefs_right(client, cast, now):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.ada)
    person = reverse("admin:auth_user_change", args=[cast.nobody.pk])
    data = {"username": "nobody", "email": "nobody@example.org", "is_staff": "on"}
    data |= {"role_grants-TOTAL_FORMS": 1, "role_grants-INITIAL_FORMS": 0, "role_grants-0-user": cast.nobody.pk}
    local = timezone.localtime(now)
    times = {"role_grants-0-valid_until": f"{local + 24 * HOUR:%Y-%m-%dT%H:%M:%S}"}
    assert client.post(person, data | {"role_grants-0-role": "withdrawer"}).status_code == 200
    assert not cast.nobody.role_grants.exists()
    assert client.post(person, data | times | {"role_grants-0-role": "editor"}).status_code == 302
    grant = cast.nobody.role_grants.get()
    assert grant.granted_by == cast.ada and grant.valid_until == now + 24 * HOUR
    assert AuditEvent.objects.get(kind="role.given").object_id == str(cast.nobody.pk)
    lend(cast, now, now + HOUR)
    assert "withdrawer" not in client.get(reverse("admin:auth_user_change", args=[cast.pia.pk])).content.decode()


def test_pages_close_when_the_role_ends(client, cast, now):
    call_command("sync_roles", verbosity=0)
    deputy = builders.make_user()
    grant = RoleGrant.objects.create(user=deputy, role="administrator")
    call_command("sync_roles", verbosity=0)
    client.force_login(deputy)
    people = reverse("admin:auth_user_changelist")
    assert client.get(people).status_code == 200
    RoleGrant.objects.filter(pk=grant.pk).update(valid_until=timezone.now())
    assert client.get(people).status_code == 403
