"""In which order and nesting do the elements of an article stand, once their tags are known to be harmless?

Reads sanitised HTML into a tree and writes it again in one fixed form: text only in blocks, blocks never in text,
nothing empty, pictures and embeds as figures, attributes in one order with one spelling.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from html.parser import HTMLParser
from typing import Final, NamedTuple

from newsroom.lib import text
from newsroom.lib.embeds import embed_url
from newsroom.lib.links import link_target
from newsroom.lib.markup import INLINE, VOID

HEADINGS: Final = frozenset({"h2", "h3"})
_BOX_BLOCKS: Final = frozenset({"p", "h3", "ul", "ol"})

_SPACES: Final = re.compile("[ \t\n\r\f]+")
_BLANK: Final = re.compile(r"(?:\s|&nbsp;|<br>)*+")
_IMAGE_ID: Final = re.compile("[1-9][0-9]{0,17}")
_SPAN: Final = re.compile("[1-9][0-9]{0,2}")


class Node:
    """An element with its children; text is a plain string."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []


class Block(NamedTuple):
    """A finished block; one without a tag is a bare run of text, as in a list item."""

    tag: str
    attributes: str
    inner: str

    def __str__(self) -> str:
        if not self.tag:
            return self.inner
        return "<hr>" if self.tag == "hr" else f"<{self.tag}{self.attributes}>{self.inner}</{self.tag}>"


def canonical(html: str) -> str:
    """Return the HTML, which must be well-formed, in the canonical form: a block a line."""
    return "\n".join(str(block) for block in _flow(_Tree.of(html).children, "p"))


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    @classmethod
    def of(cls, html: str) -> Node:
        tree = cls()
        tree.feed(html)
        tree.close()
        return tree.open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


# --- text within a block ----------------------------------------------------------------------------------------


def _is_inline(node: Node | str) -> bool:
    if isinstance(node, str):
        return True
    if node.tag == "img":
        return not _image(node, "")
    return node.tag == "br" or (node.tag in INLINE and all(_is_inline(child) for child in node.children))


def _inline(node: Node | str) -> str:
    if isinstance(node, str):
        return _text(node)
    if node.tag in VOID:
        return "<br>" if node.tag == "br" else ""  # a picture that is not ours
    inner = "".join(_inline(child) for child in node.children)
    if _BLANK.fullmatch(inner):
        return inner
    if node.tag == "a":
        return _link(node, inner)
    return f"<{node.tag}>{inner}</{node.tag}>"


def _text(data: str) -> str:
    # A long solidus overlay would compose with the ">" of the tag before it and unmake that tag.
    cleaned = text.clean(data).lstrip("\u0338")
    return escape(_SPACES.sub(" ", cleaned), quote=False).replace("\u00a0", "&nbsp;")


def _link(node: Node, inner: str) -> str:
    target = link_target(node.attributes.get("href", ""))
    if target is None:
        return inner
    title = text.clean_line(node.attributes.get("title", ""))
    return f"<a{_written(href=target, title=title)}>{inner}</a>"


def _written(**attributes: str) -> str:
    return "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items() if value)


# --- blocks -----------------------------------------------------------------------------------------------------


def _flow(nodes: Iterable[Node | str], wrap: str) -> list[Block]:
    """Return the nodes as blocks; what is text among them is gathered into blocks with the tag `wrap`."""
    blocks: list[Block] = []
    run: list[str] = []
    for node in _spread(nodes):
        if isinstance(node, str) or _is_inline(node):
            run.append(_inline(node))
        else:
            blocks += _run(run, wrap)
            run = []
            blocks += _BLOCK_WRITERS.get(node.tag, _unwrapped)(node, wrap)
    return blocks + _run(run, wrap)


def _spread(nodes: Iterable[Node | str]) -> Iterator[Node | str]:
    """Yield the nodes; mark-up of a stretch of text cannot hold blocks: where it does, its children stand for it."""
    for node in nodes:
        if isinstance(node, Node) and node.tag in INLINE and not _is_inline(node):
            yield from _spread(node.children)
        else:
            yield node


def _run(pieces: list[str], wrap: str) -> list[Block]:
    start, end = 0, len(pieces)
    while start < end and pieces[start].strip() in {"", "<br>"}:
        start += 1
    while start < end and pieces[end - 1].strip() in {"", "<br>"}:
        end -= 1
    inner = "".join(pieces[start:end]).strip()
    return [] if _BLANK.fullmatch(inner) else [Block(wrap, "", inner)]


def _unwrapped(node: Node, wrap: str) -> list[Block]:
    return _flow(node.children, wrap)


def _paragraph(node: Node, wrap: str) -> list[Block]:
    return _flow(node.children, wrap if wrap in HEADINGS else "p")


