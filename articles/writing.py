"""How is the working text kept? Every deliberate save is a revision; nothing here reaches readers."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import desk_search
from articles.models import (
    Article,
    Author,
    BylineRef,
    Image,
    ImageUse,
    Revision,
    Role,
    Section,
    Snapshot,
    Stage,
    WorkingByline,
)
from articles.rights import Grants, Person, acting_role
from newsroom.lib import html, text
from newsroom.lib.people import full_name

# Who may change the working text in which stage; nobody may while nothing is pending: that takes `revise`.
EDITORS = {
    Stage.DRAFT: (Role.REPORTER, Role.EDITOR, Role.PUBLISHER, Role.CHIEF),
    Stage.RETURNED: (Role.REPORTER, Role.EDITOR, Role.PUBLISHER, Role.CHIEF),
    Stage.SUBMITTED: (Role.PUBLISHER, Role.CHIEF),
    Stage.EDITING: (Role.EDITOR, Role.PUBLISHER, Role.CHIEF),
    Stage.REVIEW: (Role.PUBLISHER, Role.CHIEF),
    Stage.APPROVED: (Role.PUBLISHER, Role.CHIEF),
    Stage.DONE: (),
}
LABEL_LENGTH = 60  # of a name given by hand
TAKE_OVER = "take_over"  # in the log of steps; it changes who types and nothing of the story


class Conflict(Exception):
    """Somebody else was faster; `str()` names who and when, and nothing was changed."""


def may_edit(user: Person, article: Article, grants: Grants | None = None) -> bool:
    """The right to change the working text of this story as it stands."""
    roles = EDITORS[Stage(article.stage)]
    return article.trashed_at is None and bool(roles) and acting_role(user, article, roles, grants) is not None


def conflict(article: Article) -> Conflict:
    """What to tell who came second: the last step or save that changed the story."""
    step = article.transitions.exclude(verb=TAKE_OVER).select_related("actor").first()
    working = Article.objects.filter(pk=article.pk).values("working_revision")
    revision = Revision.objects.select_related("author").filter(pk__in=working).first()
    who, when = (step.actor, step.at) if step else (None, None)
    if revision and (when is None or revision.created_at > when):
        who, when = revision.author, revision.created_at
    if who is None or when is None:
        return Conflict(_("This story has changed meanwhile."))
    local = timezone.localtime(when)
    return Conflict(
        _("%(name)s changed this story at %(time)s.") % {"name": full_name(who), "time": f"{local:%H:%M:%S %d/%m/%Y}"}
    )


def clean_snapshot(snapshot: Snapshot) -> Snapshot:
    """The same text as it is stored: in one spelling, in lines without stray spaces, its HTML sanitised."""
    picture = snapshot.picture
    return replace(
        snapshot,
        headline=text.clean_line(snapshot.headline),
        subheadline=text.clean_line(snapshot.subheadline),
        lead=text.clean_line(snapshot.lead),
        source=text.clean_line(snapshot.source),
        body=html.sanitise(snapshot.body),
        picture=picture and replace(picture, caption=text.clean_line(picture.caption)),
    )


def create_story(snapshot: Snapshot, *, by: AbstractBaseUser) -> Article:
    """A new draft of this text, written by this person."""
    with transaction.atomic():
        article = Article.objects.create(created_by=by, stage=Stage.DRAFT)
        save_text(article, snapshot, by=by, version=article.version)
        return article


def save_text(
    article: Article, snapshot: Snapshot, *, by: AbstractBaseUser | None, version: int, label: str = ""
) -> Revision:
    """Keep the text as a new revision. Raises Conflict if the story is no longer at `version`, the one edited."""
    snapshot = clean_snapshot(snapshot)
    now = timezone.now()
    with transaction.atomic():
        changed = Article.objects.filter(pk=article.pk, version=version).update(
            version=F("version") + 1, desk_changed_at=now
        )
        if not changed:
            raise conflict(article)
        revision = add_revision(article, snapshot, by=by, label=label)
        set_working(article, revision)
    article.refresh_from_db()
    return revision


def set_working(article: Article, revision: Revision) -> None:
    """Make this the text that is worked on; an update that waits for its time carries the change."""
    snapshot = revision.snapshot
    columns = {
        "working_revision": revision,
        "desk_author": revision.author_id,
        "desk_headline": snapshot.headline,
        "desk_fold": text.fold(snapshot.headline)[:220],
        "desk_section": Section.objects.filter(pk=snapshot.section).first(),
    }
    Article.objects.filter(pk=article.pk).update(**columns)
    desk_search.index(article, snapshot.headline)
    name_writers(article, () if revision.pk == article.live_revision_id else snapshot.bylines)
    Article.objects.filter(pk=article.pk, due_at__isnull=False).update(due_revision=revision)


def name_writers(article: Article, bylines: Iterable[BylineRef]) -> None:
    """Keep who stands in the byline of a working text that readers do not have: they find it in their lists."""
    names = {ref.author for ref in bylines}
    known = set(article.working_bylines.values_list("author", flat=True))
    if names != known:
        article.working_bylines.exclude(author__in=names).delete()
        new = Author.objects.filter(pk__in=names - known)
        WorkingByline.objects.bulk_create(
            [WorkingByline(article=article, author=author) for author in new], ignore_conflicts=True
        )


def restore(article: Article, revision: Revision, *, by: AbstractBaseUser, version: int) -> Revision:
    """Make the text of an earlier revision the working text again, as a new revision; the ones between stay.

    Raises PermissionDenied for who may not edit the story now, Conflict if it is no longer at `version`.
    """
    if revision.article_id != article.pk or not may_edit(by, article):
        raise PermissionDenied
    with translation.override(settings.LANGUAGE_CODE):  # the name is kept, for readers of every language
        label = _("Restored from version %d") % revision.number
    return save_text(article, revision.snapshot, by=by, version=version, label=label)


def name_revision(revision: Revision, label: str, *, by: AbstractBaseUser) -> None:
    """Give a revision a name by which it is found and kept; an empty one takes the name away.

    Raises PermissionDenied for who may not edit the story now, ValueError for a name of more than 60 characters.
    """
    if not may_edit(by, revision.article):
        raise PermissionDenied
    label = text.clean_line(label)
    if len(label) > LABEL_LENGTH:
        raise ValueError(f"{len(label)} characters are more than {LABEL_LENGTH}.")
    Revision.objects.filter(pk=revision.pk).update(label=label)


def keep_aside(
    article: Article, snapshot: Snapshot, *, by: AbstractBaseUser | None, label: str, base: Revision | None
) -> Revision:
    """Keep a text in the history beside the working text, which stays as it is; `base` is what it started from."""
    with transaction.atomic():
        Article.objects.select_for_update().values("pk").get(pk=article.pk)  # revisions are numbered one at a time
        return add_revision(article, clean_snapshot(snapshot), by=by, label=label, base=base)


def add_revision(
    article: Article,
    snapshot: Snapshot,
    *,
    by: AbstractBaseUser | None,
    label: str,
    base: Revision | None = None,
) -> Revision:
    """The next revision of a story whose row is locked."""
    last = article.revisions.aggregate(number=models.Max("number"))["number"] or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        content=snapshot.to_json(),
        digest=Revision.digest_of(snapshot),
        author=by,
        label=label,
        base=base,
    )
    ImageUse.objects.bulk_create(uses_of(revision, snapshot))
    return revision


def uses_of(revision: Revision, snapshot: Snapshot) -> list[ImageUse]:
    """The pictures of this version that exist, each named once for each place."""
    wanted = pictures_of(snapshot)
    known = set(Image.objects.filter(pk__in={pk for pk, _place in wanted}).values_list("pk", flat=True))
    return [ImageUse(revision=revision, image_id=pk, place=place) for pk, place in wanted if pk in known]


def pictures_of(snapshot: Snapshot) -> list[tuple[int, str]]:
    """The pictures that the text names, each once for each place, whether they exist or not."""
    wanted = {(image_id, ImageUse.Place.BODY.value) for image_id, _caption in html.figures(snapshot.body)}
    if snapshot.picture:
        wanted.add((snapshot.picture.image, ImageUse.Place.LEAD.value))
    return sorted(wanted)
