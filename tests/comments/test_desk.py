"""The moderators' desk: who sees what, in which order, what the buttons do; all of it without JavaScript."""

import re

import pytest

from comments import claims, moderation
from comments.models import Comment, Commenter, ModAction, State, Verb
from comments.queues import Queue
from comments.templatetags.comments_desk import BULK, buttons
from tests.builders import make_article, make_section, make_user
from tests.comments.moderators import DECIDE, DESK, IN_PLACE, UNDO, page_of, pairs, shown
from tests.comments.voices import appeal, complain, load, propose, send

pytestmark = pytest.mark.django_db


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
    before = one.body
    propose(one, f"{one.body} thêm chữ")
    propose(other, "Chữ mới hai")
    assert [verb for verb, _words, _key in buttons(one)] != []
    html = shown(desk, hang=Queue.SHOWN)
    assert re.search(r"<ins>.* thêm chữ<", html) and re.search(r"<del>.*Ý kiến.*<ins>.*Chữ mới hai<", html)
    assert "<ins>" in desk.get(page_of(one)).content.decode()
    desk.post(DECIDE, {"seen": pairs([one]), "verb": "take-edit"})
    desk.post(DECIDE, {"seen": pairs([other]), "verb": "keep"})
    one.refresh_from_db()
    bodies = (one.body, Comment.objects.get(pk=other.pk).body)
    assert bodies == (f"{before} thêm chữ", other.body) and one.edited_at is not None


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


def test_many_can_be_decided_by_every_verb_that_needs_no_single_look():
    assert {verb for verb, _words, _key in BULK} >= {Verb.APPROVE, Verb.REJECT, Verb.SPAM, Verb.KEEP, Verb.RESTORE}
