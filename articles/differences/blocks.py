"""Which paragraphs, pictures and rows of a body were changed, added, removed or moved?

Reads the canonical HTML of newsroom.lib.html into blocks, pairs the old ones with the new ones, and looks for changed
words inside the pairs only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from articles.differences.words import ADDED, REMOVED, SAME, Item, Pair, Segment, is_changed, items, matches, words

CHANGED: Final = "changed"
RESTYLED: Final = "restyled"  # the words are the same: bold, links, or the kind of block differ
MOVED: Final = "moved"  # stands here now
LEFT: Final = "left"  # stood here before it was moved

CELL: Final = " | "  # between the cells of a row
_INLINE: Final = frozenset({"strong", "em", "sub", "sup", "a"})
_CELLS: Final = frozenset({"td", "th"})
_THINGS: Final = frozenset({"picture", "embed"})
_ALIKE: Final = 0.34  # share of common words from which two blocks are one block, rewritten
_MANY: Final = 2_500  # old blocks times new blocks between two that are the same


@dataclass(frozen=True)
class Block:
    """A paragraph, cross-head, list item, table row, picture, embed or rule, with its text (a caption, for things)."""

    kind: str  # p h2 h3 item numbered quote pull row picture embed rule
    text: str = ""
    markup: str = ""  # the text with its inline tags: tells that only bold or a link has changed
    target: str = ""  # the key of a picture, the address of an embed
    in_box: bool = False
    links: tuple[str, ...] = ()

    @property
    def is_thing(self) -> bool:
        return self.kind in _THINGS


@dataclass(frozen=True)
class BlockChange:
    """What became of a block: `old` is None for an added one, `new` for one that is gone from this place."""

    kind: str
    old: Block | None
    new: Block | None
    segments: tuple[Segment, ...]

    @property
    def block(self) -> Block:
        """The block as it is, or as it was."""
        found = self.new or self.old
        if found is None:
            raise ValueError("A change has an old or a new block.")
        return found

    @property
    def is_changed(self) -> bool:
        return self.kind != SAME

    @property
    def has_new_kind(self) -> bool:
        if self.old is None or self.new is None:
            return False
        return (self.old.kind, self.old.in_box) != (self.new.kind, self.new.in_box)

    @property
    def links(self) -> tuple[Item, ...]:
        """What became of the addresses that the block links to."""
        return items(self.old.links if self.old else (), self.new.links if self.new else ())


def blocks(body: str) -> list[Block]:
    """The blocks of canonical HTML, in order."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    reader.end_block()
    return reader.found


def compare_bodies(old: str, new: str) -> tuple[BlockChange, ...]:
    """What became of each block of the old body, and which are new, in the order of the new one."""
    before, after = blocks(old), blocks(new)
    found: list[BlockChange] = []
    done = Pair(0, 0)
    for pair in [*matches(before, after), Pair(len(before), len(after))]:
        found += _rewritten(before[done.old : pair.old], after[done.new : pair.new])
        if pair.old < len(before):
            block = before[pair.old]
            found.append(BlockChange(SAME, block, after[pair.new], _whole(SAME, block.text)))
        done = Pair(pair.old + 1, pair.new + 1)
    return tuple(_with_moves(found))


