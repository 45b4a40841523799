"""With which stories are the places of a front page filled? Chosen ones first, then each place by itself.

No story stands twice on a page. Whatever readers may not see, or not any more, leaves its place at that moment: it is
decided while the page is made. Keys come first (`articles.heads`), then only the stories that stand there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from articles.editions import Edition
from articles.heads import CHOSEN, FRESH, Source, heads, most_read
from articles.models import Arrangement, Article, Filling, Image, Section, Slot, Window

OF_THEIR_OWN: Final = (Filling.SECTION, Filling.TAG)  # fillings that name a list


@dataclass
class Offered:
    """Keys of the stories that a page may show, by where they were found; chosen ones with the time they appeared."""

    pools: dict[Source, list[int]] = field(default_factory=lambda: defaultdict(list))
    published: dict[int, datetime] = field(default_factory=dict)  # of the chosen stories that readers may see
    pictured: set[int] = field(default_factory=set)  # fresh stories with a picture
    ranked: list[tuple[str, int]] = field(default_factory=list)  # the most read: windows and stories, the first first


def offer(
    arrangement: Arrangement, asked: Mapping[Source, int], edition: Edition, section: Section | None = None
) -> Offered:
    """What there is for a page, in one query at most: so many of each source asked for, and of those that places name.

    With them come the most read of the section, or of the paper.
    """
    most = max([*asked.values(), len(arrangement.slots) + 1])
    named = {(slot.filling, slot.key) for slot in arrangement.slots.values() if slot.filling in OF_THEIR_OWN}
    wanted = {**{(filling, key): most for filling, key in named if key}, **asked}
    chosen = [(CHOSEN, key) for key in arrangement.of(Filling.STORY)]
    ranked = dict(zip(Window.values, most_read(section.pk if section else None), strict=True))
    found = heads(edition, {**wanted, **dict.fromkeys([*chosen, *ranked.values()], 1)})
    offered = Offered(pictured={head.story for head in found.get(FRESH, ()) if head.is_pictured})
    offered.pools.update({source: [head.story for head in found[source]] for source in wanted})
    offered.published = {head.story: head.at for source in chosen for head in found[source]}
    offered.ranked = [(window, head.story) for window, source in ranked.items() for head in found[source]]
    return offered


class Filler:
    """Fills the places of one page from top to bottom. Chosen stories are kept for their places from the start."""

    def __init__(self, arrangement: Arrangement, offered: Offered, now: datetime) -> None:
        self.arrangement, self.offered = arrangement, offered
        self.most_read = [story for window, story in offered.ranked if window == Window.DAY]
        self.chosen = _holding(arrangement, offered, now)
        self.taken = set(self.chosen.values())

    @property
    def most_read_keys(self) -> list[int]:
        """The stories of the lists of the most read, of every window."""
        return [story for _window, story in self.offered.ranked]

    def area(self, places: Iterable[str], pool: Sequence[int] = ()) -> dict[str, int]:
        """Place -> story; a place without a chosen story takes from what it names, then from this pool."""
        filled: dict[str, int] = {}
        for place in places:
            story = self.chosen.get(place) or self._next([*self._own(self.arrangement.at(place)), *pool])
            if story:
                filled[place] = story
        return filled

    def rest(self, pool: Iterable[int], count: int) -> list[int]:
        """The first so many of these that stand nowhere yet."""
        found = [story for story in pool if story not in self.taken][:count]
        self.taken.update(found)
        return found

    def _own(self, slot: Slot) -> list[int]:
        if slot.filling == Filling.MOST_READ:
            return self.most_read
        return self.offered.pools.get((slot.filling, slot.key or 0), [])

    def _next(self, pool: Iterable[int]) -> int | None:
        found = self.rest(pool, 1)
        return found[0] if found else None


def _holding(arrangement: Arrangement, offered: Offered, now: datetime) -> dict[str, int]:
    """The places whose chosen story readers may see, and which have not let it go."""
    kept: dict[str, int] = {}
    for place, slot in arrangement.slots.items():
        at = offered.published.get(slot.key) if slot.is_story and slot.key else None
        if at is None or slot.key is None or slot.key in kept.values():
            continue
        end = slot.ends_at(at)
        if end is None or end > now:
            kept[place] = slot.key
    return kept


def next_change(filler: Filler) -> datetime | None:
    """When the first place lets its story go."""
    ends = [
        filler.arrangement.at(place).ends_at(filler.offered.published[story]) for place, story in filler.chosen.items()
    ]
    return min((at for at in ends if at), default=None)


def dressed(filler: Filler, stories: Mapping[int, Article]) -> dict[int, Article]:
    """The stories by key, each with the words and picture of its place. A query only for own pictures."""
    places = {story: filler.arrangement.at(place) for place, story in filler.chosen.items()}
    pictures = Image.objects.in_bulk([slot.image for slot in places.values() if slot.image])
    return {key: _dress(story, places[key], pictures) if key in places else story for key, story in stories.items()}


def _dress(story: Article, slot: Slot, pictures: Mapping[int, Image]) -> Article:
    """The story as its card shows it in this place; it is never saved."""
    shown = copy(story)
    shown.seen = None  # type: ignore[attr-defined]  # by its card
    shown.headline = slot.headline or story.headline
    shown.kicker = slot.kicker  # type: ignore[attr-defined]
    picture = pictures.get(slot.image or 0)
    if picture:
        shown.lead_image = picture
    return shown
