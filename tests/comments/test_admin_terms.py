"""The lists of terms in the admin: tried before they are saved, read with their figures, pasted and handed out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments import moderation, terms
from comments.models import Comment, State, Term
from newsroom.lib.audit.models import AuditEvent
from tests.builders import make_article, make_section, make_user
from tests.comments.voices import load, send

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/term/", "/admin/comments/term/add/"
MANY, EXPORT = LIST + "nhieu-tu/", LIST + "tu-cam.csv"


@pytest.fixture
def moderator():
    return make_user("moderator", name="mo")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def filled(**fields):
    return {"text": "đồ ngốc", "kind": "suspect", "section": "", "expires_at": "", "note": "", **fields}


def tried(desk, **fields):
    response = desk.post(ADD, filled(_try="1", **fields))
    return response.context["tried"], response.content.decode()


def test_trying_saves_nothing_and_keeps_what_was_typed(desk):
    found, html = tried(desk, note="nghe bạn đọc than")
    assert (found.hits, found.looked_at) == (0, 0)
    assert "nghe bạn đọc than" in html and 'value="đồ ngốc"' in html
    assert "errornote" not in html
    assert not Term.objects.exists()


def test_trying_tells_what_people_had_decided(desk, moderator):
    story = make_article()
    good, bad, _open = (send(story, body=f"đồ ngốc số {n}") for n in range(3))
    moderation.approve(good.pk, good.version, moderator)
    moderation.reject(bad.pk, bad.version, moderator, "insult")
    send(story, body="Hay lắm")
    found, html = tried(desk)
    assert (found.looked_at, found.hits, found.approved, found.turned_down, found.undecided) == (4, 3, 1, 1, 1)
    assert "<mark>đồ ngốc</mark>" in html


def test_trying_shows_collisions_and_spellings(desk):
    story = make_article()
    for body in ("người lớn và lợn", "người lớn", "l0n nước", "uống loonf gì"):
        send(story, body=body)
    found, html = tried(desk, text="lồn")
    assert found.collisions == [("lớn", 2), ("lợn", 1)]
    assert found.forms == {"leet": 1, "typed": 1}
    assert found.sure == 1


def test_trying_warns_of_a_term_that_people_let_pass(desk):
    story = make_article()
    load(story, *[State.VISIBLE] * 3)
    Comment.objects.update(reviewed_at=timezone.now())
    found, html = tried(desk, text="ý kiến")
    assert (found.approved, found.is_doubtful) == (3, True)
    assert "errornote" in html


def test_trying_looks_30_days_back_in_the_section_of_the_term(desk):
    story = make_article()
    old, _new = send(story, body="đồ ngốc"), send(story, body="đồ ngốc ạ")
    Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert tried(desk)[0].hits == 1
    assert tried(desk, section=make_section("Thể thao").pk)[0].hits == 0
    assert tried(desk, section=story.section.pk)[0].hits == 1


def test_trying_stops_after_some_seconds_and_says_so(desk, monkeypatch):
    load(make_article(), *[State.VISIBLE] * 3)
    monkeypatch.setattr("comments.trying.PATIENCE", -1.0)
    found, html = tried(desk)
    assert (found.looked_at, found.is_whole) == (1, False)


def test_what_stands_in_comments_is_escaped(desk):
    send(make_article(), body="<script>alert(1)</script> đồ ngốc <b>")
    assert "<script>alert(1)" not in tried(desk)[1]


def test_saving_counts_at_once_and_is_logged(desk, moderator):
    story = make_article()
    Article.objects.filter(pk=story.pk).update(comment_policy="open")
    assert desk.post(ADD, filled()).status_code == 302
    term = Term.objects.get()
    assert (term.text, term.created_by) == ("đồ ngốc", moderator)
    assert send(story, body="Đồ ngốc thật").state == State.PENDING
    desk.post(reverse("admin:comments_term_change", args=[term.pk]), filled(is_trial="on"))
    assert send(story, body="Đồ ngốc thế").state == State.VISIBLE
    desk.post(reverse("admin:comments_term_delete", args=[term.pk]), {"post": "yes"})
    assert not Term.objects.exists()
    assert list(AuditEvent.objects.order_by("pk").filter(kind__startswith="term").values_list("kind", flat=True)) == [
        "term.added",
        "term.changed",
        "term.deleted",
    ]


@pytest.mark.parametrize("text", ["", "a", "…", "?!", "x" * 81, "\x00"])
def test_what_cannot_be_a_term_is_refused_with_a_message(desk, text):
    response = desk.post(ADD, filled(text=text))
    assert response.status_code == 200 and response.context["errors"]
    assert not Term.objects.exists()


def test_the_same_term_twice(desk, moderator):
    terms.save(Term(text="Đồ ngốc", kind="suspect"), moderator)
    response = desk.post(ADD, filled())
    assert response.status_code == 200 and response.context["errors"]
    assert desk.post(ADD, filled(kind="banned")).status_code == 302


def test_the_list_shows_figures_states_and_finds_without_marks(desk, moderator):
    now = timezone.now()
    terms.save(Term(text="đồ ngốc", kind="suspect", hits=71, upheld=52, cleared=19), moderator)
    terms.save(Term(text="dở hơi", kind="suspect", is_trial=True), moderator)
    terms.save(Term(text="cổ lỗ", kind="suspect", expires_at=now - timedelta(days=1)), moderator)
    html = desk.get(LIST).content.decode()
    assert all(word in html for word in ("71", "52", "19", "dở hơi", "cổ lỗ"))
    for asked in ("yes", "trial", "over"):
        assert len(desk.get(LIST, {"in-force": asked}).context["cl"].result_list) == 1
    assert [term.text for term in desk.get(LIST, {"q": "do NGOC"}).context["cl"].result_list] == ["đồ ngốc"]


def test_many_at_once(desk):
    response = desk.post(MANY, {"lines": "đồ ngốc\n\n Dở  hơi \nđồ ngốc", "kind": "banned", "is_trial": "on"})
    assert response.status_code == 302
    assert sorted(Term.objects.values_list("text", "kind", "is_trial")) == [
        ("Dở hơi", "banned", True),
        ("đồ ngốc", "banned", True),
    ]
    wrong = desk.post(MANY, {"lines": "tốt\na\n?", "kind": "banned"})
    assert wrong.status_code == 200 and "a; ?" in wrong.content.decode()
    assert "tốt" in wrong.content.decode()


def test_handed_out_without_formulas(desk, moderator):
    terms.save(Term(text="đồ ngốc", kind="suspect", note="=1+1"), moderator)
    lines = b"".join(desk.get(EXPORT).streaming_content).decode().splitlines()
    assert len(lines) == 2 and "đồ ngốc" in lines[1] and "'=1+1" in lines[1]


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator"])
def test_others_see_no_lists(client, role):
    client.force_login(make_user(role))
    assert [client.get(address).status_code for address in (LIST, ADD, MANY, EXPORT)] == [403] * 4
    assert client.post(ADD, filled()).status_code == 403


def test_a_moderator_of_one_section_has_no_lists(client):
    client.force_login(make_user("moderator", section=make_section()))
    assert client.get(LIST).status_code == 403
