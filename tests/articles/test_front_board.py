"""The board: who sees and changes what, every button without JavaScript, two editors at once, and readers."""

import re

import pytest
from django.urls import reverse

from articles import arranging
from articles.models import Arrangement, Filling, Slot
from tests import builders
from tests.articles.boards import board, chosen, do, fill_paper, leads, readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast):
    return fill_paper()


@pytest.fixture
def desk(client, cast, paper):
    client.force_login(cast.pia)
    return client


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "sees", "home", "section"),
    [
        ("rita", 403, False, False),
        ("ed", 200, False, True),
        ("pia", 200, True, True),
        ("cora", 200, True, True),
        ("mo", 403, False, False),
        ("ada", 403, False, False),
        ("nobody", 403, False, False),
    ],
)
def test_who_sees_and_who_changes(client, cast, paper, who, sees, home, section):
    client.force_login(getattr(cast, who))
    own = paper[0].section
    for place, may in ((None, home), (own, section)):
        assert client.get(board(place)).status_code == sees
        assert (b'value="up"' in client.get(board(place)).content) is may
        assert client.get(reverse("admin:articles_front_preview", args=[0])).status_code == sees
        details = reverse("admin:articles_front_slot", args=[place.pk if place else 0, "lead-1"])
        assert client.get(details).status_code == (200 if may else 403)
        assert do(client, "put", place, place="lead-1", story=paper[3].pk).status_code == (302 if may else 403)
        assert chosen(place) == ({"lead-1": paper[3].pk} if may else {})


def test_strangers_sign_in_first(client, paper):
    assert client.get(board())["Location"].startswith("/admin/login/")


# --- the draft ----------------------------------------------------------------------------------------------------


def test_a_draft_is_seen_in_the_preview_and_by_readers_once_launched(desk, paper):
    do(desk, "put", place="lead-1", story=paper[5].pk)
    assert leads(readers(desk)) == paper[0].headline
    assert paper[5].headline in desk.get(reverse("admin:articles_front_preview", args=[0])).content.decode()
    do(desk, "launch")
    assert leads(readers(desk)) == paper[5].headline
    do(desk, "undo")
    assert leads(readers(desk)) == paper[0].headline
    do(desk, "restore", number=1)
    do(desk, "launch")
    assert leads(readers(desk)) == paper[5].headline


def test_by_address_as_well_as_by_number(desk, paper):
    do(desk, "put", place="lead-1", story=f"http://testserver{paper[5].get_absolute_url()}")
    do(desk, "put", place="beside-1", story=paper[5].get_absolute_url())
    assert chosen() == {"beside-1": paper[5].pk}


def test_moves_take_the_own_words_along(desk, cast, paper):
    slot = Slot(Filling.STORY, paper[5].pk, headline="Tít riêng")
    arranging.save_draft(None, Arrangement({"lead-1": slot}), by=cast.pia, version=0)
    do(desk, "down", place="lead-1", story=paper[5].pk)
    assert arranging.front_of(None).drafted.at("beside-1") == slot
    do(desk, "move", place="beside-1", to="under-2", story=paper[5].pk)
    do(desk, "put", place="pictures-1", story=paper[5].pk)
    assert dict(arranging.front_of(None).drafted.slots) == {"pictures-1": slot}


def test_moving_what_stands_there_by_itself_chooses_it(desk, paper):
    do(desk, "up", place="beside-1", story=paper[1].pk)
    assert chosen() == {"lead-1": paper[1].pk}
    do(desk, "up", place="lead-1", story=paper[1].pk)
    assert chosen() == {"lead-1": paper[1].pk}


def test_what_is_taken_off_can_be_put_back(desk, paper):
    do(desk, "put", place="lead-1", story=paper[5].pk)
    do(desk, "clear", place="lead-1")
    page = desk.get(board()).content.decode()
    assert "Vừa gỡ khỏi trang" in page
    assert arranging.front_of(None).draft is None
    assert arranging.front_of(None).drafted.removed == (paper[5].pk,)


