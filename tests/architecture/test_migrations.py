"""Migrations are named for what they do, what they fill can be taken back, and they lock out nobody."""

import ast
import re

import pytest

from tests.architecture.tree import PRODUCT, ROOT, name, syntax

FILES = sorted(path for app in PRODUCT for path in (ROOT / app).rglob("migrations/[0-9]*.py"))

# Up to these numbers migrations make the tables of a new site.
ON_EMPTY_TABLES = {"articles": 19, "comments": 9}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_name_says_what_it_does(path):
    assert "_auto_" not in path.stem, "makemigrations --name what_it_does"
    assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem), "number, underscore, what it does"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_data_moves_can_be_taken_back(path):
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"RunPython", "RunSQL"}:
            backward = len(node.args) > 1 or any(word.arg.startswith("reverse_") for word in node.keywords)
            assert backward, f"line {node.lineno}: give it a reverse (migrations.RunPython.noop if nothing is to do)"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_table_in_use_is_not_locked_for_an_index(path):
    app, number = path.parent.parent.name, int(path.stem[:4])
    if number > ON_EMPTY_TABLES.get(app, 1):
        loud = re.findall(
            r"\bmigrations\.(?:Add|Remove)Index\b|CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)", path.read_text()
        )
        assert loud == [], "newsroom.lib.quiet_indexes has AddIndex and RemoveIndex; CREATE INDEX CONCURRENTLY"
