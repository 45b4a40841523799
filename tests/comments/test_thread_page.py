"""The page with all comments of a story, and the comments on the story's own page."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from articles import keys
from articles.models import Article
from comments import moderation
from comments.models import State
from newsroom.lib.pagecache.models import bump
from tests.builders import hours, make_article, make_draft, make_publication, make_user, withdraw
from tests.comments.voices import load, send

pytestmark = pytest.mark.django_db


def address(story, query=""):
    return reverse("comments:thread", args=[story.pk]) + query


def on_story(story):
    """The comments as the story's page shows them, and its count."""
    found = Article.objects.select_related("section__parent").get(pk=story.pk)
    source = "{% load comments %}{% comment_count article %}|{% comment_thread article %}"
    return Template(source).render(Context({"article": found}))


def test_shows_what_is_shown(client, story):
    (visible,) = load(story, State.VISIBLE)
    hidden = load(story, State.PENDING, State.REJECTED, State.SPAM)
    html = client.get(address(story)).content.decode()
    assert visible.body in html
    assert not [comment for comment in hidden if comment.body in html]


def test_is_the_same_for_everybody_and_may_be_kept(client, story):
    response = client.get(address(story))
    assert response.status_code == 200
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert {f"a{story.pk}", f"c{story.pk}"} <= set(response["Surrogate-Key"].split())
    assert "csrf" not in response.content.decode()
    assert client.get(address(story), headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_a_decision_changes_the_page(client, story):
    (comment,) = load(story, State.PENDING)
    before = client.get(address(story))
    moderation.approve(comment.pk, 1, make_user("moderator"))
    after = client.get(address(story))
    assert before["ETag"] != after["ETag"]


def test_words_are_plain_text(client, story):
    text = "<script>alert(1)</script> & <b>đậm</b>\n\njavascript:alert(1)"
    comment = send(story, body=text, name="<i>Hà</i>")
    moderation.approve(comment.pk, 1, make_user("moderator"))
    for html in (client.get(address(story)).content.decode(), on_story(story)):
        assert "&lt;script&gt;" in html and "&lt;i&gt;Hà" in html
        assert "<script>alert" not in html and "<b>đậm" not in html
        assert 'href="javascript' not in html


def test_the_email_is_never_shown(client, story):
    comment = send(story, email="bi-mat@example.com")
    moderation.approve(comment.pk, 1, make_user("moderator"))
    assert "bi-mat" not in client.get(address(story)).content.decode() + on_story(story)


def test_pages_lead_on_and_every_comment_is_reached(client, story):
    roots = load(story, *[State.VISIBLE] * 45)
    load(story, *[State.VISIBLE] * 5, under=roots[0])
    bodies, link = "", address(story, "?thu-tu=cu-nhat")
    for _ in range(9):
        html = client.get(link).content.decode()
        bodies += html
        for more in re.findall(r'href="([^"]*goc=\d+)"', html):
            bodies += client.get(more).content.decode()
        following = re.search(r'rel="next nofollow" href="([^"]+)"', html)
        if not following:
            break
        link = following[1].replace("&amp;", "&")
    assert len(set(re.findall(r'id="c-(\d+)"', bodies))) == 50


def test_page_queries_do_not_grow(client, story, django_assert_max_num_queries):
    make_publication()
    load(story, State.VISIBLE)
    client.get(address(story))  # sections and masthead come into memory
    with django_assert_max_num_queries(6):
        client.get(address(story))
    roots = load(story, *[State.VISIBLE] * 30)
    load(story, State.VISIBLE, State.VISIBLE, under=roots[-1])
    with django_assert_max_num_queries(6):
        client.get(address(story))


@pytest.mark.parametrize("query", ["?sau=x", "?thu-tu=x", "?sau=é", "?thu-tu=moi-nhat&sau=a:b"])
def test_nonsense_leads_to_the_first_page(client, story, query):
    (comment,) = load(story, State.VISIBLE)
    response = client.get(address(story, query))
    assert response.status_code == 200
    assert comment.body in response.content.decode()


@pytest.mark.parametrize("query", ["?goc=x", "?goc=", "?goc=-1", "?goc=99999999999999999999999", "?goc=٣"])
def test_replies_of_nothing(client, story, query):
    assert client.get(address(story, query)).status_code == 404


def test_replies_of_a_hidden_comment_or_another_story(client, story):
    (waiting,) = load(story, State.PENDING)
    (foreign,) = load(make_article(), State.VISIBLE)
    for comment in (waiting, foreign):
        assert client.get(address(story, f"?goc={comment.pk}")).status_code == 404


def test_stories_that_readers_do_not_have(client, story):
    assert client.get("/binh-luan/99999999999999999999999/").status_code == 404
    for hidden in (make_draft(), make_article(hours(2))):
        assert client.get(address(hidden)).status_code == 404
    withdraw(story)
    assert client.get(address(story)).status_code == 410


def take_comments(story, policy):
    """As a publication does it."""
    Article.objects.filter(pk=story.pk).update(comment_policy=policy)
    bump([keys.article(story.pk)])


def test_closed_and_hidden(client, story):
    (comment,) = load(story, State.VISIBLE)
    take_comments(story, "closed")
    html = client.get(address(story)).content.decode()
    assert comment.body in html and "<textarea" not in html
    assert comment.body in on_story(story) and "<textarea" not in on_story(story)
    take_comments(story, "hidden")
    assert client.get(address(story)).status_code == 404
    assert on_story(story).strip() == "0|"


def test_the_switch_for_everything_closes_the_form(story):
    make_publication(comments_open=False)
    assert "<textarea" not in on_story(story)


def test_on_the_story_in_one_query(story, django_assert_num_queries):
    roots = load(story, *[State.VISIBLE] * 8)
    load(story, *[State.VISIBLE] * 4, under=roots[-1])
    publication = make_publication()
    found = Article.objects.select_related("section__parent").get(pk=story.pk)
    source = Template("{% load comments %}{% comment_count article %}|{% comment_thread article %}")
    around = type("Chrome", (), {"publication": publication})
    with django_assert_num_queries(1):
        html = source.render(Context({"article": found, "chrome": around}))
    assert html.startswith("12|")
    assert "csrf" not in html and 'name="token"' not in html


def test_the_answered_writer_is_named_only_while_shown(client, story):
    (root,) = load(story, State.VISIBLE)
    (first,) = load(story, State.VISIBLE, under=root)
    second = send(story, parent_id=first.pk, name="Người Thứ Hai")
    mo = make_user("moderator")
    moderation.approve(second.pk, 1, mo)
    type(first).objects.filter(pk=first.pk).update(author_name="Tên Bị Ẩn")
    assert "Tên Bị Ẩn" in client.get(address(story)).content.decode()
    moderation.reject(first.pk, first.version, mo, "insult")
    html = client.get(address(story)).content.decode()
    assert "Người Thứ Hai" in html and "Tên Bị Ẩn" not in html
