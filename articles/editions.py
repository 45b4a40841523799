"""Which state of the paper does a page show? Read along with the first statement of each page.

Lists, the stories in them, masthead and sections stay in the memory of a process for as long as the edition is the
same: all that pages share is read and drawn once, not for every page. An edition is told by versions that each change
moves on in its own transaction, and by the next moments at which something appears or ends by itself; so nothing that
is kept is ever old.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField, F, Func, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import keys
from articles.models import Article, Publication, Ranking
from newsroom.lib.pagecache.models import Epoch
from newsroom.lib.prepared import Prepared


@dataclass(frozen=True)
class Edition:
    """Equal editions show the same stories in the same lists."""

    frame: int  # version of masthead, sections and foot
    stories: int  # of whatever lists show of stories: each change of one makes the home page stale
    ranking: int  # of the most read
    appears: datetime | None  # the next story that is waiting for its time
    ends: datetime | None
    apart: object = None  # set: equal to no other, nothing of it is kept for others
    now: datetime = field(default_factory=timezone.now, compare=False)

    @property
    def next_change(self) -> datetime | None:
        return min((at for at in (self.appears, self.ends) if at), default=None)


class Versions(NamedTuple):
    """Of a story, of the comments under it, and of what stands around it: with equal ones its page shows the same."""

    own: int
    thread: int
    frame: int


def versions_of(article: Article) -> Versions | None:
    """Those in which `fetching` read the story; None: it is not what readers have, but a text at hand."""
    return getattr(article, "versions", None)


def columns(now: datetime) -> tuple[Any, ...]:
    """The edition of this moment, as columns of a statement that a page asks anyway: its last WIDTH ones."""
    appears = Article.objects.filter(withdrawn_at=None, published_at__gt=now).order_by("published_at")
    ends = Article.objects.ending().filter(ends_at__gt=now).order_by("ends_at")
    ranking = Ranking.objects.order_by().annotate(total=Func(F("number"), function="SUM")).values("total")
    return (
        version_of(keys.CHROME),
        version_of(keys.HOME),
        _number(ranking),
        Subquery(appears.values("published_at")[:1]),
        Subquery(ends.values("visible_until")[:1]),
    )


WIDTH: Final = 5


def version_of(key: str) -> Coalesce:
    """The version of what pages with this surrogate key show, as a column."""
    return _number(Epoch.objects.filter(key=key).values("version")[:1])


def of(row: list[Any], now: datetime) -> Edition:
    """What a statement with these columns found."""
    return Edition(*row[-WIDTH:], now=now)


def current(now: datetime | None = None) -> Edition:
    """The edition that readers have, in one statement."""
    now = now or timezone.now()
    rows = CURRENT.fetch(None, now=now)
    return of(rows[0], now) if rows else apart(now)


def apart(now: datetime | None = None) -> Edition:
    """For pages within a transaction that changes something, which may still come to nothing: it is read anew."""
    return Edition(0, 0, 0, None, None, apart=object(), now=now or timezone.now())


def _current(_shape: None, now: datetime) -> QuerySet[Any, Any]:
    return Publication.objects.values_list(*columns(now))


CURRENT: Final = Prepared(_current)


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows), Value(0), output_field=BigIntegerField())
