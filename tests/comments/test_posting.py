"""A reader's comment on its way into the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import keys
from articles.models import Article, Publication
from comments import posting, screening
from comments.models import Comment, Commenter, State, Thread
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_publication, make_section, withdraw
from tests.comments.voices import counted, envelope, letter, load, recount, send, shown_and_waiting

pytestmark = pytest.mark.django_db


def let_through(story):
    Article.objects.filter(pk=story.pk).update(comment_policy="open")


def test_it_waits_by_default(story):
    comment = send(story, name="Lê Thị Hà", body="Hay")
    assert (comment.state, comment.published_at, comment.findings) == (State.PENDING, None, [])
    assert shown_and_waiting(story.pk) == (0, 1)


def test_open_stories_show_it_at_once(story):
    let_through(story)
    before = Epoch.objects.filter(key=keys.thread(story.pk)).count()
    comment = send(story)
    assert comment.state == State.VISIBLE
    assert comment.published_at == comment.created_at
    assert shown_and_waiting(story.pk) == (1, 0)
    assert (before, Epoch.objects.filter(key=keys.thread(story.pk)).count()) == (0, 1)


def test_a_waiting_comment_leaves_the_pages_alone(story):
    send(story)
    assert not Epoch.objects.filter(key=keys.thread(story.pk)).exists()


def test_findings_hold_it_even_where_all_is_open(story):
    let_through(story)
    comment = send(story, body="Xem tại www.quang-cao.example nhé")
    comment.refresh_from_db()
    assert comment.state == State.PENDING
    assert comment.findings == [{"code": "link", "effect": "hold", "span": [8, 29]}]


def test_the_trap_makes_it_spam_without_a_word(story):
    assert send(story, trap="x").state == State.SPAM
    assert shown_and_waiting(story.pk) == (0, 0)


@pytest.mark.parametrize("policy", ["closed", "hidden"])
def test_closed_stories_refuse(story, policy):
    Article.objects.filter(pk=story.pk).update(comment_policy=policy)
    with pytest.raises(posting.Closed):
        send(story)
    assert not Comment.objects.exists() and not Thread.objects.exists()


def test_the_switch_for_everything(story):
    make_publication(comments_open=False)
    with pytest.raises(posting.Closed):
        send(story)
    assert Publication.current().comments_open is False


def test_withdrawn_ended_and_coming_stories_refuse(story):
    coming = make_article(hours(3))
    withdraw(story)
    for closed in (story, coming):
        with pytest.raises(posting.Closed):
            send(closed)


def test_sections_speak_for_their_stories():
    parent = make_section("Đô thị", comment_policy="open")
    story = make_article(section=make_section("Giao thông", parent=parent).pk)
    assert send(story).state == State.VISIBLE


def test_a_reply_stands_under_its_comment(story):
    (root,) = load(story, State.VISIBLE)
    reply = send(story, parent_id=root.pk)
    assert (reply.root_id, reply.parent_id) == (root.pk, root.pk)


def test_a_reply_to_a_reply_stands_beside_it(story):
    (root,) = load(story, State.VISIBLE)
    (first,) = load(story, State.VISIBLE, under=root)
    second = send(story, parent_id=first.pk)
    assert (second.root_id, second.parent_id) == (root.pk, first.pk)


def test_only_shown_comments_of_the_story_are_answered(story):
    waiting, rejected = load(story, State.PENDING, State.REJECTED)
    (elsewhere,) = load(make_article(), State.VISIBLE)
    for parent_id in (waiting.pk, rejected.pk, elsewhere.pk, 10**12):
        with pytest.raises(posting.ParentGone):
            send(story, parent_id=parent_id)


def test_the_same_form_is_stored_once(story):
    outside = envelope()
    first = posting.post(story.pk, letter(), outside)
    again = posting.post(story.pk, letter(body="Khác hẳn"), outside)
    assert first.pk == again.pk
    assert Comment.objects.count() == 1


def test_a_nonce_belongs_to_one_story(story):
    other = make_article()
    assert send(story, nonce="a" * 32).pk != send(other, nonce="a" * 32).pk


@pytest.mark.parametrize("person", [{"email": "ha@example.com"}, {"device": "điện thoại"}])
def test_the_same_person_says_it_once_a_day(story, person):
    send(story, body="Rất  hay", **person)
    with pytest.raises(posting.AlreadySaid):
        send(story, body="rất hay", **person)
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send(story, body="Rất hay", **person)


def test_two_people_may_agree_in_the_same_words(story):
    assert send(story, body="Rất hay").pk != send(story, body="Rất hay").pk


@pytest.mark.parametrize("person", [{"email": "ha@example.com"}, {"device": "điện thoại"}])
def test_too_many_in_a_short_time(story, person):
    for _ in range(screening.PER_PERSON):
        send(story, **person)
    with pytest.raises(posting.TooMany):
        send(make_article(), **person)
    assert send(story)


def test_a_network_is_held_never_refused(story):
    let_through(story)
    Comment.objects.bulk_create(
        Comment(thread=Thread.objects.get_or_create(article=story)[0], author_name="x", body="x", nonce=str(n),
                ip_prefix="198.51.100.0/24")
        for n in range(screening.PER_NETWORK)
    )  # fmt: skip
    assert send(story).findings[0]["code"] == "network"
    assert send(story, address="203.0.113.9").state == State.VISIBLE
    assert send(story, address="0.0.0.0").ip_prefix == ""


def test_a_campaign_over_many_stories():
    states = [send(make_article(), body="Công ty chúng tôi tuyển cộng tác viên").state for _ in range(6)]
    assert states == [State.PENDING] * 5 + [State.SPAM]


def test_people_are_known_by_a_keyed_hash(story):
    comment = send(story, email="Ha@Example.com", address="203.0.113.9", device="máy")
    send(story, email="ha@example.com")
    commenter = Commenter.objects.get()
    assert len(commenter.email_key) == len(comment.ip_key) == len(comment.device_key) == 64
    assert comment.ip_prefix == "203.0.113.0/24"


def test_banned_and_held_writers(story):
    let_through(story)
    send(story, email="ha@example.com")
    Commenter.objects.update(status="held")
    assert send(story, email="ha@example.com").state == State.PENDING
    Commenter.objects.update(status="banned")
    with pytest.raises(posting.Banned):
        send(story, email="ha@example.com")


def test_loading_many_keeps_the_count(story, django_assert_max_num_queries):
    now = timezone.now()
    row = posting.LoadedComment
    rows = [
        row("Hà", "Một", now),
        row("Bình", "Hai", now, parent=0),
        row("Ân", "Ba", now, State.REJECTED, reason="insult"),
        row("Cúc", "Bốn", now, parent=2),
        row("Đan", "Năm", now, State.PENDING, parent=0),
        row("Yến", "Sáu", now, State.SPAM),
        row("Vân", "Bảy", now, parent=1),
    ]
    with django_assert_max_num_queries(14):
        assert posting.load_comments(story, rows) == 7
    assert counted(story.pk) == recount(story.pk)
    assert shown_and_waiting(story.pk) == (3, 1)
    assert Comment.objects.get(body="Bảy").root == Comment.objects.get(body="Một")
    assert Comment.objects.get(body="Bốn").hidden_by_root is True


def test_loading_refuses_a_parent_to_come(story):
    with pytest.raises(ValueError, match="Comment 0"):
        posting.load_comments(story, [posting.LoadedComment("Hà", "Một", timezone.now(), parent=0)])
    assert not Comment.objects.exists()
