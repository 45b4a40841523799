"""The life of a preview link: made by right, opened by whoever has it, answered, and over at its end."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles import previewing, workflow
from articles.models import PreviewLink, PreviewOpening
from articles.previewing import State
from articles.workflow import Refused
from tests import builders
from tests.articles.sharing import DAY, HOME, SECRET, assert_tells_nothing, make, publish, rewrite

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    builders.make_publication()


@pytest.fixture
def story(cast):
    return builders.make_draft(by=cast.rita, headline=f"{SECRET} một", lead=f"{SECRET} sapo")


def at(moment):
    return mock.patch.object(timezone, "now", lambda: moment)


# --- opening ------------------------------------------------------------------------------------------------------


def test_shows_the_story_and_nothing_keeps_it(client, story):
    _link, address = make(story)
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert f"{SECRET} một" in page and f"(NSHN) - {SECRET} sapo" in page
    assert "Xem trước – chưa đăng" in page
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in page
    assert "ETag" not in response and "Surrogate-Key" not in response
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    for public in ("og:title", "ld+json", 'rel="canonical"', "/gui/"):
        assert public not in page


def test_search_engines_are_told_to_stay_away(client):
    assert "Disallow: /xem-truoc/" in client.get("/robots.txt").content.decode()


def test_the_address_can_be_shown_again_and_is_stored_nowhere(story):
    link, address = make(story)
    assert previewing.address_of(PreviewLink.objects.get()).endswith(address)
    row = str(PreviewLink.objects.values().get())
    assert address.split("-")[-1].strip("/") not in row


def test_following_and_pinned(client, story):
    _, following = make(story)
    _, pinned = make(story, pinned=True)
    rewrite(story, f"{SECRET} hai")
    assert f"{SECRET} hai" in client.get(following).content.decode()
    page = client.get(pinned).content.decode()
    assert f"{SECRET} một" in page and f"{SECRET} hai" not in page


def test_a_link_never_shows_another_story(client, story, cast):
    other = builders.make_draft(by=cast.rita, headline="Bài khác")
    link, address = make(story)
    foreign, _ = make(other)
    assert "Bài khác" not in client.get(address).content.decode()
    swapped = f"/xem-truoc/{foreign.pk}-{address.strip('/').split('-', 2)[2]}/"
    assert client.get(swapped).status_code == 404
    PreviewLink.objects.filter(pk=link.pk).update(nonce="0" * 32)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "1", "1-", "1-" + "A" * 43, "0-" + "A" * 43, "1-" + "é" * 43, "9" * 30 + "-x"])
def test_forged_tokens_are_not_found(client, story, token):
    make(story)
    for response in (client.get(f"/xem-truoc/{token}/"), client.post(f"/xem-truoc/{token}/tra-loi/", headers=HOME)):
        assert response.status_code == 404
        assert_tells_nothing(response)


def test_openings_are_logged_without_the_whole_address(client, story):
    link, address = make(story)
    client.get(address, headers={"user-agent": CHROME}, REMOTE_ADDR="198.51.100.7")
    client.head(address)
    opening = PreviewOpening.objects.get()
    assert (opening.link, opening.network, opening.agent) == (link, "198.51.100.0/24", "Chrome")
    client.get(address, REMOTE_ADDR="2001:db8:1:2::3")
    assert PreviewOpening.objects.latest("pk").network == "2001:db8:1::/48"
    assert previewing.links_of(story)[0].opening_count == 2


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "facebookexternalhit/1.1", "WhatsApp/2.23", "TelegramBot (like)"])
def test_programs_that_fetch_for_nobody_see_nothing(client, story, agent):
    _, address = make(story)
    response = client.get(address, headers={"user-agent": agent})
    assert response.status_code == 403
    assert_tells_nothing(response)
    assert not PreviewOpening.objects.exists()


@pytest.mark.parametrize("agent", ["", CHROME, "Mozilla/5.0 (Linux; Android 9; CUBOT X20) Chrome/99", "Zalo iOS/100"])
def test_people_are_not_taken_for_programs(agent):
    assert not previewing.is_robot(agent)


def test_too_many_requests_from_one_address(client, story):
    _, address = make(story)
    codes = {client.get(address).status_code for _ in range(61)}
    assert codes == {200, 429}
    assert client.get(address, REMOTE_ADDR="203.0.113.9").status_code == 200


# --- the end ------------------------------------------------------------------------------------------------------


def test_expires_to_the_second(client, story):
    link, address = make(story, lasts=timedelta(hours=1))
    with at(link.expires_at - timedelta(seconds=1)):
        assert client.get(address).status_code == 200
    for moment in (link.expires_at, link.expires_at + DAY):
        with at(moment):
            response = client.get(address)
        assert response.status_code == 410
        assert "đã hết hạn" in response.content.decode()
        assert_tells_nothing(response)


def test_revoked(client, story, cast):
    link, address = make(story)
    previewing.revoke(link, by=cast.pia)
    response = client.get(address)
    assert response.status_code == 410
    assert "đã thu hồi" in response.content.decode()
    assert_tells_nothing(response)
    with pytest.raises(Refused):
        previewing.revoke(link, by=cast.rita)


def test_story_in_the_trash(client, story, cast):
    _, address = make(story)
    workflow.perform(story.pk, "trash", by=cast.pia)
    response = client.get(address)
    assert response.status_code == 410
    assert_tells_nothing(response)


@pytest.mark.parametrize("pinned", [True, False])
def test_leads_to_the_story_once_it_is_published(client, story, cast, pinned):
    link, address = make(story, pinned=pinned)
    rewrite(story, "Tít khi đăng")
    publish(story, cast.pia)
    story.refresh_from_db()
    for moment in (timezone.now(), link.expires_at + DAY):
        with at(moment):
            response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, story.get_absolute_url())
        assert "no-store" in response["Cache-Control"]


def test_works_until_the_scheduled_time(client, cast):
    story = builders.make_article(by=cast.rita, headline=f"{SECRET} hẹn", published_at=builders.hours(5))
    _, address = make(story, by=cast.pia, lasts=DAY)
    with at(story.published_at - timedelta(seconds=1)):
        assert client.get(address).status_code == 200
    with at(story.published_at):
        assert client.get(address).status_code == 302


def test_never_comes_back_after_publication(client, story, cast):
    _, address = make(story)
    publish(story, cast.pia)
    story.refresh_from_db()
    builders.withdraw(story)
    response = client.get(address)
    assert response.status_code == 410
    assert_tells_nothing(response)


@pytest.mark.parametrize("pinned", [True, False])
def test_pending_change_of_a_live_story(client, cast, pinned):
    story = builders.make_article(by=cast.rita, headline="Tít đang đăng")
    with pytest.raises(Refused):
        make(story, by=cast.pia)
    workflow.perform(story.pk, "revise", by=cast.ed)
    rewrite(story, f"{SECRET} sửa")
    _, address = make(story, by=cast.ed, pinned=pinned)
    page = client.get(address).content.decode()
    assert f"{SECRET} sửa" in page
    assert "article-updated" in page
    publish(story, cast.pia)
    assert client.get(address).status_code == 302
    workflow.perform(story.pk, "revise", by=cast.ed)
    rewrite(story, f"{SECRET} lần nữa")
    assert client.get(address).status_code == 302


def test_discarding_a_change_is_not_publishing_it(client, cast):
    story = builders.make_article(by=cast.rita, headline="Tít đang đăng")
    workflow.perform(story.pk, "revise", by=cast.ed)
    _, address = make(story, by=cast.ed)
    workflow.perform(story.pk, "discard", by=cast.pia)
    assert client.get(address)["Location"] == story.get_absolute_url()


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "may"), [("rita", True), ("ed", True), ("pia", True), ("cora", True)])
def test_who_may_edit_may_share(cast, story, who, may):
    assert previewing.may_share(getattr(cast, who), story) is may


@pytest.mark.parametrize("who", ["mo", "ada", "nobody"])
def test_nobody_else_may(cast, story, who):
    link, _ = make(story)
    person = getattr(cast, who)
    assert not previewing.may_share(person, story)
    with pytest.raises(Refused):
        make(story, by=person)
    with pytest.raises(Refused):
        previewing.revoke(link, by=person)
    link.refresh_from_db()
    assert previewing.state(link) == State.OPEN and PreviewLink.objects.count() == 1


def test_reporter_of_another_story_may_not(story):
    assert not previewing.may_share(builders.make_user("reporter"), story)
