"""What becomes of text that is typed in a story? Kept as one goes, saved, merged, taken over: nothing is lost.

A save is conditional on the version it started from. What somebody else changed meanwhile is merged field by field;
where that is not possible both texts are kept, theirs as the working text, mine as a named version beside it.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import catalogue, locks, telling
from articles.merging import Merged, merge
from articles.models import Article, Autosave, EditLock, NoticeKind, Revision, Role, Snapshot, Stage, Transition
from articles.readiness import Refused
from articles.rights import acting_role
from articles.writing import EDITORS, TAKE_OVER, Conflict, clean_snapshot, conflict, keep_aside, may_edit, save_text
from newsroom.lib import text
from newsroom.lib.people import Named, full_name

KEPT: Final = timedelta(days=30)  # an autosaved text that nobody came back for
TRIES: Final = 3  # saves that are overtaken again while they are merged
TAKERS: Final = (Role.EDITOR, Role.PUBLISHER, Role.CHIEF)


@dataclass(frozen=True)
class Typed:
    """What stands in a form, and the version of the story that the form was opened with."""

    snapshot: Snapshot
    version: int = 0
    base: Revision | None = None
    tag_line: str = ""  # the tags as typed; only an autosave needs them


@dataclass(frozen=True)
class Page:
    """A tab in which a person types; `restored` is the autosaved text that its form was filled with."""

    user: AbstractBaseUser
    tab: str
    restored: int | None = None

    @property
    def name(self) -> str:
        return full_name(cast(Named, self.user))


@dataclass(frozen=True)
class Saved:
    """What a save did. `aside` is the version kept beside the working text where it could not be saved as that."""

    merged_with: Revision | None = None
    aside: Revision | None = None
    lock: EditLock | None = None  # of the colleague who is typing in the story


# --- as one goes -----------------------------------------------------------------------------------------------


def autosave(article: Article | None, typed: Typed, page: Page) -> Autosave:
    """Overwrite what this tab sent before. It never reaches the history, and changes nothing of the story."""
    article_id = article.pk if article else None
    if page.restored:  # the text goes on in this tab
        adopted = Autosave.objects.of(page.user.pk, article_id).filter(pk=page.restored).exclude(tab=page.tab)
        if not Autosave.objects.of(page.user.pk, article_id).filter(tab=page.tab).exists():
            adopted.update(tab=page.tab)
    row, _created = Autosave.objects.update_or_create(
        article=article,
        user_id=page.user.pk,
        tab=page.tab,
        defaults={
            "base_version": typed.version,
            "base": typed.base,
            "content": typed.snapshot.to_json(),
            "tag_line": typed.tag_line,
            "saved_at": timezone.now(),
        },
    )
    return row


def forget(article: Article | None, page: Page) -> None:
    """The text of this tab was saved: what it had sent is needed no more."""
    rows = Autosave.objects.of(page.user.pk, article.pk if article else None)
    rows.filter(tab=page.tab).delete()
    if page.restored:
        rows.filter(pk=page.restored).delete()


def offers(article: Article | None, user: AbstractBaseUser) -> list[Autosave]:
    """Texts of this person that were typed and not saved, the newest first; what is in the history is not offered."""
    rows = Autosave.objects.of(user.pk, article.pk if article else None).select_related("base")
    known = set(article.revisions.filter(author=user.pk).values_list("digest", flat=True)) if article else set()
    if article and article.working_revision:
        known.add(article.working_revision.digest)
    return [row for row in rows if Revision.digest_of(with_tags(row, make=False)) not in known]


def with_tags(row: Autosave, *, make: bool) -> Snapshot:
    """The autosaved text with the tags that were typed; those without a row are made, or else left out."""
    if not make:
        return clean_snapshot(row.snapshot)
    tags = []
    for name in map(text.clean_line, row.tag_line.replace(";", ",").split(",")):
        with suppress(ValidationError):  # half a word is not worth a tag
            if text.slugify(name):
                tags.append(catalogue.tag_named(name).pk)
    return clean_snapshot(replace(row.snapshot, tags=tuple(dict.fromkeys(tags))))


def prune(now: datetime, *, dry_run: bool = False) -> int:
    """Delete what nobody came back for in thirty days; returns how many."""
    old = Autosave.objects.filter(saved_at__lt=now - KEPT)
    return old.count() if dry_run else old.delete()[0]


# --- deliberately ----------------------------------------------------------------------------------------------


def save(article: Article, typed: Typed, page: Page) -> Saved:
    """Save what was typed; a stale save is merged, never written over what others saved.

    Raises Conflict when the person may no longer change the story, or is overtaken again and again.
    """
    for _attempt in range(TRIES):
        now = Article.objects.select_related("working_revision", "desk_section").get(pk=article.pk)
        if not may_edit(page.user, now):
            raise conflict(now)
        try:
            with transaction.atomic():
                return save_over(now, replace(typed, snapshot=clean_snapshot(typed.snapshot)), page)
        except Conflict:
            continue
    raise conflict(article)


def save_over(article: Article, typed: Typed, page: Page) -> Saved:
    """One attempt to save over the story as it is now. Raises Conflict if it changes meanwhile."""
    forget(article, page)
    lock = locks.holder(article.pk)
    if lock and lock.user_id != page.user.pk:
        return Saved(aside=aside(article, typed, page) if is_news(article, typed.snapshot) else None, lock=lock)
    theirs = article.working_revision
    merged, is_stale = Merged(typed.snapshot), typed.version != article.version and theirs is not None
    if is_stale and theirs is not None:
        merged = merge(typed.base.snapshot if typed.base else Snapshot(), typed.snapshot, theirs.snapshot)
    if not merged.is_whole:
        return Saved(aside=aside(article, typed, page))
    if theirs is None or Revision.digest_of(clean_snapshot(merged.snapshot)) != theirs.digest:
        save_text(article, merged.snapshot, by=page.user, version=article.version)
    locks.release(article.pk, page.user, page.tab)
    is_merged = is_stale and theirs != typed.base
    return Saved(merged_with=theirs if is_merged else None)


def is_news(article: Article, snapshot: Snapshot) -> bool:
    """No version of the story says this yet."""
    return not article.revisions.filter(digest=Revision.digest_of(snapshot)).exists()


def aside(article: Article, typed: Typed, page: Page) -> Revision:
    """Keep the text as a version of its writer, beside the working text; sent twice, it is kept once."""
    same = article.revisions.filter(digest=Revision.digest_of(typed.snapshot), author=page.user.pk, base=typed.base)
    if typed.base and (found := same.first()):
        return found
    label = in_house_language(gettext_lazy("The text of %(name)s, not merged"), name=page.name)
    return keep_aside(article, typed.snapshot, by=page.user, label=label, base=typed.base)


def in_house_language(message: str | Promise, **values: str) -> str:
    """Names of versions are read by everybody, in whatever language their writer reads the desk."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(message) % values


