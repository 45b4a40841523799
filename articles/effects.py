"""What does a verb of the workflow do besides moving the stage?

Each effect runs inside the transaction of `workflow.perform`, after the right and the state were checked, and returns
the surrogate keys of the pages that are stale now.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from articles import desk_search, hotfix, publishing, readiness, timing
from articles.models import Article
from articles.notices import Reason
from articles.orders import Keys, Order
from articles.readiness import Refused


def publish(article: Article, order: Order) -> Keys:
    """Give readers the working text; the date of a story that is out already never moves."""
    revision = article.working_revision
    if revision is None:
        raise Refused(_("The story has no text."))
    notice = order.notice.cleaned()
    readiness.require(readiness.for_change(article, notice))
    stays = article.published_at if article.was_published else None
    published_at = stays or order.at or order.now
    timing.check_end(article.visible_until, published_at)
    return publishing.go_live(
        article, revision, published_at=published_at, now=order.now, by=order.by, notice=notice
    ).keys


def unschedule(article: Article, order: Order) -> Keys:
    return publishing.unschedule(article, by=order.by, now=order.now).keys


def discard(article: Article, order: Order) -> Keys:
    """The working text becomes the live text again; the abandoned revisions stay in the history."""
    Article.objects.filter(pk=article.pk).update(
        working_revision=article.live_revision,
        desk_author=article.live_revision and article.live_revision.author_id,
        desk_headline=article.headline,
        desk_fold=article.headline_fold,
        desk_section=article.section,
    )
    desk_search.index(article, article.headline)
    article.working_bylines.all().delete()
    hotfix.settle(article, by=order.by)
    return frozenset()


def withdraw(article: Article, order: Order) -> Keys:
    """Take the story from its readers; they get 410, or are led to another story that they can read."""
    notice = order.notice.cleaned()
    if notice.reason not in Reason:
        raise Refused(_("There is no such reason."))
    target = Article.objects.published(order.now).filter(pk=notice.redirect or 0).exclude(pk=article.pk).first()
    if notice.redirect is not None and target is None:
        raise Refused(_("Readers can only be led to another story that is published."))
    return publishing.withdraw(article, by=order.by, now=order.now, notice=notice, note=order.note).keys


def republish(article: Article, order: Order) -> Keys:
    return publishing.bring_back(article, by=order.by, now=order.now).keys


EFFECTS: dict[str, Callable[[Article, Order], Keys]] = {
    "publish": publish,
    "unschedule": unschedule,
    "discard": discard,
    "withdraw": withdraw,
    "republish": republish,
    "schedule_update": timing.schedule_update,
    "unschedule_update": timing.unschedule_update,
    "reschedule": timing.reschedule,
    "set_end": timing.set_end,
    "embargo": timing.set_embargo,
    "hold": timing.set_hold,
    "hotfix": hotfix.fix,
}
