"""Does any page speak English to a Vietnamese reader or editor? Every address is asked, every form filled wrongly."""

import json
import re

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from articles.models import Role, RoleGrant
from comments import posting
from tests import builders
from tests.newsroom.addresses import DESK, READERS, desk_samples, path, reader_samples
from tests.newsroom.english import english_in, visible

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def english_of(client, addresses):
    """Address -> English pieces of the page that it answers with, whatever its status."""
    return {address: found for address in addresses if (found := english_of_answer(client.get(address)))}


def english_of_answer(response):
    if response.streaming or not response["Content-Type"].startswith(("text/html", "application/rss")):
        return []
    return english_in(response.content.decode())


@pytest.fixture
def chief(db):
    """A superuser who holds every role: no page is closed to them."""
    user = builders.make_user("chief", name="tong", is_superuser=True)
    for role in set(Role.values) - {"chief"}:
        RoleGrant.objects.create(user=user, role=role)
    return user


@pytest.fixture
def desk(client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def story(chief):
    """A story with a picture, a comment that waits, and drafts beside it."""
    builders.make_publication()
    story = builders.make_article(image=builders.make_image(), published_at=builders.hours(-2))
    builders.make_draft(by=chief)
    letter = posting.Letter(name="Bạn đọc", email="ban@example.org", body="Bài rất hay, cảm ơn tòa soạn.")
    posting.post(story.pk, letter, posting.Envelope(nonce="n1", device="d1", address="198.51.100.7", age=60))
    return story


def test_english_is_seen():
    assert english_in("<p>Trang báo</p><p title='Close'>Xem</p><code>Search</code>") == ["Close: ['close']"]
    assert english_in("<button lang='en'>English</button><p>Thu đi xem phố cổ</p>") == []


def test_readers_pages(client):
    samples = reader_samples()
    addresses = [path(address, samples) for address in READERS]
    questions = ["/tim-kiem/?q=phố", "/tim-kiem/?q=zzzz", "/tim-kiem/?q=phố&tu=31/12/2021&den=32/01/2021"]
    days = ["/luu-tru/2021/02/30/", "/luu-tru/2199/01/01/", "/luu-tru/x/", "/thoi-su/?trang=99999999"]
    assert english_of(client, [*addresses, *questions, *days, "/khong-co/", "/%00", "/?q=%ff"]) == {}


def test_a_story_that_was_withdrawn(client):
    story = builders.make_article()
    builders.withdraw(story)
    assert english_of(client, [story.get_absolute_url()]) == {}


def test_comments(client, story):
    form = reverse("comments:submit", args=[story.pk])
    answers = [client.post(form), client.post(form, {"name": "x" * 500, "email": "sai", "body": "x" * 99999})]
    assert [english_of_answer(answer) for answer in answers] == [[], []]
    assert english_of(client, [reverse("comments:thread", args=[story.pk]), reverse("comments:mine")]) == {}


def test_desk_pages(desk, story):
    samples = desk_samples(story)
    addresses = [path(address, samples) for address in DESK]
    assert english_of(desk, addresses) == {}


@pytest.mark.parametrize("role", [*Role.values, None])
def test_first_page_of_each_role(client, story, role):
    client.force_login(builders.make_user(role))
    assert english_of(client, [reverse("admin:index"), reverse("admin:articles_article_changelist")]) == {}


def test_empty_desk(desk):
    """Lists with nothing in them, and searches that find nothing."""
    lists = [path(address, {}) for address in DESK if address.name.endswith("_changelist")]
    assert english_of(desk, [*lists, *(f"{address}?q=zzzz" for address in lists)]) == {}


def test_forms_filled_wrongly(desk, story):
    """Empty, then with something impossible in every field."""
    samples = desk_samples(story)
    found = {}
    for address in DESK:
        if not address.name.endswith(("_add", "_change", "_password_change", ":password_change", "_upload")):
            continue
        page = desk.get(path(address, samples))
        for data in ({}, impossible(page)):
            pieces = english_of_answer(desk.post(page.request["PATH_INFO"], data))
            found |= {address.name: pieces} if pieces else {}
    assert found == {}


def impossible(page):
    """For each field of the forms of a page, what it cannot take; management forms are as they were."""
    data = {}
    for form in forms_of(page):
        for name, field in form.fields.items():
            data[form.add_prefix(name)] = impossible_value(field) if not field.widget.is_hidden else form[name].value()
    return {name: value for name, value in data.items() if value is not None}


def forms_of(page):
    context = page.context or {}
    if "adminform" in context:
        yield context["adminform"].form
    elif isinstance(context.get("form"), forms.BaseForm):
        yield context["form"]
    for inline in context.get("inline_admin_formsets", []):
        yield inline.formset.management_form
        yield from inline.formset.forms


def impossible_value(field):
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "không có"
    if isinstance(field, forms.CharField) and field.max_length:
        return "x" * (field.max_length + 1)
    return "99/99/9999"


def test_the_same_name_twice(desk, chief):
    builders.make_section("Thời sự")
    answers = [
        desk.post(reverse("admin:articles_section_add"), {"name": "Thời sự", "position": "1", "comment_policy": ""}),
        desk.post(reverse("admin:auth_user_add"), {"username": chief.username, "password1": "1", "password2": "1"}),
        desk.post(reverse("admin:auth_user_add"), {"username": "ngoc mai", "password1": "1", "password2": "2"}),
    ]
    assert [english_of_answer(answer) for answer in answers] == [[], [], []]


def test_every_password_rule(desk):
    form = reverse("admin:password_change")
    for password in ("1", "12345678901234567890", "password1234", "tong@example.org"):
        data = {"old_password": "sai", "new_password1": password, "new_password2": password}
        assert english_of_answer(desk.post(form, data)) == []


def test_a_row_is_deleted_and_several(desk):
    tag = builders.catalogue.tag_named("Phố đi bộ")
    author = builders.make_author()
    chosen = {"action": "delete_selected", "_selected_action": [tag.pk]}
    tags = reverse("admin:articles_tag_changelist")
    answers = [
        desk.post(tags, {"action": "", "_selected_action": [tag.pk]}, follow=True),
        desk.post(tags, {"action": "delete_selected"}, follow=True),
        desk.post(tags, chosen, follow=True),
        desk.post(tags, {**chosen, "post": "yes"}, follow=True),
        desk.post(reverse("admin:articles_author_delete", args=[author.pk]), {"post": "yes"}, follow=True),
    ]
    assert [english_of_answer(answer) for answer in answers] == [[]] * len(answers)


def test_a_row_is_saved_in_every_way(desk):
    for number, button in enumerate(("_save", "_continue", "_addanother")):
        data = {"name": f"Từ khóa {number}", button: "1"}
        assert english_of_answer(desk.post(reverse("admin:articles_tag_add"), data, follow=True)) == []


def test_signing_in_and_out(client, chief):
    sign_in = reverse("admin:login")
    refused = [client.post(sign_in, {"username": chief.username, "password": "sai"}) for _ in range(7)]
    assert refused[-1].status_code == 429
    assert [english_of_answer(answer) for answer in refused] == [[]] * 7
    assert english_of(client, [sign_in, reverse("admin:index")]) == {}
    client.force_login(chief)
    assert english_of_answer(client.post(reverse("admin:logout"), follow=True)) == []


def test_second_factor(client, chief, settings):
    settings.SECOND_FACTOR = True
    sign_in = {"username": chief.username, "password": builders.PASSWORD}
    answers = [client.post(reverse("admin:login"), {**sign_in, "otp_token": code}) for code in ("", "123456", "x")]
    assert [english_of_answer(answer) for answer in answers] == [[], [], []]


def test_people_without_rights(client, story):
    client.force_login(builders.make_user())
    change = reverse("admin:articles_article_change", args=[story.pk])
    assert english_of(client, [change, reverse("admin:auth_user_changelist"), "/admin/khong-co/"]) == {}


def test_a_forged_form(chief):
    client = Client(enforce_csrf_checks=True)
    assert english_of_answer(client.post(reverse("admin:login"), {"username": "tong"})) == []


def test_the_scripts_of_the_admin(desk):
    script = desk.get(reverse("admin:jsi18n")).content.decode()
    words = json.loads(re.search(r"const newcatalog = (\{.*?\});\n", script, re.DOTALL)[1])
    assert (words["Choose a Date"], words["Monday"], words["January"]) == ("Chọn ngày", "Thứ Hai", "Tháng 1")


@pytest.mark.parametrize("name", ["index", "articles_article_changelist", "articles_tag_add", "password_change"])
def test_the_desk_in_english(desk, name):
    """Who chose English gets it: the only Vietnamese is the button that leads back."""
    desk.cookies["django_language"] = "en"
    page = desk.get(reverse(f"admin:{name}")).content.decode()
    assert re.findall(r"[ăâđêôơưạảấầẩậắằẵặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửữự]\w*", " ".join(visible(page, "en"))) == []
