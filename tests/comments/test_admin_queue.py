"""The moderators' queue in the admin: who sees what, and what the buttons do."""

import pytest
from django.urls import reverse

from comments.models import Comment, ModAction, State
from comments.moderation import TRANSITIONS
from comments.templatetags.comments_desk import BUTTONS, waiting_comments
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import load, send

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/"
DECIDE = QUEUE + "quyet-dinh/"


@pytest.fixture
def story():
    return make_article()


@pytest.fixture
def desk(client):
    client.force_login(make_user("moderator", name="mo", first_name="Lan"))
    return client


def pairs(comments):
    return [f"{comment.pk}:{comment.version}" for comment in comments]


def page_of(comment):
    return reverse("admin:comments_comment_change", args=[comment.pk])


def test_the_waiting_ones_first_come_first(desk, story):
    second, first = load(story, State.PENDING, State.PENDING)
    Comment.objects.filter(pk=first.pk).update(created_at="2026-01-01T00:00:00Z")
    (visible,) = load(story, State.VISIBLE)
    html = desk.get(QUEUE).content.decode()
    assert html.index(first.body) < html.index(second.body)
    assert visible.body not in html


@pytest.mark.parametrize("state", State)
def test_each_state_has_its_tab_with_its_number(desk, story, state):
    comments = load(story, *[state] * 3)
    html = desk.get(QUEUE, {"state": state}).content.decode()
    assert all(comment.body in html for comment in comments)
    assert f"{state.label} (3)" in html


def test_search_without_marks_by_name_and_by_email(desk, story):
    wanted = send(story, name="Đặng Thu", body="Phở ngon lắm", email="thu@example.com")
    other = send(story, body="Chuyện khác")
    for asked in ("pho NGON", "dang thu", "Thu@example.com"):
        html = desk.get(QUEUE, {"q": asked}).content.decode()
        assert wanted.body in html and other.body not in html


def test_by_section(desk):
    sport, culture = make_section("Thể thao"), make_section("Văn hóa")
    football = make_section("Bóng đá", parent=sport)
    (match,) = load(make_article(section=football.pk), State.PENDING)
    (concert,) = load(make_article(section=culture.pk), State.PENDING)
    html = desk.get(QUEUE, {"section": sport.pk}).content.decode()
    assert match.body in html and concert.body not in html
    assert desk.get(QUEUE, {"section": "x"}).status_code == 200


@pytest.mark.parametrize(("verb", "state"), [("approve", "visible"), ("reject", "rejected"), ("spam", "spam")])
def test_buttons(desk, story, verb, state):
    (comment,) = load(story, State.PENDING)
    back = f"{QUEUE}?state=pending"
    response = desk.post(DECIDE, {"seen": pairs([comment]), "verb": verb, "reason": "insult", "next": back})
    assert (response.status_code, response["Location"]) == (302, back)
    comment.refresh_from_db()
    assert comment.state == state
    assert ModAction.objects.get().actor.username == "mo"


def test_undo(desk, story):
    (comment,) = load(story, State.REJECTED)
    desk.post(DECIDE, {"seen": pairs([comment]), "verb": "restore"})
    assert Comment.objects.get().state == State.PENDING


def test_rejection_asks_for_its_reason(desk, story):
    (comment,) = load(story, State.PENDING)
    desk.post(DECIDE, {"seen": pairs([comment]), "verb": "reject"}, follow=True)
    assert Comment.objects.get().state == State.PENDING and not ModAction.objects.exists()


def test_many_at_once_tells_of_each_that_failed(desk, story):
    comments = load(story, *[State.PENDING] * 3)
    other = make_user("chief", name="cora", first_name="Mai")
    desk.post(DECIDE, {"seen": pairs(comments[:1]), "verb": "spam"})
    assert other.pk
    html = desk.post(DECIDE, {"seen": pairs(comments), "verb": "approve"}, follow=True).content.decode()
    assert sorted(Comment.objects.values_list("state", flat=True)) == ["spam", "visible", "visible"]
    assert f"#{comments[0].pk}: Lan" in html


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"verb": "approve"},
        {"verb": "approve", "seen": ["x", "1:2:3", "1", "-1:1"]},
        {"verb": "shout", "seen": "1:1"},
    ],
)
def test_nonsense_changes_nothing(desk, story, form):
    load(story, State.PENDING)
    assert desk.post(DECIDE, form).status_code == 302
    assert Comment.objects.get().state == State.PENDING


