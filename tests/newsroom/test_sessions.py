"""Everybody sees where they are signed in, and ends it elsewhere; nobody sees the others'."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.staff import sessions
from newsroom.staff.models import StaffSession
from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
PAGE, END = reverse("admin:account"), reverse("admin:account_end_sessions")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


@pytest.fixture
def rita():
    return builders.make_user("reporter", name="rita")


def enter(agent=FIREFOX, address="203.0.113.77", name="rita"):
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    browser.post(reverse("admin:login"), {"username": name, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get(reverse("admin:index")).status_code == 200


def test_the_list_tells_device_and_network_but_no_key(rita):
    desk, phone = enter(), enter(SAFARI, "2001:db8:1:2::3")
    assert is_in(phone)
    page = desk.get(PAGE).content.decode()
    assert "Firefox, Windows" in page and "Safari, iPhone" in page and "thiết bị này" in page
    assert "203.0.113.0/24" in page and "2001:db8:1::/48" in page and "203.0.113.77" not in page
    assert not [row.key for row in StaffSession.objects.all() if row.key in page]


def test_the_others_are_signed_out(rita):
    desk, phone, tablet = enter(), enter(SAFARI), enter()
    assert desk.post(END).status_code == 302
    assert is_in(desk) and not is_in(phone) and not is_in(tablet)
    assert StaffSession.objects.filter(user=rita).count() == 1
    assert Session.objects.count() == 1


def test_one_of_them_is_signed_out(rita):
    desk, phone, tablet = enter(), enter(SAFARI), enter()
    row = StaffSession.objects.get(key=phone.session.session_key)
    desk.post(END, {"session": row.pk})
    assert is_in(desk) and not is_in(phone) and is_in(tablet)
    own = StaffSession.objects.get(key=desk.session.session_key)
    desk.post(END, {"session": own.pk})
    assert is_in(desk), "the own one ends by signing out"


def test_nobody_ends_the_sessions_of_others(rita):
    ed = builders.make_user("editor", name="ed")
    desk, other = enter(), enter(name="ed")
    row = StaffSession.objects.get(user=ed)
    for wanted in (row.pk, "x", "-1", "9" * 30, "0"):
        assert desk.post(END, {"session": wanted}).status_code == 302
    desk.post(END)
    assert is_in(other)


def test_a_session_is_written_down_every_five_minutes_at_most(rita, monkeypatch, django_assert_num_queries):
    desk = enter()
    row = StaffSession.objects.get()
    before = row.last_seen
    desk.get(PAGE)
    row.refresh_from_db()
    assert row.last_seen == before
    clock = sessions.time.time
    monkeypatch.setattr(sessions.time, "time", lambda: clock() + 301)
    desk.get(PAGE)
    row.refresh_from_db()
    assert row.last_seen > before and StaffSession.objects.count() == 1


def test_a_changed_key_keeps_its_row_and_signing_out_forgets_it(rita):
    desk, phone = enter(), enter(SAFARI)
    row = StaffSession.objects.get(key=desk.session.session_key)
    new = "mật khẩu khác hẳn 27"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post(reverse("admin:password_change"), data).status_code == 302
    row.refresh_from_db()
    assert row.key == desk.session.session_key and is_in(desk) and not is_in(phone)
    assert StaffSession.objects.filter(user=rita).count() == 1
    desk.post(reverse("admin:logout"))
    assert not StaffSession.objects.exists()


def test_sessions_that_are_over_are_not_listed(rita):
    desk, phone = enter(), enter(SAFARI)
    Session.objects.filter(session_key=phone.session.session_key).update(expire_date=timezone.now() - timedelta(1))
    assert "iPhone" not in desk.get(PAGE).content.decode()
    assert StaffSession.objects.count() == 1


def test_readers_leave_no_trace(client, rita, django_user_model):
    client.get("/")
    client.force_login(django_user_model.objects.create_user("reader"))
    client.get("/")
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox, Windows"),
        (SAFARI, "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120 Chrome/114 Safari/537.36", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/126 Safari/537.36 Edg/126.0", "Edge, macOS"),
        ("curl/8.5", ""),
        ("", ""),
        ("<script>alert(1)</script>" * 99, ""),
    ],
)
def test_devices_by_family(agent, told):
    assert sessions.device(agent) == told
