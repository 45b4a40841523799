"""Whoever leaves is out at once, on every device; bylines and logs keep the name; an invitation leads back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import RoleGrant
from articles.rights import grants_of
from newsroom.lib.audit.models import AuditEvent
from newsroom.staff import access, links, second_factor
from newsroom.staff.models import StaffSession
from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast, client):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.ada)
    return cast.ada


def page(person):
    return reverse("admin:auth_user_access", args=[person.pk])


def press(client, person, deed="end"):
    return client.post(page(person), {"deed": deed}, follow=True)


def enter(name="rita"):
    browser = Client()
    browser.post(reverse("admin:login"), {"username": name, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get(reverse("admin:index")).status_code == 200


def test_every_door_closes_at_once(client, cast, ada):
    phone, desk = enter(), enter()
    assert is_in(phone) and is_in(desk)
    byline = builders.make_author("Rita Trần", user=cast.rita)
    story = builders.make_draft(by=cast.rita)
    soon = timezone.now() + timedelta(days=1)
    RoleGrant.objects.create(user=cast.rita, role="editor", valid_from=soon)
    second_factor.enrol(cast.rita)
    reset = links.passwords.make(cast.rita)
    question = client.get(page(cast.rita)).content.decode()
    assert "Kết thúc ngay" in question and cast.rita.is_active

    told = press(client, cast.rita).content.decode()
    assert "không còn quyền truy cập" in told
    cast.rita.refresh_from_db()
    assert not cast.rita.is_active and not cast.rita.has_usable_password()
    assert not is_in(phone) and not is_in(desk) and not is_in(enter())
    assert not StaffSession.objects.filter(user=cast.rita).exists()
    assert not TOTPDevice.objects.filter(user=cast.rita).exists()
    assert not RoleGrant.objects.not_over().filter(user=cast.rita).exists()
    assert RoleGrant.objects.filter(user=cast.rita).count() == 2, "what was held stays readable"
    assert not cast.rita.groups.exists()
    assert "không còn dùng được" in Client().get(reset.removeprefix("http://127.0.0.1:8000")).content.decode()
    byline.refresh_from_db()
    story.refresh_from_db()
    assert byline.user == cast.rita and byline.is_active and story.created_by == cast.rita
    assert AuditEvent.objects.get(kind="access.ended").detail["roles"]


def test_a_second_time_says_so(client, cast, ada):
    press(client, cast.rita)
    assert "đã kết thúc" in press(client, cast.rita).content.decode()
    assert AuditEvent.objects.filter(kind="access.ended").count() == 1


def test_the_way_back_is_an_invitation_without_roles(client, cast, ada):
    press(client, cast.rita)
    told = press(client, cast.rita, "send").content.decode()
    assert "rita@example.org" in told
    cast.rita.refresh_from_db()
    assert cast.rita.is_active and not grants_of(cast.rita).held
    link = re.search(r"https?://[^/]+(/admin/loi-moi/\S+)", mail.outbox[0].body)[1]
    browser = Client()
    where = browser.get(link, follow=True).redirect_chain[-1][0]
    new = "quay lại tòa soạn 2026"
    assert browser.post(where, {"new_password1": new, "new_password2": new}).status_code == 302
    browser.post(reverse("admin:login"), {"username": "rita", "password": new})
    assert is_in(browser)
    assert AuditEvent.objects.filter(kind="access.reopened").exists()


def test_nobody_ends_the_own_access_or_that_of_a_superuser(client, cast, ada):
    root = builders.make_user(name="root", is_superuser=True)
    for person in (ada, root):
        for deed in ("end", "send", "withdraw", "sign_out", "second_factor"):
            assert press(client, person, deed).status_code == 403
        assert client.get(page(person)).status_code == 403
        person.refresh_from_db()
        assert person.is_active and person.has_usable_password()


@pytest.mark.parametrize("who", ["rita", "ed", "pia", "cora", "mo", "nobody"])
def test_only_administrators_end_access(client, cast, ada, who):
    person = getattr(cast, who)
    target = cast.ed if who != "ed" else cast.rita
    client.force_login(person)
    assert press(client, target).status_code == 403 and client.get(page(target)).status_code == 403
    with pytest.raises(PermissionDenied):
        access.end_access(target, by=person)
    target.refresh_from_db()
    assert target.is_active


def test_the_form_of_a_person_neither_ends_nor_opens_access(client, cast, ada):
    form = {"username": "rita", "email": "rita@example.org", "is_staff": "on"}
    form |= {"role_grants-TOTAL_FORMS": 0, "role_grants-INITIAL_FORMS": 0}
    client.post(reverse("admin:auth_user_change", args=[cast.rita.pk]), form)
    cast.rita.refresh_from_db()
    assert cast.rita.is_active
    press(client, cast.rita)
    client.post(reverse("admin:auth_user_change", args=[cast.rita.pk]), form | {"is_active": "on"})
    cast.rita.refresh_from_db()
    assert not cast.rita.is_active


def test_a_second_factor_is_taken_away_and_set_up_anew_by_mail(client, cast, ada, settings):
    second_factor.enrol(cast.rita)
    assert "Đã gỡ" in press(client, cast.rita, "second_factor").content.decode()
    assert not second_factor.has_one(cast.rita) and not mail.outbox
    assert "chưa có" in press(client, cast.rita, "second_factor").content.decode()

    second_factor.enrol(cast.rita)
    second_factor.enrol(ada)
    settings.SECOND_FACTOR = True
    client.force_login(ada)
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=ada).persistent_id
    session.save()
    press(client, cast.rita, "second_factor")
    link = re.search(r"https?://[^/]+(/admin/bao-mat-hai-lop/\S+)", mail.outbox[0].body)[1]
    browser = Client()
    assert "không đúng" in browser.post(link, {"password": "sai mật khẩu"}).content.decode()
    assert not second_factor.has_one(cast.rita)
    page = browser.post(link, {"password": PASSWORD}).content.decode()
    assert "otpauth://" in page and second_factor.has_one(cast.rita)
    assert "không còn dùng được" in browser.get(link).content.decode()


def test_signed_out_everywhere_by_an_administrator(client, cast, ada):
    phone = enter()
    assert is_in(phone)
    press(client, cast.rita, "sign_out")
    assert not is_in(phone) and is_in(enter()), "the account itself stays open"


def test_it_happens_whole_or_not_at_all(client, cast, ada, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr(access, "end_roles", fails)
    with pytest.raises(RuntimeError):
        access.end_access(cast.rita, by=ada)
    cast.rita.refresh_from_db()
    assert cast.rita.is_active and cast.rita.has_usable_password() and grants_of(cast.rita).held