# --- reading ----------------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """The block being read."""

    kind: str = ""
    text: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    target: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self.inside: list[str] = []  # what stands around the text: "aside", "blockquote.pull", "li" …
        self.open = _Open()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._write("\n")
        elif tag == "hr":
            self.end_block()
            self.found.append(Block("rule", in_box="aside" in self.inside))
        elif tag in _INLINE:
            self.open.markup.append(f"<{tag} {sorted(attributes.items())}>")
            if tag == "a":
                self.open.links.append(attributes.get("href", ""))
        elif tag in _CELLS:
            self.open.markup.append(f"<{tag} {sorted(attributes.items())}>")
            if self.open.text:
                self.open.text.append(CELL)
        elif tag != "figcaption":
            self._start_block(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            self.open.markup.append(f"</{tag}>")
        elif tag not in _CELLS and tag not in {"figcaption", "br", "hr"}:
            self.end_block()
            if self.inside:
                self.inside.pop()

    def handle_data(self, data: str) -> None:
        self._write(data.replace("\u00a0", " "))

    def end_block(self) -> None:
        """Keep what was read since the last block ended, if it is anything."""
        kind, text, is_thing = self._kind(), "".join(self.open.text).strip(), bool(self.open.target)
        if is_thing or text.strip(CELL):
            markup = "".join(self.open.markup).strip()
            in_box, links = "aside" in self.inside, tuple(self.open.links)
            self.found.append(Block(kind, text, markup, self.open.target, in_box, links))
        self.open = _Open()

    def _start_block(self, tag: str, attributes: dict[str, str]) -> None:
        self.end_block()
        self.inside.append("pull" if attributes.get("class") == "pull" else tag)
        if tag == "figure":
            kind = "picture" if "data-image" in attributes else "embed"
            self.open = _Open(kind, target=attributes.get("data-image") or attributes.get("data-embed", ""))

    def _kind(self) -> str:
        if self.open.kind:
            return self.open.kind
        around = set(self.inside)
        for tag, kind in (("tr", "row"), ("li", self._item()), ("pull", "pull"), ("blockquote", "quote")):
            if tag in around:
                return kind
        return self.inside[-1] if self.inside and self.inside[-1] in {"h2", "h3"} else "p"

    def _item(self) -> str:
        lists = [tag for tag in self.inside if tag in {"ul", "ol"}]
        return "numbered" if lists and lists[-1] == "ol" else "item"

    def _write(self, data: str) -> None:
        self.open.text.append(data)
        self.open.markup.append(data)


# --- pairing ----------------------------------------------------------------------------------------------------


def _whole(kind: str, text: str) -> tuple[Segment, ...]:
    return (Segment(kind, text),) if text else ()


def _rewritten(old: list[Block], new: list[Block]) -> Iterator[BlockChange]:
    """The blocks between two that are the same: those alike are one block, changed; the others went or came."""
    done = Pair(0, 0)
    for pair in [*_alike(old, new), Pair(len(old), len(new))]:
        for block in old[done.old : pair.old]:
            yield BlockChange(REMOVED, block, None, _whole(REMOVED, block.text))
        for block in new[done.new : pair.new]:
            yield BlockChange(ADDED, None, block, _whole(ADDED, block.text))
        if pair.old < len(old):
            yield _changed(old[pair.old], new[pair.new])
        done = Pair(pair.old + 1, pair.new + 1)


def _changed(old: Block, new: Block, kind: str = "") -> BlockChange:
    segments = words(old.text, new.text)
    return BlockChange(kind or (CHANGED if is_changed(segments) else RESTYLED), old, new, segments)


def _alike(old: list[Block], new: list[Block]) -> list[Pair]:
    """Pairs of blocks that are alike, in order, so that as much as possible is common to them."""
    old_words, new_words = [_bag(block) for block in old], [_bag(block) for block in new]

    def likeness(pair: Pair) -> float:
        return _likeness(old[pair.old], new[pair.new], old_words[pair.old], new_words[pair.new])

    if len(old) * len(new) > _MANY:
        pairs = [Pair(n, n) for n in range(min(len(old), len(new)))]
        return [pair for pair in pairs if likeness(pair) >= _ALIKE]
    best: dict[Pair, float] = defaultdict(float)  # common to the blocks from here on
    gain: dict[Pair, float] = {}
    for at in [Pair(i, j) for i in range(len(old))[::-1] for j in range(len(new))[::-1]]:
        value = likeness(at)
        gain[at] = best[Pair(at.old + 1, at.new + 1)] + value if value >= _ALIKE else -1
        best[at] = max(gain[at], best[Pair(at.old + 1, at.new)], best[Pair(at.old, at.new + 1)])
    return list(_path(gain, best, len(old), len(new)))


def _path(gain: dict[Pair, float], best: dict[Pair, float], rows: int, columns: int) -> Iterator[Pair]:
    at = Pair(0, 0)
    while at.old < rows and at.new < columns:
        if gain[at] == best[at]:
            yield at
            at = Pair(at.old + 1, at.new + 1)
        elif best[Pair(at.old + 1, at.new)] == best[at]:
            at = Pair(at.old + 1, at.new)
        else:
            at = Pair(at.old, at.new + 1)


def _bag(block: Block) -> Counter[str]:
    return Counter(block.text.casefold().split())


def _likeness(old: Block, new: Block, old_words: Counter[str], new_words: Counter[str]) -> float:
    """From 0 to 1: the share of common words; for pictures and embeds, whether it is the same one."""
    if old.is_thing or new.is_thing:
        return float((old.kind, old.target) == (new.kind, new.target))
    if (old.kind == "row") != (new.kind == "row") or "rule" in (old.kind, new.kind):
        return 0.0
    return 2 * (old_words & new_words).total() / ((old_words.total() + new_words.total()) or 1)


def _with_moves(changes: list[BlockChange]) -> Iterator[BlockChange]:
    """The same changes, where what went here and came there is one block that was moved."""
    gone: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, change in enumerate(changes):
        if change.kind == REMOVED and change.old:
            gone[_identity(change.old)].append(place)
    arrived: dict[int, BlockChange] = {}
    left: set[int] = set()
    for place, change in enumerate(changes):
        if change.kind == ADDED and change.new and gone[_identity(change.new)]:
            origin = gone[_identity(change.new)].pop(0)
            left.add(origin)
            arrived[place] = _changed(changes[origin].block, change.new, MOVED)
    for place, change in enumerate(changes):
        if place in left:
            yield BlockChange(LEFT, change.old, None, _whole(REMOVED, change.block.text))
        else:
            yield arrived.get(place, change)


def _identity(block: Block) -> tuple[str, str]:
    return (block.kind, block.target) if block.is_thing else ("", block.text)
