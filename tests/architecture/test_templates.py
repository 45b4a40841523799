"""Templates compile, are used, and partials (their names start with _) are only ever included."""

import re
from pathlib import Path

import django.contrib.admin
import pytest
from django.template.loader import get_template

from tests.architecture.tree import TEMPLATES, lines_matching, modules, source, templates

ALL = [path.relative_to(TEMPLATES).as_posix() for path in templates()]
DJANGO_ADMIN = Path(django.contrib.admin.__file__).parent / "templates"
# Names that Django itself looks for: error pages, overrides of the admin, pages of one app or model in the admin.
BY_CONVENTION = re.compile(r"^(\d{3}(_csrf)?\.html|admin/(articles|comments|auth|app_index)\b.*|registration/.*)$")


@pytest.mark.parametrize("template", ALL)
def test_compiles(template):
    get_template(template)


@pytest.mark.parametrize("template", ALL)
def test_is_used(template):
    by_django = BY_CONVENTION.match(template) or (DJANGO_ADMIN / template).exists()
    named = re.compile(rf"[\"']{re.escape(template)}[\"']")
    assert by_django or any(named.search(source(path)) for path in [*modules(), *templates()]), "delete it"


def test_what_is_included_is_named_as_a_partial():
    included = {name for path in templates() for name in re.findall(r"{%\s*include\s+[\"']([^\"']+)", source(path))}
    found = [name for name in included & set(ALL) if not Path(name).name.startswith("_")]
    assert not found, "rename it to _name"


def test_views_do_not_render_partials():
    views = [path for path in modules() if path.stem == "views" or path.parent.name in {"views", "admin"}]
    found = lines_matching(views, re.compile(r"render\w*\([^)]*[\"'][\w/-]*/_\w+\.html"))
    assert not found, "render a whole page"
