"""With the settings of a live site nothing is left to warn of; a wrong setting is named with a hint."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as current
from django.core.checks import ERROR, WARNING

from newsroom import checks
from newsroom.management.commands.second_factor import enrol
from tests import builders

LIVE = {
    "SITE_URL": "https://bao.example.vn",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "bao.example.vn",
    "DATABASE_URL": "postgres://newsroom:secret@db.example.vn/newsroom",
    "TRUSTED_PROXIES": "127.0.0.1,::1",
}


def python(*arguments, **environ):
    """A process of its own, so that settings.py reads this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-W", "ignore", *arguments]
    return subprocess.run(
        command, cwd=current.BASE_DIR, env=kept | environ, capture_output=True, text=True, timeout=120
    )


def test_a_live_site_has_nothing_to_be_warned_of(tmp_path):
    live = LIVE | {"VAR_DIR": str(tmp_path)}
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **live)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stdout + done.stderr and LIVE["SECRET_KEY"] not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == [], "a given key is not written down"


def test_an_https_address_turns_everything_on(tmp_path):
    names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY "
    names += "CSRF_COOKIE_HTTPONLY SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_SSL_REDIRECT DEBUG "
    names += "SECURE_PROXY_SSL_HEADER SESSION_COOKIE_PATH SESSION_COOKIE_DOMAIN CSRF_COOKIE_PATH"
    script = (
        "import django, json; django.setup(); from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names.split()!r}}}))"
    )
    live = LIVE | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = python("-c", script, **live)
    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        **dict.fromkeys(["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"], True),
        **dict.fromkeys(["SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SECURE_HSTS_INCLUDE_SUBDOMAINS"], True),
        "SECURE_HSTS_SECONDS": 31_536_000,
        "DEBUG": False,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        **{"SESSION_COOKIE_PATH": "/", "SESSION_COOKIE_DOMAIN": None, "CSRF_COOKIE_PATH": "/"},  # __Host- needs these
    }, done.stderr


def test_a_first_run_keeps_its_secret_for_its_owner(tmp_path):
    where = {"VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}
    for _time in range(2):
        done = python("manage.py", "check", "--fail-level", "WARNING", **where)
        assert done.returncode == 0, done.stderr
    kept = tmp_path / "var/secret-key.txt"
    assert kept.stat().st_mode & 0o777 == 0o600 and len(kept.read_text()) > 50


def ids(found, level=WARNING):
    assert all(message.hint for message in found), "every message says what to do"
    return [message.id for message in found if message.level >= level]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bao.example.vn",
        "ftp://bao.vn",
        "https://",
        "https://bao.vn/tin",
        "https://a@bao.vn",
        "https://bao.vn?x",
        "https://[",
        "https://a:b",
    ],
)
def test_addresses_that_are_none(settings, address):
    settings.SITE_URL = address
    assert ids(checks.check_site_url(), ERROR) == ["newsroom.E001"]


@pytest.mark.parametrize(
    ("address", "hosts", "expected"),
    [
        ("https://bao.vn", ["bao.vn"], []),
        ("https://bao.vn:8443", ["bao.vn"], []),
        ("https://www.bao.vn", [".bao.vn"], []),
        ("https://bao.vn", [".bao.vn"], []),
        ("http://[::1]:8000", ["[::1]"], []),
        ("https://bao.vn", ["tin.vn"], ["newsroom.W001"]),
        ("https://xbao.vn", [".bao.vn"], ["newsroom.W001"]),
    ],
)
def test_the_site_must_serve_its_own_address(settings, address, hosts, expected):
    settings.SITE_URL, settings.ALLOWED_HOSTS = address, hosts
    assert ids(checks.check_site_url()) == expected


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [
        ([], []),
        (["127.0.0.1", "10.0.0.0/8", "::1", "10.1.2.3/8"], []),
        (["nginx"], ["newsroom.E002"]),
        (["", "10.0.0.0/99"], ["newsroom.E002", "newsroom.E002"]),
        (["0.0.0.0/0"], ["newsroom.W002"]),
    ],
)
def test_proxies(settings, proxies, expected):
    settings.TRUSTED_PROXIES = proxies
    assert ids(checks.check_trusted_proxies()) == expected


def test_folders(settings, tmp_path):
    settings.VAR_DIR, settings.STORAGE_URL, settings.MEDIA_ROOT = (
        tmp_path,
        str(tmp_path / "new"),
        tmp_path / "new/media",
    )
    assert ids(checks.check_folders()) == []
    (tmp_path / "file").touch()
    settings.STORAGE_URL, settings.MEDIA_ROOT = str(tmp_path / "file"), tmp_path / "file/media"
    assert set(ids(checks.check_folders())) == {"newsroom.E003"}
    settings.STORAGE_URL = "s3://bucket"
    assert ids(checks.check_folders()) == []


def test_a_folder_of_somebody_else(monkeypatch):
    monkeypatch.setattr(checks.os, "access", lambda path, mode: False)
    assert not checks.is_writable(Path("/"))


@pytest.mark.django_db
def test_second_factor_that_nobody_has(settings):
    assert ids(checks.check_second_factor(databases=["default"])) == []
    settings.SECOND_FACTOR = True
    assert ids(checks.check_second_factor(databases=None)) == []
    assert ids(checks.check_second_factor(databases=["default"])) == ["newsroom.W003"]
    enrol(builders.make_user("chief"))
    assert ids(checks.check_second_factor(databases=["default"])) == []


def test_an_open_net(settings):
    settings.ALLOWED_HOSTS, settings.HTTPS, settings.TRUSTED_PROXIES = ["*"], True, []
    settings.SECOND_FACTOR, settings.SECURITY_CONTACT = False, ""
    found = checks.check_public_site()
    assert [message.id for message in found] == ["newsroom.W004", "newsroom.I001", "newsroom.I002", "newsroom.I003"]
    assert ids(found) == ["newsroom.W004"]


def test_what_the_addresses_of_databases_say_is_kept(tmp_path):
    script = (
        "import django, json; django.setup(); from django.conf import settings; "
        "print(json.dumps([(one['HOST'], one['OPTIONS']) for one in settings.DATABASES.values()]))"
    )
    both = {"DATABASE_URL": "postgres://n:s@db.example.vn/bao?sslmode=require"}
    both |= {"DATABASE_REPLICA_URL": "postgres://n:s@doc.example.vn/bao?sslmode=verify-full"}
    live = LIVE | both | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    (first, primary), (second, replica) = json.loads(python("-c", script, **live).stdout)
    assert (first, second) == ("db.example.vn", "doc.example.vn")
    assert (primary["sslmode"], replica["sslmode"]) == ("require", "verify-full")
    assert "jit=off" in primary["options"] and replica["options"] == primary["options"]
    assert replica["connect_timeout"] < 5, "one that hangs holds up nobody for long"
