"""What readers see and what they never see: one table, and one secret headline looked for on every page."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from articles import catalogue
from articles.models import Article, BylineRef
from articles.workflow import perform
from newsroom.lib import dates
from tests.articles.story_form import page_of, shown
from tests.builders import hours, make_article, make_author, make_draft, make_publication, make_section, withdraw

pytestmark = pytest.mark.django_db
SECRET = "Chuyện bí mật chưa ai được đọc"


# --- the query and the property say the same

PUBLISHED = {"never": None, "before": -1, "now": 0, "later": 1}  # hours from now
ENDS = {"never": None, "ended": -0.5, "ends now": 0, "later": 2}


@pytest.fixture
def places():
    """Section for each pair of (it is shown, its parent is shown; None for a main section)."""
    found = {}
    for own, parent_shown in product((True, False), (True, False, None)):
        parent = parent_shown is not None and make_section(f"Mục {own} {parent_shown}", is_shown=parent_shown)
        found[own, parent_shown] = make_section(f"Con {own} {parent_shown}", parent=parent or None, is_shown=own)
    return found


# A story ends after it begins: the database says so.
TIMES = [
    (published, ends)
    for published, ends in product(PUBLISHED, ENDS)
    if None in (PUBLISHED[published], ENDS[ends]) or PUBLISHED[published] < ENDS[ends]
]


@pytest.mark.parametrize(("published", "ends"), TIMES)
def test_query_and_property_agree_in_every_state(places, published, ends):
    now = timezone.now()
    at, until = (None if h is None else now + timedelta(hours=h) for h in (PUBLISHED[published], ENDS[ends]))
    story = make_article()
    columns = {"visible_until": until, "published_at": at, "published_on": at and dates.local(at).date()}
    if at is None:
        columns |= {"stage": "approved"}
    for (own, parent_shown), gone in product(places, (None, now)):
        columns |= {"section": places[own, parent_shown], "withdrawn_at": gone}
        Article.objects.filter(pk=story.pk).update(**columns)
        article = Article.objects.select_related("section").get(pk=story.pk)
        expected = (
            at is not None
            and at <= now
            and (until is None or until > now)
            and gone is None
            and own
            and parent_shown is not False
        )
        assert Article.objects.published(now).filter(pk=story.pk).exists() is expected
        assert article.is_public_at(now) is expected


def test_a_story_without_a_section_is_not_public():
    article = make_article()
    Article.objects.filter(pk=article.pk).update(section=None)
    article = Article.objects.get(pk=article.pk)
    assert not article.is_public
    assert not Article.objects.published().exists()


def test_a_moment_that_is_given_is_the_one_that_counts():
    article = make_article(hours(5))
    assert list(Article.objects.published(hours(6))) == [article]
    assert article.is_public_at(hours(6))
    assert not Article.objects.published(hours(4)).exists()


# --- the secret is on no page


def words_of(response):
    """The page as one reads it: found words are marked, which cuts a headline in pieces."""
    return re.sub(r"<[^>]+>", "", response.content.decode())


@pytest.fixture
def paper():
    """A paper with stories to read, and what the secret one shares with them."""
    make_publication()
    parent = make_section("Đô thị")
    shared = {
        "section": make_section("Giao thông", parent=parent).pk,
        "other_sections": (make_section("Văn hóa").pk,),
        "bylines": (BylineRef(make_author("Lê An").pk),),
        "tags": (catalogue.tag_named("Bão").pk,),
    }
    make_article(hours(-2), headline="Chuyện ai cũng đọc", **shared)
    return shared


def draft(paper):
    return make_draft(headline=SECRET, **paper)


def scheduled(paper):
    return make_article(hours(1), headline=SECRET, **paper)


def withdrawn(paper):
    article = make_article(headline=SECRET, **paper)
    withdraw(article)
    return article


def ended(paper):
    article = make_article(hours(-1), headline=SECRET, **paper)
    Article.objects.filter(pk=article.pk).update(visible_until=hours(-0.5))
    return article


def in_hidden_section(paper):
    article = make_article(headline=SECRET, **{**paper, "section": make_section("Riêng").pk})
    make_section("Riêng", is_shown=False)
    return article


def in_section_under_hidden_one(paper):
    below = make_section("Con", parent=make_section("Riêng"))
    article = make_article(headline=SECRET, **{**paper, "section": below.pk})
    make_section("Riêng", is_shown=False)
    return article


HIDDEN = [draft, scheduled, withdrawn, ended, in_hidden_section, in_section_under_hidden_one]


def pages():
    """Every list a reader can open, and the other story with what stands under it."""
    today = dates.today()
    other = Article.objects.get(headline="Chuyện ai cũng đọc")
    fronts = ["/", "/do-thi/", "/do-thi/giao-thong/", "/van-hoa/", "/chu-de/bao/", "/tac-gia/", "/tac-gia/le-an/"]
    days = ["/luu-tru/", *(f"/luu-tru/{today:{form}}/" for form in ("%Y", "%Y/%m", "%Y/%m/%d"))]
    days.append(f"/luu-tru/{today:%Y/%m/%d}/?chuyen-muc=giao-thong")
    found = [f"/tim-kiem/?q={words}" for words in ("bí mật", "bi mat", "Chuyện")]
    feeds = [reverse("feed_home"), reverse("rss")]
    feeds += [reverse(f"feed_{kind}", args=[slug]) for kind, slug in (("author", "le-an"), ("tag", "bao"))]
    feeds += [reverse("feed_section", args=[slug]) for slug in ("do-thi", "giao-thong", "van-hoa")]
    return [*fronts, *days, *found, *feeds, other.get_absolute_url()]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_a_hidden_story_is_on_no_page(client, paper, hide):
    article = hide(paper)
    cache.clear()
    assert "Chuyện ai cũng đọc" in client.get("/").content.decode(), "the pages do show what is public"
    for address in pages():
        response = client.get(address)
        assert response.status_code == 200, address
        assert SECRET not in words_of(response), address
    article.refresh_from_db()
    own = client.get(reverse("article", args=[article.slug or "bai", article.pk]))
    assert own.status_code in (404, 410)
    assert SECRET not in own.content.decode()
    assert client.get(f"/x-{article.pk}.html").status_code in (404, 410), "no redirect tells the headline either"


def test_the_same_pages_show_it_once_it_is_public(client, paper):
    make_article(headline=SECRET, **paper)
    silent = [address for address in pages() if SECRET not in words_of(client.get(address))]
    today = dates.today()
    counting = ["/tac-gia/", "/luu-tru/", f"/luu-tru/{today:%Y}/", f"/luu-tru/{today:%Y/%m}/", reverse("rss")]
    assert set(silent) <= set(counting)


def test_a_text_in_work_reaches_no_reader(client, paper, cast):
    article = make_article(headline="Tít cũ", **paper)
    perform(article.pk, "revise", by=cast.ed)
    article.refresh_from_db()
    client.force_login(cast.ed)
    assert client.post(page_of(article), shown(client, article, headline=SECRET)).status_code == 302
    client.logout()
    for address in [*pages(), article.get_absolute_url()]:
        assert SECRET not in words_of(client.get(address)), address
