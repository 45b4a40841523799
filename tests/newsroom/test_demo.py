"""`manage.py demo`: a paper that looks like one, made once, and completed after a run that was stopped."""

import io
from collections import Counter
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from PIL import Image as PIL

from articles import placing, workflow
from articles.models import (
    Article,
    Author,
    Byline,
    Correction,
    DayCount,
    DeskNotice,
    Image,
    ImageUse,
    PreviewAnswer,
    Publication,
    PublicVersion,
    RoleGrant,
    Section,
    SignOff,
    Stage,
    StoryNote,
    Transition,
)
from articles.pictures import prepare
from comments import clusters, queues
from comments.models import Comment, Commenter, CommentRevision, Letter, ModAction, Report, State, Thread
from newsroom.demo import library, people, voices
from newsroom.demo.texts import all_texts
from newsroom.lib import dates, html
from newsroom.management.commands import demo

pytestmark = pytest.mark.django_db


def tiny(keys):
    """A small picture of its own colour for each drawing, in no time."""
    for number, key in enumerate(keys):
        content = io.BytesIO()
        PIL.new("RGB", (60, 40), (number * 6, 90, 120)).save(content, "PNG")
        yield key, prepare(content.getvalue())


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(library, "in_parallel", lambda _work, keys: tiny(keys))


def load(**options) -> str:
    out = io.StringIO()
    call_command("demo", stdout=out, verbosity=0, **options)
    return out.getvalue()


def test_the_first_run_makes_a_paper_that_can_be_read_edited_and_moderated(monkeypatch):
    """One run, looked at from every side: it takes seconds."""
    load(if_empty=True)
    the_paper_is_whole()
    no_picture_of_a_text_is_lost()
    every_step_was_done_by_somebody_who_may()
    every_part_of_the_desk_is_alive()
    comments_stand_in_every_state_and_are_counted()
    every_queue_of_the_moderators_has_something_to_decide()
    the_days_are_counted_exactly()
    the_staff_can_sign_in_with_the_kept_password()
    a_second_run_changes_nothing_and_says_how_to_sign_in(monkeypatch)


def the_paper_is_whole():
    assert Publication.objects.get().tag == "NSHN"
    assert Section.objects.filter(parent=None).count() == 8
    assert Section.objects.exclude(parent=None).count() >= 16
    assert Author.objects.count() == 12
    assert Image.objects.count() == 41
    assert not Image.objects.filter(alt="") and not Image.objects.filter(credit="")
    now = timezone.now()
    live = Article.objects.published()
    assert live.count() >= 55
    assert live.filter(published_on__lt=datetime(2021, 2, 1, tzinfo=dates.TZ)).count() >= 6
    oldest = dates.local(now).date().toordinal() - 61
    assert live.filter(published_on__gt=datetime.fromordinal(oldest)).count() >= 50
    assert {article.readers_state for article in Article.objects.all()} == {
        "live",
        "scheduled",
        "ended",
        "withdrawn",
        "never",
    }
    assert set(Article.objects.values_list("stage", flat=True)) == set(Stage)


def no_picture_of_a_text_is_lost():
    for article in Article.objects.exclude(live_revision=None):
        shown = {figure.image_id for figure in html.figures(article.body)}
        used = ImageUse.objects.filter(revision=article.live_revision, place="body")
        assert shown == set(used.values_list("image", flat=True))
    names = sum(text.content["body"].count("data-image=") for text in all_texts())
    assert ImageUse.objects.filter(place="body").count() >= names
    assert Byline.objects.filter(role="photo").exists()


def every_step_was_done_by_somebody_who_may():
    counted = Counter(Transition.objects.values_list("verb", flat=True))
    assert counted.keys() >= {"submit", "take", "return", "forward", "approve", "publish", "withdraw"}
    for step in Transition.objects.filter(verb__in=workflow.TRANSITIONS).select_related("actor"):
        assert RoleGrant.objects.filter(user=step.actor, role=step.role).exists()
        assert step.role in workflow.TRANSITIONS[step.verb].roles
        assert step.note or not workflow.TRANSITIONS[step.verb].needs_note


def every_part_of_the_desk_is_alive():
    kinds = PublicVersion.objects.values_list("kind", flat=True)
    assert set(kinds) >= {"typo", "update", "correction", "withdrawal"}
    assert set(Correction.objects.values_list("stage", flat=True)) == {"draft", "published"}
    assert not any(correction.is_overdue for correction in Correction.objects.all())
    assert Article.objects.filter(due_at__gt=timezone.now(), due_revision__isnull=False).exists()
    assert Article.objects.filter(embargo_until__gt=timezone.now()).exists()
    assert Article.objects.published().filter(published_on=dates.today()).count() >= 3
    assert Article.objects.published().filter(stage=Stage.EDITING).exists(), "a rewrite of a live story"
    assert StoryNote.objects.exclude(mentioned=None).count() == StoryNote.objects.count() == 3
    assert PreviewAnswer.objects.exists() and SignOff.objects.filter(asked_at__isnull=False).exists()
    for username in ("phongvien", "bientapvien"):
        assert DeskNotice.objects.filter(user__username=username, read_at=None).exists()
    for correction in Correction.objects.filter(stage="published"):
        assert "mỗi tuần" in correction.false_content and "container mỗi tuần" not in correction.article.body
        assert correction.article.public_versions.filter(kind="correction").exists()


