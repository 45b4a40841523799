"""With which stories are the places of a front page filled? Chosen ones first, then each place by itself.

No story stands twice on a page. Whatever readers may not see, or not any more, leaves its place at that moment: it is
decided while the page is made. Keys come first, all in one query; then only the stories that stand there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from articles.fronts import newest
from articles.models import Arrangement, Article, Filling, Image, MostRead, Placement, Section, Slot, Tagging, Window
from newsroom.lib.prepared import Prepared

Source = tuple[str, int]  # a filling, with the key of what it takes from
Rows = QuerySet[Any]

FRESH: Final[Source] = ("fresh", 0)  # the newest of the paper
PHOTOS: Final[Source] = ("photos", 0)
CHOSEN: Final[Source] = ("chosen", 0)

# Where the fillings with a source of their own find rows of stories, newest first.
SOURCES: Final[Mapping[str, Callable[[int, datetime], Rows]]] = {
    Filling.SECTION: lambda key, now: newest(Placement.objects.filter(section=key), now),
    Filling.TAG: lambda key, now: newest(Tagging.objects.filter(tag=key), now),
}


@dataclass
class Offered:
    """Keys of the stories that a page may show, by where they were found; chosen ones with the time they appeared."""

    pools: dict[Source, list[int]] = field(default_factory=lambda: defaultdict(list))
    published: dict[int, datetime] = field(default_factory=dict)  # of the chosen stories that readers may see
    pictured: set[int] = field(default_factory=set)  # fresh stories with a picture
    ranked: list[tuple[str, int]] = field(default_factory=list)  # the most read: windows and stories, the first first


def rows_of(source: Source, now: datetime) -> Rows:
    """The stories of a source that readers may see, the newest first."""
    if source[0] == FRESH[0]:
        return Article.objects.published(now).newest_first()
    if source[0] == PHOTOS[0]:
        return Article.objects.published(now).newest_first().filter(presentation="photos", lead_image__isnull=False)
    return SOURCES[source[0]](source[1], now)


def offer(
    arrangement: Arrangement, asked: Mapping[Source, int], now: datetime, section: Section | None = None
) -> Offered:
    """What there is for a page, in one query: this many of each source asked for, and of those that places name.

    With them come the most read of the section, or of the paper.
    """
    most = max([*asked.values(), len(arrangement.slots) + 1])
    named = {(slot.filling, slot.key): most for slot in arrangement.slots.values() if slot.filling in SOURCES}
    wanted: dict[Source, int] = {**{source: count for source, count in named.items() if source[1]}, **asked}
    chosen = list(arrangement.of(Filling.STORY))
    values = {f"key{n}": key for n, (_filling, key) in enumerate(wanted)}
    values |= {f"chosen{n}": key for n, key in enumerate(chosen)}
    if section is not None:
        values["section"] = section.pk
    shape = tuple((str(filling), count) for (filling, _key), count in wanted.items())
    found, rows = Offered(), OFFERED.fetch(shape, now=now, **values)
    ranked = sorted((window, place, story) for window, place, _at, story, _picture in rows if window in Window.values)
    found.ranked = [(window, story) for window, _place, story in ranked]
    for filling, key, at, story, picture in sorted(rows, key=lambda row: row[2:4], reverse=True):
        if (filling, key) == CHOSEN:
            found.published[story] = at
        found.pools[(filling, key)].append(story)
        if picture:
            found.pictured.add(story)
    return found


def _offered(
    shape: tuple[tuple[str, int], ...], now: datetime, section: int | None = None, **keys: int
) -> QuerySet[Any, Any]:
    """The lists of a page: `keyN` is what its Nth list takes from, `chosenN` are stories that places name."""
    sources: list[tuple[Source, int]] = [
        ((filling, keys[f"key{n}"]), count) for n, (filling, count) in enumerate(shape)
    ]
    parts = [_part(source, rows_of(source, now), count) for source, count in sources]
    chosen = [key for name, key in keys.items() if name.startswith("chosen")]
    if chosen:
        parts.append(_columns(CHOSEN, Article.objects.published(now).filter(pk__in=chosen)))
    return _most_read(section, now).union(*parts, all=True)


OFFERED: Final = Prepared(_offered)


def _part(source: Source, rows: Rows, count: int) -> QuerySet[Any, Any]:
    """The head of a list; a database sorts only inside a subquery here."""
    return _columns(source, rows.model._default_manager.filter(pk__in=rows.values("pk")[:count]))


def _columns(source: Source, rows: Rows) -> QuerySet[Any, Any]:
    is_story = rows.model is Article
    picture = Coalesce("lead_image_id", 0, output_field=BigIntegerField()) if is_story else _number(0)
    label = Value(str(source[0]), output_field=CharField())
    return rows.order_by().values_list(
        label, _number(source[1]), "published_at", F("pk" if is_story else "article_id"), picture
    )


def _most_read(section: int | None, now: datetime) -> QuerySet[Any, Any]:
    """The places in the lists of the most read, of stories that readers may see."""
    public = Exists(Article.objects.published(now).filter(pk=OuterRef("article")))
    places = MostRead.objects.filter(public, section=section).order_by()
    return places.values_list("window", "position", "article__published_at", "article_id", _number(0))


def _number(value: int) -> Value:
    return Value(value, output_field=BigIntegerField())


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
    shown.headline = slot.headline or story.headline
    shown.kicker = slot.kicker  # type: ignore[attr-defined]
    picture = pictures.get(slot.image or 0)
    if picture:
        shown.lead_image = picture
    return shown
