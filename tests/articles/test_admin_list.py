"""The list of stories by people and by days, what it says of its filters, and what it costs with a million stories."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import saved_views, workflow, writing
from articles.admin.articles import ArticleAdmin
from articles.models import Article, BylineRef, RoleGrant
from newsroom.lib import dates
from newsroom.lib.paging import ShortPaginator
from tests.articles.story_form import LIST
from tests.builders import hours, make_article, make_author, make_draft, make_section, make_snapshot, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pia(client, cast):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.pia)
    return client


def listed(client, **query):
    return {str(article) for article in client.get(LIST, query).context["cl"].result_list}


def page(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return response.content.decode()


def changed(headline, at, by=None):
    story = make_draft(by, headline=headline)
    Article.objects.filter(pk=story.pk).update(desk_changed_at=at)
    return story


# --- people


def test_by_who_wrote_and_by_who_changed_last(pia, cast):
    story = make_draft(cast.rita, headline="Rita viết, Ed sửa")
    writing.save_text(story, make_snapshot(headline="Rita viết, Ed sửa"), by=cast.ed, version=story.version)
    make_draft(cast.rita, headline="Chỉ Rita")
    make_draft(cast.ed, headline="Chỉ Ed")
    assert listed(pia, writer=cast.rita.pk) == {"Rita viết, Ed sửa", "Chỉ Rita"}
    assert listed(pia, editor=cast.ed.pk) == {"Rita viết, Ed sửa", "Chỉ Ed"}
    assert listed(pia, writer=cast.rita.pk, editor=cast.ed.pk) == {"Rita viết, Ed sửa"}


def test_an_update_given_up_was_changed_last_by_who_wrote_what_readers_have(pia, cast):
    story = make_article(by=cast.rita, headline="Đã đăng")
    workflow.perform(story.pk, "revise", by=cast.ed)
    story.refresh_from_db()
    writing.save_text(story, make_snapshot(headline="Viết lại"), by=cast.ed, version=story.version)
    assert listed(pia, editor=cast.ed.pk) == {"Viết lại"} and not listed(pia, editor=cast.rita.pk)
    workflow.perform(story.pk, "discard", by=cast.ed)
    assert listed(pia, editor=cast.rita.pk) == {"Đã đăng"} and not listed(pia, editor=cast.ed.pk)


def test_people_are_in_vietnamese_order_and_those_who_left_stay_if_they_wrote(pia, cast):
    make_user("reporter", last_name="Đỗ", first_name="An")
    make_user("reporter", last_name="Dương", first_name="An")
    make_user("reporter", last_name="Ân", first_name="Bình")
    gone = make_user("reporter", last_name="Ánh", first_name="Cũ")
    make_draft(gone)
    idle = make_user("reporter", last_name="Ai", first_name="Quên")
    type(gone).objects.filter(pk__in=[gone.pk, idle.pk]).update(is_active=False)
    RoleGrant.objects.filter(user__in=[gone, idle]).delete()
    names = re.findall(r"<option[^>]*>([^<]+)", page(pia).split('name="writer"')[1].split("</select>")[0])
    assert names[0] == "Tất cả"
    assert [name for name in names if " " in name][1:] == ["Ân Bình", "Dương An", "Đỗ An", "Ánh Cũ (đã nghỉ)"]
    assert "mo" not in names and "ada" not in names, "they write no stories"


def test_an_editor_who_left_and_began_no_story_can_be_chosen_as_the_last_to_change_one(pia, cast):
    story = make_draft(cast.rita, headline="Ed sửa rồi nghỉ")
    writing.save_text(story, make_snapshot(headline="Ed sửa rồi nghỉ"), by=cast.ed, version=story.version)
    RoleGrant.objects.filter(user=cast.ed).delete()
    assert listed(pia, editor=cast.ed.pk) == {"Ed sửa rồi nghỉ"}


# --- days


def test_quick_choices_count_days_in_ha_noi(pia):
    midnight = dates.day_bounds(dates.today())[0]
    minute = timedelta(minutes=1)
    changed("Đầu ngày", midnight)
    changed("Cuối hôm qua", midnight - minute)
    changed("Bảy ngày", midnight - timedelta(days=6))
    changed("Tám ngày", midnight - timedelta(days=6) - minute)
    changed("Tháng trước", midnight - timedelta(days=40))
    assert listed(pia, changed="today") == {"Đầu ngày"}
    assert listed(pia, changed="yesterday") == {"Cuối hôm qua"}
    assert listed(pia, changed="7") == {"Đầu ngày", "Cuối hôm qua", "Bảy ngày"}
    assert listed(pia, changed="30") == {"Đầu ngày", "Cuối hôm qua", "Bảy ngày", "Tám ngày"}
    assert len(listed(pia, changed="x")) == 5, "no choice is no filter"


@pytest.mark.parametrize(
    "written", ["14/01/2021", "14/1/2021", "14-1-2021", "14.01.2021", "2021-01-14", " 14/01/2021 "]
)
def test_a_day_may_be_typed_in_many_ways(pia, written):
    for hour in (16, 17, 40):  # 17 UTC of the 13th is midnight of the 14th in Hà Nội
        changed(f"Bài {hour}", dates.day_bounds(dates.parse_day(2021, 1, 13))[0] + timedelta(hours=hour + 7))
    assert listed(pia, changed_from=written, changed_to=written) == {"Bài 17", "Bài 40"}
    assert listed(pia, changed_from=written) == {"Bài 17", "Bài 40"}
    assert listed(pia, changed_to=written) == {"Bài 16", "Bài 17", "Bài 40"}


def test_days_of_publication(pia):
    make_article(hours(-50), headline="Hôm kia")
    make_article(hours(50), headline="Hẹn giờ")
    make_draft(headline="Bản nháp")
    today = f"{dates.today():%d/%m/%Y}"
    assert listed(pia, published_from=today) == {"Hẹn giờ"}
    assert listed(pia, published_to=today) == {"Hôm kia"}
    assert listed(pia, published="7", published_to=today) == {"Hôm kia"}


@pytest.mark.parametrize("wrong", ["31/02/2026", "x", "1/1", "²/1/2021", "01/01/0000", "9" * 200, "<b>"])
def test_a_day_that_is_none_is_told_and_kept(pia, wrong):
    make_draft(headline="Một bài")
    response = pia.get(LIST, {"published_from": wrong, "stage": "draft"})
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Không có ngày" in shown and 'aria-invalid="true"' in shown
    assert (
        re.search(r'name="published_from"[^>]* value="([^"]*)"', shown)[1].replace("&lt;", "<").replace("&gt;", ">")
        == wrong
    )
    assert not response.context["cl"].result_list, "the whole list would pass for an answer"
    assert "Lưu bộ lọc này" not in shown


def test_the_first_day_comes_before_the_last(pia):
    assert "Ngày đầu ở sau ngày cuối." in page(pia, changed_from="15/01/2021", changed_to="14/01/2021")


# --- what it shows


def test_filters_are_chips_that_take_themselves_away(pia, cast):
    section = make_section("Đô thị")
    query = {"q": "phố", "stage": "review", "section": section.pk, "writer": cast.rita.pk, "changed_from": "1/2/2026"}
    shown = page(pia, **query, changed="7", o="-4")
    chips = re.findall(r'<li><a href="\?([^"]+)"><span class="quiet">([^<]+):</span> ([^<]+) <', shown)
    assert [(label, value) for _query, label, value in chips] == [
        ("Tìm kiếm", "phố"),
        ("Khâu", "Chờ duyệt"),
        ("Chuyên mục", "Đô thị"),
        ("Người viết", "rita"),
        ("Ngày sửa", "7 ngày qua"),
        ("Ngày sửa", "từ 01/02/2026"),
    ]
    rest = chips[1][0].replace("&amp;", "&")
    assert "stage" not in rest and "o=-4" in rest and f"section={section.pk}" in rest
    assert "?all=1" in page(pia, stage="review").split('class="chips"')[1], "the last one leads to all"


def test_a_story_says_since_when_it_waits_and_who_changed_it(pia, cast):
    story = make_draft(cast.rita)
    workflow.perform(story.pk, "submit", by=cast.rita)
    shown = page(pia)
    waiting = shown.split('class="field-waiting"')[1].split("</td>")[0]
    assert "0 phút" in waiting
    assert "rita" in shown.split('class="field-changed"')[1].split("</td>")[0]
    Article.objects.update(stage="draft")
    assert "<time" not in page(pia).split('class="field-waiting"')[1].split("</td>")[0]


# --- what it costs


def test_it_asks_as_often_for_sixty_stories_and_people_as_for_one(pia, cast):
    def cost(**query):
        with CaptureQueriesContext(connection) as captured:
            page(pia, **query)
        return len(captured)

    def fill(count):
        for n in range(count):
            by = make_user("reporter")
            make_draft(by, section=make_section(f"Mục {n}").pk)
            saved_views.save(cast.pia, f"Bộ lọc {n % 20}", f"q={n}")

    queries = [{"all": 1}, {"stage": "draft"}, {"writer": cast.rita.pk}, {"changed": "7", "published_to": "1/1/2030"}]
    fill(1)
    cost()  # what Django remembers from then on
    one = [cost(**query) for query in queries]
    fill(60)
    assert [cost(**query) for query in queries] == one
    assert max(one) <= 15


def test_nothing_counts_or_compares_all_stories(pia, monkeypatch):
    monkeypatch.setattr(ShortPaginator, "most", 4)
    monkeypatch.setattr(ArticleAdmin, "list_per_page", 2)
    for n in range(6):
        make_draft(headline=f"Bài {n}")
    with CaptureQueriesContext(connection) as captured:
        response = pia.get(LIST, {"p": 2})
    counts = [query["sql"] for query in captured if "COUNT(" in query["sql"] and "articles_article" in query["sql"]]
    assert len(counts) == 1 and "LIMIT 5" in counts[0], "it counts as far as pages go"
    assert not any("DISTINCT" in query["sql"] for query in captured if "articles_article" in query["sql"])
    cl = response.context["cl"]
    assert (cl.paginator.num_pages, len(cl.result_list), cl.paginator.is_cut) == (2, 2, True)
    assert "lọc theo ngày" in response.content.decode()
    assert pia.get(LIST, {"p": 3}).status_code == 302, "there is no third page"


def test_stories_that_are_readable_for_two_reasons_are_counted_once(client, cast, monkeypatch):
    call_command("sync_roles", verbosity=0)
    section = make_section("Thể thao")
    person = make_user("editor", section=section)
    byline = (BylineRef(make_author("Người ký", user=person).pk),)
    make_article(by=person, section=section.pk, bylines=byline)
    make_article(section=make_section("Kinh tế").pk, bylines=byline)
    make_draft(person)
    make_draft(cast.rita)
    client.force_login(person)
    counts = {}
    for most in (1, 2, 3, 4):
        monkeypatch.setattr(ShortPaginator, "most", most)
        cl = client.get(LIST, {"all": 1}).context["cl"]
        counts[most] = (cl.result_count, cl.paginator.is_cut)
    assert counts == {1: (1, True), 2: (2, True), 3: (3, False), 4: (3, False)}


def test_saved_views_know_every_parameter_of_the_list(rf, cast):
    request = rf.get(LIST)
    request.user = cast.pia
    asked = {"q", "o"}
    for kind in ArticleAdmin.list_filter:
        asked |= set(kind(request, {}, Article, None).expected_parameters())
    assert asked == set(saved_views.PARAMETERS)
