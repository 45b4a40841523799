"""“Đọc nhiều”: the last 24 hours and 7 days, of the paper and of each section, without what is no longer public."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import readership
from articles.models import MostRead, Ranking, ReadCount, ReadDay, Window
from newsroom.lib import dates
from tests import builders

pytestmark = pytest.mark.django_db


def read(story, count, hours_ago=0):
    hour = readership.hour_of(timezone.now()) - hours_ago
    ReadCount.objects.create(article=story, hour=hour, count=count)


def rank(now=None):
    Ranking.objects.all().delete()
    readership.rank_due(now)


def stories(count, section="Thời sự", **fields):
    pk = builders.make_section(section).pk
    return [builders.make_article(section=pk, published_at=builders.hours(-400 - n), **fields) for n in range(count)]


@pytest.fixture
def city():
    """Five stories of a section, the first read most."""
    found = stories(5, "Đô thị")
    for place, story in enumerate(found):
        read(story, 100 - place)
    rank()
    return found


def listed(page, window):
    """Addresses in the lists of the window, in order."""
    parts = re.findall(rf'<ol class="[^"]*window-{window}"[^>]*>(.*?)</ol>', page, re.DOTALL)
    return re.findall(r'class="most-read-headline" href="([^"]+)"', "".join(parts))


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def top(window, section=None):
    return [story for each in readership.most_read(section) if each.window == window for story in each.stories]


def test_each_window_has_its_own_order(city):
    read(city[4], 500, hours_ago=25)
    read(city[3], 900, hours_ago=7 * 24)
    rank()
    assert top(Window.DAY) == city
    assert top(Window.WEEK) == [city[4], *city[:4]], "what is older than a week does not count"


@pytest.mark.parametrize(("hours_ago", "counts"), [(23, True), (24, False)])
def test_the_edge_of_the_window(hours_ago, counts):
    few = stories(3)
    for story in few:
        read(story, 1, hours_ago)
    rank()
    assert bool(top(Window.DAY)) is counts


def test_a_section_lists_its_own_stories_and_its_subsections(city):
    parent = builders.make_section("Thời sự")
    sub = builders.make_section("Xã hội", parent=parent)
    own = [builders.make_article(section=sub.pk, published_at=builders.hours(-300)) for _ in range(3)]
    for place, story in enumerate(own):
        read(story, 50 - place)
    rank()
    assert top(Window.DAY) == [*city, *own]
    assert top(Window.DAY, parent) == top(Window.DAY, sub) == own
    assert top(Window.DAY, builders.make_section("Đô thị")) == city


def test_ten_at_most_and_full_when_some_are_gone():
    many = stories(14)
    for place, story in enumerate(many):
        read(story, 100 - place)
    rank()
    assert top(Window.DAY) == many[:10]
    builders.withdraw(many[0])
    type(many[1]).objects.filter(pk=many[1].pk).update(visible_until=builders.hours(-1))
    assert top(Window.DAY) == many[2:12], "before the lists are worked out again"
    rank()
    assert top(Window.DAY) == many[2:12]


@pytest.mark.parametrize(("count", "shown"), [(0, False), (2, False), (3, True)])
def test_no_list_of_one_or_two(client, count, shown):
    few = stories(3)
    for story in few[:count]:
        read(story, 5)
    rank()
    for address in ("/", "/thoi-su/", few[0].get_absolute_url()):
        assert ("most-read-list" in page(client, address)) is shown, address
    assert ("most-read-list" in page(client, "/doc-nhieu/")) is shown
    assert ("Chưa đủ lượt đọc" in page(client, "/doc-nhieu/")) is not shown


def test_pages_show_five_in_both_windows(client, city):
    read(city[4], 500, hours_ago=25)
    rank()
    for address in ("/", "/do-thi/", city[2].get_absolute_url()):
        html = page(client, address)
        assert listed(html, "24h") == [story.get_absolute_url() for story in city], address
        assert listed(html, "7d")[0] == city[4].get_absolute_url(), address
        assert html.count('name="window"') == 2 and html.count(" checked>") == 1, "complete without scripts"


def test_one_window_needs_no_tabs(client):
    for story in stories(3):
        read(story, 5, hours_ago=30)
    rank()
    html = page(client, "/")
    assert len(listed(html, "7d")) == 3 and not listed(html, "24h")
    assert 'name="window"' not in html


def test_the_page_of_its_own_lists_the_paper_and_each_section(client, city):
    others = stories(3, "Văn hóa")
    for story in others:
        read(story, 1)
    rank()
    html = page(client, "/doc-nhieu/")
    for heading in ("<h1>Đọc nhiều</h1>", ">Đô thị</a></h3>", ">Văn hóa</a></h3>"):
        assert heading in html
    assert html.count(f'class="most-read-headline" href="{others[0].get_absolute_url()}"') == 4


def test_a_withdrawn_story_makes_every_page_that_lists_it_stale(client, city):
    elsewhere = builders.make_article(section=builders.make_section("Văn hóa").pk, published_at=builders.hours(-1))
    for address in ("/", "/do-thi/", elsewhere.get_absolute_url(), "/doc-nhieu/"):
        keys = client.get(address)["Surrogate-Key"].split()
        assert {f"a{story.pk}" for story in city} <= set(keys), address
    builders.withdraw(city[0])
    assert city[0].get_absolute_url() not in page(client, elsewhere.get_absolute_url())


def test_lists_are_worked_out_anew_when_they_are_old_enough(city):
    now = timezone.now()
    rank(now)
    assert readership.rank_due(now + timedelta(seconds=59)) == []
    assert readership.rank_due(now + timedelta(seconds=60)) == [Window.DAY]
    assert readership.rank_due(now + timedelta(minutes=10)) == [Window.DAY, Window.WEEK]
    assert MostRead.objects.filter(section=None, window=Window.DAY).count() == 5


def test_one_query_whatever_was_read(city, django_assert_num_queries):
    sections = [None, *[builders.make_section(f"Mục {n}") for n in range(5)]]
    with django_assert_num_queries(1):
        readership.lists(sections)
    with django_assert_num_queries(1):
        readership.most_read()


def test_hours_become_days_and_totals_stay(city):
    story, now = city[0], timezone.now()
    midnight = dates.day_bounds(dates.local(now).date() - timedelta(days=20))[0]
    for at, count in ((midnight - timedelta(hours=1), 3), (midnight, 5), (midnight + timedelta(hours=7), 7)):
        ReadCount.objects.create(article=story, hour=readership.hour_of(at), count=count)
    read(story, 11, hours_ago=readership.KEPT_HOURS)
    before = readership.reads_of(story)
    call_command("fold_reads", verbosity=0)
    call_command("fold_reads", verbosity=0)
    day = midnight.date()
    assert dict(ReadDay.objects.values_list("day", "count")) == {day - timedelta(days=1): 3, day: 12}
    assert readership.reads_of(story) == before
    assert before.total == 100 + 3 + 12 + 11


def test_days_grow_when_more_hours_are_folded(city):
    early, now = readership.hour_of(timezone.now()) - 400, timezone.now()
    ReadCount.objects.create(article=city[0], hour=early, count=2)
    assert readership.fold(now) == 1
    ReadCount.objects.create(article=city[0], hour=early, count=3)
    assert readership.fold(now) == 1
    assert ReadDay.objects.get().count == 5


# --- on the desk --------------------------------------------------------------------------------------------------


def test_the_desk_sees_how_often_a_story_was_read(client, city, cast):
    read(city[0], 1134, hours_ago=30)
    client.force_login(cast.pia)
    html = page(client, f"/admin/articles/article/{city[0].pk}/change/")
    assert "<strong>100</strong>" in html and "<strong>1.234</strong>" in html
    assert html.count('<rect width="10"') == 7
    assert "style=" not in re.search(r'<section class="reads".*?</section>', html, re.DOTALL)[0]
    assert "100 / 1.234" in page(client, "/admin/articles/article/")


def test_a_draft_has_no_readers(client, cast):
    draft = builders.make_draft(by=cast.rita)
    client.force_login(cast.rita)
    assert 'class="reads"' not in page(client, f"/admin/articles/article/{draft.pk}/change/")
    assert re.search(r'<td class="field-reads">\s*–\s*</td>', page(client, "/admin/articles/article/"))


def test_the_list_asks_no_more_for_many_stories(client, city, cast, django_assert_max_num_queries):
    client.force_login(cast.pia)
    page(client, "/admin/articles/article/")
    with django_assert_max_num_queries(20):
        page(client, "/admin/articles/article/")
