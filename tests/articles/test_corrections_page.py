"""Where readers find corrections: their page, one of them, the story concerned, the home page."""

import pytest

from articles import changes, correcting
from articles.fronts import PER_PAGE
from articles.models import Article, Correction, PublicVersion
from articles.notices import Notice
from tests.articles.test_change_kinds import LINE, rework
from tests.articles.test_corrections import WORDS, published
from tests.builders import hours, make_article, make_publication, make_section, withdraw

pytestmark = pytest.mark.django_db
PAGE = "/dinh-chinh/"


def shown(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_page_says_so(client):
    assert "<h1" in shown(client)


def test_told_changes_are_listed_typos_are_not(client, cast):
    told, silent = make_article(hours(-5), by=cast.rita), make_article(hours(-4), by=cast.rita)
    rework(told, cast, Notice(kind="correction", line=LINE), headline="Tin có đính chính")
    rework(silent, cast, Notice(kind="typo"), headline="Tin sửa lặng lẽ")
    page = shown(client)
    assert LINE in page
    assert told.get_absolute_url() in page
    assert "Tin sửa lặng lẽ" not in page.partition("<main")[2]


def test_formal_corrections_stand_among_them_whole(client, cast):
    story = make_article(by=cast.rita)
    correction = published(cast, article=story, basis="Kết luận số 15/KL-TTr")
    for address in (PAGE, correction.get_absolute_url(), story.get_absolute_url()):
        page = shown(client, address)
        for words in (*WORDS.values(), "Kết luận số 15/KL-TTr"):
            assert words in page, (address, words)


def test_the_apology_stands_right_after_the_correction(client, cast):
    page = shown(client, published(cast).get_absolute_url()).partition("<main")[2]
    places = [page.find(WORDS[part]) for part in ("false_content", "corrected_content", "apology")]
    assert places == sorted(places)
    assert -1 not in places


def test_the_home_page_has_a_place_for_thirty_days(client, cast):
    make_article()
    correction = published(cast)
    assert correction.get_absolute_url() in shown(client, "/")
    Correction.objects.update(published_at=hours(-24 * 31))
    assert correction.get_absolute_url() not in shown(client, "/")
    assert correction.get_absolute_url() in shown(client)


def test_drafts_and_what_was_taken_back_are_nowhere(client, cast):
    correction = published(cast)
    correcting.take_back(correction.pk, by=cast.cora, note="Sai")
    assert client.get(correction.get_absolute_url()).status_code == 404
    for address in ("/", PAGE):
        assert WORDS["work_title"] not in shown(client, address)


def test_a_correction_outlives_its_story_without_linking_to_it(client, cast):
    story = make_article(by=cast.rita)
    correction = published(cast, article=story)
    withdraw(story)
    page = shown(client, correction.get_absolute_url())
    assert WORDS["corrected_content"] in page
    assert story.get_absolute_url() not in page


def test_changes_of_stories_that_readers_do_not_have_are_not_listed(client, cast):
    gone, hidden = make_article(hours(-5), by=cast.rita), make_article(hours(-5), by=cast.rita)
    for story in (gone, hidden):
        rework(story, cast, Notice(kind="update", line=f"Thêm vào bài {story.pk}."))
    withdraw(gone)
    Article.objects.filter(pk=hidden.pk).update(section=make_section("Ẩn", is_shown=False))
    assert "Thêm vào bài" not in shown(client)


def test_long_lists_are_paged(client, cast):
    story = make_article(hours(-5), by=cast.rita)
    rows = [
        PublicVersion(article=story, number=n, kind="update", line=f"Lần {n}.", content={}, at=hours(-n / 100))
        for n in range(2, PER_PAGE + 4)
    ]
    PublicVersion.objects.bulk_create(rows)
    first, second = shown(client), shown(client, f"{PAGE}?trang=2")
    assert "Lần 2." in first
    assert f"Lần {PER_PAGE + 3}." in second
    assert client.get(f"{PAGE}?trang=3").status_code == 404
    assert client.get(f"{PAGE}?trang=x").status_code == 404


def test_caches_may_keep_the_page(client, cast):
    published(cast)
    response = client.get(PAGE)
    assert "corrections" in response["Surrogate-Key"].split()
    assert not response.cookies
    assert client.get(PAGE, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_words_are_text_and_never_mark_up(client, cast):
    correction = published(cast, false_content="<script>alert(1)</script>\n<b>x</b>")
    assert "<script>alert(1)" not in shown(client, correction.get_absolute_url())


def test_the_footer_leads_there(client):
    assert f'href="{PAGE}"' in shown(client, "/")


def test_queries_do_not_grow(client, cast, django_assert_max_num_queries):
    make_publication()
    for n in range(3):
        story = make_article(hours(-n - 1), by=cast.rita)
        published(cast, article=story)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
    with django_assert_max_num_queries(1):  # the list stays in memory while nothing changes
        client.get(PAGE)
    assert len(changes.newest_keys(10)) == 3


@pytest.mark.parametrize("address", ["/dinh-chinh/0/", "/dinh-chinh/999999999999999999/", "/dinh-chinh/x/"])
def test_numbers_that_are_none(client, address):
    assert client.get(address).status_code == 404
