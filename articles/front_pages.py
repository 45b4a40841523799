"""What stands where on the home page and at the head of a section's front?

What editors arranged (`articles.arranging`) first, the rest by itself: the newest stories on top, those with a picture
first, then each section's newest that are not there yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from articles import changes, editions, keys, readership, section_bar
from articles.cards import cards
from articles.editions import Edition
from articles.filling import Filler, dressed, next_change, offer
from articles.fronts import Paging, page_keys
from articles.heads import FRESH, PHOTOS, Source
from articles.models import Arrangement, Article, Correction, Filling, Front, Publication, Section
from articles.models.front_slots import BESIDE, BLOCK, LEAD, NEXT, PICTURES, UNDER
from articles.readership import TopList
from newsroom.lib.prepared import Prepared

FEATURED: Final = LEAD.count + BESIDE.count + UNDER.count
LATEST: Final = 6
STRIP: Final = 4  # newest stories of the paper, at the head of a section
BLOCK_STORIES: Final = 5  # of a section on the home page
FEWEST_PICTURES: Final = 2  # photo stories; with fewer there is no row of them, unless somebody chose one


@dataclass(frozen=True)
class Block:
    """A section on the home page: its newest story large, the others as a list."""

    section: Section
    lead: Article
    stories: list[Article]


@dataclass(frozen=True)
class Top:
    """The arranged part of a page: what stands in its places, and until when that is so."""

    at: dict[str, Article] = field(default_factory=dict)  # by place, from top to bottom
    next_change: datetime | None = None
    keys: frozenset[str] = frozenset()  # surrogate keys of the lists and stories that it comes from

    def of(self, places: Iterable[str]) -> list[Article]:
        return [self.at[place] for place in places if place in self.at]

    @property
    def lead(self) -> Article | None:
        return next(iter(self.of(LEAD.places)), None)

    @property
    def beside(self) -> list[Article]:
        return self.of(BESIDE.places)

    @property
    def under(self) -> list[Article]:
        return self.of(UNDER.places)

    @property
    def pictures(self) -> list[Article]:
        return self.of(PICTURES.places)

    @property
    def next(self) -> list[Article]:
        return self.of(NEXT.places)


@dataclass(frozen=True)
class Home(Top):
    """The home page from top to bottom."""

    latest: list[Article] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)  # formal ones, of the last days
    most_read: list[TopList] = field(default_factory=list)


@dataclass(frozen=True)
class SectionFront(Top):
    """A section's page: on its first one the arranged head, and the list below it."""

    stories: list[Article] = field(default_factory=list)
    paging: Paging = Paging(1, 1, leads_on=False)
    newest: list[Article] = field(default_factory=list)  # of the whole paper, for the strip
    most_read: list[TopList] = field(default_factory=list)


def opened(section: str = "", now: datetime | None = None) -> tuple[Edition, Arrangement]:
    """What readers have: the edition, and what editors put on the home page or on the front of this section (slug)."""
    now = now or timezone.now()
    rows = OPENED.fetch(bool(section), now=now, section=section)
    if not rows:
        return editions.apart(now), Arrangement()
    return editions.of(rows[0], now), Arrangement.from_json(rows[0][0] or {})


def _opened(is_section: bool, now: datetime, section: str) -> QuerySet[Any, Any]:
    fronts = Front.objects.filter(section__slug=section) if is_section else Front.objects.filter(section=None)
    return Publication.objects.values_list(Subquery(fronts.values("live")[:1]), *editions.columns(now))


OPENED: Final = Prepared(_opened)


def in_order(sections: Iterable[Section], arrangement: Arrangement) -> list[Section]:
    """The sections of the bar, those first whose blocks somebody put in order."""
    rank = {key: place for place, key in enumerate(arrangement.order)}
    return sorted(sections, key=lambda section: rank.get(section.pk, len(rank)))


def block_place(section: Section) -> str:
    return f"{BLOCK}-{section.pk}"


