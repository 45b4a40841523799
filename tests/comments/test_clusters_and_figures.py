"""Like comments with one decision for all; figures of the moderators, on a page and in a file."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import clusters, figures, moderation
from comments.clusters import Row, groups
from comments.models import Comment, ModAction, State, Verb
from newsroom.lib import dates
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import load, send

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/comment/"
CAMPAIGN = "Đề nghị bà con cùng lên tiếng phản đối dự án này!"


@pytest.fixture
def mo():
    return make_user("moderator", name="mo", last_name="=Trần", first_name="Lan")


def row(pk, body_hash, bits=None):
    return Row(pk, 1, State.PENDING, body_hash, bits, pk, None, "")


def test_equal_and_near_equal_texts_are_one_group():
    rows = [row(1, "a", 0b1111), row(2, "a", 0b1111), row(3, "b", 0b1000), row(4, "c", -1), row(5, "d"), row(6, "e")]
    found = sorted([one.pk for one in group] for group in groups(rows))
    assert found == [[1, 2, 3], [4], [5], [6]]


def test_a_campaign_is_decided_at_once_and_undone_at_once(desk):
    stories = [make_article() for _ in range(3)]
    for story in stories:
        send(story, body=CAMPAIGN)
        send(story, body="Hay quá!")
    html = desk.get(f"{DESK}cum/").content.decode()
    assert CAMPAIGN in html and "Hay quá!" not in html
    (cluster,) = clusters.clusters(make_user("moderator"))
    assert (cluster.size, cluster.waiting, cluster.stories, cluster.writers) == (3, 3, 3, 3)
    desk.post(f"{DESK}quyet-dinh/", {"seen": cluster.seen, "verb": "reject:repeated", "next": f"{DESK}cum/"})
    assert set(Comment.objects.filter(body=CAMPAIGN).values_list("state", flat=True)) == {State.REJECTED}
    desk.post(f"{DESK}hoan-tac/")
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PENDING}


def test_clusters_of_other_sections_are_not_shown():
    story = make_article(section=make_section("Thể thao").pk)
    for _n in range(3):
        send(story, body=CAMPAIGN)
    assert clusters.clusters(make_user("moderator", section=make_section("Văn hóa"))) == []
    assert len(clusters.clusters(make_user("moderator"))) == 1


def test_how_long_readers_waited(mo):
    story, today = make_article(), dates.today()
    comments = load(story, *[State.PENDING] * 10, at=timezone.now())
    for minutes, comment in enumerate(comments, 1):
        Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))
        moderation.approve(comment.pk, 1, mo)
    moderation.reject(comments[0].pk, 2, make_user("chief"), "insult")
    found = figures.figures(today, today, mo)
    assert found.total.total == 11 and found.total.decisions[Verb.APPROVE] == 10
    assert round(found.total.median.total_seconds() / 60) == 5
    assert round(found.total.ninety.total_seconds() / 60) == 9
    assert [line.name for line in found.moderators][0] == "=Trần Lan" and len(found.moderators) == 2
    assert [line.name for line in found.sections] == [str(story.section)]
    nobody = make_user("moderator", section=make_section("Văn hóa"))
    assert figures.figures(today, today, nobody).total.total == 0


def test_undone_decisions_do_not_count(desk, mo):
    (comment,) = load(make_article(), State.PENDING)
    moderation.approve(comment.pk, 1, mo)
    desk.post(f"{DESK}hoan-tac/")
    assert ModAction.objects.filter(verb=Verb.UNDO).exists()
    assert figures.figures(dates.today(), dates.today(), mo).total.total == 0


def test_the_file_holds_no_formula(desk, mo):
    (comment,) = load(make_article(), State.PENDING)
    moderation.approve(comment.pk, 1, mo)
    response = desk.get(f"{DESK}so-lieu/", {"dang": "csv"})
    written = response.content.decode()
    assert response["Content-Type"] == "text/csv" and "'=Trần Lan" in written and ",=" not in written


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ({}, 200),
        ({"tu": "2026-11-01", "den": "2026-11-20"}, 200),
        ({"tu": "2026-02-30"}, 400),
        ({"tu": "x", "den": "y"}, 400),
        ({"tu": "2026-11-20", "den": "2026-11-01"}, 400),
        ({"tu": "2020-01-01", "den": "2026-11-01"}, 400),
    ],
)
def test_days_that_cannot_be_are_told(desk, days, status):
    response = desk.get(f"{DESK}so-lieu/", days)
    assert response.status_code == status and ('role="alert"' in response.content.decode()) == (status == 400)
