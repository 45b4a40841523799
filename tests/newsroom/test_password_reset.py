"""A forgotten password: a link by mail, the same answer for everybody, and an end to the other sessions."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from newsroom.lib import mail as post
from newsroom.lib.audit.models import AuditEvent
from newsroom.staff import links
from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:password_reset")
NEW = "một mật khẩu hoàn toàn khác"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The letters go out before the answer, and earlier tests do not count."""
    monkeypatch.setattr(post, "hand_over", lambda errand: errand())
    cache.clear()


@pytest.fixture
def rita():
    return builders.make_user("reporter", name="rita")


def ask(client, email="rita@example.org", **extra):
    return client.post(PAGE, {"email": email}, **extra)


def link_in(letter):
    return re.search(r"https?://[^/]+(/admin/quen-mat-khau/\S+)", letter.body)[1]


def choose(link, password=NEW):
    browser = Client()
    page = browser.get(link, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else link
    return browser.post(where, {"new_password1": password, "new_password2": password})


def signs_in(password):
    return Client().post(reverse("admin:login"), {"username": "rita", "password": password}).status_code == 302


def test_from_the_login_page_to_a_new_password(client, rita):
    assert PAGE in client.get(reverse("admin:login")).content.decode()
    assert ask(client).status_code == 302
    (letter,) = mail.outbox
    assert "Mật khẩu mới" in letter.subject and "Kính gửi" in letter.body and letter.to == ["rita@example.org"]
    assert choose(link_in(letter)).status_code == 302
    assert signs_in(NEW) and not signs_in(PASSWORD)
    kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"password.asked", "password.reset"} <= kinds


def test_nobody_learns_who_works_here(client, rita, django_user_model):
    builders.make_user(name="left", is_active=False)
    django_user_model.objects.create_user("reader", email="reader@example.org", password=PASSWORD)
    invited = builders.make_user(name="invited")
    invited.set_unusable_password()
    invited.save()
    answers = set()
    for name in ("rita", "none", "left", "reader", "invited"):
        response = ask(client, f"{name}@example.org")
        page = client.get(response["Location"]).content.decode()
        answers.add((response.status_code, response["Location"], re.sub(r"csrf\S+", "", page)))
    assert len(answers) == 1
    assert [letter.to for letter in mail.outbox] == [["rita@example.org"]]


def test_the_letter_goes_to_the_stored_address(client, rita):
    type(rita).objects.filter(pk=rita.pk).update(email="mike@example.org")
    ask(client, "MIKE@EXAMPLE.ORG")
    assert [letter.to for letter in mail.outbox] == [["mike@example.org"]]
    ask(client, "mıke@example.org")  # a dotless i
    assert len(mail.outbox) == 1


def test_the_link_names_our_host_whatever_the_request_says(client, rita, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(client, headers={"host": "evil.example"})
    assert "evil" not in mail.outbox[0].body and settings.SITE_URL in mail.outbox[0].body


def test_the_link_is_good_once_and_for_two_hours(client, rita, monkeypatch):
    ask(client)
    ask(client)
    first, second = map(link_in, mail.outbox)
    later = links.passwords._now() + timedelta(hours=2, minutes=1)
    with monkeypatch.context() as patched:
        patched.setattr(links.PasswordLinks, "_now", lambda self: later)
        choose(first)
    rita.refresh_from_db()
    assert rita.check_password(PASSWORD)
    choose(first)
    assert signs_in(NEW)
    choose(first, "lần thứ hai thì không")
    choose(second, "lần thứ hai thì không")
    assert not signs_in("lần thứ hai thì không")


def test_a_new_password_ends_every_session_and_forgives_failures(client, rita):
    desk = Client()
    desk.post(reverse("admin:login"), {"username": "rita", "password": PASSWORD})
    for _time in range(5):
        Client().post(reverse("admin:login"), {"username": "rita", "password": "sai"})
    assert not signs_in(PASSWORD)
    ask(client)
    choose(link_in(mail.outbox[0]))
    assert desk.get(reverse("admin:index")).status_code == 302
    assert signs_in(NEW)


def test_asking_has_an_end(client, rita):
    answers = [ask(client).status_code for _time in range(12)]
    assert answers == [302] * 10 + [429] * 2 and len(mail.outbox) == 3
    assert "một giờ" in ask(client).content.decode()
    assert ask(client, REMOTE_ADDR="203.0.113.9").status_code == 302 and len(mail.outbox) == 3


def test_a_broken_mail_server_is_not_noticed(client, rita, settings):
    settings.EMAIL_BACKEND = "tests.newsroom.broken_mail.Backend"
    assert ask(client).status_code == 302 and not mail.outbox


@pytest.mark.parametrize("wrong", ["", "sai", "a@b", "x" * 400 + "@example.org", "a\nb@example.org"])
def test_what_is_no_address_is_said(client, rita, wrong):
    response = ask(client, wrong)
    assert response.status_code == 200 and "error" in response.content.decode() and not mail.outbox


def test_doors_need_their_token_and_are_kept_by_no_cache(rita):
    strict = Client(enforce_csrf_checks=True)
    assert ask(strict).status_code == 403
    for name in ("password_reset", "password_reset_sent", "password_reset_complete"):
        response = strict.get(reverse(f"admin:{name}"))
        assert response.status_code == 200 and "no-store" in response["Cache-Control"]