def home(edition: Edition, arrangement: Arrangement) -> Home:
    """The home page with this arrangement. Three queries at most, one more for own pictures."""
    bar, own = in_order(section_bar.at(edition).top, arrangement), len(arrangement.slots)
    asked: dict[Source, int] = {
        FRESH: FEATURED + 2 * LATEST + own,
        PHOTOS: FEATURED + LATEST + PICTURES.count + own,
        **{(Filling.SECTION, section.pk): BLOCK_STORIES + FEATURED + LATEST + PICTURES.count + own for section in bar},
    }
    filler = Filler(arrangement, offer(arrangement, asked, edition), edition.now)
    places, latest, blocks = _fill_home(filler, bar)
    in_blocks = (key for found in blocks.values() for key in found)
    plain = cards({*places.values(), *latest, *in_blocks, *filler.most_read_keys}, edition)
    stories = dressed(filler, plain)
    shown = [(section, [stories[key] for key in blocks[section.pk] if key in stories]) for section in bar]
    return Home(
        {place: stories[key] for place, key in places.items() if key in stories},
        next_change(filler),
        latest=[stories[key] for key in latest if key in stories],
        blocks=[Block(section, found[0], found[1:]) for section, found in shown if found],
        corrections=changes.for_home(edition),
        most_read=readership.listed(filler.offered.ranked, plain),
    )


def _fill_home(filler: Filler, bar: list[Section]) -> tuple[dict[str, int], list[int], dict[int, list[int]]]:
    """Keys of the stories in places, in the latest list, and in the blocks by section."""
    pools = filler.offered.pools
    fresh = [key for key in pools[FRESH] if key not in filler.taken]
    # The top of the page needs pictures: they come first among the newest, otherwise by time.
    pool = sorted(fresh[: FEATURED + LATEST], key=lambda key: key not in filler.offered.pictured)
    places = filler.area([*LEAD.places, *BESIDE.places, *UNDER.places], [*pool, *fresh])
    latest = filler.rest(fresh, LATEST)
    photos = [key for key in pools[PHOTOS] if key not in filler.taken]
    is_row = len(photos) >= FEWEST_PICTURES or any(place in filler.arrangement.slots for place in PICTURES.places)
    places |= filler.area(PICTURES.places, photos) if is_row else {}
    blocks = {}
    for section in bar:
        newest = pools[(Filling.SECTION, section.pk)]
        lead = filler.area([block_place(section)], newest)
        places |= lead
        blocks[section.pk] = [*lead.values(), *filler.rest(newest, BLOCK_STORIES - len(lead))]
    return places, latest, blocks


def section_front(section: Section, number: int, edition: Edition, arrangement: Arrangement) -> SectionFront:
    """A page of a section; the first one has a head. Raises Http404 beyond the last page.

    Stories that an arrangement moves out of the head stand first in the list below it.
    """
    listed, paging = page_keys(section, number, edition)
    if number > 1:
        arrangement = Arrangement()
    filler = Filler(arrangement, offer(arrangement, {FRESH: STRIP}, edition, section), edition.now)
    head = filler.area([*LEAD.places, *NEXT.places], listed) if number == 1 else {}
    below = [key for key in listed if key not in head.values()]
    newest = filler.offered.pools[FRESH][:STRIP]
    plain = cards({*head.values(), *below, *newest, *filler.most_read_keys}, edition)
    stories = dressed(filler, plain)
    top = {place: stories[key] for place, key in head.items() if key in stories}
    named = {keys.tag(key) for key in arrangement.of(Filling.TAG)}
    named |= {keys.section(key) for key in arrangement.of(Filling.SECTION)}
    named |= {keys.article(key) for key in arrangement.of(Filling.STORY)}
    found = [stories[key] for key in below if key in stories]
    return SectionFront(
        top,
        next_change(filler),
        frozenset(named),
        stories=found,
        paging=paging,
        newest=[plain[key] for key in newest if key in plain],
        most_read=readership.listed(filler.offered.ranked, plain),
    )
