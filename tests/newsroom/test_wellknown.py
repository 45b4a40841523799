"""robots.txt, the manifest, security.txt (RFC 9116)."""

import json
import math
import re
from datetime import datetime, timedelta

import jsonschema
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from tests import builders
from tests.articles.machine_schemas import MANIFEST


def test_robots_keep_off_what_is_no_page(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *" and {"Disallow: /admin/", "Disallow: /tim-kiem/"} <= set(lines)


@pytest.mark.django_db
def test_manifest(client):
    """Its name is the paper's; each icon is the picture that it says, and whole inside the circle of a mask."""
    builders.make_publication()
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json" and "chrome" in response["Surrogate-Key"]
    told = json.loads(response.content)
    jsonschema.validate(told, MANIFEST)
    assert (told["name"], told["short_name"], told["lang"]) == ("Nhịp sống Hà Nội", "Nhịp sống Hà Nội", "vi")
    for icon in told["icons"]:
        file = finders.find(icon["src"].removeprefix("/static/"))
        if icon["type"] == "image/png":
            with Image.open(file) as picture:
                assert "{}x{}".format(*picture.size) == icon["sizes"]
                if icon["purpose"] == "maskable":
                    assert_maskable(picture.convert("RGB"))
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert re.findall(r'<meta name="theme-color" content="(#[0-9a-f]{6})" media="', page) == ["#fffefb", "#141518"]


def assert_maskable(picture):
    """W3C: what matters lies in the middle circle, with two fifths of the width as radius; ground fills the rest."""
    size = picture.width
    ground = picture.getpixel((0, 0))
    outside = {
        picture.getpixel((x, y))
        for x in range(0, size, 4)
        for y in range(0, size, 4)
        if math.hypot(x - size / 2, y - size / 2) > size * 0.4
    }
    assert outside == {ground}


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
