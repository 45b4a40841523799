"""The moderators' desk: who sees what, in which order, what the buttons do; all of it without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import claims, moderation
from comments.models import Comment, Commenter, ModAction, State, Verb
from comments.queues import PAGE, Queue
from comments.templatetags.comments_desk import BULK, buttons, waiting_comments
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import appeal, complain, load, propose, send

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/comment/"
DECIDE = DESK + "quyet-dinh/"
UNDO = DESK + "hoan-tac/"
IN_PLACE = {"HTTP_X_REQUESTED_WITH": "desk"}


@pytest.fixture
def story():
    return make_article()


@pytest.fixture
def mo():
    return make_user("moderator", name="mo", first_name="Lan")


@pytest.fixture
def desk(client, mo):
    client.force_login(mo)
    return client


def pairs(comments):
    return [f"{comment.pk}:{comment.version}" for comment in comments]


def page_of(comment):
    return reverse("admin:comments_comment_change", args=[comment.pk])


def shown(desk, **query):
    return desk.get(DESK, query).content.decode()


# --- queues -----------------------------------------------------------------------------------------------------


def test_what_is_due_first_comes_first(desk, story):
    second, first = load(story, State.PENDING, State.PENDING)
    Comment.objects.filter(pk=first.pk).update(due_at="2026-01-01T00:00:00Z")
    (visible,) = load(story, State.VISIBLE)
    html = shown(desk)
    assert html.index(first.body) < html.index(second.body)
    assert visible.body not in html


def test_each_queue_has_what_belongs_to_it_and_its_number(desk, mo, story):
    waiting, spam, rejected, seen, reported = load(
        story, State.PENDING, State.SPAM, State.REJECTED, State.VISIBLE, State.VISIBLE
    )
    complain(reported, "private", "Có số nhà của tôi")
    unseen = send(story)
    decided = moderation.approve(unseen.pk, 1, mo)
    own = {
        Queue.WAITING: waiting,
        Queue.SPAM: spam,
        Queue.REJECTED: rejected,
        Queue.REPORTED: reported,
        Queue.MINE: decided,
    }
    for queue, comment in own.items():
        response = desk.get(DESK, {"hang": queue})
        assert [card.comment.pk for card in response.context["cards"]] == [comment.pk], queue
        numbers = {name: number for name, _address, number in response.context["tabs"]}
        assert numbers == {**dict.fromkeys(own, 1), Queue.UNSEEN: 0, Queue.SHOWN: None}
    assert "Có số nhà của tôi" in shown(desk, hang=Queue.REPORTED)
    assert seen.body in shown(desk, hang=Queue.SHOWN)


def test_words_without_marks_a_name_or_an_email(desk, story):
    wanted = send(story, name="Đặng Thu", body="Phở ngon lắm", email="thu@example.com")
    other = send(story, body="Chuyện khác")
    for asked in ("pho NGON", "dang thu", "Thu@example.com"):
        html = shown(desk, q=asked)
        assert wanted.body in html and other.body not in html


def test_by_section_story_reason_and_trust(desk):
    sport = make_section("Thể thao")
    football = make_article(section=make_section("Bóng đá", parent=sport).pk)
    concert = make_article(section=make_section("Văn hóa").pk)
    match = send(football, body="Xem www.rac.example đi", email="quen@example.com")
    music = send(concert, body="Đêm nhạc hay tuyệt vời")
    Commenter.objects.filter(email="quen@example.com").update(approved_count=5)
    narrow = {
        "muc": sport.pk,
        "bai": football.pk,
        "vi-sao": "rule:link",
        "nguoi": "quen",
    }
    for name, value in narrow.items():
        html = shown(desk, **{name: value})
        assert match.body.split()[0] in html and music.body not in html, name
    assert desk.get(DESK, {"muc": sport.pk}).context["tabs"][0][2] == 1
    assert "Show the whole queue" in shown(desk, bai=10**17) or "Xem cả hàng" in shown(desk, bai=10**17)


@pytest.mark.parametrize("forged", ["x", "1-", "-1", "9" * 16 + "-1", "1" * 40 + "-2", "٣-٣"])
def test_forged_addresses_are_a_first_page(desk, story, forged):
    (comment,) = load(story, State.PENDING)
    assert desk.get(DESK, {"sau": forged}).status_code == 200
    nonsense = {"hang": forged, "muc": forged, "bai": "-1", "nguoi": forged, "vi-sao": 'rule:" OR 1'}
    assert comment.body in shown(desk, **nonsense)


def test_every_comment_is_on_one_page_while_others_are_decided(desk, mo, story):
    load(story, *[State.PENDING] * (2 * PAGE + 3), at=timezone.now() - timedelta(hours=1))
    wanted, found, address = set(Comment.objects.values_list("pk", flat=True)), [], "?hang=cho-duyet"
    while address:
        context = desk.get(DESK + address).context
        found += [card.comment.pk for card in context["cards"]]
        moderation.approve(found[-1], 1, mo)
        address = context["next"]
    assert len(found) == len(set(found)) and set(found) == wanted


# --- the card -----------------------------------------------------------------------------------------------------


def test_a_card_tells_what_is_known(desk, mo, story):
    for n in range(3):
        old = send(story, email="ha@example.com", body=f"Ý kiến trước đây {n}", device="một máy")
        moderation.decide(old.pk, 1, moderation.Decision(Verb.REJECT if n else Verb.APPROVE, "insult"), mo)
    root = Comment.objects.get(state=State.VISIBLE)
    comment = send(story, email="ha@example.com", body="Xem www.rac.example đi", device="một máy", parent_id=root.pk)
    complain(root)
    (card,) = desk.get(DESK).context["cards"]
    assert [one.state for one in card.lately] == [State.VISIBLE, State.REJECTED, State.REJECTED]
    assert (card.comment.neighbours, card.comment.twins) == (3, None)
    html = shown(desk)
    assert "www.rac.example</mark>" in html and root.body in html and comment.body[:3] in html
    assert "1 duyệt, 2 từ chối" in html or "1 approved, 2 rejected" in html


def test_a_colleague_on_the_same_comment_is_named(desk, story):
    (comment,) = load(story, State.PENDING)
    claims.claim([comment.pk], make_user("moderator", first_name="Hương"))
    assert "Hương" in shown(desk)
    assert desk.get(DESK).context["cards"][0].claimed_by.first_name == "Hương", "a claim is not taken over"


def test_a_proposed_change_is_taken_or_refused(desk, story):
    one, other = load(story, State.VISIBLE, State.VISIBLE)
    propose(one, "Chữ mới một")
    propose(other, "Chữ mới hai")
    assert [verb for verb, _words, _key in buttons(one)] != []
    assert "Chữ mới một" in shown(desk, hang=Queue.SHOWN)
    desk.post(DECIDE, {"seen": pairs([one]), "verb": "take-edit"})
    desk.post(DECIDE, {"seen": pairs([other]), "verb": "keep"})
    one.refresh_from_db()
    bodies = (one.body, Comment.objects.get(pk=other.pk).body)
    assert bodies == ("Chữ mới một", other.body) and one.edited_at is not None


# --- decisions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "state"),
    [("approve", "visible"), ("reject", "rejected"), ("reject:insult", "rejected"), ("spam", "spam")],
)
def test_buttons(desk, story, verb, state):
    (comment,) = load(story, State.PENDING)
    back = f"{DESK}?hang=cho-duyet"
    response = desk.post(DECIDE, {"seen": pairs([comment]), "verb": verb, "reason": "insult", "next": back})
    assert (response.status_code, response["Location"]) == (302, back)
    comment.refresh_from_db()
    assert comment.state == state
    assert ModAction.objects.get().actor.username == "mo"


def test_rejection_asks_for_its_reason(desk, story):
    (comment,) = load(story, State.PENDING)
    desk.post(DECIDE, {"seen": pairs([comment]), "verb": "reject"}, follow=True)
    assert Comment.objects.get().state == State.PENDING and not ModAction.objects.exists()


def test_what_failed_comes_back_with_who_was_first_and_buttons_to_insist(desk, story):
    comments = load(story, *[State.PENDING] * 3)
    moderation.mark_spam(comments[0].pk, 1, make_user("chief", first_name="Mai"))
    response = desk.post(DECIDE, {"seen": pairs(comments), "verb": "approve"})
    assert response.status_code == 409
    (card,) = response.context["cards"]
    assert (card.comment.pk, card.comment.version) == (comments[0].pk, 2) and "Mai" in card.problem
    desk.post(DECIDE, {"seen": f"{comments[0].pk}:2", "verb": "approve"})
    assert set(Comment.objects.values_list("state", flat=True)) == {State.VISIBLE}


def test_with_the_script_the_answer_is_put_into_the_page(desk, story):
    one, other = load(story, State.PENDING, State.PENDING)
    response = desk.post(DECIDE, {"seen": pairs([one]), "verb": "approve"}, **IN_PLACE)
    html = response.content.decode()
    assert response.status_code == 200 and "queue-done" in html and 'id="queue-tabs"' in html
    response = desk.post(DECIDE, {"seen": pairs([one]), "verb": "spam"}, **IN_PLACE)
    assert response.status_code == 409 and f'id="comment-{one.pk}"' in response.content.decode()
    assert desk.post(DECIDE, {"seen": pairs([other]), "verb": "reject"}, **IN_PLACE).status_code == 400


def test_the_writer_changed_the_text_meanwhile(desk, story):
    (comment,) = load(story, State.PENDING)
    Comment.objects.filter(pk=comment.pk).update(body="Nội dung mới", version=2)
    ModAction.objects.create(comment=comment, verb=Verb.EDIT, before="pending", after="pending", version=2)
    response = desk.post(DECIDE, {"seen": pairs([comment]), "verb": "approve"})
    assert response.status_code == 409 and "Nội dung mới" in response.content.decode()
    assert Comment.objects.get().state == State.PENDING


def test_an_appeal_is_for_somebody_else(desk, mo, story):
    comment = send(story)
    moderation.reject(comment.pk, 1, mo, "insult")
    appeal(comment)
    html = shown(desk, q="")
    assert "Xin xem lại" in html and "Lan" in html
    assert desk.post(DECIDE, {"seen": f"{comment.pk}:2", "verb": "approve"}).status_code == 409
    desk.force_login(make_user("moderator"))
    assert desk.post(DECIDE, {"seen": f"{comment.pk}:2", "verb": "approve"}).status_code == 302
    assert Comment.objects.get().state == State.VISIBLE


def test_undo_of_the_last_decision_of_one_and_of_a_batch(desk, story):
    comments = load(story, *[State.PENDING] * 3)
    desk.post(DECIDE, {"seen": pairs(comments), "verb": "spam"})
    desk.post(UNDO)
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PENDING}
    desk.post(DECIDE, {"seen": f"{comments[0].pk}:3", "verb": "approve"})
    desk.post(DECIDE, {"seen": f"{comments[0].pk}:4", "verb": "undo"})
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PENDING}
    assert desk.post(UNDO).status_code == 302


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"verb": "approve"},
        {"verb": "approve", "seen": ["x", "1:2:3", "1", "-1:1"]},
        {"verb": "shout", "seen": "1:1"},
        {"verb": "approve", "seen": f"{10**17}:{10**17}"},
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
    assert desk.post(DECIDE, form)["Location"] == DESK


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator", None])
def test_others_see_and_do_nothing(client, story, role):
    comment = send(story)
    client.force_login(make_user(role, is_superuser=role is None))
    writer = f"{DESK}nguoi-viet/{comment.commenter_id}/"
    for address in (
        DESK,
        page_of(comment),
        writer,
        f"{DESK}cum/",
        f"{DESK}so-lieu/",
        f"{DESK}chan/",
        f"{DESK}chi-loi/",
    ):
        response = client.get(address)
        assert response.status_code in (302, 403) and comment.body not in response.content.decode(), address
    assert client.post(DECIDE, {"seen": pairs([comment]), "verb": "approve"}).status_code == 403
    assert client.post(f"{writer}xu-ly/", {"verb": "ban", "days": "7"}).status_code == 403
    assert Comment.objects.get().state == State.PENDING
    assert Commenter.objects.get().status == Commenter.Status.ACTIVE


def test_a_moderator_of_one_section_stays_in_it(client):
    sport, culture = make_section("Thể thao"), make_section("Văn hóa")
    (match,) = load(make_article(section=sport.pk), State.PENDING)
    (concert,) = load(make_article(section=culture.pk), State.PENDING)
    client.force_login(make_user("moderator", section=sport))
    response = client.get(DESK)
    html = response.content.decode()
    assert match.body in html and concert.body not in html and response.context["tabs"][0][2] == 1
    assert concert.body not in client.get(page_of(concert), follow=True).content.decode()
    response = client.post(DECIDE, {"seen": pairs([match, concert]), "verb": "approve"})
    assert concert.body not in response.content.decode()
    states = dict(Comment.objects.values_list("pk", "state"))
    assert states == {match.pk: State.VISIBLE, concert.pk: State.PENDING}


# --- the page of a comment ----------------------------------------------------------------------------------------


def test_the_page_of_a_comment_shows_its_log_and_notes_and_edits_nothing(desk, story):
    comment = send(story, body="Xem www.rac.example đi")
    desk.post(DECIDE, {"seen": pairs([comment]), "verb": "reject", "reason": "advertising", "note": "Quen mặt"})
    desk.post(f"{DESK}{comment.pk}/ghi-chu/", {"text": "Theo dõi thêm"})
    html = desk.get(page_of(comment)).content.decode()
    assert "Lan" in html and "Quen mặt" in html and "www.rac.example</mark>" in html and "Theo dõi thêm" in html
    assert desk.post(page_of(comment), {"body": "Sửa"}).status_code == 403
    assert Comment.objects.get().body == "Xem www.rac.example đi"
    assert desk.get(page_of(comment) + "delete/").status_code == 403
    assert desk.get(DESK + "add/").status_code == 403


def test_readers_words_are_escaped(desk, story):
    comment = send(story, body="<script>alert(1)</script>", name="<b>x</b>")
    for address in (DESK, page_of(comment), f"{DESK}nguoi-viet/{comment.commenter_id}/"):
        html = desk.get(address).content.decode()
        assert "<script>alert" not in html and "<b>x" not in html


def test_queries_do_not_grow(desk, mo, story, django_assert_max_num_queries):
    """Twelve, whatever is on the cards."""
    comment = send(story)
    moderation.reject(comment.pk, 1, mo, "insult")
    appeal(comment)
    desk.get(DESK)  # the first page of a session also writes down who came
    for number in (0, 40):
        load(story, *[State.PENDING] * number)
        load(story, *[State.VISIBLE] * number)
        for shown_one in Comment.objects.filter(state=State.VISIBLE)[:5]:
            complain(shown_one)
        for queue in Queue:
            with django_assert_max_num_queries(12):
                desk.get(DESK, {"hang": queue})


def test_how_many_wait(story):
    load(story, *[State.PENDING] * 3, State.VISIBLE)
    waiting = waiting_comments(make_user("moderator"))
    assert waiting["count"] == len(waiting["oldest"]) == 3
    assert waiting_comments(make_user("moderator", section=make_section("Văn hóa")))["count"] == 0
    assert waiting_comments(make_user("reporter")) is None


def test_many_can_be_decided_by_every_verb_that_needs_no_single_look():
    assert {verb for verb, _words, _key in BULK} >= {Verb.APPROVE, Verb.REJECT, Verb.SPAM, Verb.KEEP, Verb.RESTORE}
