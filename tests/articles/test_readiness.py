"""What a story lacks: named one by one, each with its field."""

import pytest

from articles import readiness
from articles.models import BylineRef
from tests.builders import make_author, make_image, make_snapshot

pytestmark = pytest.mark.django_db


def fields(missing):
    return [item.field for item in missing]


def test_a_whole_story_lacks_nothing():
    snapshot = make_snapshot(image=make_image())
    assert readiness.for_editors(snapshot) == readiness.for_readers(snapshot) == []


@pytest.mark.parametrize(("field", "empty"), [("headline", ""), ("lead", ""), ("section", None)])
def test_editors_need_a_headline_a_lead_and_a_section(field, empty):
    snapshot = make_snapshot(**{field: empty})
    assert fields(readiness.for_editors(snapshot)) == fields(readiness.for_readers(snapshot)) == [field]


@pytest.mark.parametrize("body", ["", "<p></p>", "<p>&nbsp;</p><hr>"])
def test_readers_need_a_text(body):
    snapshot = make_snapshot(body=body)
    assert readiness.for_editors(snapshot) == []
    assert fields(readiness.for_readers(snapshot)) == ["body"]


def test_readers_need_a_byline_or_a_source():
    assert fields(readiness.for_readers(make_snapshot(bylines=()))) == ["bylines"]
    assert readiness.for_readers(make_snapshot(bylines=(), source="TTXVN")) == []
    assert readiness.for_readers(make_snapshot(bylines=(BylineRef(make_author().pk),))) == []


@pytest.mark.parametrize("lacking", ["alt", "caption", "credit"])
def test_every_picture_is_described_captioned_and_credited(lacking):
    image = make_image(**{lacking: ""})
    figure = f'<p>A</p><figure class="image" data-image="{image.pk}"></figure>'
    assert fields(readiness.for_readers(make_snapshot(image=image))) == ["picture"]
    assert fields(readiness.for_readers(make_snapshot(body=figure))) == ["body"]


def test_a_decorative_picture_needs_no_description_and_a_caption_may_stand_in_the_story():
    image = make_image(alt="", is_decorative=True, caption="")
    own = "<figcaption>Riêng bài này</figcaption>"
    body = f'<p>A</p><figure class="image" data-image="{image.pk}">{own}</figure>'
    assert readiness.for_readers(make_snapshot(body=body)) == []


def test_a_picture_that_is_gone_is_no_reason():
    assert readiness.for_readers(make_snapshot(body='<p>A</p><figure class="image" data-image="99"></figure>')) == []
