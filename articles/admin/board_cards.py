"""What does the board of a front page show? Cards in their places, warnings, stories to choose from, launches."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import arranging, editions, front_pages, fronts, search
from articles.cards import cards
from articles.links import story_number
from articles.models import Article, Filling, Front, FrontVersion, Section, Slot, Tag
from articles.models.front_slots import BESIDE, LEAD, PICTURES
from articles.queries import Query
from newsroom.lib import dates

OLD: Final = timedelta(days=3)  # a chosen story of this age gets a warning
NEWEST, COMING = 14, 4  # stories that the board offers without being asked
LAUNCHES: Final = 20
SHOWS_PICTURE: Final = {area.name for area in (LEAD, BESIDE, PICTURES)}


@dataclass
class Card:
    """A place: what somebody put there, what stands there because of that or by itself, and what is odd about it."""

    place: str
    label: str
    slot: Slot
    story: Article | None  # what readers would see here
    chosen: Article | None = None  # what somebody chose, though it may not stand here
    named: str = ""  # the section or keyword that fills it
    live: Article | None = None  # what readers see here now, where that differs
    warnings: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        """The chosen story stands here."""
        return self.chosen is not None and self.story is not None and self.chosen.pk == self.story.pk

    @property
    def movable(self) -> Article | None:
        return self.chosen or self.story


@dataclass(frozen=True)
class Group:
    """Cards of an area, or the card of a section's block."""

    name: str
    label: str
    cards: list[Card]
    section: Section | None = None


@dataclass(frozen=True)
class Offer:
    """A story to choose, and where it stands already."""

    story: Article
    place: str = ""


@dataclass(frozen=True)
class Launch:
    """A launch before, and what came and went with it, by headline."""

    version: FrontVersion
    came: list[str]
    went: list[str]
    is_live: bool


def labels_of(front: Front, bar: Iterable[Section]) -> dict[str, str]:
    """Place -> its name for people, from top to bottom."""
    labels = {
        place: f"{area.label} {number}" if area.count > 1 else str(area.label)
        for area in front.areas
        for number, place in enumerate(area.places, 1)
    }
    blocks = {} if front.section else {front_pages.block_place(section): section.name for section in bar}
    return labels | blocks


def groups_of(front: Front, *, live: bool) -> list[Group]:
    """The board from top to bottom: of what readers have, or of the draft compared with it."""
    arrangement = front.live_arrangement if live else front.drafted
    bar = front_pages.in_order(arranging.tops(), arrangement)
    top = arranging.top_of(front, arrangement)
    now_live = top if live or front.draft is None else arranging.top_of(front, front.live_arrangement)
    labels = labels_of(front, bar)
    chosen = Article.objects.for_cards().in_bulk(list(arrangement.of(Filling.STORY)))
    names = named_by(arrangement.slots.values())
    elsewhere = also_on(front)
    cards = {}
    for place, label in labels.items():
        slot, story, before = arrangement.at(place), top.at.get(place), now_live.at.get(place)
        card = Card(place, label, slot, story, named=names.get((slot.filling, slot.key or 0), ""))
        card.chosen = chosen.get(slot.key or 0) if slot.is_story else None
        card.live = before if before and before.pk != (story.pk if story else 0) else None
        remark(card, elsewhere)
        cards[place] = card
    areas = [Group(area.name, str(area.label), [cards[place] for place in area.places]) for area in front.areas]
    blocks = [] if front.section else bar
    return areas + [
        Group("block", section.name, [cards[front_pages.block_place(section)]], section) for section in blocks
    ]


def named_by(slots: Iterable[Slot]) -> dict[tuple[str, int], str]:
    """Names of the sections and keywords that fill places."""
    keys = {kind: {slot.key for slot in slots if slot.filling == kind and slot.key} for kind in Filling}
    sections = Section.objects.select_related("parent").in_bulk(keys[Filling.SECTION])
    tags = Tag.objects.in_bulk(keys[Filling.TAG])
    return {(Filling.SECTION, pk): str(section) for pk, section in sections.items()} | {
        (Filling.TAG, pk): str(tag) for pk, tag in tags.items()
    }