def comments_stand_in_every_state_and_are_counted():
    assert set(Comment.objects.values_list("state", flat=True)) == set(State) - {State.ERASED}
    own = Comment.objects.exclude(badge="").get()
    assert own.is_shown and own.parent and own.parent.is_shown
    assert Comment.objects.count() == sum(len(text.remarks) for text in all_texts()) + 1 + 4 + len(voices.TODAY)
    assert (
        Comment.objects.filter(featured_at__isnull=False).exists()
        and Comment.objects.filter(like_count__gt=3).exists()
    )
    call_command("recount", "--check", verbosity=0)
    rejected = Comment.objects.filter(state=State.REJECTED).count()
    assert ModAction.objects.filter(verb="reject").count() == rejected + 1, "one asks for a second look"
    assert not Comment.objects.filter(created_at__gt=timezone.now()).exists()
    for thread in Thread.objects.all():
        assert thread.visible_count == Comment.objects.shown().filter(thread=thread).count()
        assert thread.pending_count == Comment.objects.waiting().filter(thread=thread).count()
    assert not Comment.objects.exclude(root=None).exclude(root__root=None).exists()


def every_queue_of_the_moderators_has_something_to_decide():
    moderator = get_user_model().objects.get(username="kiemduyet")
    numbers = queues.counts(queues.Asked(), queues.sight_of(moderator))
    assert all(numbers.values()), numbers
    waiting = Comment.objects.waiting()
    assert waiting.get(appealed_at__isnull=False).appeal and CommentRevision.objects.get().state == "proposed"
    assert len(set(Report.objects.values_list("reason", flat=True))) >= 4
    (like,) = clusters.clusters(moderator)
    assert like.waiting == like.stories == 4
    found = {finding["code"] for findings in waiting.values_list("findings", flat=True) for finding in findings}
    assert found >= {"phone", "link", "capitals", "word", "office"}
    assert Commenter.objects.get(status="banned").rejected_count == 2
    assert not Letter.objects.filter(kind="confirm").exists()


def the_days_are_counted_exactly():
    counts = set(DayCount.objects.filter(count__gt=0).values_list("day", "section", "count"))
    with transaction.atomic():
        placing.recount()
    assert set(DayCount.objects.values_list("day", "section", "count")) == counts


def the_staff_can_sign_in_with_the_kept_password():
    file = people.password_file()
    password = file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(password) >= 16
    for account in people.ACCOUNTS:
        user = get_user_model().objects.get(username=account.username)
        assert user.check_password(password)
        assert user.is_staff and not user.is_superuser
        assert user.groups.filter(name=account.role).exists()


def a_second_run_changes_nothing_and_says_how_to_sign_in(monkeypatch):
    before = [list(model.objects.order_by("pk").values()) for model in (Article, Comment, Image, Transition, Author)]
    load()
    after = [list(model.objects.order_by("pk").values()) for model in (Article, Comment, Image, Transition, Author)]
    assert after == before
    monkeypatch.setattr(demo, "set_up_paper", lambda: pytest.fail("the paper is not empty"))
    out = io.StringIO()
    call_command("demo", "--if-empty", stdout=out)
    assert "tongbientap" in out.getvalue()
    assert "/admin/" in out.getvalue()
    assert (people.password_file().read_text().strip()) in out.getvalue()


def test_a_first_run_that_was_stopped_can_be_repeated(monkeypatch):
    def stopped(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "perform", stopped)
        with pytest.raises(KeyboardInterrupt):
            load(if_empty=True)
    assert not Article.objects.exists()
    load(if_empty=True)
    assert Article.objects.count() == len(list(all_texts()))
    assert Image.objects.count() == 41


@pytest.mark.parametrize("hour", [0, 6, 13, 23])
def test_no_story_is_of_the_future(hour):
    now = datetime(2027, 2, 3, hour, 30, tzinfo=dates.TZ)
    for text in all_texts():
        assert text.published_at(now) <= now
    today = [text for text in all_texts() if dates.local(text.published_at(now)).date() == now.date()]
    assert len([text for text in today if text.stage == "live"]) >= 3, "something is published today at any hour"


def test_an_account_that_was_there_is_left_alone():
    get_user_model().objects.create_user("quantri", password="của tôi")
    people.set_up_people()
    user = get_user_model().objects.get(username="quantri")
    assert user.check_password("của tôi")
    assert not user.is_staff
    assert not RoleGrant.objects.filter(user=user).exists()
