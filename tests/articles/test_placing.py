"""Lists and counts of days: right after every verb, equal to a recount, and exact when many publish at once."""

import threading
from collections import Counter
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from articles import catalogue, placing, writing
from articles.models import Article, DayCount, Placement, Section, Stage
from articles.notices import Notice
from articles.workflow import perform
from newsroom.lib import dates
from tests.builders import hours, make_article, make_draft, make_section, make_snapshot, make_user, withdraw

pytestmark = pytest.mark.django_db
DAY = date(2021, 1, 14)
NOON = datetime(2021, 1, 14, 12, tzinfo=dates.TZ)


@pytest.fixture
def sections():
    city = make_section("Đô thị")
    return {"city": city, "traffic": make_section("Giao thông", parent=city), "sport": make_section("Thể thao")}


def counts(day=DAY):
    """Name of the section (None for the whole paper) -> stories of the day; what is zero is left out."""
    rows = DayCount.objects.filter(day=day, count__gt=0).select_related("section")
    return {row.section and row.section.name: row.count for row in rows}


def stored():
    return Counter({(row.day, row.section_id): row.count for row in DayCount.objects.filter(count__gt=0)})


def lists_of(article):
    return set(article.placements.values_list("section__name", flat=True))


@pytest.fixture(autouse=True)
def recount_agrees(request, db):
    """After each test the counts that the verbs kept are those of a fresh recount."""
    yield
    if "transaction" not in str(request.node.get_closest_marker("django_db").kwargs):
        kept = stored()
        with transaction.atomic():
            placing.recount()
        assert stored() == kept


def update(article, by, **fields):
    perform(article.pk, "revise", by=by)
    article.refresh_from_db()
    text = {**article.working_revision.snapshot.__dict__, **fields}
    writing.save_text(article, make_snapshot(**text), by=by, version=article.version)
    Article.objects.filter(pk=article.pk).update(stage=Stage.APPROVED)
    perform(article.pk, "publish", by=by, notice=Notice("update", "Bổ sung số liệu."))
    article.refresh_from_db()


def test_a_story_is_listed_in_its_section_the_parent_and_the_other_ones(sections):
    article = make_article(NOON, section=sections["traffic"].pk, other_sections=(sections["sport"].pk,))
    assert lists_of(article) == {"Giao thông", "Đô thị", "Thể thao"}
    assert counts() == {None: 1, "Giao thông": 1, "Đô thị": 1, "Thể thao": 1}


def test_a_story_in_a_section_and_its_parent_counts_once(sections):
    make_article(NOON, section=sections["traffic"].pk, other_sections=(sections["city"].pk,))
    assert counts() == {None: 1, "Giao thông": 1, "Đô thị": 1}


def test_stories_of_a_day_add_up(sections):
    for name in ("traffic", "sport", "sport"):
        make_article(NOON, section=sections[name].pk)
    assert counts() == {None: 3, "Giao thông": 1, "Đô thị": 1, "Thể thao": 2}


def test_an_update_moves_a_story_to_another_section(sections, cast):
    article = make_article(NOON, section=sections["traffic"].pk)
    update(article, cast.cora, section=sections["sport"].pk)
    assert lists_of(article) == {"Thể thao"}
    assert counts() == {None: 1, "Thể thao": 1}


def test_an_update_that_changes_no_place_changes_no_count(sections, cast):
    article = make_article(NOON, section=sections["traffic"].pk)
    update(article, cast.cora, headline="Tít mới")
    assert counts() == {None: 1, "Giao thông": 1, "Đô thị": 1}


def test_a_story_taken_back_and_published_on_another_day_counts_there(sections, cast):
    article = make_article(hours(3), section=sections["sport"].pk)
    perform(article.pk, "unschedule", by=cast.pia)
    assert stored() == Counter()
    perform(article.pk, "publish", by=cast.pia, at=NOON)
    assert counts() == {None: 1, "Thể thao": 1}


def test_a_withdrawn_story_counts_nowhere_and_again_when_it_is_back(sections, cast):
    make_article(NOON, section=sections["sport"].pk)
    article = make_article(NOON, section=sections["sport"].pk)
    withdraw(article)
    assert counts() == {None: 1, "Thể thao": 1}
    perform(article.pk, "republish", by=cast.cora)
    assert counts() == {None: 2, "Thể thao": 2}


