"""Which pages has the desk, and who opens them?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from articles.models import Article, DayCount, Revision, Section
from bench.archive import LONG_AGO
from bench.texts import FREQUENT, RARE
from newsroom.lib import dates

LIST = "/admin/articles/article/"
ORDERS = {"0": "story", "1": "state", "2": "changed", "3": "published"}
FILTERS = {
    "mine": {"whose": "mine"},
    "trash": {"whose": "trash"},
    "stage": {"stage": "submitted"},
    "never published": {"readers": "never"},
    "scheduled": {"readers": "scheduled"},
    "live": {"readers": "live"},
    "ended": {"readers": "ended"},
    "withdrawn": {"readers": "withdrawn"},
}


@dataclass
class Page:
    """An address as the first person of a role opens it; without a role, a reader."""

    name: str
    role: str
    address: str

    @cached_property
    def client(self) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        if self.role:
            client.force_login(get_user_model().objects.get(username=self.role))
        return client

    def open(self) -> None:
        """Raises AssertionError where the page is no page."""
        cache.clear()
        response = self.client.get(self.address)
        assert response.status_code == 200, (self.address, response.status_code)
        response.getvalue()

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.open()
        return len(captured)


def pages() -> Iterator[Page]:
    for role in ("publisher", "editor", "reporter"):
        yield Page(f"desk, {role}", role, "/admin/")
        yield Page(f"list, {role}", role, LIST)
    yield from lists()
    yield from of_a_story()
    for name, query in {"": "", " of a person": actor(), " of a story": story(), " words": "?q=muc+7"}.items():
        yield Page(f"journal{name}", "chief", f"/admin/nhat-ky/{query}")
    yield Page("notices", "publisher", f"{LIST}thong-bao/")
    for name, query in {"": {}, " words": {"q": "phố 42"}, " unused": {"used": "no"}, " page 20": {"p": 20}}.items():
        yield Page(f"pictures{name}", "publisher", f"/admin/articles/image/?{urlencode(query)}")
    yield Page("pictures, chosen from", "publisher", "/admin/articles/image/pick/?q=pho")
    yield Page("people", "administrator", "/admin/auth/user/")
    for name, query in {"": {}, " words": {"q": "số 77"}, " shown": {"state": "visible"}}.items():
        yield Page(f"comments{name}", "moderator", f"/admin/comments/comment/?{urlencode(query)}")


def lists() -> Iterator[Page]:
    """The list of stories, narrowed, searched, paged and ordered."""
    parent, leaf = Section.objects.get(name="Đô thị"), Section.objects.get(name="Sách")
    busy = busy_day()
    days = {"published_from": busy - timedelta(days=3), "published_to": busy + timedelta(days=3)}
    narrowed = {"days": days, "this week": {"changed": "7"}, "held": {"whose": "held"}}
    narrowed |= {"writer": {"writer": person("reporter")}}
    # As bench/filling.py writes them: the last version of most stories, of some, of one.
    savers = {"often": "reporter1", "at times": "reporter3", "once": "reporter"}
    narrowed |= {f"changed by, {name}": {"editor": person(who)} for name, who in savers.items()}
    narrowed |= FILTERS | {"section": {"section": parent.pk}, "sub-section": {"section": leaf.pk}}
    for name, query in narrowed.items():
        yield listing(name, query, "reporter" if name == "mine" else "publisher")
    words = {"rare word": RARE, "frequent word": FREQUENT, "no such word": "khongco", "begun word": "xuong r"}
    for name, word in words.items():
        yield listing(name, {"q": word})
    yield listing("frequent word, section", {"q": FREQUENT, "section": parent.pk})
    yield listing("frequent word, stage", {"q": FREQUENT, "stage": "submitted"})
    yield listing("page 2", {"p": 2})
    yield listing("page 100", {"p": 100})
    yield listing("frequent word, page 50", {"q": FREQUENT, "p": 50})
    for number, name in ORDERS.items():
        yield listing(f"by {name}", {"o": number})
        yield listing(f"by {name}, down", {"o": f"-{number}"})


def listing(name: str, query: dict[str, object], role: str = "publisher") -> Page:
    return Page(f"list: {name}", role, f"{LIST}?{urlencode(query)}")


def of_a_story() -> Iterator[Page]:
    """What stands about the story with the longest history, and the calendar."""
    rows = Revision.objects.filter(article__in=Article.objects.order_by("-desk_changed_at")[:500])
    longest = rows.values("article").annotate(n=Count("pk")).order_by("-n")[0]
    about, last = f"{LIST}{longest['article']}", longest["n"]
    yield Page(f"history, {last} versions", "publisher", f"{about}/history/")
    yield Page("compare", "publisher", f"{about}/so-sanh/{last // 2}/{last - 1}/")
    yield Page("field history", "publisher", f"{about}/lich-su-truong/?truong=lead")
    pending = Article.objects.filter(stage="review", published_at=None)[0]
    yield Page("a story to edit", "publisher", f"{LIST}{pending.pk}/change/")
    yield Page("a published story", "publisher", f"{about}/change/")
    yield Page("calendar, week", "publisher", f"{LIST}lich/?ngay={dates.today()}")
    yield Page("calendar, past week", "publisher", f"{LIST}lich/?ngay={busy_day()}")


def busy_day() -> date:
    """In the middle of a week long ago that is as busy in every archive (bench/archive.py: old_times)."""
    long_ago = dates.today() - timedelta(days=LONG_AGO)
    days = DayCount.objects.filter(section=None, day__range=(long_ago - timedelta(days=60), long_ago))
    busiest = sorted(days.order_by("-count", "day").values_list("day", flat=True)[:7])
    return busiest[3]


def person(username: str) -> int:
    return get_user_model().objects.get(username=username).pk


def actor() -> str:
    return f"?nguoi={person('editor')}"


def story() -> str:
    return f"?ve=articles.article:{Article.objects.filter(stage='review')[0].pk}"