def _heading(node: Node, wrap: str) -> list[Block]:
    return _flow(node.children, node.tag)


def _rule(node: Node, wrap: str) -> list[Block]:
    return [Block("hr", "", "")]


def _list(node: Node, wrap: str) -> list[Block]:
    stray: list[Node | str] = []
    items: list[list[Block]] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            items += [_flow(stray, ""), _flow(child.children, "")]
            stray = []
        else:
            stray.append(child)
    items.append(_flow(stray, ""))
    return _parent(node.tag, "", (Block("li", "", _joined(item)) for item in items if item))


def _table(node: Node, wrap: str) -> list[Block]:
    parts = [part for section in _elements(node) for part in _table_part(section)]
    return _parent("table", "", parts) if any(_has_content(part) for part in parts) else []


def _table_part(section: Node) -> list[Block]:
    rows = (Block("tr", "", _joined(_cell(cell) for cell in _elements(row))) for row in _elements(section))
    return _parent(section.tag, "", (row for row in rows if row.inner))


def _cell(node: Node) -> Block:
    spans = {name: node.attributes.get(name, "") for name in ("colspan", "rowspan")}
    spans = {name: span for name, span in spans.items() if _SPAN.fullmatch(span) and span != "1"}
    return Block(node.tag, _written(**spans), _joined(_flow(node.children, "")))


def _has_content(part: Block) -> bool:
    return bool(re.sub(r"</?(?:t[rhd]|thead|tbody)[^>]*>", "", part.inner))


def _quote(node: Node, wrap: str) -> list[Block]:
    pull = "pull" in node.attributes.get("class", "").split()
    return _parent("blockquote", _written(**{"class": "pull" if pull else ""}), _flow(node.children, "p"))


def _box(node: Node, wrap: str) -> list[Block]:
    """An info box; what it may not hold comes after it. Any other <aside> is only its content."""
    blocks = _flow(node.children, "p")
    if "box" not in node.attributes.get("class", "").split():
        return blocks
    blocks = [block._replace(tag="h3") if block.tag == "h2" else block for block in blocks]
    inside = [block for block in blocks if block.tag in _BOX_BLOCKS]
    return _parent("aside", ' class="box"', inside) + [block for block in blocks if block.tag not in _BOX_BLOCKS]


def _image(node: Node, wrap: str) -> list[Block]:
    number = node.attributes.get("data-image", "")
    attributes = _written(**{"class": "image", "data_image": number})
    return [Block("figure", attributes, "")] if _IMAGE_ID.fullmatch(number) else []


def _embed(node: Node) -> list[Block]:
    url = embed_url(node.attributes.get("data-embed", ""))
    return [Block("figure", _written(**{"class": "embed", "data_embed": url}), "")] if url else []


def _figure(node: Node, wrap: str) -> list[Block]:
    """A picture (the <img> in it, or its own number) or an embed, with its caption; if neither, only its text.

    Other pictures and text inside come after it; what an embed holds is the editor's likeness of it and is left out.
    """
    captions = [child for child in _elements(node) if child.tag == "figcaption"]
    caption = [block for child in captions for block in _flow(child.children, "p")]
    if embed := _embed(node):
        return _captioned(embed[0], caption)
    blocks = _flow((child for child in node.children if child not in captions), "p")
    place = next((place for place, block in enumerate(blocks) if block.tag == "figure"), None)
    if place is not None:
        return _captioned(blocks.pop(place), caption) + blocks
    if image := _image(node, wrap):
        return _captioned(image[0], caption) + blocks
    return blocks + caption


def _captioned(figure: Block, caption: list[Block]) -> list[Block]:
    lines = " ".join(block.inner for block in caption if block.tag == "p")
    inner = f"<figcaption>{lines}</figcaption>" if lines else figure.inner
    return [figure._replace(inner=inner), *(block for block in caption if block.tag != "p")]


def _parent(tag: str, attributes: str, blocks: Iterable[Block]) -> list[Block]:
    inner = _joined(blocks)
    return [Block(tag, attributes, inner)] if inner else []


def _joined(blocks: Iterable[Block]) -> str:
    return "".join(str(block) for block in blocks)


def _elements(node: Node) -> Iterator[Node]:
    return (child for child in node.children if isinstance(child, Node))


_BLOCK_WRITERS: Final[dict[str, Callable[[Node, str], list[Block]]]] = {
    "p": _paragraph,
    "figcaption": _paragraph,
    "h2": _heading,
    "h3": _heading,
    "hr": _rule,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "blockquote": _quote,
    "aside": _box,
    "img": _image,
    "figure": _figure,
}
