"""The desk under bad input: lists, keys and forms answer with a page or a message, and store nothing by half."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles import workflow, writing
from articles.models import Article, RoleGrant
from tests import builders
from tests.newsroom.addresses import DESK, desk_samples, path
from tests.newsroom.hostile import FINE, LONG, ODD, UNREADABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    """The client of somebody who may see everything."""
    client = Client(raise_request_exception=False)
    boss = builders.make_user("chief", name="boss", is_superuser=True)
    for role in ("reporter", "moderator", "administrator"):
        RoleGrant.objects.create(user=boss, role=role)
    call_command("sync_roles", verbosity=0)
    client.force_login(boss)
    return client


LISTS = [address for address in DESK if not address.parameters]
DESK_PARAMETERS = ["q", "p", "o", "e", "all", "next", "_facets", "_popup", "_to_field", "id__exact", "user__password"]
VALUES = (*ODD[:10], *UNREADABLE[:2])


def ask(desk, page, values_of):
    """Open the page with each of its parameters, one at a time: `values_of` says with which values the nth."""
    shown = desk.get(page)
    filters = shown.context["cl"].filter_specs if shown.context and "cl" in shown.context else []
    names = DESK_PARAMETERS + [name for spec in filters for name in spec.expected_parameters()]
    for number, name in enumerate(names):
        for value in values_of(number):
            response = desk.get(f"{page}?{name}={value}")
            assert response.status_code in FINE, f"{name}={value[:60]}"


@pytest.mark.parametrize("address", LISTS, ids=str)
def test_parameters_at_the_desk(desk, address):
    """Every parameter with an odd value, every odd value with some parameter: the next test is long."""
    page, first = path(address, {}), LISTS.index(address)
    ask(desk, page, lambda number: [VALUES[(first + number) % len(VALUES)]])
    assert desk.get(page, {"q": LONG}).status_code == 413


@pytest.mark.slow
@pytest.mark.parametrize("address", LISTS, ids=str)
def test_every_odd_value_of_every_parameter(desk, address):
    ask(desk, path(address, {}), lambda _number: VALUES)


KEYED = [address for address in DESK if address.parameters]
KEYS = ("9" * 40, "abc", "%00", "9" * 5000, "-1", "_5F_", "1 ", "%FF")


@pytest.mark.parametrize("address", KEYED, ids=str)
def test_keys_at_the_desk(desk, address):
    """Three odd keys for each address, other ones for the next: the next test is long."""
    first = KEYED.index(address)
    try_keys(desk, address, [KEYS[(first + step) % len(KEYS)] for step in range(3)])


@pytest.mark.slow
@pytest.mark.parametrize("address", KEYED, ids=str)
def test_every_odd_key(desk, address):
    try_keys(desk, address, KEYS)


def try_keys(desk, address, values):
    samples = desk_samples(builders.make_article())
    for value in values:
        route = "/" + path(address, samples).lstrip("/")
        for parameter in address.parameters:
            known = str(samples.get(f"{address.name}.{parameter}", samples.get(parameter)))
            page = f"/{value}/".join(route.rsplit(f"/{known}/", 1))
            assert desk.get(page).status_code in FINE, page[:100]
            assert desk.post(page, {"post": "yes"}).status_code in FINE, page[:100]


WORDS = (
    "headline",
    "subheadline",
    "lead",
    "body",
    "picture",
    "picture_caption",
    "byline_rows",
    "byline_rows_author",
    "byline_rows_role",
)
WORDS += (
    "source",
    "primary_section",
    "other_sections",
    "tag_names",
    "comments",
    "version",
    "_verb",
    "verb_note",
    "publish_at",
)
NASTY = [
    "x" * 10_000,
    "a\0b",
    "\0",
    "9" * 40,
    "-1",
    "\u202eabc",
    "[" * 5000,
    json.dumps([[1]]),
    "١٢",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("field", WORDS)
def test_story_form(desk, field):
    page = reverse("admin:articles_article_add")
    for value in NASTY:
        response = desk.post(page, {"headline": "Tin", "comments": "", field: value})
        assert response.status_code in {200, 302}, value[:40]
        for story in Article.objects.select_related("working_revision"):
            kept = story.working_revision.content
            assert "\\u0000" not in json.dumps(kept) and "alert" not in kept["body"]


def test_a_headline_of_10000_letters_is_told_and_nothing_is_stored(desk):
    response = desk.post(
        reverse("admin:articles_article_add"), {"headline": "ế" * 10_000, "lead": "Giữ lại", "comments": ""}
    )
    assert response.status_code == 200 and "headline" in response.context["adminform"].form.errors
    assert "Giữ lại" in response.content.decode() and not Article.objects.exists()


# What views read besides the fields of the forms on their own pages.
READ = """tab base restored before user seen_version verb_note _verb do kind digest notice text lasts shows session
deed seen verb note reason at xem language next choice_headline edit_headline change_kind change_line label
post leaving""".split()
IN_THE_FRAME = {"csrfmiddlewaretoken", "next", "language"}  # fields of every page
CONTROL = re.compile(r"<(?:input|button|select|textarea)\b([^>]*)>")
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')


@pytest.fixture
def pending(desk):
    """A live story with a rewrite under way: most deeds of the desk have something to act on."""
    story = builders.make_article(builders.hours(-2))
    workflow.perform(story.pk, "revise", by=builders.make_user("editor"))
    story.refresh_from_db()
    writing.save_text(story, builders.make_snapshot(), by=None, version=story.version)
    return story


def fields_of(desk, page):
    """The names of a form on this page, each with the value that the browser would send."""
    shown = desk.get(page)
    text = shown.content.decode() if shown.status_code == 200 and not shown.streaming else ""
    controls = [dict(ATTRIBUTE.findall(found)) for found in CONTROL.findall(text)]
    return {each["name"]: each.get("value", "1") for each in controls if "name" in each}


def all_but_one(fields, names):
    """The form filled in as it should be, but for one of these fields."""
    return [{**fields, name: "9" * 40} for name in names]


def post_each(desk, page, bodies):
    for data in bodies:
        assert desk.post(page, data).status_code in {*FINE, 429}, str(data)[:300]


POSTED = [address for address in DESK if address.name != "admin:logout"]


@pytest.mark.parametrize("address", POSTED, ids=str)
def test_whatever_is_posted_is_answered(desk, pending, address):
    """Of the rows of a form the first stands for all, to each page one nasty value is sent: the next is long."""
    page, first = path(address, desk_samples(pending)), POSTED.index(address)
    fields = fields_of(desk, page)
    kinds = {re.sub(r"-\d+-", "-", name): name for name in reversed(fields) if name not in IN_THE_FRAME}
    some = NASTY[first % len(NASTY)]
    post_each(desk, page, [dict.fromkeys({*fields, *READ}, value) for value in ("", "1", some)])
    post_each(desk, page, [{}, *all_but_one(fields, kinds.values()), {**fields, "text": LONG}])
    post_each(desk, page, [{f"f{number}": "1" for number in range(1500)}])
    broken = desk.generic("POST", page, b"--x\r\nbroken", "multipart/form-data; boundary=x")
    assert broken.status_code in {*FINE, 429}


@pytest.mark.slow
@pytest.mark.parametrize("address", POSTED, ids=str)
def test_each_field_of_each_row_and_every_nasty_value(desk, pending, address):
    page = path(address, desk_samples(pending))
    fields = fields_of(desk, page)
    post_each(desk, page, [dict.fromkeys({*fields, *READ}, value) for value in NASTY])
    post_each(desk, page, all_but_one(fields, fields))