def test_decisions_are_posts_with_a_token(client, story):
    (comment,) = load(story, State.PENDING)
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(make_user("moderator"))
    assert strict.post(DECIDE, {"seen": pairs([comment]), "verb": "approve"}).status_code == 403
    assert strict.get(DECIDE, {"seen": pairs([comment]), "verb": "approve"}).status_code == 405
    assert Comment.objects.get().state == State.PENDING


def test_the_way_back_stays_on_the_site(desk, story):
    (comment,) = load(story, State.PENDING)
    form = {"seen": pairs([comment]), "verb": "approve", "next": "https://evil.example/"}
    assert desk.post(DECIDE, form)["Location"] == QUEUE


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator", None])
def test_others_see_and_do_nothing(client, story, role):
    (comment,) = load(story, State.PENDING)
    client.force_login(make_user(role, is_superuser=role is None))
    for response in (client.get(QUEUE), client.get(page_of(comment))):
        assert response.status_code in (302, 403) and comment.body not in response.content.decode()
    assert client.post(DECIDE, {"seen": pairs([comment]), "verb": "approve"}).status_code == 403
    assert Comment.objects.get().state == State.PENDING


def test_a_moderator_of_one_section_stays_in_it(client):
    sport, culture = make_section("Thể thao"), make_section("Văn hóa")
    (match,) = load(make_article(section=sport.pk), State.PENDING)
    (concert,) = load(make_article(section=culture.pk), State.PENDING)
    client.force_login(make_user("moderator", section=sport))
    html = client.get(QUEUE).content.decode()
    assert match.body in html and concert.body not in html
    assert concert.body not in client.get(page_of(concert), follow=True).content.decode()
    client.post(DECIDE, {"seen": pairs([match, concert]), "verb": "approve"})
    states = dict(Comment.objects.values_list("pk", "state"))
    assert states == {match.pk: State.VISIBLE, concert.pk: State.PENDING}


def test_the_page_of_a_comment_shows_its_log_and_edits_nothing(desk, story):
    comment = send(story, body="Xem www.rac.example đi")
    desk.post(DECIDE, {"seen": pairs([comment]), "verb": "reject", "reason": "advertising", "note": "Quen mặt"})
    html = desk.get(page_of(comment)).content.decode()
    assert "Lan" in html and "Quen mặt" in html and "<mark>www.rac.example</mark>" in html
    assert desk.post(page_of(comment), {"body": "Sửa"}).status_code == 403
    assert Comment.objects.get().body == "Xem www.rac.example đi"
    assert desk.get(page_of(comment) + "delete/").status_code == 403
    assert desk.get(QUEUE + "add/").status_code == 403


def test_readers_words_are_escaped(desk, story):
    send(story, body="<script>alert(1)</script>", name="<b>x</b>")
    html = desk.get(QUEUE).content.decode()
    assert "<script>alert" not in html and "<b>x" not in html


def test_queries_do_not_grow(desk, story, django_assert_max_num_queries):
    load(story, State.PENDING)
    desk.get(QUEUE)  # the first page of a session also writes down who came
    with django_assert_max_num_queries(15):
        desk.get(QUEUE)
    load(story, *[State.PENDING] * 60)
    with django_assert_max_num_queries(15):
        desk.get(QUEUE)


def test_how_many_wait(story):
    load(story, *[State.PENDING] * 3, State.VISIBLE)
    waiting = waiting_comments(make_user("moderator"))
    assert waiting["count"] == len(waiting["oldest"]) == 3
    assert waiting_comments(make_user("moderator", section=make_section("Văn hóa")))["count"] == 0
    assert waiting_comments(make_user("reporter")) is None


def test_every_verb_has_its_button():
    assert set(BUTTONS) == set(TRANSITIONS)
