"""What cannot be read or cannot be meant gets a page and the right status: never a 500, nothing stored by half."""

import pytest
from django.test import Client

from comments.models import Comment
from tests.newsroom.addresses import READERS, path, reader_samples
from tests.newsroom.hostile import FINE, LONG, ODD, UNREADABLE

pytestmark = pytest.mark.django_db

# Asked for together: those that stand in one form, and those that no page reads together.
PARAMETERS = (["trang"], ["ngay", "thang", "nam"], ["q", "chuyen-muc", "tu", "den", "sau", "thu-tu", "next"], ["goc"])
PARAMETERS += (["tra-loi"], ["moi"])


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def samples():
    return reader_samples()


def ask(client, page, names, values):
    """Open the page with these parameters, all of one value at a time."""
    for value in values:
        query = "&".join(f"{name}={value}" for name in names)
        assert client.get(f"{page}?{query}").status_code in FINE, query[:80]


def is_designed(response):
    return b'<main id="content"' in response.content and response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("address", READERS, ids=str)
def test_parameters_of_readers_pages(client, samples, address):
    """Every parameter with two of the odd values, every odd value with some parameter: the next test is long."""
    page, first = path(address, samples), READERS.index(address)
    for number, names in enumerate(PARAMETERS):
        ask(client, page, names, [ODD[(first + 2 * number + step) % len(ODD)] for step in range(2)])
    for value in UNREADABLE:
        for query in (f"q={value}", f"{value}=1", f"trang=1&x={value}"):
            response = client.get(f"{page}?{query}")
            assert response.status_code == 400 and is_designed(response), query
    assert client.get(page, {"q": LONG}).status_code == 413


@pytest.mark.slow
@pytest.mark.parametrize("address", READERS, ids=str)
def test_every_odd_value_of_every_parameter(client, samples, address):
    for names in PARAMETERS:
        ask(client, path(address, samples), names, ODD)


@pytest.mark.parametrize("address", READERS, ids=str)
def test_bodies_sent_to_readers_pages(client, samples, address):
    page = path(address, samples)
    deep = "[" * 100_000
    form = "application/x-www-form-urlencoded"
    bodies = [
        ("a=%00%ff&body=%ED%A0%80", form),
        ("&".join(f"f{number}=1" for number in range(1500)), form),
        ("body=" + LONG, form),
        (deep, "application/json"),
        ("\0\xff".encode("latin-1"), "application/octet-stream"),
        ("--x\r\nbroken", "multipart/form-data; boundary=x"),
        (
            '--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n\0\xff\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        ("no boundary", "multipart/form-data"),
        ("strange boundary", 'multipart/form-data; boundary="\xff"'),
        ("x", "multipart/form-data; boundary=" + "x" * 300),
    ]
    for body, kind in bodies:
        for headers in ({}, {"origin": "http://testserver", "sec-fetch-site": "same-origin"}):
            response = client.post(page, body, content_type=kind, headers=headers)
            assert response.status_code in FINE, (body[:60], kind)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "utf-7", "latin-1", "nonsense", "idna", "\xff"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_bodies_in_other_character_sets(client, samples, charset, method):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    for where in ("/", "/admin/login/", "/nothing"):
        response = client.generic(method, where, b"\xff\xfea\0", kind)
        assert response.status_code == 400 and is_designed(response), where


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "X" * 500])
def test_methods_that_no_page_answers(client, samples, method):
    for address in READERS:
        response = client.generic(method, path(address, samples))
        assert response.status_code == 405 and is_designed(response), str(address)
        assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("address", READERS, ids=str)
def test_reading_is_not_writing(client, samples, address):
    response = client.post(path(address, samples), {"x": "1"})
    assert response.status_code in {400, 403, 404, 405}
    if response.status_code == 405:
        assert is_designed(response) and "GET" in response["Allow"]


@pytest.mark.parametrize("length", ["abc", "-1", "²", "1e3", "1, 1"])
def test_length_that_is_none(client, length):
    response = client.generic(
        "POST", "/admin/login/", b"a=1", "application/x-www-form-urlencoded", CONTENT_LENGTH=length
    )
    assert response.status_code == 400 and is_designed(response)


@pytest.mark.parametrize("where", ["/", "/admin/login/", "/nothing", "/binh-luan/1/gui/"])
def test_forms_that_are_too_long(client, where):
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
        response = client.generic("POST", where, b"a" * 3_200_000, kind)
        assert response.status_code == 413 and is_designed(response), kind


@pytest.mark.parametrize(
    "where", "/%00 /a%00.html /static/%00 /media/%00.webp /admin/%00/ /admin/articles/article/%00/change/".split()
)
def test_paths_that_are_no_text(client, where):
    response = client.get(where)
    assert response.status_code == 400 and is_designed(response)


NOWHERE = """
/nothing /nothing/ /a//b/ /thoi-su/../admin/ /%2e%2e/ /%ff/ /%ED%A0%80/ /x-%C3-99999.html /%80.html /é.html /😀/
/-.html /x-0.html /x-999999999999999999.html /x-9999999999999999999999.html /x-١٢.html /x-１.html /%F0%9F%98%80.html
/luu-tru/2021/02/31/ /luu-tru/0/ /luu-tru/abc/ /luu-tru/9999/12/31/ /luu-tru/٢٠٢١/ /binh-luan/0/gui/ /binh-luan/-1/
/static/ /static/nothing.css /static/../manage.py /static/%2e%2e/manage.py /static/css /static//etc/passwd
/media/ /media/../secret-key.txt /media/%2e%2e/secret-key.txt /media/x.svg /media/x.html
/.git/config /.env /manage.py /var/newsroom.sqlite3 /admin/nothing/ /rss/nothing.rss
""".split()
NOWHERE += ["/" + "a" * 5000, "/" + "a/" * 2000, f"/binh-luan/{'9' * 40}/", f"/binh-luan/{'9' * 5000}/"]


@pytest.mark.parametrize("where", NOWHERE, ids=lambda where: where[:30])
def test_addresses_that_nobody_has(client, samples, where):
    response = client.get(where, follow=True)
    is_door = response.status_code == 200 and response.redirect_chain[-1][0].startswith("/admin/login/")
    assert is_door or (response.status_code in {400, 404} and is_designed(response))


@pytest.mark.parametrize("host", ["evil.example", "a b", "x" * 300, "[::", "127.0.0.1:99999", "\xff"])
def test_hosts_that_are_not_ours(client, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    for page in ("/", "/nothing", "/admin/", "/admin/login/"):
        response = client.get(page, headers={"host": host})
        assert response.status_code < 500 and b"evil.example" not in response.content


def test_cookies_that_are_none(client):
    for value in ('"\\000\\000\\000\\000\\000\\000\\000\\000\\000"', "\xff" * 40, "x" * 8000, "a=b;;=;", '"'):
        for name in ("session", "csrf", "reader", "messages", "django_language"):
            for page in ("/", "/admin/", "/binh-luan/cua-toi/"):
                assert client.get(page, headers={"cookie": f"{name}={value}"}).status_code in FINE


@pytest.mark.parametrize("value", ["bytes=abc", "bytes=-1", "bytes=9999999-", "bytes=5-1", "x" * 5000])
def test_headers_that_mean_nothing(client, samples, value):
    headers = dict.fromkeys(
        ("range", "if-none-match", "if-modified-since", "if-range", "referer", "x-forwarded-for"), value
    )
    for page in ("/", "/static/css/base.css", "/admin/login/", f"/x-{samples['id']}.html"):
        assert client.get(page, headers=headers).status_code in FINE | {206, 416}
