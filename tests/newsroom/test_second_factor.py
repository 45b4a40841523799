"""With SECOND_FACTOR a password alone opens nothing; the command tells a secret once."""

import io
import time

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita():
    return builders.make_user("reporter", name="rita")


@pytest.fixture
def asked(settings):
    settings.SECOND_FACTOR = True


def enrol(name="rita", **options):
    out = io.StringIO()
    call_command("second_factor", name, stdout=out, **options)
    return out.getvalue()


def code(shift=0):
    """What the phone shows; `shift` in steps of 30 seconds."""
    device = TOTPDevice.objects.get()
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + shift * device.step
    return f"{totp.token():06d}"


def sign_in(client, token=None, password=PASSWORD):
    data = {"username": "rita", "password": password} | ({} if token is None else {"otp_token": token})
    return client.post(reverse("admin:login"), data)


def is_in(client):
    return client.get(reverse("admin:index")).status_code == 200


def test_off_by_default(client, rita, settings):
    assert settings.SECOND_FACTOR is False
    assert b"otp_token" not in client.get(reverse("admin:login")).content
    assert sign_in(client).status_code == 302 and is_in(client)


def test_password_and_code_open(client, rita, asked):
    enrol()
    assert 'autocomplete="one-time-code"' in client.get(reverse("admin:login")).content.decode()
    token = code()
    assert sign_in(client, f" {token[:3]} {token[3:]} ").status_code == 302 and is_in(client)


@pytest.mark.parametrize("token", [None, "", "abc", "12345678901234567890123", "١٢٣٤٥٦", "\0"])
def test_no_code_no_entry(client, rita, asked, token):
    enrol()
    assert sign_in(client, token).status_code == 200 and not is_in(client)


def test_without_a_code_nobody_learns_whether_the_password_is_right(client, rita, asked):
    enrol()
    right, wrong = (sign_in(client, "", password).content.decode() for password in (PASSWORD, "sai"))
    assert right.split("<form")[0] == wrong.split("<form")[0]
    assert PASSWORD not in sign_in(client, "000000").content.decode()


def test_a_code_works_once(client, rita, asked):
    enrol()
    token = code()
    assert sign_in(client, token).status_code == 302
    other = Client()
    assert sign_in(other, token).status_code == 200 and not is_in(other)


def test_wrong_codes_slow_down(client, rita, asked):
    enrol()
    wrong = f"{(int(code()) + 500_000) % 1_000_000:06d}"
    sign_in(client, wrong)
    sign_in(client, wrong)
    assert sign_in(client, code()).status_code == 200, "the right code right after wrong ones has to wait"


def test_wrong_passwords_lock_with_codes_too(client, rita, asked):
    enrol()
    answers = [sign_in(client, code(), "sai").status_code for _time in range(5)]
    assert answers[-1] == 429 and sign_in(client, code()).status_code == 429


def test_a_recovery_code_works_once(client, rita, asked):
    enrol()
    spare = StaticToken.objects.first().token
    assert sign_in(client, spare.upper()).status_code == 302 and is_in(client)
    assert sign_in(Client(), spare).status_code == 200
    assert StaticToken.objects.count() == 9


def test_somebody_elses_code_does_not_open(client, rita, asked):
    builders.make_user("editor", name="ed")
    enrol("ed")
    assert sign_in(client, code()).status_code == 200 and not is_in(client)
    assert sign_in(client, StaticToken.objects.first().token).status_code == 200


def test_a_session_from_before_the_setting_is_asked_again(client, rita, settings):
    client.force_login(rita)
    assert is_in(client)
    settings.SECOND_FACTOR = True
    assert not is_in(client)


def test_the_command_tells_secrets_once(rita):
    told = enrol()
    assert "otpauth://totp/Newsroom%3Arita?secret=" in told and "█" in told
    assert all(token in told for token in StaticToken.objects.values_list("token", flat=True))
    with pytest.raises(CommandError) as refused:
        enrol()
    assert "otpauth" not in str(refused.value) and TOTPDevice.objects.count() == 1


def test_reset_ends_the_session_and_makes_room(client, rita, asked):
    enrol()
    sign_in(client, code())
    assert is_in(client)
    enrol(reset=True)
    assert not is_in(client) and not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    enrol(reset=True)  # a second time does no harm
    enrol()
    assert sign_in(client, code()).status_code == 302


@pytest.mark.parametrize("name", ["none", "reader", ""])
def test_only_staff_is_enrolled(rita, name, django_user_model):
    django_user_model.objects.create_user("reader")
    with pytest.raises(CommandError):
        enrol(name)


def test_the_admin_shows_no_secrets(client, rita):
    enrol()
    boss = builders.make_user(name="boss", is_superuser=True)
    client.force_login(boss)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404
