"""Shortcuts of single letters can be switched off, by each person in each browser."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
ACCOUNT, CHOOSE = reverse("admin:account"), reverse("admin:account_keys")


def letters_are_off(client):
    return 'data-letters="off"' in client.get(ACCOUNT).content.decode()


def test_they_are_on_until_switched_off_and_on_again(client, cast):
    client.force_login(cast.nobody)
    assert not letters_are_off(client)
    answer = client.post(CHOOSE, {"letters": "off"})
    assert answer.url == f"{ACCOUNT}#account-keys"
    assert answer.cookies["desk_keys"]["path"] == "/admin/"
    assert letters_are_off(client)
    client.post(CHOOSE, {"letters": "on"})
    assert not letters_are_off(client)


def test_it_is_a_deed_of_who_is_signed_in(client, cast):
    assert client.post(CHOOSE, {"letters": "off"}).url.startswith(reverse("admin:login"))
    client.force_login(cast.rita)
    assert client.get(CHOOSE).status_code == 405
