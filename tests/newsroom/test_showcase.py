"""The showcase of the readers' components: for staff, of every partial, with nothing in the database."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage

from articles.models import Article, Publication
from newsroom.showcase import colours
from tests.architecture.tree import TEMPLATES

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/giao-dien/"
SHOWN = [
    path.relative_to(TEMPLATES).as_posix()
    for folder in ("articles", "comments", "includes")
    for path in sorted((TEMPLATES / folder).rglob("_*.html"))
    if "record" not in path.parts  # the folder that is handed out for legal deposit is no page
]


@pytest.fixture
def answer(client):
    client.force_login(get_user_model().objects.create_user("thiet-ke", is_staff=True))
    return client.get(ADDRESS)


def test_is_for_staff(client):
    assert client.get(ADDRESS)["Location"].startswith("/admin/login/")


def test_shows_every_partial(answer):
    drawn = {template.name for template in answer.templates}
    assert [name for name in SHOWN if name not in drawn] == [], "show it in templates/showcase, in every state"


def test_needs_no_rows_and_makes_none(answer):
    assert answer.status_code == 200
    assert (Article.objects.count(), Publication.objects.count()) == (0, 0)


def test_each_part_says_when_to_use_it(answer):
    page = unescape(re.search(r'srcdoc="([^"]*)"', answer.content.decode()).group(1))
    parts = re.split(r'<section class="specimen"', page)[1:]
    assert len(parts) > 15
    assert [part[:60] for part in parts if 'class="specimen-use"' not in part] == []


def test_pictures_are_there(answer):
    page = unescape(re.search(r'srcdoc="([^"]*)"', answer.content.decode()).group(1))
    files = set(re.findall(r"/media/(p/[^ \"]*showcase[^ \"]*)", page))
    assert len(files) > 10
    assert [file for file in files if not default_storage.exists(file)] == []


def test_colours_can_be_read():
    assert [pair for pair in colours.pairs(colours.sheet()) if not pair.is_enough] == []


def test_contrast_is_that_of_the_guidelines():
    assert colours.contrast("#000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_the_desk_leads_there(answer, client):
    assert f'href="{ADDRESS}"' in client.get("/admin/").content.decode()
