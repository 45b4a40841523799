"""Somebody joins: invited by mail, through a signed link that is good once and for three days."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import Role, RoleGrant
from newsroom.lib.audit.models import AuditEvent
from newsroom.staff import invitations, links
from newsroom.staff.models import Invitation
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:invite")
PASSWORD = "bốn chữ rất dễ nhớ 27"
BROKEN = "tests.newsroom.broken_mail.Backend"


@pytest.fixture
def ada(cast, client):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.ada)
    return cast.ada


def form(*roles, **fields):
    data = {"last_name": "Trần", "first_name": "Lan", "email": "lan@example.org", "username": ""}
    data |= {"roles-TOTAL_FORMS": 3, "roles-INITIAL_FORMS": 0}
    for number, (role, section) in enumerate(roles):
        data |= {f"roles-{number}-role": role, f"roles-{number}-section": section.pk if section else ""}
    return data | fields


def invite(client, *roles, **fields):
    assert client.post(PAGE, form(*roles, **fields)).status_code == 302
    return get_user_model().objects.get(email=fields.get("email", "lan@example.org"))


def link_in(letter):
    return re.search(r"https?://\S+?(/admin/loi-moi/\S+)", letter.body)[1]


def choose(link, password=PASSWORD):
    """Open the link in a new browser and choose a password; the status of the last page, and the browser."""
    browser = Client()
    page = browser.get(link, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else link
    return browser.post(where, {"new_password1": password, "new_password2": password}), browser


def signs_in(name, password=PASSWORD):
    browser = Client()
    response = browser.post(reverse("admin:login"), {"username": name, "password": password})
    return response.status_code == 302 and browser.get(reverse("admin:index")).status_code == 200


def press(client, person, deed):
    return client.post(reverse("admin:auth_user_access", args=[person.pk]), {"deed": deed}, follow=True)


def test_from_the_invitation_to_the_desk(client, ada):
    section = builders.make_section("Thể thao")
    lan = invite(client, ("reporter", section), ("moderator", None), ("reporter", section))
    assert lan.username == "lan" and lan.is_staff and not lan.has_usable_password() and not lan.is_superuser
    held = set(RoleGrant.objects.filter(user=lan).values_list("role", "section", "granted_by"))
    assert held == {("reporter", section.pk, ada.pk), ("moderator", None, ada.pk)}
    (letter,) = mail.outbox
    assert letter.to == ["lan@example.org"] and "Trần Lan" in letter.body and "lan" in letter.body
    assert "Tài khoản" in letter.subject and "\n" not in letter.subject
    response, _browser = choose(link_in(letter))
    assert response.status_code == 302 and signs_in("lan")
    assert Invitation.objects.get(user=lan).accepted_at
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[:2] == ["person.invited", "invitation.accepted"]


def test_the_link_is_good_once(client, ada):
    invite(client)
    link = link_in(mail.outbox[0])
    choose(link)
    response, _browser = choose(link, "một mật khẩu khác 28")
    assert "không còn dùng được" in response.content.decode()
    assert signs_in("lan") and not signs_in("lan", "một mật khẩu khác 28")


@pytest.mark.parametrize(("days", "is_good"), [(2.99, True), (3.01, False)])
def test_the_link_is_good_for_three_days(client, ada, monkeypatch, days, is_good):
    lan = invite(client)
    later = links.invitations._now() + timedelta(days=days)
    monkeypatch.setattr(links.InvitationLinks, "_now", lambda self: later)
    choose(link_in(mail.outbox[0]))
    lan.refresh_from_db()
    assert lan.has_usable_password() is is_good


def test_sent_again_only_the_newest_link_works(client, ada):
    lan = invite(client)
    press(client, lan, "send")
    old, new = map(link_in, mail.outbox)
    choose(old)
    assert not signs_in("lan")
    choose(new)
    assert signs_in("lan")
    assert "đăng nhập được rồi" in press(client, lan, "send").content.decode() and len(mail.outbox) == 2


def test_withdrawn_the_link_is_dead_and_may_live_again(client, ada):
    lan = invite(client)
    page = press(client, lan, "withdraw").content.decode()
    assert "Mời trở lại" in page
    choose(link_in(mail.outbox[0]))
    lan.refresh_from_db()
    assert not lan.is_active and not lan.has_usable_password()
    assert "không còn hiệu lực" in press(client, lan, "withdraw").content.decode()
    press(client, lan, "send")
    choose(link_in(mail.outbox[1]))
    assert signs_in("lan")


def test_a_broken_mail_server_loses_nothing(client, ada, settings):
    settings.EMAIL_BACKEND = BROKEN
    page = client.post(PAGE, form(("reporter", None)), follow=True)
    assert page.status_code == 200 and "chưa gửi được thư" in page.content.decode()
    assert "Gửi lại lời mời" in page.content.decode()
    lan = get_user_model().objects.get(username="lan")
    assert Invitation.objects.get(user=lan).sent_at is None and lan.role_grants.count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    press(client, lan, "send")
    choose(link_in(mail.outbox[0]))
    assert signs_in("lan")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "sai"},
        {"email": ""},
        {"email": "RITA@example.org"},
        {"username": "rita"},
        {"username": "có dấu cách"},
        {"last_name": ""},
        {"roles-0-role": "withdrawer"},
        {"roles-0-role": "superuser"},
        {"roles-0-role": "editor", "roles-0-section": "999999"},
        {"roles-TOTAL_FORMS": "x"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(client, ada, wrong):
    before = get_user_model().objects.count()
    response = client.post(PAGE, form(**wrong))
    assert response.status_code == 200 and "error" in response.content.decode()
    assert get_user_model().objects.count() == before and not mail.outbox


def test_names_are_made_from_addresses(client, ada):
    assert invite(client, email="rita@other.example").username == "rita2"
    assert invite(client, email="do.ha+tin@example.org").username == "do.ha.tin"
    assert invite(client, username="mailan", email="ml@example.org").username == "mailan"


def test_extra_fields_lend_nothing(client, ada):
    lan = invite(client, is_superuser="on", is_active="", groups="1", password="x", user_permissions="1")
    assert not lan.is_superuser and lan.is_active and not lan.groups.exists() and not lan.user_permissions.exists()


@pytest.mark.parametrize("who", ["rita", "ed", "pia", "cora", "mo", "nobody"])
def test_only_administrators_invite(client, cast, ada, who):
    lan = invite(client)
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, form(email="x@example.org")).status_code == 403
    for deed in ("send", "withdraw", "end", "sign_out", "second_factor"):
        assert press(client, lan, deed).status_code == 403
    with pytest.raises(PermissionDenied):
        invitations.invite(invitations.Newcomer("A", "B", "x@example.org", roles=((Role.CHIEF, None),)), by=cast.rita)
    assert not get_user_model().objects.filter(email="x@example.org").exists()


def test_forged_links_open_nothing(client, ada):
    lan = invite(client)
    good = link_in(mail.outbox[0])
    uid, token = good.rstrip("/").split("/")[-2:]
    reset = links.passwords.make_token(lan)
    other = links.urlsafe_base64_encode(str(ada.pk).encode())
    forged = [(uid, token[:-1] + "x"), (uid, reset), (other, token), ("x", token), ("", token), (uid, "set-password")]
    for pair in forged:
        if all(pair):
            page = Client().get(reverse("admin:invitation_accept", args=pair))
            assert page.status_code == 200 and "không còn dùng được" in page.content.decode()


@pytest.mark.parametrize("password", ["ngan", "123456789012", "lan@example.org"])
def test_weak_passwords_are_refused(client, ada, password):
    lan = invite(client)
    response, _browser = choose(link_in(mail.outbox[0]), password)
    lan.refresh_from_db()
    assert response.status_code == 200 and not lan.has_usable_password()
    assert Invitation.objects.get(user=lan).accepted_at is None


def test_where_it_is_asked_for_a_second_factor_comes_with_the_password(client, ada, settings):
    lan = invite(client)
    settings.SECOND_FACTOR = True
    response, _browser = choose(link_in(mail.outbox[0]))
    page = response.content.decode()
    assert response.status_code == 200 and "otpauth://" in page and "<svg" in page
    assert TOTPDevice.objects.filter(user=lan).count() == 1
    assert "no-store" in response["Cache-Control"]
