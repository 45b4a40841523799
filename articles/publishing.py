"""How does the working text become what readers have?

`go_live`, `withdraw` and their kin write the live columns, the lists, the counts and the search document, and return
the surrogate keys of the pages concerned. They run inside the caller's transaction (`articles.workflow` checks rights
and states first); `articles.loading` writes the same rows for many stories at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import keys, placing, search
from articles.models import Article, Author, Byline, Image, Revision, Section, Snapshot, Tag, Tagging
from articles.rendering import render_body
from newsroom.lib import dates, html, text


@dataclass(frozen=True)
class Change:
    """What a verb of this module touched: the surrogate keys of the pages that are stale now."""

    keys: frozenset[str]


def live_columns(snapshot: Snapshot) -> dict[str, Any]:
    """The live columns that follow from the text and from what it names."""
    image = Image.objects.filter(pk=snapshot.picture.image).first() if snapshot.picture else None
    section = Section.objects.filter(pk=snapshot.section).first()
    return {**text_columns(snapshot), "section": section, "lead_image": image}


def text_columns(snapshot: Snapshot, images: Mapping[int, Image] | None = None) -> dict[str, Any]:
    """The live columns that follow from the text alone; `images` as `render_body` takes them."""
    return {
        "headline": snapshot.headline,
        "subheadline": snapshot.subheadline,
        "lead": snapshot.lead,
        "body": snapshot.body,
        "html": render_body(snapshot.body, images),
        "source": snapshot.source,
        "lead_caption": snapshot.picture.caption if snapshot.picture else "",
        "word_count": text.word_count(f"{snapshot.lead} {html.to_text(snapshot.body)}"),
        "comment_policy": snapshot.comment_policy,
        "headline_fold": text.fold(snapshot.headline)[:220],
    }


def go_live(article: Article, revision: Revision, *, published_at: datetime, now: datetime) -> Change:
    """Give readers this revision; the story appears at `published_at`, which an update of a live story leaves alone.

    The address is made from the first headline that was published and stays.
    """
    snapshot = revision.snapshot
    before = stale_pages(article)
    columns = live_columns(snapshot)
    was_out = (
        article.first_published_at is not None and article.published_at is not None and article.published_at <= now
    )
    columns |= {
        "slug": article.slug or text.slugify(snapshot.headline) or "bai",
        "published_at": published_at,
        "published_on": dates.local(published_at).date(),
        "first_published_at": article.first_published_at or now,
        "updated_at": now if was_out else None,
        "live_revision": revision,
    }
    write(article, columns)
    credit(article, snapshot, published_at)
    appear(article, snapshot)
    return Change(frozenset(before | stale_pages(article)))


def appear(article: Article, snapshot: Snapshot) -> None:
    """Put the story into lists and search, or into neither while it is withdrawn."""
    placing.place(article, snapshot.other_sections)
    if article.withdrawn_at is None:
        search.index(article, snapshot)


def write(article: Article, columns: dict[str, Any]) -> None:
    """Set live columns on the row and on the object at hand."""
    Article.objects.filter(pk=article.pk).update(**columns)
    for name, value in columns.items():
        setattr(article, name, value)


def credit(article: Article, snapshot: Snapshot, published_at: datetime) -> None:
    """Bylines and tags as the snapshot has them."""
    article.bylines.all().delete()
    article.taggings.all().delete()
    Byline.objects.bulk_create(byline_rows(article, snapshot, published_at))
    Tagging.objects.bulk_create(tagging_rows(article, snapshot, published_at))


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


def stale_pages(article: Article) -> set[str]:
    """The pages that show or list the story as its rows stand."""
    if article.published_on is None:
        return set()
    return keys.listed(
        article.pk,
        sections=article.placements.values_list("section", flat=True),
        authors=article.bylines.values_list("author", flat=True),
        tags=article.taggings.values_list("tag", flat=True),
        days=[article.published_on],
    )


def unschedule(article: Article) -> Change:
    """Take back a first publication that readers have not seen yet: neither its date nor its address is bound."""
    unseen = {"published_at": None, "published_on": None, "first_published_at": None, "live_revision": None}
    return leave(article, {**unseen, "slug": ""})


def withdraw(article: Article, *, now: datetime) -> Change:
    """Take the story off every page, list and search at once; its text stays in the house."""
    return leave(article, {"withdrawn_at": now})


def leave(article: Article, columns: dict[str, Any]) -> Change:
    """Write columns that end the story's presence, and take it out of the lists."""
    before = stale_pages(article)
    write(article, columns)
    placing.place(article)
    search.forget(article)
    return Change(frozenset(before))


def bring_back(article: Article) -> Change:
    """Undo a withdrawal: the story stands again where it stood, with the date it had."""
    write(article, {"withdrawn_at": None})
    appear(article, article.live_revision.snapshot if article.live_revision else Snapshot())
    return Change(frozenset(stale_pages(article)))


def render_again(article: Article) -> Change:
    """Make the stored HTML anew, after a picture that the story shows has changed."""
    write(article, {"html": render_body(article.body)})
    return Change(frozenset({keys.article(article.pk)}))
