"""Who did what, when and from where: written with the deed, read as one journal, exported without formulas."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import pictures, workflow
from articles.models import Section, Tag
from comments import moderation
from comments.models import State
from newsroom.journal.entries import Cursor
from newsroom.lib import sheets
from newsroom.lib.audit.models import AuditEvent, acting_from, record
from tests import builders
from tests.builders import PASSWORD
from tests.comments import voices

pytestmark = pytest.mark.django_db
PAGE, EXPORT = reverse("admin:journal"), reverse("admin:journal_export")
SECRET = "Xkzq"


@pytest.fixture
def house(cast):
    """A story under way with a secret headline and note, one that is out, a decision about a comment."""
    call_command("sync_roles", verbosity=0)
    draft = builders.make_draft(by=cast.rita, headline=f"{SECRET} chưa đăng")
    workflow.perform(draft.pk, "submit", by=cast.rita)
    workflow.perform(draft.pk, "return", by=cast.ed, note=f"{SECRET} cần thêm nguồn")
    story = builders.make_article(headline="Phố đi bộ đã mở")
    (comment,) = voices.load(story, State.PENDING)
    moderation.reject(comment.pk, comment.version, by=cast.mo, reason="insult", note=f"{SECRET} chửi")
    return cast


@pytest.fixture
def cora(house, client):
    client.force_login(house.cora)
    return house.cora


def seen(client, query=""):
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows(client, query=""):
    return seen(client, query).count("<time")


def last():
    return AuditEvent.objects.latest("pk")


# --- written --------------------------------------------------------------------------------------------------------


def test_signing_in_and_failing_to(client, cast):
    door = reverse("admin:login")
    for _time in range(5):
        client.post(door, {"username": "rita", "password": "sai"}, REMOTE_ADDR="198.51.100.9")
    client.post(door, {"username": "ai đó", "password": "mật khẩu gõ nhầm chỗ"})
    client.post(door, {"username": "ed", "password": PASSWORD})
    client.post(reverse("admin:logout"))
    told = list(AuditEvent.objects.order_by("pk").values_list("kind", "actor__username", "label", "address"))
    assert told[:4] == [("signin.failed", None, "rita", "198.51.100.9")] * 4
    assert told[4] == ("signin.locked", None, "rita", "198.51.100.9")
    assert told[5] == ("signin.failed", None, "", "127.0.0.1"), "a name that nobody has may be a password"
    assert [row[:2] for row in told[6:]] == [("signin.done", "ed"), ("signin.left", "ed")]


def test_a_failure_is_no_sign_in_of_whoever_is_in(client, cast):
    client.force_login(cast.ed)
    client.post(reverse("admin:login"), {"username": "rita", "password": "sai"})
    assert (last().kind, last().actor, last().label) == ("signin.failed", None, "rita")


def test_pictures_are_logged_by_their_verbs(cast):
    image = builders.make_image("Hồ Gươm")
    pictures.change_picture(image, by=cast.ed, caption="Sương sớm")
    assert last().kind == "image.changed" and last().detail["fields"]["caption"][1] == "Sương sớm"
    pictures.delete_picture(image, by=cast.ed)
    assert (last().kind, last().label, last().actor) == ("image.deleted", "Hồ Gươm", cast.ed)


def test_a_flood_of_failures_is_thinned(client, cast):
    for number in range(70):
        client.post(reverse("admin:login"), {"username": f"x{number}", "password": "sai"}, REMOTE_ADDR="192.0.2.44")
    assert AuditEvent.objects.filter(address="192.0.2.44").count() == 60


def test_changes_to_names_hold_both_values(client, cast):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.ada)
    section = builders.make_section("Thời sự")
    data = {"name": "Thời sự Hà Nội", "slug": section.slug, "position": section.position, "comment_policy": ""}
    data |= {"is_shown": "on", "description": ""}
    change = reverse("admin:articles_section_change", args=[section.pk])
    assert client.post(change, data).status_code == 302
    event = last()
    assert (event.kind, event.actor, event.object_id) == ("section.changed", cast.ada, str(section.pk))
    assert event.detail["fields"]["name"] == ["Thời sự", "Thời sự Hà Nội"] and event.address == "127.0.0.1"
    assert client.post(change, data).status_code == 302 and last() == event, "nothing changed, nothing to log"
    client.post(reverse("admin:articles_tag_add"), {"name": "Bão số 3", "slug": "", "description": ""})
    assert last().kind == "tag.added" and last().label == "Bão số 3"
    tag = Tag.objects.get()
    client.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"})
    assert last().kind == "tag.deleted" and not Tag.objects.exists()


def test_roles_and_passwords_of_others(client, cast):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.ada)
    grant = cast.rita.role_grants.get()
    data = {"username": "rita", "email": "r@example.org", "is_staff": "on", "role_grants-TOTAL_FORMS": 1}
    data |= {"role_grants-INITIAL_FORMS": 1, "role_grants-0-id": grant.pk, "role_grants-0-user": cast.rita.pk}
    data |= {"role_grants-0-role": "reporter", "role_grants-0-DELETE": "on"}
    assert client.post(reverse("admin:auth_user_change", args=[cast.rita.pk]), data).status_code == 302
    kinds = dict(AuditEvent.objects.filter(object_id=str(cast.rita.pk)).values_list("kind", "detail"))
    assert kinds["role.taken"]["role"] == "Phóng viên"
    assert kinds["person.changed"]["fields"]["email"] == ["rita@example.org", "r@example.org"]
    new = {"password1": "khác hẳn mật khẩu 5", "password2": "khác hẳn mật khẩu 5", "usable_password": "true"}
    assert client.post(reverse("admin:auth_user_password_change", args=[cast.rita.pk]), new).status_code == 302
    assert last().kind == "password.set" and "khác hẳn" not in str(AuditEvent.objects.values())


def test_what_is_undone_is_not_logged(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("section.changed", by=cast.ada)
        raise RuntimeError
    assert not AuditEvent.objects.exists()


def test_words_are_kept_in_one_spelling_and_bounds(cast):
    with acting_from("2001:db8::1"):
        event = record("x.y", by=cast.ada, label="a\u0000\u202e" + "ễ" * 999, deep={"a": ["Nguyễn", {"b": "Đỗ"}]})
    event.refresh_from_db()
    assert event.address == "2001:db8::1" and len(event.label) <= 200 and "\u202e" not in event.label
    assert "nguyen" in event.fold and "do" in event.fold
    assert record("x.z", by=None).address is None


# --- read -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("cora", 200), ("pia", 403), ("rita", 403), ("mo", 403)])
def test_administrators_and_the_chief_read_it(client, house, who, status):
    client.force_login(getattr(house, who))
    assert client.get(PAGE).status_code == status and client.get(EXPORT).status_code == status
    assert client.post(PAGE).status_code == 405
    assert (PAGE in client.get(reverse("admin:index")).content.decode()) is (status == 200)


def test_a_chief_of_one_section_does_not(client, house):
    client.force_login(builders.make_user("chief", section=builders.make_section("Thể thao")))
    assert client.get(PAGE).status_code == 403


def test_three_logs_are_one(client, cora, house):
    record("section.changed", by=house.ada, label="Thời sự")
    page = seen(client)
    for told in ("Trả lại", f"{SECRET} cần thêm nguồn", "đã từ chối", "sửa chuyên mục", "Phố đi bộ đã mở"):
        assert told in page, told
    assert page.index("sửa chuyên mục") < page.index("Trả lại")


def test_an_administrator_learns_nothing_of_stories_that_are_not_out(client, house):
    client.force_login(house.ada)
    everything = seen(client) + b"".join(client.get(EXPORT)).decode()
    assert SECRET not in everything and "Phố đi bộ đã mở" in everything
    for query in (f"q={SECRET}", f"q={SECRET}&viec=stories", f"q={SECRET}&viec=comments"):
        assert rows(client, query) == 0, "a search would tell too"


def test_filters(client, cora, house):
    now = timezone.localtime()
    record("section.changed", by=house.ada, about=builders.make_section("Thể thao"), note="Đổi vị trí")
    section = Section.objects.get(name="Thể thao")
    assert rows(client, f"nguoi={house.ada.pk}") == 1
    assert rows(client, "viec=names") == 1 and rows(client, "viec=comments") == 1
    assert rows(client, f"ve=articles.section:{section.pk}") == 1
    story = builders.make_article()
    assert rows(client, f"ve=articles.article:{story.pk}") == story.transitions.count()
    assert rows(client, "q=doi+vi+tri") == 1 and rows(client, "q=Đổi+chỗ") == 0
    day = timedelta(days=1)
    assert rows(client, f"tu={now:%Y-%m-%d}&den={now:%Y-%m-%d}") > 3
    assert rows(client, f"den={now - day:%Y-%m-%d}") == 0 and rows(client, f"tu={now + day:%Y-%m-%d}") == 0


def test_words_are_looked_for_in_headlines_and_notes_of_steps(client, cora, house):
    """Of two steps of the story one has a note; each word may stand in the one or in the other."""
    expected = {"xkz": 2, "x+q+dang": 2, "dang+ngu": 1, "ngu": 1, "q+khongco": 0, "pho": 1}
    assert {query: rows(client, f"viec=stories&q={query}") for query in expected} == expected


@pytest.mark.parametrize(
    "query",
    ["nguoi=x", "nguoi=999999", "viec=khac", "tu=31/02/2021", "ve=articles.section", "ve=x:1;drop", "q=" + "x" * 101],
)
def test_what_cannot_be_asked_is_a_400(client, cora, query):
    assert client.get(f"{PAGE}?{query}").status_code == 400
    assert client.get(f"{EXPORT}?{query}").status_code == 400


@pytest.mark.parametrize("cursor", ["x", "1-2", "9999999999999999999-1-1", "1-9-1", "99999999999999999-3-1", "-1-1-1"])
def test_a_broken_place_begins_at_the_top(client, cora, cursor):
    assert client.get(PAGE, {"sau": cursor}).status_code == 200


def test_paging_shows_every_row_once_in_order(client, cora, house, monkeypatch):
    at = timezone.now()
    AuditEvent.objects.bulk_create(
        AuditEvent(kind="section.changed", actor=house.ada, at=at - timedelta(seconds=n // 3), label=f"số {n}")
        for n in range(130)
    )
    shown, place = [], ""
    for _page in range(9):
        response = client.get(PAGE, {"sau": place})
        shown += response.context["rows"]
        place = response.context["older"]
        if not place:
            break
    cursors = [row.cursor for row in shown]
    assert cursors == sorted(cursors, reverse=True) and len(set(cursors)) == len(cursors)
    labels = [row.thing for row in shown if row.thing.startswith("số ")]
    assert len(labels) == 130 and len(shown) == 134
    assert Cursor.read(str(cursors[0])) == cursors[0]


def test_it_costs_the_same_however_long_it_is(client, cora, house, django_assert_max_num_queries):
    client.get(PAGE)
    for n in range(60):
        record("section.changed", by=house.ada, label=f"số {n}")
    with django_assert_max_num_queries(25):
        client.get(PAGE)


# --- exported -------------------------------------------------------------------------------------------------------


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(client, cora, house):
    for label in ("=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", " =cmd", "Thường, “có” dấu"):
        record("tag.added", by=house.ada, label=label)
    response = client.get(EXPORT, {"viec": "names"})
    text = b"".join(response).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert response["Content-Type"] == "text/csv; charset=utf-8" and "nhat-ky-" in response["Content-Disposition"]
    assert table[0][0] == "Thời gian" and len(table) == 8
    assert [row[3] for row in table[1:]] == [
        "Thường, “có” dấu",
        *("'=cmd", "'=1", "'@x", "'-1", "'+1", "'=HYPERLINK(1)"),
    ]
    event = last()
    assert event.kind == "export.made" and event.actor == cora and event.detail["filter"] == "viec=names"


def test_xlsx_holds_text_only(client, cora, house):
    record("tag.added", by=house.ada, label="=HYPERLINK(1)")
    record("tag.added", by=house.ada, label="https://evil.example/")
    response = client.get(EXPORT, {"viec": "names", "dang": "xlsx"})
    book = zipfile.ZipFile(io.BytesIO(b"".join(response)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "=HYPERLINK(1)" in sheet and "<f>" not in sheet and "hyperlink" not in sheet.replace("HYPERLINK", "")
    assert "spreadsheetml" in response["Content-Type"]


def test_an_export_has_an_end(client, cora, house, monkeypatch):
    monkeypatch.setattr("newsroom.journal.page.MOST_EXPORTED", 7)
    monkeypatch.setattr("newsroom.journal.entries.BATCH", 3)
    for n in range(20):
        record("tag.added", by=house.ada, label=f"số {n}")
    table = list(csv.reader(io.StringIO(b"".join(client.get(EXPORT, {"viec": "names"})).decode("utf-8-sig"))))
    assert [row[3] for row in table[1:]] == [f"số {n}" for n in range(19, 12, -1)]
    assert client.get(EXPORT, {"dang": "exe"}).status_code in {200, 400} and last().kind == "export.made"


def test_cells_are_bounded():
    assert len(sheets.safe("x" * 99_999)) == sheets.LONGEST_CELL
    assert sheets.safe("") == "" and sheets.safe("2021") == "2021"


def test_every_staff_page_is_left_to_a_client_that_is_signed_in(house):
    for where in (PAGE, EXPORT):
        assert Client().get(where).status_code == 302
