"""Headers that every answer carries: pages, errors, files, the desk; and cookies that only the desk sets."""

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.views import reading
from tests import builders
from tests.newsroom.addresses import READERS, path, reader_samples

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # files that no server has closed
]
STRICT = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"),
    *("connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'"),
    *("base-uri 'none'", "object-src 'none'"),
}


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def samples():
    return reader_samples()


def policy(response):
    return {part.strip() for part in response["Content-Security-Policy"].split(";")}


def assert_safe(response, strict=True):
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"] and "geolocation=()" in response["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response and "Server" not in response
    if strict:
        assert policy(response) == STRICT


@pytest.mark.parametrize("address", READERS, ids=str)
def test_readers_addresses(client, samples, address):
    for method in ("get", "head", "post", "options", "put", "trace"):
        response = getattr(client, method)(path(address, samples))
        assert_safe(response)
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        if method in {"get", "head"}:
            assert not response.cookies and "Cookie" not in response.get("Vary", "")


ERRORS = "/nothing /x-999.html /%00 /?q=%ff /static/nothing.css /media/none.webp /admin/nothing /admin/%00/".split()


@pytest.mark.parametrize("where", [*ERRORS, "/static/css/base.css", "/static/js/embed.js", "/static/img/icon.svg"])
def test_errors_and_files(client, where):
    assert_safe(client.get(where))


def test_pictures(client):
    image = builders.make_image()
    assert_safe(client.get(f"/media/{image.key}.webp"))


def test_a_host_that_is_not_ours(client, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], True
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_safe(response)


def test_a_crash_tells_nothing(client, monkeypatch):
    def crash(*args, **kwargs) -> HttpResponse:
        raise RuntimeError("secret-word")

    monkeypatch.setattr(reading.front_pages, "home", crash)
    response = client.get("/")
    assert response.status_code == 500 and b"secret-word" not in response.content
    assert_safe(response)


def test_the_desk_is_as_strict_and_kept_nowhere(client):
    boss = builders.make_user("chief", name="boss", is_superuser=True)
    call_command("sync_roles", verbosity=0)
    builders.make_article()
    for where in ("admin:login", "admin:index", "admin:logout", "admin:jsi18n", "admin:articles_image_changelist"):
        assert_safe(client.get(reverse(where)))
    client.force_login(boss)
    names = "index password_change password_change_done jsi18n articles_article_changelist articles_image_changelist "
    names += "articles_image_add articles_section_add auth_user_changelist comments_comment_changelist logout"
    for name in names.split():
        response = client.get(reverse(f"admin:{name}"))
        assert_safe(response)
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"], name


def test_only_the_page_with_the_editor_is_looser(client):
    boss = builders.make_user("chief", name="boss", is_superuser=True)
    client.force_login(boss)
    story = builders.make_article()
    for where in (reverse("admin:articles_article_add"), reverse("admin:articles_article_change", args=[story.pk])):
        response = client.get(where)
        assert_safe(response, strict=False)
        looser = {
            *("script-src-attr 'unsafe-inline'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:"),
        }
        assert policy(response) - STRICT == looser
        assert "no-store" in response["Cache-Control"]
    response = client.get(reverse("admin:articles_article_history", args=[story.pk]))
    assert_safe(response)


def test_cookies_of_the_desk(client):
    builders.make_user("reporter", name="rita")
    client.get(reverse("admin:login"))
    client.post(reverse("admin:login"), {"username": "rita", "password": builders.PASSWORD})
    client.post(reverse("admin:language"), {"language": "en"})
    assert set(client.cookies) == {"csrf", "session", "django_language"}
    for cookie in client.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]


def test_messages_need_no_cookie_of_their_own(client):
    client.force_login(builders.make_user("reporter"))
    client.post(reverse("admin:articles_article_add"), {"headline": "Tin mới", "comments": ""})
    assert set(client.cookies) == {"session"}


def test_a_reader_cannot_claim_https(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT, settings.TRUSTED_PROXIES = True, ["10.0.0.1"]
    claim = {"x-forwarded-proto": "https"}
    assert client.get("/robots.txt", headers=claim, REMOTE_ADDR="203.0.113.1").status_code == 301
    assert client.get("/robots.txt", headers=claim, REMOTE_ADDR="10.0.0.1").status_code == 200
    assert client.get("/robots.txt", REMOTE_ADDR="10.0.0.1").status_code == 301
    for exempt in ("/healthz", "/readyz"):
        assert client.get(exempt, REMOTE_ADDR="10.0.0.1").status_code == 200
