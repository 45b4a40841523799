"""Readers' style sheets: nothing unused in them, and little to carry for a phone in a weak network."""

import re

import brotli
import pytest

from tests.architecture.tree import ROOT, TEMPLATES, modules, name, reader_templates, source

CSS, JS = ROOT / "static/css", ROOT / "static/js"
# Not the desk's, and not the colours that a command draws, one for each that a picture can have.
SHEETS = sorted(path for path in CSS.glob("*.css") if not path.name.startswith(("desk", "tones")))
SCRIPTS = sorted(path for path in JS.glob("*.js") if not path.name.startswith("desk"))
LINKED = re.compile(r"""{% static ["'](css/[a-z-]+\.css|js/[a-z-]+\.js)["'] %}""")
RULES = re.compile(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", re.DOTALL)
CLASS = re.compile(r"\.(-?[a-z_][a-z0-9_-]*)(?=[^{}]*\{)", re.IGNORECASE)
MARKED = re.compile(r'class="((?:{%.*?%}|[^"])*)"')
DRAWN = re.compile(r"^(on|in|at|form|window|card|change|is)-[\w-]+$")  # the end is worked out
MOST_CSS, MOST_JS = 14 * 1024, 15 * 1024  # compressed bytes of all that the page of a story may link


def classes(path):
    plain = RULES.sub("", source(path))
    return sorted({found for found in CLASS.findall(plain) if not re.fullmatch(r"\d.*", found)})


@pytest.fixture(scope="module")
def words():
    """What stands in class attributes of templates, in scripts, and in the Python that writes mark-up."""
    marked = [
        found for path in [*reader_templates(), ROOT / "static/500.html"] for found in MARKED.findall(source(path))
    ]
    written = [source(path) for path in [*SCRIPTS, *modules()] if path.suffix == ".js" or 'class="' in source(path)]
    return set(re.findall(r"[\w-]+", " ".join([*marked, *written])))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_class_is_used(sheet, words):
    unused = [each for each in classes(sheet) if each not in words and not is_drawn(each, words)]
    assert unused == [], f"take them out of {name(sheet)}"


def is_drawn(each, words):
    """Whether templates write its beginning and fill in the rest: card-{{ kind }}."""
    return bool(DRAWN.match(each)) and f"{each.split('-')[0]}-" in words


def linked_by_a_story(kind):
    """What the page of a story links, whatever its form and whatever happened to it."""
    pages = ["base.html", "articles/article.html", "articles/_date_picker.html"]
    found = {file for page in pages for file in LINKED.findall(source(TEMPLATES / page))}
    return sorted(file for file in found if file.startswith(kind))


@pytest.mark.parametrize(("kind", "most"), [("css", MOST_CSS), ("js", MOST_JS)])
def test_a_story_carries_little(kind, most):
    files = linked_by_a_story(kind)
    assert len(files) > 5
    weights = {file: len(brotli.compress((ROOT / "static" / file).read_bytes())) for file in files}
    assert sum(weights.values()) <= most, weights
