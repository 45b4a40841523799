"""Five failures lock the pair of name and address for fifteen minutes; a session dies with what it rests on."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
HOME, OFFICE = "198.51.100.1", "203.0.113.5"


@pytest.fixture
def rita():
    return builders.make_user("reporter", name="rita")


def sign_in(client, password=PASSWORD, name="rita", **environ):
    return client.post(reverse("admin:login"), {"username": name, "password": password}, **environ)


def fail(client, times=5, **environ):
    return [sign_in(client, "sai mật khẩu", **environ).status_code for _time in range(times)]


def is_in(client):
    return client.get(reverse("admin:index")).status_code == 200


def test_the_fifth_failure_locks_and_the_right_password_is_refused(client, rita):
    assert fail(client) == [200, 200, 200, 200, 429]
    response = sign_in(client)
    assert response.status_code == 429 and response["Retry-After"] == "900"
    page = response.content.decode()
    assert 'lang="vi"' in page and "mười lăm phút" in page
    assert "no-store" in response["Cache-Control"]
    assert not is_in(client)


def test_another_address_and_another_name_are_free(client, rita):
    builders.make_user("editor", name="ed")
    fail(client, REMOTE_ADDR=HOME)
    assert sign_in(client, REMOTE_ADDR=HOME).status_code == 429
    assert sign_in(Client(), name="ed", REMOTE_ADDR=HOME).status_code == 302
    assert sign_in(Client(), REMOTE_ADDR=OFFICE).status_code == 302


def test_it_opens_after_a_quarter_of_an_hour_however_often_one_tried(client, rita):
    fail(client, 9)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    assert sign_in(client).status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=1, seconds=1))
    assert sign_in(client).status_code == 302


def test_success_forgives_earlier_failures(client, rita):
    fail(client, 4)
    assert sign_in(client).status_code == 302
    assert fail(Client(), 4) == [200] * 4


def test_addresses_are_believed_from_our_proxies_only(client, rita, settings):
    settings.TRUSTED_PROXIES = []
    for number in range(5):
        last = fail(client, 1, REMOTE_ADDR=HOME, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert last == [429], "a new address in the header does not start a new count"

    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    behind = {"REMOTE_ADDR": "10.0.0.1"}
    fail(client, HTTP_X_FORWARDED_FOR=OFFICE, **behind)
    assert sign_in(client, HTTP_X_FORWARDED_FOR=OFFICE, **behind).status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR=f"{OFFICE}, 192.0.2.77", **behind).status_code == 302


def test_nobody_learns_which_names_exist(client, rita):
    bodies = [
        client.post(reverse("admin:login"), {"username": name, "password": "x"}).content.decode().replace(name, "")
        for name in ("rita", "none")
    ]
    errors = [body[body.index("errornote") : body.index("login-form")] for body in bodies]
    assert errors[0] == errors[1]


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_staff": False}])
def test_who_left_stays_outside(client, rita, state):
    type(rita).objects.filter(pk=rita.pk).update(**state)
    assert sign_in(client).status_code == 200 and not is_in(client)


def test_a_session_gets_a_new_key_at_sign_in_and_dies_at_sign_out(client, rita):
    client.get(reverse("admin:login"))
    planted = client.session
    planted["x"] = 1
    planted.save()
    before = client.cookies["session"].value if "session" in client.cookies else planted.session_key
    sign_in(client)
    inside = client.cookies["session"].value
    assert inside != before and is_in(client)
    client.post(reverse("admin:logout"))
    client.cookies["session"] = inside
    assert not is_in(client)


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_staff": False}, {"password": "!"}])
def test_a_session_dies_with_the_account(client, rita, state):
    client.force_login(rita)
    assert is_in(client)
    type(rita).objects.filter(pk=rita.pk).update(**state)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(client, rita):
    elsewhere = Client()
    client.force_login(rita)
    elsewhere.force_login(rita)
    new = "mật khẩu khác hẳn 27"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("admin:password_change"), data).status_code == 302
    assert is_in(client) and not is_in(elsewhere)


@pytest.mark.parametrize("password", ["ngan", "123456789012", "q1w2e3r4t5y6", "rita@example.org", "11 ký tự ạ"])
def test_weak_passwords_are_refused(client, rita, password):
    client.force_login(rita)
    data = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post(reverse("admin:password_change"), data).status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client, rita, target):
    response = client.post(reverse("admin:login"), {"username": "rita", "password": PASSWORD, "next": target})
    assert response.status_code == 302 and "evil" not in response["Location"] and "alert" not in response["Location"]


def test_signing_out_needs_a_form(client, rita):
    client.force_login(rita)
    assert client.get(reverse("admin:logout")).status_code == 405
    assert is_in(client)
