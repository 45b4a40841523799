"""Which tags of pasted HTML are ours, once they are renamed, paired, and never nested deeper than MAX_DEPTH?

The sanitiser's tree builder takes time that grows with the square of the nesting (200 KB of <div> take it 9 seconds),
so it is given only what this one linear pass lets through. Nothing here is a promise of safety: nh3 comes after.
"""

import re
from collections import Counter
from html import escape, unescape
from typing import Final

from newsroom.lib.embeds import embed_url

MAX_DEPTH: Final = 64

INLINE: Final = frozenset({"strong", "em", "sub", "sup", "a"})
VOID: Final = frozenset({"br", "hr", "img"})
BLOCKS: Final = frozenset(
    {"p", "h2", "h3", "hr", "ul", "ol", "li", "blockquote", "aside", "figure", "figcaption"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
_RENAMED: Final = (
    {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "tfoot": "tbody"}
    | dict.fromkeys(("div", "section", "article", "main", "header", "footer", "nav", "center", "address", "pre"), "p")
    | dict.fromkeys(("dl", "dt", "dd", "caption", "details", "summary", "fieldset", "form", "option"), "p")
)
# A start tag ends these, innermost first, when their own end tags were left out.
_IMPLIED_ENDS: Final = {
    "li": ("li",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "thead": ("td", "th", "tr", "thead", "tbody"),
    "tbody": ("td", "th", "tr", "thead", "tbody"),
}

# The grammar of HTML's tokens. Every repetition is possessive and every token may also end with the text, so that
# no input is read twice.
_ATTRIBUTE: Final = (
    r"[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
)
_ATTRIBUTES: Final = rf"(?:[\s/]++|{_ATTRIBUTE})*+"
_UNREAD: Final = (
    "script|style|title|template|svg|math|object|iframe|noscript|noembed|noframes|textarea|xmp|plaintext|audio|video"
)
TOKEN: Final = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))
       | <(?:[!?]|/(?![a-z]))[^>]*+(?:>|\Z)
       | <(?P<unread>{_UNREAD})(?=[\s/>])(?P<settings>{_ATTRIBUTES})
         (?:>.*?(?:</(?P=unread)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)|\Z)
       | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?P<whole>>|\Z)""",
    re.ASCII | re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_SOURCE: Final = re.compile(
    r"""(?:^|[\s/"'])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.ASCII | re.IGNORECASE
)


def simplify(html: str) -> str:
    """Return the HTML with our own tags only, all of them closed; of the others the text is left, if it is text.

    An <iframe> of a known host becomes <figure data-embed>. The attributes of the tags kept stand as they were.
    """
    tags = _Tags()
    read = 0
    for token in TOKEN.finditer(html):
        tags.text(html[read : token.start()])
        read = token.end()
        if token["unread"]:
            if token["unread"].lower() == "iframe":
                tags.embed(token["settings"])
        elif token["whole"] and token["end"]:
            tags.end(token["name"])
        elif token["whole"]:
            tags.start(token["name"], token["attributes"])
    tags.text(html[read:])
    return tags.close()


class _Tags:
    """The open elements, and what has been written so far. A tag that is open but not shown writes nothing."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.stack: list[tuple[str, bool]] = []
        self.open: Counter[str] = Counter()

    def text(self, text: str) -> None:
        self.written.append(text.replace("<", "&lt;"))

    def start(self, name: str, attributes: str) -> None:
        name = _RENAMED.get(name.lower(), name.lower())
        if name in BLOCKS:
            self.end("p")
        elif name == "a":
            self.end("a")
        if name in VOID:
            self.written.append(f"<{name}{attributes}>")
        elif name in BLOCKS or name in INLINE:
            self._end_implied(name)
            self._push(name, attributes)

    def end(self, name: str) -> None:
        name = _RENAMED.get(name.lower(), name.lower())
        if self.open[name]:
            while self._pop() != name:
                pass

    def embed(self, attributes: str) -> None:
        source = _SOURCE.search(attributes)
        url = embed_url(unescape(source[1] or source[2] or source[3] or "")) if source else None
        if url:
            self.start("figure", f' data-embed="{escape(url)}"')
            self.end("figure")

    def close(self) -> str:
        while self.stack:
            self._pop()
        return "".join(self.written)

    def _end_implied(self, name: str) -> None:
        for implied in _IMPLIED_ENDS.get(name, ()):
            if self.stack and self.stack[-1][0] == implied:
                self._pop()

    def _push(self, name: str, attributes: str) -> None:
        shown = len(self.stack) < MAX_DEPTH and not (name in INLINE and self.open[name])
        self.stack.append((name, shown))
        self.open[name] += 1
        if shown:
            self.written.append(f"<{name}{attributes}>")

    def _pop(self) -> str:
        name, shown = self.stack.pop()
        self.open[name] -= 1
        if shown:
            self.written.append(f"</{name}>")
        return name
