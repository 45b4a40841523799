"""Who may act as what: grants in all sections or in one, and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from articles.models import Article, BylineRef, Role, RoleGrant, Stage
from articles.rights import acting_role, grants_of, is_author_of
from articles.writing import EDITORS, may_edit
from tests.builders import hours, make_author, make_draft, make_section, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections():
    city = make_section("Đô thị")
    return {"city": city, "traffic": make_section("Giao thông", parent=city), "sport": make_section("Thể thao")}


def test_a_role_everywhere_holds_in_each_section_and_where_there_is_none(sections):
    grants = grants_of(make_user("editor"))
    assert all(grants.has(Role.EDITOR, section) for section in (*sections.values(), None))
    assert grants.sections_as(Role.EDITOR) is None
    assert not grants.has(Role.PUBLISHER, sections["city"])


def test_a_role_in_a_section_reaches_down_and_not_up_or_aside(sections):
    grants = grants_of(make_user("editor", section=sections["city"]))
    assert grants.has(Role.EDITOR, sections["city"])
    assert grants.has(Role.EDITOR, sections["traffic"])
    assert not grants.has(Role.EDITOR, sections["sport"])
    assert not grants.has(Role.EDITOR, None)
    assert not grants_of(make_user("editor", section=sections["traffic"])).has(Role.EDITOR, sections["city"])
    assert grants.sections_as(Role.EDITOR) == {sections["city"].pk}


def test_several_roles_add_up(sections):
    user = make_user("reporter")
    RoleGrant.objects.create(user=user, role="editor", section=sections["sport"])
    grants = grants_of(user)
    assert grants.anywhere(Role.REPORTER)
    assert grants.anywhere(Role.EDITOR)
    assert grants.sections_as(Role.REPORTER, Role.EDITOR) is None
    assert grants.sections_as(Role.EDITOR) == {sections["sport"].pk}


@pytest.mark.parametrize("who", [{"is_active": False}, {"is_staff": False}])
def test_who_is_not_active_staff_has_no_role(who):
    user = make_user("chief")
    for field, value in who.items():
        setattr(user, field, value)
    assert grants_of(user).held == frozenset()


def test_a_stranger_and_a_superuser_have_no_role():
    assert grants_of(AnonymousUser()).held == frozenset()
    assert grants_of(make_user(is_superuser=True)).held == frozenset()


def test_an_author_is_who_began_the_story_or_stands_in_its_byline(cast):
    article = make_draft(cast.ed)
    assert is_author_of(cast.ed, article)
    assert not is_author_of(cast.rita, article)
    pen_name = make_author("Bút danh", user=cast.rita)
    assert is_author_of(cast.rita, make_draft(cast.ed, bylines=(BylineRef(pen_name.pk),)))
    assert not is_author_of(cast.pia, make_draft(cast.ed, bylines=(BylineRef(make_author("Không ai").pk),)))


def test_who_acts_is_the_first_role_that_fits(cast, sections):
    article = make_draft(cast.rita, section=sections["traffic"].pk)
    assert acting_role(cast.rita, article, (Role.REPORTER, Role.EDITOR)) is Role.REPORTER
    assert acting_role(cast.ed, article, (Role.REPORTER, Role.EDITOR)) is Role.EDITOR
    assert acting_role(cast.nobody, article, tuple(Role)) is None


@pytest.mark.parametrize("stage", list(Stage))
def test_who_may_change_the_text_in_which_stage(cast, stage):
    article = make_draft(cast.rita)
    article.stage = stage  # the table alone is asked
    people = {"rita": Role.REPORTER, "ed": Role.EDITOR, "pia": Role.PUBLISHER, "cora": Role.CHIEF}
    for name, role in people.items():
        assert may_edit(getattr(cast, name), article) is (role in EDITORS[stage]), name
    for name in ("mo", "ada", "nobody"):
        assert not may_edit(getattr(cast, name), article)


def test_nobody_changes_what_is_in_the_trash_and_no_reporter_what_is_not_theirs(cast):
    article = make_draft(make_user("reporter"))
    assert not may_edit(cast.rita, article)
    Article.objects.update(trashed_at=hours(0))
    article.refresh_from_db()
    assert not may_edit(cast.cora, article)
