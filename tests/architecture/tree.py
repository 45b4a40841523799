"""The source tree as the architecture tests see it: files, syntax trees, templates."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("newsroom", "articles", "comments")
TEMPLATES = ROOT / "templates"


def name(path):
    return path.relative_to(ROOT).as_posix()


def modules(*folders):
    """Every Python file under the folders (the product by default), migrations left out."""
    found = [path for folder in folders or PRODUCT for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates():
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def reader_templates():
    """Pages; mails are plain text."""
    others = {TEMPLATES / "admin", TEMPLATES / "mail"}
    return [path for path in templates() if not others & set(path.parents)]


@cache
def source(path):
    return path.read_text(encoding="utf-8")


@cache
def syntax(path):
    return ast.parse(source(path), filename=str(path))


def lines_matching(paths, pattern):
    """`file:line: text` of every line that the compiled pattern finds."""
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(source(path).splitlines(), 1)
        if pattern.search(line)
    ]
