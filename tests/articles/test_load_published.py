"""Stories loaded in bulk leave the same rows as stories written and published one by one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from articles import catalogue, keys, publishing, writing
from articles.loading import Loaded, load_published
from articles.models import (
    Article,
    Byline,
    BylineRef,
    DayCount,
    ImageUse,
    ImportRecord,
    PictureRef,
    Placement,
    Revision,
    SearchDoc,
    Snapshot,
    Stage,
    Tagging,
)
from newsroom.lib import text
from newsroom.lib.pagecache.models import Epoch
from tests import builders

pytestmark = pytest.mark.django_db
WHEN = datetime(2021, 1, 14, 18, 30, tzinfo=UTC)  # the 15th in Hà Nội


def full_snapshot() -> Snapshot:
    """A text with everything: sub-section, another section, two names, tags, pictures, mark-up to clean."""
    sports = builders.make_section("Thể thao")
    image = builders.make_image()
    return builders.make_snapshot(
        section=builders.make_section("Bóng đá", parent=sports).pk,
        other_sections=(builders.make_section("Xã hội").pk,),
        bylines=(BylineRef(builders.make_author().pk), BylineRef(builders.make_author("Lê An").pk, "photo")),
        tags=tuple(catalogue.tag_named(name).pk for name in ("Bão", "Bảo")),
        picture=PictureRef(image.pk, "Ảnh: An"),
        body=f'<p onclick="x()">Chữ <b>đậm</b>.</p><figure class="image" data-image="{image.pk}"></figure>'
        '<figure class="image" data-image="999999"></figure>',
    )


def columns(instance) -> dict:
    values = {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}
    drop = {"id", "article_id", "revision_id", "live_revision_id", "working_revision_id", "created_at"}
    return {name: value for name, value in values.items() if name not in drop}


def rows_of(article: Article) -> dict[str, list[dict]]:
    found = {
        model.__name__: model.objects.filter(article=article) for model in (Placement, Byline, Tagging, SearchDoc)
    }
    found["Revision"] = Revision.objects.filter(article=article)
    found["ImageUse"] = ImageUse.objects.filter(revision__article=article)
    return {name: sorted((columns(row) for row in rows), key=repr) for name, rows in found.items()}


def test_the_rows_are_those_of_writing_and_publishing_one_by_one():
    user, snapshot = builders.make_user(), full_snapshot()
    one = writing.create_story(snapshot, by=user)
    change = publishing.go_live(one, one.working_revision, published_at=WHEN, now=WHEN, by=user)
    counts = set(DayCount.objects.values_list("day", "section", "count"))
    Epoch.objects.all().delete()

    assert load_published([Loaded(snapshot, WHEN)], by=user) == 1

    one.refresh_from_db()
    two = Article.objects.exclude(pk=one.pk).get()
    expected = columns(one) | {"stage": Stage.DONE, "desk_changed_at": WHEN}
    assert columns(two) == expected
    assert two.live_revision == two.working_revision == two.revisions.get()
    assert rows_of(two) == rows_of(one)
    assert set(DayCount.objects.values_list("day", "section", "count")) == {(d, s, 2 * n) for d, s, n in counts}
    stale = set(Epoch.objects.values_list("key", flat=True))
    assert stale == change.keys - {keys.article(one.pk)} | {keys.article(two.pk)}


def test_own_slug_source_and_times_are_kept():
    later = WHEN + timedelta(days=1)
    story = Loaded(builders.make_snapshot(), WHEN, later, slug="dia-chi-cu", source="cũ", source_id="7")
    load_published([story], by=builders.make_user())
    article = ImportRecord.objects.get(source="cũ", source_id="7").article
    assert (article.slug, article.published_at, article.updated_at) == ("dia-chi-cu", WHEN, later)
    assert article.published_on.isoformat() == "2021-01-15"
    assert article.desk_changed_at == later
    assert article.is_public


def test_a_time_to_come_schedules_the_story():
    load_published([Loaded(builders.make_snapshot(), builders.hours(3))], by=builders.make_user())
    article = Article.objects.get()
    assert article.readers_state == "scheduled"
    assert article.first_published_at <= builders.hours(0)


def test_a_hidden_section_lists_nothing():
    section = builders.make_section("Ẩn", is_shown=False)
    load_published([Loaded(builders.make_snapshot(section=section.pk), WHEN)], by=builders.make_user())
    assert not Placement.objects.exists()
    assert not DayCount.objects.exists()
    assert not Article.objects.get().is_public


def test_batches_call_then_within_their_own_transaction():
    section, author, user = builders.make_section(), builders.make_author(), builders.make_user()
    seen: list[str] = []

    def note(article: Article, story: Loaded) -> None:
        if story.source_id == "4":
            raise RuntimeError("stop")
        seen.append(article.slug)

    def stories():
        for number in range(6):
            snapshot = builders.make_snapshot(section=section.pk, bylines=(BylineRef(author.pk),))
            yield Loaded(snapshot, WHEN, source="x", source_id=str(number))

    with pytest.raises(RuntimeError):
        load_published(stories(), by=user, batch=3, then=note)
    assert len(seen) == 4  # one of the second batch, which is gone
    assert Article.objects.count() == 3
    assert DayCount.objects.get(section=None).count == 3


def test_the_same_source_id_twice_is_refused_by_the_database():
    story = Loaded(builders.make_snapshot(), WHEN, source="x", source_id="1")
    load_published([story], by=builders.make_user())
    with pytest.raises(IntegrityError):
        load_published([story], by=builders.make_user())
    assert Article.objects.count() == 1


def test_a_batch_takes_few_statements(django_assert_max_num_queries):
    user, base = builders.make_user(), full_snapshot()
    stories = [Loaded(base, WHEN) for _ in range(20)]
    with django_assert_max_num_queries(80):
        load_published(stories, by=user)
    assert SearchDoc.objects.filter(headline=text.fold(base.headline)).count() == 20
