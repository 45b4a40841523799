"""Words that show a rule of the house is about to be broken."""

import ast
import re

from tests.architecture.tree import ROOT, lines_matching, modules, name, reader_templates, syntax, templates

VAGUE = re.compile(r"^(utils?|helpers?|common|misc|managers?)$")
INLINE = re.compile(r"""<[^>]*\s(style|on[a-z]+)\s*=\s*["'{]|<style\b|<script(?![^>]*(src=|ld\+json))""")
# May ask while a page waits: what the operator plugged in, for 1.5 seconds at most and outside transactions.
ASKING = {"comments/checker.py", "newsroom/lib/pagecache/purging.py"}
ASKING |= {"newsroom/sharing.py"}  # for the doctor, a command
NETWORK = re.compile(r"^\s*(import|from)\s+(requests|httpx|aiohttp|urllib\.request|urllib3|http\.client)\b")


def reading():
    return [path for path in modules() if path.stem in {"views", "feeds", "sitemaps"} or path.parent.name == "views"]


def test_models_do_no_work_in_save():
    models = [path for path in modules() if path.stem == "models" or path.parent.name == "models"]
    found = [name(path) for path in models for node in ast.walk(syntax(path)) if getattr(node, "name", "") == "save"]
    assert not found, "write a verb that does the work and call it by name"


def test_modules_are_named_after_what_they_know():
    vague = [name(path) for path in modules() if VAGUE.match(path.stem) or VAGUE.match(path.parent.name)]
    assert not vague, "name the noun: text, dates, pictures"


def test_readers_start_from_what_is_published():
    found = lines_matching(reading(), re.compile(r"\.objects\.all\(\)"))
    assert not found, "start from .published() or .shown()"


def test_reader_templates_escape_everything():
    pattern = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
    found = lines_matching(reader_templates(), pattern)
    assert not found, "hand over sanitised text from articles.rendering"


def test_templates_need_no_inline_code():
    found = lines_matching(templates(), INLINE)
    assert not found, "put it into static/: the Content-Security-Policy refuses it"


def test_pages_never_ask_the_network():
    paths = [path for path in modules() if (ROOT / "newsroom/management") not in path.parents]
    paths = [path for path in paths if "commands" not in path.parts]
    paths = [path for path in paths if name(path) not in ASKING]
    found = lines_matching(paths, NETWORK)
    assert not found, "ask the network in a management command, never while a page waits"
