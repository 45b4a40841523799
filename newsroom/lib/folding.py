"""What of a template is the same on every page? It is made once, when the template is loaded, not for every reader.

Indentation is for whoever writes a template: readers are sent none. Words to translate, addresses and static files
without variables come out the same each time: what stands between two variables becomes one text in each language.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template import Context, Origin, Template
from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from newsroom.lib.routes import address

INDENTATION: Final = re.compile(r"[ \t]*\n\s*")  # no template of ours has <pre> or a filled <textarea>
# Around these, space between tags means nothing; between others it stands between words.
BLOCKS: Final = (
    "article|aside|body|dialog|div|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|html|li|link|main|meta|nav|"
    "ol|p|script|section|table|tbody|td|template|th|thead|title|tr|ul"
)
GAPS: Final = re.compile(rf"(?<=>)\n+(?=</?(?:{BLOCKS})\b)|(</?(?:{BLOCKS})(?:\s[^<>]*)?>)\n+")


class Loader(cached.Loader):
    """Keeps every template; of our own pages, folded."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template: Template = super().get_template(template_name, skip)
        if not hasattr(template, "is_folded"):
            template.is_folded = True  # type: ignore[attr-defined]
            if is_ours(template.origin):
                fold(template.nodelist)
        return template


def is_ours(origin: Origin) -> bool:
    """Letters keep their lines, Django's pages their nodes."""
    name = Path(origin.name)
    return name.suffix == ".html" and name.is_relative_to(settings.BASE_DIR / "templates")


class Folded(Node):
    """Neighbours that depend on nothing but the language, if any of them speaks."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes, self.token, self.origin = nodes, nodes[0].token, nodes[0].origin
        self.speaks = any(isinstance(node, TranslateNode) for node in nodes)
        self.made: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language() if self.speaks else None
        made = self.made.get(language)
        if made is None:
            whole = "".join(str(node.render(context)) for node in self.nodes)
            made = self.made[language] = SafeString(GAPS.sub(r"\1", INDENTATION.sub("\n", whole)))
        return made


class Address(Node):
    """`{% url "article" story.slug story.pk %}`, remembered."""

    def __init__(self, node: URLNode) -> None:
        self.name, self.args, self.token, self.origin = node.view_name.var, node.args, node.token, node.origin

    def render(self, context: Context) -> str:
        return conditional_escape(address(self.name, *(arg.resolve(context) for arg in self.args)))


def fold(nodes: NodeList) -> None:
    """Join the neighbours in this list, and in the lists inside of its nodes, in place."""
    folded: list[Node] = []
    steady: list[Node] = []
    for node in map(quicker, nodes):
        if is_steady(node):
            steady.append(node)
            continue
        folded += [Folded(steady), node] if steady else [node]
        steady = []
        for inner in inside(node):
            fold(inner)
    nodes[:] = [*folded, Folded(steady)] if steady else folded


def quicker(node: Any) -> Node:
    """The same node, or one that does the same in less time."""
    match node:
        case URLNode(asvar=None) if is_readers(node) and not is_steady(node):
            return Address(node)
    return node


def inside(node: Any) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inner for _condition, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            yield inner


def is_steady(node: Any) -> bool:
    """Whether the node says the same on every page in one language."""
    match node:
        case TextNode() | LoadNode() | CommentNode():
            return True
        case TranslateNode(asvar=None):
            return is_literal([node.filter_expression, *filter(None, [node.message_context])])
        case StaticNode(varname=None):
            return is_literal([node.path])
        case URLNode(asvar=None):
            return is_readers(node) and is_literal(node.args)
    return False


def is_readers(node: URLNode) -> bool:
    """An address that names its page: of the admin there may be more than one."""
    return is_literal([node.view_name]) and not str(node.view_name.var).startswith("admin:") and not node.kwargs


def is_literal(expressions: Iterable[Any]) -> bool:
    return not any(each.is_var or each.filters for each in expressions)
