"""Who may read what readers do not have: said of a story at hand, and of lists of stories, and both say the same."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import writing
from articles.models import Article, BylineRef, Role, RoleGrant, Stage
from articles.notices import Notice
from articles.rights import may_read, own, readable, readers_among
from articles.transitions import EDITORS, WRITERS
from articles.workflow import perform
from articles.writing import may_edit
from tests.builders import hours, make_article, make_author, make_draft, make_section, make_snapshot, make_user

pytestmark = pytest.mark.django_db
ALL = Article.objects.all


@pytest.fixture
def sections():
    city = make_section("Đô thị")
    return {"city": city, "traffic": make_section("Giao thông", parent=city), "sport": make_section("Thể thao")}


@pytest.fixture
def people(sections):
    """Every role in every section and in all, and whoever has none, by name."""
    found = {
        f"{role} in {place or 'all'}": make_user(role, section=sections.get(place))
        for role, place in product(Role, ["", *sections])
    }
    return found | {
        "nobody": make_user(),
        "superuser": make_user(is_superuser=True),
        "gone": make_user("chief", is_active=False),
    }


def fill(people, sections):
    """A story at each stage in each section and in none, begun by some and signed by others."""
    writers = [person for name, person in people.items() if name.endswith("in sport") or name in ("nobody", "gone")]
    for n, (stage, section) in enumerate(product(Stage, [*sections.values(), None])):
        by, signer = writers[n % len(writers)], writers[(n + 1) % len(writers)]
        byline = (BylineRef(make_author(f"Tác giả {signer.pk}", user=signer).pk),)
        if stage == Stage.DONE:
            place = section or sections["sport"]
            make_article(hours(-1 if n % 2 else 1), by=by, section=place.pk, bylines=byline)
        else:
            story = make_draft(by, section=section.pk if section else None, bylines=byline)
            Article.objects.filter(pk=story.pk).update(stage=stage)


def test_both_say_the_same_for_every_role_section_byline_and_stage(people, sections):
    fill(people, sections)
    stories = list(ALL().select_related("desk_section", "working_revision"))
    for name, person in people.items():
        read = {story.pk for story in stories if may_read(person, story)}
        assert set(readable(ALL(), person).values_list("pk", flat=True)) == read, name
        assert {story.pk for story in stories if readers_among([person], story)} == read, name
        assert {story.pk for story in stories if may_edit(person, story)} <= read, name


def test_a_stranger_reads_nothing():
    story = make_draft()
    assert not may_read(AnonymousUser(), story)
    assert not readable(ALL(), AnonymousUser()).exists()


@pytest.mark.parametrize("role", list(Role))
def test_editors_read_their_section_and_what_is_below_it(sections, role):
    story = make_draft(section=sections["traffic"].pk)
    places = {name for name, section in sections.items() if may_read(make_user(role, section=section), story)}
    assert places == ({"city", "traffic"} if role in EDITORS else set())
    assert may_read(make_user(role), story) is (role in EDITORS)


@pytest.mark.parametrize("role", list(Role))
def test_authors_read_their_own_while_they_write_here(role):
    person = make_user(role, section=make_section("Thể thao"))
    name = make_author("Bút danh", user=person)
    own = {make_draft(person), make_article(bylines=(BylineRef(name.pk),))}
    make_draft()
    read = own if role in WRITERS else set()
    assert {story for story in ALL() if may_read(person, story)} == read
    assert set(readable(ALL(), person)) == read


def test_who_is_named_in_a_draft_reads_and_edits_it_until_the_name_is_dropped(cast):
    person = make_user("reporter")
    signed = make_snapshot(bylines=(BylineRef(make_author("Bút danh", user=person).pk),))
    story = make_draft(cast.rita, bylines=signed.bylines)
    assert may_edit(person, story)
    assert may_read(person, story)
    assert readers_among([person], story) == [person]
    assert readable(ALL(), person).get() == own(ALL(), person).get() == story
    writing.save_text(story, make_snapshot(headline="Một mình", bylines=()), by=cast.rita, version=story.version)
    assert not may_read(person, story)
    assert not readable(ALL(), person).exists()


def test_names_of_a_working_text_are_kept_apart_while_readers_do_not_have_it(cast):
    """An update brings a second writer, is thrown away, comes again and is published."""
    first, second = (BylineRef(make_author(name).pk) for name in ("Thu Hà", "Minh Anh"))
    story = make_article(by=cast.rita, bylines=(first,))
    names = story.working_bylines.values_list("author", flat=True)

    def update():
        perform(story.pk, "revise", by=cast.cora)
        story.refresh_from_db()
        text = make_snapshot(headline="Thêm người", bylines=(second, first, BylineRef(second.author, "photo")))
        writing.save_text(story, text, by=cast.cora, version=story.version)
        return sorted(names.all())

    assert not names.exists()
    assert update() == [first.author, second.author]
    perform(story.pk, "discard", by=cast.cora)
    assert not names.exists()
    assert update() == [first.author, second.author]
    for verb in ("forward", "approve"):
        perform(story.pk, verb, by=cast.pia)
    perform(story.pk, "publish", by=cast.pia, notice=Notice("typo"))
    assert not names.exists()
    assert story.bylines.count() == 3


def test_a_name_that_is_gone_from_the_house_is_passed_over(cast):
    story = make_draft(cast.rita, bylines=(BylineRef(999_999),))
    assert not story.working_bylines.exists()


def test_whose_name_readers_see_reads_on_though_the_draft_drops_it(cast):
    person = make_user("reporter")
    story = make_article(by=cast.rita, bylines=(BylineRef(make_author("Bút danh", user=person).pk),))
    writing.save_text(story, make_snapshot(), by=cast.ed, version=story.version)
    assert may_read(person, story)
    assert readable(ALL(), person).get() == story


def test_a_role_that_has_ended_reads_nothing(cast):
    RoleGrant.objects.filter(user=cast.ed).update(valid_until=hours(-1))
    assert not may_read(cast.ed, make_draft(cast.rita))
    assert not readable(ALL(), cast.ed).exists()


def test_a_list_asks_as_often_for_many_stories_as_for_one(sections):
    person = make_user("editor", section=sections["city"])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            list(readable(ALL(), person))
        return len(captured)

    make_draft(section=sections["traffic"].pk)
    one = queries()
    for _n in range(5):
        make_draft(section=sections["traffic"].pk)
    assert queries() == one == 4  # the roles, the sections, whether many stories are signed, the stories