def test_blocks_are_put_in_order(desk, paper):
    other = builders.make_section("Đô thị", position=9)
    do(desk, "block_up", section=other.pk)
    assert arranging.front_of(None).drafted.order[0] == other.pk


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "put", "place": "lead-1", "story": "999999"},
        {"do": "put", "place": "lead-1", "story": "abc"},
        {"do": "put", "place": "nowhere", "story": "1"},
        {"do": "put"},
        {"do": "move", "place": "lead-1", "to": "x"},
        {"do": "block_up", "section": "99"},
        {"do": "restore", "number": "x"},
        {"do": "launch"},
        {"do": "fly"},
        {},
    ],
)
def test_odd_input_is_told_and_changes_nothing(desk, sent):
    response = desk.post(board(), {"version": 0, **sent}, follow=True)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert chosen() == {}


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "٣"])
def test_an_odd_version_is_a_clash(desk, paper, version):
    assert do(desk, "put", place="lead-1", story=paper[5].pk, version=version).status_code == 409


# --- two editors --------------------------------------------------------------------------------------------------


def test_who_is_second_sees_both_and_may_do_it_again(desk, cast, paper):
    arranging.save_draft(None, Arrangement({"lead-1": Slot(Filling.STORY, paper[7].pk)}), by=cast.cora, version=0)
    response = do(desk, "put", place="lead-1", story=paper[5].pk, version=0)
    page = response.content.decode()
    assert response.status_code == 409
    assert "cora vừa sửa trang này" in page
    assert f"Đặt bài vào vị trí · {paper[5].headline} · Tin chính" in page
    assert chosen() == {"lead-1": paper[7].pk}
    again = re.search(r"board-clash.*?<form.*?</form>", page, re.DOTALL)[0]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', again))
    assert desk.post(board(), sent).status_code == 302
    assert chosen() == {"lead-1": paper[5].pk}


# --- what the board says ------------------------------------------------------------------------------------------


def test_warnings(desk, paper):
    coming = builders.make_article(published_at=builders.hours(5))
    for place, story in (("lead-1", coming), ("beside-1", paper[5])):
        do(desk, "put", place=place, story=story.pk)
    page = desk.get(board()).content.decode()
    assert "hẹn đăng lúc" in page
    assert "không có ảnh" in page
    assert "Trong lúc đó:" in page
    assert coming.headline not in readers(desk)


def test_stories_are_found_by_words(desk, paper):
    builders.make_article(headline="Cầu Long Biên được sửa chữa")
    page = desk.get(board(), {"q": "long bien"}).content.decode()
    offers = page[page.index('data-board-part="offers"') :]
    assert "Cầu Long Biên" in offers
    assert paper[8].headline not in offers
    assert "Không có bài nào" in desk.get(board(), {"q": "khongcogi"}).content.decode()


def test_every_page_says_who_arranged_it(desk, paper):
    do(desk, "put", place="lead-1", story=paper[5].pk)
    page = desk.get(reverse("admin:articles_front_changelist")).content.decode()
    assert "Trang chủ" in page
    assert paper[0].section.name in page
    assert "pia" in page


# --- readers ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_story_leaves_at_once(desk, paper):
    do(desk, "put", place="lead-1", story=paper[5].pk)
    do(desk, "launch")
    builders.withdraw(paper[5])
    assert leads(readers(desk)) == paper[0].headline


def test_the_page_is_kept_no_longer_than_a_pin(desk, cast, paper):
    slot = Slot(Filling.STORY, paper[5].pk, pinned_until=builders.hours(20 / 3600))
    arranging.save_draft(None, Arrangement({"lead-1": slot}), by=cast.pia, version=0)
    do(desk, "launch")
    kept = int(re.search(r"s-maxage=(\d+)", desk.get("/")["Cache-Control"])[1])
    assert kept <= 20


def test_a_section_front_knows_the_stories_it_borrows(desk, paper):
    section = builders.make_section("Đô thị")
    builders.make_article(section=section.pk)
    do(desk, "put", section, place="lead-1", story=paper[5].pk)
    do(desk, "launch", section)
    response = desk.get("/do-thi/")
    assert leads(response.content.decode()) == paper[5].headline
    assert f"a{paper[5].pk}" in response["Surrogate-Key"].split()


def test_a_picture_on_a_front_page_cannot_be_deleted(desk, cast, paper):
    picture = builders.make_image("Ảnh riêng")
    slot = Slot(Filling.STORY, paper[5].pk, image=picture.pk)
    arranging.save_draft(None, Arrangement({"lead-1": slot}), by=cast.pia, version=0)
    page = desk.get(reverse("admin:articles_image_change", args=[picture.pk])).content.decode()
    assert board() in page
