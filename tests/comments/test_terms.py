"""The lists of terms: who changes them, when they count, how often they were right."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Article
from comments import hits, listed, moderation, terms, undoing
from comments.models import State, Term
from tests.builders import make_article, make_section
from tests.comments.voices import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    article = make_article()
    Article.objects.filter(pk=article.pk).update(comment_policy="open")
    return article


@pytest.fixture
def chief(cast):
    return cast.cora


def list_term(by, text="đồ ngốc", **fields):
    term = Term(text=text, **{"kind": "suspect", **fields})
    terms.save(term, by)
    return term


def test_it_counts_from_the_next_comment_on(story, chief):
    assert send(story, body="Đúng là đồ ngốc").state == State.VISIBLE
    term = list_term(chief)
    comment = send(story, body="Nói như đồ ngoocs ấy nhỉ")
    assert comment.state == State.PENDING
    assert comment.findings == [
        {
            "code": "word",
            "effect": "hold",
            "span": (8, 17),
            "term": term.pk,
            "form": "typed",
            "words": "đồ ngốc",
        }
    ]
    terms.remove([term.pk], chief)
    assert send(story, body="Đồ ngốc nghếch").state == State.VISIBLE


def test_a_banned_word_goes_to_spam_if_it_is_sure_and_waits_if_not(story, chief):
    list_term(chief, "ngốc", kind="banned")
    assert send(story, body="ngốc quá đi thôi").state == State.SPAM
    assert send(story, body="ng0c quá đi thôi").state == State.PENDING


def test_on_trial_it_is_counted_and_nothing_else(story, chief):
    term = list_term(chief, is_trial=True)
    comment = send(story, body="Đúng là đồ ngốc")
    term.refresh_from_db()
    assert (comment.state, comment.findings[0]["code"], term.hits) == (State.VISIBLE, "trial", 1)


def test_it_runs_out(story, chief):
    list_term(chief, expires_at=timezone.now() + timedelta(hours=1))
    assert send(story, body="Đồ ngốc thật").state == State.PENDING
    Term.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    listed.forget()
    assert send(story, body="Đồ ngốc thế").state == State.VISIBLE


def test_what_runs_out_while_the_list_is_in_memory(chief, monkeypatch):
    list_term(chief, expires_at=timezone.now() + timedelta(hours=1))
    assert len(listed.terms().find("đồ ngốc")) == 1
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(listed.timezone, "now", lambda: later)
    assert listed.terms().find("đồ ngốc") == []


def test_a_term_of_a_section_counts_there_and_below(story, chief):
    list_term(chief, section=story.section)
    assert send(story, body="Đồ ngốc thật").state == State.PENDING
    elsewhere = make_article(section=make_section("Thể thao").pk)
    Article.objects.filter(pk=elsewhere.pk).update(comment_policy="open")
    assert send(elsewhere, body="Đồ ngốc quá").state == State.VISIBLE


def test_only_who_moderates_the_whole_paper_changes_the_lists(cast):
    for person in (cast.rita, cast.ed):
        with pytest.raises(PermissionDenied):
            list_term(person)
    assert not Term.objects.exists()


def test_the_lists_in_memory_cost_one_query(story, chief, django_assert_num_queries):
    list_term(chief)
    listed.terms()
    with django_assert_num_queries(1):
        listed.terms()


def test_decisions_of_moderators_say_how_often_it_was_right(story, chief):
    term = list_term(chief)
    comment = send(story, body="Đồ ngốc thật")
    figures = []
    for before, after in (("", "reject"), ("reject", "approve"), ("approve", "keep"), ("keep", ""), ("", "feature")):
        hits.judge((comment.findings, before), (comment.findings, after))
        term.refresh_from_db()
        figures.append((term.upheld, term.cleared))
    assert figures == [(1, 0), (0, 1), (0, 1), (0, 0), (0, 0)]


def test_deciding_and_undoing_move_the_figures_of_a_term(story, chief):
    term = list_term(chief)
    comment = send(story, body="Đồ ngốc thật")

    def figures():
        term.refresh_from_db()
        return term.hits, term.upheld, term.cleared

    rejected = moderation.reject(comment.pk, comment.version, chief, "insult")
    assert figures() == (1, 1, 0)
    approved = moderation.approve(comment.pk, rejected.version, chief)
    assert figures() == (1, 0, 1)
    undoing.undo(approved.actions.latest("pk").pk, chief)
    assert figures() == (1, 1, 0)


def test_a_comment_without_terms_moves_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        hits.judge(([], ""), ([{"code": "link", "effect": "hold"}], "approve"))


def test_many_at_once_leave_what_is_there(chief):
    list_term(chief)
    assert terms.add_many([Term(text="Đồ Ngốc", kind="suspect"), Term(text="dở hơi", kind="suspect")], chief) == 1
