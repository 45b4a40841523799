"""One settings file for every installation, and each of its variables in the README."""

import re

from tests.architecture.tree import ROOT, source

SETTINGS = source(ROOT / "newsroom/settings.py")
VARIABLES = sorted(set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z][A-Z0-9_]*)\"", SETTINGS)))


def test_variables_are_found():
    assert {"DATABASE_URL", "SECRET_KEY", "SITE_URL"} <= set(VARIABLES)


def test_readme_names_every_variable():
    readme = ROOT / "README.md"
    text = source(readme) if readme.exists() else ""
    missing = [variable for variable in VARIABLES if f"`{variable}`" not in text]
    assert not missing, "add a line for each to the README: meaning and default"


def test_nothing_is_decided_by_the_kind_of_installation():
    assert not re.search(r"production|staging|if\s+(not\s+)?DEBUG", SETTINGS, re.IGNORECASE), "name the thing itself"
