"""Each form of a story has a page of its own: photo story, long read, video, infographic."""

import pytest

from articles import publishing
from articles.models import Article, BylineRef, Snapshot
from articles.readiness import for_readers
from articles.writing import clean_snapshot
from tests import builders
from tests.articles.story_form import page_of, shown

pytestmark = pytest.mark.django_db
VIDEO = '<figure class="embed" data-embed="https://www.youtube.com/watch?v=aqz-KE-bpKQ"></figure>'


def figure(image):
    return f'<figure class="image" data-image="{image.pk}"></figure>'


def page(client, **fields):
    story = builders.make_article(published_at=builders.hours(-1), **fields)
    return client.get(story.get_absolute_url()).content.decode()


def test_a_standard_story_carries_nothing_of_the_others(client):
    text = page(client, image=builders.make_image())
    assert "form-standard" in text
    assert "article-forms.css" not in text


def test_pictures_of_a_long_read_are_fetched_as_wide_as_they_stand(client):
    text = page(client, presentation="long", body=f"<p>Một.</p>{figure(builders.make_image())}")
    assert "form-long" in text and "article-forms.css" in text
    assert 'sizes="(min-width: 62rem) 60rem, 100vw"' in text.partition('class="article-body"')[2]


def test_a_video_story_opens_with_its_video_under_the_lead_picture(client):
    text = page(client, presentation="video", body=f"<p>Mở đầu.</p>{VIDEO}<p>Kết.</p>", image=builders.make_image())
    body = text.partition('class="article-body"')[2].partition("</footer>")[0]
    assert body.index("has-poster") < body.index("Mở đầu.") < body.index("Kết.")
    assert text.partition("<article")[2].partition('class="article-body"')[0].count("<picture") == 0
    address = Article.objects.get().get_absolute_url()
    assert "youtube-nocookie.com" in client.get(address)["Content-Security-Policy"]


def test_a_new_caption_in_the_library_leaves_the_video_where_it_is(client, cast):
    image, poster = builders.make_image(), builders.make_image()
    body = f"<p>Mở đầu.</p>{VIDEO}{figure(image)}"
    story = builders.make_article(presentation="video", body=body, image=poster)
    publishing.render_again(story, by=cast.pia, now=builders.hours(0))
    story.refresh_from_db()
    assert story.html.index("has-poster") < story.html.index("Mở đầu.")


def test_an_infographic_can_be_seen_large(client):
    text = page(client, presentation="infographic", image=builders.make_image())
    assert 'class="zoom" href="/media/' in text


def test_lists_say_which_form_a_story_has(client):
    builders.make_article(presentation="long")
    assert "E-magazine" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("presentation", "body", "is_ready"),
    [
        ("", "<p>Chữ.</p>", True),
        ("video", "<p>Chữ.</p>", False),
        ("video", f"<p>Chữ.</p>{VIDEO}", True),
        ("photos", "<p>Chữ.</p>PICTURE", False),
        ("photos", "<p>Chữ.</p>PICTUREPICTUREPICTURE", True),
        ("infographic", "<p>Chữ.</p>", False),
        ("infographic", "<p>Chữ.</p>PICTURE", True),
        ("long", "<p>Chữ.</p>", True),
    ],
)
def test_a_form_promises_what_the_text_must_hold(presentation, body, is_ready):
    body = body.replace("PICTURE", figure(builders.make_image()))
    text = clean_snapshot(builders.make_snapshot(presentation=presentation, body=body))
    assert (not for_readers(text)) is is_ready


def test_a_text_in_the_usual_form_keeps_the_digest_it_always_had():
    text = Snapshot(headline="Tít", bylines=(BylineRef(1),))
    assert {"presentation", "related"}.isdisjoint(text.to_json())
    assert Snapshot.from_json(text.to_json()) == text
    other = Snapshot(presentation="long", related=(3, 2))
    assert Snapshot.from_json(other.to_json()) == other


def test_the_desk_chooses_a_form_and_refuses_one_that_there_is_not(client, cast):
    client.force_login(cast.rita)
    story = builders.make_draft(cast.rita)
    refused = client.post(page_of(story), shown(client, story, presentation="hologram"))
    assert "adminform" in refused.context and "presentation" in refused.context["adminform"].form.errors
    client.post(page_of(story), shown(client, story, presentation="photos"))
    story.refresh_from_db()
    assert story.working_revision.snapshot.presentation == "photos"