def also_on(front: Front) -> dict[int, list[str]]:
    """Story -> the other fronts that have it by somebody's choice, live."""
    found: dict[int, list[str]] = {}
    for other in Front.objects.exclude(pk=front.pk).select_related("section__parent"):
        for story in other.live_arrangement.of(Filling.STORY):
            found.setdefault(story, []).append(str(other))
    return found


def remark(card: Card, elsewhere: dict[int, list[str]]) -> None:
    """Say what an editor should know of this place."""
    slot, story, now = card.slot, card.chosen or card.story, timezone.now()
    if slot.is_story and card.chosen is None:
        card.warnings.append(_("The chosen story is not there any more."))
    if story is None:
        return
    area = card.place.rpartition("-")[0]
    if area in SHOWS_PICTURE and not slot.image and story.lead_image is None:
        card.warnings.append(_("without a picture"))
    if not card.chosen:
        return
    card.warnings += hidden(story)
    end = slot.ends_at(story.published_at) if story.published_at else slot.pinned_until
    if end and end <= now:
        card.warnings.append(_("let go at %s") % dates.stamp(end))
    elif end:
        card.facts.append(_("stands here until %s") % dates.stamp(end))
    if story.published_at and now - story.published_at > OLD:
        card.warnings.append(_("appeared %s") % dates.ago(story.published_at, now))
    if story.pk in elsewhere:
        card.facts.append(_("also on: %s") % ", ".join(elsewhere[story.pk]))


def hidden(story: Article) -> list[str]:
    """Why readers do not have a story, if so."""
    if story.is_public:
        return []
    if story.readers_state == "scheduled" and story.published_at:
        return [_("readers get it at %s") % dates.stamp(story.published_at)]
    return [_("readers do not have it")]


def offers(front: Front, words: str, groups: Iterable[Group]) -> list[Offer]:
    """Stories with these words; or that of this number or address; or else the newest, and what comes soon."""
    at = {card.movable.pk: card.label for group in groups for card in group.cards if card.movable}
    stories = Article.objects.for_cards()
    number = story_number(words.strip())
    if number is not None:
        found = list(stories.filter(pk=number, trashed_at=None))
    elif words.strip():
        found = search.stories(Query.read(words))
    else:
        coming = stories.filter(withdrawn_at=None, published_at__gt=timezone.now()).order_by("published_at")
        found = [*coming[:COMING], *newest_but(front, set(at))]
    return [Offer(story, at.get(story.pk, "")) for story in found]


def newest_but(front: Front, shown: set[int]) -> list[Article]:
    """The newest stories of the page's section, or of the paper, that the board does not show."""
    if front.section is None:
        rows: Iterable[Article] = Article.objects.published().newest_first().for_cards()[: NEWEST + len(shown)]
    else:
        heads = fronts.newest(front.section.placements.all()).values_list("article", flat=True)
        stories = cards(heads[: NEWEST + len(shown)], editions.apart())
        rows = sorted(stories.values(), key=lambda story: (story.published_at, story.pk), reverse=True)
    return [story for story in rows if story.pk not in shown][:NEWEST]


def removed(front: Front) -> list[Article]:
    """The stories last taken off, the last one first."""
    keys = front.drafted.removed
    stories = Article.objects.for_cards().in_bulk(keys)
    return [stories[key] for key in keys if key in stories]


def launches(front: Front) -> list[Launch]:
    """The last launches, the newest first, each with what it changed."""
    if front.pk is None:
        return []
    rows = list(front.versions.select_related("by")[: LAUNCHES + 1])
    names = [{key: headline for _place, key, headline in row.shown} for row in rows] + [{}]
    return [
        Launch(
            row,
            [headline for key, headline in names[n].items() if key not in names[n + 1]],
            [headline for key, headline in names[n + 1].items() if key not in names[n]],
            is_live=n == 0,
        )
        for n, row in enumerate(rows[:LAUNCHES])
    ]
