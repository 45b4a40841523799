"""Rules for the paper, a section, a story: closing, slow mode, holding by itself, who may write, badges."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import keys
from articles.models import Article, BylineRef
from comments import complaints, holding, posting
from comments.complaints import Complained, Sender
from comments.models import Badge, Block, Comment, Commenter, State, Thread, ThreadRules
from comments.policy import Rules, policy_of, rules_of
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_author, make_publication, make_section, make_user
from tests.comments.voices import envelope, letter, load, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    parent = make_section("Đô thị", comment_policy="open")
    return make_article(section=make_section("Giao thông", parent=parent).pk)


def rule(**fields):
    return ThreadRules.objects.create(**fields)


def found(story):
    return Article.objects.select_related("section__parent").get(pk=story.pk)


def test_the_nearest_place_that_says_something_counts(story, django_assert_num_queries):
    assert rules_of(found(story)) == Rules()
    rule(slow_seconds=10, late_minutes=30, close_after_days=9)
    rule(section=story.section.parent, slow_seconds=20, late_minutes=60)
    rule(section=story.section, slow_seconds=30)
    rule(section=make_section("Khác"), slow_seconds=99)
    rule(article=story, slow_seconds=0)
    article = found(story)
    with django_assert_num_queries(1):
        rules = rules_of(article)
    assert (rules.slow_seconds, rules.late_minutes, rules.close_after_days) == (0, 60, 9)


def test_it_closes_after_so_many_days(story):
    rule(close_after_days=3)
    send(story)
    Article.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(days=3, minutes=1))
    assert policy_of(found(story), make_publication()) == "closed"
    with pytest.raises(posting.Closed):
        send(story)


def test_slow_mode_says_how_long(story):
    rule(slow_seconds=60)
    send(story, device="máy")
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=20))
    with pytest.raises(posting.TooSoon) as early:
        send(story, device="máy")
    assert 38 <= early.value.seconds <= 40
    assert send(story, device="máy khác") and send(make_article(), device="máy")


def test_it_holds_while_the_oldest_waits_too_long(story):
    rule(late_minutes=30)
    (waiting,) = load(story, State.PENDING)
    assert send(story).state == State.VISIBLE
    Comment.objects.filter(pk=waiting.pk).update(created_at=hours(-1), due_at=hours(-1))
    assert send(story).state == State.PENDING
    assert Thread.objects.get().hold == Thread.Hold.LATE
    Comment.objects.filter(state=State.PENDING).update(state=State.WITHDRAWN)
    call_command("tend_comments", verbosity=0)
    assert Thread.objects.get().hold == "" and send(story).state == State.VISIBLE


def test_it_holds_in_a_wave_of_reports(story):
    rule(wave_reports=3)
    comments = load(story, *[State.VISIBLE] * 3)
    for number, comment in enumerate(comments):
        complaints.report(comment.pk, Complained("hate"), Sender(f"máy {number}", f"198.51.{number}.7"))
    assert Thread.objects.get().hold == Thread.Hold.REPORTS
    assert send(story).state == State.PENDING
    comments[0].reports.model.objects.update(created_at=hours(-2))
    assert holding.review_all() == 1
    assert send(story).state == State.VISIBLE


@pytest.mark.parametrize(
    ("policy", "hold", "said"),
    [
        ("held", "", "Bình luận được tòa soạn đọc trước khi hiển thị."),
        ("trusted", "", "Bình luận của người viết mới được tòa soạn đọc trước"),
        ("open", "reports", "Lúc này, mọi bình luận dưới bài được tòa soạn đọc trước"),
        ("open", "", ""),
    ],
)
def test_the_form_says_whose_comments_are_read_first(client, story, policy, hold, said):
    Article.objects.update(comment_policy=policy)
    load(story, State.VISIBLE)
    Thread.objects.update(hold=hold)
    thread = f"/binh-luan/{story.pk}/"
    fields = {"name": "Hà", "email": "ha@example.com", "body": "Xin chào", "consent": "on"}
    answers = [client.get(story.get_absolute_url()), client.get(thread), client.get(f"{thread}gui/")]
    answers.append(client.post(f"{thread}gui/", fields, headers={"Origin": "http://testserver"}))
    for answer in answers:
        html = answer.content.decode()
        assert answer.status_code == 200 and said in html and ("đọc trước khi hiển thị" in html) == bool(said)


def test_kept_pages_hear_that_a_thread_holds(story):
    rule(late_minutes=30)
    load(story, State.PENDING, at=hours(-1))
    before = Epoch.objects.filter(key=keys.thread(story.pk)).values_list("version", flat=True).first() or 0
    call_command("tend_comments", verbosity=0)
    assert Epoch.objects.get(key=keys.thread(story.pk)).version == before + 1


def test_a_confirmed_address_may_be_asked_for(story):
    rule(identity=ThreadRules.Identity.EMAIL)
    comment = send(story, email="ha@example.com")
    assert comment.state == State.PENDING and comment.due_at > comment.created_at + timedelta(days=6)
    assert [found["code"] for found in comment.findings] == ["unconfirmed"]
    Commenter.objects.update(confirmed_at=timezone.now())
    claimed = send(story, email="ha@example.com")
    proved = posting.post(story.pk, letter(email="ha@example.com"), envelope(writer=comment.commenter_id))
    assert (claimed.state, proved.state) == (State.PENDING, State.VISIBLE)


def test_open_to_trusted_writers_only_when_they_prove_it(story):
    Article.objects.filter(pk=story.pk).update(comment_policy="trusted")
    send(story, email="ha@example.com")
    Commenter.objects.update(confirmed_at=timezone.now(), is_trusted=True)
    claimed = send(story, email="ha@example.com")
    proved = posting.post(story.pk, letter(email="ha@example.com"), envelope(writer=Commenter.objects.get().pk))
    assert (claimed.state, proved.state) == (State.PENDING, State.VISIBLE)


@pytest.mark.parametrize(
    ("kind", "key", "state"),
    [
        (Block.Kind.DOMAIN, "rac.example", None),
        (Block.Kind.NETWORK, "203.0.113.0/24", State.PENDING),
        (Block.Kind.DOMAIN, "khac.example", State.VISIBLE),
    ],
)
def test_blocks_of_the_desk(story, kind, key, state):
    block = Block.objects.create(kind=kind, value_key=key, created_by=make_user("moderator"))
    sent = {"email": "ai@rac.example", "address": "203.0.113.9"}
    if state is None:
        with pytest.raises(posting.Banned):
            send(story, **sent)
        Block.objects.filter(pk=block.pk).update(expires_at=hours(-1))
        assert send(story, **sent).state == State.VISIBLE
    else:
        assert send(story, **sent).state == state


def test_a_ban_ends(story):
    send(story, email="ha@example.com")
    Commenter.objects.update(status="banned", status_until=hours(-1))
    assert send(story, email="ha@example.com").state == State.VISIBLE


def test_badges_come_from_a_sign_in_and_never_from_a_name(story):
    editor, author = make_user("editor"), make_user("reporter")
    byline = make_author("Nguyễn Mai")
    byline.user = author
    byline.save()
    own_story = make_article(bylines=(BylineRef(byline.pk),))

    def badge(article, user, **fields):
        return posting.post(article.pk, letter(**fields), envelope(user=user)).badge

    assert badge(story, editor) == Badge.STAFF
    assert badge(own_story, author) == Badge.AUTHOR
    assert badge(own_story, None, name="Nguyễn Mai") == Badge.NONE
