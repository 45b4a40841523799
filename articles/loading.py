"""How do many stories that were published elsewhere come in at once?

The rows are those that `writing.create_story` and `publishing.go_live` write one by one; here a batch is one
transaction with a few dozen statements, and memory does not grow with the number of stories.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles import desk_search, keys, links, placing, record
from articles.models import (
    Article,
    Byline,
    Image,
    ImageUse,
    ImportRecord,
    Placement,
    Revision,
    SearchDoc,
    Section,
    Snapshot,
    Stage,
    Tagging,
)
from articles.reading import byline_rows, tagging_rows, text_columns
from articles.search import document
from articles.writing import clean_snapshot, pictures_of
from newsroom.lib import dates, text
from newsroom.lib.pagecache.models import bump

# What can only be written once the revisions exist.
LATE_COLUMNS = ["published_at", "published_on", "live_revision", "working_revision", "stage"]


@dataclass(frozen=True)
class Loaded:
    """A published story as it comes in. `source` and `source_id` say where it was and under which key, if anywhere.

    An empty `slug` is made from the headline. A time of publication to come schedules the story.
    """

    snapshot: Snapshot
    published_at: datetime
    updated_at: datetime | None = None
    slug: str = ""
    source: str = ""
    source_id: str = ""


Then = Callable[[Article, Loaded], object]


def load_published(
    stories: Iterable[Loaded], *, by: AbstractBaseUser, batch: int = 500, then: Then | None = None
) -> int:
    """Give readers these stories, `batch` at a time; returns how many. They count as published at their own times.

    `then` is called for each story inside the transaction of its batch, for what belongs to it (its comments).
    Rights, stages and the log are not asked: the caller is a command. Raises html.TooLong and IntegrityError, which
    undo the batch at hand and leave those before it.
    """
    rest, count = iter(stories), 0
    while chosen := list(islice(rest, batch)):
        made = [cleaned(story) for story in chosen]
        known = Known.to(made)
        articles = [new_article(story, known, by) for story in made]  # the slow part, before anything is locked
        with transaction.atomic():
            write_batch(made, articles, known, by)
            for article, story in zip(articles, made, strict=True):
                if then is not None:
                    then(article, story)
        count += len(chosen)
    return count


def cleaned(story: Loaded) -> Loaded:
    return Loaded(**{**story.__dict__, "snapshot": clean_snapshot(story.snapshot)})


@dataclass(frozen=True)
class Known:
    """What the stories of a batch refer to, fetched once."""

    sections: Mapping[int, Section]
    images: Mapping[int, Image]

    @classmethod
    def to(cls, stories: list[Loaded]) -> "Known":
        images = {pk for story in stories for pk, _place in pictures_of(story.snapshot)}
        return cls(Section.objects.in_bulk(), Image.objects.defer("fold", "rights").in_bulk(images))


def new_article(story: Loaded, known: Known, by: AbstractBaseUser) -> Article:
    """The row as it can be stored before its revision: with every text, and not yet published."""
    snapshot = story.snapshot
    pressed = min(story.published_at, timezone.now())
    section = known.sections.get(snapshot.section or 0)
    return Article(
        **text_columns(snapshot, known.images),
        section=section,
        lead_image=known.images.get(snapshot.picture.image) if snapshot.picture else None,
        slug=story.slug or text.slugify(snapshot.headline) or "bai",
        first_published_at=pressed,
        updated_at=story.updated_at,
        version=2,  # begun and saved once
        desk_headline=snapshot.headline,
        desk_fold=text.fold(snapshot.headline)[:220],
        desk_section=section,
        desk_changed_at=story.updated_at or pressed,
        desk_author_id=by.pk,
        created_by_id=by.pk,
    )


def write_batch(stories: list[Loaded], articles: list[Article], known: Known, by: AbstractBaseUser) -> None:
    """Store the rows of one batch and make the pages that list these stories stale."""
    Article.objects.bulk_create(articles)
    pairs = list(zip(articles, stories, strict=True))
    revisions = Revision.objects.bulk_create([first_revision(article, story.snapshot, by) for article, story in pairs])
    for (article, story), revision in zip(pairs, revisions, strict=True):
        article.live_revision = article.working_revision = revision
        article.published_at = story.published_at
        article.published_on = dates.local(story.published_at).date()
        article.stage = Stage.DONE
    Article.objects.bulk_update(articles, LATE_COLUMNS, batch_size=100)
    triples = [(article, story.snapshot, story.published_at) for article, story in pairs]
    Byline.objects.bulk_create(row for triple in triples for row in byline_rows(*triple))
    Tagging.objects.bulk_create(row for triple in triples for row in tagging_rows(*triple))
    SearchDoc.objects.bulk_create(SearchDoc(article=art, **document(art, story.snapshot)) for art, story in pairs)
    desk_search.index_many(articles)
    ImageUse.objects.bulk_create(row for revision in revisions for row in uses(revision, known))
    ImportRecord.objects.bulk_create(
        ImportRecord(source=story.source, source_id=story.source_id, article=article)
        for article, story in pairs
        if story.source_id
    )
    links.write_many(articles)
    record.add_first(articles, [story.snapshot for story in stories], by=by, at=timezone.now())
    bump(list_them(pairs, known))


def first_revision(article: Article, snapshot: Snapshot, by: AbstractBaseUser) -> Revision:
    return Revision(
        article=article, number=1, content=snapshot.to_json(), digest=Revision.digest_of(snapshot), author_id=by.pk
    )


def uses(revision: Revision, known: Known) -> list[ImageUse]:
    """As `writing.uses_of`, with the pictures at hand."""
    wanted = pictures_of(revision.snapshot)
    return [ImageUse(revision=revision, image_id=pk, place=place) for pk, place in wanted if pk in known.images]


def list_them(pairs: list[tuple[Article, Loaded]], known: Known) -> set[str]:
    """Put the stories into the lists of their sections and count their days; returns the keys of stale pages."""
    placements: list[Placement] = []
    counts: Counter[placing.Day] = Counter()
    stale: set[str] = set()
    for article, story in pairs:
        rows = placements_of(article, story.snapshot, known)
        placements += rows
        counts.update(placing.days_of(rows))
        stale |= keys.listed(
            article.pk,
            sections=[row.section_id for row in rows],
            authors=[ref.author for ref in story.snapshot.bylines],
            tags=story.snapshot.tags,
            days=[dates.local(story.published_at).date()],
        )
    Placement.objects.bulk_create(placements)
    placing.add_to_days(counts)
    return stale


def placements_of(article: Article, snapshot: Snapshot, known: Known) -> list[Placement]:
    """Where the story is listed: nowhere while its section is hidden (as `placing.place`)."""
    if article.section is None or not article.section.is_public:
        return []
    chosen = [known.sections[pk] for pk in (article.section.pk, *snapshot.other_sections) if pk in known.sections]
    places = {section.pk for section in chosen} | {section.parent_id for section in chosen if section.parent_id}
    return [Placement(article=article, section_id=pk, published_at=article.published_at) for pk in sorted(places)]