# --- taking over -----------------------------------------------------------------------------------------------


def may_take_over(user: AbstractBaseUser, article: Article, lock: EditLock) -> bool:
    """One's own other tab always; a colleague's story as its editor or higher. Both need the right to edit it."""
    is_own = lock.user_id == user.pk
    return may_edit(user, article) and (is_own or acting_role(user, article, TAKERS) is not None)


def take_over(article_id: int, page: Page) -> Revision | None:
    """Take the lock; what a colleague typed and had not saved becomes a named version, which is returned.

    Raises Refused without the right, Conflict when somebody else was faster.
    """
    with transaction.atomic():
        article = Article.objects.select_related("working_revision", "desk_section").get(pk=article_id)
        lock = locks.holder(article_id) or locks.acquire(article_id, page.user, page.tab)
        if not may_take_over(page.user, article, lock):
            raise Refused(_("You may not take over this story."))
        if not lock.is_of(page.user.pk, page.tab) and not locks.pass_on(lock, page.user, page.tab):
            raise Conflict(overtaken(article_id))
        return None if lock.user_id == page.user.pk else after_loss(article, lock, page)


def overtaken(article_id: int) -> str:
    """What to tell who wanted to take over a moment too late."""
    lock = locks.holder(article_id)
    return f"{locks.says(lock)}." if lock else _("The story is free again: open it to edit.")


def after_loss(article: Article, lock: EditLock, taker: Page) -> Revision | None:
    """Keep what the loser of the lock had typed, log who took over, and tell the loser, whose tab may be asleep."""
    row = Autosave.objects.of(lock.user_id, article.pk).filter(tab=lock.tab).select_related("base").first()
    kept = None
    if row is not None:
        names = {"name": full_name(lock.user), "taker": taker.name}
        label = in_house_language(gettext_lazy("What %(name)s was writing when %(taker)s took over"), **names)
        kept = keep_aside(article, with_tags(row, make=True), by=lock.user, label=label, base=row.base)
        row.delete()
    Transition.objects.create(
        article=article,
        verb=TAKE_OVER,
        actor_id=taker.user.pk,
        role=acting_role(taker.user, article, EDITORS[Stage(article.stage)]),
        from_stage=article.stage,
        to_stage=article.stage,
        revision=kept or article.working_revision,
        at=timezone.now(),
    )
    telling.tell([lock.user], NoticeKind.OVERTAKEN, article, told_of_loss(taker, kept), by=taker.user)
    return kept


def told_of_loss(taker: Page, kept: Revision | None) -> str:
    said = gettext_lazy("%(name)s goes on with the story; you had typed nothing that was not saved.")
    if kept is None:
        return in_house_language(said, name=taker.name)
    said = gettext_lazy(
        "%(name)s goes on with the story; what you had not saved is version %(number)s of its history."
    )
    return in_house_language(said, name=taker.name, number=str(kept.number))


# --- putting two texts together --------------------------------------------------------------------------------


def merged_with_working(article: Article, mine: Revision) -> Merged:
    """A text that was kept aside and the working text, as far as they go together."""
    theirs = article.working_revision.snapshot if article.working_revision else Snapshot()
    return merge(mine.base.snapshot if mine.base else Snapshot(), mine.snapshot, theirs)


def resolve(article: Article, snapshot: Snapshot, version: int, by: AbstractBaseUser, *, label: str = "") -> None:
    """Save what a person made of two texts, or of remarks on one.

    Raises Conflict if the story has left `version`, Refused if a colleague is typing in it.
    """
    lock = locks.holder(article.pk)
    if lock and lock.user_id != by.pk:
        raise Refused(f"{locks.says(lock)}.")
    if not may_edit(by, article):
        raise conflict(article)
    save_text(article, snapshot, by=by, version=version, label=label)
