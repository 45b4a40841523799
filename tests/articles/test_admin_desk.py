"""The first page of the desk and the list of stories: who sees what waits, how it is narrowed, what it costs."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Article, BylineRef, Stage, Transition
from comments.models import Comment
from tests.articles.story_form import LIST
from tests.builders import hours, make_article, make_author, make_draft, make_section, make_user, withdraw
from tests.comments.voices import send

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


@pytest.fixture
def sections(cast):
    call_command("sync_roles", verbosity=0)
    city = make_section("Đô thị")
    return {"city": city, "traffic": make_section("Giao thông", parent=city), "sport": make_section("Thể thao")}


def put(article, stage):
    Article.objects.filter(pk=article.pk).update(stage=stage)
    return article


def at_each_stage(by, section):
    return {stage: put(make_draft(by, headline=f"Bài {stage.value}", section=section.pk), stage) for stage in STAGES}


STAGES = [stage for stage in Stage if stage is not Stage.DONE]


def panels(client, person):
    """Heading -> headlines, as the person sees the desk."""
    client.force_login(person)
    page = client.get(DESK).content.decode()
    found = {}
    for part in page.split('<section class="desk-panel')[1:]:
        heading = re.search(r"<h2[^>]*>([^<]+)", part)[1].strip()
        found[heading] = re.findall(r'/change/">([^<]+)</a>', part.split("</section>")[0])
    return found


# --- what waits for whom


def test_each_role_sees_what_waits_for_it(client, cast, sections):
    at_each_stage(cast.rita, sections["city"])
    make_article(hours(3), by=cast.rita, headline="Bài hẹn giờ")
    make_article(by=cast.rita, headline="Bài vừa lên")
    submitted, review = {"Chờ biên tập": ["Bài submitted"]}, {"Chờ duyệt": ["Bài review"]}
    approved, editing = {"Chờ xuất bản": ["Bài approved"]}, {"Đang biên tập": ["Bài editing"]}
    dated = {"Hẹn giờ trong 24 giờ tới": ["Bài hẹn giờ"], "Đã xuất bản hôm nay": ["Bài vừa lên"]}
    comments = {"Bình luận chờ duyệt": []}
    assert panels(client, cast.ed) == submitted | editing | dated
    assert panels(client, cast.pia) == submitted | review | approved | dated | comments
    assert panels(client, cast.cora) == panels(client, cast.pia)
    assert panels(client, cast.mo) == comments
    assert panels(client, cast.ada) == panels(client, cast.nobody) == {}
    mine = panels(client, cast.rita)
    assert mine.pop("Bị trả lại cho tôi") == ["Bài returned"]
    assert set(mine) == {"Bài của tôi đang làm"}
    others = [stage for stage in STAGES if stage is not Stage.RETURNED]
    assert sorted(mine["Bài của tôi đang làm"]) == sorted(f"Bài {stage.value}" for stage in others)


def test_a_co_author_sees_the_story_among_the_own_from_the_first_draft_on(client, cast, sections):
    person = make_user("reporter")
    byline = (BylineRef(make_author("Bút danh", user=person).pk),)
    make_draft(cast.rita, headline="Viết chung", bylines=byline)
    put(make_draft(cast.rita, headline="Sửa chung", bylines=byline), Stage.RETURNED)
    make_article(by=cast.rita, headline="Đã lên trang", bylines=byline)
    assert panels(client, person) == {"Bị trả lại cho tôi": ["Sửa chung"], "Bài của tôi đang làm": ["Viết chung"]}
    assert listed(client, person, whose="mine") == {"Viết chung", "Sửa chung", "Đã lên trang"}
    assert listed(client, person, q="viết chung") == {"Viết chung"}


def test_a_role_in_a_section_sees_that_section_and_its_sub_sections(client, cast, sections):
    for name, section in sections.items():
        put(make_draft(cast.rita, headline=f"Bài {name}", section=section.pk), Stage.SUBMITTED)
    editor = make_user("editor", section=sections["city"])
    assert sorted(panels(client, editor)["Chờ biên tập"]) == ["Bài city", "Bài traffic"]


def test_the_trash_waits_for_nobody_and_what_was_withdrawn_is_not_out(client, cast, sections):
    put(make_draft(cast.rita), Stage.SUBMITTED)
    Article.objects.update(trashed_at=hours(0))
    withdraw(make_article(by=cast.rita))
    assert [stories for stories in panels(client, cast.pia).values() if stories] == []


def test_a_returned_story_says_why(client, cast, sections):
    story = put(make_draft(cast.rita, section=sections["city"].pk), Stage.SUBMITTED)
    workflow.perform(story.pk, "return", by=cast.ed, note="Thiếu nguồn")
    client.force_login(cast.rita)
    assert "Thiếu nguồn" in client.get(DESK).content.decode()


def test_the_longest_wait_comes_first_with_its_age_and_sections_are_counted(client, cast, sections):
    for name, age in (("city", 1), ("sport", 3), ("traffic", 2)):
        story = make_draft(cast.rita, headline=f"Bài {name}", section=sections[name].pk)
        workflow.perform(story.pk, "submit", by=cast.rita)
        Article.objects.filter(pk=story.pk).update(stage=Stage.DRAFT)
        Transition.objects.create(
            article=story,
            verb="submit",
            actor=cast.rita,
            role="reporter",
            from_stage="draft",
            to_stage="review",
            at=hours(-age),
        )
        put(story, Stage.REVIEW)
    assert panels(client, cast.pia)["Chờ duyệt"] == ["Bài sport", "Bài traffic", "Bài city"]
    page = client.get(DESK).content.decode()
    assert "chờ 3 giờ" in page
    assert f"?stage=review&amp;section={sections['sport'].pk}" in page


def test_what_is_late_or_failed_comes_first_and_only_then(client, cast, sections):
    story = make_article(by=cast.rita, headline="Bài lỡ giờ")
    assert "Trễ giờ hoặc lỗi" not in panels(client, cast.pia)
    due = {"stage": Stage.APPROVED, "due_at": hours(-1), "due_revision": story.live_revision, "due_by": cast.pia}
    Article.objects.filter(pk=story.pk).update(**due, due_error="Máy chủ đầy", due_tries=1, due_failed_at=hours(-1))
    assert next(iter(panels(client, cast.pia).items())) == ("Trễ giờ hoặc lỗi", ["Bài lỡ giờ"])
    assert "Máy chủ đầy" in client.get(DESK).content.decode()
    assert "Trễ giờ hoặc lỗi" not in panels(client, cast.rita)


def test_an_update_to_come_stands_among_what_is_scheduled(client, cast, sections):
    story = make_article(hours(-50), by=cast.rita, headline="Bài cập nhật")
    due = {"stage": Stage.APPROVED, "due_at": hours(2), "due_revision": story.live_revision, "due_by": cast.pia}
    Article.objects.filter(pk=story.pk).update(**due)
    shown = panels(client, cast.pia)
    assert shown["Hẹn giờ trong 24 giờ tới"] == ["Bài cập nhật"]
    assert shown["Chờ xuất bản"] == [], "it waits for the clock, not for a person"


def test_a_moderator_sees_the_comments_that_have_waited_longest(client, cast, sections):
    article = make_article()
    send(article, body="Ý kiến đang chờ")
    client.force_login(cast.mo)
    page = client.get(DESK).content.decode()
    assert Comment.objects.count() == 1
    assert "Ý kiến đang chờ" in page


def test_who_has_no_role_is_told_whom_to_ask(client, cast):
    client.force_login(cast.nobody)
    assert "Hãy liên hệ quản trị viên" in client.get(DESK).content.decode()


# --- the list


def listed(client, person, **query):
    client.force_login(person)
    return {str(article) for article in client.get(LIST, query).context["cl"].result_list}


def test_the_list_is_narrowed_by_stage_readers_section_and_owner(client, cast, sections):
    at_each_stage(cast.rita, sections["city"])
    put(make_draft(cast.ed, headline="Của Ed", section=sections["traffic"].pk), Stage.REVIEW)
    make_article(hours(3), headline="Hẹn giờ")
    make_article(headline="Đang đăng", section=sections["sport"].pk)
    withdraw(make_article(headline="Đã gỡ"))
    make_article(headline="Hết hạn")
    Article.objects.filter(headline="Hết hạn").update(published_at=hours(-2), visible_until=hours(-1))
    trash = make_draft(cast.rita, headline="Trong thùng rác")
    Article.objects.filter(pk=trash.pk).update(trashed_at=hours(0))

    def seen(**query):
        return listed(client, cast.pia, **query)

    assert len(seen()) == len(STAGES) + 5
    assert seen(stage="review") == {"Bài review", "Của Ed"}
    assert seen(readers="scheduled") == {"Hẹn giờ"}
    assert seen(readers="live") == {"Đang đăng"}
    assert seen(readers="withdrawn") == {"Đã gỡ"}
    assert seen(readers="ended") == {"Hết hạn"}
    assert seen(readers="never") == {f"Bài {stage.value}" for stage in STAGES} | {"Của Ed"}
    assert seen(section=sections["sport"].pk) == {"Đang đăng"}
    assert seen(section=sections["city"].pk, stage="review") == {"Bài review", "Của Ed"}
    assert seen(whose="trash") == {"Trong thùng rác"}
    assert listed(client, cast.ed, whose="mine") == {"Của Ed"}


def test_the_filter_of_readers_is_the_twin_of_the_state_of_a_story(client, cast):
    make_article(hours(3))
    withdraw(make_article(hours(3)))
    withdraw(make_article())
    make_draft()
    for article in Article.objects.all():
        assert str(article) in listed(client, cast.pia, readers=article.readers_state)


def test_the_search_finds_words_without_marks(client, cast):
    make_draft(cast.rita, headline="Đường đi đến Đà Nẵng")
    make_draft(cast.rita, headline="Hồ Gươm")
    assert listed(client, cast.rita, q="da nang duong") == {"Đường đi đến Đà Nẵng"}
    assert listed(client, cast.rita, q="Đà Nẵng") == {"Đường đi đến Đà Nẵng"}
    assert listed(client, cast.rita, q="không có") == set()
    assert "Không có bài nào như vậy." in client.get(LIST, {"q": "không có"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [{"section": "9" * 30}, {"section": "x"}, {"section": "²"}, {"readers": "x"}, {"stage": "x"}, {"whose": "x"}],
)
def test_a_filter_that_is_none_shows_everything(client, cast, query):
    make_draft(headline="Một bài")
    assert listed(client, cast.pia, **query) == {"Một bài"}


def test_strange_addresses_of_the_list_are_answered(client, cast):
    client.force_login(cast.pia)
    for query in ({"p": "99999999"}, {"p": "x"}, {"o": "99"}, {"o": "x.y"}, {"nothing": "1"}, {"q": "%_\\"}):
        assert client.get(LIST, query, follow=True).status_code == 200


def test_only_writers_see_the_list(client, cast):
    for person in (cast.mo, cast.ada, cast.nobody):
        client.force_login(person)
        assert client.get(LIST).status_code == 403


def test_a_story_says_in_a_word_or_two_where_it_stands(client, cast):
    make_article(by=cast.rita, headline="Đã lên")
    client.force_login(cast.pia)
    page = client.get(LIST).content.decode()
    assert re.findall(r'class="badge ([\w-]+)">([^<]+)<', page) == [("readers-live", "Đã xuất bản")]
    Article.objects.update(stage="editing")
    page = client.get(LIST).content.decode()
    assert [label for _class, label in re.findall(r'class="badge ([\w-]+)">([^<]+)<', page)] == [
        "Đang biên tập",
        "Đã xuất bản",
    ]


# --- what it costs


def cost(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(count, cast):
    for n in range(count):
        section = make_section(f"Mục {n}", parent=make_section("Đô thị"))
        by = make_user("reporter")
        make_article(hours(-1), by=by, section=section.pk)
        make_article(hours(1 + n / 60), by=by, section=section.pk)
        for stage in (Stage.SUBMITTED, Stage.REVIEW, Stage.APPROVED):
            put(make_draft(by, section=section.pk), stage)


def test_desk_and_list_ask_the_database_as_often_for_thirty_stories_as_for_one(client, cast):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.pia)
    fill(1, cast)
    one = cost(client, DESK), cost(client, LIST)
    fill(9, cast)
    many = cost(client, DESK), cost(client, LIST)
    assert many[1] == one[1]
    assert many[0] - one[0] <= 2, "a panel that is full is counted, nothing more"
    assert many[0] <= 45
    assert many[1] <= 30
