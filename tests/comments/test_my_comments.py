"""A reader's own comments: found again from the same browser, and by nobody else."""

import pytest

from comments import identity, moderation
from comments.models import Comment
from tests.builders import make_user, withdraw
from tests.comments.voices import browser, send

pytestmark = pytest.mark.django_db
MINE = "/binh-luan/cua-toi/"


@pytest.fixture
def reader(story):
    return browser(story)


def own(reader, story, **fields):
    return send(story, device=reader.device, **fields)


def test_a_stranger_sees_nothing(client, reader, story):
    own(reader, story, body="Chỉ mình tôi biết")
    response = client.get(MINE)
    assert response.status_code == 200 and "Chỉ mình" not in response.content.decode()
    client.cookies[identity.DEVICE_COOKIE] = f"{reader.device}:forged"
    assert "Chỉ mình" not in client.get(MINE).content.decode()


def test_is_kept_by_no_cache(reader):
    response = reader.get(MINE)
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_each_state_in_its_words(reader, story):
    mo = make_user("moderator")
    own(reader, story, body="Đang chờ")
    approved, rejected, spam = (own(reader, story, body=word) for word in ("Được duyệt", "Bị từ chối", "Rác"))
    moderation.approve(approved.pk, 1, mo)
    moderation.reject(rejected.pk, 1, mo, "off-topic", note="ghi chú nội bộ")
    moderation.mark_spam(spam.pk, 1, mo)
    html = reader.get(MINE).content.decode()
    assert [html.count(f"is-{state}") for state in ("pending", "visible", "rejected")] == [1, 1, 2]
    assert str(Comment.objects.get(pk=rejected.pk).get_reason_display()) in html
    assert "ghi chú nội bộ" not in html
    assert approved.get_absolute_url() in html


def test_what_a_machine_took_for_spam_waits(reader, story):
    own(reader, story, trap="x")
    html = reader.get(MINE).content.decode()
    assert "is-pending" in html and "is-rejected" not in html


def test_the_notice_is_for_ones_own_comment_only(reader, story):
    sent, foreign = own(reader, story), send(story)
    assert 'role="status"' in reader.get(f"{MINE}?moi={sent.pk}").content.decode()
    for other in (foreign.pk, "x", "9" * 30):
        assert 'role="status"' not in reader.get(f"{MINE}?moi={other}").content.decode()


def test_a_withdrawn_story_is_not_named(reader, story):
    own(reader, story, body="Ý kiến của tôi")
    withdraw(story)
    html = reader.get(MINE).content.decode()
    assert "Ý kiến của tôi" in html and story.headline not in html


def test_queries_do_not_grow(reader, story, django_assert_max_num_queries):
    for _ in range(4):
        own(reader, story)
    with django_assert_max_num_queries(5):
        reader.get(MINE)
