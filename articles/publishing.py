"""How does the working text become what readers have?

`go_live`, `withdraw` and their kin write the live columns, the lists, the counts and the search document, and return
the surrogate keys of the pages concerned. They run inside the caller's transaction (`articles.workflow` checks rights
and states first); `articles.loading` writes the same rows for many stories at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import keys, links, placing, record, search
from articles.models import Article, Byline, PublicVersion, Revision, Snapshot, Tagging
from articles.notices import SILENCE, Notice
from articles.reading import byline_rows, live_columns, shown_html, tagging_rows
from articles.record import By
from newsroom.lib import dates, text


@dataclass(frozen=True)
class Change:
    """What a verb of this module touched: the surrogate keys of the pages that are stale now."""

    keys: frozenset[str]


def go_live(
    article: Article, revision: Revision, *, published_at: datetime, now: datetime, by: By, notice: Notice = SILENCE
) -> Change:
    """Give readers this revision; the story appears at `published_at`, which an update of a live story leaves alone.

    The address is made from the first headline that was published and stays. `notice` says what kind of change it is
    to a story that was out already: a mended typo leaves its `updated_at` alone.
    """
    snapshot = revision.snapshot
    before = stale_pages(article)
    columns = live_columns(snapshot)
    was_out = article.has_been_out
    kind = notice.kind or PublicVersion.Kind.UPDATE if was_out else PublicVersion.Kind.FIRST
    is_typo = kind == PublicVersion.Kind.TYPO
    columns |= {
        "slug": article.slug or text.slugify(snapshot.headline) or "bai",
        "published_at": published_at,
        "published_on": dates.local(published_at).date(),
        "first_published_at": article.first_published_at or now,
        "updated_at": None if not was_out else article.updated_at if is_typo else now,
        "live_revision": revision,
    }
    write(article, columns)
    credit(article, snapshot, published_at)
    if revision.pk == article.working_revision_id:
        article.working_bylines.all().delete()
    appear(article, snapshot)
    links.write(article)
    record.add_live(article, snapshot, kind, by=by, at=now, line=notice.line if was_out and not is_typo else "")
    return Change(frozenset(before | stale_pages(article)))


def appear(article: Article, snapshot: Snapshot) -> None:
    """Put the story into lists and search, or into neither while it is withdrawn, or after its end."""
    placing.place(article, snapshot.other_sections)
    if article.withdrawn_at is None and not article.is_over:
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


def unschedule(article: Article, *, by: By, now: datetime) -> Change:
    """Take back a first publication that readers have not seen yet: neither its date nor its address is bound."""
    record.add_gone(article, PublicVersion.Kind.UNSCHEDULED, by=by, at=now, why={})
    unseen = {"published_at": None, "published_on": None, "first_published_at": None, "live_revision": None}
    return leave(article, {**unseen, "slug": ""})


def withdraw(article: Article, *, by: By, now: datetime, notice: Notice = SILENCE, note: str = "") -> Change:
    """Take the story off every page, list and search at once; its text stays in the house.

    Readers are led to the story that `notice.redirect` numbers, or told that this one is gone.
    """
    change = leave(article, {"withdrawn_at": now, "withdrawn_to_id": notice.redirect})
    why = {"reason": notice.reason, "basis": notice.basis, "note": note, "redirect": notice.redirect}
    record.add_gone(article, PublicVersion.Kind.WITHDRAWAL, by=by, at=now, why=why)
    return change


def set_end(article: Article, at: datetime | None) -> Change:
    """Readers have the story until this time (None: for good); where it had ended, it stands in its lists again."""
    was_over = Article.objects.filter(pk=article.pk, is_over=True).update(is_over=False)
    write(article, {"visible_until": at})
    if was_over and article.live_revision:
        appear(article, article.live_revision.snapshot)
    return Change(frozenset(stale_pages(article)))


def clear(article: Article) -> Change:
    """Take a story that ended out of lists, counts and search, where every page would have to pass it over."""
    return leave(article, {"is_over": True})


def leave(article: Article, columns: dict[str, Any]) -> Change:
    """Write columns that end the story's presence, and take it out of the lists."""
    before = stale_pages(article)
    write(article, columns)
    placing.place(article)
    search.forget(article)
    return Change(frozenset(before))


def bring_back(article: Article, *, by: By, now: datetime) -> Change:
    """Undo a withdrawal: the story stands again where it stood, with the date it had."""
    write(article, {"withdrawn_at": None, "withdrawn_to_id": None})
    snapshot = article.live_revision.snapshot if article.live_revision else Snapshot()
    appear(article, snapshot)
    record.add_live(article, snapshot, PublicVersion.Kind.RETURN, by=by, at=now)
    return Change(frozenset(stale_pages(article)))


def render_again(article: Article, *, by: By, now: datetime) -> Change:
    """Make the stored HTML anew, after a picture that the story shows has changed."""
    if article.live_revision:
        write(article, {"html": shown_html(article.live_revision.snapshot)})
        record.add_pictures(article, article.live_revision.snapshot, by=by, at=now)
    return Change(frozenset({keys.article(article.pk)}))
