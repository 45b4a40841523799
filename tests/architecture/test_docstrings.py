"""Every module opens with one to three lines that say which question it answers."""

import ast

import pytest

from tests.architecture.tree import modules, name, source, syntax


@pytest.mark.parametrize("path", [path for path in modules() if source(path).strip()], ids=name)
def test_module_says_which_question_it_answers(path):
    docstring = ast.get_docstring(syntax(path))
    assert docstring, "begin with a docstring: which question does this module answer?"
    first = docstring.split("\n\n")[0]
    assert len(first.splitlines()) <= 3, "three lines at most; what else there is to say comes after a blank line"
