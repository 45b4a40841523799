"""Finds English in a Vietnamese page: in what people see, hear or are told by a tooltip, not in code or addresses."""

import re
from functools import cache
from html.parser import HTMLParser

from tests.newsroom.catalogues import LIBRARIES, OURS, read_po, said_by_libraries

WORD = re.compile(r"[A-Za-z]{3,}")
# What is no word of a sentence: addresses and parts of them, placeholders, anything with a digit or a sign inside.
NO_WORD = re.compile(r"\S*[%@/\\_=<>{}\d]\S*|\S+\.\w+\S*|&\w+;|[a-z]+(?:-[a-z]+)+")
SILENT = {"script", "style", "code", "pre", "template", "textarea", "svg", "pubdate", "lastbuilddate"}
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description", "label", "content"}
BUTTONS = {"submit", "button", "reset"}
# English words that are Vietnamese syllables too, or that the Vietnamese use.
VIETNAMESE = set("can day long may mon run say than thai that them thu app camera hotline link".split())


class Visible(HTMLParser):
    """Collects texts and spoken attributes of a page, without those marked as another language."""

    void = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

    def __init__(self, language):
        super().__init__(convert_charrefs=True)
        self.language = language
        self.found = []
        self.hidden = []  # open elements that say nothing, from the outermost on

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        foreign = attributes.get("lang", self.language) != self.language
        unseen = tag in SILENT or "hidden" in attributes.get("class", "").split()  # the admin's rows of hidden fields
        if tag not in self.void and (self.hidden or unseen or foreign):
            self.hidden.append(tag)
        elif not self.hidden and not foreign:
            self.found += [value for name, value in attributes.items() if self.is_spoken(tag, name, attributes)]

    def is_spoken(self, tag, name, attributes):
        if tag == "meta":
            described = attributes.get("name", "") + attributes.get("property", "")
            return name == "content" and described in ("description", "og:title", "og:description")
        return name in SPOKEN or (name == "value" and tag == "input" and attributes.get("type") in BUTTONS)

    def handle_endtag(self, tag):
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass

    def handle_data(self, text):
        if not self.hidden and text.strip():
            self.found.append(" ".join(text.split()))


def visible(page, language="vi"):
    """Everything that the page says in the language, piece by piece."""
    reader = Visible(language)
    reader.feed(page)
    return reader.found


@cache
def vocabulary():
    """Words of all English messages that no Vietnamese wording uses: whoever sees one, sees English."""
    ours = list(read_po(OURS / "vi/LC_MESSAGES/django.po"))
    messages = ours + [message for domain in ("django", "djangojs") for message in said_by_libraries(domain).values()]
    wordings = ours + [m for name in ("django", "djangojs") for m in read_po(LIBRARIES / f"vi/LC_MESSAGES/{name}.po")]
    english = {word for message in messages for word in words(message.text + " " + message.plural)}
    vietnamese = {word for message in wordings for said in message.said for word in words(said)}
    return english - vietnamese - VIETNAMESE


def words(text):
    """Small-letter words of the Latin alphabet without marks; "Hà" has none, "cho" and "the" are both one."""
    plain = NO_WORD.sub(" ", text)
    return {found.group().lower() for found in WORD.finditer(plain) if is_alone(plain, *found.span())}


def is_alone(text, start, end):
    """Not a part of a longer word with Vietnamese letters."""
    return not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha()


def english_in(page):
    """The pieces of a page that hold English, as "piece: words"."""
    return [f"{piece[:120]}: {sorted(found)}" for piece in visible(page) if (found := words(piece) & vocabulary())]
