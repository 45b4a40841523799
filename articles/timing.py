"""Which times may be set, and what does setting one do? Publication, update, end, embargo and holding of a story.

Times are moments; the desk writes and shows them in Hà Nội time. `articles.releasing` acts when they have come.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from articles import gates, publishing, readiness
from articles.models import Article
from articles.notices import Notice
from articles.orders import Keys, Order
from articles.readiness import Refused
from articles.transitions import Time, Verb
from newsroom.lib import dates

NO_UPDATE: Final[dict[str, Any]] = {
    "due_revision": None,
    "due_at": None,
    "due_by": None,
    "due_notice": {},
    "due_tries": 0,
    "due_error": "",
    "due_failed_at": None,
}
NOT_HELD: Final[dict[str, Any]] = {"held_until": None, "held_note": ""}


def check(verb: Verb, article: Article, at: datetime | None, now: datetime) -> None:
    """Raise Refused where the verb takes no such time, or cannot do without one."""
    if at is not None and (verb.time is None or (verb.time is Time.FIRST and article.was_published)):
        raise Refused(_("Only the first publication of a story takes a time."))
    if verb.time is Time.UPDATE and at is None:
        raise Refused(_("Say when the update is to appear."))
    if verb.time is Time.MOVE and at is None:
        raise Refused(_("Say when the story is to appear."))
    if verb.time is Time.HOLD:
        check_day(at, now)
    elif at is not None and verb.time is not Time.FIRST and at <= now:
        raise Refused(_("This time is past: %s.") % dates.stamp(at))
    if verb.time is Time.END:
        check_end(at, article.published_at)


def check_day(at: datetime | None, now: datetime) -> None:
    """Raise Refused for no day, for a story without one is forgotten, and for a day of Hà Nội that is over."""
    if at is None:
        raise Refused(_("Say on which day the story is to be looked at again."))
    if dates.local(at).date() < dates.local(now).date():
        raise Refused(_("This day is past: %s.") % f"{dates.local(at):%d/%m/%Y}")


def check_end(end: datetime | None, start: datetime | None) -> None:
    """Raise Refused where readers would lose the story before they have it."""
    if end is not None and start is not None and end <= start:
        times = {"end": dates.stamp(end), "start": dates.stamp(start)}
        raise Refused(_("The story would end at %(end)s, before it appears at %(start)s.") % times)


def appears_at(article: Article, order: Order) -> datetime:
    """When readers have a text that is published by this order: a scheduled story keeps its time."""
    if article.published_at is None or article.has_been_out:
        return max(order.at or order.now, order.now)
    return article.published_at


def schedule_update(article: Article, order: Order) -> Keys:
    """Give the approved text a time at which it replaces the live one; another time replaces the first."""
    notice = order.notice.cleaned()
    readiness.require(readiness.for_change(article, notice))
    columns = {"due_revision": article.working_revision, "due_at": order.at, "due_by": order.by}
    write(article, {**NO_UPDATE, **columns, "due_notice": {"kind": notice.kind, "line": notice.line}})
    return frozenset()


def reschedule(article: Article, order: Order) -> Keys:
    """Give a story that readers do not have yet another time. Raises Refused before an embargo, after the end."""
    revision = article.live_revision
    if order.at is None or revision is None:
        raise Refused(_("Say when the story is to appear."))
    check_end(article.visible_until, order.at)
    readiness.require(gates.embargoed(article, order.at))
    return publishing.go_live(article, revision, published_at=order.at, now=order.now, by=order.by).keys


def unschedule_update(article: Article, order: Order) -> Keys:
    write(article, NO_UPDATE)
    return frozenset()


def due_notice(article: Article) -> Notice:
    """What readers are told when the scheduled update appears."""
    return Notice(**{**asdict(Notice()), **article.due_notice})


def set_end(article: Article, order: Order) -> Keys:
    """Set or lift the end; the lists of readers ask for it themselves."""
    return publishing.set_end(article, order.at).keys


def set_embargo(article: Article, order: Order) -> Keys:
    """Hold the text back until a time, or no longer. Raises Refused where it is scheduled to appear before."""
    if order.at and article.due_at and article.due_at < order.at:
        raise Refused(_("The update is scheduled for %s: unschedule it first.") % dates.stamp(article.due_at))
    if order.at and article.readers_state == "scheduled" and article.published_at and article.published_at < order.at:
        raise Refused(_("The story is scheduled for %s: unschedule it first.") % dates.stamp(article.published_at))
    write(article, {"embargo_until": order.at, "embargo_note": order.note if order.at else ""})
    return frozenset()


def set_hold(article: Article, order: Order) -> Keys:
    """Keep the story for later, or until another day than before."""
    if order.at is not None:
        write(article, {"held_until": dates.local(order.at).date(), "held_note": order.note})
    return frozenset()


def write(article: Article, columns: dict[str, Any]) -> None:
    """Set columns on the row and on the object at hand."""
    publishing.write(article, columns)
