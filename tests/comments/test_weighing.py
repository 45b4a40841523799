"""What surrounds a comment in the database, and what screening makes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from comments import weighing
from comments.models import Comment, Commenter, State
from comments.screening import Trust, behaviour
from comments.weighing import Sending, weigh
from tests.builders import make_article, make_author
from tests.comments.voices import load, send

pytestmark = pytest.mark.django_db
LONG = "Tôi cho rằng cần làm vỉa hè trước rồi mới tính tới chuyện thu phí gửi xe của người dân"


@pytest.fixture
def story():
    article = make_article()
    Article.objects.filter(pk=article.pk).update(comment_policy="open")
    return article


def weighed(comment, **sending):
    findings, trust = weigh(comment, Sending(**sending), "open", timezone.now())
    return [finding.code for finding in findings], trust


def test_nearly_the_same_text_is_pointed_out_and_waits_from_the_third_on(story):
    sent = [send(story, body=f"{LONG} {word}") for word in ("", "ạ", "nhé", "đi", "thôi")]
    effects = [[found["effect"] for found in comment.findings] for comment in sent]
    assert effects == [[], ["note"], ["note"], ["hold"], ["hold"]]
    assert sent[3].findings[0]["number"] == 3


def test_texts_of_yesterday_are_forgotten(story):
    send(story, body=LONG)
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send(story, body=f"{LONG} nhé").findings == []


def test_a_rush_under_one_story_and_in_the_paper(story, monkeypatch):
    monkeypatch.setattr(behaviour, "PER_THREAD", 3)
    monkeypatch.setattr(behaviour, "PER_SITE", 5)
    load(story, *[State.VISIBLE] * 3)
    load(make_article(), *[State.VISIBLE] * 2)
    assert [found["code"] for found in send(story).findings] == ["thread", "site"]


def test_names_of_the_newsroom_wait(story):
    make_author("Trần Hải Đăng")
    assert [found["code"] for found in send(story, name="Tran Hai Dang").findings] == ["person"]


def test_a_claimed_address_earns_nobody_trust(story):
    comment = send(story)
    Commenter.objects.update(approved_count=30)
    comment = Comment.objects.select_related("commenter").get(pk=comment.pk)
    assert weighed(comment)[1] is Trust.NEW
    assert weighed(comment, is_proved=True)[1] is Trust.PROVEN


def test_who_is_held_for_a_time_is_held_until_then(story):
    comment = send(story)
    writer = comment.commenter
    for until, expected in ((None, True), (timedelta(hours=1), True), (timedelta(hours=-1), False)):
        writer.status, writer.status_until = Commenter.Status.HELD, until and timezone.now() + until
        assert weighing.is_held(writer, timezone.now()) is expected


def test_a_comment_is_no_copy_of_itself(story):
    comment = send(story, body=LONG)
    assert weighed(Comment.objects.get(pk=comment.pk)) == ([], Trust.NEW)


def test_it_costs_the_same_in_a_large_paper(story, django_assert_max_num_queries):
    comment = send(story)
    load(story, *[State.VISIBLE] * 20)
    comment = Comment.objects.select_related("commenter", "thread__article__section__parent").get(pk=comment.pk)
    with django_assert_max_num_queries(6):
        weigh(comment, Sending(), "open", timezone.now())