def test_hiding_the_main_section_takes_stories_out_everywhere_and_showing_brings_them_back(sections):
    article = make_article(NOON, section=sections["traffic"].pk, other_sections=(sections["sport"].pk,))
    before = counts()
    make_section("Đô thị", is_shown=False)
    assert (lists_of(article), counts()) == (set(), {})
    make_section("Đô thị", is_shown=True)
    assert (lists_of(article), counts()) == ({"Giao thông", "Đô thị", "Thể thao"}, before)


def test_a_story_that_is_published_into_a_hidden_section_is_not_listed(sections):
    make_section("Thể thao", is_shown=False)
    article = make_article(NOON, section=sections["sport"].pk)
    assert (lists_of(article), counts()) == (set(), {})


def test_a_withdrawn_story_is_not_brought_back_by_its_section(sections):
    article = make_article(NOON, section=sections["sport"].pk)
    withdraw(article)
    for shown in (False, True):
        make_section("Thể thao", is_shown=shown)
    assert (lists_of(article), counts()) == (set(), {})


def test_a_section_that_moves_takes_its_stories_along(sections):
    make_article(NOON, section=sections["traffic"].pk)
    traffic = Section.objects.get(name="Giao thông")
    traffic.parent = sections["sport"]
    catalogue.save_section(traffic)
    assert counts() == {None: 1, "Giao thông": 1, "Thể thao": 1}


def test_the_day_is_that_of_hanoi(sections):
    make_article(datetime(2021, 1, 14, 0, 30, tzinfo=dates.TZ), section=sections["sport"].pk)
    make_article(datetime(2021, 1, 14, 23, 30, tzinfo=dates.TZ), section=sections["sport"].pk)
    assert counts() == {None: 2, "Thể thao": 2}


def test_a_recount_mends_counts_that_are_wrong(sections):
    make_article(NOON, section=sections["traffic"].pk)
    right = counts()
    DayCount.objects.update(count=99)
    DayCount.objects.create(day=date(2020, 1, 1), section=sections["sport"], count=3)
    assert placing.recount() == 3
    assert counts() == right
    assert counts(date(2020, 1, 1)) == {}


# --- at the same moment


def at_once(*deeds):
    """Run the deeds in threads that start together; returns what they raised."""
    failed, start = [], threading.Barrier(len(deeds))

    def run(deed):
        start.wait()
        try:
            deed()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def ready(section):
    article = make_draft(section=section.pk)
    Article.objects.filter(pk=article.pk).update(stage=Stage.APPROVED)
    return article


@pytest.mark.django_db(transaction=True)
def test_six_publications_on_the_same_day_are_all_counted(sections):
    publisher = make_user("publisher")
    names = ["traffic", "sport", "city"] * 2
    articles = [ready(sections[name]) for name in names]
    deeds = [lambda pk=article.pk: perform(pk, "publish", by=publisher, at=NOON) for article in articles]
    assert at_once(*deeds) == []
    assert counts() == {None: 6, "Giao thông": 2, "Đô thị": 4, "Thể thao": 2}


@pytest.mark.django_db(transaction=True)
def test_publications_and_withdrawals_on_the_same_days_do_not_wait_for_each_other(sections):
    chief = make_user("chief")
    out = [make_article(NOON, section=sections[name].pk) for name in ("traffic", "sport", "sport")]
    new = [ready(sections[name]) for name in ("traffic", "sport", "city")]
    deeds = [lambda pk=a.pk: perform(pk, "withdraw", by=chief, note="Sai") for a in out]
    deeds += [lambda pk=a.pk: perform(pk, "publish", by=chief, at=NOON) for a in new]
    assert at_once(*deeds) == []
    assert counts() == {None: 3, "Giao thông": 1, "Đô thị": 2, "Thể thao": 1}


@pytest.mark.django_db(transaction=True)
def test_a_section_hidden_while_its_story_is_published_lists_nothing(sections):
    publisher, articles = make_user("publisher"), [ready(sections["sport"]) for _ in range(3)]
    deeds = [lambda pk=a.pk: perform(pk, "publish", by=publisher, at=NOON) for a in articles]
    assert at_once(*deeds, lambda: make_section("Thể thao", is_shown=False)) == []
    assert counts() == {}
    assert not Placement.objects.exists()
