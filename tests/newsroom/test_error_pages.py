"""Error pages: the right status, in the reader's language, designed; plain when nothing else works."""

import errno
import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from articles import pages
from newsroom import errors
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch):
    """A database that does not answer."""

    def refuse(*args):
        raise OperationalError("connection refused")

    monkeypatch.setattr(pages, "chrome", refuse)


def test_not_found_keeps_the_masthead(client):
    builders.make_publication()
    builders.make_section("Đô thị")
    response = client.get("/khong/co/trang/nay/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Không tìm thấy trang" in page
    assert "Nhịp sống Hà Nội" in page
    assert 'href="/do-thi/"' in page
    assert "<title>Không tìm thấy trang - Nhịp sống Hà Nội</title>" in page
    assert page.count("<h1") == 1
    assert 'content="noindex"' in page
    assert "home" in response["Surrogate-Key"]


@pytest.mark.parametrize("address", ["/%00", "/a%00b/", "/?q=%00", "/%ff%fe/", "/bai-1.html?x=%00"])
def test_unreadable_addresses(client, address):
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(
    "address", ["/a//b/", "/..", "/%2e%2e/", "/" + "a" * 5000, "/<script>", "/đường/", "/do-thi", "/wp-login.php"]
)
def test_odd_addresses_never_break(client, address):
    assert client.get(address).status_code in (301, 404)


def test_not_found_without_a_database(broken):
    response = errors.not_found(RequestFactory().get("/x/"), Exception())
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_server_error(monkeypatch):
    monkeypatch.setattr("articles.views.reading.front_pages.home", lambda *_args, **_kwargs: 1 / 0)
    logging.disable(logging.CRITICAL)
    response = Client(raise_request_exception=False).get("/")
    logging.disable(logging.NOTSET)
    assert response.status_code == 500
    assert "Có lỗi xảy ra" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_server_error_without_a_database(broken, caplog):
    response = errors.server_error(RequestFactory().get("/x/"))
    assert response.status_code == 500
    assert "Có lỗi xảy ra" in response.content.decode()


def test_server_error_when_even_that_fails(monkeypatch, caplog):
    monkeypatch.setattr(errors, "render", lambda *args, **kwargs: 1 / 0)
    response = errors.server_error(RequestFactory().get("/x/"))
    assert response.status_code == 500
    assert b"<!doctype html>" in response.content


@pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.forbidden, 403)])
def test_refusals(view, status):
    assert view(RequestFactory().get("/x/"), Exception()).status_code == status


def test_form_that_is_too_long(client):
    response = client.post("/binh-luan/1/gui/", {"x": "a"}, headers={"Content-Length": "99999999"})
    assert response.status_code == 413
    assert "quá lớn" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "post"])
def test_methods_that_no_page_answers(client, method):
    assert getattr(client, method)("/").status_code == 405


def test_form_without_its_token(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()
    assert "<style" not in response.content.decode()


def test_a_full_disk_is_told_and_logged(monkeypatch, caplog):
    """SQLite says so itself once its file may not grow."""

    def grow(*_args):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1")
            try:
                cursor.execute("CREATE TABLE filler AS SELECT randomblob(100000)")
            finally:
                cursor.execute("PRAGMA max_page_count = 1073741823")

    def full(*_args, **_kwargs):
        if connection.vendor == "sqlite":
            grow()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("articles.views.reading.front_pages.home", full)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 503 and int(response["Retry-After"]) > 0
    assert "Máy chủ hết chỗ chứa" in response.content.decode()
    assert "a disk is full" in caplog.text
