"""Ceilings at which to look again: a function, a file, a class, a template that no longer fits one glance."""

import ast

from tests.architecture.tree import PRODUCT, modules, name, source, syntax, templates

FUNCTION, CLASS, FILE, TEMPLATE = 40, 250, 300, 120
# "path" or "path:name" -> the reason why it may be longer.
ALLOWED: dict[str, str] = {}


def too_long(paths, ceiling):
    lengths = {name(path): len(source(path).splitlines()) for path in paths}
    return {key: length for key, length in lengths.items() if length > ceiling and key not in ALLOWED}


def too_long_inside(kinds, ceiling):
    nodes = [(path, node) for path in modules() for node in ast.walk(syntax(path)) if isinstance(node, kinds)]
    lengths = {f"{name(path)}:{node.name}": node.end_lineno - node.lineno + 1 for path, node in nodes}
    return {key: length for key, length in lengths.items() if length > ceiling and key not in ALLOWED}


def test_functions_fit_on_a_screen():
    found = too_long_inside((ast.FunctionDef, ast.AsyncFunctionDef), FUNCTION)
    assert not found, "split by step, name the steps"


def test_classes_hold_one_idea():
    found = too_long_inside(ast.ClassDef, CLASS)
    assert not found, "move verbs to the module of that verb, querysets beside it"


def test_files_hold_one_subject():
    found = too_long(modules(*PRODUCT, "tests"), FILE)
    assert not found, "make a package, one noun or page a file"


def test_templates_fit_on_a_screen():
    found = too_long(templates(), TEMPLATE)
    assert not found, "cut out a partial that starts with _"
