"""Addresses behind proxies, same origin, and where a form may lead."""

import pytest

from newsroom.lib.http import client_address, safe_next, same_origin


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not our proxy: what it says does not count
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # the reader wrote 1.2.3.4
        ("10.0.0.1", "198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "nonsense, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:5123", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("fe80::1%eth0", None, "fe80::1"),
        ("192.0.2.7", "198.51.100.1", "198.51.100.1"),
        ("", None, "0.0.0.0"),
        ("10.0.0.1", ",,,", "10.0.0.1"),
        ("10.0.0.1", "<script>", "10.0.0.1"),
    ],
)
def test_client_address(rf, settings, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "192.0.2.7"]
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote)) == expected


def test_without_proxies_nobody_is_believed(rf, settings):
    settings.TRUSTED_PROXIES = []
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4"}, REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == "127.0.0.1"


@pytest.mark.parametrize("target", ["/", "/luu-tru/2021/?trang=2", "/tim-kiem/?q=h%C3%A0"])
def test_safe_next_stays_here(rf, target):
    assert safe_next(rf.post("/", {"next": target}), "/home/") == target
    assert safe_next(rf.get("/", {"next": target}), "/home/") == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "///evil",
        "x",
        "/\x01/",
    ],
)
def test_safe_next_goes_nowhere_else(rf, target):
    expected = "/\x01/" if target == "/\x01/" else "/home/"
    assert safe_next(rf.post("/", {"next": target}), "/home/") == expected


HERE = "testserver"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": f"https://{HERE}"}, True),
        ({"Origin": f"http://{HERE.upper()}"}, True),
        ({"Origin": f"http://{HERE}", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": f"http://{HERE}", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": f"http://{HERE}.evil.example"}, False),
        ({"Origin": f"http://{HERE}@evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[bad"}, False),
        ({"Origin": "null", "Referer": f"http://{HERE}/"}, False),
        ({"Referer": f"http://{HERE}/bai-1.html"}, True),
        ({"Referer": f"http://evil.example/{HERE}"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({}, False),
    ],
)
def test_same_origin(rf, settings, headers, expected):
    settings.ALLOWED_HOSTS = [HERE]
    assert same_origin(rf.post("/", headers=headers)) is expected
