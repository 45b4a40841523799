"""Saved views of the list of stories: kept, renamed, ordered, shared, deleted and brought back, and by whom."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import saved_views
from articles.models import SavedView
from articles.readiness import Refused
from tests.articles.story_form import LIST, told
from tests.builders import make_draft

pytestmark = pytest.mark.django_db
PAGE, SAVE = reverse("admin:articles_saved_views"), reverse("admin:articles_saved_view_save")


@pytest.fixture(autouse=True)
def roles(cast):
    call_command("sync_roles", verbosity=0)


@pytest.fixture
def pia(client, cast):
    client.force_login(cast.pia)
    return client


def view(owner, name="Chờ duyệt", query="stage=review"):
    return saved_views.save(owner, name, query)[0]


def do(client, view, deed, **fields):
    return client.post(reverse("admin:articles_saved_view", args=[view.pk]), {"do": deed, **fields}, follow=True)


def tabs(client):
    shown = client.get(LIST, {"all": 1}).content.decode().split('class="view-tabs"')[1].split("</nav>")[0]
    return [name.strip() for name in re.findall(r"<li><a [^>]*>([^<]+)", shown)]


def names(owner):
    return [row.name for row in saved_views.own(owner)]


# --- keeping


def test_filters_are_kept_under_a_name_and_stand_as_a_tab(pia, cast):
    make_draft(headline="Bài nháp")
    query = "stage=review&q=phố&o=-4&all=1&p=3&unknown=1"
    response = pia.post(SAVE, {"name": "  Chờ duyệt – Đô thị ", "query": query}, follow=True)
    kept = SavedView.objects.get()
    assert (kept.owner, kept.name, kept.query) == (cast.pia, "Chờ duyệt – Đô thị", "q=ph%E1%BB%91&o=-4&stage=review")
    assert "Đã lưu bộ lọc “Chờ duyệt – Đô thị”." in told(response)
    assert 'aria-current="page">Chờ duyệt – Đô thị' in response.content.decode()
    assert "Lưu bộ lọc này" not in response.content.decode(), "it is kept already"
    assert tabs(pia) == ["Tất cả", "Chờ duyệt – Đô thị"]


def test_a_view_of_the_same_name_gets_the_new_filters(pia, cast):
    view(cast.pia)
    pia.post(SAVE, {"name": "Chờ duyệt", "query": "stage=approved"})
    assert [(row.name, row.query) for row in saved_views.own(cast.pia)] == [("Chờ duyệt", "stage=approved")]


@pytest.mark.parametrize(
    ("name", "query"),
    [("", "stage=review"), (" ", "stage=review"), ("x" * 61, "stage=review"), ("Tên", ""), ("Tên", "unknown=1")],
)
def test_what_is_no_view_is_refused_in_words(pia, name, query):
    response = pia.post(SAVE, {"name": name, "query": query}, follow=True)
    assert response.status_code == 200 and told(response)
    assert not SavedView.objects.exists()


def test_filters_are_not_endless_and_neither_are_views(cast):
    with pytest.raises(Refused):
        view(cast.pia, query="q=" + "x" * 3000)
    for n in range(saved_views.MOST):
        view(cast.pia, f"Bộ lọc {n}")
    with pytest.raises(Refused, match="30"):
        view(cast.pia, "Một cái nữa")
    view(cast.pia, "Bộ lọc 3", "stage=draft")


def test_equal_filters_are_spelled_alike():
    assert saved_views.clean_query("stage=review&q=a&x=1") == saved_views.clean_query("q=+a&stage=review&section=")


# --- arranging


def test_views_are_renamed_but_not_to_a_name_that_is_there(pia, cast):
    first, second = view(cast.pia, "Một"), view(cast.pia, "Hai", "stage=draft")
    do(pia, first, "rename", name="Mới")
    assert names(cast.pia) == ["Mới", "Hai"]
    refused = do(pia, second, "rename", name="Mới")
    assert "Bạn đã có bộ lọc khác mang tên này." in told(refused)
    assert (refused.status_code, refused.content.decode().count('value="Mới"')) == (400, 2), "what was typed is kept"
    assert told(do(pia, second, "rename", name=""))
    assert names(cast.pia) == ["Mới", "Hai"]


def test_views_change_places(pia, cast):
    one, two, _three = (view(cast.pia, name) for name in ("Một", "Hai", "Ba"))
    do(pia, two, "up")
    assert names(cast.pia) == ["Hai", "Một", "Ba"]
    do(pia, one, "down")
    do(pia, one, "down")
    assert names(cast.pia) == ["Hai", "Ba", "Một"]


def test_a_deleted_view_can_be_brought_back(pia, cast):
    gone = view(cast.pia)
    response = do(pia, gone, "delete")
    assert "Đã xóa bộ lọc “Chờ duyệt”." in response.content.decode()
    assert names(cast.pia) == [] and tabs(pia) == ["Tất cả"]
    do(pia, gone, "restore")
    assert names(cast.pia) == ["Chờ duyệt"]


def test_undo_does_not_take_a_name_or_a_place_that_is_given_anew(pia, cast):
    gone = view(cast.pia)
    saved_views.set_default(gone, is_default=True)
    do(pia, gone, "delete")
    other = view(cast.pia)
    saved_views.set_default(other, is_default=True)
    assert "Bạn đã có bộ lọc khác mang tên này." in told(do(pia, gone, "restore"))
    do(pia, other, "rename", name="Khác")
    do(pia, gone, "restore")
    assert [(row.name, row.is_default) for row in saved_views.own(cast.pia)] == [("Chờ duyệt", False), ("Khác", True)]


def test_what_was_deleted_yesterday_goes_for_good(pia, cast):
    old = view(cast.pia, "Cũ")
    do(pia, old, "delete")
    SavedView.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=2))
    do(pia, view(cast.pia, "Mới"), "delete")
    assert [row.name for row in SavedView.objects.all()] == ["Mới"]


def test_the_list_opens_with_the_own_default(pia, cast):
    mine = view(cast.pia)
    assert pia.get(LIST).status_code == 200
    do(pia, mine, "open_with")
    do(pia, view(cast.pia, "Khác", "stage=draft"), "open_with")
    assert pia.get(LIST).url == "?stage=draft"
    assert pia.get(LIST, {"all": 1}).status_code == 200
    pia.force_login(cast.ed)
    assert pia.get(LIST).status_code == 200, "another's default is not mine"
    pia.force_login(cast.pia)
    do(pia, SavedView.objects.get(is_default=True), "open_with_all")
    assert pia.get(LIST).status_code == 200


# --- sharing


def test_managing_editors_share_with_everybody(client, cast):
    shared = view(cast.pia)
    client.force_login(cast.pia)
    do(client, shared, "share")
    client.force_login(cast.rita)
    view(cast.rita, "Của Rita", "whose=mine")
    assert tabs(client) == ["Tất cả", "Của Rita", "Chờ duyệt"]
    assert "Chờ duyệt" not in client.get(PAGE).content.decode(), "only own views are arranged"
    client.force_login(cast.pia)
    do(client, shared, "unshare")
    client.force_login(cast.rita)
    assert tabs(client) == ["Tất cả", "Của Rita"]


def test_others_do_not_share(client, cast):
    mine = view(cast.ed)
    client.force_login(cast.ed)
    assert "Chia sẻ cho mọi người" not in client.get(PAGE).content.decode()
    assert "Chỉ thư ký tòa soạn và tổng biên tập" in told(do(client, mine, "share"))
    assert not SavedView.objects.get().is_shared


def test_what_somebody_who_left_had_shared_is_gone_from_the_tabs(client, cast):
    saved_views.share(view(cast.cora), shared=True, by=cast.cora)
    type(cast.cora).objects.filter(pk=cast.cora.pk).update(is_active=False)
    client.force_login(cast.rita)
    assert tabs(client) == ["Tất cả"]


# --- who may


def test_nobody_touches_the_views_of_others(client, cast):
    theirs = view(cast.pia)
    saved_views.share(theirs, shared=True, by=cast.pia)
    client.force_login(cast.cora)
    for deed in ("rename", "up", "share", "unshare", "open_with", "delete", "restore", "x"):
        assert do(client, theirs, deed, name="Lấy").status_code == 404
    assert saved_views.own(cast.pia)[0].is_shared
    saved_views.delete(theirs)
    assert "Chờ duyệt" not in client.get(PAGE, {"da-xoa": theirs.pk}).content.decode()


def test_only_who_sees_stories_has_views(client, cast):
    assert client.get(PAGE).status_code == 302
    for person in (cast.mo, cast.ada, cast.nobody):
        client.force_login(person)
        assert client.get(PAGE).status_code == 403
        assert client.post(SAVE, {"name": "x", "query": "stage=draft"}).status_code == 403
    assert not SavedView.objects.exists()


def test_strange_requests_are_answered(pia, cast):
    mine = view(cast.pia)
    assert told(do(pia, mine, "x"))
    for number in ("x", "²", "9" * 30, "-1"):
        assert pia.get(PAGE, {"da-xoa": number}).status_code == 200
    assert pia.post(f"{PAGE}{'9' * 30}/", {"do": "delete"}).status_code == 404
    assert pia.get(SAVE).status_code == 405
