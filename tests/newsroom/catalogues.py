"""Reads gettext catalogues as they stand in the repository and in libraries, without gettext's own tools."""

import ast
import gettext
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

OURS = Path(settings.BASE_DIR) / "locale"
LIBRARIES = OURS / "django"
# The apps that say something. Django's English lists name every message; axes and django-otp have none, so that what
# they mark in their code is read too.
DJANGO = ["django/conf"] + [
    f"django/contrib/{app}" for app in ("admin", "auth", "contenttypes", "humanize", "messages", "sessions")
]
OTHERS = ["axes", "django_otp"]
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


@dataclass(frozen=True)
class Message:
    """One entry: what the code says, in one or two forms, and what it is in another language."""

    text: str
    context: str | None = None
    plural: str = ""
    said: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def key(self):
        return f"{self.context}\x04{self.text}" if self.context is not None else self.text

    @property
    def translated(self):
        return bool(self.said) and all(self.said) and not self.fuzzy


def read_po(path):
    """Every message of a .po file but its header; what is obsolete (#~) is left out."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        fields, name = {}, ""
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                name, _, line = line.partition(" ")
            fields[name] = fields.get(name, "") + ast.literal_eval(line)
        if fields.get("msgid"):
            yield Message(
                text=fields["msgid"],
                context=fields.get("msgctxt"),
                plural=fields.get("msgid_plural", ""),
                said=tuple(value for name, value in fields.items() if name.startswith("msgstr")),
                fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in lines),
            )


def read_mo(path):
    """Message -> wording of a compiled catalogue, without its header."""
    with path.open("rb") as file:
        found = dict(gettext.GNUTranslations(file)._catalog)
    found.pop("", None)
    return {key[0] if isinstance(key, tuple) else key: said for key, said in found.items()}


@cache
def folder(name):
    """Where a package (or a folder of one, after slashes) is installed."""
    package, _, inner = name.partition("/")
    return Path(find_spec(package).origin).parent / inner


@cache
def said_by_libraries(domain):
    """All messages of Django's parts that we use; for the other libraries, what they translate and what they mark."""
    found = {}
    for name in DJANGO:
        path = folder(name) / f"locale/en/LC_MESSAGES/{domain}.po"
        found |= {message.key: message for message in read_po(path)} if path.exists() else {}
    for name in OTHERS if domain == "django" else []:
        for path in folder(name).glob("locale/*/LC_MESSAGES/django.po"):
            found |= {message.key: message for message in read_po(path)}
        found |= {text: Message(text) for text in marked_in_code(folder(name))}
    return found


def marked_in_code(root):
    """Texts that the Python code of a library marks for translation."""
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_mark = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
            if is_mark and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
