"""The doctor: silent about what is well, a reason and a remedy for what is not, in the operator's language."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Clock
from newsroom import doctor
from newsroom.lib.maintenance.models import Maintenance
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(settings, tmp_path, monkeypatch):
    """A site on the open net whose operator thought of everything."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://bao.example.vn", ["bao.example.vn"]
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_HSTS_SECONDS, settings.SECRET_KEY = 365 * 24 * 3600, "khóa-đủ-dài-và-đủ-khác-nhau-" * 2
    settings.TRUSTED_PROXIES, settings.ADMINS = ["127.0.0.1"], [("Newsroom", "kythuat@bao.example.vn")]
    settings.SECURITY_CONTACT, settings.VAR_DIR = "baomat@bao.example.vn", tmp_path
    settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path / "media", str(tmp_path)
    settings.STATIC_MANIFEST, settings.STATICFILES_DIRS = True, []
    (tmp_path / "staticfiles.json").touch()
    monkeypatch.setattr(doctor.staticfiles_storage, "_wrapped", Collected(tmp_path))
    (tmp_path / "newsroom-20260101-030000.zip").touch()
    Clock.objects.create(pk=1, until=timezone.now(), ran_at=timezone.now())
    return settings


class Collected:
    manifest_name = "staticfiles.json"

    def __init__(self, folder):
        self.path = lambda name: str(folder / name)


def told(mail=False):
    return {message.id for message in doctor.examine(mail) if not message.id.startswith("newsroom.I")}


def test_a_site_that_is_well(public):
    assert told() == set()


def test_each_ailment_has_its_name(public, tmp_path):
    old = time.time() - 3 * 24 * 3600
    os.utime(tmp_path / "newsroom-20260101-030000.zip", (old, old))
    os.utime(tmp_path / "staticfiles.json", (1, 1))
    (tmp_path / "demo-password.txt").touch()
    Clock.objects.update(ran_at=timezone.now() - timedelta(hours=1))
    Maintenance.objects.create(pk=1, since=timezone.now() - timedelta(hours=3))
    builders.make_user(name="root", is_superuser=True)
    public.ADMINS, public.DEBUG = [], True
    public.EMAIL_BACKEND, public.EMAIL_HOST, public.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "::1",
        1,
    )
    expected = "E002 E007 W003 W004 W007 W009 W012 W014 W015".split()
    found = told(mail=True)
    assert {f"doctor.{number}" for number in expected} <= found
    assert all(message.hint for message in doctor.examine() if message.id.startswith("doctor."))


def test_without_a_database_the_rest_is_looked_at(public, monkeypatch):
    monkeypatch.setattr(doctor, "database_trouble", lambda: "Cơ sở dữ liệu không trả lời.")
    public.ADMINS = []
    assert told() == {"doctor.E001", "doctor.W003"}


def test_what_it_says_and_its_exit_code(public, capsys, monkeypatch):
    call_command("doctor")
    assert "Hệ thống hoạt động tốt" in capsys.readouterr().out
    public.ADMINS = []
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", language="en")
    assert ended.value.code == 1 and "Nobody is told of errors." in capsys.readouterr().out
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 100 << 20}))
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    said = capsys.readouterr().out
    assert ended.value.code == 2 and "✗ Chỉ còn 100 MB" in said and "→" in said


def test_pictures_that_cannot_be_made(public, monkeypatch):
    monkeypatch.setattr(doctor.features, "check", lambda name: name != "avif")
    public.MEDIA_ROOT = Path(__file__) / "media"
    assert told() == {"doctor.E003", "doctor.E004", "newsroom.E003"}
