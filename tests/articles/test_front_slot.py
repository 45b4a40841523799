"""The details of a place of a front page: a story with its own words, until when; odd input; a clash."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles import arranging, counting, readership
from articles.models import Arrangement, Filling, Slot
from tests import builders
from tests.articles.boards import board, chosen, do, fill_paper, readers
from tests.articles.readers import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast):
    return fill_paper()


@pytest.fixture
def desk(client, cast, paper):
    client.force_login(cast.pia)
    return client


def test_details_of_a_place(desk, paper):
    picture = builders.make_image("Ảnh riêng")
    address = reverse("admin:articles_front_slot", args=[0, "lead-1"])
    sent = {
        "filling": "story",
        "story": paper[5].pk,
        "headline": "  Tít   riêng ",
        "kicker": "Nóng",
        "image": picture.pk,
        "pinned_until": "31/12/2099 18:00",
        "drop_after": 12,
        "version": 0,
    }
    assert desk.post(address, sent)["Location"] == f"{board()}#lead-1"
    slot = arranging.front_of(None).drafted.at("lead-1")
    assert (slot.headline, slot.kicker, slot.image, slot.drop_after) == ("Tít riêng", "Nóng", picture.pk, 12)
    page = desk.get(address).content.decode()
    assert 'value="Nóng"' in page
    assert "31/12/2099 18:00" in page
    assert "Tít riêng" in desk.get(board()).content.decode()
    do(desk, "launch")
    assert "Tít riêng" in readers(desk)


@pytest.mark.parametrize(
    "sent",
    [
        {"filling": "story", "story": "abc"},
        {"filling": "story", "story": "999999"},
        {"filling": "section", "section": "999999"},
        {"filling": "tag", "tag": "không có"},
        {"filling": "story", "story": "OWN", "pinned_until": "hôm qua"},
        {"filling": "story", "story": "OWN", "pinned_until": "01/01/2020 10:00"},
        {"filling": "story", "story": "OWN", "drop_after": "-1"},
        {"filling": "story", "story": "OWN", "image": "999999"},
        {"filling": "story", "story": "OWN", "kicker": "x" * 41},
        {"filling": "x"},
    ],
)
def test_details_say_what_is_wrong(desk, paper, sent):
    address = reverse("admin:articles_front_slot", args=[0, "lead-1"])
    given = {name: paper[5].pk if value == "OWN" else value for name, value in sent.items()}
    response = desk.post(address, {**given, "version": 0})
    assert response.status_code == 400
    assert "errorlist" in response.content.decode()
    assert chosen() == {}


def test_details_keep_what_was_typed_when_somebody_was_faster(desk, cast, paper):
    address = reverse("admin:articles_front_slot", args=[0, "lead-1"])
    arranging.save_draft(None, Arrangement({"lead-1": Slot(Filling.STORY, paper[7].pk)}), by=cast.cora, version=0)
    sent = {"filling": "story", "story": paper[5].pk, "headline": "Tít riêng của tôi"}
    response = desk.post(address, {**sent, "version": 0})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Tít riêng của tôi" in page
    assert paper[7].headline in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert desk.post(address, {**sent, "version": version}).status_code == 302
    assert arranging.front_of(None).drafted.at("lead-1").headline == "Tít riêng của tôi"


def test_a_place_may_take_the_most_read(desk, paper):
    for story, readers_of_it in ((paper[7], 3), (paper[6], 2), (paper[5], 1)):
        for number in range(readers_of_it):
            tell(Client(), story, address=f"203.0.113.{number}")
    counting.flush()
    readership.rank_due()
    desk.post(reverse("admin:articles_front_slot", args=[0, "lead-1"]), {"filling": "most_read", "version": 0})
    do(desk, "launch")
    assert Client().get("/").context["front"].lead == paper[7]
