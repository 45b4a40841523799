"""Sections, authors, tags and the masthead: derived columns, old addresses, and the pages made stale."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import catalogue
from articles.models import Author, BylineRef, PreviousSlug, Publication, Section, Tag
from newsroom.lib.pagecache.models import Epoch
from tests.builders import make_article, make_author, make_publication, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale():
    """The keys made stale since it was last asked."""
    seen = {}

    def ask():
        now = dict(Epoch.objects.values_list("key", "version"))
        fresh = {key for key, version in now.items() if seen.get(key) != version}
        seen.clear()
        seen.update(now)
        return fresh

    return ask


def test_a_name_brings_its_address_and_keys():
    author = make_author("  Đặng  Ánh ")
    assert (author.name, author.slug, author.name_key) == ("Đặng Ánh", "dang-anh", "đặng ánh")
    assert author.name_fold == "dang anh"


@pytest.mark.parametrize("name", ["İ" * 80, "ﬃ" * 80])
def test_keys_that_are_longer_than_their_name_fit_their_columns(name):
    tag, author = catalogue.tag_named(name), make_author(name)
    author.full_clean()
    tag.full_clean()
    assert catalogue.tag_named(name) == tag


def test_names_sort_as_in_vietnamese():
    names = ["Ánh", "An", "Ân", "Ăn", "Đào", "Dung", "Yến", "Bảo", "Bão"]
    for name in names:
        make_author(name)
    assert list(Author.objects.order_by("sort").values_list("name", flat=True)) == [
        "An", "Ánh", "Ăn", "Ân", "Bảo", "Bão", "Dung", "Đào", "Yến",
    ]  # fmt: skip


def test_an_address_that_is_set_stays_when_the_name_changes():
    author = make_author("Lê An")
    author.name = "Lê Bình"
    catalogue.save_author(author)
    assert author.slug == "le-an"
    assert not PreviousSlug.objects.exists()


def test_every_old_address_leads_to_the_thing_itself():
    author = make_author("Lê An")
    for name in ("Lê Bình", "Lê Chi"):
        author.name, author.slug = name, ""
        catalogue.save_author(author)
    assert author.slug == "le-chi"
    assert dict(PreviousSlug.objects.values_list("slug", "target_id")) == {"le-an": author.pk, "le-binh": author.pk}


def test_a_new_thing_gets_no_address_that_moved():
    author = make_author("Lê An")
    author.slug = "khac"
    catalogue.save_author(author)
    assert make_author("Lê Ẩn").slug == "le-an-2"


def test_a_section_is_public_if_it_and_its_parent_are_shown():
    parent = make_section("Đô thị")
    child = make_section("Giao thông", parent=parent)
    for parent_shown, child_shown in ((True, False), (False, True), (False, False), (True, True)):
        make_section("Đô thị", is_shown=parent_shown)
        make_section("Giao thông", parent=Section.objects.get(pk=parent.pk), is_shown=child_shown)
        child.refresh_from_db()
        assert child.is_public is (parent_shown and child_shown)


def test_a_third_level_is_refused():
    child = make_section("Giao thông", parent=make_section("Đô thị"))
    with pytest.raises(ValidationError):
        catalogue.save_section(Section(name="Xe buýt", parent=child))
    parent, other = child.parent, make_section("Thể thao")
    parent.parent = other
    with pytest.raises(ValidationError):
        catalogue.save_section(parent)


def test_a_change_of_a_section_makes_its_front_and_the_section_bar_stale(stale):
    section = make_section("Đô thị")
    stale()
    section.description = "Chuyện phố phường"
    catalogue.save_section(section)
    assert stale() == {"chrome", "archive", f"s{section.pk}"}  # every page, and the calendar's counts


def test_hiding_a_section_costs_no_query_for_the_text_of_each_story():
    section = make_section("Đô thị")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            make_section("Đô thị", is_shown=not Section.objects.get(pk=section.pk).is_shown)
        return sum('"articles_revision"' in query["sql"] for query in queries)

    for _number in range(3):
        make_article(section=section.pk)
    assert statements() == 1


def test_a_story_leaves_the_lists_of_its_parent_when_its_section_moves():
    city, sport = make_section("Đô thị"), make_section("Thể thao")
    section = make_section("Giao thông", parent=city)
    article = make_article(section=section.pk)
    section.parent = sport
    catalogue.save_section(section)
    assert set(article.placements.values_list("section", flat=True)) == {section.pk, sport.pk}


def test_a_change_of_an_author_or_tag_makes_its_stories_stale(stale):
    author, tag = make_author("Lê An"), catalogue.tag_named("Bão")
    article = make_article(bylines=(BylineRef(author.pk),), tags=(tag.pk,))
    stale()
    author.name = "Lê Ánh"
    catalogue.save_author(author)
    assert stale() == {f"p{author.pk}", "authors", f"a{article.pk}", "home"}
    tag.name = "Bão số 3"
    catalogue.save_tag(tag)
    assert stale() == {f"t{tag.pk}", "tags", f"a{article.pk}", "home"}


def test_the_masthead_is_on_every_page(stale):
    publication = make_publication()
    stale()
    catalogue.save_publication(publication)
    assert "chrome" in stale()
    assert Publication.objects.count() == 1


def test_a_tag_is_made_once_whatever_the_spelling():
    tag = catalogue.tag_named("Hà Nội")
    assert catalogue.tag_named(" hà  nội ") == tag
    assert catalogue.tag_named("Ha Noi") != tag
    for nothing in ("", "  ", "\u200b"):
        with pytest.raises(ValidationError):
            catalogue.tag_named(nothing)
    with pytest.raises(ValidationError):
        catalogue.tag_named("dài " * 40)


def test_a_deleted_tag_leaves_no_address_behind(stale):
    tag = catalogue.tag_named("Bão")
    tag.slug = "bao-so-3"
    catalogue.save_tag(tag)
    stale()
    catalogue.delete_tag(tag)
    assert not Tag.objects.exists()
    assert not PreviousSlug.objects.exists()
    assert stale()


@pytest.mark.django_db(transaction=True)
def test_a_tag_that_several_make_at_once_is_one():
    made, start = [], threading.Barrier(4)

    def make():
        start.wait()
        try:
            made.append(catalogue.tag_named("Bão số 3").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert set(made) == {Tag.objects.get().pk}
