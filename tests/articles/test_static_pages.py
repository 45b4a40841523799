"""The paper's pages about itself: written in the admin, linked at the foot of every page."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import catalogue
from articles.models import StaticPage
from newsroom.lib.audit.models import AuditEvent
from tests.builders import make_publication

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_staticpage_add")


@pytest.fixture(autouse=True)
def roles(db):
    call_command("sync_roles", verbosity=0)


def make_page(name="Giới thiệu", **fields):
    page = StaticPage(**{"name": name, "body": "<p>Tờ báo của thành phố.</p>", "updated_at": timezone.now(), **fields})
    catalogue.save_page(page)
    return page


def typed(**fields):
    return {"name": "Liên hệ", "slug": "", "body": "<p>Gọi cho chúng tôi.</p>", "description": "", "position": 1} | {
        "is_in_footer": "on",
        "is_shown": "on",
        **fields,
    }


def change(page):
    return reverse("admin:articles_staticpage_change", args=[page.pk])


def test_a_page_is_read_at_its_address(client):
    page = make_page()
    answer = client.get("/trang/gioi-thieu/")
    assert "<p>Tờ báo của thành phố.</p>" in answer.content.decode()
    assert f"g{page.pk}" in answer["Surrogate-Key"].split()
    assert not answer.cookies


def test_every_page_links_to_it_as_long_as_it_is_shown_there(client):
    make_publication()
    page = make_page()
    assert '<a href="/trang/gioi-thieu/">Giới thiệu</a>' in client.get("/").content.decode()
    page.is_in_footer = False
    catalogue.save_page(page)
    assert "/trang/gioi-thieu/" not in client.get("/").content.decode()
    assert client.get("/trang/gioi-thieu/").status_code == 200


def test_the_masthead_may_come_after_the_pages(client):
    make_page()
    make_publication()
    assert "/trang/gioi-thieu/" in client.get("/").content.decode()


def test_search_engines_find_it(client):
    make_page()
    assert "/trang/gioi-thieu/</loc>" in content_of(client.get("/sitemap/trang.xml"))


def content_of(answer):
    return b"".join(answer).decode()


def test_a_hidden_page_is_not_there(client):
    make_page(is_shown=False)
    assert client.get("/trang/gioi-thieu/").status_code == 404
    assert client.get("/trang/khong-co/").status_code == 404


def test_its_old_address_leads_on(client):
    page = make_page()
    page.slug = "ve-chung-toi"
    catalogue.save_page(page)
    answer = client.get("/trang/gioi-thieu/")
    assert (answer.status_code, answer.url) == (301, "/trang/ve-chung-toi/")


def test_the_editor_in_chief_writes_one_and_it_is_logged(client, cast):
    make_publication()
    client.force_login(cast.cora)
    answer = client.post(ADD, typed(body='<p onclick="x()">Gọi <script>alert(1)</script>cho chúng tôi.</p>'))
    assert answer.status_code == 302
    page = StaticPage.objects.get()
    assert (page.slug, page.body) == ("lien-he", "<p>Gọi cho chúng tôi.</p>")
    assert AuditEvent.objects.filter(kind="page.added").exists()
    client.post(change(page), typed(name="Liên hệ tòa soạn", slug="lien-he"))
    assert "Liên hệ tòa soạn" in client.get("/").content.decode()
    client.post(reverse("admin:articles_staticpage_delete", args=[page.pk]), {"post": "yes"})
    assert client.get("/trang/lien-he/").status_code == 404
    assert "/trang/lien-he/" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "…"), ("body", "<p> </p>"), ("body", ""), ("slug", "Giới thiệu"), ("slug", "admin")],
)
def test_what_cannot_be_a_page_is_told_and_stays_typed(client, cast, field, value):
    client.force_login(cast.cora)
    answer = client.post(ADD, typed(**{field: value, "description": "Giữ lại"}))
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert "Giữ lại" in answer.content.decode()


def test_two_pages_may_bear_one_name(client, cast):
    client.force_login(cast.cora)
    client.post(ADD, typed())
    client.post(ADD, typed())
    assert set(StaticPage.objects.values_list("slug", flat=True)) == {"lien-he", "lien-he-2"}


def test_managing_editors_change_pages_and_reporters_do_not_see_them(client, cast):
    page = make_page()
    client.force_login(cast.pia)
    assert client.post(change(page), typed(slug="gioi-thieu")).status_code == 302
    assert client.get(ADD).status_code == 403
    client.force_login(cast.rita)
    assert client.get(change(page)).status_code == 403
