"""robots.txt, security.txt (RFC 9116), and whether the site is well."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone


def test_robots_keep_off_what_is_no_page(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *" and {"Disallow: /admin/", "Disallow: /tim-kiem/"} <= set(lines)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("baomat@bao.example.vn", "mailto:baomat@bao.example.vn"),
        ("mailto:baomat@bao.example.vn", "mailto:baomat@bao.example.vn"),
        ("https://bao.example.vn/bao-mat/", "https://bao.example.vn/bao-mat/"),
    ],
)
def test_security_txt(client, settings, contact, told):
    settings.SECURITY_CONTACT, settings.SITE_URL = contact, "https://bao.example.vn"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == told
    assert fields["Canonical"] == "https://bao.example.vn/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=100) < left < timedelta(days=365), "RFC 9116 asks for less than a year"


def test_without_a_contact_there_is_no_security_txt(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.django_db
def test_health(client, monkeypatch):
    for where in ("/healthz", "/readyz"):
        response = client.get(where)
        assert response.status_code == 200 and "no-store" in response["Cache-Control"]

    def down():
        raise DatabaseError("host db.internal is down")

    monkeypatch.setattr(connection, "cursor", down)
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503 and b"internal" not in response.content
