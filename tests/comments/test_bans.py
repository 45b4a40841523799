"""Writers: their page, bans and trust, notes, blocks, the legal hold."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import bans, identity
from comments.bans import Measure
from comments.models import Block, Comment, Commenter, ModAction, State, Verb
from newsroom.lib.audit.models import AuditEvent
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import send

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/comment/"
Status = Commenter.Status


@pytest.fixture
def comment():
    return send(make_article(), email="ha@example.com", name="Lê Hà", body="Một ý kiến bình thường thôi.")


@pytest.fixture
def desk(client):
    client.force_login(make_user("moderator", name="mo", first_name="Lan"))
    return client


def writer_page(comment):
    return f"{DESK}nguoi-viet/{comment.commenter_id}/"


@pytest.mark.parametrize(
    ("verb", "status", "is_trusted"),
    [("ban", Status.BANNED, False), ("hold-writer", Status.HELD, False), ("trust", Status.ACTIVE, True)],
)
def test_measures_end_by_themselves_or_by_hand(desk, comment, verb, status, is_trusted):
    form = {"verb": verb, "days": "30", "note": "Đã nhắc hai lần"}
    assert desk.post(writer_page(comment) + "xu-ly/", form).status_code == 302
    writer = Commenter.objects.get()
    assert (writer.status, writer.is_trusted) == (status, is_trusted)
    assert (writer.status_until is not None) == (verb != "trust")
    html = desk.get(writer_page(comment)).content.decode()
    assert "Đã nhắc hai lần" in html and "Lan" in html and comment.body in html
    desk.post(writer_page(comment) + "xu-ly/", {"verb": "free", "days": "0"})
    writer.refresh_from_db()
    assert (writer.status, writer.status_until, writer.is_trusted) == (Status.ACTIVE, None, False)


def test_a_ban_for_good_hides_what_was_written_and_is_undone_on_the_page(desk, comment):
    desk.post(writer_page(comment) + "xu-ly/", {"verb": "ban", "days": "0", "hides_days": "7", "blocks": ["device"]})
    assert Comment.objects.get().state == State.REJECTED and Commenter.objects.get().status_until is None
    block = Block.objects.get()
    assert (block.kind, block.value_key) == (Block.Kind.DEVICE, comment.device_key)
    deed = ModAction.objects.get(verb=Verb.BAN)
    desk.post(f"{DESK}hoan-tac/", {"action": deed.pk})
    assert Comment.objects.get().state == State.PENDING and Commenter.objects.get().status == Status.ACTIVE
    assert Block.objects.get().lifted_at is not None


@pytest.mark.parametrize("form", [{}, {"verb": "shout", "days": "7"}, {"verb": "ban", "days": "8"}, {"verb": "ban"}])
def test_nonsense_bans_nobody(desk, comment, form):
    assert desk.post(writer_page(comment) + "xu-ly/", form).status_code == 302
    assert Commenter.objects.get().status == Status.ACTIVE and not ModAction.objects.exclude(actor=None).exists()


def test_comments_of_other_sections_are_neither_shown_nor_hidden(client):
    sport, culture = make_section("Thể thao"), make_section("Văn hóa")
    match = send(make_article(section=sport.pk), email="ha@example.com", body="Trận này đá hay quá.")
    concert = send(make_article(section=culture.pk), email="ha@example.com", body="Đêm nhạc rất đáng nhớ.")
    client.force_login(make_user("moderator", section=sport))
    html = client.get(writer_page(match)).content.decode()
    assert match.body in html and concert.body not in html
    client.post(writer_page(match) + "xu-ly/", {"verb": "ban", "days": "1", "hides_days": "1"})
    states = dict(Comment.objects.values_list("pk", "state"))
    assert states == {match.pk: State.REJECTED, concert.pk: State.PENDING}


def test_notes_about_a_writer(desk, comment):
    desk.post(writer_page(comment) + "ghi-chu/", {"text": "  "})
    desk.post(writer_page(comment) + "ghi-chu/", {"text": "Giáo viên về hưu, hay góp ý đúng"})
    assert "Giáo viên về hưu" in desk.get(writer_page(comment)).content.decode()


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("email", "Ha@Example.com", identity.email_key("ha@example.com")),
        ("domain", "@Rac.example", "rac.example"),
        ("network", "203.0.113.0/24", "203.0.113.0/24"),
        ("name", "Tòa  soạn", identity.key("name", "toa soan")),
    ],
)
def test_blocks_by_hand(desk, kind, value, key):
    form = {"kind": kind, "value": value, "action": "hold", "days": "30", "reason": "Quảng cáo"}
    desk.post(f"{DESK}chan/", form)
    desk.post(f"{DESK}chan/", {**form, "action": "refuse", "days": "0"})
    block = Block.objects.get()
    assert (block.value_key, block.action, block.expires_at) == (key, Block.Action.REFUSE, None)
    assert "Quảng cáo" in desk.get(f"{DESK}chan/").content.decode()
    desk.post(f"{DESK}chan/", {"lift": block.pk})
    assert not Block.objects.filter(lifted_at=None).exists()


@pytest.mark.parametrize(
    "form", [{"kind": "network", "value": "x/y"}, {"kind": "domain", "value": "khong hop le"}, {}]
)
def test_a_block_that_would_block_nothing_is_refused_with_what_was_typed(desk, form):
    response = desk.post(f"{DESK}chan/", {"action": "hold", "days": "30", **form})
    assert response.status_code == 200 and form.get("value", "") in response.content.decode()
    assert not Block.objects.exists()


def test_the_legal_hold_is_the_chiefs(desk, comment):
    form = {"reason": "Công văn số 12 của tòa án"}
    assert desk.post(writer_page(comment) + "giu-theo-luat/", form).status_code == 403
    desk.force_login(make_user("chief"))
    desk.post(writer_page(comment) + "giu-theo-luat/", {"reason": ""})
    assert Commenter.objects.get().legal_hold == ""
    desk.post(writer_page(comment) + "giu-theo-luat/", form)
    assert Commenter.objects.get().legal_hold == form["reason"]
    desk.post(writer_page(comment) + "giu-theo-luat/", {"deed": "end"})
    assert Commenter.objects.get().legal_hold == ""
    kinds = AuditEvent.objects.filter(kind__startswith="commenter.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["commenter.hold", "commenter.release"]


def test_a_ban_reaches_back_in_batches_of_any_size(comment, monkeypatch):
    monkeypatch.setattr("comments.batches.MOST_AT_ONCE", 2)
    story = make_article()
    for n in range(4):
        send(story, email="ha@example.com", body=f"Một ý kiến khác nữa {n}")
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(days=3))
    result = bans.take(comment.commenter_id, Measure(Verb.BAN, hides_days=1), make_user("moderator"))
    assert len(result.done) == 4 and Comment.objects.get(pk=comment.pk).state == State.PENDING
    with pytest.raises(PermissionDenied):
        bans.take(comment.commenter_id, Measure(Verb.BAN), make_user("editor"))
