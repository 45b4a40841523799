"""What stands on the page of a story? The same value for a live story and for a text that nobody has published yet.

The columns and rows that follow from a snapshot are worked out here, for `articles.publishing` to write them and for
previews to show them without.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db.models import prefetch_related_objects

from articles import changes, editions
from articles.models import (
    Article,
    Author,
    Byline,
    Correction,
    Image,
    Presentation,
    PublicVersion,
    Section,
    Snapshot,
    Tag,
    Tagging,
)
from articles.rendering import PLAIN, WIDE, Layout, render_body
from newsroom.lib import html, text

LAYOUTS = {
    Presentation.PHOTOS: Layout(sizes=WIDE),
    Presentation.LONG: Layout(sizes=WIDE),
    Presentation.INFOGRAPHIC: Layout(sizes=WIDE, zoom=True),
}


@dataclass(frozen=True)
class Reading:
    """A story as its page shows it. The article of a preview is a copy, and never saved."""

    article: Article
    bylines: list[Byline]
    tags: list[Tag]
    changes: list[PublicVersion] = field(default_factory=list)  # those that readers are told of
    corrections: list[Correction] = field(default_factory=list)  # formal ones
    version: Hashable = None  # equal versions look the same; None: nobody knows

    @classmethod
    def of(cls, article: Article) -> Self:
        """What readers have, of a story that `articles.fetching` read."""
        bylines, tags = list(article.bylines.all()), [tagging.tag for tagging in article.taggings.all()]
        told, corrections = changes.of_story(article)
        versions = editions.versions_of(article)
        known = versions and (article.pk, versions.own, versions.frame)
        return cls(article, bylines, tags, told, corrections, known)

    @classmethod
    def foreseen(cls, article: Article, snapshot: Snapshot, now: datetime, tags: list[Tag] | None = None) -> Self:
        """What readers would have if this text were published now (at its time, if that is settled).

        `tags` stand in for those of the snapshot where some are not made yet. Raises html.TooLong.
        """
        was_out = article.published_at is not None and article.published_at <= now
        copy = Article(
            pk=article.pk or 0,  # 0: a story that is not saved yet
            slug=article.slug,
            published_at=article.published_at or now,
            updated_at=now if was_out else None,
            **live_columns(snapshot),
        )
        bylines = byline_rows(copy, snapshot, now)
        prefetch_related_objects(bylines, "author")
        found = Tag.objects.in_bulk(snapshot.tags) if tags is None else {}
        return cls(copy, bylines, tags or [found[pk] for pk in snapshot.tags if pk in found])

    @property
    def writers(self) -> list[Byline]:
        """Those who wrote."""
        return [byline for byline in self.bylines if byline.role == Byline.Role.TEXT]

    @property
    def contributors(self) -> list[Byline]:
        """The others (photo, video, translation), who are credited with their part."""
        return [byline for byline in self.bylines if byline.role != Byline.Role.TEXT]


def live_columns(snapshot: Snapshot) -> dict[str, Any]:
    """The live columns that follow from the text and from what it names."""
    image = Image.objects.filter(pk=snapshot.picture.image).first() if snapshot.picture else None
    section = Section.objects.select_related("parent").filter(pk=snapshot.section).first()
    return {**text_columns(snapshot), "section": section, "lead_image": image}


def text_columns(snapshot: Snapshot, images: Mapping[int, Image] | None = None) -> dict[str, Any]:
    """The live columns that follow from the text alone; `images` as `render_body` takes them."""
    return {
        "headline": snapshot.headline,
        "subheadline": snapshot.subheadline,
        "lead": snapshot.lead,
        "body": snapshot.body,
        "html": shown_html(snapshot, images),
        "source": snapshot.source,
        "lead_caption": snapshot.picture.caption if snapshot.picture else "",
        "word_count": text.word_count(f"{snapshot.lead} {html.to_text(snapshot.body)}"),
        "comment_policy": snapshot.comment_policy,
        "presentation": snapshot.presentation,
        "related": list(snapshot.related),
        "headline_fold": text.fold(snapshot.headline)[:220],
    }


def shown_html(snapshot: Snapshot, images: Mapping[int, Image] | None = None) -> str:
    """The text as pages show it; a video story opens with its video, the lead picture upon it until it is played."""
    if snapshot.presentation != Presentation.VIDEO:
        return render_body(snapshot.body, images, LAYOUTS.get(Presentation(snapshot.presentation), PLAIN))
    poster = Layout(poster=snapshot.picture.image if snapshot.picture else None)
    return render_body(html.embed_first(snapshot.body), images, poster)


def byline_rows(article: Article, snapshot: Snapshot, published_at: datetime) -> list[Byline]:
    known = set(Author.objects.filter(pk__in=[ref.author for ref in snapshot.bylines]).values_list("pk", flat=True))
    return [
        Byline(article=article, author_id=ref.author, role=ref.role, position=n, published_at=published_at)
        for n, ref in enumerate(snapshot.bylines)
        if ref.author in known
    ]


def tagging_rows(article: Article, snapshot: Snapshot, published_at: datetime) -> list[Tagging]:
    known = set(Tag.objects.filter(pk__in=snapshot.tags).values_list("pk", flat=True))
    return [
        Tagging(article=article, tag_id=tag, position=n, published_at=published_at)
        for n, tag in enumerate(snapshot.tags)
        if tag in known
    ]
