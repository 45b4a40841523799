"""How is the live text corrected at once, while another text is being worked on?

The correction goes live and is merged into the working text. Where both changed the same place the working text stays
as it is, and a Collision says so until somebody chose; nothing that would undo the correction is published before.
"""

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import gates, merging, publishing, readiness, writing
from articles.merging import Merged
from articles.models import Article, Collision, Revision, Role, Snapshot, Stage
from articles.orders import Keys, Order
from articles.readiness import Refused


def fix(article: Article, order: Order) -> Keys:
    """Publish the corrected live text now, with the date it has, and carry the change into the working text."""
    base = article.live_revision
    if base is None or order.text is None:
        raise Refused(_("The story has no text."))
    fixed, notice = writing.clean_snapshot(order.text), order.notice.cleaned()
    if Revision.digest_of(fixed) == base.digest:
        raise Refused(_("Nothing has changed."))
    readiness.require([*readiness.for_readers(fixed), *readiness.for_change(article, notice)])
    is_pending = article.stage != Stage.DONE
    revision = writing.add_revision(article, fixed, by=order.by, label=_("Quick correction"))
    published_at = article.published_at or order.now
    change = publishing.go_live(
        article, revision, published_at=published_at, now=order.now, by=order.by, notice=notice
    )
    if is_pending:
        carry(article, base, revision, order)
    else:
        writing.set_working(article, revision)
    return change.keys


def hold(article: Article, order: Order, role: Role) -> str:
    """Without the sign-offs that this text needs only the chief corrects it at once; the log then says so."""
    digest = Revision.digest_of(writing.clean_snapshot(order.text)) if order.text else ""
    lacking = gates.unsigned(article, digest)
    if lacking and role is not Role.CHIEF:
        raise readiness.NotReady(lacking)
    return "sign_offs" if lacking else ""


def carry(article: Article, base: Revision, fix: Revision, order: Order) -> None:
    """Merge the correction into the working text, or remember that it could not be."""
    opened = article.collisions.filter(settled_at=None).select_related("base").first()
    base = opened.base if opened else base  # the working text has not seen the earlier correction either
    merged = compare(article, base, fix)
    if merged.is_whole:
        take_over(article, merged.snapshot, by=order.by, label=_("With the quick correction"))
        settle(article, by=order.by)
    elif opened:
        Collision.objects.filter(pk=opened.pk).update(fix=fix, by=order.by, at=order.now)
    else:
        Collision.objects.create(article=article, base=base, fix=fix, by=order.by, at=order.now)


def compare(article: Article, base: Revision, fix: Revision) -> Merged:
    """What the working text becomes with the correction."""
    mine = article.working_revision.snapshot if article.working_revision else base.snapshot
    return merging.merge(base.snapshot, mine, fix.snapshot)


def take_over(article: Article, snapshot: Snapshot, *, by: AbstractBaseUser, label: str) -> None:
    """Make this the working text, unless it says the same already."""
    snapshot = writing.clean_snapshot(snapshot)
    if article.working_revision is None or Revision.digest_of(snapshot) != article.working_revision.digest:
        revision = writing.add_revision(article, snapshot, by=by, label=label)
        writing.set_working(article, revision)


def settle(article: Article, *, by: AbstractBaseUser) -> None:
    """Close the collision of this story, if there is one."""
    article.collisions.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=by)


def open_collision(article: Article) -> tuple[Collision, Merged] | None:
    """The correction that the working text lacks, with what can and what cannot be merged as both stand now."""
    collision = article.collisions.filter(settled_at=None).select_related("base", "fix", "by").first()
    return (collision, compare(article, collision.base, collision.fix)) if collision else None


def choose(article_id: int, values: dict[str, Any], *, by: AbstractBaseUser, version: int) -> Article:
    """End a collision with the values that somebody decided on, one for each field in conflict.

    Raises Refused without the right to change the working text, Conflict if the story moved on.
    """
    with transaction.atomic():
        Article.objects.select_for_update(of=("self",)).get(pk=article_id)
        article = Article.objects.select_related("desk_section", "working_revision").get(pk=article_id)
        if not writing.may_edit(by, article):
            raise Refused(_("You may not change this text now."))
        found = open_collision(article)
        if found is None or article.version != version:
            raise writing.conflict(article)
        _collision, merged = found
        if {each.field for each in merged.conflicts} != set(values):
            raise Refused(_("Choose for each of the fields."))
        label = _("With the quick correction")
        writing.save_text(article, replace(merged.snapshot, **values), by=by, version=version, label=label)
        settle(article, by=by)
    return article
