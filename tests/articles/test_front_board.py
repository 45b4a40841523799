"""The board: who sees and changes what, every button without JavaScript, two editors at once, and readers."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from articles import arranging
from articles.models import Arrangement, Filling, Slot
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast):
    cache.clear()
    call_command("sync_roles", verbosity=0)
    builders.make_publication()
    return [builders.make_article(published_at=builders.hours(-n - 1)) for n in range(9)]


@pytest.fixture
def desk(client, cast, paper):
    client.force_login(cast.pia)
    return client


def board(section=None):
    return reverse("admin:articles_front_board", args=[section.pk if section else 0])


def do(client, deed, of=None, **sent):
    version = sent.pop("version", arranging.front_of(of).version)
    return client.post(board(of), {"do": deed, "version": version, **sent})


def chosen(section=None):
    """Place -> story in the draft."""
    return {place: slot.key for place, slot in arranging.front_of(section).drafted.slots.items()}


def readers(client, address="/"):
    cache.clear()
    return client.get(address).content.decode()


def leads(page):
    return re.search(r'card-lead.*?card-headline"><a [^>]*>([^<]*)', page, re.DOTALL)[1]


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


# --- details ------------------------------------------------------------------------------------------------------


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
        {"filling": "most_read"},
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
