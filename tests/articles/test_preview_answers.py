"""What somebody who was sent a preview link answers: in two steps, of the version they saw, plain and limited."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from articles import previewing
from articles.models import PreviewAnswer, PreviewLink
from articles.models.preview import MOST_ANSWERS
from tests import builders
from tests.articles.sharing import HOME, SECRET, assert_tells_nothing, make, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    builders.make_publication()


@pytest.fixture
def story(cast):
    return builders.make_draft(by=cast.rita, headline=f"{SECRET} một", lead=f"{SECRET} sapo")


def seal_on(page):
    return re.search(r'name="seal" value="([^"]+)"', page)[1]


def typed(client, address, **fields):
    seal = seal_on(client.get(address).content.decode())
    return {"seal": seal, "name": "Luật sư Hà", "verdict": "note", "remark": "Đoạn 2 cần dẫn nguồn.", **fields}


def test_an_answer_is_checked_then_kept(story):
    browser = Client(enforce_csrf_checks=True)
    link, address = make(story)
    data = typed(browser, address)
    first = browser.post(f"{address}tra-loi/", data, headers=HOME)
    assert first.status_code == 200 and not PreviewAnswer.objects.exists()
    assert "Đoạn 2 cần dẫn nguồn." in first.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', first.content.decode())[1]
    data |= {"sent": "1", "csrfmiddlewaretoken": token}
    for _ in range(2):  # pressed twice
        second = browser.post(f"{address}tra-loi/", data, headers=HOME)
        assert (second.status_code, second["Location"]) == (303, f"{address}?da-gui=1")
    kept = PreviewAnswer.objects.get()
    assert (kept.link, kept.name, kept.verdict, kept.text) == (link, "Luật sư Hà", "note", "Đoạn 2 cần dẫn nguồn.")
    assert kept.revision == story.working_revision
    link.refresh_from_db()
    assert link.answer_count == 1
    assert "Cảm ơn" in browser.get(second["Location"]).content.decode()


def test_without_the_token_nothing_is_kept(story):
    browser = Client(enforce_csrf_checks=True)
    _, address = make(story)
    data = typed(browser, address, sent="1")
    assert browser.post(f"{address}tra-loi/", data, headers=HOME).status_code == 409
    assert browser.post(f"{address}tra-loi/", data, headers={"origin": "https://evil.example"}).status_code == 403
    assert browser.post(f"{address}tra-loi/", data).status_code == 403
    assert not PreviewAnswer.objects.exists()


def test_an_approval_is_of_the_version_that_was_shown(client, story):
    _, address = make(story)
    data = typed(client, address, verdict="approval", remark="", sent="1")
    rewrite(story, f"{SECRET} hai")
    assert client.post(f"{address}tra-loi/", data, headers=HOME).status_code == 303
    answer = PreviewAnswer.objects.get()
    assert (answer.verdict, answer.revision.number) == ("approval", 1)


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 81}, {"verdict": "reject"}, {"verdict": ""}, {"remark": ""}, {"remark": "x" * 2001}],
)
def test_wrong_answers_are_given_back(client, story, wrong):
    _, address = make(story)
    response = client.post(f"{address}tra-loi/", {**typed(client, address, sent="1"), **wrong}, headers=HOME)
    assert response.status_code == 400 and 'class="preview-error"' in response.content.decode()
    assert not PreviewAnswer.objects.exists()


def test_answers_are_plain_text(client, story):
    _, address = make(story)
    data = typed(client, address, name="<b>Hà", remark="<script>alert(1)</script>")
    page = client.post(f"{address}tra-loi/", data, headers=HOME).content.decode()
    assert "<script>alert" not in page and "<b>Hà" not in page


def test_a_form_of_another_link_is_refused(client, story):
    _, address = make(story)
    _, other = make(story)
    data = typed(client, address, sent="1")
    assert client.post(f"{other}tra-loi/", data, headers=HOME).status_code == 404
    assert not PreviewAnswer.objects.exists()


def test_no_more_than_so_many_answers(client, story):
    link, address = make(story)
    data = typed(client, address, sent="1")
    PreviewLink.objects.filter(pk=link.pk).update(answer_count=MOST_ANSWERS - 1)
    assert client.post(f"{address}tra-loi/", data, headers=HOME).status_code == 303
    page = client.get(address).content.decode()
    assert "answer-form" not in page
    data["seal"] = previewing.seal(link, story.working_revision)
    late = client.post(f"{address}tra-loi/", data, headers=HOME)
    assert late.status_code == 409
    assert PreviewAnswer.objects.count() == 1


def test_too_late_an_answer_is_given_back(client, story, cast):
    link, address = make(story)
    data = typed(client, address, sent="1")
    previewing.revoke(link, by=cast.pia)
    response = client.post(f"{address}tra-loi/", data, headers=HOME)
    assert response.status_code == 410 and "Đoạn 2 cần dẫn nguồn." in response.content.decode()
    assert_tells_nothing(response)
    assert not PreviewAnswer.objects.exists()
