"""Who may type in a story: one tab at a time, only as long as it is heard of, and everybody else is told."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import locks, workflow
from articles.models import Article, EditLock, Stage
from articles.models.editing import LOCK_LIFE
from articles.readiness import Refused
from tests.articles.story_form import page_of, shown
from tests.builders import make_draft, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    article = make_draft(cast.rita, headline="Tít")
    Article.objects.filter(pk=article.pk).update(stage=Stage.EDITING)
    article.refresh_from_db()
    return article


def silent(article, seconds):
    """The page that holds the lock has not been heard of for so long."""
    then = timezone.now() - timedelta(seconds=seconds)
    EditLock.objects.filter(article=article).update(seen_at=then, since=then)


def holds(article):
    lock = locks.holder(article.pk)
    return (lock.user, lock.tab) if lock else None


def test_the_first_one_has_it_and_the_second_one_not(cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    assert locks.acquire(story.pk, cast.pia, "t2").user == cast.ed
    assert holds(story) == (cast.ed, "t1")


def test_a_lock_ends_by_itself_when_nobody_hears_of_its_tab(cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    silent(story, LOCK_LIFE.total_seconds() - 5)
    assert locks.acquire(story.pk, cast.pia, "t2").user == cast.ed
    silent(story, LOCK_LIFE.total_seconds() + 1)
    assert holds(story) is None
    assert locks.acquire(story.pk, cast.pia, "t2").user == cast.pia


def test_a_heartbeat_holds_it_on_and_keeps_its_beginning(cast, story):
    since = locks.acquire(story.pk, cast.ed, "t1").since
    silent(story, 60)
    locks.keep(story.pk, cast.ed, "t1")
    lock = locks.holder(story.pk)
    assert timezone.now() - lock.seen_at < timedelta(seconds=10)
    assert lock.since < since


def test_a_heartbeat_that_comes_late_takes_nothing_from_its_successor(cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    silent(story, 100)
    locks.acquire(story.pk, cast.pia, "t2")
    assert locks.keep(story.pk, cast.ed, "t1").user == cast.pia


def test_a_tab_that_was_loaded_anew_goes_on(cast, story):
    locks.acquire(story.pk, cast.ed, "old")
    assert locks.keep(story.pk, cast.ed, "new", before="old").tab == "new"
    assert locks.keep(story.pk, cast.ed, "other").tab == "new", "another tab of the same person"


def test_only_its_own_tab_gives_it_back(cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    locks.release(story.pk, cast.ed, "t2")
    locks.release(story.pk, cast.pia, "t1")
    assert holds(story) == (cast.ed, "t1")
    locks.release(story.pk, cast.ed, "t1")
    assert holds(story) is None


# --- the pages


def test_opening_the_form_takes_it_and_saving_gives_it_back(client, cast, story):
    client.force_login(cast.ed)
    fields = shown(client, story, headline="Tít mới")
    assert holds(story) == (cast.ed, fields["tab"])
    client.post(page_of(story), fields)
    assert holds(story) is None, "until the form is opened again"
    client.get(page_of(story))
    assert holds(story)[0] == cast.ed


def test_a_colleague_reads_the_text_and_sees_who_is_editing_since_when(client, cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    client.force_login(cast.pia)
    response = client.get(page_of(story))
    page = response.content.decode()
    assert "ed đang sửa từ" in page or "ed has been editing since" in page
    assert "Tít" in page and 'name="headline"' not in page
    assert reverse("admin:articles_article_take_over", args=[story.pk]) in page
    assert holds(story) == (cast.ed, "t1"), "looking takes nothing"


def test_who_may_not_edit_sees_it_too_but_cannot_take_over(client, cast, story):
    locks.acquire(story.pk, cast.ed, "t1")
    client.force_login(cast.rita)
    page = client.get(page_of(story)).content.decode()
    assert "ed " in page
    assert reverse("admin:articles_article_take_over", args=[story.pk]) not in page


def test_the_heartbeat_tells_each_page_how_it_stands(client, cast, story):
    client.force_login(cast.ed)
    fields = shown(client, story)
    address = reverse("admin:articles_article_hold", args=[story.pk])
    beat = {"tab": fields["tab"], "version": story.version, "user": cast.ed.pk}
    assert client.post(address, beat).json() == {"state": "mine", "text": "", "changed": ""}
    assert client.post(address, {**beat, "tab": "another"}).json()["state"] == "own_tab"
    client.force_login(cast.pia)
    told = client.post(address, {**beat, "tab": "hers", "user": cast.pia.pk}).json()
    assert told["state"] == "taken" and "ed" in told["text"]
    Article.objects.filter(pk=story.pk).update(version=99)
    client.force_login(cast.ed)
    assert client.post(address, beat).json()["changed"]


def test_the_heartbeat_says_when_the_story_has_moved_on(client, cast, story):
    client.force_login(cast.ed)
    fields = shown(client, story)
    workflow.perform(story.pk, "forward", by=cast.ed)
    address = reverse("admin:articles_article_hold", args=[story.pk])
    response = client.post(address, {"tab": fields["tab"], "version": story.version})
    assert (response.status_code, response.json()["state"]) == (403, "no_right")


def test_the_same_person_in_two_tabs_is_noticed(client, cast, story):
    client.force_login(cast.ed)
    first = shown(client, story)
    client.post(reverse("admin:articles_article_hold", args=[story.pk]), {"tab": first["tab"]})
    second = client.get(page_of(story))
    assert second.context["saving"].is_in_other_tab
    assert holds(story) == (cast.ed, first["tab"]), "the tab in which one types is not disturbed"


def test_a_page_without_scripts_that_is_loaded_anew_goes_on(client, cast, story):
    client.force_login(cast.ed)
    shown(client, story)
    again = client.get(page_of(story)).context["saving"]
    assert not again.is_in_other_tab
    assert holds(story) == (cast.ed, again.tab)
    client.force_login(cast.pia)
    assert client.get(page_of(story)).context["saving"].is_taken, "a colleague's lock is not taken so"


def test_leaving_gives_it_back(client, cast, story):
    client.force_login(cast.ed)
    fields = shown(client, story)
    assert client.post(reverse("admin:articles_article_leave", args=[story.pk]), fields).status_code == 204
    assert holds(story) is None


def test_signing_out_gives_everything_back(client, cast, story):
    client.force_login(cast.ed)
    shown(client, story)
    client.post(reverse("admin:logout"))
    assert not EditLock.objects.exists()


# --- steps while somebody types


def test_a_step_waits_for_who_is_typing_unless_a_publisher_takes_it(cast, story):
    editor = make_user("editor")
    locks.acquire(story.pk, editor, "t1")
    with pytest.raises(Refused, match=editor.username):
        workflow.perform(story.pk, "forward", by=cast.ed)
    story.refresh_from_db()
    assert story.stage == Stage.EDITING
    workflow.perform(story.pk, "return", by=editor, note="Ai gõ thì được")
    Article.objects.filter(pk=story.pk).update(stage=Stage.REVIEW)
    workflow.perform(story.pk, "approve", by=cast.pia)
    story.refresh_from_db()
    assert story.stage == Stage.APPROVED


def test_the_page_to_read_offers_no_step_that_would_be_refused(client, cast, story):
    locks.acquire(story.pk, cast.pia, "t1")
    client.force_login(cast.ed)
    buttons = client.get(page_of(story)).context["buttons"]
    assert buttons.plain == []
    client.force_login(cast.cora)
    assert client.get(page_of(story)).context["buttons"].noted, "a chief may"


def test_a_step_from_the_page_to_read_never_saves_a_text(client, cast, story):
    """The lock ended between the look and the press: the answer has no text, and must not empty the story."""
    client.force_login(cast.ed)
    client.post(page_of(story), {"_verb": "forward", "seen_version": story.version})
    story.refresh_from_db()
    assert story.stage == Stage.REVIEW
    assert story.working_revision.snapshot.headline == "Tít"


# --- races with real threads


def race(attempts):
    """Run the calls at the same moment; returns what each gave or raised."""
    results, start = [None] * len(attempts), threading.Barrier(len(attempts))

    def run(number, attempt):
        start.wait()
        try:
            results[number] = attempt()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ended", [False, True], ids=["free", "ended"])
def test_of_six_who_open_at_once_exactly_one_holds(ended):
    article = make_draft()
    if ended:
        locks.acquire(article.pk, make_user("editor"), "before")
        silent(article, 120)
    people = [make_user("editor") for _ in range(6)]
    results = race([lambda u=user: locks.acquire(article.pk, u, f"tab{u.pk}") for user in people])
    assert len({(lock.user_id, lock.tab) for lock in results}) == 1, results
    assert results[0].user in people


@pytest.mark.django_db(transaction=True)
def test_six_tabs_of_one_person_have_one_holder():
    article, user = make_draft(), make_user("editor")
    results = race([lambda n=n: locks.acquire(article.pk, user, f"tab{n}") for n in range(6)])
    assert len({lock.tab for lock in results}) == 1, results
